/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kind.h"

G_BEGIN_DECLS

/**
 * BenchTitles:
 * @kind: a kind with a field `title` in several languages
 * @n: how many of its records are edited
 * @get_rid: the number of the @nth of them
 * @dup_title: its title as it was made, in French or English
 *
 * Records whose titles are edited.
 */
typedef struct
{
  const PslKind *kind;
  guint n;
  gint64 (*get_rid)   (guint       nth);
  char  *(*dup_title) (guint       nth,
                       const char *language);
} BenchTitles;

void bench_edit        (const char        *path);
void bench_edit_titles (const char        *path,
                        const BenchTitles *titles,
                        const char        *figure);

G_END_DECLS
