/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-rows.h"
#include "psl-store-private.h"
#include "psl-text-language.h"
#include "psl-uuid.h"

/*
 * Parts as rows: the value of a field of parts in one language, as a cell of a table, the
 * command line and the journal of older versions write it. Writing it changes the present
 * parts as little as possible; the journal has the changes of parts, not of the field.
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
  g_autoptr (GPtrArray) records =
    psl_store_read_parts_flat (self, psl_store_get_plan (self, field->target), rid, error);
  g_autoptr (GArray) present = g_array_new (FALSE, TRUE, sizeof (Part));

  if (records == NULL)
    return NULL;
  g_array_set_clear_func (present, part_clear);
  for (guint i = 0; i < records->len; i++)
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

/* Finds the part that each row stands for; %NULL for a row without a part. */
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
      const char *tag = get_language (column, language);

      if (g_strcmp0 (present[i], row[i]) != 0 &&
          (!psl_store_mark_translations (self, plan, rid, column, tag, present[i], row[i], error) ||
           !psl_store_write_cell (self, plan, rid, column, tag, present[i], row[i], error)))
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
  g_autofree char *own_id = NULL;
  gint64 owner_rid, rid;

  if (!psl_store_find_owner (self, field->target, owner, &owner_rid, error))
    return 0;
  psl_record_set (part, psl_kind_get_owner_field (field->target), NULL, owner);
  for (guint i = 0; i < psl_rows_get_n_columns (field); i++)
    psl_record_set (part, &field->rows[i], get_language (&field->rows[i], language), row[i]);
  rid = psl_store_insert_one (self, part, owner_rid, owner, &own_id, error);
  self->transaction->n_created += rid != 0 && owner_rid < self->transaction->first_rid;
  return rid;
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

/* Makes the part of a row. A part that was made of the same row before and taken away comes
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

  if (!psl_store_read_rid (self, id, &rid, error))
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

/* Puts a part behind the part of the row before, unless it is there. */
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

/* Whether the action at hand has made the part for a list in another language, which need not
 * have the same rows. */
