/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-action.h"
#include "psl-error.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-text.h"

/* Reads actions and the changes of a record from the journal. */

/* An action, with the columns that read_action() expects. The record of an edit is one whose
 * value changed rather than one that was made for a link; the record of another action is one
 * whose state changed rather than one that had links to it. */
#define ACTION \
  "a.action, a.at, a.author, a.verb, a.kind, a.field, a.subject, a.records," \
  " iif (a.records = 1, ifnull ((SELECT rid FROM change WHERE action = a.action" \
  " AND (field = '$state') <> (coalesce (t.verb, a.verb) = 'edit') LIMIT 1)," \
  " (SELECT rid FROM change WHERE action = a.action LIMIT 1)), 0)," \
  " a.undone_by IS NOT NULL, a.target, t.verb"
#define ACTION_COLUMNS 12

#define SELECT_ACTION \
  "SELECT " ACTION " FROM action AS a LEFT JOIN action AS t ON t.action = a.target "

/* Undoing and redoing are actions, and not themselves undone. */
#define ORDINARY "a.verb NOT IN ('undo', 'redo')"

/* Actions of other registers are undone only where somebody names them. */
#define MADE_HERE ORDINARY " AND a.received IS NULL"

/* How many records of a kind an action led from which state to which; without states, the
 * records of which it only changed values. */
#define EFFECTS \
  "SELECT s.old, s.new, count(DISTINCT c.rid) FROM change AS c JOIN record AS r USING (rid)" \
  " LEFT JOIN change AS s ON s.rid = c.rid AND s.action = c.action AND s.field = '$state'" \
  " WHERE c.action = ?1 AND r.kind = ?2 GROUP BY s.old, s.new ORDER BY s.old IS NULL, s.old, s.new"

/* Reads an action from the columns of SELECT_ACTION. */
static PslAction *
read_action (PslStatement *statement)
{
  const char *kind = psl_statement_get_text (statement, 4);
  const char *field = psl_statement_get_text (statement, 5);
  PslAction *action = g_new0 (PslAction, 1);

  action->id = psl_statement_get_int64 (statement, 0);
  action->at = psl_statement_get_int64 (statement, 1);
  action->author = g_strdup (psl_statement_get_text (statement, 2));
  action->verb = psl_verb_parse (psl_statement_get_text (statement, 3));
  action->kind = kind != NULL ? psl_kind_find (kind) : NULL;
  action->field = field != NULL && action->kind != NULL ? psl_stored_field_find (action->kind, field) : NULL;
  action->subject = g_strdup (psl_statement_get_text (statement, 6));
  action->records = psl_statement_get_int64 (statement, 7);
  action->rid = psl_statement_get_int64 (statement, 8);
  action->undone = psl_statement_get_int64 (statement, 9) != 0;
  action->target = psl_statement_get_int64 (statement, 10);
  action->target_verb = psl_verb_parse (psl_statement_get_text (statement, 11));
  return action;
}

/* Reads the first action of a query, if there is one. */
static gboolean
read_one_action (PslStore     *self,
                 const char   *sql,
                 gint64        argument,
                 PslAction   **action,
                 GError      **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);

  *action = NULL;
  if (statement == NULL)
    return FALSE;
  if (argument != 0)
    psl_statement_bind_int64 (statement, 1, argument);
  if (psl_statement_step (statement, error))
    *action = read_action (statement);
  return !psl_statement_has_failed (statement);
}

/* The latest of @actions that the journal still has, undone or not as asked for:
 * another process may have undone it, or done it again. */
static gboolean
find_latest (PslStore   *self,
             GArray     *actions,
             gboolean    undone,
             PslAction **action,
             GError    **error)
{
  *action = NULL;
  for (guint i = actions->len; i > 0; i--)
    {
      if (!read_one_action (self, SELECT_ACTION "WHERE a.action = ?", g_array_index (actions, gint64, i - 1),
                            action, error))
        return FALSE;
      if (*action != NULL && (*action)->undone == undone)
        return TRUE;
      g_clear_pointer (action, psl_action_free);
    }
  return TRUE;
}

