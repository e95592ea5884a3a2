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

/* As many titles as the sentence about records that lead to each other in a circle can hold. */
#define MAX_CIRCLE_TITLES 10

static void
set_no_record (GError **error)
{
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                       _("There is no such record in this register. It may have been removed."));
}

/* Makes a record of a row of one of its plan's queries, without texts and rows. */
static PslRecord *
make_record (const PslPlan *plan,
             PslStatement  *statement,
             GArray        *columns)
{
  PslRecord *record = psl_record_new (plan->kind, psl_statement_get_int64 (statement, PSL_PLAN_COLUMN_RID),
                                      psl_statement_get_text (statement, PSL_PLAN_COLUMN_ID));

  psl_record_set_state (record, (PslRecordState) psl_statement_get_int64 (statement, PSL_PLAN_COLUMN_STATE));
  psl_record_set_times (record,
                        psl_statement_get_int64 (statement, PSL_PLAN_COLUMN_CREATED),
                        psl_statement_get_int64 (statement, PSL_PLAN_COLUMN_CHANGED));
  psl_record_set_position (record, MAX (psl_statement_get_int64 (statement, PSL_PLAN_COLUMN_POSITION), 0));
  for (guint i = 0; i < columns->len; i++)
    {
      const PslColumn *column = &g_array_index (columns, PslColumn, i);
      g_autofree char *value = psl_stored_field_dup_value (column->field, statement, column->index);

      psl_record_set (record, column->field, NULL, value);
    }
  return record;
}

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

  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  if (psl_statement_step (statement, &local_error))
    return make_record (plan, statement, columns);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    set_no_record (error);
  return NULL;
}

/* Sets a text that a query gives, and which text it agrees with. */
static void
take_text (PslRecord    *record,
           PslStatement *statement)
{
  const PslField *field = psl_kind_find_field (psl_record_get_kind (record), psl_statement_get_text (statement, 0));
  const char *language = psl_statement_get_text (statement, 1);

  if (field == NULL || !(field->flags & PSL_FIELD_MULTILINGUAL) || language == NULL)
    return;
  psl_record_set (record, field, language, psl_statement_get_text (statement, 2));
  psl_record_set_agreed (record, field, language, psl_statement_get_text (statement, 3));
}

/* Reads the texts of a record in all languages: of all fields or, with a plan's @sql for
 * lists, of the fields that lists show. */
static gboolean
read_texts (PslStore    *self,
            PslRecord   *record,
            const char  *sql,
            GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, sql, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, psl_record_get_rid (record));
  while (psl_statement_step (statement, error))
    take_text (record, statement);
  return !psl_statement_has_failed (statement);
}

/* Reads the values of a record that lists show. */
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

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  while (psl_statement_step (statement, error))
    {
      g_auto (GStrv) owned = g_new0 (char *, n_columns + 1);
      g_autofree const char **cells = g_new0 (const char *, n_columns);
      int column = 0;

      for (guint i = 0, n_owned = 0; i < n_columns; i++)
        {
          const PslField *field = &plan->field->rows[i];

          cells[i] = psl_stored_field_dup_value (field, statement, column);
          if (cells[i] != NULL)
            owned[n_owned++] = (char *) cells[i];
          column += field->type == PSL_FIELD_TYPE_MONEY ? 2 : 1;
        }
      g_ptr_array_add (rows, psl_rows_row_new (plan->field, cells));
    }
  if (psl_statement_has_failed (statement))
    return FALSE;
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

  statement = psl_db_prepare (self->db, "SELECT text FROM text WHERE rid = ? AND field = ? AND language = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field->name);
  psl_statement_bind_text (statement, 3, language);
  if (psl_statement_step (statement, error))
    *value = g_strdup (psl_statement_get_text (statement, 0));
  return !psl_statement_has_failed (statement);
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
      title = psl_record_dup_title (target, self->codelists, self->language);
      psl_record_set_link_title (record, field, title);
    }
  return TRUE;
}

/* Finds another live record with the same value where no two should have it, for its title. */
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
  gint64 rid = 0;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, psl_record_get (record, field, NULL));
  psl_statement_bind_int64 (statement, 2, psl_record_get_rid (record));
  if (psl_statement_step (statement, error))
    rid = psl_statement_get_int64 (statement, 0);
  if (psl_statement_has_failed (statement))
    return FALSE;
  if (rid == 0)
    return TRUE;

  other = read_listed (self, plan, rid, error);
  if (other == NULL)
    return FALSE;
  title = psl_record_dup_title (other, self->codelists, self->language);
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

