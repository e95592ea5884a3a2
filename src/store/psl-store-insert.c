/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-entry.h"
#include "psl-error.h"
#include "psl-journal-content.h"
#include "psl-journal.h"
#include "psl-store-private.h"
#include "psl-transaction.h"
#include "psl-uuid.h"

static char *
dup_initial (PslStore   *self,
             PslInitial  initial)
{
  g_autoptr (GDateTime) made = NULL;
  g_autoptr (GDateTime) local = NULL;

  switch (initial)
    {
    case PSL_INITIAL_AUTHOR:
      return g_strdup (self->author);
    case PSL_INITIAL_TODAY:
      made = g_date_time_new_from_unix_utc_usec (self->transaction->at);
      local = g_date_time_to_local (made);
      return g_date_time_format (local, "%Y-%m-%d");
    case PSL_INITIAL_NONE:
    default:
      return NULL;
    }
}

/* Returns @record, or where fields are to hold something from the beginning, a copy in
 * which they do. */
static PslRecord *
fill_initial (PslStore  *self,
              PslRecord *record)
{
  g_autoptr (PslRecord) filled = g_object_ref (record);

  for (const PslField *field = psl_record_get_kind (record)->fields; field->name != NULL; field++)
    {
      g_autofree char *value = NULL;

      if (field->initial == PSL_INITIAL_NONE || psl_record_get (record, field, NULL) != NULL)
        continue;
      if (filled == record)
        {
          g_object_unref (filled);
          filled = psl_record_copy (record);
        }
      value = dup_initial (self, field->initial);
      psl_record_set (filled, field, NULL, value);
    }
  return g_steal_pointer (&filled);
}

/* The UUID of a new record: that which was given, or of an entry of a code list the one that
 * each register derives, unless a record has it already.
 * @id: (out) (transfer full) */
static gboolean
choose_id (PslStore   *self,
           PslRecord  *record,
           char      **id,
           GError    **error)
{
  const PslKind *kind = psl_record_get_kind (record);
  const char *given = psl_record_get_id (record);
  const char *entry = kind->is_of_entries ? psl_record_get_by_name (record, kind->identifier) : NULL;
  gint64 rid = 0;

  *id = given != NULL ? g_ascii_strdown (given, -1) : entry != NULL ? psl_entry_derive_uuid (entry) : psl_uuid_new ();
  if (given != NULL || entry == NULL)
    return TRUE;
  if (!psl_store_read_rid (self, *id, &rid, error))
    return FALSE;
  if (rid != 0)
    {
      g_free (*id);
      *id = psl_uuid_new ();
    }
  return TRUE;
}

/* @id: (out) (transfer full): the record's UUID
 * @position: (out): its place among the parts of its owner; 0 where it is no part */
