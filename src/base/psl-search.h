/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PslSearchMark:
 * @start: first byte of a match
 * @end: byte after its last
 *
 * A piece of a shown text that the search words match, on character boundaries.
 */
typedef struct
{
  guint start;
  guint end;
} PslSearchMark;

GStrv     psl_search_split        (const char  *words);
GStrv     psl_search_split_signs  (const char  *text);
GStrv     psl_search_split_signed (const char  *words);
gboolean  psl_search_has_signs    (const char  *text,
                                   const char  *words);
GArray   *psl_search_marks        (const char  *text,
                                   const char  *words);
char     *psl_search_snippet      (const char  *text,
                                   const char  *words,
                                   guint        max_chars,
                                   GArray     **marks);

G_END_DECLS
