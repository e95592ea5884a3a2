/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-heads.h"

#include <string.h>

#include "psl-error.h"
#include "psl-rows.h"

/*
 * A change knows another one if its register had that when it was made. The heads of a value
 * are the changes of it that no other one knows. Where they agree, that is the value; where
 * not, it is an open conflict, and the record shows one of them: no clock says which.
 */

/* A change of a value. */
typedef struct
{
  gint64 origin;
  char *origin_id;
  gint64 number;
  char *old_value;
  char *new_value;
} Version;

/* Up to which number an action says to have seen another register's actions. */
typedef struct
{
  gint64 number;
  gint64 seen;
} Sight;

/**
 * PslHeads:
 * @cells: (element-type gint64 GHashTable): the values to look at, of each record
 * @states: (element-type gint64): the records whose state is to be looked at
 * @sights: (element-type utf8 GArray): what actions of a register say to have seen of another
 */
struct _PslHeads
{
  PslStore *store;
  GHashTable *cells;
  GHashTable *states;
  GHashTable *sights;
};

#define SELECT_SIGHTS \
  "SELECT a.origin, a.number, o.origin, s.value FROM action AS a CROSS JOIN json_each (a.seen) AS s" \
  " CROSS JOIN origin AS o ON o.id = s.key WHERE a.seen IS NOT NULL ORDER BY a.origin, a.number"

/* Of what made the record, the values are in its content. */
#define SELECT_VERSIONS \
  "SELECT a.origin, o.id, a.number, c.old, iif (c.content IS NULL OR c.field = ?2, c.new," \
  "  iif (?3 = '', c.content ->> ('$.\"' || ?2 || '\"'), c.content -> ('$.\"' || ?2 || '\"') ->> ('$.\"' || ?3 || '\"')))" \
  " FROM change AS c CROSS JOIN action AS a USING (action) CROSS JOIN origin AS o USING (origin)" \
  " WHERE c.rid = ?1 AND ((c.field = ?2 AND c.language = ?3) OR c.content IS NOT NULL) ORDER BY o.id, a.number"

/* Whether a record was used by an action of register ?2 that neither knew of its removal nor
 * was known there, between the numbers ?3 and ?4: changed itself or in a part, or led to. */
#define USED_IN(action) \
  "EXISTS (SELECT 1 FROM change AS c JOIN record AS r ON r.rid = ?1 WHERE c.action = " action \
  "  AND ((c.rid = ?1 AND c.field <> '$state') OR (c.rid <> ?1 AND (c.new = r.id OR instr (c.content, r.id)" \
  "   OR ((c.field <> '$state' OR c.content IS NOT NULL) AND EXISTS (SELECT 1 FROM change AS m WHERE m.rid = c.rid" \
  "    AND m.field <> '$state' AND (m.old = r.id OR m.new = r.id)))" \
  "   OR (c.field <> '$state' AND EXISTS (SELECT 1 FROM record AS p WHERE p.rid = c.rid AND p.owner = ?1))))))"
#define SELECT_USED \
  "SELECT EXISTS (SELECT 1 FROM action AS a WHERE a.action > ?3 AND a.action < ?4 AND a.number = a.action" \
  "  AND a.origin = ?2 AND " USED_IN ("a.action") ")" \
  " OR EXISTS (SELECT 1 FROM action AS a WHERE a.number <> a.action AND a.origin = ?2" \
  "  AND a.number > ?3 AND a.number < ?4 AND " USED_IN ("a.action") ")"

static void
version_free (Version *self)
{
  g_free (self->origin_id);
  g_free (self->old_value);
  g_free (self->new_value);
  g_free (self);
}

static void
add_state (PslHeads *self,
           gint64    rid)
{
  g_hash_table_add (self->states, g_memdup2 (&rid, sizeof rid));
}

static char *
dup_pair (gint64 origin,
          gint64 other)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, origin, other);
}

