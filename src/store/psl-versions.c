/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-versions.h"

/* Up to which number an action says to have seen another register's actions. */
typedef struct
{
  gint64 number;
  gint64 seen;
} Sight;

/* No register has this number: its sights are the sights of all other registers, added up. */
#define ALL_OTHERS 0

/**
 * PslSights:
 * @pairs: (element-type gint64 GArray): the sights of a register, of another one or of
 *   %ALL_OTHERS
 */
struct _PslSights
{
  GHashTable *pairs;
};

#define SELECT_SIGHTS \
  "SELECT a.origin, a.number, o.origin, s.value FROM action AS a CROSS JOIN json_each (a.seen) AS s" \
  " CROSS JOIN origin AS o ON o.id = s.key WHERE a.seen IS NOT NULL ORDER BY a.origin, a.number"

/* The value that a record was made with, in the content of the change that made it. */
#define MADE_VALUE \
  "iif (?3 = '', c.content ->> ('$.\"' || ?2 || '\"'), c.content -> ('$.\"' || ?2 || '\"') ->> ('$.\"' || ?3 || '\"'))"

/* A record that registers made apart under one UUID has several such contents. One without the
 * value says nothing of it: it was empty before, too. */
#define SELECT_VERSIONS \
  "SELECT a.origin, o.id, a.number, c.content IS NOT NULL OR (a.undone_by IS NULL AND a.verb NOT IN ('undo', 'redo')), c.old," \
  " iif (c.content IS NULL OR c.field = ?2, c.new, " MADE_VALUE ")," \
  " c.content IS NOT NULL, a.verb = 'undo'" \
  " FROM change AS c CROSS JOIN action AS a USING (action) CROSS JOIN origin AS o USING (origin)" \
  " WHERE c.rid = ?1 AND ((c.field = ?2 AND c.language = ?3) OR " MADE_VALUE " IS NOT NULL) ORDER BY o.id, a.number"

/* The undoing and redoing of an action: the number of the action that it is undone by is a
 * value, too. */
#define SELECT_REVERSALS \
  "SELECT a.origin, o.id, a.number, TRUE, NULL, iif (a.verb = 'undo', a.action, NULL), FALSE, a.verb = 'undo'" \
  " FROM action AS a CROSS JOIN origin AS o USING (origin) WHERE a.target = ?1 ORDER BY o.id, a.number"

static void
version_free (PslVersion *self)
{
  g_free (self->origin_id);
  g_free (self->old_value);
  g_free (self->new_value);
  g_free (self);
}

static gint64
make_pair (gint64 origin,
           gint64 other)
{
  return origin << 32 | other;
}

static GArray *
get_sights (PslSights *self,
            gint64     origin,
            gint64     other)
{
  gint64 pair = make_pair (origin, other);

  return g_hash_table_lookup (self->pairs, &pair);
}

/* Notes a sight. Returns by how much it goes beyond the last one of the two. */
static gint64
add_sight (PslSights *self,
           gint64     origin,
           gint64     other,
           gint64     number,
           gint64     seen)
{
  gint64 pair = make_pair (origin, other);
  GArray *sights = g_hash_table_lookup (self->pairs, &pair);
  Sight sight = { number, seen };
  gint64 before;

  if (sights == NULL)
    {
      sights = g_array_new (FALSE, FALSE, sizeof (Sight));
      g_hash_table_insert (self->pairs, g_memdup2 (&pair, sizeof pair), sights);
    }
  before = sights->len > 0 ? g_array_index (sights, Sight, sights->len - 1).seen : 0;
  g_array_append_val (sights, sight);
  return seen - before;
}

/* Notes which actions an action knows. */
static void
add_row (PslSights    *self,
         PslStatement *statement)
{
  gint64 origin = psl_statement_get_int64 (statement, 0);
  gint64 number = psl_statement_get_int64 (statement, 1);
  gint64 more = add_sight (self, origin, psl_statement_get_int64 (statement, 2), number, psl_statement_get_int64 (statement, 3));

  add_sight (self, origin, ALL_OTHERS, number, psl_sights_get_seen (self, origin, number, ALL_OTHERS) + more);
}

