/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-heads.h"

#include <string.h>

#include "psl-action.h"
#include "psl-error.h"
#include "psl-journal.h"
#include "psl-transaction.h"
#include "psl-use.h"
#include "psl-versions-agreed.h"
#include "psl-versions-rows.h"

/*
 * The heads of a value are its changes that no other change of it knows. Where the heads
 * agree, they are the value; where not, there is an open conflict, and the record shows one
 * of them: no clock says which. A change that is undone does not count, nor the undoing: so
 * undoing a decision opens the conflict again. For lists, which merge by member, and for
 * states, all of these count.
 */

/**
 * PslHeads:
 * @cells: (element-type gint64 GHashTable): the values to look at, of each record
 * @states: (element-type gint64): the records whose state is to be looked at
 * @targets: (element-type gint64): the actions that were undone or redone
 * @sights: the actions that each action has seen
 */
struct _PslHeads
{
  PslStore *store;
  GHashTable *cells;
  GHashTable *states;
  GHashTable *targets;
  PslSights *sights;
};

static void
add_state (PslHeads *self,
           gint64    rid)
{
  g_hash_table_add (self->states, g_memdup2 (&rid, sizeof rid));
}

static const char *
get_value (GPtrArray *heads,
           guint      i)
{
  return ((PslVersion *) g_ptr_array_index (heads, i))->new_value;
}

/* Whether the heads have one value. */
static gboolean
agree (GPtrArray *heads)
{
  for (guint i = 1; i < heads->len; i++)
    if (g_strcmp0 (get_value (heads, i), get_value (heads, 0)) != 0)
      return FALSE;
  return TRUE;
}

static void
put_first (GPtrArray *heads,
           guint      i)
{
  g_ptr_array_insert (heads, 0, g_ptr_array_steal_index (heads, i));
}

/* The record shows the state that takes least away. */
static void
put_state_first (GPtrArray *heads)
{
  static const char *const states[] = { "live", "trashed", "gone" };

  for (gsize s = 0; s < G_N_ELEMENTS (states); s++)
    for (guint i = 0; i < heads->len; i++)
      if (g_strcmp0 (get_value (heads, i), states[s]) == 0)
        {
          put_first (heads, i);
          return;
        }
}

static gboolean
forget_conflict (PslHeads    *self,
                 gint64       rid,
                 const char  *field,
                 const char  *language,
                 GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->store->db, "DELETE FROM conflict WHERE rid = ? AND field = ? AND language = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field);
  psl_statement_bind_text (statement, 3, language);
  return psl_statement_run (statement, error);
}