static PslChange *
read_change (PslStatement  *statement,
             const PslKind *kind)
{
  const char *field = psl_statement_get_text (statement, ACTION_COLUMNS);
  const char *language = psl_statement_get_text (statement, ACTION_COLUMNS + 1);
  PslChange *change = g_new0 (PslChange, 1);

  change->action = read_action (statement);
  change->rid = psl_statement_get_int64 (statement, ACTION_COLUMNS + 4);
  change->field = psl_kind_find_field (kind, field);
  change->language = *language != '\0' ? g_strdup (language) : NULL;
  change->old_value = g_strdup (psl_statement_get_text (statement, ACTION_COLUMNS + 2));
  change->new_value = g_strdup (psl_statement_get_text (statement, ACTION_COLUMNS + 3));
  return change;
}

/* The time after which records changed that are changed since @action. An action
 * may be gone, when later edits of the same session took its place. */
static gboolean
read_time_of_action (PslStore  *self,
                     gint64     action,
                     gint64    *at,
                     GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;

  *at = 0;
  statement = psl_db_prepare (self->db, "SELECT ifnull (received, at) FROM action WHERE action <= ? ORDER BY action DESC LIMIT 1", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  if (psl_statement_step (statement, error))
    *at = psl_statement_get_int64 (statement, 0);
  return !psl_statement_has_failed (statement);
}

/* Appends the records of a kind that were changed after a time. */
static gboolean
append_changed_since (PslStore       *self,
                      const PslKind  *kind,
                      gint64          at,
                      GArray         *rids,
                      GError        **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "SELECT rid FROM record WHERE kind = ? AND changed > ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, kind->name);
  psl_statement_bind_int64 (statement, 2, at);
  return psl_statement_append_numbers (statement, rids, error);
}

static gboolean
append_effects (PslStore       *self,
                gint64          action,
                const PslKind  *kind,
                GArray         *effects,
                GError        **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, EFFECTS, error);

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  psl_statement_bind_text (statement, 2, kind->name);
  while (psl_statement_step (statement, error))
    {
      PslEffect effect = { .kind = kind, .records = psl_statement_get_int64 (statement, 2) };

      if (!psl_record_state_parse (psl_statement_get_text (statement, 0), &effect.old_state) ||
          !psl_record_state_parse (psl_statement_get_text (statement, 1), &effect.new_state))
        effect.old_state = effect.new_state = PSL_RECORD_LIVE;
      g_array_append_val (effects, effect);
    }
  return !psl_statement_has_failed (statement);
}

/**
 * psl_store_get_action:
 * @action: an action's number
 *
 * Returns: (transfer full): the action, or %NULL with
 *   %PSL_REGISTER_ERROR_NOT_FOUND where there is none
 */
PslAction *
psl_store_get_action (PslStore  *self,
                      gint64     action,
                      GError   **error)
{
  PslAction *result;

  g_return_val_if_fail (self != NULL, NULL);

  if (!read_one_action (self, SELECT_ACTION "WHERE a.action = ?", action, &result, error))
    return NULL;
  if (result == NULL)
    g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                         _("There is no such action in this register’s history."));
  return result;
}

/**
 * psl_store_next_undo:
 *
 * Returns: (transfer full): the action that psl_store_undo() undoes, which was made in this
 *   register, or %NULL with %PSL_REGISTER_ERROR_NOTHING where there is none
 */
PslAction *
psl_store_next_undo (PslStore  *self,
                     GError   **error)
{
  PslAction *action;

  g_return_val_if_fail (self != NULL, NULL);

  if (!read_one_action (self, SELECT_ACTION "WHERE a.undone_by IS NULL AND " MADE_HERE " ORDER BY a.action DESC LIMIT 1",
                        0, &action, error))
    return NULL;
  if (action == NULL)
    g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING, _("There is nothing to undo."));
  return action;
}

/**
 * psl_store_next_redo:
 *
 * Returns: (transfer full): the action that psl_store_redo() does again: the one undone last
 *   in this register, unless something else has been done in it since. %NULL with
 *   %PSL_REGISTER_ERROR_NOTHING where there is none
 */
