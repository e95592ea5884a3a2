/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-error.h"
#include "psl-kind-entry.h"
#include "psl-kinds.h"
#include "psl-store-private.h"

/* An action, in the order that read_action() expects. Of a record that went, the
 * change of its state comes before those of the records that had links to it; of an
 * edit, the value before the record that was made for it to lead to. */
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

/* How many records of a kind an action led from which state to which; without states,
 * those of which it only changed values. */
#define EFFECTS \
  "SELECT s.old, s.new, count(DISTINCT c.rid) FROM change AS c JOIN record AS r USING (rid)" \
  " LEFT JOIN change AS s ON s.rid = c.rid AND s.action = c.action AND s.field = '$state'" \
  " WHERE c.action = ?1 AND r.kind = ?2 GROUP BY s.old, s.new ORDER BY s.old IS NULL, s.old, s.new"

static const char *const verbs[] = {
  [PSL_VERB_CREATE] = "create",
  [PSL_VERB_EDIT] = "edit",
  [PSL_VERB_TRASH] = "trash",
  [PSL_VERB_RESTORE] = "restore",
  [PSL_VERB_REMOVE] = "remove",
  [PSL_VERB_DUPLICATE] = "duplicate",
  [PSL_VERB_IMPORT] = "import",
  [PSL_VERB_REVERT] = "revert",
  [PSL_VERB_UNDO] = "undo",
  [PSL_VERB_REDO] = "redo",
};

