/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-journal.h"

#include "psl-action.h"
#include "psl-chain.h"
#include "psl-journal-content.h"
#include "psl-store-private.h"
#include "psl-transaction.h"

/* A cell that has got its value from before the action again is no change. */
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

/* Reads the last change that a change of a field is based on, and the UUID of the record. */
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
  gint64 base = 0;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_int64 (statement, 2, self->transaction->id);
  psl_statement_bind_text (statement, 3, change->field);
  psl_statement_bind_text (statement, 4, change->language);
  if (psl_statement_step (statement, error))
    {
      change->record = psl_statement_get_text (statement, 0);
      base = psl_statement_get_int64 (statement, 1);
      change->base_origin = psl_statement_get_text (statement, 2);
      change->base_number = psl_statement_get_int64 (statement, 3);
    }
  if (psl_statement_has_failed (statement))
    return FALSE;
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

/* Adds a value to the values of a record that the action makes. */
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
 * Writes a change down. Of a record that the action makes, the value is added to the record's
 * first values: see psl_store_journal_made().
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

  self->transaction->has_entries |= plan->kind->is_of_entries;
  if (self->transaction->is_receipt)
    return TRUE;
  if (!psl_transaction_has_made (self->transaction, rid))
    return journal_change (self, rid, &change, error);
  if (!psl_store_note_subject (self, plan, rid, field, error))
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

  self->transaction->has_entries |= plan->kind->is_of_entries;
  if (!psl_store_note_subject (self, plan, rid, NULL, error) || !insert_change (self, rid, 0, &change, error))
    return FALSE;
  psl_chain_add_change (self, &change);
  return TRUE;
}

/**
 * psl_store_write_undone:
 * @action: the number of an action
 * @undo: the number of the action that it is undone by; 0 where it is not undone
 *
 * Notes in the journal whether an action is undone.
 */
gboolean
psl_store_write_undone (PslStore  *self,
                        gint64     action,
                        gint64     undo,
                        GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "UPDATE action SET undone_by = nullif (?, 0) WHERE action = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, undo);
  psl_statement_bind_int64 (statement, 2, action);
  return psl_statement_run (statement, error);
}
