/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-filter-offer.h"
#include "psl-register.h"

G_BEGIN_DECLS

/*
 * A filter in words, which opens to change it, and a button that removes it.
 *
 * Signals:
 *   changed  the filter is another
 *   removed  the filter is to go
 */
#define PSL_TYPE_FILTER_CHIP (psl_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (PslFilterChip, psl_filter_chip, PSL, FILTER_CHIP, GtkWidget)

PslFilterChip   *psl_filter_chip_new        (const PslFilterOffer *offer,
                                             const PslFilter      *filter,
                                             PslRegister          *reg,
                                             const char           *language);
const PslFilter *psl_filter_chip_get_filter (PslFilterChip        *self);
void             psl_filter_chip_open       (PslFilterChip        *self);

G_END_DECLS
