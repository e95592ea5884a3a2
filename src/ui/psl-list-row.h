/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-record-model.h"

G_BEGIN_DECLS

/*
 * A row of the list: title, status, and a line of facts; in a search the
 * matches are marked, and a line quotes what matched elsewhere. All rows are
 * equally high, so that the list never jumps while records are being read.
 */
#define PSL_TYPE_LIST_ROW (psl_list_row_get_type ())
G_DECLARE_FINAL_TYPE (PslListRow, psl_list_row, PSL, LIST_ROW, GtkWidget)

PslListRow *psl_list_row_new    (GtkListItem    *list_item);
void        psl_list_row_bind   (PslListRow     *self,
                                 PslRecordModel *model);
void        psl_list_row_unbind (PslListRow     *self);

G_END_DECLS
