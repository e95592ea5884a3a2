/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-transaction.h"

#include <glib/gi18n-lib.h>

#include "psl-action.h"
#include "psl-chain.h"
#include "psl-clock.h"
#include "psl-error.h"
#include "psl-store-private.h"

static void
transaction_free (PslTransaction *self)
{
  g_clear_pointer (&self->saved, transaction_free);
  g_free (self->subject);
  psl_action_free (self->target);
  g_hash_table_unref (self->touched);
  g_byte_array_unref (self->hashes);
  g_free (self->seen);
  g_clear_error (&self->failure);
  g_clear_pointer (&self->codelists, psl_codelists_unref);
  g_free (self);
}

static GHashTable *
touched_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
}

static PslTransaction *
transaction_copy (const PslTransaction *self)
{
  PslTransaction *copy = g_memdup2 (self, sizeof *self);
  GHashTableIter iter;
  gpointer value;

  copy->subject = g_strdup (self->subject);
  copy->codelists = NULL;
  copy->seen = g_strdup (self->seen);
  copy->hashes = g_byte_array_ref (self->hashes);
  copy->n_saved_hashes = self->hashes->len;
  copy->touched = touched_new ();
  g_hash_table_iter_init (&iter, self->touched);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      PslTouched *touched = g_memdup2 (value, sizeof *touched);

      g_hash_table_insert (copy->touched, &touched->rid, touched);
    }
  return copy;
}

/* The last numbers that an action and a record had, the time of the last action, the end of
 * the register's chain, and the last actions of other registers that its chain does not
 * mention yet. */
#define SELECT_PLACE \
  "SELECT (" PSL_SELECT_LAST_ACTION "), (SELECT max (rid) FROM record)," \
  " (SELECT ifnull (received, at) FROM action ORDER BY action DESC LIMIT 1)," \
  " o.origin, o.id, o.number, o.clock, o.hash," \
  " (SELECT nullif (json_group_object (id, number), '{}') FROM origin WHERE own IS NULL AND number > seen)" \
  " FROM origin AS o WHERE o.own"

/* Gives the action a number that no action has had, its place in the register's chain, and a
 * time later than that of all actions before it, even where the clock has been set back. */
static gboolean
place_action (PslStore        *self,
              PslTransaction  *transaction,
              GError         **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_PLACE, error);
  g_autoptr (GError) local_error = NULL;
  gint64 now = self->clock ();
  gint64 last_at;

  if (statement == NULL)
    return FALSE;
  if (!psl_statement_step (statement, &local_error))
    {
      if (local_error == NULL)
        psl_db_set_error (self->db, SQLITE_CORRUPT, &local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  last_at = psl_statement_get_int64 (statement, 2);
  transaction->id = psl_statement_get_int64 (statement, 0) + 1;
  transaction->at = MAX (now, last_at < G_MAXINT64 ? last_at + 1 : last_at);
  transaction->first_rid = psl_statement_get_int64 (statement, 1) + 1;
  transaction->origin = psl_statement_get_int64 (statement, 3);
  g_strlcpy (transaction->origin_id, psl_statement_get_text (statement, 4), sizeof transaction->origin_id);
  transaction->previous = psl_statement_get_int64 (statement, 5);
  transaction->clock = psl_clock_advance (psl_statement_get_int64 (statement, 6), now);
  transaction->has_before = psl_chain_get_hash (statement, 7, transaction->before);
  transaction->seen = g_strdup (psl_statement_get_text (statement, 8));
  return TRUE;
}

static gboolean
insert_action (PslStore              *self,
               const PslTransaction  *transaction,
               guint64                session,
               GError               **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "INSERT INTO action (action, at, author, verb, session, origin) VALUES (?, ?, ?, ?, ?, ?)",
                              error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, transaction->id);
  psl_statement_bind_int64 (statement, 2, transaction->at);
  psl_statement_bind_text (statement, 3, self->author);
  psl_statement_bind_text (statement, 4, psl_verb_get_name (transaction->verb));
  psl_statement_bind_int64 (statement, 5, (gint64) session);
  psl_statement_bind_int64 (statement, 6, transaction->origin);
  return psl_statement_run (statement, error);
}