PslAction *
psl_store_next_redo (PslStore  *self,
                     GError   **error)
{
  PslAction *action;

  g_return_val_if_fail (self != NULL, NULL);

  if (!read_one_action (self,
                        SELECT_ACTION "WHERE a.action = (SELECT d.action FROM action AS d"
                        "   WHERE d.undone_by IS NOT NULL AND EXISTS ("
                        "     SELECT 1 FROM action AS u WHERE u.action = d.undone_by AND u.received IS NULL)"
                        "   ORDER BY d.undone_by DESC LIMIT 1)"
                        " AND a.undone_by > ifnull ((SELECT a.action FROM action AS a WHERE " MADE_HERE
                        "   ORDER BY a.action DESC LIMIT 1), 0)",
                        0, &action, error))
    return NULL;
  if (action == NULL)
    g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING, _("There is nothing to redo."));
  return action;
}

/**
 * psl_store_next_own_undo:
 *
 * Returns: (transfer full): the latest action made or done again through this store
 *   since it was opened that is not undone, or %NULL with
 *   %PSL_REGISTER_ERROR_NOTHING where there is none
 */
PslAction *
psl_store_next_own_undo (PslStore  *self,
                         GError   **error)
{
  PslAction *action;

  g_return_val_if_fail (self != NULL, NULL);

  if (!find_latest (self, psl_undo_stack_get_done (self->own), FALSE, &action, error))
    return NULL;
  if (action == NULL)
    g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING, _("There is nothing to undo."));
  return action;
}

/**
 * psl_store_next_own_redo:
 *
 * Returns: (transfer full): the action that was undone last through this store,
 *   unless something else has been done through it since, or %NULL with
 *   %PSL_REGISTER_ERROR_NOTHING where there is none
 */
PslAction *
psl_store_next_own_redo (PslStore  *self,
                         GError   **error)
{
  PslAction *action;

  g_return_val_if_fail (self != NULL, NULL);

  if (!find_latest (self, psl_undo_stack_get_undone (self->own), TRUE, &action, error))
    return NULL;
  if (action == NULL)
    g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING, _("There is nothing to redo."));
  return action;
}

/**
 * psl_store_list_actions:
 * @before: the number of the action to go on from; 0 to begin with the latest
 * @limit: how many to give at most
 *
 * Returns: (transfer full) (element-type PslAction): the actions of the register, the newest
 *   first, without undoing and redoing: an action says whether it is undone; or %NULL
 */
GPtrArray *
psl_store_list_actions (PslStore  *self,
                        gint64     before,
                        guint      limit,
                        GError   **error)
{
  g_autoptr (GPtrArray) actions = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_action_free);
  g_autoptr (PslStatement) statement = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = psl_db_prepare (self->db, SELECT_ACTION "WHERE a.action < ? AND " ORDINARY " ORDER BY a.action DESC LIMIT ?",
                              error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, before > 0 ? before : G_MAXINT64);
  psl_statement_bind_int64 (statement, 2, limit);
  while (psl_statement_step (statement, error))
    g_ptr_array_add (actions, read_action (statement));
  return !psl_statement_has_failed (statement) ? g_steal_pointer (&actions) : NULL;
}

/**
 * psl_store_get_effects:
 * @action: an action's number
 *
 * Returns: (transfer full) (element-type PslEffect): the action's effects and their numbers
 *   of records, in the order of kinds; or %NULL
 */
GArray *
psl_store_get_effects (PslStore  *self,
                       gint64     action,
                       GError   **error)
{
  g_autoptr (GArray) effects = g_array_new (FALSE, FALSE, sizeof (PslEffect));

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    if (!append_effects (self, action, psl_kinds[i], effects, error))
      return NULL;
  return g_steal_pointer (&effects);
}

/* The name of a part in the history of its owner: “Function “Coordination””. */
static char *
dup_part_name (PslStore  *self,
               gint64     rid,
               GError   **error)
{
  g_autoptr (PslRecord) part = psl_store_read (self, rid, error);
  g_autofree char *title = NULL;
  g_autofree char *quoted = NULL;

  if (part == NULL)
    return NULL;
  title = psl_record_dup_title (part, self->codelists, self->language);
  quoted = psl_text_dup_quotable (title);
  /* Translators: a kind of record and what this one is called, as in “Function “Coordination””. */
  return g_strdup_printf (_("%s “%s”"), psl_kind_get_label (psl_record_get_kind (part)), quoted);
}