/* The titles of records that lead to each other, from the first to itself again. */
static char *
dup_circle (PslStore       *self,
            const PslPlan  *plan,
            GArray         *rids,
            GError        **error)
{
  g_autoptr (GString) circle = g_string_new (NULL);
  g_autofree char *first = NULL;

  for (guint i = 0; i < rids->len; i++)
    {
      g_autofree char *title = NULL;
      g_autoptr (GError) local_error = NULL;

      if (i == MAX_CIRCLE_TITLES)
        {
          g_string_append (circle, "… → ");
          break;
        }
      title = psl_store_dup_title (self, plan, g_array_index (rids, gint64, i), &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (title == NULL)
        title = g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "kind", plan->kind->untitled));
      g_string_append_printf (circle, "%s → ", title);
      if (i == 0)
        first = g_steal_pointer (&title);
    }
  g_string_append (circle, first);
  return g_string_free_and_steal (g_steal_pointer (&circle));
}

/* Follows a link until it leads nowhere, or back to the record it began with. */
static gboolean
read_circle (PslStore            *self,
             const PslPlan       *plan,
             const PslFieldPlan  *field,
             PslRecord           *record,
             GError             **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, field->select_chain, error);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *circle = NULL;
  gboolean is_closed = FALSE;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, psl_record_get_rid (record));
  while (!is_closed && psl_statement_step (statement, error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);

      g_array_append_val (rids, rid);
      is_closed = psl_statement_get_int64 (statement, 1) == psl_record_get_rid (record);
    }
  if (psl_statement_has_failed (statement))
    return FALSE;
  if (!is_closed)
    return TRUE;
  circle = dup_circle (self, plan, rids, error);
  if (circle == NULL)
    return FALSE;
  psl_record_set_circle (record, field->field, circle);
  return TRUE;
}

/* Notes on a record that is read as a whole by which links it leads back to itself. */
static gboolean
read_circles (PslStore       *self,
              const PslPlan  *plan,
              PslRecord      *record,
              GError        **error)
{
  for (guint i = 0; i < plan->n_fields; i++)
    {
      const PslFieldPlan *field = &plan->fields[i];

      if (field->select_chain != NULL && psl_record_get (record, field->field, NULL) != NULL &&
          !read_circle (self, plan, field, record, error))
        return FALSE;
    }
  return TRUE;
}

/* Notes on a record how many live remarks there are on it. */
static gboolean
count_remarks (PslStore   *self,
               PslRecord  *record,
               GError    **error)
{
  const PslField *remarks = psl_record_get_kind (record)->remarks;
  g_autoptr (PslStatement) statement = NULL;
  gint64 n;

  if (remarks == NULL)
    return TRUE;

  statement = psl_db_prepare (self->db, "SELECT count(*) FROM record WHERE owner = ?1 AND kind = ?2 AND state = 0", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, psl_record_get_rid (record));
  psl_statement_bind_text (statement, 2, remarks->target->name);
  if (!psl_statement_step (statement, error))
    return FALSE;
  n = psl_statement_get_int64 (statement, 0);
  psl_record_set_n_remarks (record, (guint) n);
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
      !read_circles (self, head.plan, record, error) ||
      !read_twins (self, head.plan, record, error) ||
      !count_remarks (self, record, error))
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
            {
              g_propagate_error (error, local_error);
              return FALSE;
            }
          g_clear_error (&local_error);
          continue;
        }
      record = read_listed (self, head.plan, rids[i], error);
      if (record == NULL)
        return FALSE;
      g_ptr_array_add (records, record);
      if (!count_remarks (self, record, error))
        return FALSE;
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

/* @parts: (element-type gint64 PslRecord): the parts of @owner by their rids */
static gboolean
read_parts_texts (PslStore       *self,
                  const PslPlan  *plan,
                  gint64          owner,
                  GHashTable     *parts,
                  GError        **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, plan->select_parts_texts, error);

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, owner);
  while (psl_statement_step (statement, error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 4);

      take_text (g_hash_table_lookup (parts, &rid), statement);
    }
  return !psl_statement_has_failed (statement);
}

