/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-query.h"
#include "psl-register.h"

G_BEGIN_DECLS

/*
 * The filters of a list as chips, and a menu to add one.
 *
 * Signals:
 *   changed  the filters are others
 */
#define PSL_TYPE_FILTER_BAR (psl_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (PslFilterBar, psl_filter_bar, PSL, FILTER_BAR, AdwBin)

void       psl_filter_bar_set_up      (PslFilterBar  *self,
                                       PslRegister   *reg,
                                       const PslKind *kind,
                                       const char    *language);
void       psl_filter_bar_set_filters (PslFilterBar  *self,
                                       GPtrArray     *filters);
GPtrArray *psl_filter_bar_get_filters (PslFilterBar  *self);

G_END_DECLS
