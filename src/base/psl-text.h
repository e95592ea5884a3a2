/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *psl_text_clean        (const char *text,
                                gboolean    multiline);
char    *psl_text_fold         (const char *text);
char    *psl_text_name_key     (const char *text);
gboolean psl_text_has_name_key (const char *text,
                                const char *key);
gboolean psl_text_is_sign      (gunichar    c);
char    *psl_text_identity_key (const char *text);
char    *psl_text_dup_quotable (const char *text);

G_END_DECLS
