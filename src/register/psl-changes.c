/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-changes.h"

#include "psl-kinds.h"
#include "psl-store-private.h"

/* More records than this are not named one by one: whoever shows them reads
 * everything again in any case. */
#define MAX_RIDS 1000

static PslChangedSet *
changed_set_new (void)
{
  PslChangedSet *set = g_new0 (PslChangedSet, 1);

  set->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return set;
}

static void
name_all (PslChangedSet *set)
{
  set->all = TRUE;
  g_array_set_size (set->rids, 0);
}

static void
add_rid (PslChangedSet *set,
         gint64         rid)
{
  if (set->all || psl_changed_set_contains (set, rid))
    return;
  g_array_append_val (set->rids, rid);
  g_array_sort (set->rids, psl_store_compare_rids);
}

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
      name_all (set);
      return TRUE;
    }
  g_array_append_vals (set->rids, rids->data, rids->len);
  g_array_sort (set->rids, psl_store_compare_rids);
  return TRUE;
}

/* Reads what fields were changed since an action. That is not known of an edit which
 * returned to the value before it: it is not in the journal. */
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
  gboolean known = set->rids->len > 0 && to->action > from->action && to->at != 0;

  if (set->all || set->external || !known)
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
        touched.field = psl_field_find_stored (touched.kind, name);
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

/* What happened between two marks. Takes @action, the last one, where it is told. */
static PslChangedSet *
read_changes (const PslJournalMark  *from,
              const PslJournalMark  *to,
              PslStore              *store,
              PslAction            **action,
              GError               **error)
{
  PslChangedSet *set = changed_set_new ();

  set->external = to->data_version != from->data_version;
  if (set->external && !is_same_journal (from, to, store))
    {
      name_all (set);
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
    add_rid (*set, rid);
  if (!(*set)->all && (*set)->rids->len == 0)
    g_clear_pointer (set, psl_changed_set_free);
  *self = now;
  return TRUE;
}

/**
 * psl_changed_set_new_all:
 *
 * Returns: (transfer full): a set of everything
 */
PslChangedSet *
psl_changed_set_new_all (void)
{
  PslChangedSet *set = changed_set_new ();

  name_all (set);
  return set;
}

/**
 * psl_changed_set_free:
 * @set: (nullable) (transfer full): a set
 */
void
psl_changed_set_free (PslChangedSet *set)
{
  if (set == NULL)
    return;
  g_clear_pointer (&set->action, psl_action_free);
  g_clear_pointer (&set->next_undo, psl_action_free);
  g_clear_pointer (&set->next_redo, psl_action_free);
  g_array_unref (set->rids);
  g_clear_pointer (&set->fields, g_array_unref);
  g_free (set);
}

/**
 * psl_changed_set_contains:
 *
 * Returns: whether the record may have changed
 */
gboolean
psl_changed_set_contains (const PslChangedSet *set,
                          gint64               rid)
{
  g_return_val_if_fail (set != NULL, FALSE);

  return set->all || g_array_binary_search (set->rids, &rid, psl_store_compare_rids, NULL);
}

/**
 * psl_changed_set_touches_state:
 *
 * Returns: whether records may have come or gone
 */
gboolean
psl_changed_set_touches_state (const PslChangedSet *set)
{
  g_return_val_if_fail (set != NULL, FALSE);

  if (set->all || set->fields == NULL)
    return TRUE;
  for (guint i = 0; i < set->fields->len; i++)
    {
      if (g_array_index (set->fields, PslTouchedField, i).field == NULL)
        return TRUE;
    }
  return FALSE;
}

/**
 * psl_changed_set_touches_query:
 *
 * Returns: whether a query may give other records now, or give them in another order
 */
gboolean
psl_changed_set_touches_query (const PslChangedSet *set,
                               PslQuery            *query)
{
  g_return_val_if_fail (set != NULL, FALSE);
  g_return_val_if_fail (PSL_IS_QUERY (query), FALSE);

  if (set->all || set->fields == NULL)
    return TRUE;
  for (guint i = 0; i < set->fields->len; i++)
    {
      const PslTouchedField *touched = &g_array_index (set->fields, PslTouchedField, i);

      if (psl_query_depends_on (query, touched->kind, touched->field))
        return TRUE;
    }
  return FALSE;
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
 * @set: (out) (nullable): what was changed since the mark, by this connection
 *   and by others, or %NULL
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
