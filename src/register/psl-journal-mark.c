/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-journal-mark.h"

#include "psl-kinds.h"
#include "psl-store-private.h"

/* More records than this are not named one by one: whoever shows them reads
 * everything again in any case. */
#define MAX_RIDS 1000

static gboolean
take_rids (PslChangedSet  *set,
           PslStore       *store,
           gint64          since,
           GError        **error)
{
  g_autoptr (GArray) rids = psl_store_changed_since (store, since, error);

  if (rids == NULL)
    return FALSE;
  if (rids->len > MAX_RIDS)
    {
      psl_changed_set_set_all (set);
      return TRUE;
    }
  g_array_append_vals (set->rids, rids->data, rids->len);
  g_array_sort (set->rids, psl_store_compare_rids);
  return TRUE;
}

/* Whether the journal has every action between two marks, and all of them were done in this
 * register: an edit which returned to the value before it has left none, and where actions of
 * other registers were taken over, more may follow from them than they say. */
static gboolean
is_complete (const PslJournalMark  *from,
             const PslJournalMark  *to,
             PslStore              *store,
             gboolean              *complete,
             GError               **error)
{
  gint64 n_actions;

  if (!psl_store_read_number (store, "SELECT count(*) FROM action JOIN origin AS o USING (origin) WHERE action > ? AND o.own",
                              from->action, NULL, &n_actions, error))
    return FALSE;
  *complete = n_actions == to->action - from->action;
  return TRUE;
}

/* Reads which fields were changed since an action, where the journal tells. */
static gboolean
take_fields (PslChangedSet         *set,
             const PslJournalMark  *from,
             const PslJournalMark  *to,
             PslStore              *store,
             GError               **error)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (PslTouchedField));
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean known = FALSE;

  if (set->all || set->rids->len == 0 || to->action == from->action || to->at == 0)
    return TRUE;
  if (!is_complete (from, to, store, &known, error))
    return FALSE;
  if (!known)
    return TRUE;
  statement = psl_db_prepare (psl_store_get_db (store),
                              "SELECT DISTINCT r.kind, c.field FROM change AS c CROSS JOIN record AS r USING (rid)"
                              " WHERE c.action > ? ORDER BY r.kind, c.field", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, from->action);
  while (psl_statement_step (statement, &local_error))
    {
      PslTouchedField touched = { psl_kind_find (psl_statement_get_text (statement, 0)), NULL };
      const char *name = psl_statement_get_text (statement, 1);

      if (touched.kind != NULL && !g_str_equal (name, PSL_FIELD_STATE))
        touched.field = psl_stored_field_find (touched.kind, name);
      known = known && touched.kind != NULL && (touched.field != NULL || g_str_equal (name, PSL_FIELD_STATE));
      g_array_append_val (fields, touched);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (known)
    set->fields = g_steal_pointer (&fields);
  return TRUE;
}

/* Whether the journal goes on where it was; another one stands there after a
 * backup was restored. An action that is not there any more was continued by a
 * later one. */
static gboolean
is_same_journal (const PslJournalMark *self,
                 const PslJournalMark *to,
                 PslStore             *store)
{
  g_autoptr (PslAction) known = NULL;

  if (to->action < self->action)
    return FALSE;
  if (self->action == 0 || self->at == 0)
    return TRUE;
  known = psl_store_get_action (store, self->action, NULL);
  return known == NULL || known->at == self->at;
}

/* Gives the last action too, where there is one. */
static gboolean
read_mark (PslJournalMark  *mark,
           PslStore        *store,
           PslAction      **action,
           GError         **error)
{
  PslDb *db = psl_store_get_db (store);

  mark->n_changes = sqlite3_total_changes64 (psl_db_get_handle (db));
  if (!psl_db_get_int64 (db, "PRAGMA data_version", &mark->data_version, error))
    return FALSE;

  mark->action = psl_store_last_action (store);
  *action = psl_store_get_action (store, mark->action, NULL);
  mark->at = *action != NULL ? (*action)->at : 0;
  return TRUE;
}

/* The changes between two marks. Takes @action, the last one, where it is told. */
static PslChangedSet *
read_changes (const PslJournalMark  *from,
              const PslJournalMark  *to,
              PslStore              *store,
              PslAction            **action,
              GError               **error)
{
  PslChangedSet *set = psl_changed_set_new ();

  set->external = to->data_version != from->data_version;
  if (set->external && !is_same_journal (from, to, store))
    {
      psl_changed_set_set_all (set);
      return set;
    }
  if (!take_rids (set, store, from->action, error) || !take_fields (set, from, to, store, error))
    {
      psl_changed_set_free (set);
      return NULL;
    }
  if (!set->external && to->action > from->action)
    set->action = g_steal_pointer (action);
  return set;
}

static gboolean
advance (PslJournalMark  *self,
         PslStore        *store,
         gint64           rid,
         PslChangedSet  **set,
         GError         **error)
{
  PslJournalMark now = { 0 };
  g_autoptr (PslAction) action = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!read_mark (&now, store, &action, error))
    return FALSE;
  if (now.data_version == self->data_version && now.n_changes == self->n_changes)
    return TRUE;

  *set = read_changes (self, &now, store, &action, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (rid > 0 && now.n_changes != self->n_changes)
    psl_changed_set_add_rid (*set, rid);
  /* An action may have changed no record: it undid one whose values stay. */
  if (!(*set)->all && (*set)->rids->len == 0 && now.action <= self->action)
    g_clear_pointer (set, psl_changed_set_free);
  *self = now;
  return TRUE;
}

/**
 * psl_journal_mark_init:
 * @store: the connection the mark is for
 *
 * Sets the mark to the present.
 */
gboolean
psl_journal_mark_init (PslJournalMark  *self,
                       PslStore        *store,
                       GError         **error)
{
  g_autoptr (PslAction) action = NULL;

  *self = (PslJournalMark) { 0 };
  return read_mark (self, store, &action, error);
}

/**
 * psl_journal_mark_advance:
 * @store: the connection the mark is for
 * @rid: the one record that this connection has changed; 0 where that may be
 *   any, or it has changed none
 * @set: (out) (nullable): the changes since the mark, by this connection and by others, or
 *   %NULL
 *
 * Moves the mark to the present.
 */
gboolean
psl_journal_mark_advance (PslJournalMark  *self,
                          PslStore        *store,
                          gint64           rid,
                          PslChangedSet  **set,
                          GError         **error)
{
  gboolean began, advanced;

  *set = NULL;
  if (!psl_store_begin_snapshot (store, &began, error))
    return FALSE;
  advanced = advance (self, store, rid, set, error);
  psl_store_end_snapshot (store, began);
  return advanced;
}