static gboolean
is_of_other_list (PslStore       *self,
                  const PslField *field,
                  const Part     *part)
{
  gboolean has_text = FALSE;

  for (guint i = 0; i < psl_rows_get_n_columns (field); i++)
    has_text |= (field->rows[i].flags & PSL_FIELD_MULTILINGUAL) && part->row[i] != NULL;
  return (field->flags & PSL_FIELD_MULTILINGUAL) && !has_text &&
         psl_record_get_rid (part->record) >= self->transaction->first_rid;
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

      if (!part->is_matched && !is_of_other_list (self, field, part) &&
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

/* The value of a field of parts that are @records: they as rows, with the texts in
 * @language. */
static char *
build_value (GPtrArray      *records,
             const PslField *field,
             const char     *language)
{
  g_autoptr (GPtrArray) rows = psl_rows_new ();

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (rows, get_row (g_ptr_array_index (records, i), field, language));
  return psl_rows_build (field, rows);
}

/* Gives a record the parts that @value lists, in this order: present parts are changed,
 * others made or put into the trash. Texts in other languages stay, and so do parts that the
 * same action has made for lists in other languages. */
static gboolean
write_parts (PslStore        *self,
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
 * psl_store_read_value:
 * @language: (nullable): for a multilingual field
 * @value: (out) (nullable) (transfer full): the canonical value; of a field of parts, they
 *   as rows, with the texts in @language
 */
gboolean
psl_store_read_value (PslStore        *self,
                      const PslPlan   *plan,
                      gint64           rid,
                      const PslField  *field,
                      const char      *language,
                      char           **value,
                      GError         **error)
{
  g_autoptr (GPtrArray) records = NULL;

  if (field->type != PSL_FIELD_TYPE_PARTS)
    return psl_store_read_cell (self, plan, rid, field, language, value, error);
  records = psl_store_read_parts_flat (self, psl_store_get_plan (self, field->target), rid, error);
  if (records == NULL)
    return FALSE;
  *value = build_value (records, field, language);
  return TRUE;
}

/**
 * psl_store_write_value:
 * @language: (nullable): for a multilingual field
 * @old_value: (nullable): the canonical value it holds
 * @new_value: (nullable): the canonical value to write
 *
 * Writes a value and its journal row; where it is made of parts, theirs.
 */
gboolean
psl_store_write_value (PslStore        *self,
                       const PslPlan   *plan,
                       gint64           rid,
                       const PslField  *field,
                       const char      *language,
                       const char      *old_value,
                       const char      *new_value,
                       GError         **error)
{
  if (field->type == PSL_FIELD_TYPE_PARTS)
    return write_parts (self, rid, field, language, new_value, error);
  return psl_store_write_cell (self, plan, rid, field, language, old_value, new_value, error);
}

/**
 * psl_store_list_part_ids:
 * @field: a field of parts
 *
 * Returns: (transfer full): the UUIDs of the parts that the field's value lists, in its
 *   order; or %NULL with a %PSL_REGISTER_ERROR
 */
GStrv
psl_store_list_part_ids (PslStore        *self,
                         gint64           rid,
                         const PslField  *field,
                         GError         **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (field != NULL && field->type == PSL_FIELD_TYPE_PARTS, NULL);

  records = psl_store_read_parts_flat (self, psl_store_get_plan (self, field->target), rid, error);
  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    g_strv_builder_add (ids, psl_record_get_id (g_ptr_array_index (records, i)));
  return g_strv_builder_end (ids);
}

static void
add_language (GPtrArray  *languages,
              const char *language)
{
  if (!g_ptr_array_find (languages, g_intern_string (language), NULL))
    g_ptr_array_add (languages, (gpointer) g_intern_string (language));
}

/* The languages of the register, and those that @parts have texts in besides. */
static GPtrArray *
list_languages (PslStore  *self,
                GPtrArray *parts)
{
  GPtrArray *languages = g_ptr_array_new ();
  g_autofree const char **own = psl_text_languages_list (self->codelists);

  for (gsize i = 0; own[i] != NULL; i++)
    add_language (languages, own[i]);
  for (guint i = 0; i < parts->len; i++)
    {
      const PslField *field;
      const char *language;
      const char *value;
      PslRecordIter iter;

      psl_record_iter_init (&iter, g_ptr_array_index (parts, i));
      while (psl_record_iter_next (&iter, &field, &language, &value))
        if (language != NULL)
          add_language (languages, language);
    }
  return languages;
}

/* Sets the value of a field of parts, in each language where it is multilingual. */
static gboolean
read_parts_value (PslStore        *self,
                  PslRecord       *record,
                  const PslField  *field,
                  GError         **error)
{
  g_autoptr (GPtrArray) parts = psl_store_read_parts_flat (self, psl_store_get_plan (self, field->target),
                                                           psl_record_get_rid (record), error);
  g_autoptr (GPtrArray) languages = NULL;

  if (parts == NULL)
    return FALSE;
  if (field->flags & PSL_FIELD_MULTILINGUAL)
    languages = list_languages (self, parts);
  for (guint i = 0; i < (languages != NULL ? languages->len : 1); i++)
    {
      const char *language = languages != NULL ? g_ptr_array_index (languages, i) : NULL;
      g_autofree char *value = build_value (parts, field, language);

      psl_record_set (record, field, language, value);
    }
  return TRUE;
}

/**
 * psl_store_read_parts_values:
 * @record: a record that was read from the register
 *
 * Sets the values of those fields of parts that have sub-fields: their parts as rows, in
 * each language of the register and each that a part has a text in.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_read_parts_values (PslStore   *self,
                             PslRecord  *record,
                             GError    **error)
{
  const PslKind *kind;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (PSL_IS_RECORD (record), FALSE);

  kind = psl_record_get_kind (record);
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (psl_field_lists_parts (field) && !read_parts_value (self, record, field, error))
      return FALSE;
  return TRUE;
}
