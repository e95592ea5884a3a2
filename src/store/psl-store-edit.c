/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-chain.h"
#include "psl-store-private.h"
#include "psl-transaction.h"

/* The edit that this one continues: the last action before it, by the same person in
 * the same session, of this cell and nothing else, which has not travelled. Then where the
 * chain ended before it. */
#define SELECT_CONTINUED \
  "SELECT a.action, a.subject, c.old, c.base, a.seen, a.previous, p.hash FROM action AS a" \
  " JOIN change AS c ON c.action = a.action JOIN origin AS o ON o.origin = a.origin" \
  " LEFT JOIN action AS p ON p.action = a.previous" \
  " WHERE a.action = (SELECT max (action) FROM action WHERE action < ?6)" \
  " AND a.verb = 'edit' AND a.undone_by IS NULL AND a.records = 1 AND o.own AND a.action > o.sealed" \
  " AND a.session = ?1 AND a.author = ?2 AND c.rid = ?3 AND c.field = ?4 AND c.language = ?5" \
  " AND (SELECT count (*) FROM change WHERE action = a.action) = 1"

typedef struct
{
  gint64 action;
  char *subject;
  char *old_value;
  char *new_value;
  gboolean is_first_title;
  gint64 base;
  char *seen;
  gint64 previous;
  guint8 before[PSL_HASH_LENGTH];
  gboolean has_before;
} Continued;

static void
continued_clear (Continued *continued)
{
  g_free (continued->subject);
  g_free (continued->old_value);
  g_free (continued->new_value);
  g_free (continued->seen);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Continued, continued_clear)

static gboolean
find_continued (PslStore        *self,
                gint64           rid,
                const PslField  *field,
                const char      *language,
                guint64          session,
                Continued       *continued,
                GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;

  if (session == 0)
    return TRUE;
  statement = psl_db_prepare (self->db, SELECT_CONTINUED, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, (gint64) session);
  psl_statement_bind_text (statement, 2, self->author);
  psl_statement_bind_int64 (statement, 3, rid);
  psl_statement_bind_text (statement, 4, field->name);
  psl_statement_bind_text (statement, 5, language != NULL ? language : "");
  psl_statement_bind_int64 (statement, 6, self->transaction->id);
  if (psl_statement_step (statement, error))
    {
      continued->action = psl_statement_get_int64 (statement, 0);
      continued->subject = g_strdup (psl_statement_get_text (statement, 1));
      continued->old_value = g_strdup (psl_statement_get_text (statement, 2));
      continued->base = psl_statement_get_int64 (statement, 3);
      continued->seen = g_strdup (psl_statement_get_text (statement, 4));
      continued->previous = psl_statement_get_int64 (statement, 5);
      continued->has_before = psl_chain_get_hash (statement, 6, continued->before);
    }
  return !psl_statement_has_failed (statement);
}

/* Puts the new edit in the place of the one it continues, in the chain, too. */
static gboolean
replace_continued (PslStore         *self,
                   const Continued  *continued,
                   GError          **error)
{
  PslTransaction *transaction = self->transaction;
  g_autoptr (PslStatement) update = NULL;
  g_autoptr (PslStatement) remove = NULL;

  update = psl_db_prepare (self->db, "UPDATE change SET old = ?, base = nullif (?, 0) WHERE action = ?", error);
  remove = update != NULL ? psl_db_prepare (self->db, "DELETE FROM action WHERE action = ?", error) : NULL;
  if (remove == NULL)
    return FALSE;
  psl_statement_bind_text (update, 1, continued->old_value);
  psl_statement_bind_int64 (update, 2, continued->base);
  psl_statement_bind_int64 (update, 3, transaction->id);
  psl_statement_bind_int64 (remove, 1, continued->action);
  if (!psl_statement_run (update, error) || !psl_statement_run (remove, error))
    return FALSE;

  transaction->replaced = continued->action;
  transaction->previous = continued->previous;
  transaction->has_before = continued->has_before;
  memcpy (transaction->before, continued->before, PSL_HASH_LENGTH);
  transaction->is_rewritten = TRUE;
  if (transaction->seen == NULL)
    transaction->seen = g_strdup (continued->seen);
  /* A title that is being typed for the first time names the action in the end. */
  g_set_str (&transaction->subject, continued->is_first_title ? NULL : continued->subject);
  transaction->own_subject = transaction->subject != NULL;
  transaction->returned = g_strcmp0 (continued->old_value, continued->new_value) == 0;
  return TRUE;
}