static PslTransaction *
transaction_alloc (PslVerb      verb,
                   const char  *subject)
{
  PslTransaction *transaction = g_new0 (PslTransaction, 1);

  transaction->verb = verb;
  transaction->subject = g_strdup (subject);
  transaction->touched = touched_new ();
  transaction->hashes = g_byte_array_new ();
  return transaction;
}

static PslTransaction *
transaction_new (PslStore    *self,
                 PslVerb      verb,
                 const char  *subject,
                 guint64      session,
                 GError     **error)
{
  PslTransaction *transaction = transaction_alloc (verb, subject);

  if (place_action (self, transaction, error) && insert_action (self, transaction, session, error))
    return transaction;
  transaction_free (transaction);
  return NULL;
}

/* How many records the action is about in the end: for a removal the records that it removed,
 * without the records that had links to them; for an edit the edited records, without the
 * records that it made for links to lead to. */
static gboolean
count_records (PslStore  *self,
               gint64    *records,
               GError   **error)
{
  PslTransaction *transaction = self->transaction;
  g_autoptr (PslStatement) statement = NULL;

  *records = transaction->target != NULL ? transaction->target->records : transaction->n_created;
  if (transaction->target != NULL)
    return TRUE;
  if (!transaction->changed_existing)
    return TRUE;
  if (transaction->n_journalled == 1 && transaction->n_created == 0)
    {
      *records = 1;
      return TRUE;
    }

  /* The parts of a new record are not counted beside it. */
  statement = psl_db_prepare (self->db,
                              "SELECT ifnull (nullif (count(DISTINCT iif (c.rid < ?3 OR r.owner, c.rid, NULL)), 0),"
                              " count(DISTINCT c.rid))"
                              " FROM change AS c CROSS JOIN record AS r ON r.rid = c.rid"
                              " WHERE c.action = ?1 AND (NOT ?2 OR c.field = '$state') AND ifnull (r.owner, 0) < ?4",
                              error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, transaction->id);
  psl_statement_bind_int64 (statement, 2, transaction->verb == PSL_VERB_REMOVE);
  psl_statement_bind_int64 (statement, 3, transaction->verb == PSL_VERB_EDIT ? transaction->first_rid : G_MAXINT64);
  psl_statement_bind_int64 (statement, 4, transaction->first_rid);
  if (psl_statement_step (statement, error))
    *records = psl_statement_get_int64 (statement, 0);
  return !psl_statement_has_failed (statement);
}

/* Describes the action as the journal has it. */
static PslAction *
make_action (PslStore  *self,
             gint64     records)
{
  const PslTransaction *transaction = self->transaction;
  const PslAction *target = transaction->target;
  PslAction *action = g_new0 (PslAction, 1);

  action->id = transaction->id;
  action->at = transaction->at;
  action->author = g_strdup (self->author);
  action->verb = transaction->verb;
  action->records = records;
  action->rid = records == 1 ? transaction->subject_rid : 0;
  if (target != NULL)
    {
      action->kind = target->kind;
      action->field = target->field;
      action->subject = g_strdup (target->subject);
      action->target = target->id;
      action->target_verb = target->verb;
      return action;
    }
  action->kind = transaction->several_kinds ? NULL : transaction->kind;
  action->field = transaction->several_fields || action->kind == NULL ? NULL : transaction->field;
  action->subject = g_strdup (transaction->subject);
  action->target_verb = PSL_VERB_EDIT;
  return action;
}

