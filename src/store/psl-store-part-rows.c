/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-error.h"
#include "psl-rows.h"
#include "psl-store-private.h"
#include "psl-text-language.h"
#include "psl-uuid.h"

/*
 * Parts as rows: what a field of parts holds in one language, as a cell of a table, the
 * command line and the journal of older versions write it. Writing it changes the parts
 * that are there as little as possible; the journal has the changes of parts, not of the
 * field.
 */

/* A part that is there, and its values in the language. */
typedef struct
{
  PslRecord *record;
  char **row;
  gboolean is_matched;
} Part;

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_object_unref (part->record);
  g_free (part->row);
}

static const char *
get_language (const PslField *column,
              const char     *language)
{
  return column->flags & PSL_FIELD_MULTILINGUAL ? language : NULL;
}

static char **
get_row (PslRecord      *part,
         const PslField *field,
         const char     *language)
{
  guint n = psl_rows_get_n_columns (field);
  g_autofree const char **cells = g_new0 (const char *, n);

  for (guint i = 0; i < n; i++)
    cells[i] = psl_record_get (part, &field->rows[i], get_language (&field->rows[i], language));
  return psl_rows_row_new (field, cells);
}

static GArray *
read_present (PslStore        *self,
              gint64           rid,
              const PslField  *field,
              const char      *language,
              GError         **error)
{
  g_autoptr (PslRecord) owner = psl_record_new (psl_kind_get_owner (field->target), rid, NULL);
  g_autoptr (GArray) present = g_array_new (FALSE, TRUE, sizeof (Part));
  GPtrArray *records;

  g_array_set_clear_func (present, part_clear);
  if (!psl_store_read_parts_of_field (self, owner, field, error))
    return NULL;
  records = psl_record_get_parts (owner, field);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      PslRecord *record = g_ptr_array_index (records, i);
      Part part = { g_object_ref (record), get_row (record, field, language), FALSE };

      g_array_append_val (present, part);
    }
  return g_steal_pointer (&present);
}

/* Whether a row stands for a part. The ways to match them are tried in this order:
 *
 * - is_same(): the part has the values of the row;
 * - is_contained(): the part lacks some of them, and has no other;
 * - has_same_first(): both have the same first value. */
typedef gboolean (*MatchFunc) (const PslField    *field,
                               const char *const *part,
                               const char *const *row);

