/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-journal.h"
#include "psl-rows.h"
#include "psl-store-private.h"
#include "psl-transaction.h"

/* Says which field a value was refused for. */
static void
prefix_field (const PslField *field,
              GError        **error)
{
  GError *refusal = *error;

  *error = g_error_new (PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                        /* Translators: the name of a field, then what is wrong with its value. */
                        _("%s: %s"), psl_field_get_label (field), refusal->message);
  g_error_free (refusal);
}

/* Rows are replaced as a whole. Where the new ones are refused, the old ones
 * stand again. */
static gboolean
replace_rows (PslStore            *self,
              const PslFieldPlan  *plan,
              gint64               rid,
              const char          *old_value,
              const char          *new_value,
              GError             **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!psl_store_run_for_rid (self, plan->rows_delete, rid, error))
    return FALSE;
  if (psl_store_insert_rows (self, plan, rid, new_value, &local_error))
    return TRUE;
  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID) &&
      (!psl_store_run_for_rid (self, plan->rows_delete, rid, error) ||
       !psl_store_insert_rows (self, plan, rid, old_value, error)))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
write_column (PslStore            *self,
              const PslFieldPlan  *plan,
              gint64               rid,
              const char          *value,
              GError             **error)
{
  g_autoptr (PslStatement) statement = NULL;
  /* Undo may bring the record back after the link to it, and checks the links in the end; so
   * does a transaction that takes over the actions of others. */
  gboolean gone_too = self->transaction->target != NULL || self->transaction->is_receipt;
  gint64 link = 0;

  if (plan->field->type == PSL_FIELD_TYPE_LINK && value != NULL &&
      !psl_store_resolve_link (self, plan->field, value, gone_too, &link, error))
    return FALSE;
  statement = psl_db_prepare (self->db, plan->update, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, psl_stored_field_bind (plan->field, statement, 1, value, link), rid);
  return psl_statement_run (statement, error);
}

/* Makes a part one of another record, which counts as changed, too. */
static gboolean
write_owner (PslStore        *self,
             const PslPlan   *plan,
             gint64           rid,
             const PslField  *field,
             const char      *value,
             GError         **error)
{
  PslRecordHead head;
  gint64 owner;

  if (value == NULL)
    return psl_store_find_owner (self, plan->kind, NULL, &owner, error);
  return write_column (self, psl_plan_get_field (plan, field), rid, value, error) &&
         psl_store_read_head (self, rid, &head, error) &&
         psl_store_touch_owners (self, plan->kind, head.owner, error);
}

/**
 * psl_store_clean_value:
 * @value: (nullable): a value
 * @old_value: (nullable): the value that the field has: a code in it that its list doesn't
 *   have may stand in @value, too, whatever it is like
 * @clean: (out) (nullable) (transfer full): its canonical form
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID, naming the field, where it
 *   can't hold the value
 */
gboolean
psl_store_clean_value (PslStore        *self,
                       const PslField  *field,
                       const char      *value,
                       const char      *old_value,
                       char           **clean,
                       GError         **error)
{
  g_autoptr (GError) local_error = NULL;

  *clean = psl_field_read_over (field, self->codelists, value, old_value, TRUE, &local_error);
  if (local_error == NULL)
    return TRUE;
  prefix_field (field, &local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * psl_store_insert_rows:
 * @value: (nullable): the canonical value of a field of rows that has none yet
 */
gboolean
psl_store_insert_rows (PslStore            *self,
                       const PslFieldPlan  *plan,
                       gint64               rid,
                       const char          *value,
                       GError             **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (value == NULL)
    return TRUE;
  rows = psl_rows_parse (plan->field, value, error);
  if (rows == NULL)
    return FALSE;
  statement = psl_db_prepare (self->db, plan->rows_insert, error);
  if (statement == NULL)
    return FALSE;

  psl_statement_bind_int64 (statement, 1, rid);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);
      int parameter = 3;

      psl_statement_bind_int64 (statement, 2, i);
      for (guint j = 0; plan->field->rows[j].name != NULL; j++)
        parameter = psl_stored_field_bind (&plan->field->rows[j], statement, parameter, cells[j], 0);
      if (!psl_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_store_write_text:
 * @value: (nullable): the canonical value of a multilingual field in @language
 */
gboolean
psl_store_write_text (PslStore        *self,
                      gint64           rid,
                      const PslField  *field,
                      const char      *language,
                      const char      *value,
                      GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;

  if (value != NULL)
    statement = psl_db_prepare (self->db,
                                "INSERT INTO text (rid, field, language, text) VALUES (?, ?, ?, ?)"
                                " ON CONFLICT (rid, field, language) DO UPDATE SET text = excluded.text",
                                error);
  else
    statement = psl_db_prepare (self->db, "DELETE FROM text WHERE rid = ? AND field = ? AND language = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field->name);
  psl_statement_bind_text (statement, 3, language);
  if (value != NULL)
    psl_statement_bind_text (statement, 4, value);
  return psl_statement_run (statement, error);
}

/**
 * psl_store_write_cell:
 * @field: no field of parts; see psl_store_write_value()
 * @old_value: (nullable): the canonical value it holds
 * @new_value: (nullable): the canonical value to write
 *
 * Writes a value and its journal row.
 */
gboolean
psl_store_write_cell (PslStore        *self,
                      const PslPlan   *plan,
                      gint64           rid,
                      const PslField  *field,
                      const char      *language,
                      const char      *old_value,
                      const char      *new_value,
                      GError         **error)
{
  const PslFieldPlan *field_plan = psl_plan_get_field (plan, field);
  g_autoptr (GError) local_error = NULL;
  gboolean written;

  if (!psl_store_touch (self, plan, rid, field, error))
    return FALSE;
  if (field->flags & PSL_FIELD_MULTILINGUAL)
    written = psl_store_write_text (self, rid, field, language, new_value, &local_error);
  else if (field->flags & PSL_FIELD_OWNER)
    written = write_owner (self, plan, rid, field, new_value, &local_error);
  else if (field_plan->rows_insert != NULL)
    written = replace_rows (self, field_plan, rid, old_value, new_value, &local_error);
  else
    written = write_column (self, field_plan, rid, new_value, &local_error);

  if (written)
    return psl_store_journal (self, plan, rid, field, language, old_value, new_value, error);
  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID))
    prefix_field (field, &local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