/* A verb that only a newer program knows is read as an edit. */
static PslVerb
parse_verb (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (verbs); i++)
    {
      if (strcmp (verbs[i], name) == 0)
        return (PslVerb) i;
    }
  return PSL_VERB_EDIT;
}

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
  action->verb = parse_verb (psl_statement_get_text (statement, 3));
  action->kind = kind != NULL ? psl_kind_find (kind) : NULL;
  action->field = field != NULL && action->kind != NULL ? psl_field_find_stored (action->kind, field) : NULL;
  action->subject = g_strdup (psl_statement_get_text (statement, 6));
  action->records = psl_statement_get_int64 (statement, 7);
  action->rid = psl_statement_get_int64 (statement, 8);
  action->undone = psl_statement_get_int64 (statement, 9) != 0;
  action->target = psl_statement_get_int64 (statement, 10);
  action->target_verb = parse_verb (psl_statement_get_text (statement, 11));
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
  g_autoptr (GError) local_error = NULL;

  *action = NULL;
  if (statement == NULL)
    return FALSE;
  if (argument != 0)
    psl_statement_bind_int64 (statement, 1, argument);
  if (psl_statement_step (statement, &local_error))
    *action = read_action (statement);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
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
  g_autoptr (GError) local_error = NULL;

  *at = 0;
  statement = psl_db_prepare (self->db, "SELECT ifnull (received, at) FROM action WHERE action <= ? ORDER BY action DESC LIMIT 1", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  if (psl_statement_step (statement, &local_error))
    *at = psl_statement_get_int64 (statement, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
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
  g_autoptr (GError) local_error = NULL;

  statement = psl_db_prepare (self->db, "SELECT rid FROM record WHERE kind = ? AND changed > ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, kind->name);
  psl_statement_bind_int64 (statement, 2, at);
  while (psl_statement_step (statement, &local_error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);

      g_array_append_val (rids, rid);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
is_made (const PslTransaction *transaction,
         gint64                rid)
{
  return rid >= transaction->first_rid;
}

/* @owner: (out): the record that @rid belongs to; 0 where it is no part. */
static gboolean
read_owner (PslStore       *self,
            const PslPlan  *plan,
            gint64          rid,
            gint64         *owner,
            GError        **error)
{
  PslRecordHead head;

  *owner = 0;
  if (!psl_kind_is_part (plan->kind))
    return TRUE;
  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  *owner = head.owner;
  return TRUE;
}

static void
forget_subject (PslTransaction *transaction)
{
  transaction->subject_rid = 0;
  transaction->kind = NULL;
  transaction->several_kinds = FALSE;
  transaction->field = NULL;
  transaction->several_fields = FALSE;
}

/* Notes what the action is about: for a removal, the records removed; for an edit, the
 * records edited, and not those that it makes for links to lead to. */
static gboolean
note_subject (PslStore        *self,
              const PslPlan   *plan,
              gint64           rid,
              const PslField  *field,
              GError         **error)
{
  PslTransaction *transaction = self->transaction;
  g_autoptr (GError) local_error = NULL;
  gint64 owner;

  if (transaction->is_receipt)
    return TRUE;
  if (!read_owner (self, plan, rid, &owner, error))
    return FALSE;
  /* An action that makes a record with its parts is about that record. */
  if (is_made (transaction, owner) || (transaction->verb == PSL_VERB_REMOVE && field != NULL))
    return TRUE;
  if (transaction->verb == PSL_VERB_EDIT && transaction->subject_rid != 0 &&
      is_made (transaction, rid) != is_made (transaction, transaction->subject_rid))
    {
      if (is_made (transaction, rid))
        return TRUE;
      forget_subject (transaction);
    }

  transaction->several_kinds |= transaction->kind != NULL && transaction->kind != plan->kind;
  transaction->kind = plan->kind;
  transaction->several_fields |= transaction->subject_rid != 0 && transaction->field != field;
  transaction->field = field;
  if (transaction->subject_rid != 0)
    return TRUE;

  transaction->subject_rid = rid;
  if (transaction->subject != NULL || is_made (transaction, rid))
    return TRUE;
  transaction->subject = psl_store_dup_title (self, plan, rid, &local_error);
  transaction->own_subject = transaction->subject != NULL;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A cell that has come back to what it was before the action is no change. */
static gboolean
drop_if_unchanged (PslStore    *self,
                   gint64       rid,
                   const char  *field,
                   const char  *language,
                   GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db,
                              "DELETE FROM change WHERE rid = ? AND action = ? AND field = ? AND language = ?"
                              " AND old IS new", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_int64 (statement, 2, self->transaction->id);
  psl_statement_bind_text (statement, 3, field);
  psl_statement_bind_text (statement, 4, language);
  return psl_statement_run (statement, error);
}

/**
 * psl_store_compare_rids:
 * @a, @b: pointers to rids
 *
 * Returns: which is the smaller, as a GCompareFunc does
 */
int
psl_store_compare_rids (gconstpointer a,
                        gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/**
 * psl_verb_get_name:
 *
 * Returns: (transfer none): what the journal calls a verb
 */
const char *
psl_verb_get_name (PslVerb verb)
{
  g_return_val_if_fail (verb < G_N_ELEMENTS (verbs), NULL);

  return verbs[verb];
}

/**
 * psl_record_state_get_name:
 *
 * Returns: (transfer none): what the journal calls a state
 */
const char *
psl_record_state_get_name (PslRecordState state)
{
  switch (state)
    {
    case PSL_RECORD_GONE:
      return "gone";
    case PSL_RECORD_TRASHED:
      return "trashed";
    case PSL_RECORD_LIVE:
    default:
      return "live";
    }
}

/**
 * psl_record_state_parse:
 * @name: (nullable): what the journal calls a state
 * @state: (out): the state
 *
 * Returns: whether it is one
 */
gboolean
psl_record_state_parse (const char     *name,
                        PslRecordState *state)
{
  for (int i = PSL_RECORD_GONE; i <= PSL_RECORD_TRASHED; i++)
    {
      if (g_strcmp0 (name, psl_record_state_get_name ((PslRecordState) i)) == 0)
        {
          *state = (PslRecordState) i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * psl_journal_get_last:
 * @last: (out): a register's last action; 0 where there was none yet
 */
gboolean
psl_journal_get_last (PslDb   *db,
                      gint64  *last,
                      GError **error)
{
  return psl_db_get_int64 (db, PSL_SELECT_LAST_ACTION, last, error);
}

/**
 * psl_store_touch:
 * @field: (nullable): the field that is about to be changed; %NULL for the state
 *
 * Notes that the action changes a record, before it does.
 */
gboolean
psl_store_touch (PslStore        *self,
                 const PslPlan   *plan,
                 gint64           rid,
                 const PslField  *field,
                 GError         **error)
{
  PslTouched *touched;
  gint64 owner;

  self->transaction->changed_existing |= !is_made (self->transaction, rid);
  if (!read_owner (self, plan, rid, &owner, error) ||
      !psl_store_touch_owners (self, plan->kind, owner, error))
    return FALSE;

  /* Nothing follows a change of state; undoing an import changes very many. */
  if (field == NULL)
    return note_subject (self, plan, rid, field, error);

  touched = g_hash_table_lookup (self->transaction->touched, &rid);
  if (touched == NULL)
    {
      touched = g_new0 (PslTouched, 1);
      touched->rid = rid;
      g_hash_table_insert (self->transaction->touched, &touched->rid, touched);
    }
  touched->flags |= psl_store_get_followers (plan, field);
  return note_subject (self, plan, rid, field, error);
}

/* Reads what a change of a field is made upon, and calls the record by its UUID. */
#define SELECT_BASE \
  "SELECT r.id, b.action, o.id, b.number FROM record AS r" \
  " LEFT JOIN action AS b ON b.action = (SELECT max (c.action) FROM change AS c WHERE c.rid = ?1 AND c.action < ?2" \
  "  AND ((c.field = ?3 AND c.language = ?4) OR c.content IS NOT NULL))" \
  " LEFT JOIN origin AS o ON o.origin = b.origin WHERE r.rid = ?1"

#define INSERT_CHANGE \
  "INSERT INTO change (rid, action, field, language, old, new, base, content)" \
  " VALUES (?, ?, ?, ?, ?, ?, nullif (?, 0), ?)"

static gboolean
write_change (PslStore               *self,
              const char             *sql,
              gint64                  rid,
              gint64                  action,
              gint64                  base,
              const PslHashedChange  *change,
              GError                **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_int64 (statement, 2, action);
  psl_statement_bind_text (statement, 3, change->field);
  psl_statement_bind_text (statement, 4, change->language);
  psl_statement_bind_text (statement, 5, change->old_value);
  psl_statement_bind_text (statement, 6, change->new_value);
  psl_statement_bind_int64 (statement, 7, base);
  psl_statement_bind_text (statement, 8, change->content);
  return psl_statement_run (statement, error);
}

/* A later change of the same in this action only gives it another new value. */
static gboolean
insert_change (PslStore               *self,
               gint64                  rid,
               gint64                  base,
               const PslHashedChange  *change,
               GError                **error)
{
  return write_change (self, INSERT_CHANGE " ON CONFLICT DO UPDATE SET new = excluded.new", rid,
                       self->transaction->id, base, change, error);
}

/**
 * psl_store_insert_received_change:
 * @action: the number that this register gave an action of another one
 * @base: the action that the change was made upon, or 0
 *
 * Writes a change into the journal as it came. An action has one change of a value.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_insert_received_change (PslStore               *self,
                                  gint64                  rid,
                                  gint64                  action,
                                  gint64                  base,
                                  const PslHashedChange  *change,
                                  GError                **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (change != NULL, FALSE);

  return write_change (self, INSERT_CHANGE, rid, action, base, change, error);
}

/* Writes a change of a record that was there before the action. */
static gboolean
journal_change (PslStore         *self,
                gint64            rid,
                PslHashedChange  *change,
                GError          **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_BASE, error);
  g_autoptr (GError) local_error = NULL;
  gint64 base = 0;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_int64 (statement, 2, self->transaction->id);
  psl_statement_bind_text (statement, 3, change->field);
  psl_statement_bind_text (statement, 4, change->language);
  if (psl_statement_step (statement, &local_error))
    {
      change->record = psl_statement_get_text (statement, 0);
      base = psl_statement_get_int64 (statement, 1);
      change->base_origin = psl_statement_get_text (statement, 2);
      change->base_number = psl_statement_get_int64 (statement, 3);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!insert_change (self, rid, base, change, error))
    return FALSE;

  /* A later change may be of the same cell. */
  if (self->transaction->n_journalled++ == 0)
    {
      psl_chain_add_change (self, change);
      return TRUE;
    }
  self->transaction->is_rewritten = TRUE;
  return drop_if_unchanged (self, rid, change->field, change->language, error);
}

/* Puts a value into those that the action at hand makes a record with. */
static gboolean
journal_made_value (PslStore        *self,
                    gint64           rid,
                    const PslField  *field,
                    const char      *language,
                    const char      *value,
                    GError         **error)
{
  g_autofree char *patch = psl_journal_content_new_patch (field, language, value);
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db,
                              "UPDATE change SET content = json_patch (content, ?)"
                              " WHERE rid = ? AND action = ? AND field = '$state' AND language = ''", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, patch);
  psl_statement_bind_int64 (statement, 2, rid);
  psl_statement_bind_int64 (statement, 3, self->transaction->id);
  self->transaction->is_rewritten = TRUE;
  return psl_statement_run (statement, error);
}

/**
 * psl_store_journal:
 * @field: (nullable): the field that was changed; %NULL for the state
 * @language: (nullable): for a multilingual field
 *
 * Writes a change down. Of a record that the action makes, the value becomes one of those
 * that it is made with: see psl_store_journal_made().
 */
gboolean
psl_store_journal (PslStore        *self,
                   const PslPlan   *plan,
                   gint64           rid,
                   const PslField  *field,
                   const char      *language,
                   const char      *old_value,
                   const char      *new_value,
                   GError         **error)
{
  PslHashedChange change = {
    .field = field != NULL ? field->name : PSL_FIELD_STATE,
    .language = language != NULL ? language : "",
    .old_value = old_value,
    .new_value = new_value,
  };

  if (plan->kind == &psl_kind_entry)
    self->transaction->has_entries = TRUE;
  if (self->transaction->is_receipt)
    return TRUE;
  if (!is_made (self->transaction, rid))
    return journal_change (self, rid, &change, error);
  if (!note_subject (self, plan, rid, field, error))
    return FALSE;
  if (field != NULL)
    return journal_made_value (self, rid, field, language, new_value, error);
  self->transaction->is_rewritten = TRUE;
  return insert_change (self, rid, 0, &change, error);
}

/**
 * psl_store_journal_made:
 * @id: the UUID of a record that the action has made
 * @content: see psl_journal_content_new()
 *
 * Writes down that a record was made, and with which values: one row, which undoing the
 * action takes back with all of them.
 */
gboolean
psl_store_journal_made (PslStore       *self,
                        const PslPlan  *plan,
                        gint64          rid,
                        const char     *id,
                        const char     *content,
                        GError        **error)
{
  PslHashedChange change = {
    .record = id,
    .field = PSL_FIELD_STATE,
    .language = "",
    .old_value = psl_record_state_get_name (PSL_RECORD_GONE),
    .new_value = psl_record_state_get_name (PSL_RECORD_LIVE),
    .content = content,
  };

  if (plan->kind == &psl_kind_entry)
    self->transaction->has_entries = TRUE;
  if (!note_subject (self, plan, rid, NULL, error) || !insert_change (self, rid, 0, &change, error))
    return FALSE;
  psl_chain_add_change (self, &change);
  return TRUE;
}

static gboolean
append_effects (PslStore       *self,
                gint64          action,
                const PslKind  *kind,
                GArray         *effects,
                GError        **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, EFFECTS, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  psl_statement_bind_text (statement, 2, kind->name);
  while (psl_statement_step (statement, &local_error))
    {
      PslEffect effect = { .kind = kind, .records = psl_statement_get_int64 (statement, 2) };

      if (!psl_record_state_parse (psl_statement_get_text (statement, 0), &effect.old_state) ||
          !psl_record_state_parse (psl_statement_get_text (statement, 1), &effect.new_state))
        effect.old_state = effect.new_state = PSL_RECORD_LIVE;
      g_array_append_val (effects, effect);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
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
 * Returns: (transfer full): the action that psl_store_undo() undoes, or %NULL with
 *   %PSL_REGISTER_ERROR_NOTHING where there is none
 */
PslAction *
psl_store_next_undo (PslStore  *self,
                     GError   **error)
{
  PslAction *action;

  g_return_val_if_fail (self != NULL, NULL);

  if (!read_one_action (self, SELECT_ACTION "WHERE a.undone_by IS NULL AND " ORDINARY " ORDER BY a.action DESC LIMIT 1",
                        0, &action, error))
    return NULL;
  if (action == NULL)
    g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING, _("There is nothing to undo."));
  return action;
}

/**
 * psl_store_next_redo:
 *
 * Returns: (transfer full): the action that psl_store_redo() does again: the one
 *   undone last, unless something else has been done since. %NULL with
 *   %PSL_REGISTER_ERROR_NOTHING where there is none
 */
PslAction *
psl_store_next_redo (PslStore  *self,
                     GError   **error)
{
  PslAction *action;

  g_return_val_if_fail (self != NULL, NULL);

  if (!read_one_action (self,
                        SELECT_ACTION "WHERE a.action = (SELECT action FROM action"
                        "   WHERE undone_by IS NOT NULL ORDER BY undone_by DESC LIMIT 1)"
                        " AND a.undone_by > (SELECT a.action FROM action AS a WHERE " ORDINARY
                        "   ORDER BY a.action DESC LIMIT 1)",
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
 * Returns: (transfer full) (element-type PslAction): what was done to the register,
 *   the newest first, without undoing and redoing: an action says whether it is
 *   undone; or %NULL
 */
GPtrArray *
psl_store_list_actions (PslStore  *self,
                        gint64     before,
                        guint      limit,
                        GError   **error)
{
  g_autoptr (GPtrArray) actions = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_action_free);
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = psl_db_prepare (self->db, SELECT_ACTION "WHERE a.action < ? AND " ORDINARY " ORDER BY a.action DESC LIMIT ?",
                              error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, before > 0 ? before : G_MAXINT64);
  psl_statement_bind_int64 (statement, 2, limit);
  while (psl_statement_step (statement, &local_error))
    g_ptr_array_add (actions, read_action (statement));
  if (local_error == NULL)
    return g_steal_pointer (&actions);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * psl_store_get_effects:
 * @action: an action's number
 *
 * Returns: (transfer full) (element-type PslEffect): what the action did to how many
 *   records, in the order of kinds; or %NULL
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

/* What a part is called in the history of its owner: “Function “Coordination””. */
static char *
dup_part_name (PslStore  *self,
               gint64     rid,
               GError   **error)
{
  g_autoptr (PslRecord) part = psl_store_read (self, rid, error);
  g_autofree char *title = NULL;

  if (part == NULL)
    return NULL;
  title = psl_record_dup_title (part, self->language);
  /* Translators: a kind of record and what this one is called, as in “Function “Coordination””. */
  return g_strdup_printf (_("%s “%s”"), psl_kind_get_label (psl_record_get_kind (part)), title);
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

/* Of a record and its parts. Parts that were made with their owner are not named by
 * themselves. */
#define SELECT_HISTORY \
  "WITH RECURSIVE part (rid) AS (VALUES (?1) UNION SELECT p.rid FROM part JOIN record AS p ON p.owner = part.rid)" \
  " SELECT " ACTION ", c.field, c.language, c.old, c.new, c.rid, r.kind" \
  " FROM part CROSS JOIN change AS c ON c.rid = part.rid CROSS JOIN record AS r ON r.rid = c.rid" \
  " JOIN action AS a ON a.action = c.action LEFT JOIN action AS t ON t.action = a.target" \
  " WHERE c.field <> '" PSL_FIELD_POSITION "' AND (c.rid = ?1 OR c.field <> '$state' OR c.old <> 'gone'" \
  "  OR NOT EXISTS (SELECT 1 FROM change WHERE rid = ?1 AND action = c.action AND field = '$state'))" \
  " ORDER BY c.action DESC, c.rid, c.field, c.language"

/**
 * psl_store_history:
 * @rid: a record's number
 *
 * Returns: (transfer full) (element-type PslChange): what was changed in the record and its
 *   parts, the newest first, each with its action, but for moves among other parts; or
 *   %NULL
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
 * Returns: a number that grows with every change to the register, by whichever
 *   process: that of the last action; 0 where there was none yet, -1 where it
 *   can't be read
 */
gint64
psl_store_last_action (PslStore *self)
{
  gint64 last;

  g_return_val_if_fail (self != NULL, -1);

  return psl_journal_get_last (self->db, &last, NULL) ? last : -1;
}

/**
 * psl_store_changed_since:
 * @action: what psl_store_last_action() gave at some time
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