static gboolean
insert_head (PslStore   *self,
             PslRecord  *record,
             gint64      owner,
             gint64     *rid,
             char      **id,
             gint64     *position,
             GError    **error)
{
  const PslKind *kind = psl_record_get_kind (record);
  g_autofree char *own_id = NULL;
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!choose_id (self, record, &own_id, error))
    return FALSE;
  if (!psl_uuid_is_valid (own_id))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is not a UUID. Leave the record’s identifier out, and it gets one."),
                   psl_record_get_id (record));
      return FALSE;
    }

  *position = 0;
  if (owner != 0 && (!psl_store_find_position (self, record, owner, position, error) ||
                     !psl_store_touch_owners (self, kind, owner, error)))
    return FALSE;
  statement = psl_db_prepare (self->db,
                              "INSERT INTO record (id, kind, created, changed, owner, position)"
                              " VALUES (?, ?, ?, ?3, nullif (?, 0), nullif (?, 0))", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, own_id);
  psl_statement_bind_text (statement, 2, kind->name);
  psl_statement_bind_int64 (statement, 3, self->transaction->at);
  psl_statement_bind_int64 (statement, 4, owner);
  psl_statement_bind_int64 (statement, 5, *position);
  if (psl_statement_run (statement, &local_error))
    {
      *rid = psl_db_last_insert_rowid (self->db);
      *id = g_steal_pointer (&own_id);
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
  parameter = 2;
  for (guint i = 0; i < plan->n_fields; i++)
    {
      const PslField *field = plan->fields[i].field;
      const char *value;
      gint64 link = 0;

      if (!psl_stored_field_is_column (field))
        continue;
      value = psl_record_get (record, field, NULL);
      if (field->type == PSL_FIELD_TYPE_LINK && value != NULL &&
          !psl_store_resolve_link (self, field, value, FALSE, &link, error))
        return FALSE;
      parameter = psl_stored_field_bind (field, statement, parameter, value, link);
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
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    {
      const PslFieldPlan *field_plan = psl_plan_get_field (plan, field);

      if (field_plan->rows_insert != NULL && !psl_store_insert_rows (self, field_plan, rid, value, error))
        return FALSE;
      if (language != NULL && field->type != PSL_FIELD_TYPE_PARTS &&
          !psl_store_write_text (self, rid, field, language, value, error))
        return FALSE;
      if (language != NULL && psl_record_get_agreed (record, field, language) != NULL &&
          !psl_store_write_agreed (self, rid, field, language, psl_record_get_agreed (record, field, language), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
delete_record (PslStore  *self,
               gint64     rid,
               GError   **error)
{
  g_autoptr (GArray) rids = psl_store_read_descendants (self, rid, error);

  if (rids == NULL)
    return FALSE;
  g_array_append_val (rids, rid);
  self->transaction->is_rewritten = TRUE;
  for (guint i = 0; i < rids->len; i++)
    {
      if (!psl_store_run_for_rid (self, "DELETE FROM search WHERE rowid = ?", g_array_index (rids, gint64, i), error))
        return FALSE;
    }
  return psl_store_run_for_rid (self, "DELETE FROM record WHERE rid = ?", rid, error);
}

/**
 * psl_store_take_back:
 * @rid: a record that psl_store_insert_one() made
 * @failure: (transfer full): why the record can't be made as a whole
 *
 * Passes @failure on, and has a record that is refused half-way leave nothing behind. A
 * savepoint would do as well, but makes the search index write itself out for every record.
 */
void
psl_store_take_back (PslStore  *self,
                     gint64     rid,
                     GError    *failure,
                     GError   **error)
{
  if (g_error_matches (failure, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID) && !delete_record (self, rid, error))
    g_error_free (failure);
  else
    g_propagate_error (error, failure);
}

/**
 * psl_store_insert_one:
 * @given: a record, with canonical values
 * @owner: the record that it is a part of; 0 where it is no part
 * @owner_id: (nullable): the UUID of @owner
 * @id: (out) (transfer full): its UUID
 *
 * Makes a record without its parts.
 *
 * Returns: its number; 0 where it is refused, with nothing left of it
 */
gint64
psl_store_insert_one (PslStore    *self,
                      PslRecord   *given,
                      gint64       owner,
                      const char  *owner_id,
                      char       **id,
                      GError     **error)
{
  const PslPlan *plan = psl_store_get_plan (self, psl_record_get_kind (given));
  g_autoptr (PslRecord) record = fill_initial (self, given);
  g_autofree char *own_id = NULL;
  g_autofree char *content = NULL;
  GError *local_error = NULL;
  gint64 rid, position;

  if (!insert_head (self, record, owner, &rid, &own_id, &position, error))
    return 0;

  content = psl_journal_content_new (record, owner_id, position);
  if (insert_columns (self, plan, rid, record, &local_error) &&
      insert_texts_and_rows (self, plan, rid, record, &local_error) &&
      psl_store_write_sort_keys (self, rid, record, &local_error) &&
      psl_store_add_search_text (self, rid, record, &local_error) &&
      psl_store_journal_made (self, plan, rid, own_id, content, &local_error))
    {
      *id = g_steal_pointer (&own_id);
      return rid;
    }
  psl_store_take_back (self, rid, local_error, error);
  return 0;
}