static gboolean
read_sights (PslHeads  *self,
             GError   **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->store->db, SELECT_SIGHTS, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, &local_error))
    {
      g_autofree char *pair = dup_pair (psl_statement_get_int64 (statement, 0), psl_statement_get_int64 (statement, 2));
      Sight sight = { psl_statement_get_int64 (statement, 1), psl_statement_get_int64 (statement, 3) };
      GArray *sights = g_hash_table_lookup (self->sights, pair);

      if (sights == NULL)
        {
          sights = g_array_new (FALSE, FALSE, sizeof (Sight));
          g_hash_table_insert (self->sights, g_steal_pointer (&pair), sights);
        }
      g_array_append_val (sights, sight);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Up to which number the action @number of @origin had seen those of @other. */
static gint64
get_seen (PslHeads *self,
          gint64    origin,
          gint64    number,
          gint64    other)
{
  g_autofree char *pair = dup_pair (origin, other);
  GArray *sights = g_hash_table_lookup (self->sights, pair);
  guint low = 0;
  guint high = sights != NULL ? sights->len : 0;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (sights, Sight, middle).number <= number)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? g_array_index (sights, Sight, low - 1).seen : 0;
}

/* The number of the first action of @origin that had seen the action @number of @other. */
static gint64
get_first_that_knows (PslHeads *self,
                      gint64    origin,
                      gint64    other,
                      gint64    number)
{
  g_autofree char *pair = dup_pair (origin, other);
  GArray *sights = g_hash_table_lookup (self->sights, pair);

  for (guint i = 0; sights != NULL && i < sights->len; i++)
    if (g_array_index (sights, Sight, i).seen >= number)
      return g_array_index (sights, Sight, i).number;
  return G_MAXINT64;
}

static gboolean
knows (PslHeads      *self,
       const Version *version,
       const Version *other)
{
  if (version->origin == other->origin)
    return version->number >= other->number;
  return get_seen (self, version->origin, version->number, other->origin) >= other->number;
}

static GPtrArray *
read_versions (PslHeads    *self,
               gint64       rid,
               const char  *field,
               const char  *language,
               GError     **error)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) version_free);
  g_autoptr (PslStatement) statement = psl_db_prepare (self->store->db, SELECT_VERSIONS, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field);
  psl_statement_bind_text (statement, 3, language);
  while (psl_statement_step (statement, &local_error))
    {
      Version *version = g_new0 (Version, 1);

      version->origin = psl_statement_get_int64 (statement, 0);
      version->origin_id = g_strdup (psl_statement_get_text (statement, 1));
      version->number = psl_statement_get_int64 (statement, 2);
      version->old_value = g_strdup (psl_statement_get_text (statement, 3));
      version->new_value = g_strdup (psl_statement_get_text (statement, 4));
      g_ptr_array_add (versions, version);
    }
  if (local_error == NULL)
    return g_steal_pointer (&versions);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Returns: (transfer container): those of @versions that no other one of them knows */
static GPtrArray *
find_heads (PslHeads  *self,
            GPtrArray *versions)
{
  GPtrArray *heads = g_ptr_array_new ();

  for (guint i = 0; i < versions->len; i++)
    {
      gboolean known = FALSE;

      for (guint j = 0; j < versions->len && !known; j++)
        known = i != j && knows (self, g_ptr_array_index (versions, j), g_ptr_array_index (versions, i));
      if (!known)
        g_ptr_array_add (heads, g_ptr_array_index (versions, i));
    }
  return heads;
}

/* Whether the heads have one value. */
static gboolean
agree (GPtrArray *heads)
{
  for (guint i = 1; i < heads->len; i++)
    if (g_strcmp0 (((Version *) g_ptr_array_index (heads, i))->new_value,
                   ((Version *) g_ptr_array_index (heads, 0))->new_value) != 0)
      return FALSE;
  return TRUE;
}

/* Puts the value that is shown first: that of the register with the lowest UUID that has
 * one; of states, that which takes least away. */
