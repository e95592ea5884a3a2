/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The actions that were made, undone or done again through one store since it was opened.
 * Others may have undone them meanwhile: the journal says whether an action is still there,
 * and undone.
 */
typedef struct _PslUndoStack PslUndoStack;

PslUndoStack *psl_undo_stack_new           (void);
void          psl_undo_stack_free          (PslUndoStack *self);
void          psl_undo_stack_note_made     (PslUndoStack *self,
                                            gint64        action);
void          psl_undo_stack_note_replaced (PslUndoStack *self,
                                            gint64        action);
void          psl_undo_stack_note_undone   (PslUndoStack *self,
                                            gint64        action);
void          psl_undo_stack_note_redone   (PslUndoStack *self,
                                            gint64        action);
GArray       *psl_undo_stack_get_done      (PslUndoStack *self);
GArray       *psl_undo_stack_get_undone    (PslUndoStack *self);

G_END_DECLS
