/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-kinds.h"
#include "psl-rows.h"
#include "psl-store-private.h"

#define SELECT_TEXTS "SELECT field, language, text, agreed FROM text WHERE rid = ?"
#define SELECT_HEAD "SELECT kind, state, owner FROM record WHERE rid = ?"

static gboolean
fail (GError **error,
      GError  *failure)
{
  g_propagate_error (error, failure);
  return FALSE;
}

static void
set_no_record (GError **error)
{
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                       _("There is no such record in this register. It may have been removed."));
}

/* Reads one record by a query of its plan, without texts and rows. */
static PslRecord *
read_columns (PslStore       *self,
              const PslPlan  *plan,
              const char     *sql,
              GArray         *columns,
              gint64          rid,
              GError        **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);
  g_autoptr (GError) local_error = NULL;
  PslRecord *record;

  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  if (!psl_statement_step (statement, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        set_no_record (error);
      return NULL;
    }

  record = psl_record_new (plan->kind, rid, psl_statement_get_text (statement, PSL_PLAN_COLUMN_ID));
  psl_record_set_state (record, (PslRecordState) psl_statement_get_int64 (statement, PSL_PLAN_COLUMN_STATE));
  psl_record_set_times (record,
                        psl_statement_get_int64 (statement, PSL_PLAN_COLUMN_CREATED),
                        psl_statement_get_int64 (statement, PSL_PLAN_COLUMN_CHANGED));
  psl_record_set_position (record, MAX (psl_statement_get_int64 (statement, PSL_PLAN_COLUMN_POSITION), 0));
  for (guint i = 0; i < columns->len; i++)
    {
      const PslColumn *column = &g_array_index (columns, PslColumn, i);
      g_autofree char *value = psl_field_dup_column (column->field, statement, column->index);

      psl_record_set (record, column->field, NULL, value);
    }
  return record;
}

/* Reads the texts of a record in all languages: of all fields or, where @sql is that of a
 * plan, of those that lists show. */
static gboolean
read_texts (PslStore    *self,
            PslRecord   *record,
            const char  *sql,
            GError     **error)
{
  const PslKind *kind = psl_record_get_kind (record);
  g_autoptr (PslStatement) statement = NULL;
  GError *local_error = NULL;

  statement = psl_db_prepare (self->db, sql, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, psl_record_get_rid (record));
  while (psl_statement_step (statement, &local_error))
    {
      const PslField *field = psl_kind_find_field (kind, psl_statement_get_text (statement, 0));
      const char *language = psl_statement_get_text (statement, 1);

      if (field != NULL && (field->flags & PSL_FIELD_MULTILINGUAL) && language != NULL)
        {
          psl_record_set (record, field, language, psl_statement_get_text (statement, 2));
          psl_record_set_agreed (record, field, language, psl_statement_get_text (statement, 3));
        }
    }
  return local_error == NULL || fail (error, local_error);
}

/* Reads what lists show of a record. */
static PslRecord *
read_listed (PslStore       *self,
             const PslPlan  *plan,
             gint64          rid,
             GError        **error)
{
  g_autoptr (PslRecord) record = read_columns (self, plan, plan->select_listed, plan->listed_columns, rid, error);

  if (record == NULL ||
      (plan->select_listed_texts != NULL && !read_texts (self, record, plan->select_listed_texts, error)))
    return NULL;
  return g_steal_pointer (&record);
}

static gboolean
read_rows (PslStore            *self,
           const PslFieldPlan  *plan,
           gint64               rid,
           char               **value,
           GError             **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, plan->rows_select, error);
  g_autoptr (GPtrArray) rows = psl_rows_new ();
  guint n_columns = psl_rows_get_n_columns (plan->field);
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  while (psl_statement_step (statement, &local_error))
    {
      g_auto (GStrv) owned = g_new0 (char *, n_columns + 1);
      g_autofree const char **cells = g_new0 (const char *, n_columns);
      int column = 0;

      for (guint i = 0, n_owned = 0; i < n_columns; i++)
        {
          const PslField *field = &plan->field->rows[i];

          cells[i] = psl_field_dup_column (field, statement, column);
          if (cells[i] != NULL)
            owned[n_owned++] = (char *) cells[i];
          column += field->type == PSL_FIELD_TYPE_MONEY ? 2 : 1;
        }
      g_ptr_array_add (rows, psl_rows_row_new (plan->field, cells));
    }
  if (local_error != NULL)
    return fail (error, local_error);
  *value = psl_rows_build (plan->field, rows);
  return TRUE;
}

