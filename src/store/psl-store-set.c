/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-store-private.h"
#include "psl-transaction.h"

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
  gint64 owner;

  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  g_return_val_if_fail (psl_plan_get_field (head.plan, field) != NULL, FALSE);
  if (head.state == PSL_RECORD_GONE)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                           _("This record has been removed. Undo the removal to change it."));
      return FALSE;
    }
  if (!psl_store_read_value (self, head.plan, rid, field, language, &old_value, error) ||
      !psl_store_clean_value (self, field, value, old_value, &new_value, error))
    return FALSE;
  if (g_strcmp0 (old_value, new_value) == 0)
    return TRUE;
  if ((field->flags & PSL_FIELD_OWNER) && !psl_store_find_new_owner (self, head.plan->kind, new_value, &owner, error))
    return FALSE;
  if (!psl_store_mark_translations (self, head.plan, rid, field, language, old_value, new_value, error) ||
      !psl_store_write_value (self, head.plan, rid, field, language, old_value, new_value, error))
    return FALSE;
  /* Later records of a mass action may be looked up by this title. */
  return !(psl_store_get_followers (head.plan, field) & PSL_TOUCHED_SORT) ||
         psl_store_write_followers (self, rid, PSL_TOUCHED_SORT, error);
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
 *   value, or a part would go into a record in the trash, %PSL_REGISTER_ERROR_NOT_FOUND
 *   where there is no such record: nothing has changed then, and the action can go on
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