static gboolean
is_same (const PslField    *field,
         const char *const *part,
         const char *const *row)
{
  for (guint i = 0; i < psl_rows_get_n_columns (field); i++)
    {
      if (g_strcmp0 (part[i], row[i]) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Whether the part has no value that the row lacks. */
static gboolean
is_contained (const PslField    *field,
              const char *const *part,
              const char *const *row)
{
  return psl_rows_row_contains (field, row, part);
}

static gboolean
has_same_first (const PslField    *field,
                const char *const *part,
                const char *const *row)
{
  return row[0] != NULL && g_strcmp0 (part[0], row[0]) == 0;
}

/* Whether the rows are the parts that are there, in their order, perhaps with more values,
 * and perhaps with more rows behind them: the same list in another language. */
static gboolean
is_continuation (const PslField *field,
                 GArray         *present,
                 GPtrArray      *rows)
{
  for (guint i = 0; i < present->len; i++)
    {
      if (i >= rows->len ||
          !psl_rows_row_contains (field, g_ptr_array_index (rows, i),
                                  (const char *const *) g_array_index (present, Part, i).row))
        return FALSE;
    }
  return TRUE;
}

/* Finds the part that each row stands for; %NULL for those that none stands for. */
static GPtrArray *
match_rows (const PslField *field,
            GArray         *present,
            GPtrArray      *rows)
{
  static const MatchFunc matches[] = { is_same, is_contained, has_same_first };
  GPtrArray *parts = g_ptr_array_new ();

  g_ptr_array_set_size (parts, (int) rows->len);
  if (is_continuation (field, present, rows))
    {
      for (guint i = 0; i < present->len; i++)
        {
          g_array_index (present, Part, i).is_matched = TRUE;
          g_ptr_array_index (parts, i) = &g_array_index (present, Part, i);
        }
      return parts;
    }

  for (gsize way = 0; way < G_N_ELEMENTS (matches); way++)
    for (guint i = 0; i < rows->len; i++)
      for (guint j = 0; j < present->len && g_ptr_array_index (parts, i) == NULL; j++)
        {
          Part *part = &g_array_index (present, Part, j);

          if (part->is_matched ||
              !matches[way] (field, (const char *const *) part->row, g_ptr_array_index (rows, i)))
            continue;
          part->is_matched = TRUE;
          g_ptr_array_index (parts, i) = part;
        }
  return parts;
}

static gboolean
write_row (PslStore           *self,
           gint64              rid,
           const PslField     *field,
           const char         *language,
           const char *const  *present,
           const char *const  *row,
           GError            **error)
{
  const PslPlan *plan = psl_store_get_plan (self, field->target);

  for (guint i = 0; i < psl_rows_get_n_columns (field); i++)
    {
      const PslField *column = &field->rows[i];

      if (g_strcmp0 (present[i], row[i]) != 0 &&
          !psl_store_write_cell (self, plan, rid, column, get_language (column, language), present[i], row[i], error))
        return FALSE;
    }
  return TRUE;
}

/* The same list makes the same parts in every register. */
static char *
derive_id (const PslField    *field,
           const char        *owner,
           guint              nth,
           const char *const *row)
{
  g_autoptr (GString) content = g_string_new (field->target->name);

  g_string_append_printf (content, "\n%u", nth);
  for (guint i = 0; i < psl_rows_get_n_columns (field); i++)
    g_string_append_printf (content, "\n%s", row[i] != NULL ? row[i] : "");
  return psl_uuid_derive (owner, content->str);
}

static gint64
insert_row (PslStore           *self,
            const PslField     *field,
            const char         *language,
            const char         *owner,
            char               *id,
            const char *const  *row,
            GError            **error)
{
  g_autoptr (PslRecord) part = psl_record_new (field->target, 0, id);

  psl_record_set (part, psl_kind_get_owner_field (field->target), NULL, owner);
  for (guint i = 0; i < psl_rows_get_n_columns (field); i++)
    psl_record_set (part, &field->rows[i], get_language (&field->rows[i], language), row[i]);
  return psl_store_insert_canonical (self, part, error);
}

/* The record of a UUID; 0 where there is none. */
static gboolean
find_record (PslStore    *self,
             const char  *id,
             gint64      *rid,
             GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, "SELECT rid FROM record WHERE id = ?", error);
  g_autoptr (GError) local_error = NULL;

  *rid = 0;
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, id);
  if (psl_statement_step (statement, &local_error))
    *rid = psl_statement_get_int64 (statement, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static char *
dup_id (PslStore  *self,
        gint64     rid,
        GError   **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, "SELECT id FROM record WHERE rid = ?", error);

  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  return psl_statement_step (statement, error) ? g_strdup (psl_statement_get_text (statement, 0)) : NULL;
}

/* Makes the part of a row. One that was made of the same row before and taken away comes
 * back. */
static gint64
add_row (PslStore           *self,
         const PslField     *field,
         const char         *language,
         const char         *owner,
         guint               nth,
         const char *const  *row,
         GError            **error)
{
  g_autofree char *id = derive_id (field, owner, nth, row);
  g_autofree char **present = NULL;
  g_autoptr (PslRecord) former = NULL;
  gint64 rid;

  if (!find_record (self, id, &rid, error))
    return 0;
  if (rid == 0)
    return insert_row (self, field, language, owner, id, row, error);

  former = psl_store_read (self, rid, error);
  if (former == NULL)
    return 0;
  if (psl_record_get_state (former) == PSL_RECORD_LIVE)
    return insert_row (self, field, language, owner, NULL, row, error);
  present = get_row (former, field, language);
  return psl_store_set_state (self, rid, PSL_RECORD_LIVE, error) &&
         write_row (self, rid, field, language, (const char *const *) present, row, error) ? rid : 0;
}

/* Puts a part behind the one that the row before stands for, unless it is there. */
static gboolean
place_row (PslStore  *self,
           gint64     rid,
           gint64     after,
           gint64    *position,
           GError   **error)
{
  static const char sql[] = "SELECT position FROM record WHERE rid = ?";
  gint64 present;

  if (!psl_store_read_number (self, sql, rid, NULL, &present, error))
    return FALSE;
  if (present <= *position &&
      (!psl_store_move (self, rid, after, error) || !psl_store_read_number (self, sql, rid, NULL, &present, error)))
    return FALSE;
  *position = present;
  return TRUE;
}

static gboolean
trash_rest (PslStore        *self,
            const PslField  *field,
            GArray          *present,
            GError         **error)
{
  for (guint i = 0; i < present->len; i++)
    {
      const Part *part = &g_array_index (present, Part, i);

      if (!part->is_matched &&
          !psl_store_set_state (self, psl_record_get_rid (part->record), PSL_RECORD_TRASHED, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_rows (PslStore        *self,
            gint64           rid,
            const PslField  *field,
            const char      *language,
            GPtrArray       *rows,
            GPtrArray       *parts,
            GError         **error)
{
  g_autofree char *owner = dup_id (self, rid, error);
  gint64 after = 0;
  gint64 position = 0;

  if (owner == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = g_ptr_array_index (rows, i);
      const Part *part = g_ptr_array_index (parts, i);
      gint64 of_row = part != NULL ? psl_record_get_rid (part->record) : 0;

      if (part == NULL && psl_rows_row_is_empty (field, row))
        continue;
      if (part == NULL)
        of_row = add_row (self, field, language, owner, i, row, error);
      else if (!write_row (self, of_row, field, language, (const char *const *) part->row, row, error))
        return FALSE;
      if (of_row == 0 || !place_row (self, of_row, after, &position, error))
        return FALSE;
      after = of_row;
    }
  return TRUE;
}

/**
 * psl_store_read_parts_value:
 * @field: a field of parts with sub-fields
 * @language: (nullable): for a multilingual field
 * @value: (out) (nullable) (transfer full): its parts as rows; texts are those in @language
 */
gboolean
psl_store_read_parts_value (PslStore        *self,
                            gint64           rid,
                            const PslField  *field,
                            const char      *language,
                            char           **value,
                            GError         **error)
{
  g_autoptr (GArray) present = read_present (self, rid, field, language, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  if (present == NULL)
    return FALSE;
  for (guint i = 0; i < present->len; i++)
    g_ptr_array_add (rows, g_array_index (present, Part, i).row);
  *value = psl_rows_build (field, rows);
  return TRUE;
}

/**
 * psl_store_write_parts_value:
 * @field: a field of parts with sub-fields
 * @language: (nullable): for a multilingual field
 * @value: (nullable): rows in their canonical form; texts are those in @language
 *
 * Has a record the parts that @value lists, in this order: those that are there are
 * changed, others made or put into the trash. Texts in other languages stay.
 */
gboolean
psl_store_write_parts_value (PslStore        *self,
                             gint64           rid,
                             const PslField  *field,
                             const char      *language,
                             const char      *value,
                             GError         **error)
{
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, value, error);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GArray) present = NULL;

  if (rows == NULL)
    return FALSE;
  present = read_present (self, rid, field, language, error);
  if (present == NULL)
    return FALSE;
  parts = match_rows (field, present, rows);
  return trash_rest (self, field, present, error) && write_rows (self, rid, field, language, rows, parts, error);
}

/**
 * psl_store_read_parts_values:
 * @record: a record that was read from the register
 *
 * Sets the values of those fields of parts that have sub-fields: their parts as rows, in
 * each language.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_read_parts_values (PslStore   *self,
                             PslRecord  *record,
                             GError    **error)
{
  const PslKind *kind = psl_record_get_kind (record);
  g_autofree const char **languages = psl_text_languages_list ();

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (PSL_IS_RECORD (record), FALSE);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      gboolean multilingual = (field->flags & PSL_FIELD_MULTILINGUAL) != 0;

      if (field->type != PSL_FIELD_TYPE_PARTS || field->rows == NULL)
        continue;
      for (guint i = 0; languages[i] != NULL && (multilingual || i == 0); i++)
        {
          const char *language = multilingual ? languages[i] : NULL;
          g_autofree char *value = NULL;

          if (!psl_store_read_parts_value (self, psl_record_get_rid (record), field, language, &value, error))
            return FALSE;
          psl_record_set (record, field, language, value);
        }
    }
  return TRUE;
}