static gboolean
complete_action (PslStore         *self,
                 const PslAction  *action,
                 const guint8      hash[PSL_HASH_LENGTH],
                 GError          **error)
{
  const PslTransaction *transaction = self->transaction;
  g_autofree char *id = psl_chain_dup_action_id (transaction->clock, hash);
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db,
                              "UPDATE action SET kind = ?2, field = ?3, subject = ?4, records = ?5, target = nullif (?6, 0),"
                              " id = ?7, number = action, previous = ?8, clock = ?9, seen = ?10, hash = ?11"
                              " WHERE action = ?1",
                              error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action->id);
  psl_statement_bind_text (statement, 2, action->kind != NULL ? action->kind->name : NULL);
  psl_statement_bind_text (statement, 3, action->field != NULL ? action->field->name : NULL);
  psl_statement_bind_text (statement, 4, action->subject);
  psl_statement_bind_int64 (statement, 5, action->records);
  psl_statement_bind_int64 (statement, 6, action->target);
  psl_statement_bind_text (statement, 7, id);
  psl_statement_bind_int64 (statement, 8, transaction->previous);
  psl_statement_bind_int64 (statement, 9, transaction->clock);
  psl_statement_bind_text (statement, 10, transaction->seen);
  psl_statement_bind_blob (statement, 11, hash, PSL_HASH_LENGTH);
  return psl_statement_run (statement, error);
}

/* Notes with which action the register's chain ends. */
static gboolean
write_end (PslStore      *self,
           gint64         number,
           const guint8  *hash,
           GError       **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "UPDATE origin SET number = ?, hash = ?, clock = ? WHERE origin = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, number);
  psl_statement_bind_blob (statement, 2, hash, PSL_HASH_LENGTH);
  psl_statement_bind_int64 (statement, 3, self->transaction->clock);
  psl_statement_bind_int64 (statement, 4, self->transaction->origin);
  return psl_statement_run (statement, error);
}

/* Notes that the action mentions the actions of others; where the action is not stored, that
 * the next one has to. */
static gboolean
write_seen (PslStore  *self,
            gboolean   stored,
            GError   **error)
{
  return self->transaction->seen == NULL ||
         psl_db_exec (self->db, stored ? "UPDATE origin SET seen = number WHERE own IS NULL AND number > seen"
                                       : "UPDATE origin SET seen = 0 WHERE own IS NULL", error);
}

/* Where one record was changed, the action is about that record: its title
 * before the change, or where it had none, the one it has now. */
