/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-parts-row.h"

G_BEGIN_DECLS

/*
 * The rows and cells of a table of parts; only the ones in view are widgets. It is a few rows
 * high at most and scrolls by itself; its headers and the numbers of rows stay.
 *
 * Signals:
 *   wanted (PslRecordItem *item)                   the record of the item is to be shown
 *   committed (PslPartsRow *row, PslEditor *editor, const char *value)
 *                                                  the person entered a value
 *   move (PslPartsRow *row, int offset)            wants a part further up or down
 *   remove (PslPartsRow *row)                      wants a part in the trash
 *   copy                                           wants the selected parts on the clipboard
 *   paste (guint position, guint column)           wants the clipboard's text in the cells
 *                                                  from there on
 *   passed-end (guint column)                      went on in the cell below the last one
 *   emptied                                        the row with the keyboard went, and no
 *                                                  other is left
 *
 * Properties:
 *   content-height (int)  how high it would be, in pixels, with as many rows as it shows
 */
#define PSL_TYPE_PARTS_GRID (psl_parts_grid_get_type ())
G_DECLARE_FINAL_TYPE (PslPartsGrid, psl_parts_grid, PSL, PARTS_GRID, GtkWidget)

PslPartsGrid *psl_parts_grid_new          (GPtrArray     *columns,
                                           GListModel    *items,
                                           const char    *language,
                                           const char    *name);
void          psl_parts_grid_set_register (PslPartsGrid  *self,
                                           PslRegister   *reg);
void          psl_parts_grid_set_wide     (PslPartsGrid  *self,
                                           gboolean       wide);
void          psl_parts_grid_set_editable (PslPartsGrid  *self,
                                           gboolean       editable);
PslPartsRow  *psl_parts_grid_find_row     (PslPartsGrid  *self,
                                           guint          position);
PslPartsRow  *psl_parts_grid_find_part    (PslPartsGrid  *self,
                                           gint64         rid,
                                           PslRecord     *part);
guint         psl_parts_grid_count_rows   (PslPartsGrid  *self);
gboolean      psl_parts_grid_find_focus   (PslPartsGrid  *self,
                                           guint         *position,
                                           int           *column);
void          psl_parts_grid_focus        (PslPartsGrid  *self,
                                           guint          position,
                                           int            column);
void          psl_parts_grid_get_selected (PslPartsGrid  *self,
                                           guint         *first,
                                           guint         *last);
void          psl_parts_grid_put_drafts_back (PslPartsGrid *self);
guint         psl_parts_grid_find_unstored (PslPartsGrid *self,
                                            guint        *position,
                                            guint        *column);
gboolean      psl_parts_grid_is_key       (guint          letter,
                                           guint          key,
                                           GdkModifierType state);
void          psl_parts_grid_keep_drafts  (PslPartsGrid  *self);
gboolean      psl_parts_grid_flush        (PslPartsGrid  *self);

G_END_DECLS
