/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-kinds.h"
#include "psl-remark.h"
#include "psl-store-private.h"
#include "psl-transaction.h"
#include "psl-travel.h"

/* Of a remark r, which has its values in k: whether an import left it, and nobody has decided. */
#define IS_OPEN \
  "r.state = 0 AND (k.\"" PSL_REMARK_VALUE "\" IS NOT NULL OR k.\"" PSL_REMARK_SOURCE "\" IS NOT NULL)"

/* The open remarks on a field (?2) of a record (?1), with a value (?3) or with any. */
#define SELECT_ON_FIELD \
  "SELECT r.rid FROM record AS r CROSS JOIN \"%s\" AS k ON k.rid = r.rid" \
  " WHERE r.owner = ?1 AND k.\"" PSL_REMARK_ABOUT "\" = ?2" \
  " AND (?3 IS NULL OR k.\"" PSL_REMARK_VALUE "\" = ?3) AND " IS_OPEN " ORDER BY r.rid"

/* All of them, and those of a record (?1) and its parts. */
#define SELECT_FIELDS \
  "SELECT r.owner, k.\"" PSL_REMARK_ABOUT "\", k.\"" PSL_REMARK_VALUE "\" FROM "
#define FROM_ALL "\"%s\" AS k CROSS JOIN record AS r ON r.rid = k.rid WHERE "
#define FROM_RECORD \
  "record AS r CROSS JOIN \"%s\" AS k ON k.rid = r.rid" \
  " WHERE r.owner IN (" PSL_STORE_WITH_PARTS ("?1") " SELECT rid FROM whole) AND "

/* Whether what the remark is on is not in the trash, nor what that is a part of. */
#define IN_USE \
  " AND NOT EXISTS (" PSL_STORE_WITH_OWNERS ("r.owner") \
  "  SELECT 1 FROM up CROSS JOIN record AS u USING (rid) WHERE u.state <> 0)" \
  " ORDER BY r.owner, k.\"" PSL_REMARK_ABOUT "\", r.rid"

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

/* Stores the action where all of it could be done, and gives it up otherwise. Returns its number,
 * or 0. */
static gint64
finish (PslStore  *self,
        gboolean   is_done,
        GError   **error)
{
  gint64 action = 0;

  if (is_done)
    action = psl_store_commit (self, error);
  else
    psl_store_rollback (self);
  return MAX (action, 0);
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

  g_return_val_if_fail (self != NULL, 0);

  remark = psl_store_read (self, rid, error);
  if (remark == NULL || !psl_store_read_head (self, rid, &head, error) ||
      !psl_store_begin (self, take ? PSL_VERB_EDIT : PSL_VERB_DECIDE, NULL, error))
    return 0;
  return finish (self, (!take || take_value (self, remark, head.owner, error)) &&
                       psl_store_set_state (self, rid, PSL_RECORD_TRASHED, error), error);
}

/* The open remarks on a field.
 * @value: (nullable): only those with this value of a file */
static GArray *
read_open (PslStore        *self,
           gint64           rid,
           const PslField  *field,
           const char      *language,
           const char      *value,
           GError         **error)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *about = psl_field_dup_text_name (field, language);
  g_autofree char *sql = NULL;
  g_autoptr (PslStatement) statement = NULL;
  PslRecordHead head;

  if (!psl_store_read_head (self, rid, &head, error))
    return NULL;
  if (head.plan->kind->remarks == NULL)
    return g_steal_pointer (&rids);
  sql = g_strdup_printf (SELECT_ON_FIELD, head.plan->kind->remarks->target->name);
  statement = psl_db_prepare (self->db, sql, error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, about);
  psl_statement_bind_text (statement, 3, value);
  return psl_statement_append_numbers (statement, rids, error) ? g_steal_pointer (&rids) : NULL;
}

static gboolean
trash_all (PslStore  *self,
           GArray    *rids,
           GError   **error)
{
  for (guint i = 0; i < rids->len; i++)
    if (!psl_store_set_state (self, g_array_index (rids, gint64, i), PSL_RECORD_TRASHED, error))
      return FALSE;
  return TRUE;
}

/**
 * psl_store_settle_remarks:
 * @rid: a record
 * @language: (nullable): for a multilingual field
 * @value: the value that the field has got
 *
 * Settles the remarks that imports left on the field with this very value, as part of the
 * action that gave it to the field.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_settle_remarks (PslStore        *self,
                          gint64           rid,
                          const PslField  *field,
                          const char      *language,
                          const char      *value,
                          GError         **error)
{
  g_autoptr (GArray) rids = NULL;
  GError *local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (field != NULL && value != NULL, FALSE);

  rids = read_open (self, rid, field, language, value, &local_error);
  return rids != NULL ? trash_all (self, rids, error) : psl_store_note_failure (self, local_error, error);
}

/* Whether a value is that which the field has. */
static gboolean
is_present (PslStore        *self,
            gint64           rid,
            const PslField  *field,
            const char      *language,
            const char      *value,
            gboolean        *present,
            GError         **error)
{
  g_autofree char *own = NULL;
  g_autofree char *clean = NULL;
  PslRecordHead head;

  if (!psl_store_read_head (self, rid, &head, error) ||
      !psl_store_read_value (self, head.plan, rid, field, language, &own, error) ||
      !psl_store_clean_value (self, field, value, own, &clean, error))
    return FALSE;
  *present = g_strcmp0 (own, clean) == 0;
  return TRUE;
}

