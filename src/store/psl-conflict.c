/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-travel.h"

/* A later change of the same resolves a conflict: its register knew of all that differs. */
#define SELECT_OPEN \
  "SELECT f.rid, f.field, f.language, f.heads, r.kind FROM conflict AS f JOIN record AS r USING (rid)" \
  " WHERE NOT EXISTS (SELECT 1 FROM change AS c WHERE c.rid = f.rid AND c.action > f.action" \
  "  AND c.field = f.field AND c.language = f.language) ORDER BY f.rid, f.field, f.language"

/* The values of the heads, each once. */
static GPtrArray *
parse_values (const char *heads)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) node = heads != NULL ? json_from_string (heads, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *value = JSON_NODE_HOLDS_OBJECT (element)
                        ? json_object_get_string_member_with_default (json_node_get_object (element), "value", NULL) : NULL;
      gboolean found = FALSE;

      for (guint j = 0; j < values->len && !found; j++)
        found = g_strcmp0 (g_ptr_array_index (values, j), value) == 0;
      if (!found)
        g_ptr_array_add (values, g_strdup (value));
    }
  return values;
}

static PslConflict *
read_conflict (PslStatement *statement)
{
  const PslKind *kind = psl_kind_find (psl_statement_get_text (statement, 4));
  const char *language = psl_statement_get_text (statement, 2);
  PslConflict *conflict = g_new0 (PslConflict, 1);

  conflict->rid = psl_statement_get_int64 (statement, 0);
  conflict->field = kind != NULL ? psl_field_find_stored (kind, psl_statement_get_text (statement, 1)) : NULL;
  conflict->language = *language != '\0' ? g_strdup (language) : NULL;
  conflict->values = parse_values (psl_statement_get_text (statement, 3));
  return conflict;
}

static gboolean
resolve (PslStore        *self,
         gint64           rid,
         const PslField  *field,
         const char      *language,
         const char      *value,
         GError         **error)
{
  g_autofree char *present = NULL;
  g_autofree char *clean = NULL;
  PslRecordState state;
  PslRecordHead head;

  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  if (field == NULL)
    {
      g_return_val_if_fail (psl_record_state_parse (value, &state), FALSE);
      return psl_store_write_state (self, head.plan, rid, head.state, state, error);
    }
  /* What is shown already is written, too: that says that it was chosen. */
  return psl_store_read_cell (self, head.plan, rid, field, language, &present, error) &&
         psl_store_clean_value (field, value, value, &clean, error) &&
         psl_store_write_cell (self, head.plan, rid, field, language, present, clean, error);
}

/**
 * psl_conflict_free:
 * @self: (nullable) (transfer full): a conflict
 */
void
psl_conflict_free (PslConflict *self)
{
  if (self == NULL)
    return;
  g_free (self->language);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * psl_store_list_conflicts:
 *
 * Returns: (transfer full) (element-type PslConflict): the values that were changed apart and
 *   that nobody has decided on since; or %NULL with a %PSL_REGISTER_ERROR
 */
GPtrArray *
psl_store_list_conflicts (PslStore  *self,
                          GError   **error)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_conflict_free);
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = psl_db_prepare (self->db, SELECT_OPEN, error);
  if (statement == NULL)
    return NULL;
  while (psl_statement_step (statement, &local_error))
    g_ptr_array_add (conflicts, read_conflict (statement));
  if (local_error == NULL)
    return g_steal_pointer (&conflicts);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * psl_store_resolve:
 * @field: (nullable): a field of the record's kind; %NULL for the record's state
 * @language: (nullable): for a multilingual field
 * @value: (nullable): the value; of a state, `live`, `trashed` or `gone`
 *
 * Decides on a value that was changed apart, as an action, which other registers get, too.
 *
 * Returns: %FALSE with an error like those of psl_store_edit()
 */
gboolean
psl_store_resolve (PslStore        *self,
                   gint64           rid,
                   const PslField  *field,
                   const char      *language,
                   const char      *value,
                   GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!psl_store_begin (self, PSL_VERB_EDIT, NULL, error))
    return FALSE;
  if (resolve (self, rid, field, language, value, error))
    return psl_store_commit (self, error) >= 0;
  psl_store_rollback (self);
  return FALSE;
}