static gboolean
read_text (PslStore        *self,
           gint64           rid,
           const PslField  *field,
           const char      *language,
           char           **value,
           GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;
  GError *local_error = NULL;

  statement = psl_db_prepare (self->db, "SELECT text FROM text WHERE rid = ? AND field = ? AND language = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field->name);
  psl_statement_bind_text (statement, 3, language);
  if (psl_statement_step (statement, &local_error))
    *value = g_strdup (psl_statement_get_text (statement, 0));
  return local_error == NULL || fail (error, local_error);
}

static gboolean
read_all_rows (PslStore       *self,
               const PslPlan  *plan,
               PslRecord      *record,
               GError        **error)
{
  for (guint i = 0; i < plan->n_fields; i++)
    {
      const PslFieldPlan *field = &plan->fields[i];
      g_autofree char *value = NULL;

      if (field->rows_select == NULL)
        continue;
      if (!read_rows (self, field, psl_record_get_rid (record), &value, error))
        return FALSE;
      psl_record_set (record, field->field, NULL, value);
    }
  return TRUE;
}

static gboolean
read_link_titles (PslStore       *self,
                  const PslPlan  *plan,
                  PslRecord      *record,
                  GError        **error)
{
  for (guint i = 0; i < plan->n_fields; i++)
    {
      const PslField *field = plan->fields[i].field;
      const char *id;
      g_autoptr (PslRecord) target = NULL;
      g_autofree char *title = NULL;
      PslRecordHead head;
      gint64 rid;

      if (field->type != PSL_FIELD_TYPE_LINK)
        continue;
      id = psl_record_get (record, field, NULL);
      if (id == NULL)
        continue;
      if (!psl_store_resolve_link (self, field, id, TRUE, &rid, error) ||
          !psl_store_read_head (self, rid, &head, error))
        return FALSE;
      target = read_listed (self, head.plan, rid, error);
      if (target == NULL)
        return FALSE;
      title = psl_record_dup_title (target, self->language);
      psl_record_set_link_title (record, field, title);
    }
  return TRUE;
}

/* What another live record is called that has the same value where no two should. */
static gboolean
read_twin (PslStore        *self,
           const PslPlan   *plan,
           const PslField  *field,
           PslRecord       *record,
           GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT r.rid FROM \"%s\" AS k CROSS JOIN record AS r ON r.rid = k.rid"
                                          " WHERE r.state = 0 AND k.\"%s\" = ?1 AND r.rid <> ?2"
                                          " ORDER BY k.rid LIMIT 1", plan->kind->name, field->name);
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);
  g_autoptr (PslRecord) other = NULL;
  g_autofree char *title = NULL;
  GError *local_error = NULL;
  gint64 rid = 0;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, psl_record_get (record, field, NULL));
  psl_statement_bind_int64 (statement, 2, psl_record_get_rid (record));
  if (psl_statement_step (statement, &local_error))
    rid = psl_statement_get_int64 (statement, 0);
  if (local_error != NULL)
    return fail (error, local_error);
  if (rid == 0)
    return TRUE;

  other = read_listed (self, plan, rid, error);
  if (other == NULL)
    return FALSE;
  title = psl_record_dup_title (other, self->language);
  psl_record_set_twin (record, field, title);
  return TRUE;
}

static gboolean
read_twins (PslStore       *self,
            const PslPlan  *plan,
            PslRecord      *record,
            GError        **error)
{
  if (psl_record_get_state (record) != PSL_RECORD_LIVE)
    return TRUE;

  for (const PslField *field = plan->kind->fields; field->name != NULL; field++)
    {
      if ((field->flags & PSL_FIELD_UNIQUE) && psl_record_get (record, field, NULL) != NULL &&
          !read_twin (self, plan, field, record, error))
        return FALSE;
    }
  return TRUE;
}

static PslRecord *
read_whole (PslStore  *self,
            gint64     rid,
            GError   **error)
{
  g_autoptr (PslRecord) record = NULL;
  PslRecordHead head;

  if (!psl_store_read_head (self, rid, &head, error))
    return NULL;
  record = read_columns (self, head.plan, head.plan->select, head.plan->select_columns, rid, error);
  if (record == NULL ||
      !read_texts (self, record, SELECT_TEXTS, error) ||
      !read_all_rows (self, head.plan, record, error) ||
      !read_link_titles (self, head.plan, record, error) ||
      !psl_store_read_circles (self, head.plan, record, error) ||
      !read_twins (self, head.plan, record, error))
    return NULL;
  return g_steal_pointer (&record);
}

