/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-collection.h"
#include "psl-register.h"

G_BEGIN_DECLS

/*
 * How many records each collection has, and how many of them a search finds.
 *
 * Signals:
 *   changed  a number is another
 */
#define PSL_TYPE_COUNTS (psl_counts_get_type ())
G_DECLARE_FINAL_TYPE (PslCounts, psl_counts, PSL, COUNTS, GObject)

PslCounts *psl_counts_new          (void);
void       psl_counts_set_register (PslCounts      *self,
                                    PslRegister    *reg);
void       psl_counts_set_search   (PslCounts      *self,
                                    const char     *words);
gint64     psl_counts_get_total    (PslCounts      *self,
                                    const PslCollection *collection);
gint64     psl_counts_get_found    (PslCounts      *self,
                                    const PslCollection *collection);

G_END_DECLS
