/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-store-private.h"
#include "psl-uuid.h"

/* Returns @record, or where values have to be brought into their canonical form,
 * a copy that has them. */
static PslRecord *
clean_record (PslRecord  *record,
              GError    **error)
{
  g_autoptr (PslRecord) clean = g_object_ref (record);
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    {
      g_autofree char *canonical = NULL;

      if (!psl_store_clean_value (field, value, NULL, &canonical, error))
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
  return g_steal_pointer (&clean);
}

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
  const char *given_id = psl_record_get_id (record);
  g_autofree char *own_id = given_id != NULL ? g_ascii_strdown (given_id, -1) : psl_uuid_new ();
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!psl_uuid_is_valid (own_id))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is not a UUID. Leave the record’s identifier out, and it gets one."), given_id);
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

      if (!psl_field_is_column (field))
        continue;
      value = psl_record_get (record, field, NULL);
      if (field->type == PSL_FIELD_TYPE_LINK && value != NULL &&
          !psl_store_resolve_link (self, field, value, FALSE, &link, error))
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

/* A record that is refused half-way leaves nothing behind. A savepoint would do
 * as well, but makes the search index write itself out for every record. */
static gboolean
take_back (PslStore  *self,
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

static gboolean
journal_made (PslStore       *self,
              const PslPlan  *plan,
              gint64          rid,
              PslRecord      *record,
              const char     *id,
              const char     *owner_id,
              gint64          position,
              GError        **error)
{
  g_autofree char *content = psl_journal_content_new (record, owner_id, position);

  return psl_store_journal_made (self, plan, rid, id, content, error);
}

static gboolean insert_parts (PslStore    *self,
                              gint64       rid,
                              const char  *id,
                              PslRecord   *record,
                              GError     **error);

/* Inserts a record whose values are canonical, with its parts. @owner is 0 and @owner_id is
 * NULL for one that is no part. */
static gint64
insert_clean (PslStore    *self,
              PslRecord   *given,
              gint64       owner,
              const char  *owner_id,
              GError     **error)
{
  const PslPlan *plan = psl_store_get_plan (self, psl_record_get_kind (given));
  g_autoptr (PslRecord) record = fill_initial (self, given);
  g_autofree char *id = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 rid, position;

  if (!insert_head (self, record, owner, &rid, &id, &position, error))
    return 0;

  if (insert_columns (self, plan, rid, record, &local_error) &&
      insert_texts_and_rows (self, plan, rid, record, &local_error) &&
      psl_store_write_sort_keys (self, rid, record, &local_error) &&
      psl_store_add_search_text (self, rid, record, &local_error) &&
      journal_made (self, plan, rid, record, id, owner_id, position, &local_error) &&
      insert_parts (self, rid, id, record, &local_error))
    {
      /* The parts of a new record are not counted beside it. */
      self->transaction->n_created += owner < self->transaction->first_rid;
      return rid;
    }

  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID) &&
      !take_back (self, rid, error))
    return 0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return 0;
}

/* Makes the parts that a record lists as rows. */
static gboolean
insert_parts_values (PslStore        *self,
                     gint64           rid,
                     PslRecord       *record,
                     const PslField  *field,
                     GError         **error)
{
  const PslField *other;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &other, &language, &value))
    if (other == field && !psl_store_write_parts_value (self, rid, field, language, value, error))
      return FALSE;
  return TRUE;
}

static gboolean
insert_parts (PslStore    *self,
              gint64       rid,
              const char  *id,
              PslRecord   *record,
              GError     **error)
{
  const PslKind *kind = psl_record_get_kind (record);

  for (const PslField *field = psl_kind_next_parts (kind, NULL); field != NULL; field = psl_kind_next_parts (kind, field))
    {
      GPtrArray *parts = psl_record_get_parts (record, field);

      for (guint i = 0; parts != NULL && i < parts->len; i++)
        {
          g_autoptr (PslRecord) clean = clean_record (g_ptr_array_index (parts, i), error);

          if (clean == NULL || insert_clean (self, clean, rid, id, error) == 0)
            return FALSE;
        }
      if (field->rows != NULL && !insert_parts_values (self, rid, record, field, error))
        return FALSE;
    }
  return TRUE;
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
 * Makes a record with all its values and parts as part of the action. In the journal it
 * is one row, and one a part, whatever it holds. Values are brought into their canonical
 * form. A part comes behind those that its owner has.
 *
 * Returns: the record's number; 0 with %PSL_REGISTER_ERROR_INVALID where a value
 *   is refused, or there is no record that a part can belong to: the record is not made
 *   then, and the action can go on
 */
gint64
psl_store_insert (PslStore   *self,
                  PslRecord  *record,
                  GError    **error)
{
  g_autoptr (PslRecord) clean = NULL;
  GError *local_error = NULL;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (PSL_IS_RECORD (record), 0);

  if (!psl_store_check_action (self, error))
    return 0;
  clean = clean_record (record, &local_error);
  if (clean != NULL)
    return psl_store_insert_canonical (self, clean, error);
  psl_store_note_failure (self, local_error, error);
  return 0;
}

/**
 * psl_store_insert_canonical:
 * @record: like that of psl_store_insert(), with values as psl_field_normalise()
 *   gives them
 *
 * Like psl_store_insert(), for an import, which has just read each value: it is
 * not read again.
 *
 * Returns: as psl_store_insert()
 */
gint64
psl_store_insert_canonical (PslStore   *self,
                            PslRecord  *record,
                            GError    **error)
{
  const PslField *owner_field;
  const char *owner_id;
  GError *local_error = NULL;
  gint64 owner = 0;
  gint64 rid = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (PSL_IS_RECORD (record), 0);

  if (!psl_store_check_action (self, error))
    return 0;
  owner_field = psl_kind_get_owner_field (psl_record_get_kind (record));
  owner_id = owner_field != NULL ? psl_record_get (record, owner_field, NULL) : NULL;
  if (owner_field == NULL ||
      psl_store_find_owner (self, psl_record_get_kind (record), owner_id, &owner, &local_error))
    rid = insert_clean (self, record, owner, owner_id, &local_error);
  if (rid == 0)
    psl_store_note_failure (self, local_error, error);
  return rid;
}
