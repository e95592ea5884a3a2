/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *const *psl_language_list (void);
const char *psl_language_find      (const char *words);
const char *psl_language_read      (const char *text);
char       *psl_language_dup_name  (const char *tag,
                                    const char *reader);
char       *psl_language_dup_label (const char *tag,
                                    const char *reader);

G_END_DECLS
