/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"
#include "psl-parts-column.h"

G_BEGIN_DECLS

/*
 * A value in a table of parts: a text, and in its place an editor while the keyboard is there
 * or typed text is not stored.
 *
 * Signal:
 *   committed (PslEditor *editor, const char *value)  the person entered a value
 *
 * It activates the table's action parts.check where its text that can't be stored has
 * changed.
 */
#define PSL_TYPE_PARTS_CELL (psl_parts_cell_get_type ())
G_DECLARE_FINAL_TYPE (PslPartsCell, psl_parts_cell, PSL, PARTS_CELL, GtkWidget)

GtkWidget            *psl_parts_cell_new        (const PslPartsColumn *column,
                                                 const char           *language);
PslEditor            *psl_parts_cell_get_editor (PslPartsCell         *self);
void                  psl_parts_cell_show       (PslPartsCell         *self,
                                                 PslRegister          *reg,
                                                 PslRecord            *record,
                                                 const char           *name);
const char           *psl_parts_cell_get_error  (PslPartsCell         *self);
void                  psl_parts_cell_refuse     (PslPartsCell         *self,
                                                 const char           *value,
                                                 const char           *before,
                                                 const char           *message);
GVariant             *psl_parts_cell_dup_draft  (PslPartsCell         *self);
void                  psl_parts_cell_set_draft  (PslPartsCell         *self,
                                                 GVariant             *draft);
gboolean              psl_parts_cell_flush      (PslPartsCell         *self);

G_END_DECLS
