/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-store-private.h"

/* Records that lead to each other in a circle, though they should be in an order: by
 * the office each reports to, say. */

/* As many as a sentence can hold. */
#define MAX_CIRCLE_TITLES 10

/* The titles of records that lead to each other, from the first to itself again. */
static char *
dup_circle (PslStore       *self,
            const PslPlan  *plan,
            GArray         *rids,
            GError        **error)
{
  g_autoptr (GString) circle = g_string_new (NULL);
  g_autofree char *first = NULL;

  for (guint i = 0; i < rids->len; i++)
    {
      g_autofree char *title = NULL;
      g_autoptr (GError) local_error = NULL;

      if (i == MAX_CIRCLE_TITLES)
        {
          g_string_append (circle, "… → ");
          break;
        }
      title = psl_store_dup_title (self, plan, g_array_index (rids, gint64, i), &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (title == NULL)
        title = g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "kind", plan->kind->untitled));
      g_string_append_printf (circle, "%s → ", title);
      if (i == 0)
        first = g_steal_pointer (&title);
    }
  g_string_append (circle, first);
  return g_string_free_and_steal (g_steal_pointer (&circle));
}

/* Follows a link until it leads nowhere, or back to the record it began with. */
static gboolean
read_circle (PslStore            *self,
             const PslPlan       *plan,
             const PslFieldPlan  *field,
             PslRecord           *record,
             GError             **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, field->select_chain, error);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *circle = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean is_closed = FALSE;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, psl_record_get_rid (record));
  while (!is_closed && psl_statement_step (statement, &local_error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);

      g_array_append_val (rids, rid);
      is_closed = psl_statement_get_int64 (statement, 1) == psl_record_get_rid (record);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!is_closed)
    return TRUE;
  circle = dup_circle (self, plan, rids, error);
  if (circle == NULL)
    return FALSE;
  psl_record_set_circle (record, field->field, circle);
  return TRUE;
}

/* Notes on a record that is read as a whole by which links it leads back to itself. */
gboolean
psl_store_read_circles (PslStore       *self,
                        const PslPlan  *plan,
                        PslRecord      *record,
                        GError        **error)
{
  for (guint i = 0; i < plan->n_fields; i++)
    {
      const PslFieldPlan *field = &plan->fields[i];

      if (field->select_chain != NULL && psl_record_get (record, field->field, NULL) != NULL &&
          !read_circle (self, plan, field, record, error))
        return FALSE;
    }
  return TRUE;
}