/* Says of which part each change is. */
static gboolean
name_parts (PslStore   *self,
            gint64      rid,
            GPtrArray  *history,
            GError    **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  for (guint i = 0; i < history->len; i++)
    {
      PslChange *change = g_ptr_array_index (history, i);
      char *name = g_hash_table_lookup (names, &change->rid);

      if (change->rid == rid)
        continue;
      if (name == NULL)
        {
          name = dup_part_name (self, change->rid, error);
          if (name == NULL)
            return FALSE;
          g_hash_table_insert (names, &change->rid, name);
        }
      change->part = g_strdup (name);
    }
  return TRUE;
}

/* The history of a record and its parts. Parts that were made with the record, or went with it,
 * are not named by themselves. */
#define SELECT_HISTORY \
  PSL_STORE_WITH_PARTS ("?1") \
  " SELECT " ACTION ", c.field, c.language, c.old, c.new, c.rid, r.kind" \
  " FROM whole CROSS JOIN change AS c USING (rid) CROSS JOIN record AS r USING (rid)" \
  " JOIN action AS a ON a.action = c.action LEFT JOIN action AS t ON t.action = a.target" \
  " WHERE c.field <> '" PSL_FIELD_POSITION "' AND (c.rid = ?1 OR c.field <> '$state'" \
  "  OR NOT EXISTS (SELECT 1 FROM change AS o WHERE o.rid = ?1 AND o.action = c.action AND o.field = '$state'" \
  "   AND (o.old = 'gone' OR o.new = 'gone')))" \
  " ORDER BY c.action DESC, c.rid, c.field, c.language"

/**
 * psl_store_history:
 * @rid: a record's number
 *
 * Returns: (transfer full) (element-type PslChange): the changes of the record and its parts,
 *   the newest first, each with its action, but for moves among other parts; or %NULL
 */
GPtrArray *
psl_store_history (PslStore  *self,
                   gint64     rid,
                   GError   **error)
{
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_change_free);
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  PslRecordHead head;

  g_return_val_if_fail (self != NULL, NULL);

  if (!psl_store_read_head (self, rid, &head, error))
    return NULL;
  statement = psl_db_prepare (self->db, SELECT_HISTORY, error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  while (psl_statement_step (statement, &local_error))
    {
      const PslKind *kind = psl_kind_find (psl_statement_get_text (statement, ACTION_COLUMNS + 5));

      g_ptr_array_add (history, read_change (statement, kind != NULL ? kind : head.plan->kind));
    }
  if (local_error == NULL)
    return name_parts (self, rid, history, error) ? g_steal_pointer (&history) : NULL;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * psl_store_last_action:
 *
 * Returns: the number of the last action, which grows with every change to the register, by
 *   whichever process; 0 where there was none yet, -1 where it can't be read
 */
gint64
psl_store_last_action (PslStore *self)
{
  gint64 last;

  g_return_val_if_fail (self != NULL, -1);

  return psl_action_read_last (self->db, &last, NULL) ? last : -1;
}

/**
 * psl_store_changed_since:
 * @action: a result of psl_store_last_action()
 *
 * Returns: (transfer full) (element-type gint64): the records that have been
 *   made or changed since, perhaps with a few that were changed by that action;
 *   rising; or %NULL
 */
GArray *
psl_store_changed_since (PslStore  *self,
                         gint64     action,
                         GError   **error)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 at;

  g_return_val_if_fail (self != NULL, NULL);

  if (!read_time_of_action (self, action, &at, error))
    return NULL;
  for (guint i = 0; psl_kinds[i] != NULL; i++)
    {
      if (!append_changed_since (self, psl_kinds[i], at, rids, error))
        return NULL;
    }
  g_array_sort (rids, psl_store_compare_rids);
  return g_steal_pointer (&rids);
}