/**
 * psl_sights_new:
 *
 * Returns: (transfer full): the actions that each action in the journal has seen; or %NULL
 *   with a %PSL_REGISTER_ERROR
 */
PslSights *
psl_sights_new (PslStore  *store,
                GError   **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (store->db, SELECT_SIGHTS, error);
  g_autoptr (PslSights) self = g_new0 (PslSights, 1);
  g_autoptr (GError) local_error = NULL;

  self->pairs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  if (statement == NULL)
    return NULL;
  while (psl_statement_step (statement, &local_error))
    add_row (self, statement);
  if (local_error == NULL)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * psl_sights_free:
 * @self: (transfer full): sights
 */
void
psl_sights_free (PslSights *self)
{
  g_hash_table_unref (self->pairs);
  g_free (self);
}

/**
 * psl_sights_get_seen:
 *
 * Returns: up to which number the action @number of @origin had seen the actions of @other
 */
gint64
psl_sights_get_seen (PslSights *self,
                     gint64     origin,
                     gint64     number,
                     gint64     other)
{
  GArray *sights = get_sights (self, origin, other);
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

/**
 * psl_sights_get_first_that_knows:
 *
 * Returns: the number of the first action of @origin that had seen the action @number of
 *   @other; %G_MAXINT64 where none has
 */
gint64
psl_sights_get_first_that_knows (PslSights *self,
                                 gint64     origin,
                                 gint64     other,
                                 gint64     number)
{
  GArray *sights = get_sights (self, origin, other);

  for (guint i = 0; sights != NULL && i < sights->len; i++)
    if (g_array_index (sights, Sight, i).seen >= number)
      return g_array_index (sights, Sight, i).number;
  return G_MAXINT64;
}

/**
 * psl_sights_know:
 *
 * Returns: whether the action @number of @origin knows the action @other_number of @other
 */
gboolean
psl_sights_know (PslSights *self,
                 gint64     origin,
                 gint64     number,
                 gint64     other,
                 gint64     other_number)
{
  return (origin == other ? number : psl_sights_get_seen (self, origin, number, other)) >= other_number;
}

/**
 * psl_sights_get_rank:
 *
 * Returns: how many actions the register of the action @number of @origin had seen then, its
 *   own and others'; the rank is higher than that of any action that this one knows, and the
 *   same in every register
 */
gint64
psl_sights_get_rank (PslSights *self,
                     gint64     origin,
                     gint64     number)
{
  return number + psl_sights_get_seen (self, origin, number, ALL_OTHERS);
}

static GPtrArray *
read_versions (PslStatement  *statement,
               GError       **error)
{
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) version_free);

  while (psl_statement_step (statement, error))
    {
      PslVersion *version = g_new0 (PslVersion, 1);

      version->origin = psl_statement_get_int64 (statement, 0);
      version->origin_id = g_strdup (psl_statement_get_text (statement, 1));
      version->number = psl_statement_get_int64 (statement, 2);
      version->stands = psl_statement_get_int64 (statement, 3) != 0;
      version->old_value = g_strdup (psl_statement_get_text (statement, 4));
      version->new_value = g_strdup (psl_statement_get_text (statement, 5));
      version->is_made = psl_statement_get_int64 (statement, 6) != 0;
      version->is_undo = psl_statement_get_int64 (statement, 7) != 0;
      g_ptr_array_add (versions, version);
    }
  return !psl_statement_has_failed (statement) ? g_steal_pointer (&versions) : NULL;
}

/**
 * psl_versions_read:
 * @field: the name of a field, or %PSL_FIELD_STATE
 * @language: "" where the field has none
 *
 * Returns: (transfer full) (element-type PslVersion): the changes of a value, by the UUID of
 *   the register and the number there; or %NULL with a %PSL_REGISTER_ERROR
 */
GPtrArray *
psl_versions_read (PslStore    *store,
                   gint64       rid,
                   const char  *field,
                   const char  *language,
                   GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (store->db, SELECT_VERSIONS, error);

  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field);
  psl_statement_bind_text (statement, 3, language);
  return read_versions (statement, error);
}

