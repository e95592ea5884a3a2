/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-record-model.h"

G_BEGIN_DECLS

/* The measures that all rows of one list share, since they are all of one height. */
typedef struct _PslListRowStyle PslListRowStyle;

PslListRowStyle *psl_list_row_style_new        (void);
int              psl_list_row_style_get_height (PslListRowStyle *style);
void             psl_list_row_style_unref      (PslListRowStyle *style);

/*
 * A row of the list. A list view holds two hundred rows, whatever is in view, so
 * that a row costs next to nothing until it comes into view: only then it gets a
 * #PslRowContent, which it keeps.
 *
 * Signals:
 *   clicked  the person clicked it
 */
#define PSL_TYPE_LIST_ROW (psl_list_row_get_type ())
G_DECLARE_FINAL_TYPE (PslListRow, psl_list_row, PSL, LIST_ROW, GtkWidget)

PslListRow *psl_list_row_new       (GtkListItem     *list_item,
                                    PslListRowStyle *style);
void        psl_list_row_bind      (PslListRow      *self,
                                    PslRecordModel  *model);
void        psl_list_row_unbind    (PslListRow      *self);
gboolean    psl_list_row_is_filled (PslListRow      *self);

G_END_DECLS
