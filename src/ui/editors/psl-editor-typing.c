/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-private.h"

/* A draft, for psl_editor_dup_draft(): the text of the editor itself, and the parts of the
 * value that its class keeps. */
#define DRAFT_FORMAT "(msmv)"

static void
set_error (PslEditor  *self,
           const char *message)
{
  psl_editor_frame_set_error (PSL_EDITOR_FRAME (self), message);
}

static void
set_stored (PslEditor  *self,
            const char *value)
{
  PslEditorPrivate *priv = psl_editor_get_private (self);

  if (g_set_str (&priv->value, value))
    psl_editor_emit_committed (self, value);
}

/* @tell is whether to show an error; an error that is shown already is brought up to date.
 * Returns: whether nothing is left uncommitted. */
static gboolean
commit (PslEditor *self,
        gboolean   tell)
{
  PslEditorPrivate *priv = psl_editor_get_private (self);
  PslEditorClass *klass = PSL_EDITOR_GET_CLASS (self);
  gboolean done;
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  psl_editor_end_pause (self);
  done = klass->flush_parts == NULL || klass->flush_parts (self);
  if (!priv->touched)
    return done;

  text = klass->read (self);
  value = psl_field_normalise (priv->field, psl_editor_get_codelists (self), text, &error);
  if (error != NULL)
    {
      if (tell || psl_editor_frame_get_error (PSL_EDITOR_FRAME (self)) != NULL)
        set_error (self, error->message);
      return FALSE;
    }

  priv->touched = FALSE;
  set_error (self, NULL);
  set_stored (self, value);
  return done;
}

/**
 * psl_editor_flush_quietly:
 * @self: an editor
 *
 * Commits the typed text, where it is a value. Who rests in the middle of a date is not told
 * that it is none: not before the field is left.
 */
void
psl_editor_flush_quietly (PslEditor *self)
{
  commit (self, FALSE);
}

static gboolean
pause_cb (gpointer data)
{
  PslEditor *self = data;
  PslEditorPrivate *priv = psl_editor_get_private (self);

  priv->pause = 0;
  psl_editor_flush_quietly (self);
  return G_SOURCE_REMOVE;
}

/**
 * psl_editor_end_pause:
 * @self: an editor
 *
 * Nothing is committed by itself any more.
 */
void
psl_editor_end_pause (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_private (self);

  g_clear_handle_id (&priv->pause, g_source_remove);
}

/**
 * psl_editor_new_draft:
 * @text: (nullable): the text of an editor
 *
 * Returns: (transfer full): a draft for psl_editor_set_draft()
 */
GVariant *
psl_editor_new_draft (const char *text)
{
  return g_variant_ref_sink (g_variant_new (DRAFT_FORMAT, text != NULL ? text : "", NULL));
}

/**
 * psl_editor_dup_draft:
 * @self: an editor
 *
 * Returns: (transfer full) (nullable): the typed text that could not be stored, to be put
 *   back by psl_editor_set_draft() when its record is shown again; %NULL where there is none
 */
GVariant *
psl_editor_dup_draft (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_private (self);
  PslEditorClass *klass;
  g_autofree char *text = NULL;
  g_autoptr (GVariant) parts = NULL;

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  klass = PSL_EDITOR_GET_CLASS (self);
  if (klass->dup_parts != NULL)
    parts = klass->dup_parts (self);
  if (!priv->touched)
    return parts != NULL ? g_variant_ref_sink (g_variant_new (DRAFT_FORMAT, NULL, parts)) : NULL;

  text = klass->read (self);
  return g_variant_ref_sink (g_variant_new (DRAFT_FORMAT, text != NULL ? text : "", parts));
}

/**
 * psl_editor_set_draft:
 * @self: an editor
 * @draft: a result of psl_editor_dup_draft() or psl_editor_new_draft()
 *
 * Shows @draft as if the person had typed it and rested.
 */
