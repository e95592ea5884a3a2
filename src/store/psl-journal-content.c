/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-journal-content.h"

#include <json-glib/json-glib.h>

#include "psl-languages.h"
#include "psl-store-private.h"

/*
 * The values that a record was made with, as the journal keeps them: a JSON object of the
 * kind, as `$kind`, and the canonical values by the names of their fields. A text in several
 * languages is an object by language. A part has the UUID of its owner in the field that
 * leads there, and its position as `$position`. The marks of texts that are copies (see
 * psl-agreed.c) stand in `$agreed`, by field and language: `description fr`.
 */

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_languages (JsonBuilder    *builder,
               PslRecord      *record,
               const PslField *field)
{
  g_autofree const char **languages = psl_record_list_languages (record, field);

  if (languages[0] == NULL)
    return;
  json_builder_set_member_name (builder, field->name);
  json_builder_begin_object (builder);
  for (gsize i = 0; languages[i] != NULL; i++)
    add_text (builder, languages[i], psl_record_get (record, field, languages[i]));
  json_builder_end_object (builder);
}

static void
add_marks (JsonBuilder *builder,
           PslRecord   *record)
{
  gboolean is_begun = FALSE;
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    {
      const char *agreed = language != NULL ? psl_record_get_agreed (record, field, language) : NULL;
      g_autofree char *name = agreed != NULL ? g_strdup_printf ("%s %s", field->name, language) : NULL;

      if (name == NULL)
        continue;
      if (!is_begun)
        json_builder_begin_object (json_builder_set_member_name (builder, PSL_JOURNAL_AGREED));
      is_begun = TRUE;
      add_text (builder, name, agreed);
    }
  if (is_begun)
    json_builder_end_object (builder);
}

static char *
finish (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/**
 * psl_journal_content_new:
 * @record: a record that is made
 * @owner: (nullable): the UUID of the record that it belongs to
 * @position: its position there
 *
 * Returns: (transfer full): its values, as the journal keeps them
 */
char *
psl_journal_content_new (PslRecord  *record,
                         const char *owner,
                         gint64      position)
{
  const PslKind *kind = psl_record_get_kind (record);
  const PslField *owner_field = psl_kind_get_owner_field (kind);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_text (builder, "$kind", kind->name);
  if (owner_field != NULL)
    {
      g_autofree char *place = g_strdup_printf ("%" G_GINT64_FORMAT, position);

      add_text (builder, owner_field->name, owner);
      add_text (builder, PSL_FIELD_POSITION, place);
    }
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      const char *value;

      if (field == owner_field || field->type == PSL_FIELD_TYPE_PARTS)
        continue;
      if (field->flags & PSL_FIELD_MULTILINGUAL)
        {
          add_languages (builder, record, field);
          continue;
        }
      value = psl_record_get (record, field, NULL);
      if (value != NULL)
        add_text (builder, field->name, value);
    }
  add_marks (builder, record);
  return finish (builder);
}

/**
 * psl_journal_content_new_patch:
 * @language: (nullable): for a multilingual field
 * @value: (nullable): a canonical value
 *
 * Returns: (transfer full): the patch by which json_patch() puts @value into a record's
 *   values
 */
char *
psl_journal_content_new_patch (const PslField *field,
                               const char     *language,
                               const char     *value)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  if (language == NULL)
    {
      add_text (builder, field->name, value);
      return finish (builder);
    }
  json_builder_set_member_name (builder, field->name);
  json_builder_begin_object (builder);
  add_text (builder, language, value);
  json_builder_end_object (builder);
  return finish (builder);
}
