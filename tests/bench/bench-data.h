/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/* As many results has each. */
#define BENCH_DATA_PARTS 10

/* Generated projects: the same for the same number, whatever else is made. */
PslRecord *bench_data_make_project (guint       number);
void       bench_data_add_results  (PslRecord  *record,
                                    guint       number);
gint64     bench_data_get_rid      (guint       number);

/* Words that people might type, from few matches to all; @is_sorted: searched for in the order
 * of a column, too. */
typedef struct
{
  const char *words;
  const char *what;
  gboolean is_sorted;
} BenchSearch;

extern const BenchSearch bench_searches[];

G_END_DECLS
