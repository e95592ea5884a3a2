/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "psl-action.h"
#include "psl-error.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-text.h"
#include "psl-travel.h"

/* A later change of the same resolves a conflict: its register knew of all that differs. */
#define IS_OPEN \
  "NOT EXISTS (SELECT 1 FROM change AS l WHERE l.rid = f.rid AND l.action > f.action" \
  " AND l.field = f.field AND l.language = f.language)"

#define SELECT_OPEN \
  "SELECT f.rid, f.field, f.language, f.heads, r.kind FROM conflict AS f JOIN record AS r USING (rid)" \
  " WHERE " IS_OPEN

/* Those of a record (?1) and of its parts. */
#define OF_RECORD \
  " AND f.rid IN (" PSL_STORE_WITH_PARTS ("?1") " SELECT rid FROM whole)"

#define BY_PLACE " ORDER BY f.rid, f.field, f.language"

#define SELECT_IS_OPEN \
  "SELECT 1 FROM conflict AS f JOIN record AS r USING (rid)" \
  " WHERE f.rid = ? AND f.field = ? AND f.language = ? AND " IS_OPEN

/* The open conflicts of values that an action changed, but where undo (?2) or redo would
 * bring one of the conflicting values back. */
#define SELECT_OPEN_OF_ACTION \
  "SELECT f.rid, f.field FROM conflict AS f CROSS JOIN change AS c USING (rid, field, language)" \
  " WHERE c.action = ?1 AND f.field <> '$state' AND " IS_OPEN \
  " AND NOT EXISTS (SELECT 1 FROM json_each (f.heads) AS h WHERE h.value ->> 'value' IS iif (?2, c.old, c.new)) LIMIT 1"

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

/* Returns: (nullable): %NULL where the conflict is about a field that only another version of
 * the program knows: that one can show the values */
static PslConflict *
read_conflict (PslStatement *statement)
{
  const PslKind *kind = psl_kind_find (psl_statement_get_text (statement, 4));
  const char *name = psl_statement_get_text (statement, 1);
  const PslField *field = kind != NULL ? psl_stored_field_find (kind, name) : NULL;
  const char *language = psl_statement_get_text (statement, 2);
  PslConflict *conflict;

  if (field == NULL && !g_str_equal (name, PSL_FIELD_STATE))
    return NULL;

  conflict = g_new0 (PslConflict, 1);
  conflict->rid = psl_statement_get_int64 (statement, 0);
  conflict->field = field;
  conflict->language = *language != '\0' ? g_strdup (language) : NULL;
  conflict->values = parse_values (psl_statement_get_text (statement, 3));
  return conflict;
}

/* @statement: (nullable) (transfer full): selects conflicts */
static GPtrArray *
read_conflicts (PslStatement  *statement,
                GError       **error)
{
  g_autoptr (PslStatement) open = statement;
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_conflict_free);

  if (open == NULL)
    return NULL;
  while (psl_statement_step (open, error))
    {
      PslConflict *conflict = read_conflict (open);

      if (conflict != NULL)
        g_ptr_array_add (conflicts, conflict);
    }
  return !psl_statement_has_failed (open) ? g_steal_pointer (&conflicts) : NULL;
}

static char *
dup_values (const PslConflict *self)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();

  for (guint i = 0; i < self->values->len; i++)
    {
      const char *value = g_ptr_array_index (self->values, i);

      g_ptr_array_add (values, (gpointer) (value != NULL ? value : C_("value", "none")));
    }
  g_ptr_array_add (values, NULL);
  return g_strjoinv (" | ", (char **) values->pdata);
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
  gint64 owner;

  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  if (field == NULL)
    {
      g_return_val_if_fail (psl_record_state_parse (value, &state), FALSE);
      return head.state != state ? psl_store_set_state (self, rid, state, error)
                                 : psl_store_write_state (self, head.plan, rid, state, state, error);
    }
  if (!psl_store_read_value (self, head.plan, rid, field, language, &present, error) ||
      !psl_store_clean_value (self, field, value, value, &clean, error))
    return FALSE;
  if ((field->flags & PSL_FIELD_OWNER) && !psl_store_find_new_owner (self, head.plan->kind, clean, &owner, error))
    return FALSE;
  /* The present value is written, too: the change says that somebody chose it. */
  if (language != NULL && present != NULL && g_strcmp0 (present, clean) == 0)
    return psl_store_set_confirmed (self, head.plan, rid, field, language, TRUE, error);
  return psl_store_mark_translations (self, head.plan, rid, field, language, present, clean, error) &&
         psl_store_write_value (self, head.plan, rid, field, language, present, clean, error);
}