static gboolean
read_page (PslStore      *self,
           const gint64  *rids,
           gsize          n_rids,
           GPtrArray     *records,
           GError       **error)
{
  for (gsize i = 0; i < n_rids; i++)
    {
      PslRecordHead head;
      GError *local_error = NULL;
      PslRecord *record;

      if (!psl_store_read_head (self, rids[i], &head, &local_error))
        {
          if (!g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND))
            return fail (error, local_error);
          g_clear_error (&local_error);
          continue;
        }
      record = read_listed (self, head.plan, rids[i], error);
      if (record == NULL)
        return FALSE;
      g_ptr_array_add (records, record);
    }
  return TRUE;
}

/**
 * psl_store_read:
 * @rid: a record's number
 *
 * Reads a record, in whatever state it is, with the titles of the records it
 * links to in the store's language.
 *
 * Returns: (transfer full): the record, or %NULL with
 *   %PSL_REGISTER_ERROR_NOT_FOUND where there is none
 */
PslRecord *
psl_store_read (PslStore  *self,
                gint64     rid,
                GError   **error)
{
  PslRecord *record;
  gboolean began;

  g_return_val_if_fail (self != NULL, NULL);

  if (!psl_store_begin_snapshot (self, &began, error))
    return NULL;
  record = read_whole (self, rid, error);
  psl_store_end_snapshot (self, began);
  return record;
}

/**
 * psl_store_read_listed:
 * @rids: (array length=n_rids): records' numbers
 *
 * Reads what lists show of records (the fields with %PSL_FIELD_LISTED), of one
 * kind or of several. They come in the order of @rids; those that don't exist
 * are left out.
 *
 * Returns: (transfer full) (element-type PslRecord): the records, or %NULL
 */
GPtrArray *
psl_store_read_listed (PslStore      *self,
                       const gint64  *rids,
                       gsize          n_rids,
                       GError       **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean began, read;

  g_return_val_if_fail (self != NULL, NULL);

  if (!psl_store_begin_snapshot (self, &began, error))
    return NULL;
  read = read_page (self, rids, n_rids, records, error);
  psl_store_end_snapshot (self, began);
  return read ? g_steal_pointer (&records) : NULL;
}

/**
 * psl_store_begin_snapshot:
 * @began: (out): to give to psl_store_end_snapshot()
 *
 * Lets several reads see the same state of the register, whatever others write.
 */
gboolean
psl_store_begin_snapshot (PslStore  *self,
                          gboolean  *began,
                          GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;

  *began = FALSE;
  if (psl_db_in_transaction (self->db))
    return TRUE;
  statement = psl_db_prepare (self->db, "BEGIN", error);
  if (statement == NULL || !psl_statement_run (statement, error))
    return FALSE;
  *began = TRUE;
  return TRUE;
}

/**
 * psl_store_end_snapshot:
 * @began: what psl_store_begin_snapshot() gave
 */
void
psl_store_end_snapshot (PslStore *self,
                        gboolean  began)
{
  if (began)
    psl_db_rollback (self->db);
}

/**
 * psl_store_read_head:
 * @head: (out): how the record is stored, and its state
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_NOT_FOUND where there is no such
 *   record
 */
gboolean
psl_store_read_head (PslStore       *self,
                     gint64          rid,
                     PslRecordHead  *head,
                     GError        **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_HEAD, error);
  const PslKind *kind = NULL;
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  if (psl_statement_step (statement, &local_error))
    {
      kind = psl_kind_find (psl_statement_get_text (statement, 0));
      head->state = (PslRecordState) psl_statement_get_int64 (statement, 1);
      head->owner = psl_statement_get_int64 (statement, 2);
    }
  if (local_error != NULL)
    return fail (error, local_error);
  if (kind == NULL)
    {
      set_no_record (error);
      return FALSE;
    }
  head->plan = psl_store_get_plan (self, kind);
  return TRUE;
}

/**
 * psl_store_read_number:
 * @sql: a query for one number, with one or two parameters
 * @first: the first of them
 * @second: (nullable): the second, where there is one
 * @number: (out): the number; 0 where there is none
 */
