/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *psl_agreed_renew         (const char *mark,
                                    const char *text,
                                    const char *language,
                                    const char *other);
char     *psl_agreed_confirm       (const char *mark,
                                    const char *other);
char     *psl_agreed_unconfirm     (const char *mark);
char     *psl_agreed_carry         (const char *mark,
                                    const char *text,
                                    const char *new_text);
char     *psl_agreed_dup_language  (const char *mark);
gboolean  psl_agreed_is_outdated   (const char *mark,
                                    const char *text,
                                    const char *other);

G_END_DECLS
