/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-rows.h"
#include "psl-store-private.h"
#include "psl-uuid.h"

/* Says which field a value was refused for. */
static void
prefix_field (const PslField *field,
              GError        **error)
{
  GError *refusal = *error;

  *error = g_error_new (PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                        /* Translators: the name of a field, then what is wrong with its value. */
                        _("%s: %s"), psl_field_get_label (field), refusal->message);
  g_error_free (refusal);
}

/* Brings @value into its canonical form. */
static gboolean
clean_value (const PslField  *field,
             const char      *value,
             char           **clean,
             GError         **error)
{
  g_autoptr (GError) local_error = NULL;

  *clean = psl_field_normalise (field, value, &local_error);
  if (local_error == NULL)
    return TRUE;
  prefix_field (field, &local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Returns @record, or where values have to be brought into their canonical form,
 * a copy that has them. */
static PslRecord *
clean_record (PslRecord  *record,
              GError    **error)
{
  g_autoptr (PslRecord) clean = g_object_ref (record);
  const PslKind *kind = psl_record_get_kind (record);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      gboolean multilingual = (field->flags & PSL_FIELD_MULTILINGUAL) != 0;

      for (guint i = 0; psl_languages[i] != NULL && (multilingual || i == 0); i++)
        {
          const char *language = multilingual ? psl_languages[i] : NULL;
          const char *value = psl_record_get (record, field, language);
          g_autofree char *canonical = NULL;

          if (value == NULL)
            continue;
          if (!clean_value (field, value, &canonical, error))
            return NULL;
          if (g_strcmp0 (canonical, value) == 0)
            continue;
          if (clean == record)
            {
              g_object_unref (clean);
              clean = psl_record_copy (record);
            }
          psl_record_set (clean, field, language, canonical);
        }
    }
  return g_steal_pointer (&clean);
}

static gboolean
run_for_rid (PslStore    *self,
             const char  *sql,
             gint64       rid,
             GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  return psl_statement_run (statement, error);
}

static gboolean
insert_rows (PslStore            *self,
             const PslFieldPlan  *plan,
             gint64               rid,
             const char          *value,
             GError             **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (value == NULL)
    return TRUE;
  rows = psl_rows_parse (plan->field, value, error);
  if (rows == NULL)
    return FALSE;
  statement = psl_db_prepare (self->db, plan->rows_insert, error);
  if (statement == NULL)
    return FALSE;

  psl_statement_bind_int64 (statement, 1, rid);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);
      int parameter = 3;

      psl_statement_bind_int64 (statement, 2, i);
      for (guint j = 0; plan->field->rows[j].name != NULL; j++)
        parameter = psl_field_bind (&plan->field->rows[j], statement, parameter, cells[j], 0);
      if (!psl_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* Rows are replaced as a whole. Where the new ones are refused, the old ones
 * stand again. */
static gboolean
replace_rows (PslStore            *self,
              const PslFieldPlan  *plan,
              gint64               rid,
              const char          *old_value,
              const char          *new_value,
              GError             **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!run_for_rid (self, plan->rows_delete, rid, error))
    return FALSE;
  if (insert_rows (self, plan, rid, new_value, &local_error))
    return TRUE;
  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID) &&
      (!run_for_rid (self, plan->rows_delete, rid, error) ||
       !insert_rows (self, plan, rid, old_value, error)))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