/**
 * psl_versions_list_standing:
 * @versions: (element-type PslVersion): changes of a value
 *
 * Returns: (transfer container) (element-type PslVersion): the changes that count where
 *   undoing a decision opens the conflict again
 */
GPtrArray *
psl_versions_list_standing (GPtrArray *versions)
{
  GPtrArray *standing = g_ptr_array_new ();

  for (guint i = 0; i < versions->len; i++)
    {
      PslVersion *version = g_ptr_array_index (versions, i);

      if (version->stands)
        g_ptr_array_add (standing, version);
    }
  return standing;
}

/* A later change of a register knows an earlier one: the last ones of each are left. */
static GPtrArray *
list_last (GPtrArray *versions)
{
  GPtrArray *last = g_ptr_array_new ();

  for (guint i = 0; i < versions->len; i++)
    {
      const PslVersion *version = g_ptr_array_index (versions, i);
      const PslVersion *next = i + 1 < versions->len ? g_ptr_array_index (versions, i + 1) : NULL;

      if (next == NULL || next->origin != version->origin)
        g_ptr_array_add (last, (gpointer) version);
    }
  return last;
}

/**
 * psl_versions_know:
 *
 * Returns: whether the change @version knows the change @other
 */
gboolean
psl_versions_know (PslSights        *sights,
                   const PslVersion *version,
                   const PslVersion *other)
{
  return psl_sights_know (sights, version->origin, version->number, other->origin, other->number);
}

/* Whether a change knows another one. Registers that read the same file make the same record
 * apart: who knows the value that it was made with in one of them knows it of all. But who undid
 * that took only back what was made there. */
static gboolean
is_known (GPtrArray        *versions,
          PslSights        *sights,
          const PslVersion *version,
          const PslVersion *by)
{
  if (version == by)
    return FALSE;
  if (psl_versions_know (sights, by, version))
    return TRUE;
  for (guint i = 0; i < versions->len && version->is_made && !by->is_made && !by->is_undo; i++)
    {
      const PslVersion *made = g_ptr_array_index (versions, i);

      if (made->is_made && g_strcmp0 (made->new_value, version->new_value) == 0 && psl_versions_know (sights, by, made))
        return TRUE;
    }
  return FALSE;
}

/**
 * psl_versions_find_heads:
 * @versions: (element-type PslVersion): changes of a value in the order of
 *   psl_versions_read()
 *
 * Returns: (transfer container) (element-type PslVersion): the changes that no other of them
 *   knows
 */
GPtrArray *
psl_versions_find_heads (GPtrArray *versions,
                         PslSights *sights)
{
  g_autoptr (GPtrArray) last = list_last (versions);
  GPtrArray *heads = g_ptr_array_new ();

  for (guint i = 0; i < last->len; i++)
    {
      PslVersion *version = g_ptr_array_index (last, i);
      gboolean known = FALSE;

      for (guint j = 0; j < last->len && !known; j++)
        known = is_known (versions, sights, version, g_ptr_array_index (last, j));
      if (!known)
        g_ptr_array_add (heads, version);
    }
  return heads;
}

/**
 * psl_versions_find_undo:
 * @action: an action's number
 * @undo: (out): the number of the action that it is undone by; 0 where it is not undone
 *
 * Merges all undoing and redoing of an action: where registers did so apart, the action of
 * the register with the lowest UUID counts.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_versions_find_undo (PslStore   *store,
                        PslSights  *sights,
                        gint64      action,
                        gint64     *undo,
                        GError    **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (store->db, SELECT_REVERSALS, error);
  g_autoptr (GPtrArray) reversals = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  const char *value;

  *undo = 0;
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  reversals = read_versions (statement, error);
  if (reversals == NULL)
    return FALSE;
  heads = psl_versions_find_heads (reversals, sights);
  value = heads->len > 0 ? ((const PslVersion *) g_ptr_array_index (heads, 0))->new_value : NULL;
  if (value != NULL)
    *undo = g_ascii_strtoll (value, NULL, 10);
  return TRUE;
}
