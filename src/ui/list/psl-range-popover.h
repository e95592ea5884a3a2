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
 * Chooses a range: from a year to a year, or from an amount to an amount.
 *
 * Signals:
 *   changed  the range is another, and right
 */
#define PSL_TYPE_RANGE_POPOVER (psl_range_popover_get_type ())
G_DECLARE_FINAL_TYPE (PslRangePopover, psl_range_popover, PSL, RANGE_POPOVER, GtkPopover)

PslRangePopover *psl_range_popover_new        (const PslFilterOffer *offer,
                                               PslRegister          *reg,
                                               const char           *from,
                                               const char           *to);
GStrv            psl_range_popover_dup_values (PslRangePopover      *self);

G_END_DECLS