write_text (PslStore        *self,
            gint64           rid,
            const PslField  *field,
            const char      *language,
            const char      *value,
            GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;

  if (value != NULL)
    statement = psl_db_prepare (self->db,
                                "INSERT INTO text (rid, field, language, text) VALUES (?, ?, ?, ?)"
                                " ON CONFLICT (rid, field, language) DO UPDATE SET text = excluded.text",
                                error);
  else
    statement = psl_db_prepare (self->db, "DELETE FROM text WHERE rid = ? AND field = ? AND language = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field->name);
  psl_statement_bind_text (statement, 3, language);
  if (value != NULL)
    psl_statement_bind_text (statement, 4, value);
  return psl_statement_run (statement, error);
}

static gboolean
write_column (PslStore            *self,
              const PslFieldPlan  *plan,
              gint64               rid,
              const char          *value,
              GError             **error)
{
  g_autoptr (PslStatement) statement = NULL;
  gint64 link = 0;

  if (plan->field->type == PSL_FIELD_TYPE_LINK && value != NULL &&
      !psl_store_resolve_link (self, plan->field, value, &link, error))
    return FALSE;
  statement = psl_db_prepare (self->db, plan->update, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, psl_field_bind (plan->field, statement, 1, value, link), rid);
  return psl_statement_run (statement, error);
}

static gboolean
insert_head (PslStore       *self,
             const PslKind  *kind,
             const char     *id,
             gint64         *rid,
             GError        **error)
{
  g_autofree char *own_id = id != NULL ? g_ascii_strdown (id, -1) : psl_uuid_new ();
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!psl_uuid_is_valid (own_id))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is not a UUID. Leave the record’s identifier out, and it gets one."), id);
      return FALSE;
    }

  statement = psl_db_prepare (self->db,
                              "INSERT INTO record (id, kind, created, changed) VALUES (?, ?, ?, ?3)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, own_id);
  psl_statement_bind_text (statement, 2, kind->name);
  psl_statement_bind_int64 (statement, 3, self->transaction->at);
  if (psl_statement_run (statement, &local_error))
    {
      *rid = psl_db_last_insert_rowid (self->db);
      return TRUE;
    }

  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID))
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                 _("There is already a record with the identifier “%s” in this register."), own_id);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The row of the kind's own table. */
static gboolean
insert_columns (PslStore       *self,
                const PslPlan  *plan,
                gint64          rid,
                PslRecord      *record,
                GError        **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, plan->insert, error);
  int parameter;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_int64 (statement, 2, self->transaction->at);
  parameter = psl_store_bind_sort_keys (record, statement, 3);
  for (guint i = 0; i < plan->n_fields; i++)
    {
      const PslField *field = plan->fields[i].field;
      const char *value;
      gint64 link = 0;

      if (!psl_field_is_column (field))
        continue;
      value = psl_record_get (record, field, NULL);
      if (field->type == PSL_FIELD_TYPE_LINK && value != NULL &&
          !psl_store_resolve_link (self, field, value, &link, error))
        return FALSE;
      parameter = psl_field_bind (field, statement, parameter, value, link);
    }
  return psl_statement_run (statement, error);
}

