/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor-frame.h"
#include "psl-register.h"

G_BEGIN_DECLS

/* How long a person rests before what they typed is stored. */
#define PSL_EDITOR_PAUSE_MS 600
#define PSL_EDITOR_LONGEST_MS 3000

/**
 * PslEditor:
 *
 * A row of the detail page: one field's value, edited in place. A subclass brings the widget
 * that shows and takes the value; everything that editors have in common (when a value is
 * stored, how a wrong one is shown, how changes from elsewhere come in) is here, and their
 * surroundings in #PslEditorFrame.
 *
 * Signals:
 *   committed (const char *value)  a new canonical value (NULL: empty), to be
 *                                  stored under psl_editor_get_session()
 */
#define PSL_TYPE_EDITOR (psl_editor_get_type ())
G_DECLARE_DERIVABLE_TYPE (PslEditor, psl_editor, PSL, EDITOR, PslEditorFrame)

/**
 * PslEditorClass:
 * @show: shows a canonical value, or nothing for NULL: when a record is bound,
 *   when the focus comes (psl_editor_is_focused(): the form to edit) and goes
 *   (the form to read). Leaves text that stands there already alone, so that
 *   the cursor stays
 * @show_draft: shows text as typed, which is not a value yet; default: @show
 * @read: (returns transfer full) (nullable): the text in the widget, as typed, for
 *   psl_field_normalise()
 * @flush_parts: (nullable): commits the text being typed in editors of parts of the value;
 *   returns whether nothing is left uncommitted
 * @revert_parts: (nullable): drops the text typed in them
 * @dup_parts: (nullable) (returns transfer full) (nullable): the drafts in them
 * @set_parts: (nullable): puts back the result of @dup_parts
 */
struct _PslEditorClass
{
  PslEditorFrameClass parent_class;

  void      (*show)         (PslEditor   *self,
                             const char  *value);
  void      (*show_draft)   (PslEditor   *self,
                             const char  *text);
  char     *(*read)         (PslEditor   *self);
  gboolean  (*flush_parts)  (PslEditor   *self);
  void      (*revert_parts) (PslEditor   *self);
  GVariant *(*dup_parts)    (PslEditor   *self);
  void      (*set_parts)    (PslEditor   *self,
                             GVariant    *parts);
};

const PslField *psl_editor_get_field            (PslEditor   *self);
const char     *psl_editor_get_language         (PslEditor   *self);
const char     *psl_editor_get_records_language (PslEditor   *self);
void            psl_editor_set_records_language (PslEditor   *self,
                                                 const char  *language);
PslRegister    *psl_editor_get_register         (PslEditor   *self);
void            psl_editor_set_register         (PslEditor   *self,
                                                 PslRegister *reg);
const PslCodelists *psl_editor_get_codelists    (PslEditor   *self);
PslRecord      *psl_editor_get_record           (PslEditor   *self);
void            psl_editor_bind                 (PslEditor   *self,
                                                 PslRecord   *record);
const char     *psl_editor_get_value            (PslEditor   *self);
void            psl_editor_set_value            (PslEditor   *self,
                                                 const char  *value);
GVariant       *psl_editor_new_draft            (const char  *text);
GVariant       *psl_editor_dup_draft            (PslEditor   *self);
void            psl_editor_set_draft            (PslEditor   *self,
                                                 GVariant    *draft);
void            psl_editor_show_typed           (PslEditor   *self,
                                                 const char  *text);
gboolean        psl_editor_flush                (PslEditor   *self);
void            psl_editor_revert               (PslEditor   *self);
void            psl_editor_select               (PslEditor   *self);
guint64         psl_editor_get_session          (PslEditor   *self);
void            psl_editor_refuse               (PslEditor   *self,
                                                 const char  *value,
                                                 const char  *message);

/* For subclasses */
void            psl_editor_touch                (PslEditor   *self);
void            psl_editor_commit               (PslEditor   *self,
                                                 const char  *value);
gboolean        psl_editor_is_focused           (PslEditor   *self);
gboolean        psl_editor_is_touched           (PslEditor   *self);
void            psl_editor_open_record          (PslEditor   *self,
                                                 gint64       rid);

G_END_DECLS