static void
put_shown_first (GPtrArray *heads,
                 gboolean   is_state)
{
  static const char *const states[] = { "live", "trashed", "gone" };
  guint shown = 0;

  for (guint i = heads->len; i > 0; i--)
    if (((Version *) g_ptr_array_index (heads, i - 1))->new_value != NULL)
      shown = i - 1;
  for (gsize s = G_N_ELEMENTS (states); is_state && s > 0; s--)
    for (guint i = heads->len; i > 0; i--)
      if (g_strcmp0 (((Version *) g_ptr_array_index (heads, i - 1))->new_value, states[s - 1]) == 0)
        shown = i - 1;
  g_ptr_array_insert (heads, 0, g_ptr_array_steal_index (heads, shown));
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
      const Version *head = g_ptr_array_index (heads, i);

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

/* @other: (nullable): a value that is shown beside those of the heads */
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

/* Takes a list apart: its rows by what stands in their first column. */
static GPtrArray *
parse_rows (const PslField  *field,
            const char      *value,
            GError         **error)
{
  return value != NULL ? psl_rows_parse (field, value, error) : psl_rows_new ();
}

static const char *const *
find_member (GPtrArray  *rows,
             const char *key)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row[0], key) == 0)
        return row;
    }
  return NULL;
}

static gboolean
rows_equal (const PslField    *field,
            const char *const *a,
            const char *const *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  for (guint i = 0; field->rows[i].name != NULL; i++)
    if (g_strcmp0 (a[i], b[i]) != 0)
      return FALSE;
  return TRUE;
}

/* A list before and after a change of it. */
typedef struct
{
  const Version *version;
  GPtrArray *before;
  GPtrArray *after;
} Step;

static void
step_clear (Step *step)
{
  g_clear_pointer (&step->before, g_ptr_array_unref);
  g_clear_pointer (&step->after, g_ptr_array_unref);
}

static GArray *
parse_steps (const PslField  *field,
             GPtrArray       *versions,
             GError         **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (Step));

  g_array_set_clear_func (steps, (GDestroyNotify) step_clear);
  for (guint i = 0; i < versions->len; i++)
    {
      Step step = { .version = g_ptr_array_index (versions, i) };

      /* Of what made the record, the old value is its state. */
      step.before = parse_rows (field, step.version->old_value != NULL &&
                                       *step.version->old_value == '[' ? step.version->old_value : NULL, error);
      step.after = step.before != NULL ? parse_rows (field, step.version->new_value, error) : NULL;
      g_array_append_val (steps, step);
      if (step.after == NULL)
        return NULL;
    }
  return g_steal_pointer (&steps);
}

static gboolean
changes_member (const PslField *field,
                const Step     *step,
                const char     *key)
{
  return !rows_equal (field, find_member (step->before, key), find_member (step->after, key));
}

/* Adds a member as the changes of it leave it: it is in the list where one of those that no
 * other knows has put it in. Returns whether they have put it in differently. */
static gboolean
merge_member (PslHeads       *self,
              const PslField *field,
              GArray         *steps,
              const char     *key,
              GPtrArray      *merged)
{
  const char *const *row = NULL;
  gboolean differs = FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);
      const char *const *own = find_member (step->after, key);
      gboolean known = !changes_member (field, step, key);

      for (guint j = 0; j < steps->len && !known; j++)
        {
          const Step *other = &g_array_index (steps, Step, j);

          known = i != j && changes_member (field, other, key) && knows (self, other->version, step->version);
        }
      if (known || own == NULL)
        continue;
      differs |= row != NULL && !rows_equal (field, row, own);
      if (row == NULL)
        row = own;
    }
  if (row != NULL)
    g_ptr_array_add (merged, psl_rows_row_new (field, row));
  return differs;
}