static gboolean
insert_texts_and_rows (PslStore       *self,
                       const PslPlan  *plan,
                       gint64          rid,
                       PslRecord      *record,
                       GError        **error)
{
  for (guint i = 0; i < plan->n_fields; i++)
    {
      const PslField *field = plan->fields[i].field;

      if (plan->fields[i].rows_insert != NULL &&
          !insert_rows (self, &plan->fields[i], rid, psl_record_get (record, field, NULL), error))
        return FALSE;
      if (!(field->flags & PSL_FIELD_MULTILINGUAL))
        continue;
      for (guint j = 0; psl_languages[j] != NULL; j++)
        {
          const char *text = psl_record_get (record, field, psl_languages[j]);

          if (text != NULL && !write_text (self, rid, field, psl_languages[j], text, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* A record that is refused half-way leaves nothing behind. A savepoint would do
 * as well, but makes the search index write itself out for every record. */
static gboolean
take_back (PslStore       *self,
           const PslPlan  *plan,
           gint64          rid,
           GError        **error)
{
  return run_for_rid (self, plan->search_delete, rid, error) &&
         run_for_rid (self, "DELETE FROM record WHERE rid = ?", rid, error);
}

static gint64
insert_record (PslStore       *self,
               const PslPlan  *plan,
               PslRecord      *record,
               GError        **error)
{
  g_autoptr (PslRecord) clean = clean_record (record, error);
  g_autoptr (GError) local_error = NULL;
  gint64 rid;

  if (clean == NULL || !insert_head (self, plan->kind, psl_record_get_id (record), &rid, error))
    return 0;

  if (insert_columns (self, plan, rid, clean, &local_error) &&
      insert_texts_and_rows (self, plan, rid, clean, &local_error) &&
      psl_store_add_search_text (self, plan, rid, clean, &local_error) &&
      psl_store_journal (self, plan, rid, NULL, NULL,
                         psl_record_state_get_name (PSL_RECORD_GONE),
                         psl_record_state_get_name (PSL_RECORD_LIVE), &local_error))
    {
      self->transaction->n_created++;
      return rid;
    }

  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID) &&
      !take_back (self, plan, rid, error))
    return 0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return 0;
}

static gboolean
set_value (PslStore        *self,
           gint64           rid,
           const PslField  *field,
           const char      *language,
           const char      *value,
           GError         **error)
{
  g_autofree char *old_value = NULL;
  g_autofree char *new_value = NULL;
  PslRecordHead head;

  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  g_return_val_if_fail (psl_plan_get_field (head.plan, field) != NULL, FALSE);
  if (head.state == PSL_RECORD_GONE)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                           _("This record has been removed. Undo the removal to change it."));
      return FALSE;
    }
  if (!clean_value (field, value, &new_value, error) ||
      !psl_store_read_cell (self, head.plan, rid, field, language, &old_value, error))
    return FALSE;
  if (g_strcmp0 (old_value, new_value) == 0)
    return TRUE;
  return psl_store_write_cell (self, head.plan, rid, field, language, old_value, new_value, error);
}

/* A record that is removed for good is led to by none: the links to it are
 * emptied as part of the same action. */
static gboolean
clear_links_to (PslStore       *self,
                const PslPlan  *target,
                gint64          rid,
                GError        **error)
{
  g_autofree char *id = NULL;

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    {
      const PslPlan *plan = psl_store_get_plan (self, psl_kinds[i]);

      for (guint j = 0; j < plan->n_fields; j++)
        {
          g_autoptr (GArray) linking = NULL;

          if (plan->fields[j].select_linking == NULL ||
              psl_kind_find (plan->fields[j].field->target) != target->kind)
            continue;
          linking = psl_store_read_linking (self, &plan->fields[j], rid, error);
          if (linking == NULL)
            return FALSE;
          for (guint k = 0; k < linking->len; k++)
            {
              gint64 other = g_array_index (linking, gint64, k);

              g_clear_pointer (&id, g_free);
              if (!psl_store_read_cell (self, plan, other, plan->fields[j].field, NULL, &id, error) ||
                  !psl_store_write_cell (self, plan, other, plan->fields[j].field, NULL, id, NULL, error))
                return FALSE;
            }
        }
    }
  return TRUE;
}

static gboolean
set_state (PslStore        *self,
           gint64           rid,
           PslRecordState   state,
           GError         **error)
{
  PslRecordHead head;

  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  if (head.state == state)
    return TRUE;
  if (head.state == PSL_RECORD_GONE && state != PSL_RECORD_LIVE)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                           _("This record has been removed. Undo the removal to change it."));
      return FALSE;
    }
  return psl_store_write_state (self, head.plan, rid, head.state, state, error) &&
         (state != PSL_RECORD_GONE || clear_links_to (self, head.plan, rid, error));
}

/**
 * psl_store_create:
 * @kind: what to make a record of
 * @id: (nullable): its UUID; %NULL for a new one
 *
 * Makes an empty record as part of the action.
 *
 * Returns: the record's number; 0 with %PSL_REGISTER_ERROR_INVALID where there
 *   is a record with this UUID already
 */
gint64
psl_store_create (PslStore       *self,
                  const PslKind  *kind,
                  const char     *id,
                  GError        **error)
{
  g_autoptr (PslRecord) record = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL, 0);

  record = psl_record_new (kind, 0, id);
  return psl_store_insert (self, record, error);
}

/**
 * psl_store_insert:
 * @record: its values and, where it is not new everywhere, its UUID; it is not
 *   changed
 *
 * Makes a record with all its values as part of the action. In the journal it is
 * one row, whatever it holds. Values are brought into their canonical form.
 *
 * Returns: the record's number; 0 with %PSL_REGISTER_ERROR_INVALID where a value
 *   is refused: the record is not made then, and the action can go on
 */