/* Refuses where nobody has to decide on the value. */
static gboolean
check_is_open (PslStore        *self,
               gint64           rid,
               const PslField  *field,
               const char      *language,
               GError         **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_IS_OPEN, error);

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field != NULL ? field->name : PSL_FIELD_STATE);
  psl_statement_bind_text (statement, 3, language != NULL ? language : "");
  if (psl_statement_step (statement, error))
    return TRUE;
  if (!psl_statement_has_failed (statement))
    g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING,
                         _("There is nothing to decide: no other register has changed this apart, or somebody has decided since."));
  return FALSE;
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
 * psl_conflict_dup_message:
 *
 * Returns: (transfer full): what happened, with the values, and what to do, as sentences in
 *   the interface's language
 */
char *
psl_conflict_dup_message (const PslConflict *self)
{
  g_autofree char *values = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  values = dup_values (self);
  if (self->field == NULL)
    /* Translators: states of a record, with “ | ” between them. */
    return g_strdup_printf (_("The record was removed in one register and used in another: %s. Decide which it is."), values);
  if (self->is_of_import)
    /* Translators: the value in the register and those in files, with “ | ” between them. */
    return g_strdup_printf (_("An import found another value here, which nobody has decided on: %s. Decide which it is."), values);
  if (self->values->len == 1)
    return g_strdup_printf (_("This was taken over in a form that this version can’t read: %s. Write it again."), values);
  /* Translators: the values, with “ | ” between them. */
  return g_strdup_printf (_("This was changed in two registers apart: %s. Decide which it is."), values);
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
  g_return_val_if_fail (self != NULL, NULL);

  return read_conflicts (psl_db_prepare (self->db, SELECT_OPEN BY_PLACE, error), error);
}

/**
 * psl_store_list_conflicts_of:
 * @rid: a record
 *
 * Returns: (transfer full) (element-type PslConflict): like psl_store_list_conflicts(), those
 *   of the record and of its parts
 */
GPtrArray *
psl_store_list_conflicts_of (PslStore  *self,
                             gint64     rid,
                             GError   **error)
{
  PslStatement *statement;

  g_return_val_if_fail (self != NULL, NULL);

  statement = psl_db_prepare (self->db, SELECT_OPEN OF_RECORD BY_PLACE, error);
  if (statement != NULL)
    psl_statement_bind_int64 (statement, 1, rid);
  return read_conflicts (statement, error);
}

/**
 * psl_store_check_conflicts:
 * @action: an action that is to be undone or done again
 * @back: whether to be undone
 *
 * An action can't be reversed where a value was changed apart: the other register's value
 * would be lost.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_CONFLICT where nobody has decided yet on a value
 *   that @action changed, which the message names
 */
gboolean
psl_store_check_conflicts (PslStore  *self,
                           gint64     action,
                           gboolean   back,
                           GError   **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_OPEN_OF_ACTION, error);
  g_autoptr (PslRecord) record = NULL;
  g_autofree char *title = NULL;
  g_autofree char *quoted = NULL;
  const PslField *field;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  psl_statement_bind_int64 (statement, 2, back);
  if (!psl_statement_step (statement, error))
    return !psl_statement_has_failed (statement);
  record = psl_store_read (self, psl_statement_get_int64 (statement, 0), error);
  if (record == NULL)
    return FALSE;
  title = psl_record_dup_title (record, self->codelists, self->language);
  quoted = psl_text_dup_quotable (title);
  field = psl_stored_field_find (psl_record_get_kind (record), psl_statement_get_text (statement, 1));
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
               /* Translators: the name of a field, a record’s title */
               _("“%s” of “%s” has been changed apart in another register. Decide on its value first."),
               field != NULL ? psl_field_get_label (field) : psl_statement_get_text (statement, 1), quoted);
  return FALSE;
}

/**
 * psl_store_resolve:
 * @field: (nullable): a field of the record's kind; %NULL for the record's state
 * @language: (nullable): for a multilingual field
 * @value: (nullable): the value; of a state, `live`, `trashed` or `gone`
 *
 * Decides on a value that was changed apart, as an action, which other registers get, too.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_NOTHING where nothing is to be decided, and errors
 *   like those of psl_store_edit()
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

  if (!check_is_open (self, rid, field, language, error) || !psl_store_begin (self, PSL_VERB_DECIDE, NULL, error))
    return FALSE;
  if (resolve (self, rid, field, language, value, error))
    return psl_store_commit (self, error) >= 0;
  psl_store_rollback (self);
  return FALSE;
}
