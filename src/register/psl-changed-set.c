/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-changed-set.h"

#include "psl-store-private.h"

typedef gboolean (*TouchedFunc) (const PslTouchedField *touched,
                                 gconstpointer          data);

/* The functions psl_changed_set_touches_…() tell whether a change touched what a view shows,
 * so that the view reads it again. */

/* Whether a field was touched for which @matches says so, or may have been. */
static gboolean
touches (const PslChangedSet *set,
         TouchedFunc          matches,
         gconstpointer        data)
{
  if (set->all || set->fields == NULL)
    return TRUE;
  for (guint i = 0; i < set->fields->len; i++)
    {
      if (matches (&g_array_index (set->fields, PslTouchedField, i), data))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_state (const PslTouchedField *touched,
          gconstpointer          data)
{
  return touched->field == NULL;
}

static gboolean
is_of_query (const PslTouchedField *touched,
             gconstpointer          query)
{
  return psl_query_depends_on ((PslQuery *) query, touched->kind, touched->field);
}

static gboolean
is_of_kind (const PslTouchedField *touched,
            gconstpointer          kind)
{
  return touched->kind == kind;
}

static gboolean
is_listed (const PslTouchedField *touched,
           gconstpointer          kind)
{
  return touched->kind == kind && (touched->field == NULL || (touched->field->flags & PSL_FIELD_LISTED) != 0);
}

/* Whether links of the kind, or where @record is given the links that it has, may lead to a
 * record whose name was touched. */
static gboolean
is_target (const PslTouchedField *touched,
           const PslKind         *kind,
           PslRecord             *record)
{
  if (touched->field != NULL && !psl_record_is_called_by (touched->kind, touched->field))
    return FALSE;
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (field->type == PSL_FIELD_TYPE_LINK && psl_kind_is_target (touched->kind, field) &&
          (record == NULL || psl_record_get (record, field, NULL) != NULL))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_target_of_kind (const PslTouchedField *touched,
                   gconstpointer          kind)
{
  return is_target (touched, kind, NULL);
}

static gboolean
is_target_of_record (const PslTouchedField *touched,
                     gconstpointer          data)
{
  PslRecord *record = (PslRecord *) data;

  return is_target (touched, psl_record_get_kind (record), record);
}

/**
 * psl_changed_set_new:
 *
 * Returns: (transfer full): a set of nothing
 */
PslChangedSet *
psl_changed_set_new (void)
{
  PslChangedSet *set = g_new0 (PslChangedSet, 1);

  set->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  return set;
}

/**
 * psl_changed_set_new_all:
 *
 * Returns: (transfer full): a set of everything
 */
PslChangedSet *
psl_changed_set_new_all (void)
{
  PslChangedSet *set = psl_changed_set_new ();

  psl_changed_set_set_all (set);
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
 * psl_changed_set_set_all:
 *
 * Makes it a set of everything.
 */
void
psl_changed_set_set_all (PslChangedSet *set)
{
  set->all = TRUE;
  g_array_set_size (set->rids, 0);
}

/**
 * psl_changed_set_add_rid:
 * @rid: a record
 *
 * Adds a record, unless the set contains it.
 */
void
psl_changed_set_add_rid (PslChangedSet *set,
                         gint64         rid)
{
  if (set->all || psl_changed_set_contains (set, rid))
    return;
  g_array_append_val (set->rids, rid);
  g_array_sort (set->rids, psl_store_compare_rids);
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

  return touches (set, is_state, NULL);
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

  return touches (set, is_of_query, query);
}

/**
 * psl_changed_set_touches_targets:
 * @kind: a kind
 *
 * Returns: whether records that links of the kind lead to may be called otherwise now
 */
gboolean
psl_changed_set_touches_targets (const PslChangedSet *set,
                                 const PslKind       *kind)
{
  g_return_val_if_fail (set != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  return touches (set, is_target_of_kind, kind);
}

/**
 * psl_changed_set_touches_record:
 * @record: a record
 *
 * Returns: whether the record's own values may have changed, or the titles of the records
 *   that its links lead to. Its parts are records of their own
 */
gboolean
psl_changed_set_touches_record (const PslChangedSet *set,
                                PslRecord           *record)
{
  g_return_val_if_fail (set != NULL, FALSE);
  g_return_val_if_fail (PSL_IS_RECORD (record), FALSE);

  return (psl_changed_set_contains (set, psl_record_get_rid (record)) &&
          touches (set, is_of_kind, psl_record_get_kind (record))) ||
         touches (set, is_target_of_record, record);
}

/**
 * psl_changed_set_touches_rows:
 * @kind: a kind
 *
 * Returns: whether rows of lists may show something else of records of the kind now
 */
gboolean
psl_changed_set_touches_rows (const PslChangedSet *set,
                              const PslKind       *kind)
{
  g_return_val_if_fail (set != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  return touches (set, is_listed, kind) || touches (set, is_target_of_kind, kind);
}
