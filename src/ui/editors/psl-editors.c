/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editors.h"

#include "psl-editor-chips.h"
#include "psl-editor-code.h"
#include "psl-editor-date.h"
#include "psl-editor-entry.h"
#include "psl-editor-link.h"
#include "psl-editor-money.h"
#include "psl-editor-phone.h"
#include "psl-editor-text.h"

/* The editor of each field type, in the order of #PslFieldType. */
static GType (*const editor_types[]) (void) = {
  [PSL_FIELD_TYPE_TEXT] = psl_editor_text_get_type,
  [PSL_FIELD_TYPE_LONG_TEXT] = psl_editor_text_get_type,
  [PSL_FIELD_TYPE_IDENTIFIER] = psl_editor_entry_get_type,
  [PSL_FIELD_TYPE_DATE] = psl_editor_date_get_type,
  [PSL_FIELD_TYPE_YEAR] = psl_editor_entry_get_type,
  [PSL_FIELD_TYPE_INTEGER] = psl_editor_entry_get_type,
  [PSL_FIELD_TYPE_DECIMAL] = psl_editor_entry_get_type,
  [PSL_FIELD_TYPE_MONEY] = psl_editor_money_get_type,
  [PSL_FIELD_TYPE_CODE] = psl_editor_code_get_type,
  [PSL_FIELD_TYPE_LINK] = psl_editor_link_get_type,
  [PSL_FIELD_TYPE_EMAIL] = psl_editor_entry_get_type,
  [PSL_FIELD_TYPE_URL] = psl_editor_entry_get_type,
  [PSL_FIELD_TYPE_PHONE] = psl_editor_phone_get_type,
  [PSL_FIELD_TYPE_LATITUDE] = psl_editor_entry_get_type,
  [PSL_FIELD_TYPE_LONGITUDE] = psl_editor_entry_get_type,
  [PSL_FIELD_TYPE_ROWS] = psl_editor_chips_get_type,
};

/**
 * psl_editor_new:
 * @field: a field, or a sub-field of rows
 * @language: (nullable): for a multilingual field, the language of the text
 *
 * Makes the editor that @field's type asks for.
 *
 * Returns: (transfer floating): the editor, which shows nothing yet
 */
PslEditor *
psl_editor_new (const PslField *field,
                const char     *language)
{
  g_return_val_if_fail (field != NULL && field->type < G_N_ELEMENTS (editor_types), NULL);

  return g_object_new (editor_types[field->type] (), "field", field, "language", language, NULL);
}
