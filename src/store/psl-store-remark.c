/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-remark.h"
#include "psl-store-private.h"

/**
 * psl_store_read_remarks:
 * @record: a record of the register
 *
 * Returns: (transfer full) (element-type PslRecord): the remarks on the record itself, in
 *   the order in which they were made, but for those in the trash; or %NULL with a
 *   %PSL_REGISTER_ERROR
 */
GPtrArray *
psl_store_read_remarks (PslStore   *self,
                        PslRecord  *record,
                        GError    **error)
{
  const PslKind *kind;
  g_autoptr (PslRecord) owner = NULL;
  GPtrArray *remarks;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (PSL_IS_RECORD (record), NULL);

  kind = psl_record_get_kind (record);
  if (kind->remarks == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  owner = psl_record_new (kind, psl_record_get_rid (record), NULL);
  if (!psl_store_read_parts_of_field (self, owner, kind->remarks, error))
    return NULL;
  remarks = psl_record_get_parts (owner, kind->remarks);
  return remarks != NULL ? g_ptr_array_ref (remarks) : g_ptr_array_new_with_free_func (g_object_unref);
}

/* Gives the field that a remark is about the value that the remark holds. */
static gboolean
take_value (PslStore   *self,
            PslRecord  *remark,
            gint64      owner,
            GError    **error)
{
  const char *value = psl_record_get_by_name (remark, PSL_REMARK_VALUE);
  const PslField *field;
  const char *language;
  PslRecordHead head;

  if (!psl_store_read_head (self, owner, &head, error))
    return FALSE;
  field = psl_remark_find_field (remark, head.plan->kind, &language);
  return field == NULL || value == NULL || psl_store_set (self, owner, field, language, value, error);
}

/**
 * psl_store_settle_remark:
 * @rid: a remark that an import left
 * @take: whether the field is to have the value of the file; otherwise it keeps its own
 *
 * Decides what an import left open: the remark is in the trash then, whose list leaves it
 * out, in an action of its own with the change of the field.
 *
 * Returns: the action; 0 with %PSL_REGISTER_ERROR_INVALID where the field can't hold the
 *   value any more, or another %PSL_REGISTER_ERROR
 */
gint64
psl_store_settle_remark (PslStore  *self,
                         gint64     rid,
                         gboolean   take,
                         GError   **error)
{
  g_autoptr (PslRecord) remark = NULL;
  PslRecordHead head;
  gint64 action = 0;

  g_return_val_if_fail (self != NULL, 0);

  remark = psl_store_read (self, rid, error);
  if (remark == NULL || !psl_store_read_head (self, rid, &head, error) ||
      !psl_store_begin (self, take ? PSL_VERB_EDIT : PSL_VERB_DECIDE, NULL, error))
    return 0;
  if ((!take || take_value (self, remark, head.owner, error)) &&
      psl_store_set_state (self, rid, PSL_RECORD_TRASHED, error))
    action = psl_store_commit (self, error);
  if (action <= 0)
    {
      psl_store_rollback (self);
      return 0;
    }
  return action;
}

/**
 * psl_store_is_settled:
 * @rid: a record that is in the trash
 * @is_settled: (out): whether it is a remark that went there by the decision about the
 *   conflict of an import, see psl_store_settle_remark()
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_is_settled (PslStore  *self,
                      gint64     rid,
                      gboolean  *is_settled,
                      GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;
  PslRecordHead head;

  *is_settled = FALSE;
  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  statement = psl_db_prepare (self->db, "SELECT " PSL_STORE_WENT_BY_DECISION " FROM record AS r WHERE r.rid = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  if (psl_statement_step (statement, error))
    *is_settled = psl_kind_is_of_any (head.plan->kind) && psl_statement_get_int64 (statement, 0);
  return !psl_statement_has_failed (statement);
}

/**
 * psl_store_read_last_edit:
 * @rid: a record
 * @language: (nullable): for a multilingual field
 * @author: (out) (nullable) (transfer full): who gave the field its value, where known
 * @at: (out): when, in microseconds since 1970
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_read_last_edit (PslStore        *self,
                          gint64           rid,
                          const PslField  *field,
                          const char      *language,
                          char           **author,
                          gint64          *at,
                          GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  *author = NULL;
  *at = 0;
  /* The action that made the record gave it every value that no later action has changed. */
  statement = psl_db_prepare (self->db,
                              "SELECT nullif (a.author, ''), a.at FROM change AS c JOIN action AS a USING (action)"
                              " WHERE c.rid = ?1 AND ((c.field = ?2 AND c.language = ?3)"
                              "  OR (c.field = '$state' AND c.old = 'gone'))"
                              " ORDER BY c.action DESC LIMIT 1", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field->name);
  psl_statement_bind_text (statement, 3, language != NULL ? language : "");
  if (psl_statement_step (statement, error))
    {
      *author = g_strdup (psl_statement_get_text (statement, 0));
      *at = psl_statement_get_int64 (statement, 1);
    }
  return !psl_statement_has_failed (statement);
}

/**
 * psl_store_has_remark:
 * @remark: a remark with its owner, what it is about and the value of a file
 * @has: (out): whether the record @owner has such a one already, or had it and somebody
 *   moved it to the trash
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_has_remark (PslStore   *self,
                      PslRecord  *remark,
                      gint64      owner,
                      gboolean   *has,
                      GError    **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (PslStatement) statement = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (PSL_IS_RECORD (remark), FALSE);

  sql = g_strdup_printf ("SELECT 1 FROM record AS r CROSS JOIN \"%s\" AS k ON k.rid = r.rid"
                         " WHERE r.owner = ? AND r.state <> -1 AND k.\"%s\" IS ? AND k.\"%s\" IS ? LIMIT 1",
                         psl_record_get_kind (remark)->name, PSL_REMARK_ABOUT, PSL_REMARK_VALUE);
  statement = psl_db_prepare (self->db, sql, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, owner);
  psl_statement_bind_text (statement, 2, psl_record_get_by_name (remark, PSL_REMARK_ABOUT));
  psl_statement_bind_text (statement, 3, psl_record_get_by_name (remark, PSL_REMARK_VALUE));
  *has = psl_statement_step (statement, error);
  return !psl_statement_has_failed (statement);
}
