/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-action.h"
#include "psl-error.h"
#include "psl-journal.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-transaction.h"

/**
 * psl_store_write_state:
 *
 * Writes a record's state and its journal row.
 */
gboolean
psl_store_write_state (PslStore        *self,
                       const PslPlan   *plan,
                       gint64           rid,
                       PslRecordState   old_state,
                       PslRecordState   new_state,
                       GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;

  if (!psl_store_touch (self, plan, rid, NULL, error))
    return FALSE;
  statement = psl_db_prepare (self->db, "UPDATE record SET state = ?, changed = ? WHERE rid = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, new_state);
  psl_statement_bind_int64 (statement, 2, self->transaction->at);
  psl_statement_bind_int64 (statement, 3, rid);
  return psl_statement_run (statement, error) &&
         psl_store_journal (self, plan, rid, NULL, NULL,
                            psl_record_state_get_name (old_state),
                            psl_record_state_get_name (new_state), error);
}

static gboolean
clear_links_to (PslStore       *self,
                const PslPlan  *target,
                gint64          rid,
                GError        **error)
{
  g_autofree char *id = NULL;

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    {
      const PslPlan *plan = psl_store_get_plan (self, psl_kinds[i]);

      for (guint j = 0; j < plan->n_fields; j++)
        {
          g_autoptr (GArray) linking = NULL;

          if (plan->fields[j].select_linking == NULL ||
              plan->fields[j].field->target != target->kind)
            continue;
          linking = psl_store_read_linking (self, &plan->fields[j], rid, error);
          if (linking == NULL)
            return FALSE;
          for (guint k = 0; k < linking->len; k++)
            {
              gint64 other = g_array_index (linking, gint64, k);

              g_clear_pointer (&id, g_free);
              if (!psl_store_read_cell (self, plan, other, plan->fields[j].field, NULL, &id, error) ||
                  !psl_store_write_cell (self, plan, other, plan->fields[j].field, NULL, id, NULL, error))
                return FALSE;
            }
        }
    }
  return TRUE;
}

/* A record that is removed for good is led to by none, nor are its parts: the links to
 * them are emptied as part of the same action. */
static gboolean
clear_all_links_to (PslStore       *self,
                    const PslPlan  *plan,
                    gint64          rid,
                    GError        **error)
{
  g_autoptr (GArray) parts = psl_store_read_descendants (self, rid, error);

  if (parts == NULL || !clear_links_to (self, plan, rid, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    {
      gint64 part = g_array_index (parts, gint64, i);
      PslRecordHead head;

      if (!psl_store_read_head (self, part, &head, error) || !clear_links_to (self, head.plan, part, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_state (PslStore        *self,
           gint64           rid,
           PslRecordState   state,
           GError         **error)
{
  PslRecordHead head;

  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  if (head.state == state)
    return TRUE;
  if (head.state == PSL_RECORD_GONE && state != PSL_RECORD_LIVE)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                           _("This record has been removed. Undo the removal to change it."));
      return FALSE;
    }
  return psl_store_write_state (self, head.plan, rid, head.state, state, error) &&
         (state != PSL_RECORD_GONE || clear_all_links_to (self, head.plan, rid, error));
}

/**
 * psl_store_set_state:
 * @state: into the trash, out of it, or %PSL_RECORD_GONE to remove the record for
 *   good: links to it are then emptied. A record that is gone is brought back by
 *   undo, or by an import that makes it again under its UUID
 *
 * Changes a record's state as part of the action.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_NOT_FOUND where there is no such record
 */
gboolean
psl_store_set_state (PslStore        *self,
                     gint64           rid,
                     PslRecordState   state,
                     GError         **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  return psl_store_check_action (self, error) &&
         (set_state (self, rid, state, &local_error) ||
          psl_store_note_failure (self, local_error, error));
}
