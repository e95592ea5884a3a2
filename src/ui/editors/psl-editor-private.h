/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"

G_BEGIN_DECLS

/* Shared by psl-editor.c (the widget, and the record that it shows) and
 * psl-editor-typing.c (what a person types, until it is committed). */
typedef struct
{
  const PslField *field;
  char *language;
  char *records_language;
  PslRegister *reg;
  PslRecord *record;

  /* The stored value, as far as it is known here. */
  char *value;
  /* Something was typed and is not committed. */
  gboolean touched;
  /* Something was typed since the record was bound, committed or not. */
  gboolean typed_in;
  gboolean focused;
  /* While the focus moves in or out: until it stands still. */
  GtkEventControllerFocus *focus_controller;
  GtkRoot *focus_root;
  gulong focus_handler;
  guint focus_idle;
  /* The widget’s content is being set by the program, not by the person. */
  guint showing;
  /* Ends with a commit, where nobody types on, or at the latest when it is due, by the
   * monotonic clock. */
  guint pause;
  gint64 due;
  guint64 session;
} PslEditorPrivate;

PslEditorPrivate *psl_editor_get_private    (PslEditor  *self);
void              psl_editor_show           (PslEditor  *self);
void              psl_editor_end_pause      (PslEditor  *self);
void              psl_editor_flush_quietly  (PslEditor  *self);
void              psl_editor_emit_committed (PslEditor  *self,
                                             const char *value);

G_END_DECLS