gboolean
psl_store_read_number (PslStore    *self,
                       const char  *sql,
                       gint64       first,
                       const char  *second,
                       gint64      *number,
                       GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);
  g_autoptr (GError) local_error = NULL;

  *number = 0;
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, first);
  if (second != NULL)
    psl_statement_bind_text (statement, 2, second);
  if (psl_statement_step (statement, &local_error))
    *number = psl_statement_get_int64 (statement, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * psl_store_read_cell:
 * @language: (nullable): for a multilingual field
 * @value: (out) (nullable) (transfer full): the canonical value
 */
gboolean
psl_store_read_cell (PslStore        *self,
                     const PslPlan   *plan,
                     gint64           rid,
                     const PslField  *field,
                     const char      *language,
                     char           **value,
                     GError         **error)
{
  const PslFieldPlan *field_plan = psl_plan_get_field (plan, field);
  g_autoptr (PslStatement) statement = NULL;
  GError *local_error = NULL;

  *value = NULL;
  if (field->type == PSL_FIELD_TYPE_PARTS)
    return psl_store_read_parts_value (self, rid, field, language, value, error);
  if (field->flags & PSL_FIELD_MULTILINGUAL)
    return read_text (self, rid, field, language, value, error);
  if (field_plan->rows_select != NULL)
    return read_rows (self, field_plan, rid, value, error);

  statement = psl_db_prepare (self->db, field_plan->select, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  if (psl_statement_step (statement, &local_error))
    *value = psl_field_dup_column (field, statement, 0);
  return local_error == NULL || fail (error, local_error);
}

/**
 * psl_store_dup_title:
 *
 * Returns: (nullable) (transfer full): what a record is called in the store's
 *   language, see psl_record_dup_own_title(); %NULL without an error where it holds
 *   nothing to call it by
 */
char *
psl_store_dup_title (PslStore       *self,
                     const PslPlan  *plan,
                     gint64          rid,
                     GError        **error)
{
  const PslField *field = psl_kind_get_title (plan->kind);
  g_autoptr (PslRecord) record = psl_record_new (plan->kind, rid, NULL);
  g_autofree char *title = NULL;

  if (field->flags & PSL_FIELD_MULTILINGUAL)
    {
      if (!read_texts (self, record, plan->select_title_texts, error))
        return NULL;
      title = g_strdup (psl_record_get_text (record, field, self->language, NULL));
    }
  else if (!psl_store_read_cell (self, plan, rid, field, NULL, &title, error))
    {
      return NULL;
    }
  if (title != NULL)
    return g_steal_pointer (&title);

  g_object_unref (record);
  record = read_columns (self, plan, plan->select, plan->select_columns, rid, error);
  return record != NULL ? psl_record_dup_own_title (record, self->language) : NULL;
}

/* Whether a part has gone with the record that it belongs to. */
static gboolean
is_owner_gone (PslStore       *self,
               const PslKind  *kind,
               gint64          rid,
               gboolean       *gone,
               GError        **error)
{
  PslRecordHead head;
  gint64 owner;

  *gone = FALSE;
  if (!psl_kind_is_part (kind))
    return TRUE;
  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  owner = head.owner;
  while (psl_kind_is_part (kind) && !*gone)
    {
      if (!psl_store_read_head (self, owner, &head, error) || !psl_store_step_up (self, &kind, &owner, error))
        return FALSE;
      *gone = head.state == PSL_RECORD_GONE;
    }
  return TRUE;
}

/**
 * psl_store_resolve_link:
 * @field: a link
 * @id: the UUID of a record
 * @gone_too: whether the record may be gone; no link may be made to such a one
 * @rid: (out): its number
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID where there is no record with this UUID
 *   that the field can lead to
 */
gboolean
psl_store_resolve_link (PslStore        *self,
                        const PslField  *field,
                        const char      *id,
                        gboolean         gone_too,
                        gint64          *rid,
                        GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;
  GError *local_error = NULL;

  statement = psl_db_prepare (self->db, "SELECT rid, kind FROM record WHERE id = ? AND (state <> -1 OR ?)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, id);
  psl_statement_bind_int64 (statement, 2, gone_too);
  if (psl_statement_step (statement, &local_error))
    {
      const PslKind *kind = psl_kind_find (psl_statement_get_text (statement, 1));
      gboolean gone = FALSE;

      *rid = psl_statement_get_int64 (statement, 0);
      if (kind != NULL && psl_kind_is_target (kind, field))
        {
          if (!gone_too && !is_owner_gone (self, kind, *rid, &gone, error))
            return FALSE;
          if (!gone)
            return TRUE;
        }
    }
  if (local_error != NULL)
    return fail (error, local_error);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               /* Translators: the first is the name of a field. */
               _("“%s” can’t lead to “%s”: there is no such record in this register. Choose another."),
               psl_field_get_label (field), id);
  return FALSE;
}

/**
 * psl_store_read_linking:
 * @field: a link
 *
 * Returns: (transfer full) (element-type gint64): the records that lead to @rid
 *   by it, gone ones too; or %NULL
 */
GArray *
psl_store_read_linking (PslStore            *self,
                        const PslFieldPlan  *field,
                        gint64               rid,
                        GError             **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, field->select_linking, error);
  g_autoptr (GArray) linking = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  while (psl_statement_step (statement, &local_error))
    {
      gint64 other = psl_statement_get_int64 (statement, 0);

      g_array_append_val (linking, other);
    }
  if (local_error == NULL)
    return g_steal_pointer (&linking);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