gint64
psl_store_insert (PslStore   *self,
                  PslRecord  *record,
                  GError    **error)
{
  GError *local_error = NULL;
  gint64 rid;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (PSL_IS_RECORD (record), 0);

  if (!psl_store_check_action (self, error))
    return 0;
  rid = insert_record (self, psl_store_get_plan (self, psl_record_get_kind (record)), record, &local_error);
  if (rid == 0)
    psl_store_note_failure (self, local_error, error);
  return rid;
}

/**
 * psl_store_set:
 * @field: a field of the record's kind
 * @language: (nullable): for a multilingual field, one of #psl_languages
 * @value: (nullable): the value, brought into its canonical form; %NULL empties
 *   the field
 *
 * Changes a value as part of the action. A value that is there already is no
 * change.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID where the field can't hold the
 *   value, %PSL_REGISTER_ERROR_NOT_FOUND where there is no such record: nothing
 *   has changed then, and the action can go on
 */
gboolean
psl_store_set (PslStore        *self,
               gint64           rid,
               const PslField  *field,
               const char      *language,
               const char      *value,
               GError         **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (self != NULL && field != NULL, FALSE);
  g_return_val_if_fail (!(field->flags & PSL_FIELD_MULTILINGUAL) ||
                        (language != NULL && g_strv_contains (psl_languages, language)), FALSE);

  return psl_store_check_action (self, error) &&
         (set_value (self, rid, field, language, value, &local_error) ||
          psl_store_note_failure (self, local_error, error));
}

/**
 * psl_store_set_state:
 * @state: into the trash, out of it, or %PSL_RECORD_GONE to remove the record for
 *   good: links to it are then emptied. A record that is gone is brought back by
 *   undo, or by an import that makes it again under its UUID
 *
 * Changes a record's state as part of the action.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_NOT_FOUND where there is no such record
 */
gboolean
psl_store_set_state (PslStore        *self,
                     gint64           rid,
                     PslRecordState   state,
                     GError         **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  return psl_store_check_action (self, error) &&
         (set_state (self, rid, state, &local_error) ||
          psl_store_note_failure (self, local_error, error));
}

/**
 * psl_store_write_cell:
 * @old_value: (nullable): the canonical value it holds
 * @new_value: (nullable): the canonical value to write
 *
 * Writes a value and its journal row.
 */
gboolean
psl_store_write_cell (PslStore        *self,
                      const PslPlan   *plan,
                      gint64           rid,
                      const PslField  *field,
                      const char      *language,
                      const char      *old_value,
                      const char      *new_value,
                      GError         **error)
{
  const PslFieldPlan *field_plan = psl_plan_get_field (plan, field);
  g_autoptr (GError) local_error = NULL;
  gboolean written;

  if (!psl_store_touch (self, plan, rid, field, error))
    return FALSE;
  if (field->flags & PSL_FIELD_MULTILINGUAL)
    written = write_text (self, rid, field, language, new_value, &local_error);
  else if (field_plan->rows_insert != NULL)
    written = replace_rows (self, field_plan, rid, old_value, new_value, &local_error);
  else
    written = write_column (self, field_plan, rid, new_value, &local_error);

  if (written)
    return psl_store_journal (self, plan, rid, field, language, old_value, new_value, error);
  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID))
    prefix_field (field, &local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * psl_store_write_state:
 *
 * Writes a record's state and its journal row.
 */
gboolean
psl_store_write_state (PslStore        *self,
                       const PslPlan   *plan,
                       gint64           rid,
                       PslRecordState   old_state,
                       PslRecordState   new_state,
                       GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;

  if (!psl_store_touch (self, plan, rid, NULL, error))
    return FALSE;
  statement = psl_db_prepare (self->db, "UPDATE record SET state = ?, changed = ? WHERE rid = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, new_state);
  psl_statement_bind_int64 (statement, 2, self->transaction->at);
  psl_statement_bind_int64 (statement, 3, rid);
  return psl_statement_run (statement, error) &&
         psl_store_journal (self, plan, rid, NULL, NULL,
                            psl_record_state_get_name (old_state),
                            psl_record_state_get_name (new_state), error);
}
