/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-parts-grid.h"

G_BEGIN_DECLS

/*
 * The parts of one kind that the record on the page has, edited in place, and the button
 * that adds one. Where there are none, it is that button.
 *
 * Signals:
 *   made (PslRecord *record, gint64 action)     a record was made for a link to lead to
 *   told (char *message, gint64 action)         something is to be said of what was done, by
 *                                               an action that can be undone, or 0
 *   check                                       what can't be stored in its cells may have
 *                                               changed
 */
#define PSL_TYPE_PARTS_TABLE (psl_parts_table_get_type ())
G_DECLARE_FINAL_TYPE (PslPartsTable, psl_parts_table, PSL, PARTS_TABLE, GtkBox)

GtkWidget      *psl_parts_table_new          (const PslField     *field,
                                              const PslCodelists *codelists,
                                              const char         *language);
void            psl_parts_table_set_warning  (PslPartsTable  *self,
                                              const char     *message);
guint           psl_parts_table_count_unstored (PslPartsTable *self);
char           *psl_parts_table_dup_unstored (PslPartsTable  *self);
gboolean        psl_parts_table_focus_unstored (PslPartsTable *self);
void            psl_parts_table_focus        (PslPartsTable  *self,
                                              guint           position,
                                              int             column);
const PslField *psl_parts_table_get_field    (PslPartsTable  *self);
PslPartsGrid   *psl_parts_table_get_grid     (PslPartsTable  *self);
GListModel     *psl_parts_table_get_items    (PslPartsTable  *self);
GtkWidget      *psl_parts_table_get_scroller (PslPartsTable  *self);
GtkWidget      *psl_parts_table_get_add_button (PslPartsTable *self);
void            psl_parts_table_bind         (PslPartsTable  *self,
                                              PslRegister    *reg,
                                              PslRecord      *record);
void            psl_parts_table_set_wide     (PslPartsTable  *self,
                                              gboolean        wide);
void            psl_parts_table_set_editable (PslPartsTable  *self,
                                              gboolean        editable);
gboolean        psl_parts_table_flush        (PslPartsTable  *self);

G_END_DECLS
