/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-store-private.h"

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

/* The action after which an older version left what follows to be done; -1 for none. */
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
  g_autoptr (GError) local_error = NULL;

  statement = psl_db_prepare (self->db,
                              "SELECT c.rid, max (a.at) FROM action AS a CROSS JOIN change AS c ON c.action = a.action"
                              " WHERE a.action > ? GROUP BY c.rid", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  while (psl_statement_step (statement, &local_error))
    if (!follow (self, psl_statement_get_int64 (statement, 0), psl_statement_get_int64 (statement, 1),
                 PSL_TOUCHED_SORT | PSL_TOUCHED_SEARCH, error))
      return FALSE;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * psl_store_follow_action:
 *
 * Brings up to date what follows from the values that the action changed, once a
 * record: the time of the change, the sort keys, the search text; and the code lists.
 */
gboolean
psl_store_follow_action (PslStore  *self,
                         GError   **error)
{
  PslTransaction *transaction = self->transaction;
  GHashTableIter iter;
  gpointer value;

  if (!psl_store_follow_entries (self, error))
    return FALSE;
  g_hash_table_iter_init (&iter, transaction->touched);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const PslTouched *touched = value;

      if (!follow (self, touched->rid, transaction->at, touched->flags, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_store_follow_migration:
 *
 * Does what the scripts of a migration can not do: fills the search index of schema
 * version 5, and brings up to date what follows from edits that versions 2 and 3 had not
 * finished.
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
