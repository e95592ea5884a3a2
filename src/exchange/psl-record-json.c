/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record-json.h"

#include <string.h>

#include "psl-rows.h"
#include "psl-text-language.h"

static JsonNode *
string_or_null (const char *text)
{
  JsonNode *node = json_node_alloc ();

  return text != NULL ? json_node_init_string (node, text) : json_node_init_null (node);
}

/* `100000.00 USD` */
static JsonNode *
money_to_json (const char *value)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_auto (GStrv) parts = g_strsplit (value, " ", 2);

  json_object_set_string_member (object, "amount", parts[0]);
  json_object_set_string_member (object, "currency", parts[1]);
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
scalar_to_json (const PslField *field,
                const char     *value)
{
  JsonNode *node;

  if (value == NULL)
    return string_or_null (NULL);

  node = json_node_alloc ();
  switch (field->type)
    {
    case PSL_FIELD_TYPE_YEAR:
    case PSL_FIELD_TYPE_INTEGER:
      return json_node_init_int (node, g_ascii_strtoll (value, NULL, 10));
    case PSL_FIELD_TYPE_LATITUDE:
    case PSL_FIELD_TYPE_LONGITUDE:
      return json_node_init_double (node, g_ascii_strtod (value, NULL));
    case PSL_FIELD_TYPE_MONEY:
      json_node_unref (node);
      return money_to_json (value);
    case PSL_FIELD_TYPE_TEXT:
    case PSL_FIELD_TYPE_LONG_TEXT:
    case PSL_FIELD_TYPE_IDENTIFIER:
    case PSL_FIELD_TYPE_DATE:
    case PSL_FIELD_TYPE_DECIMAL:
    case PSL_FIELD_TYPE_CODE:
    case PSL_FIELD_TYPE_LINK:
    case PSL_FIELD_TYPE_EMAIL:
    case PSL_FIELD_TYPE_URL:
    case PSL_FIELD_TYPE_PHONE:
    case PSL_FIELD_TYPE_ROWS:
    case PSL_FIELD_TYPE_PARTS:
    default:
      return json_node_init_string (node, value);
    }
}

/* An entry that has always held says nothing of its validity; other empty cells
 * are null. */
static JsonNode *
entry_to_json (const PslField    *field,
               const char *const *cells)
{
  g_autoptr (JsonObject) object = json_object_new ();

  for (guint i = 0; field->rows[i].name != NULL; i++)
    if (cells[i] != NULL || field->rows[i].type != PSL_FIELD_TYPE_DATE)
      json_object_set_member (object, field->rows[i].name, scalar_to_json (&field->rows[i], cells[i]));
  return json_node_init_object (json_node_alloc (), object);
}

static gboolean
has_only_first (const PslField *field,
                GPtrArray      *rows)
{
  for (guint i = 0; i < rows->len; i++)
    for (guint j = 1; field->rows[j].name != NULL; j++)
      if (((const char *const *) g_ptr_array_index (rows, i))[j] != NULL)
        return FALSE;
  return TRUE;
}

static JsonNode *
rows_to_json (const PslField *field,
              GPtrArray      *rows,
              gboolean        flat)
{
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);

      json_array_add_element (array, flat ? scalar_to_json (field->rows, cells[0]) : entry_to_json (field, cells));
    }
  return json_node_init_array (json_node_alloc (), array);
}

/* A flat list stays one whatever its entries hold besides; where they do, all of
 * it stands in a second member. */
static void
set_rows (JsonObject     *object,
          const PslField *field,
          const char     *value)
{
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, value, NULL);
  gboolean flat = (field->flags & PSL_FIELD_FLAT) != 0;

  if (rows == NULL)
    rows = psl_rows_new ();
  json_object_set_member (object, field->name, rows_to_json (field, rows, flat));
  if (flat && !has_only_first (field, rows))
    {
      g_autofree char *name = g_strdup_printf ("%s_rows", field->name);

      json_object_set_member (object, name, rows_to_json (field, rows, FALSE));
    }
}

static void
set_texts (JsonObject         *object,
           const PslField     *field,
           PslRecord          *record,
           const PslCodelists *codelists)
{
  JsonObject *texts = json_object_new ();
  g_autofree const char **own = psl_text_languages_list (codelists);
  g_autofree const char **languages = psl_record_list_languages (record, field);

  for (gsize i = 0; own[i] != NULL; i++)
    json_object_set_member (texts, own[i], string_or_null (psl_record_get (record, field, own[i])));
  for (gsize i = 0; languages[i] != NULL; i++)
    if (!g_strv_contains (own, languages[i]))
      json_object_set_string_member (texts, languages[i], psl_record_get (record, field, languages[i]));
  json_object_set_object_member (object, field->name, texts);
}

static void
set_parts (JsonObject         *object,
           const PslField     *field,
           PslRecord          *record,
           const PslCodelists *codelists)
{
  GPtrArray *parts = psl_record_get_parts (record, field);
  JsonArray *array = json_array_new ();

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    json_array_add_element (array, psl_record_to_json (g_ptr_array_index (parts, i), codelists));
  json_object_set_array_member (object, field->name, array);
}

/**
 * psl_record_to_json:
 * @record: a record with its parts, see psl_store_read_parts()
 * @codelists: the lists of the register that it belongs to
 *
 * Writes a record as JSON: its UUID as `id`, then every field under its name, in the kind's
 * order. Texts in several languages are objects, a member a language (null where one of the
 * register's languages has none); money is an object of `amount` (a decimal string) and
 * `currency`; flat rows are arrays of codes and other rows arrays of objects; years, whole
 * numbers and coordinates are numbers; links are UUIDs; parts are arrays of records;
 * everything else is the canonical string. An empty field is null, and empty rows are an
 * empty array.
 *
 * Returns: (transfer full): a JSON object
 */
JsonNode *
psl_record_to_json (PslRecord          *record,
                    const PslCodelists *codelists)
{
  const PslKind *kind = psl_record_get_kind (record);
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "id", psl_record_get_id (record));
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (field->type == PSL_FIELD_TYPE_PARTS)
        set_parts (object, field, record, codelists);
      else if (field->flags & PSL_FIELD_MULTILINGUAL)
        set_texts (object, field, record, codelists);
      else if (field->type == PSL_FIELD_TYPE_ROWS)
        set_rows (object, field, psl_record_get (record, field, NULL));
      else
        json_object_set_member (object, field->name, scalar_to_json (field, psl_record_get (record, field, NULL)));
    }
  if (kind->remarks != NULL)
    set_parts (object, kind->remarks, record, codelists);
  return json_node_init_object (json_node_alloc (), object);
}

/**
 * psl_record_value_to_json:
 * @value: (nullable): a canonical value of @field, in one language
 *
 * Returns: (transfer full): the value in the form that psl_record_to_json()
 *   gives it
 */
JsonNode *
psl_record_value_to_json (const PslField *field,
                          const char     *value)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (value == NULL || field->rows == NULL)
    return scalar_to_json (field, value);
  rows = psl_rows_parse (field, value, NULL);
  if (rows == NULL)
    return string_or_null (value);
  return rows_to_json (field, rows, (field->flags & PSL_FIELD_FLAT) && has_only_first (field, rows));
}