/* @value: (out) (nullable) (transfer full): what the list holds */
static gboolean
merge_rows (PslHeads        *self,
            const PslField  *field,
            GPtrArray       *versions,
            char           **value,
            gboolean        *differs,
            GError         **error)
{
  g_autoptr (GArray) steps = parse_steps (field, versions, error);
  g_autoptr (GPtrArray) merged = psl_rows_new ();
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  *differs = FALSE;
  if (steps == NULL)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      GPtrArray *after = g_array_index (steps, Step, i).after;

      for (guint j = 0; j < after->len; j++)
        {
          const char *const *row = g_ptr_array_index (after, j);

          if (row[0] != NULL && g_hash_table_add (keys, (gpointer) row[0]))
            *differs |= merge_member (self, field, steps, row[0], merged);
        }
    }
  *value = merged->len > 0 ? psl_rows_build (field, merged) : NULL;
  return TRUE;
}

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
  g_autofree char *clean = NULL;

  if (!psl_store_read_cell (self->store, plan, rid, field, language, &present, error))
    return FALSE;
  /* A position and a link's UUID are checked where they are written. */
  if (value != NULL && field != &psl_field_position && field->type != PSL_FIELD_TYPE_LINK &&
      !psl_store_clean_value (field, value, value, &clean, error))
    return FALSE;
  if (clean != NULL)
    value = clean;
  return g_strcmp0 (present, value) == 0 ||
         psl_store_write_cell (self->store, plan, rid, field, language, present, value, error);
}

/* Has the state looked at of the records that a link leads to or led to. */
static gboolean
add_targets (PslHeads   *self,
             GPtrArray  *versions,
             GError    **error)
{
  for (guint i = 0; i < versions->len; i++)
    {
      const char *id = ((Version *) g_ptr_array_index (versions, i))->new_value;
      gint64 rid = 0;

      if (id != NULL &&
          !psl_store_read_number (self->store, "SELECT rid FROM record WHERE id = ?2 AND ?1 = 0", 0, id, &rid, error))
        return FALSE;
      if (rid != 0)
        add_state (self, rid);
    }
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
  g_autoptr (GPtrArray) versions = read_versions (self, rid, field->name, language, error);
  g_autoptr (GPtrArray) heads = versions != NULL ? find_heads (self, versions) : NULL;
  g_autofree char *merged = NULL;
  const char *value;
  gboolean differs;

  if (heads == NULL || heads->len == 0)
    return heads != NULL;
  if (field->type == PSL_FIELD_TYPE_LINK && !add_targets (self, versions, error))
    return FALSE;
  differs = !agree (heads);
  if (differs)
    put_shown_first (heads, FALSE);
  value = ((Version *) g_ptr_array_index (heads, 0))->new_value;
  if (differs && field->type == PSL_FIELD_TYPE_ROWS)
    {
      if (!merge_rows (self, field, versions, &merged, &differs, error))
        return FALSE;
      value = merged;
    }
  /* Where parts that were moved apart stand is nothing to decide. */
  differs &= field != &psl_field_position;
  return write_value (self, plan, rid, field, *language != '\0' ? language : NULL, value, error) &&
         (differs ? note_conflict (self, rid, field->name, language, heads, NULL, error)
                  : forget_conflict (self, rid, field->name, language, error));
}