static gboolean
complete_subject (PslStore  *self,
                  gint64     records,
                  GError   **error)
{
  PslTransaction *transaction = self->transaction;
  g_autoptr (GError) local_error = NULL;
  PslRecordHead head;

  /* An action that undoes or redoes is about the same as its target. */
  if (transaction->target != NULL)
    return TRUE;
  if (transaction->own_subject && records > 1)
    g_clear_pointer (&transaction->subject, g_free);
  else if (transaction->subject == NULL && records == 1 &&
           psl_store_read_head (self, transaction->subject_rid, &head, &local_error))
    transaction->subject = psl_store_dup_title (self, head.plan, transaction->subject_rid, &local_error);

  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Edits of several parts of one record are an edit of that record: people see its rows. */
static gboolean
name_by_whole (PslStore  *self,
               gint64    *records,
               GError   **error)
{
  PslTransaction *transaction = self->transaction;
  const PslKind *kind = transaction->several_kinds ? NULL : transaction->kind;
  PslRecordHead head;

  if (*records == 1 || transaction->verb != PSL_VERB_EDIT || transaction->target != NULL ||
      transaction->several_wholes || (transaction->subject != NULL && !transaction->own_subject))
    return TRUE;
  if (!psl_store_read_head (self, transaction->whole, &head, error))
    return FALSE;

  *records = 1;
  transaction->subject_rid = transaction->whole;
  transaction->kind = head.plan->kind;
  transaction->several_kinds = FALSE;
  transaction->field = kind != NULL ? psl_kind_find_parts (head.plan->kind, kind) : NULL;
  transaction->several_fields = FALSE;
  g_clear_pointer (&transaction->subject, g_free);
  return TRUE;
}

/* Stores the change without the action, whose number is not given again. */
static gboolean
commit_without_action (PslStore  *self,
                       GError   **error)
{
  g_autoptr (PslStatement) remove = psl_db_prepare (self->db, "DELETE FROM action WHERE action = ?", error);
  g_autoptr (PslStatement) note = NULL;

  note = remove != NULL ? psl_db_prepare (self->db, "UPDATE last_action SET action = ?", error) : NULL;
  if (note == NULL)
    return FALSE;
  psl_statement_bind_int64 (remove, 1, self->transaction->id);
  psl_statement_bind_int64 (note, 1, self->transaction->id);
  if (!psl_store_follow_action (self, error) ||
      !psl_statement_run (remove, error) ||
      !psl_statement_run (note, error) ||
      !write_end (self, self->transaction->previous,
                  self->transaction->has_before ? self->transaction->before : NULL, error) ||
      !write_seen (self, FALSE, error) ||
      !psl_db_commit (self->db, error))
    return FALSE;
  psl_undo_stack_note_replaced (self->own, self->transaction->replaced);
  return TRUE;
}

/* Stores the change with the action. */
static gboolean
commit_with_action (PslStore  *self,
                    gint64     records,
                    GError   **error)
{
  g_autoptr (PslAction) action = make_action (self, records);
  guint8 hash[PSL_HASH_LENGTH];

  return psl_chain_finish_action (self, action, hash, error) &&
         complete_action (self, action, hash, error) &&
         write_end (self, action->id, hash, error) &&
         write_seen (self, TRUE, error) &&
         psl_db_commit (self->db, error);
}

/* Remembers the action of this store, for psl_store_next_own_undo(). */
static void
note_own_action (PslStore *self)
{
  const PslTransaction *transaction = self->transaction;

  psl_undo_stack_note_replaced (self->own, transaction->replaced);
  if (transaction->verb == PSL_VERB_UNDO)
    psl_undo_stack_note_undone (self->own, transaction->target->id);
  else if (transaction->verb == PSL_VERB_REDO)
    psl_undo_stack_note_redone (self->own, transaction->target->id);
  else
    psl_undo_stack_note_made (self->own, transaction->id);
}

/* Returns the number of records, or -1. */
static gint64
finish_action (PslStore  *self,
               GError   **error)
{
  gint64 records;

  if (!psl_store_check_action (self, error))
    return -1;
  if (self->transaction->returned)
    return commit_without_action (self, error) ? 0 : -1;
  if (!count_records (self, &records, error))
    return -1;
  if (records == 0)
    return 0;
  if (self->transaction->n_records > 0)
    records = self->transaction->n_records;
  if (!psl_store_follow_action (self, error) ||
      !name_by_whole (self, &records, error) ||
      !complete_subject (self, records, error) ||
      !commit_with_action (self, records, error))
    return -1;
  return records;
}

/**
 * psl_store_begin_action:
 * @verb: the action's verb
 * @subject: (nullable): see psl_store_begin()
 * @session: the editing session it belongs to, or 0
 *
 * Begins a transaction and the action that it makes.
 */
gboolean
psl_store_begin_action (PslStore    *self,
                        PslVerb      verb,
                        const char  *subject,
                        guint64      session,
                        GError     **error)
{
  g_return_val_if_fail (self->transaction == NULL, FALSE);

  g_clear_pointer (&self->sort_languages, g_ptr_array_unref);
  if (!psl_db_begin (self->db, error))
    return FALSE;
  self->transaction = transaction_new (self, verb, subject, session, error);
  if (self->transaction != NULL)
    return TRUE;
  psl_db_rollback (self->db);
  return FALSE;
}

/**
 * psl_store_begin_receipt:
 *
 * Begins a transaction that takes over the actions of other registers, which get numbers from
 * the transaction's own on. It makes none itself.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_begin_receipt (PslStore  *self,
                         GError   **error)
{
  PslTransaction *transaction;

  g_return_val_if_fail (self->transaction == NULL, FALSE);

  if (!psl_db_begin (self->db, error))
    return FALSE;
  transaction = transaction_alloc (PSL_VERB_EDIT, NULL);
  transaction->is_receipt = TRUE;
  self->transaction = transaction;
  if (place_action (self, transaction, error))
    return TRUE;
  psl_store_rollback (self);
  return FALSE;
}

/**
 * psl_store_commit_receipt:
 *
 * Stores the actions that were taken over, with all that follows from them.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR, after which psl_store_rollback() is to be called
 */
gboolean
psl_store_commit_receipt (PslStore  *self,
                          GError   **error)
{
  if (!psl_store_check_action (self, error) || !psl_store_follow_action (self, error) || !psl_db_commit (self->db, error))
    return FALSE;
  g_clear_pointer (&self->transaction, transaction_free);
  return TRUE;
}

/**
 * psl_store_check_action:
 *
 * Returns: whether the action can go on. After a failure that may have left it
 *   half done, or that made SQLite undo the transaction, it can't, nor where it was stopped
 */
gboolean
psl_store_check_action (PslStore  *self,
                        GError   **error)
{
  g_return_val_if_fail (self->transaction != NULL, FALSE);

  if (self->transaction->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (self->transaction->failure));
      return FALSE;
    }
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (psl_db_in_transaction (self->db))
    return TRUE;
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED,
                       _("The change was not stored, because something went wrong before. Try again."));
  return FALSE;
}