static char *
dup_heads (GPtrArray  *heads,
           const char *other)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  if (other != NULL)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "value");
      json_builder_add_string_value (builder, other);
      json_builder_end_object (builder);
    }
  for (guint i = 0; i < heads->len; i++)
    {
      const PslVersion *head = g_ptr_array_index (heads, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "value");
      if (head->new_value != NULL)
        json_builder_add_string_value (builder, head->new_value);
      else
        json_builder_add_null_value (builder);
      json_builder_set_member_name (builder, "register");
      json_builder_add_string_value (builder, head->origin_id);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* @other: (nullable): a value to show beside the values of the heads */
static gboolean
note_conflict (PslHeads    *self,
               gint64       rid,
               const char  *field,
               const char  *language,
               GPtrArray   *heads,
               const char  *other,
               GError     **error)
{
  g_autofree char *json = dup_heads (heads, other);
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->store->db,
                              "INSERT OR REPLACE INTO conflict (rid, field, language, action, heads)"
                              " VALUES (?, ?, ?, (" PSL_SELECT_LAST_ACTION "), ?)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field);
  psl_statement_bind_text (statement, 3, language);
  psl_statement_bind_text (statement, 4, json);
  return psl_statement_run (statement, error);
}

/* Brings a value into the form that the field has now. One of an older or newer program may
 * be in none: then it stays in the journal, as one to decide on.
 * @clean: (out) (nullable) (transfer full) */
static gboolean
read_value (PslHeads        *self,
            const PslField  *field,
            const char      *value,
            char           **clean,
            gboolean        *readable,
            GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 rid;

  *clean = NULL;
  *readable = TRUE;
  if (value == NULL)
    return TRUE;
  if (field->type != PSL_FIELD_TYPE_LINK)
    psl_store_clean_value (self->store, field, value, value, clean, &local_error);
  else if (psl_store_resolve_link (self->store, field, value, TRUE, &rid, &local_error))
    *clean = g_strdup (value);
  *readable = local_error == NULL;
  if (*readable || g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Chooses the value of the register with the lowest UUID that has a readable one, and puts
 * its head first.
 * @readable: (out): whether the values of all heads are readable */
static gboolean
choose_value (PslHeads        *self,
              const PslField  *field,
              GPtrArray       *heads,
              char           **value,
              gboolean        *readable,
              GError         **error)
{
  *value = NULL;
  *readable = TRUE;
  for (guint i = 0; i < heads->len; i++)
    {
      g_autofree char *clean = NULL;
      gboolean own_readable;

      if (!read_value (self, field, get_value (heads, i), &clean, &own_readable, error))
        return FALSE;
      *readable &= own_readable;
      if (*value != NULL || clean == NULL)
        continue;
      put_first (heads, i);
      *value = g_steal_pointer (&clean);
    }
  return TRUE;
}

/* A part has an owner and a position always. */
static gboolean
write_value (PslHeads        *self,
             const PslPlan   *plan,
             gint64           rid,
             const PslField  *field,
             const char      *language,
             const char      *value,
             GError         **error)
{
  g_autofree char *present = NULL;

  if (value == NULL && ((field->flags & PSL_FIELD_OWNER) || field == &psl_field_position))
    return TRUE;
  return psl_store_read_value (self->store, plan, rid, field, language, &present, error) &&
         (g_strcmp0 (present, value) == 0 ||
          psl_store_write_value (self->store, plan, rid, field, language, present, value, error));
}

/* Has the state looked at of the records that a link leads to or led to. */
static gboolean
add_targets (PslHeads   *self,
             GPtrArray  *versions,
             GError    **error)
{
  for (guint i = 0; i < versions->len; i++)
    {
      const char *id = get_value (versions, i);
      gint64 rid = 0;

      if (id != NULL && !psl_store_read_rid (self->store, id, &rid, error))
        return FALSE;
      if (rid != 0)
        add_state (self, rid);
    }
  return TRUE;
}

/* Finds the value that follows from its versions.
 * @heads: (out) (transfer container): their heads, first the one whose value it is
 * @value: (out) (nullable) (transfer full): the value
 * @differs: (out): whether somebody has to decide on it */
static gboolean
merge_versions (PslHeads         *self,
                const PslField   *field,
                GPtrArray        *versions,
                GPtrArray       **heads,
                char            **value,
                gboolean         *differs,
                GError          **error)
{
  g_autoptr (GPtrArray) standing = field->type != PSL_FIELD_TYPE_ROWS ? psl_versions_list_standing (versions)
                                                                      : g_ptr_array_ref (versions);
  g_autofree char *merged = NULL;
  gboolean readable;

  *heads = psl_versions_find_heads (standing, self->sights);
  *differs = !agree (*heads);
  if (*differs && field->type == PSL_FIELD_TYPE_ROWS)
    merged = psl_versions_merge_rows (versions, self->sights, field, differs);
  if (!(merged != NULL ? read_value (self, field, merged, value, &readable, error)
                       : choose_value (self, field, *heads, value, &readable, error)))
    return FALSE;
  /* Where parts that were moved apart stand is nothing to decide. */
  *differs = (*differs || !readable) && field != &psl_field_position;
  return TRUE;
}

static gboolean
merge_field (PslHeads        *self,
             const PslPlan   *plan,
             gint64           rid,
             const PslField  *field,
             const char      *language,
             GError         **error)
{
  g_autoptr (GPtrArray) versions = psl_versions_read (self->store, rid, field->name, language, error);
  g_autoptr (GPtrArray) heads = NULL;
  g_autofree char *value = NULL;
  gboolean differs;

  if (versions == NULL || versions->len == 0)
    return versions != NULL;
  if ((field->type == PSL_FIELD_TYPE_LINK && !add_targets (self, versions, error)) ||
      !merge_versions (self, field, versions, &heads, &value, &differs, error))
    return FALSE;
  return write_value (self, plan, rid, field, *language != '\0' ? language : NULL, value, error) &&
         (differs ? note_conflict (self, rid, field->name, language, heads, NULL, error)
                  : forget_conflict (self, rid, field->name, language, error));
}

/* Finds the state that follows from its versions.
 * @heads: (out) (transfer container): their heads, first the one that takes least away
 * @used: (out): whether another register has used the record that is taken away */
static gboolean
merge_states (PslHeads   *self,
              gint64      rid,
              GPtrArray  *versions,
              GPtrArray **heads,
              gboolean   *used,
              GError    **error)
{
  *used = FALSE;
  *heads = psl_versions_find_heads (versions, self->sights);
  put_state_first (*heads);
  return g_strcmp0 (get_value (*heads, 0), "live") == 0 ||
         psl_use_is_apart (self->store, self->sights, rid, *heads, used, error);
}

static gboolean
merge_state (PslHeads             *self,
             const PslRecordHead  *head,
             gint64                rid,
             GError              **error)
{
  g_autoptr (GPtrArray) versions = psl_versions_read (self->store, rid, PSL_FIELD_STATE, "", error);
  g_autoptr (GPtrArray) heads = NULL;
  gboolean differs, used;
  PslRecordState state;

  if (versions == NULL || versions->len == 0)
    return versions != NULL;
  if (!merge_states (self, rid, versions, &heads, &used, error))
    return FALSE;
  differs = !agree (heads);
  if (!psl_record_state_parse (used ? "live" : get_value (heads, 0), &state))
    {
      psl_db_set_error (self->store->db, SQLITE_CORRUPT, error);
      return FALSE;
    }
  return (head->state == state || psl_store_write_state (self->store, head->plan, rid, head->state, state, error)) &&
         (differs || used ? note_conflict (self, rid, PSL_FIELD_STATE, "", heads, used ? "live" : NULL, error)
                          : forget_conflict (self, rid, PSL_FIELD_STATE, "", error));
}

/* @texts: (element-type PslField): gets the field of a text in several languages */
static gboolean
merge_cell (PslHeads    *self,
            gint64       rid,
            const char  *name,
            GHashTable  *texts,
            GError     **error)
{
  const char *language = strchr (name, '\n') + 1;
  g_autofree char *field_name = g_strndup (name, (gsize) (language - 1 - name));
  const PslField *field;
  PslRecordHead head;

  if (!psl_store_read_head (self->store, rid, &head, error))
    return FALSE;
  /* A value without a field in the kind's description stays in the journal. */
  field = psl_stored_field_find (head.plan->kind, field_name);
  if (field == NULL || field->type == PSL_FIELD_TYPE_PARTS ||
      ((field->flags & PSL_FIELD_MULTILINGUAL) != 0) != (*language != '\0'))
    return TRUE;
  if (*language != '\0')
    g_hash_table_add (texts, (gpointer) field);
  return merge_field (self, head.plan, rid, field, language, error);
}

/* Has the values looked at that an action changed. */
static gboolean
add_changes (PslHeads  *self,
             gint64     action,
             GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->store->db, "SELECT rid, field, language FROM change WHERE action = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  while (psl_statement_step (statement, error))
    psl_heads_add (self, psl_statement_get_int64 (statement, 0), psl_statement_get_text (statement, 1),
                   psl_statement_get_text (statement, 2));
  return !psl_statement_has_failed (statement);
}

static gboolean
merge_undone (PslHeads  *self,
              gint64     action,
              GError   **error)
{
  gint64 undo;

  return psl_versions_find_undo (self->store, self->sights, action, &undo, error) &&
         psl_store_write_undone (self->store, action, undo, error) &&
         add_changes (self, action, error);
}

static GArray *
list_numbers (GHashTable *table)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer number;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    g_array_append_vals (numbers, number, 1);
  g_array_sort (numbers, psl_store_compare_rids);
  return numbers;
}

/* @texts: (element-type PslField): gets the fields of texts in several languages */
static gboolean
merge_values (PslHeads    *self,
              gint64       rid,
              GHashTable  *texts,
              GError     **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, g_hash_table_lookup (self->cells, &rid));
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!merge_cell (self, rid, name, texts, error))
      return FALSE;
  return TRUE;
}

