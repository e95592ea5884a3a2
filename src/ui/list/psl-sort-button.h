/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-query.h"

G_BEGIN_DECLS

/*
 * A menu button that chooses the order of a list.
 *
 * Signals:
 *   changed  the order is another
 */
#define PSL_TYPE_SORT_BUTTON (psl_sort_button_get_type ())
G_DECLARE_FINAL_TYPE (PslSortButton, psl_sort_button, PSL, SORT_BUTTON, AdwBin)

void        psl_sort_button_set_kind (PslSortButton *self,
                                      const PslKind *kind);
void        psl_sort_button_set_sort (PslSortButton *self,
                                      const char    *field,
                                      gboolean       descending);
const char *psl_sort_button_get_sort (PslSortButton *self,
                                      gboolean      *descending);

G_END_DECLS