void
psl_editor_set_draft (PslEditor *self,
                      GVariant  *draft)
{
  const char *text;
  g_autoptr (GVariant) parts = NULL;

  g_return_if_fail (PSL_IS_EDITOR (self));
  g_return_if_fail (draft != NULL);

  g_variant_get (draft, "(m&smv)", &text, &parts);
  if (text != NULL)
    psl_editor_show_typed (self, text);
  if (parts != NULL)
    PSL_EDITOR_GET_CLASS (self)->set_parts (self, parts);
  psl_editor_flush (self);
}

/**
 * psl_editor_show_typed:
 * @self: an editor
 * @text: (nullable): a text
 *
 * Shows @text as if the person had just typed it, and commits nothing.
 */
void
psl_editor_show_typed (PslEditor  *self,
                       const char *text)
{
  PslEditorPrivate *priv = psl_editor_get_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  priv->showing++;
  PSL_EDITOR_GET_CLASS (self)->show_draft (self, text != NULL && *text != '\0' ? text : NULL);
  priv->showing--;
  priv->touched = TRUE;
  priv->typed_in = TRUE;
}

/**
 * psl_editor_flush:
 * @self: an editor
 *
 * Commits the typed text. A text that is not a value stays, with a message.
 *
 * Returns: whether nothing is left uncommitted
 */
gboolean
psl_editor_flush (PslEditor *self)
{
  g_return_val_if_fail (PSL_IS_EDITOR (self), FALSE);

  return commit (self, TRUE);
}

/**
 * psl_editor_revert:
 * @self: an editor
 *
 * Drops text typed since the last commit.
 */
void
psl_editor_revert (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  psl_editor_end_pause (self);
  priv->touched = FALSE;
  set_error (self, NULL);
  if (PSL_EDITOR_GET_CLASS (self)->revert_parts != NULL)
    PSL_EDITOR_GET_CLASS (self)->revert_parts (self);
  psl_editor_show (self);
}

/**
 * psl_editor_refuse:
 * @self: an editor
 * @value: (nullable): the value that is still stored
 * @message: why, translated
 *
 * The value that was committed last could not be stored: it stays in sight with @message, and
 * is committed again when the focus leaves or Enter is pressed.
 */
void
psl_editor_refuse (PslEditor  *self,
                   const char *value,
                   const char *message)
{
  PslEditorPrivate *priv = psl_editor_get_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  g_set_str (&priv->value, value);
  priv->touched = TRUE;
  set_error (self, message);
}

/**
 * psl_editor_touch:
 * @self: an editor
 *
 * The person has typed something: it is committed after a pause, and where none comes some
 * seconds after the first key, so that no more than that is lost with the program.
 */
void
psl_editor_touch (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_private (self);
  gint64 now;

  g_return_if_fail (PSL_IS_EDITOR (self));

  if (priv->showing > 0)
    return;

  priv->touched = TRUE;
  priv->typed_in = TRUE;
  now = g_get_monotonic_time ();
  if (priv->pause == 0)
    priv->due = now + PSL_EDITOR_LONGEST_MS * 1000;
  psl_editor_end_pause (self);
  priv->pause = g_timeout_add ((guint) CLAMP ((priv->due - now) / 1000, 0, PSL_EDITOR_PAUSE_MS), pause_cb, self);
}

/**
 * psl_editor_commit:
 * @self: an editor
 * @value: (nullable): a canonical value that was picked, not typed
 *
 * Commits @value at once and shows it, in place of anything typed.
 */
void
psl_editor_commit (PslEditor  *self,
                   const char *value)
{
  PslEditorPrivate *priv = psl_editor_get_private (self);
  g_autofree char *copy = g_strdup (value);

  g_return_if_fail (PSL_IS_EDITOR (self));

  psl_editor_end_pause (self);
  priv->touched = FALSE;
  set_error (self, NULL);
  set_stored (self, copy);
  psl_editor_show (self);
}

/**
 * psl_editor_is_touched:
 * @self: an editor
 *
 * Returns: whether it holds something typed that is not committed
 */
gboolean
psl_editor_is_touched (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), FALSE);

  return priv->touched;
}
