/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslHistoryRow:
 *
 * One change of a record: the field, the time, the author, and a menu that brings the old
 * value back or undoes the action.
 *
 * Signals:
 *   open ()     the remark that was changed is to be shown
 *   restore ()  the value before the change is wanted back
 *   undo ()     the whole action is to be undone
 */
#define PSL_TYPE_HISTORY_ROW (psl_history_row_get_type ())
G_DECLARE_FINAL_TYPE (PslHistoryRow, psl_history_row, PSL, HISTORY_ROW, GtkListBoxRow)

GtkWidget        *psl_history_row_new        (const PslChange    *change,
                                              const PslCodelists *codelists,
                                              GHashTable         *titles,
                                              PslRecord          *record);
const PslChange  *psl_history_row_get_change (PslHistoryRow    *self);

G_END_DECLS