/* Whether a record was used apart from what took it away. */
static gboolean
is_used_apart (PslHeads       *self,
               gint64          rid,
               const Version  *removal,
               gboolean       *used,
               GError        **error)
{
  g_autoptr (PslStatement) origins = psl_db_prepare (self->store->db, "SELECT origin FROM origin WHERE origin <> ?", error);
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  if (origins == NULL)
    return FALSE;
  psl_statement_bind_int64 (origins, 1, removal->origin);
  while (!*used && psl_statement_step (origins, &local_error))
    {
      gint64 origin = psl_statement_get_int64 (origins, 0);

      g_clear_pointer (&statement, psl_statement_release);
      statement = psl_db_prepare (self->store->db, SELECT_USED, error);
      if (statement == NULL)
        return FALSE;
      psl_statement_bind_int64 (statement, 1, rid);
      psl_statement_bind_int64 (statement, 2, origin);
      psl_statement_bind_int64 (statement, 3, get_seen (self, removal->origin, removal->number, origin));
      psl_statement_bind_int64 (statement, 4, get_first_that_knows (self, origin, removal->origin, removal->number));
      *used = psl_statement_step (statement, &local_error) && psl_statement_get_int64 (statement, 0) != 0;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
merge_state (PslHeads             *self,
             const PslRecordHead  *head,
             gint64                rid,
             GError              **error)
{
  g_autoptr (GPtrArray) versions = read_versions (self, rid, PSL_FIELD_STATE, "", error);
  g_autoptr (GPtrArray) heads = versions != NULL ? find_heads (self, versions) : NULL;
  gboolean differs, used = FALSE;
  const char *value;
  PslRecordState state;

  if (heads == NULL || heads->len == 0)
    return heads != NULL;
  differs = !agree (heads);
  put_shown_first (heads, TRUE);
  value = ((Version *) g_ptr_array_index (heads, 0))->new_value;
  if (g_strcmp0 (value, "live") != 0)
    {
      for (guint i = 0; i < heads->len && !used; i++)
        if (!is_used_apart (self, rid, g_ptr_array_index (heads, i), &used, error))
          return FALSE;
      if (used)
        value = "live";
    }
  if (!psl_record_state_parse (value, &state))
    {
      psl_db_set_error (self->store->db, SQLITE_CORRUPT, error);
      return FALSE;
    }
  return (head->state == state || psl_store_write_state (self->store, head->plan, rid, head->state, state, error)) &&
         (differs || used ? note_conflict (self, rid, PSL_FIELD_STATE, "", heads, used ? "live" : NULL, error)
                          : forget_conflict (self, rid, PSL_FIELD_STATE, "", error));
}

/* Has the state looked at of what a record belongs to or belonged to. */
static gboolean
add_owners (PslHeads       *self,
            const PslPlan  *plan,
            gint64          rid,
            GError        **error)
{
  const PslField *field = psl_kind_get_owner_field (plan->kind);
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  if (field == NULL)
    return TRUE;
  statement = psl_db_prepare (self->store->db,
                              "SELECT r.rid FROM change AS c CROSS JOIN record AS r ON r.id IN (c.old, c.new, c.content ->> ?2)"
                              " WHERE c.rid = ?1 AND (c.field = ?2 OR c.content IS NOT NULL)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field->name);
  while (psl_statement_step (statement, &local_error))
    add_state (self, psl_statement_get_int64 (statement, 0));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
merge_cell (PslHeads    *self,
            gint64       rid,
            const char  *name,
            GError     **error)
{
  const char *language = strchr (name, '\n') + 1;
  g_autofree char *field_name = g_strndup (name, (gsize) (language - 1 - name));
  const PslField *field;
  PslRecordHead head;

  if (!psl_store_read_head (self->store, rid, &head, error))
    return FALSE;
  /* What a description has no field for stays in the journal. */
  field = psl_field_find_stored (head.plan->kind, field_name);
  if (field == NULL || field->type == PSL_FIELD_TYPE_PARTS ||
      ((field->flags & PSL_FIELD_MULTILINGUAL) != 0) != (*language != '\0'))
    return TRUE;
  return merge_field (self, head.plan, rid, field, language, error);
}

static GArray *
list_rids (GHashTable *table)
{
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer rid;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &rid, NULL))
    g_array_append_vals (rids, rid, 1);
  g_array_sort (rids, psl_store_compare_rids);
  return rids;
}

static gboolean
merge_record (PslHeads  *self,
              gint64     rid,
              GError   **error)
{
  GHashTable *names = g_hash_table_lookup (self->cells, &rid);
  PslRecordHead head;
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!merge_cell (self, rid, name, error))
      return FALSE;
  return psl_store_read_head (self->store, rid, &head, error) && add_owners (self, head.plan, rid, error);
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
  self->sights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
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
  g_hash_table_unref (self->sights);
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
 * psl_heads_run:
 *
 * Gives the records their values, as part of what the store takes over.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_heads_run (PslHeads  *self,
               GError   **error)
{
  g_autoptr (GArray) rids = list_rids (self->cells);
  g_autoptr (GArray) states = NULL;

  if (!read_sights (self, error))
    return FALSE;
  for (guint i = 0; i < rids->len; i++)
    if (!merge_record (self, g_array_index (rids, gint64, i), error))
      return FALSE;

  states = list_rids (self->states);
  for (guint i = 0; i < states->len; i++)
    {
      gint64 rid = g_array_index (states, gint64, i);
      PslRecordHead head;

      if (!psl_store_read_head (self->store, rid, &head, error) || !merge_state (self, &head, rid, error))
        return FALSE;
    }
  return TRUE;
}