static gboolean
edit (PslStore        *self,
      gint64           rid,
      const PslField  *field,
      const char      *language,
      const char      *value,
      guint64          session,
      GError         **error)
{
  g_auto (Continued) continued = { 0 };
  PslRecordHead head;

  if (!find_continued (self, rid, field, language, session, &continued, error))
    return FALSE;
  self->transaction->is_continued = continued.action != 0;
  if (!psl_store_set (self, rid, field, language, value, error))
    return FALSE;

  if (continued.action != 0 && g_hash_table_size (self->transaction->touched) > 0)
    {
      if (!psl_store_read_head (self, rid, &head, error) ||
          !psl_store_read_value (self, head.plan, rid, field, language, &continued.new_value, error))
        return FALSE;
      continued.is_first_title = continued.old_value == NULL && field == psl_kind_get_title (head.plan->kind);
      if (!replace_continued (self, &continued, error))
        return FALSE;
    }
  return psl_store_commit (self, error) >= 0;
}

/**
 * psl_store_edit:
 * @field: a field of the record's kind
 * @language: (nullable): for a multilingual field, a tag of psl_language_parse()
 * @value: (nullable): the value, brought into its canonical form
 * @session: a number for as long as a person stays in one place; 0 for none
 *
 * Changes one value, as an action of its own. Edits of one session that follow
 * each other are one action: typing a title with pauses is undone at once. Where
 * they come back to the value before the first, there is no action at all.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID where the field can't hold the
 *   value, %PSL_REGISTER_ERROR_NOT_FOUND where there is no such record, and as
 *   psl_store_commit()
 */
gboolean
psl_store_edit (PslStore        *self,
                gint64           rid,
                const PslField  *field,
                const char      *language,
                const char      *value,
                guint64          session,
                GError         **error)
{
  g_return_val_if_fail (self != NULL && field != NULL, FALSE);

  if (!psl_store_begin_action (self, PSL_VERB_EDIT, NULL, session, error))
    return FALSE;
  if (edit (self, rid, field, language, value, session, error))
    return TRUE;
  if (self->transaction != NULL)
    psl_store_rollback (self);
  return FALSE;
}

/**
 * psl_store_link_new:
 * @field: a link of the record's kind
 * @target: a record that is not in the register, with its values; see
 *   psl_store_insert()
 *
 * Makes @target and has the link lead to it, as one action, an edit of the record
 * @rid: undoing it takes both back.
 *
 * Returns: (transfer full): the action; %NULL with errors like those of
 *   psl_store_insert() and psl_store_edit(): then nothing has been stored
 */
PslAction *
psl_store_link_new (PslStore        *self,
                    gint64           rid,
                    const PslField  *field,
                    PslRecord       *target,
                    GError         **error)
{
  gint64 action;

  g_return_val_if_fail (self != NULL && field != NULL, NULL);
  g_return_val_if_fail (PSL_IS_RECORD (target), NULL);

  if (!psl_store_begin (self, PSL_VERB_EDIT, NULL, error))
    return NULL;
  if (psl_store_insert (self, target, error) == 0 ||
      !psl_store_set (self, rid, field, NULL, psl_record_get_id (target), error))
    {
      psl_store_rollback (self);
      return NULL;
    }

  action = psl_store_commit (self, error);
  return action > 0 ? psl_store_get_action (self, action, error) : NULL;
}
