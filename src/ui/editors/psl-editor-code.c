/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-code.h"

#include "psl-code-picker.h"
#include "psl-languages.h"

struct _PslEditorCode
{
  PslEditorChoice parent_instance;
};

G_DEFINE_FINAL_TYPE (PslEditorCode, psl_editor_code, PSL_TYPE_EDITOR_CHOICE)

static PslPicker *
psl_editor_code_make_picker (PslEditorChoice *choice)
{
  const PslField *field = psl_editor_get_field (PSL_EDITOR (choice));

  return psl_code_picker_new (field->codelist, psl_field_get_wider_codelist (field));
}

static void
psl_editor_code_prepare_picker (PslEditorChoice *choice,
                                PslPicker       *picker)
{
  psl_code_picker_set_register (PSL_CODE_PICKER (picker), psl_editor_get_register (PSL_EDITOR (choice)));
}

static char *
psl_editor_code_dup_title (PslEditorChoice *choice,
                           const char      *value)
{
  PslEditor *editor = PSL_EDITOR (choice);

  return psl_field_display (psl_editor_get_field (editor), psl_editor_get_codelists (editor), value,
                            psl_language_get_interface ());
}

static void
psl_editor_code_class_init (PslEditorCodeClass *klass)
{
  PslEditorChoiceClass *choice_class = PSL_EDITOR_CHOICE_CLASS (klass);

  choice_class->make_picker = psl_editor_code_make_picker;
  choice_class->prepare_picker = psl_editor_code_prepare_picker;
  choice_class->dup_title = psl_editor_code_dup_title;
}

static void
psl_editor_code_init (PslEditorCode *self)
{
}