static GPtrArray *
read_parts_flat (PslStore       *self,
                 const PslPlan  *plan,
                 gint64          owner,
                 GError        **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, plan->select_parts, error);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_rid = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, owner);
  while (psl_statement_step (statement, error))
    {
      PslRecord *part = make_record (plan, statement, plan->select_columns);
      gint64 rid = psl_record_get_rid (part);

      g_ptr_array_add (parts, part);
      g_hash_table_insert (by_rid, g_memdup2 (&rid, sizeof rid), part);
    }
  if (psl_statement_has_failed (statement))
    return NULL;
  for (guint i = 0; i < parts->len; i++)
    if (!read_all_rows (self, plan, g_ptr_array_index (parts, i), error))
      return NULL;
  return parts->len == 0 || read_parts_texts (self, plan, owner, by_rid, error) ? g_steal_pointer (&parts) : NULL;
}

/**
 * psl_store_read_parts_flat:
 * @plan: the plan of a kind of parts
 * @owner: the record that they belong to
 *
 * Reads the columns and texts of a record's live parts of one kind, by two queries, and the
 * rows of each part, but neither their own parts nor the titles at the other end of their
 * links.
 *
 * Returns: (transfer full) (element-type PslRecord): the parts in their order, or %NULL
 */
GPtrArray *
psl_store_read_parts_flat (PslStore       *self,
                           const PslPlan  *plan,
                           gint64          owner,
                           GError        **error)
{
  GPtrArray *parts;
  gboolean began;

  if (!psl_store_begin_snapshot (self, &began, error))
    return NULL;
  parts = read_parts_flat (self, plan, owner, error);
  psl_store_end_snapshot (self, began);
  return parts;
}

/**
 * psl_store_read_listed:
 * @rids: (array length=n_rids): records' numbers
 *
 * Reads the values of records that lists show (the fields with %PSL_FIELD_LISTED), of one
 * kind or of several. They come in the order of @rids; records that don't exist are left out.
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
 * @began: the result of psl_store_begin_snapshot()
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

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  if (psl_statement_step (statement, error))
    {
      kind = psl_kind_find (psl_statement_get_text (statement, 0));
      head->state = (PslRecordState) psl_statement_get_int64 (statement, 1);
      head->owner = psl_statement_get_int64 (statement, 2);
    }
  if (psl_statement_has_failed (statement))
    return FALSE;
  if (kind == NULL)
    {
      set_no_record (error);
      return FALSE;
    }
  head->plan = psl_store_get_plan (self, kind);
  return TRUE;
}

/**
 * psl_store_read_cell:
 * @field: no field of parts; see psl_store_read_value()
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

  *value = NULL;
  if (field->flags & PSL_FIELD_MULTILINGUAL)
    return read_text (self, rid, field, language, value, error);
  if (field_plan->rows_select != NULL)
    return read_rows (self, field_plan, rid, value, error);

  statement = psl_db_prepare (self->db, field_plan->select, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  if (psl_statement_step (statement, error))
    *value = psl_stored_field_dup_value (field, statement, 0);
  return !psl_statement_has_failed (statement);
}

/**
 * psl_store_dup_title:
 *
 * Returns: (nullable) (transfer full): the title of a record in the store's language, see
 *   psl_record_dup_own_title(); %NULL without an error where it holds nothing to call it by
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
  return record != NULL ? psl_record_dup_own_title (record, self->codelists, self->language) : NULL;
}

/**
 * psl_store_step_up:
 * @kind: (inout): the kind of a part; out, the kind of @owner
 * @owner: (inout): the record that it belongs to; out, the owner of that record, or 0
 *
 * Goes from a part to its owner. The kinds come from the descriptions where they say it, and
 * a part of any record belongs to none of its own sort: a circle in a file ends there.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_NOT_FOUND where there is no such owner
 */
gboolean
psl_store_step_up (PslStore        *self,
                   const PslKind  **kind,
                   gint64          *owner,
                   GError         **error)
{
  const PslKind *described = psl_kind_get_owner (*kind);
  PslRecordHead head;

  if (!psl_store_read_head (self, *owner, &head, error))
    return FALSE;
  if (described == NULL && psl_kind_is_of_any (head.plan->kind))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED,
                           _("This record is a part of one that can have no such parts."));
      return FALSE;
    }
  *kind = described != NULL ? described : head.plan->kind;
  *owner = head.owner;
  return TRUE;
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

  statement = psl_db_prepare (self->db, "SELECT rid, kind FROM record WHERE id = ? AND (state <> -1 OR ?)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, id);
  psl_statement_bind_int64 (statement, 2, gone_too);
  if (psl_statement_step (statement, error))
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
  if (psl_statement_has_failed (statement))
    return FALSE;
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

  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  return psl_statement_append_numbers (statement, linking, error) ? g_steal_pointer (&linking) : NULL;
}
