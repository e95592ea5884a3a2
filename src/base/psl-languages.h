/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The languages of the program's own code lists and of a register as it comes,
 * NULL-terminated BCP 47 tags. The texts of records may be in any language. */
extern const char *const psl_languages[];

const char *psl_language_parse         (const char *text);
const char *psl_language_parse_known   (const char *text);
gboolean    psl_language_is_known      (const char *tag);
const char *psl_language_find_program  (const char *text);
const char *psl_language_get_interface (void);
const char *psl_language_get_program   (const char *tag);
int         psl_language_compare       (const char *a,
                                        const char *b);

G_END_DECLS