/**
 * psl_store_note_failure:
 * @failure: (transfer full): why a part of the action failed
 *
 * Passes @failure on, and lets the action go on only where it says that a value
 * was refused: then nothing of that value has been written.
 *
 * Returns: %FALSE
 */
gboolean
psl_store_note_failure (PslStore  *self,
                        GError    *failure,
                        GError   **error)
{
  if (!g_error_matches (failure, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID) &&
      !g_error_matches (failure, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND) &&
      !g_error_matches (failure, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS) &&
      self->transaction->failure == NULL)
    self->transaction->failure = g_error_copy (failure);

  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * psl_store_begin:
 * @verb: the action's verb
 * @subject: (nullable): its subject, for its sentence: an imported file's name; %NULL for the
 *   title of the record it changes
 *
 * Begins an action: the changes until psl_store_commit() are stored and undone
 * together. Nothing else must be open on this store.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_BUSY where another process has held
 *   the register for too long
 */
gboolean
psl_store_begin (PslStore    *self,
                 PslVerb      verb,
                 const char  *subject,
                 GError     **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (verb != PSL_VERB_UNDO && verb != PSL_VERB_REDO, FALSE);

  return psl_store_begin_action (self, verb, subject, 0, error);
}

/**
 * psl_store_set_n_records:
 * @n_records: how many records the action is about
 *
 * Has the sentence of the action that was begun say this number, where the store would count
 * records that nobody asked for: the remarks that an import leaves.
 */
void
psl_store_set_n_records (PslStore *self,
                         gint64    n_records)
{
  g_return_if_fail (self != NULL && self->transaction != NULL);
  g_return_if_fail (n_records > 0);

  self->transaction->n_records = n_records;
}

/**
 * psl_store_commit:
 *
 * Stores the action with its journal. Whatever it returns, the action is over:
 * where it fails, nothing of it has been stored. Values that were refused with
 * %PSL_REGISTER_ERROR_INVALID or %PSL_REGISTER_ERROR_NOT_FOUND on the way don't
 * keep the others from being stored; after any other failure it fails too.
 *
 * Returns: the action's number; 0 where nothing has changed; -1 with @error set
 */
gint64
psl_store_commit (PslStore  *self,
                  GError   **error)
{
  gint64 action;
  gint64 records;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (self->transaction != NULL, -1);

  psl_progress_begin_stage (self->progress, 1);
  action = self->transaction->id;
  records = finish_action (self, error);
  if (records <= 0)
    {
      psl_store_rollback (self);
      return records;
    }
  note_own_action (self);
  g_clear_pointer (&self->transaction, transaction_free);
  return action;
}

/**
 * psl_store_is_in_action:
 *
 * Returns: whether an action was begun that is neither stored nor given up, also where SQLite
 *   has undone the transaction itself
 */
gboolean
psl_store_is_in_action (PslStore *self)
{
  return self->transaction != NULL || psl_db_in_transaction (self->db);
}

/**
 * psl_store_rollback:
 *
 * Gives the action up: nothing of it is stored.
 */
void
psl_store_rollback (PslStore *self)
{
  g_return_if_fail (self != NULL);

  psl_db_rollback (self->db);
  g_hash_table_remove_all (self->known_words);
  if (self->transaction != NULL && self->transaction->codelists != NULL)
    psl_store_set_codelists (self, self->transaction->codelists);
  g_clear_pointer (&self->transaction, transaction_free);
}

/**
 * psl_store_set_savepoint:
 *
 * Begins a part of an ordinary action that may be given up by itself. One at a time: the
 * search index is written out for it, which takes longer than a record.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_set_savepoint (PslStore  *self,
                         GError   **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->transaction != NULL && self->transaction->target == NULL, FALSE);
  g_return_val_if_fail (self->transaction->saved == NULL, FALSE);

  if (!psl_store_check_action (self, error) || !psl_db_exec (self->db, "SAVEPOINT part", error))
    return FALSE;
  self->transaction->saved = transaction_copy (self->transaction);
  return TRUE;
}

/**
 * psl_store_release_savepoint:
 *
 * Makes the part since psl_store_set_savepoint() one with the action.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_release_savepoint (PslStore  *self,
                             GError   **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->transaction != NULL && self->transaction->saved != NULL, FALSE);

  g_clear_pointer (&self->transaction->saved, transaction_free);
  return psl_store_check_action (self, error) && psl_db_exec (self->db, "RELEASE part", error);
}

/**
 * psl_store_return_to_savepoint:
 *
 * Gives up the part since psl_store_set_savepoint(): the action is as it was then, and goes
 * on. The numbers of records that the part made are given again.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_return_to_savepoint (PslStore  *self,
                               GError   **error)
{
  PslTransaction *saved;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->transaction != NULL && self->transaction->saved != NULL, FALSE);

  if (!psl_store_check_action (self, error) || !psl_db_exec (self->db, "ROLLBACK TO part", error) ||
      !psl_db_exec (self->db, "RELEASE part", error))
    return FALSE;
  saved = g_steal_pointer (&self->transaction->saved);
  transaction_free (self->transaction);
  self->transaction = saved;
  g_byte_array_set_size (saved->hashes, saved->n_saved_hashes);
  g_hash_table_remove_all (self->known_words);
  return TRUE;
}

/**
 * psl_transaction_has_made:
 *
 * Returns: whether the action made the record @rid
 */
gboolean
psl_transaction_has_made (const PslTransaction *self,
                          gint64                rid)
{
  return rid >= self->first_rid;
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
  transaction->owner = 0;
  transaction->whole = 0;
  transaction->several_wholes = FALSE;
}

/* Notes which record the change of @rid is seen in. */
static gboolean
note_whole (PslStore       *self,
            const PslKind  *kind,
            gint64          rid,
            gint64          owner,
            GError        **error)
{
  PslTransaction *transaction = self->transaction;

  if (transaction->several_wholes || (owner != 0 && owner == transaction->owner))
    return TRUE;
  transaction->owner = owner;
  while (psl_kind_is_part (kind))
    {
      rid = owner;
      if (!psl_store_step_up (self, &kind, &owner, error))
        return FALSE;
    }
  transaction->several_wholes = transaction->whole != 0 && transaction->whole != rid;
  transaction->whole = rid;
  return TRUE;
}

/**
 * psl_store_note_subject:
 * @field: (nullable): the field that was changed; %NULL for the state
 *
 * Notes the subject of the action: for a removal, the removed records; for an edit, the
 * edited records, without the records that it makes for links to lead to.
 */
gboolean
psl_store_note_subject (PslStore        *self,
                        const PslPlan   *plan,
                        gint64           rid,
                        const PslField  *field,
                        GError         **error)
{
  PslTransaction *transaction = self->transaction;
  g_autoptr (GError) local_error = NULL;
  gboolean is_made;
  gint64 owner;

  if (transaction->is_receipt)
    return TRUE;
  if (!read_owner (self, plan, rid, &owner, error))
    return FALSE;
  /* An action that makes a record with its parts is about that record. */
  if (psl_transaction_has_made (transaction, owner) || (transaction->verb == PSL_VERB_REMOVE && field != NULL))
    return TRUE;
  /* A new part of a record is an edit of that record. */
  is_made = owner == 0 && psl_transaction_has_made (transaction, rid);
  if (transaction->verb == PSL_VERB_EDIT && transaction->subject_rid != 0 && is_made != transaction->is_of_made)
    {
      if (is_made)
        return TRUE;
      forget_subject (transaction);
    }
  transaction->is_of_made = is_made;
  if (!note_whole (self, plan->kind, rid, owner, error))
    return FALSE;

  transaction->several_kinds |= transaction->kind != NULL && transaction->kind != plan->kind;
  transaction->kind = plan->kind;
  transaction->several_fields |= transaction->subject_rid != 0 && transaction->field != field;
  transaction->field = field;
  if (transaction->subject_rid != 0)
    return TRUE;

  transaction->subject_rid = rid;
  if (transaction->subject != NULL || psl_transaction_has_made (transaction, rid))
    return TRUE;
  transaction->subject = psl_store_dup_title (self, plan, rid, &local_error);
  transaction->own_subject = transaction->subject != NULL;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * psl_store_touch_owners:
 * @kind: the kind of a record that was made or changed
 * @owner: the record that it belongs to; 0 where it is no part
 *
 * Notes that the action changes @owner, and the owners of @owner.
 */
gboolean
psl_store_touch_owners (PslStore       *self,
                        const PslKind  *kind,
                        gint64          owner,
                        GError        **error)
{
  while (psl_kind_is_part (kind))
    {
      g_autoptr (PslStatement) statement = NULL;

      statement = psl_db_prepare (self->db, "UPDATE record SET changed = ?1 WHERE rid = ?2 AND changed < ?1", error);
      if (statement == NULL)
        return FALSE;
      psl_statement_bind_int64 (statement, 1, self->transaction->at);
      psl_statement_bind_int64 (statement, 2, owner);
      if (!psl_statement_run (statement, error) || !psl_store_step_up (self, &kind, &owner, error))
        return FALSE;
    }
  return TRUE;
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

  self->transaction->changed_existing |= !psl_transaction_has_made (self->transaction, rid);
  if (!read_owner (self, plan, rid, &owner, error) ||
      !psl_store_touch_owners (self, plan->kind, owner, error))
    return FALSE;

  /* Nothing follows a change of state; undoing an import changes very many. */
  if (field == NULL)
    return psl_store_note_subject (self, plan, rid, field, error);

  touched = g_hash_table_lookup (self->transaction->touched, &rid);
  if (touched == NULL)
    {
      touched = g_new0 (PslTouched, 1);
      touched->rid = rid;
      g_hash_table_insert (self->transaction->touched, &touched->rid, touched);
    }
  touched->flags |= psl_store_get_followers (plan, field);
  return psl_store_note_subject (self, plan, rid, field, error);
}
