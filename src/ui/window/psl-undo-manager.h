/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-detail-page.h"
#include "psl-notifier.h"
#include "psl-record-model.h"
#include "psl-register.h"

G_BEGIN_DECLS

/*
 * Undo and redo: by the keys and the buttons, of the actions of a window since its register
 * was opened; from toasts and the histories, of any action. Its actions are the window's: undo,
 * redo, undo-step, redo-step, undo-action, redo-action, history, activity.
 *
 * Signals:
 *   changed ()                undo and redo would take other actions
 *   show-record (gint64 rid)  this record shows what was undone or redone
 */
#define PSL_TYPE_UNDO_MANAGER (psl_undo_manager_get_type ())
G_DECLARE_FINAL_TYPE (PslUndoManager, psl_undo_manager, PSL, UNDO_MANAGER, GObject)

PslUndoManager *psl_undo_manager_new          (AdwApplicationWindow *window,
                                               PslDetailPage        *page,
                                               PslRecordModel       *model,
                                               PslNotifier          *notifier);
void            psl_undo_manager_set_register (PslUndoManager *self,
                                               PslRegister    *reg);
gboolean        psl_undo_manager_can_undo     (PslUndoManager *self);
gboolean        psl_undo_manager_can_redo     (PslUndoManager *self);

G_END_DECLS
