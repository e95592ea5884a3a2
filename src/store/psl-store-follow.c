/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-store-private.h"

/**
 * psl_store_get_followers:
 *
 * Returns: the data that has to follow a change of @field
 */
PslTouchedFlags
psl_store_get_followers (const PslPlan  *plan,
                         const PslField *field)
{
  PslTouchedFlags flags = PSL_TOUCHED_NONE;

  if (field->flags & PSL_FIELD_SEARCHED)
    flags |= PSL_TOUCHED_SEARCH;
  if (field == psl_kind_get_title (plan->kind))
    flags |= PSL_TOUCHED_SORT;
  return flags;
}

/**
 * psl_store_write_followers:
 * @flags: the data to bring up to date
 *
 * Makes a record's sort keys and search text again from its values.
 */
gboolean
psl_store_write_followers (PslStore         *self,
                           gint64            rid,
                           PslTouchedFlags   flags,
                           GError          **error)
{
  g_autoptr (PslRecord) record = NULL;

  if (flags == PSL_TOUCHED_NONE)
    return TRUE;
  record = psl_store_read (self, rid, error);
  if (record == NULL)
    return FALSE;
  if ((flags & PSL_TOUCHED_SORT) && !psl_store_rewrite_sort_keys (self, rid, record, error))
    return FALSE;
  return !(flags & PSL_TOUCHED_SEARCH) || psl_store_write_search_text (self, rid, record, error);
}

static gboolean
follow (PslStore         *self,
        gint64            rid,
        gint64            at,
        PslTouchedFlags   flags,
        GError          **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "UPDATE record SET changed = ?1 WHERE rid = ?2 AND changed < ?1", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, at);
  psl_statement_bind_int64 (statement, 2, rid);
  return psl_statement_run (statement, error) &&
         psl_store_write_followers (self, rid, flags, error);
}

/* The action after which an older version did not update the values that follow from others;
 * -1 for none. */
static gboolean
read_follow_after (PslStore  *self,
                   gint64    *action,
                   GError   **error)
{
  return psl_db_get_int64 (self->db,
                           "SELECT ifnull ((SELECT CAST (value AS INTEGER) FROM meta WHERE name = 'follow-after'), -1)",
                           action, error);
}

/* Brings up to date all that follows from the values of records that were changed
 * after @action. */
static gboolean
follow_changes_after (PslStore  *self,
                      gint64     action,
                      GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;
  gint64 last;

  if (!psl_store_read_last_rid (self, &last, error))
    return FALSE;

  statement = psl_db_prepare (self->db,
                              "SELECT c.rid, max (a.at) FROM action AS a CROSS JOIN change AS c ON c.action = a.action"
                              " WHERE a.action > ? GROUP BY c.rid ORDER BY c.rid", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  while (psl_statement_step (statement, error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);

      if (!follow (self, rid, psl_statement_get_int64 (statement, 1), PSL_TOUCHED_SORT | PSL_TOUCHED_SEARCH, error) ||
          !psl_store_step (self, rid, last, error))
        return FALSE;
    }
  return !psl_statement_has_failed (statement);
}

/**
 * psl_store_follow_action:
 *
 * Brings up to date the data that follows from the values that the action changed, once a
 * record: the time of the change, the sort keys, the search text; and the code lists.
 */
gboolean
psl_store_follow_action (PslStore  *self,
                         GError   **error)
{
  PslTransaction *transaction = self->transaction;
  GHashTableIter iter;
  gpointer value;
  gint64 n_done = 0;

  if (!psl_store_follow_entries (self, error))
    return FALSE;
  g_hash_table_iter_init (&iter, transaction->touched);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const PslTouched *touched = value;

      if (!follow (self, touched->rid, transaction->at, touched->flags, error) ||
          !psl_store_step (self, ++n_done, g_hash_table_size (transaction->touched), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_store_follow_migration:
 *
 * Completes a migration beyond its scripts: fills the search index of schema version 5, and
 * brings up to date the data that follows from edits that versions 2 and 3 had not finished.
 */
gboolean
psl_store_follow_migration (PslStore  *self,
                            GError   **error)
{
  gint64 action;

  if (!read_follow_after (self, &action, error))
    return FALSE;
  if (action < 0)
    return TRUE;

  if (!psl_db_begin (self->db, error))
    return FALSE;
  if (follow_changes_after (self, action, error) &&
      psl_db_exec (self->db, "DELETE FROM meta WHERE name = 'follow-after'", error) &&
      psl_db_commit (self->db, error))
    return TRUE;
  psl_db_rollback (self->db);
  g_hash_table_remove_all (self->known_words);
  return FALSE;
}
