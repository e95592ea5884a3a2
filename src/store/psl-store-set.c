/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-kinds.h"
#include "psl-store-private.h"

/* Whether what was written of the old value in other languages is outdated by the new one.
 * An edit that goes on with another changes what that one has outdated. */
static gboolean
makes_outdated (const PslTransaction *transaction,
                const PslField       *field,
                const char           *old_value,
                const char           *new_value)
{
  return (field->flags & PSL_FIELD_MULTILINGUAL) != 0 && field->type != PSL_FIELD_TYPE_PARTS &&
         old_value != NULL && new_value != NULL && !transaction->is_continued;
}

static gboolean
set_value (PslStore        *self,
           gint64           rid,
           const PslField  *field,
           const char      *language,
           const char      *value,
           GError         **error)
{
  g_autofree char *old_value = NULL;
  g_autofree char *new_value = NULL;
  PslRecordHead head;

  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  g_return_val_if_fail (psl_plan_get_field (head.plan, field) != NULL, FALSE);
  if (head.state == PSL_RECORD_GONE)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                           _("This record has been removed. Undo the removal to change it."));
      return FALSE;
    }
  if (!psl_store_read_cell (self, head.plan, rid, field, language, &old_value, error) ||
      !psl_store_clean_value (field, value, old_value, &new_value, error))
    return FALSE;
  if (g_strcmp0 (old_value, new_value) == 0)
    return TRUE;
  if (makes_outdated (self->transaction, field, old_value, new_value) &&
      !psl_store_mark_translations (self, head.plan, rid, field, language, old_value, error))
    return FALSE;
  if (!psl_store_write_cell (self, head.plan, rid, field, language, old_value, new_value, error))
    return FALSE;
  /* Later records of a mass action may be looked up by this title. */
  return !(psl_store_get_followers (head.plan, field) & PSL_TOUCHED_SORT) ||
         psl_store_write_followers (self, rid, PSL_TOUCHED_SORT, error);
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
 * psl_store_set:
 * @field: a field of the record's kind
 * @language: (nullable): for a multilingual field, a tag of psl_language_parse()
 * @value: (nullable): the value, brought into its canonical form; %NULL empties
 *   the field
 *
 * Changes a value as part of the action. A value that is there already is no
 * change.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID where the field can't hold the
 *   value, %PSL_REGISTER_ERROR_NOT_FOUND where there is no such record: nothing
 *   has changed then, and the action can go on
 */
gboolean
psl_store_set (PslStore        *self,
               gint64           rid,
               const PslField  *field,
               const char      *language,
               const char      *value,
               GError         **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (self != NULL && field != NULL, FALSE);
  g_return_val_if_fail (!(field->flags & PSL_FIELD_MULTILINGUAL) ||
                        (language != NULL && psl_language_parse (language) == g_intern_string (language)), FALSE);

  return psl_store_check_action (self, error) &&
         (set_value (self, rid, field, language, value, &local_error) ||
          psl_store_note_failure (self, local_error, error));
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
