/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * What follows from a record's values: when it changed, its sort keys, its
 * search text.
 *
 * An action brings them up to date in its own transaction. For an edit that
 * somebody waits for that is most of the work, so it may be stored ahead of
 * them: it then notes in the table `stale` what has to follow, and
 * psl_store_settle() does that in a transaction of its own. That one waits for
 * the disk, too, though the note would outlive it: otherwise its pages, three
 * times as many as the edit's, would be left for the next edit to wait for. No
 * search misses the edit, as long as nobody reads between the two; see
 * psl-register-run.c, and psl_store_open() for what a crash between them leaves.
 */

#include "config.h"

#include "psl-store-private.h"

static gboolean
follow (PslStore         *self,
        const PslPlan    *plan,
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
         psl_store_write_followers (self, plan, rid, flags, error);
}

static gboolean
note_stale (PslStore          *self,
            const PslTouched  *touched,
            GError           **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db,
                              "INSERT INTO stale (rid, at, sort, search) VALUES (?, ?, ?, ?)"
                              " ON CONFLICT (rid) DO UPDATE SET at = excluded.at,"
                              " sort = max (sort, excluded.sort), search = max (search, excluded.search)",
                              error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, touched->rid);
  psl_statement_bind_int64 (statement, 2, self->transaction->at);
  psl_statement_bind_int64 (statement, 3, (touched->flags & PSL_TOUCHED_SORT) != 0);
  psl_statement_bind_int64 (statement, 4, (touched->flags & PSL_TOUCHED_SEARCH) != 0);
  return psl_statement_run (statement, error);
}

typedef struct
{
  gint64 rid;
  gint64 at;
  PslTouchedFlags flags;
} Stale;

static GArray *
read_stale (PslStore  *self,
            GError   **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Stale));
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = psl_db_prepare (self->db, "SELECT rid, at, sort, search FROM stale", error);
  if (statement == NULL)
    return NULL;
  while (psl_statement_step (statement, &local_error))
    {
      Stale stale = {
        .rid = psl_statement_get_int64 (statement, 0),
        .at = psl_statement_get_int64 (statement, 1),
        .flags = (psl_statement_get_int64 (statement, 2) ? PSL_TOUCHED_SORT : 0) |
                 (psl_statement_get_int64 (statement, 3) ? PSL_TOUCHED_SEARCH : 0),
      };

      g_array_append_val (all, stale);
    }
  if (local_error == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
settle_all (PslStore  *self,
            GError   **error)
{
  g_autoptr (GArray) all = read_stale (self, error);

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const Stale *stale = &g_array_index (all, Stale, i);
      PslRecordHead head;

      if (!psl_store_read_head (self, stale->rid, &head, error) ||
          !follow (self, head.plan, stale->rid, stale->at, stale->flags, error))
        return FALSE;
    }
  return psl_db_exec (self->db, "DELETE FROM stale", error);
}

static gboolean
settle_in_transaction (PslStore  *self,
                       GError   **error)
{
  if (!psl_db_begin (self->db, error))
    return FALSE;
  if (settle_all (self, error) && psl_db_commit (self->db, error))
    return TRUE;
  psl_db_rollback (self->db);
  g_hash_table_remove_all (self->known_words);
  return FALSE;
}

/**
 * psl_store_follow_action:
 *
 * Brings what follows from the values that the action changed up to date, once a
 * record, or notes that it has to be.
 */
gboolean
psl_store_follow_action (PslStore  *self,
                         GError   **error)
{
  PslTransaction *transaction = self->transaction;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, transaction->touched);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const PslTouched *touched = value;

      if (transaction->ahead)
        {
          if (!note_stale (self, touched, error))
            return FALSE;
        }
      else if (!follow (self, touched->plan, touched->rid, transaction->at, touched->flags, error))
        {
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * psl_store_is_stale:
 * @stale: (out): whether there is something for psl_store_settle() to do
 */
gboolean
psl_store_is_stale (PslStore  *self,
                    gboolean  *stale,
                    GError   **error)
{
  gint64 found;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!psl_db_get_int64 (self->db, "SELECT EXISTS (SELECT 1 FROM stale)", &found, error))
    return FALSE;
  *stale = found != 0;
  return TRUE;
}

/**
 * psl_store_settle:
 *
 * Brings what follows from edits that were stored ahead of it up to date, those
 * of other processes included. Nothing must be open on this store.
 *
 * Returns: %FALSE with an error like those of psl_store_commit(); what was to
 *   follow is then still noted
 */
gboolean
psl_store_settle (PslStore  *self,
                  GError   **error)
{
  gboolean stale;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->transaction == NULL, FALSE);

  if (!psl_store_is_stale (self, &stale, error))
    return FALSE;
  return !stale || settle_in_transaction (self, error);
}
