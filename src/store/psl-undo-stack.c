/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-undo-stack.h"

struct _PslUndoStack
{
  GArray *done;
  GArray *undone;
};

/* Removes @action, wherever it stands: the latest are looked at first. */
static void
remove_action (GArray *actions,
               gint64  action)
{
  for (guint i = actions->len; i > 0; i--)
    {
      if (g_array_index (actions, gint64, i - 1) == action)
        {
          g_array_remove_index (actions, i - 1);
          return;
        }
    }
}

static void
move_to_end (GArray *actions,
             gint64  action)
{
  remove_action (actions, action);
  g_array_append_val (actions, action);
}

/**
 * psl_undo_stack_new:
 *
 * Returns: (transfer full): a stack of nothing
 */
PslUndoStack *
psl_undo_stack_new (void)
{
  PslUndoStack *self = g_new0 (PslUndoStack, 1);

  self->done = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->undone = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

/**
 * psl_undo_stack_free:
 * @self: (transfer full): a stack
 */
void
psl_undo_stack_free (PslUndoStack *self)
{
  g_array_unref (self->done);
  g_array_unref (self->undone);
  g_free (self);
}

/**
 * psl_undo_stack_note_made:
 * @action: a new action
 *
 * Actions that were undone before can't be done again after it.
 */
void
psl_undo_stack_note_made (PslUndoStack *self,
                          gint64        action)
{
  g_array_append_val (self->done, action);
  g_array_set_size (self->undone, 0);
}

/**
 * psl_undo_stack_note_replaced:
 * @action: an action that a new one continues, and that is not there any more; 0
 *   for none
 */
void
psl_undo_stack_note_replaced (PslUndoStack *self,
                              gint64        action)
{
  remove_action (self->done, action);
}

/**
 * psl_undo_stack_note_undone:
 * @action: an action that was undone, by whomever it was made
 */
void
psl_undo_stack_note_undone (PslUndoStack *self,
                            gint64        action)
{
  remove_action (self->done, action);
  move_to_end (self->undone, action);
}

/**
 * psl_undo_stack_note_redone:
 * @action: an action that was done again, by whomever it was made
 */
void
psl_undo_stack_note_redone (PslUndoStack *self,
                            gint64        action)
{
  remove_action (self->undone, action);
  move_to_end (self->done, action);
}

/**
 * psl_undo_stack_get_done:
 *
 * Returns: (transfer none) (element-type gint64): the actions that can be undone,
 *   the next one last
 */
GArray *
psl_undo_stack_get_done (PslUndoStack *self)
{
  return self->done;
}

/**
 * psl_undo_stack_get_undone:
 *
 * Returns: (transfer none) (element-type gint64): the actions that can be done
 *   again, the next one last
 */
GArray *
psl_undo_stack_get_undone (PslUndoStack *self)
{
  return self->undone;
}