static gboolean
merge_record (PslHeads  *self,
              gint64     rid,
              GError   **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new (NULL, NULL);
  PslRecordHead head;
  GHashTableIter iter;
  gpointer field;

  if (!merge_values (self, rid, texts, error) || !psl_store_read_head (self->store, rid, &head, error))
    return FALSE;
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &field, NULL))
    if (!psl_store_touch (self->store, head.plan, rid, field, error) ||
        !psl_versions_mark_translations (self->store, self->sights, rid, field, error))
      return FALSE;
  return TRUE;
}

/**
 * psl_heads_new:
 *
 * Returns: (transfer full): a merge with nothing to look at
 */
PslHeads *
psl_heads_new (PslStore *store)
{
  PslHeads *self = g_new0 (PslHeads, 1);

  self->store = store;
  self->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->states = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->targets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

/**
 * psl_heads_free:
 * @self: (transfer full): a merge
 */
void
psl_heads_free (PslHeads *self)
{
  g_hash_table_unref (self->cells);
  g_hash_table_unref (self->states);
  g_hash_table_unref (self->targets);
  g_clear_pointer (&self->sights, psl_sights_free);
  g_free (self);
}

/**
 * psl_heads_add:
 * @field: the name of a field, or %PSL_FIELD_STATE
 * @language: "" where the field has none
 *
 * Has a value looked at that was changed.
 */
void
psl_heads_add (PslHeads    *self,
               gint64       rid,
               const char  *field,
               const char  *language)
{
  GHashTable *names;

  add_state (self, rid);
  names = g_hash_table_lookup (self->cells, &rid);
  if (names == NULL)
    {
      names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->cells, g_memdup2 (&rid, sizeof rid), names);
    }
  g_hash_table_add (names, g_strconcat (field, "\n", language, NULL));
}

