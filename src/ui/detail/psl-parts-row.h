/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-parts-cell.h"
#include "psl-record-item.h"

G_BEGIN_DECLS

/*
 * A part in a table of parts: its number, which opens its page and stays in view, a cell
 * for each column, and a menu, which scroll. On a narrow page, its title and facts instead
 * of the cells.
 *
 * Signals:
 *   committed (PslEditor *editor, const char *value)  the person entered a value
 *   move (int offset)                                 wants it further up or down
 *   remove                                            wants it in the trash
 *   copy                                              wants it on the clipboard
 *   read                                              its record has come, or has changed
 *
 * Its actions activate the table's: parts.open (rid), parts.remarks (rid, column), where a
 * column below 0 stands for the whole part.
 */
#define PSL_TYPE_PARTS_ROW (psl_parts_row_get_type ())
G_DECLARE_FINAL_TYPE (PslPartsRow, psl_parts_row, PSL, PARTS_ROW, GtkWidget)

/* The widths before and after the cells, in pixels. */
#define PSL_PARTS_ROW_START 48
#define PSL_PARTS_ROW_END 76

GtkWidget     *psl_parts_row_new          (GPtrArray            *columns,
                                           const PslPartsPlaces *places,
                                           const char           *language);
void           psl_parts_row_show         (PslPartsRow          *self,
                                           PslRegister          *reg,
                                           PslRecordItem        *item,
                                           guint                 position,
                                           guint                 n);
void           psl_parts_row_scroll       (PslPartsRow          *self);
void           psl_parts_row_clear        (PslPartsRow          *self);
PslRecordItem *psl_parts_row_get_item     (PslPartsRow          *self);
gint64         psl_parts_row_get_rid      (PslPartsRow          *self);
guint          psl_parts_row_get_position (PslPartsRow          *self);
void           psl_parts_row_set_wide     (PslPartsRow          *self,
                                           gboolean              wide);
void           psl_parts_row_set_editable (PslPartsRow          *self,
                                           gboolean              editable);
void           psl_parts_row_set_selected (PslPartsRow          *self,
                                           gboolean              selected);
PslPartsCell  *psl_parts_row_get_cell     (PslPartsRow          *self,
                                           guint                 nth);
int            psl_parts_row_find_focus   (PslPartsRow          *self);
gboolean       psl_parts_row_focus_number (PslPartsRow          *self);
gboolean       psl_parts_row_focus_cell   (PslPartsRow          *self,
                                           guint                 nth);

G_END_DECLS
