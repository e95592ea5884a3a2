/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"
#include "psl-picker.h"

G_BEGIN_DECLS

/**
 * PslEditorChoice:
 *
 * Edits a value that is picked from a list: the value is a button that opens a picker. Base
 * of the editors of codes and of links.
 */
#define PSL_TYPE_EDITOR_CHOICE (psl_editor_choice_get_type ())
G_DECLARE_DERIVABLE_TYPE (PslEditorChoice, psl_editor_choice, PSL, EDITOR_CHOICE, PslEditor)

/**
 * PslEditorChoiceClass:
 * @make_picker: makes the picker, when it is first needed
 * @prepare_picker: (nullable): called before the picker opens
 * @dup_title: gives the title of a value
 * @picked: (nullable): an item was picked; the value is committed afterwards
 */
struct _PslEditorChoiceClass
{
  PslEditorClass parent_class;

  PslPicker *(*make_picker)    (PslEditorChoice *self);
  void       (*prepare_picker) (PslEditorChoice *self,
                                PslPicker       *picker);
  char      *(*dup_title)      (PslEditorChoice *self,
                                const char      *value);
  void       (*picked)         (PslEditorChoice *self,
                                PslPickerItem   *item);
};

G_END_DECLS