/**
 * psl_heads_add_made:
 * @content: the values that a record was made with, see psl_journal_content_new()
 *
 * Has all of them looked at.
 */
void
psl_heads_add_made (PslHeads   *self,
                    gint64      rid,
                    JsonObject *content)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, content);
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autoptr (GList) languages = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          psl_heads_add (self, rid, name, "");
          continue;
        }
      languages = json_object_get_members (json_node_get_object (node));
      for (GList *l = languages; l != NULL; l = l->next)
        psl_heads_add (self, rid, name, l->data);
    }
}

/**
 * psl_heads_add_target:
 * @action: the number of an action that was undone or redone
 *
 * Has it looked at whether that is undone, and at the values that it changed.
 */
void
psl_heads_add_target (PslHeads *self,
                      gint64    action)
{
  g_hash_table_add (self->targets, g_memdup2 (&action, sizeof action));
}

/**
 * psl_heads_run:
 *
 * Gives the records their values, as part of the receipt, and notes which actions are undone.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_heads_run (PslHeads  *self,
               GError   **error)
{
  g_autoptr (GArray) targets = list_numbers (self->targets);
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GArray) states = NULL;

  self->sights = psl_sights_new (self->store, error);
  if (self->sights == NULL)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (!merge_undone (self, g_array_index (targets, gint64, i), error))
      return FALSE;
  rids = list_numbers (self->cells);
  for (guint i = 0; i < rids->len; i++)
    if (!merge_record (self, g_array_index (rids, gint64, i), error))
      return FALSE;

  if (!psl_use_add_owners (self->store, self->states, error))
    return FALSE;
  states = list_numbers (self->states);
  for (guint i = 0; i < states->len; i++)
    {
      gint64 rid = g_array_index (states, gint64, i);
      PslRecordHead head;

      if (!psl_store_read_head (self->store, rid, &head, error) || !merge_state (self, &head, rid, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_heads_run_values:
 *
 * Gives the records only their values, as part of an action that undoes or redoes another one
 * of which this is noted already.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_heads_run_values (PslHeads  *self,
                      GError   **error)
{
  g_autoptr (GArray) rids = list_numbers (self->cells);
  g_autoptr (GHashTable) texts = g_hash_table_new (NULL, NULL);

  if (rids->len == 0)
    return TRUE;
  self->sights = psl_sights_new (self->store, error);
  if (self->sights == NULL)
    return FALSE;
  for (guint i = 0; i < rids->len; i++)
    if (!merge_values (self, g_array_index (rids, gint64, i), texts, error) ||
        !psl_store_step (self->store, i + 1, rids->len, error))
      return FALSE;
  return TRUE;
}

/* The values that several registers have changed, and the states of records, that may differ. */
#define SELECT_SHARED \
  "SELECT c.rid, c.field, c.language FROM change AS c JOIN action AS a USING (action)" \
  " GROUP BY c.rid, c.field, c.language HAVING count (DISTINCT a.origin) > 1 OR c.field = '$state'"

