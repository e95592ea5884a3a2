/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-agreed.h"
#include "psl-journal.h"
#include "psl-store-private.h"
#include "psl-transaction.h"

/* Which texts agree with which version of the text in another language. */

/* The texts of a field in all languages, with their marks. */
static PslRecord *
read_texts (PslStore         *self,
            const PslPlan    *plan,
            gint64            rid,
            const PslField   *field,
            GError          **error)
{
  g_autoptr (PslRecord) record = psl_record_new (plan->kind, rid, NULL);
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "SELECT language, text, agreed FROM text WHERE rid = ? AND field = ?", error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field->name);
  while (psl_statement_step (statement, error))
    {
      const char *language = psl_statement_get_text (statement, 0);

      psl_record_set (record, field, language, psl_statement_get_text (statement, 1));
      psl_record_set_agreed (record, field, language, psl_statement_get_text (statement, 2));
    }
  return !psl_statement_has_failed (statement) ? g_steal_pointer (&record) : NULL;
}

/* Whether the new value makes texts in other languages outdated. An edit that goes on with
 * another does not: the first edit has marked them. Nor does undo, which takes the text back
 * to the value that the others agree with, nor making a record with all its texts at once. */
static gboolean
makes_outdated (const PslTransaction *transaction,
                gint64                rid,
                const PslField       *field,
                const char           *old_value,
                const char           *new_value)
{
  return (field->flags & PSL_FIELD_MULTILINGUAL) != 0 && field->type != PSL_FIELD_TYPE_PARTS &&
         old_value != NULL && new_value != NULL && !transaction->is_continued && transaction->target == NULL &&
         !psl_transaction_has_made (transaction, rid);
}

/**
 * psl_store_write_agreed:
 * @agreed: (nullable): the mark of a text that is there, see psl-agreed.c
 */
gboolean
psl_store_write_agreed (PslStore        *self,
                        gint64           rid,
                        const PslField  *field,
                        const char      *language,
                        const char      *agreed,
                        GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "UPDATE text SET agreed = ? WHERE rid = ? AND field = ? AND language = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, agreed);
  psl_statement_bind_int64 (statement, 2, rid);
  psl_statement_bind_text (statement, 3, field->name);
  psl_statement_bind_text (statement, 4, language);
  return psl_statement_run (statement, error);
}

/**
 * psl_store_mark_translations:
 * @language: (nullable): the language of a text that is about to be changed
 * @old_value: (nullable): the text before the change
 * @new_value: (nullable): the text after the change
 *
 * Marks the texts in other languages as agreeing with @old_value. Where the changed text is
 * outdated itself, it is being brought up to date: the others stay as they are.
 */
gboolean
psl_store_mark_translations (PslStore        *self,
                             const PslPlan   *plan,
                             gint64           rid,
                             const PslField  *field,
                             const char      *language,
                             const char      *old_value,
                             const char      *new_value,
                             GError         **error)
{
  g_autoptr (PslRecord) texts = NULL;
  g_autofree const char **languages = NULL;

  if (!makes_outdated (self->transaction, rid, field, old_value, new_value))
    return TRUE;
  texts = read_texts (self, plan, rid, field, error);
  if (texts == NULL)
    return FALSE;
  if (psl_record_get_newer (texts, field, language) != NULL)
    return TRUE;
  languages = psl_record_list_languages (texts, field);
  for (gsize i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *agreed = NULL;

      if (g_str_equal (languages[i], language) || psl_record_get_newer (texts, field, languages[i]) != NULL)
        continue;
      agreed = psl_agreed_renew (psl_record_get_agreed (texts, field, languages[i]),
                                 psl_record_get (texts, field, languages[i]), language, old_value);
      if (agreed != NULL && !psl_store_write_agreed (self, rid, field, languages[i], agreed, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_store_set_confirmed:
 * @confirmed: whether the text is right for the present text in the other language
 *
 * Changes, as part of the action, whether somebody has said of an outdated text that it is
 * still right. The journal has it as a change of the text to itself.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_set_confirmed (PslStore        *self,
                         const PslPlan   *plan,
                         gint64           rid,
                         const PslField  *field,
                         const char      *language,
                         gboolean         confirmed,
                         GError         **error)
{
  g_autoptr (PslRecord) texts = read_texts (self, plan, rid, field, error);
  const char *text;
  const char *present;
  g_autofree char *other = NULL;
  g_autofree char *agreed = NULL;

  if (texts == NULL)
    return FALSE;
  text = psl_record_get (texts, field, language);
  present = psl_record_get_agreed (texts, field, language);
  other = psl_agreed_dup_language (present);
  if (other != NULL && psl_record_get (texts, field, other) != NULL)
    agreed = confirmed ? psl_agreed_confirm (present, psl_record_get (texts, field, other))
                       : psl_agreed_unconfirm (present);
  return psl_store_touch (self, plan, rid, field, error) &&
         (agreed == NULL || psl_store_write_agreed (self, rid, field, language, agreed, error)) &&
         psl_store_journal (self, plan, rid, field, language, text, text, error);
}

static gboolean
confirm (PslStore        *self,
         gint64           rid,
         const PslField  *field,
         const char      *language,
         GError         **error)
{
  g_autoptr (PslRecord) texts = NULL;
  PslRecordHead head;

  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  texts = read_texts (self, head.plan, rid, field, error);
  if (texts == NULL)
    return FALSE;
  return psl_record_get_newer (texts, field, language) == NULL ||
         psl_store_set_confirmed (self, head.plan, rid, field, language, TRUE, error);
}

/**
 * psl_store_confirm_text:
 * @field: a multilingual field of the record's kind
 * @language: the language of a text that is older than another, and right all the same
 *
 * Notes that the text agrees with the other as it is now, as an action of its own. Of a text
 * that is not outdated nothing is noted.
 *
 * Returns: the action's number; 0 where nothing has changed; -1 with
 *   %PSL_REGISTER_ERROR_NOT_FOUND where there is no such record, and as psl_store_commit()
 */
gint64
psl_store_confirm_text (PslStore        *self,
                        gint64           rid,
                        const PslField  *field,
                        const char      *language,
                        GError         **error)
{
  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (field != NULL && language != NULL, -1);

  if (!psl_store_begin (self, PSL_VERB_EDIT, NULL, error))
    return -1;
  if (confirm (self, rid, field, language, error))
    return psl_store_commit (self, error);
  psl_store_rollback (self);
  return -1;
}