/**
 * psl_store_settle_field:
 * @rid: a record
 * @language: (nullable): for a multilingual field
 * @value: (nullable): the value that the field is to have: one of those that imports found, its
 *   own or another one
 *
 * Decides on all that imports left open of a field, in one action: see
 * psl_store_settle_remark().
 *
 * Returns: the action; 0 with %PSL_REGISTER_ERROR_NOTHING where nothing is open, or errors like
 *   those of psl_store_edit()
 */
gint64
psl_store_settle_field (PslStore        *self,
                        gint64           rid,
                        const PslField  *field,
                        const char      *language,
                        const char      *value,
                        GError         **error)
{
  g_autoptr (GArray) rids = NULL;
  gboolean present;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (field != NULL, 0);

  rids = read_open (self, rid, field, language, NULL, error);
  if (rids == NULL)
    return 0;
  if (rids->len == 0)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING,
                           _("There is nothing to decide: neither another register nor an import has another value, or somebody has decided since."));
      return 0;
    }
  if (!is_present (self, rid, field, language, value, &present, error) ||
      !psl_store_begin (self, present ? PSL_VERB_DECIDE : PSL_VERB_EDIT, NULL, error))
    return 0;
  return finish (self, (present || psl_store_set (self, rid, field, language, value, error)) &&
                       trash_all (self, rids, error), error);
}

/* The conflict of a field, which holds the value in the register; NULL with @error set. */
static PslConflict *
new_conflict (PslStore             *self,
              const PslRecordHead  *head,
              gint64                rid,
              const PslField       *field,
              const char           *language,
              GError              **error)
{
  g_autoptr (PslConflict) conflict = g_new0 (PslConflict, 1);
  char *value = NULL;

  conflict->rid = rid;
  conflict->field = field;
  conflict->language = g_strdup (language);
  conflict->is_of_import = TRUE;
  conflict->values = g_ptr_array_new_with_free_func (g_free);
  if (!psl_store_read_value (self, head->plan, rid, field, language, &value, error))
    return NULL;
  g_ptr_array_add (conflict->values, value);
  return g_steal_pointer (&conflict);
}

static void
add_value (PslConflict *conflict,
           const char  *value)
{
  for (guint i = 0; i < conflict->values->len; i++)
    if (g_strcmp0 (g_ptr_array_index (conflict->values, i), value) == 0)
      return;
  g_ptr_array_add (conflict->values, g_strdup (value));
}

/* Adds a remark to the conflict of its field, the last of @conflicts or a new one. */
static gboolean
add_open (PslStore      *self,
          GPtrArray     *conflicts,
          PslStatement  *statement,
          GError       **error)
{
  gint64 rid = psl_statement_get_int64 (statement, 0);
  const char *about = psl_statement_get_text (statement, 1);
  const char *value = psl_statement_get_text (statement, 2);
  PslConflict *last = conflicts->len > 0 ? conflicts->pdata[conflicts->len - 1] : NULL;
  const char *language = NULL;
  const PslField *field;
  PslRecordHead head;

  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  field = about != NULL ? psl_kind_parse_field (head.plan->kind, about, &language) : NULL;
  if (field == NULL)
    return TRUE;
  if (last == NULL || last->rid != rid || last->field != field || g_strcmp0 (last->language, language) != 0)
    {
      last = new_conflict (self, &head, rid, field, language, error);
      if (last == NULL)
        return FALSE;
      g_ptr_array_add (conflicts, last);
    }
  if (value != NULL)
    add_value (last, value);
  return TRUE;
}

/**
 * psl_store_list_import_conflicts:
 * @rid: a record, for those of it and of its parts; 0 for all
 *
 * Returns: (transfer full) (element-type PslConflict): the fields of which imports found another
 *   value that nobody has decided on, but for those of records in the trash; or %NULL with a
 *   %PSL_REGISTER_ERROR
 */
GPtrArray *
psl_store_list_import_conflicts (PslStore  *self,
                                 gint64     rid,
                                 GError   **error)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_conflict_free);

  g_return_val_if_fail (self != NULL, NULL);

  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      g_autofree char *sql = NULL;
      g_autoptr (PslStatement) statement = NULL;

      if (!psl_kind_is_of_any (psl_kinds[i]))
        continue;
      sql = rid != 0 ? g_strdup_printf (SELECT_FIELDS FROM_RECORD IS_OPEN IN_USE, psl_kinds[i]->name)
                     : g_strdup_printf (SELECT_FIELDS FROM_ALL IS_OPEN IN_USE, psl_kinds[i]->name);
      statement = psl_db_prepare (self->db, sql, error);
      if (statement == NULL)
        return NULL;
      if (rid != 0)
        psl_statement_bind_int64 (statement, 1, rid);
      while (psl_statement_step (statement, error))
        if (!add_open (self, conflicts, statement, error))
          return NULL;
      if (psl_statement_has_failed (statement))
        return NULL;
    }
  return g_steal_pointer (&conflicts);
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