/* Whether nothing has to be decided on a value, or a conflict tells of it. */
static gboolean
check_conflict (PslHeads    *self,
                gint64       rid,
                const char  *name,
                const char  *language,
                gboolean    *is_told,
                GError     **error)
{
  gboolean is_state = g_str_equal (name, PSL_FIELD_STATE);
  g_autoptr (GPtrArray) versions = psl_versions_read (self->store, rid, name, language, error);
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (PslStatement) statement = NULL;
  g_autofree char *value = NULL;
  const PslField *field;
  gboolean differs;
  PslRecordHead head;

  *is_told = TRUE;
  if (versions == NULL || !psl_store_read_head (self->store, rid, &head, error))
    return FALSE;
  field = psl_stored_field_find (head.plan->kind, name);
  if (versions->len == 0 || (!is_state && (field == NULL || field->type == PSL_FIELD_TYPE_PARTS)))
    return TRUE;
  if (!(is_state ? merge_states (self, rid, versions, &heads, &differs, error)
                 : merge_versions (self, field, versions, &heads, &value, &differs, error)))
    return FALSE;
  if (!differs && (!is_state || agree (heads)))
    return TRUE;
  statement = psl_db_prepare (self->store->db, "SELECT 1 FROM conflict WHERE rid = ? AND field = ? AND language = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, name);
  psl_statement_bind_text (statement, 3, language);
  *is_told = psl_statement_step (statement, error);
  return !psl_statement_has_failed (statement);
}

/**
 * psl_heads_check:
 * @func: told of each value that differs between registers without a conflict that tells of it
 *
 * Looks through all values that several registers have changed.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR where that can't be done
 */
gboolean
psl_heads_check (PslHeads      *self,
                 PslHeadsFunc   func,
                 gpointer       user_data,
                 GError       **error)
{
  g_autoptr (PslStatement) statement = NULL;
  gint64 n_origins;

  if (!psl_db_get_int64 (self->store->db, "SELECT count (*) FROM origin", &n_origins, error))
    return FALSE;
  if (n_origins < 2)
    return TRUE;
  self->sights = psl_sights_new (self->store, error);
  statement = self->sights != NULL ? psl_db_prepare (self->store->db, SELECT_SHARED, error) : NULL;
  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);
      const char *name = psl_statement_get_text (statement, 1);
      const char *language = psl_statement_get_text (statement, 2);
      gboolean is_told;

      if (!check_conflict (self, rid, name, language, &is_told, error))
        return FALSE;
      if (!is_told)
        func (rid, name, language, user_data);
    }
  return !psl_statement_has_failed (statement);
}
