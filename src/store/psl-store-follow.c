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
 * them. The table `settled` says up to which action all that follows is up to
 * date, so that nothing more is written with the edit: it is an action after that
 * one. psl_store_settle() does what it leaves, in a transaction of its own. That
 * one waits for the disk, too, though the edit would outlive it: otherwise its
 * pages, five times as many as the edit's, would be left for the next edit to wait
 * for. No search misses the edit, as long as nobody reads between the two; see
 * psl-register-run.c, and psl_store_open() for what a crash between them leaves.
 *
 * Any other action does what edits before it have left, too, perhaps those of
 * another process, for afterwards everything up to itself is settled.
 */

#include "config.h"

#include "psl-kinds.h"
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

/* A record that edits have left something of to do. */
typedef struct
{
  gint64 rid;
  gint64 at;
  const PslPlan *plan;
  PslTouchedFlags flags;
} Stale;

/* Adds what follows from one change. Those of a state are only met where a register
 * of version 1 could not say more (002.sql): then everything follows. */
static gboolean
add_stale (PslStore      *self,
           GArray        *all,
           PslStatement  *statement,
           GError       **error)
{
  gint64 rid = psl_statement_get_int64 (statement, 0);
  const char *kind_name = psl_statement_get_text (statement, 1);
  const PslKind *kind = kind_name != NULL ? psl_kind_find (kind_name) : NULL;
  const PslField *field = kind != NULL ? psl_kind_find_field (kind, psl_statement_get_text (statement, 2)) : NULL;
  Stale *stale;

  if (kind == NULL)
    {
      psl_db_set_error (self->db, SQLITE_CORRUPT, error);
      return FALSE;
    }
  if (all->len == 0 || g_array_index (all, Stale, all->len - 1).rid != rid)
    {
      Stale added = { .rid = rid, .plan = psl_store_get_plan (self, kind) };

      g_array_append_val (all, added);
    }
  stale = &g_array_index (all, Stale, all->len - 1);
  stale->at = MAX (stale->at, psl_statement_get_int64 (statement, 3));
  stale->flags |= field != NULL ? psl_store_get_followers (stale->plan, field) : PSL_TOUCHED_SORT | PSL_TOUCHED_SEARCH;
  return TRUE;
}

/* Reads what actions before @end have left. */
static GArray *
read_stale (PslStore  *self,
            gint64     end,
            GError   **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Stale));
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = psl_db_prepare (self->db,
                              "SELECT c.rid, (SELECT kind FROM record WHERE rid = c.rid), c.field, a.at"
                              " FROM action AS a CROSS JOIN change AS c ON c.action = a.action"
                              " WHERE a.action > (SELECT action FROM settled) AND a.action < ? ORDER BY c.rid",
                              error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, end);
  while (psl_statement_step (statement, &local_error) && add_stale (self, all, statement, &local_error))
    ;
  if (local_error == NULL)
    return g_steal_pointer (&all);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Does what actions before @end have left. */
static gboolean
settle_before (PslStore  *self,
               gint64     end,
               GError   **error)
{
  g_autoptr (GArray) all = read_stale (self, end, error);

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const Stale *stale = &g_array_index (all, Stale, i);

      if (!follow (self, stale->plan, stale->rid, stale->at, stale->flags, error))
        return FALSE;
    }
  return TRUE;
}

/* Notes that everything up to @action is up to date. */
static gboolean
note_settled (PslStore  *self,
              gint64     action,
              GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "UPDATE settled SET action = ?1 WHERE action < ?1", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  return psl_statement_run (statement, error);
}

static gboolean
settle_all (PslStore  *self,
            GError   **error)
{
  gint64 last;

  return psl_journal_get_last (self->db, &last, error) &&
         settle_before (self, G_MAXINT64, error) &&
         note_settled (self, last, error);
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
 * record, or leaves that to psl_store_settle(). An action that won't be in the
 * journal can't leave it: nobody would know.
 */
gboolean
psl_store_follow_action (PslStore  *self,
                         GError   **error)
{
  PslTransaction *transaction = self->transaction;
  GHashTableIter iter;
  gpointer value;

  if (transaction->ahead && !transaction->returned)
    return TRUE;
  if (!settle_before (self, transaction->id, error))
    return FALSE;

  g_hash_table_iter_init (&iter, transaction->touched);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const PslTouched *touched = value;

      if (!follow (self, touched->plan, touched->rid, transaction->at, touched->flags, error))
        return FALSE;
    }
  return note_settled (self, transaction->id, error);
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

  if (!psl_db_get_int64 (self->db, "SELECT max (action) > (SELECT action FROM settled) FROM action", &found, error))
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
 *   follow is then still to be done
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
