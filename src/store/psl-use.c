/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-use.h"

/*
 * The uses of a record: changes of it or of a part of it, and links to one of these. The
 * owner of a part is the one that the author of the change, or whoever took the record away,
 * knew; so later changes never alter whether a change used a record. Where a record was made
 * with the same values in several registers, whoever knows one of these knows all.
 */

/* The owners that record ?1, of a kind whose field ?2 leads to the owner, has been given. */
#define SELECT_OWNERS \
  "SELECT o.rid, a.origin, a.number FROM change AS c CROSS JOIN record AS o ON o.id = ifnull (c.content ->> ?2, c.new)" \
  " CROSS JOIN action AS a USING (action) WHERE c.rid = ?1 AND (c.field = ?2 OR c.content IS NOT NULL)"

/* The records that an action used: records that it changed or made, and records at the other
 * end of their links; and which record it did so by making. Only a part has an owner that may
 * be ?1. */
#define USES(actions) \
  "SELECT a.number, s.rid, iif (c.content IS NULL, 0, c.rid) FROM " actions " CROSS JOIN change AS c USING (action) CROSS JOIN record AS s ON s.rid = c.rid" \
  "  WHERE (c.field <> '$state' OR c.content IS NOT NULL) AND (s.rid = ?1 OR s.owner IS NOT NULL)" \
  " UNION ALL SELECT a.number, s.rid, 0 FROM " actions " CROSS JOIN change AS c USING (action)" \
  "  CROSS JOIN record AS s ON s.id = c.new WHERE s.rid = ?1 OR s.owner IS NOT NULL" \
  " UNION ALL SELECT a.number, s.rid, c.rid FROM " actions " CROSS JOIN change AS c USING (action)" \
  "  CROSS JOIN json_each (c.content) AS j CROSS JOIN record AS s ON s.id = j.value" \
  "  WHERE c.content IS NOT NULL AND (s.rid = ?1 OR s.owner IS NOT NULL)"

/* The uses by actions of register ?2 between the numbers ?3 and ?4, made here or received
 * from it. */
#define SELECT_USES \
  "WITH own AS (SELECT action, number FROM action WHERE action > ?3 AND action < ?4 AND number = action AND origin = ?2)," \
  " got AS (SELECT action, number FROM action WHERE number <> action AND origin = ?2 AND number > ?3 AND number < ?4) " \
  USES ("own AS a") " UNION ALL " USES ("got AS a")

/* The actions of other registers that made record ?1 with the values with which the action ?3
 * of register ?2 made it. */
#define SELECT_MADE_ALIKE \
  "SELECT a.origin, a.number FROM change AS u CROSS JOIN action AS ua USING (action)" \
  " CROSS JOIN change AS c ON c.rid = u.rid AND c.content = u.content CROSS JOIN action AS a ON a.action = c.action" \
  " WHERE u.rid = ?1 AND ua.origin = ?2 AND ua.number = ?3 AND a.origin <> ?2"

/* The use of a record by an action, apart from its removals. */
typedef struct
{
  PslStore *store;
  PslSights *sights;
  gint64 origin;
  gint64 number;
  GPtrArray *removals;
} Use;

/* Whether an action is known to whoever used the record or took it away. */
static gboolean
is_known (const Use *use,
          gint64     origin,
          gint64     number)
{
  gboolean known = psl_sights_know (use->sights, use->origin, use->number, origin, number);

  for (guint i = 0; i < use->removals->len && !known; i++)
    {
      const PslVersion *removal = g_ptr_array_index (use->removals, i);

      known = psl_sights_know (use->sights, removal->origin, removal->number, origin, number);
    }
  return known;
}

/* Whether the use neither knows of one of the removals nor is known to one. */
static gboolean
is_apart (const Use *use)
{
  for (guint i = 0; i < use->removals->len; i++)
    {
      const PslVersion *removal = g_ptr_array_index (use->removals, i);

      if (psl_sights_know (use->sights, use->origin, use->number, removal->origin, removal->number) ||
          psl_sights_know (use->sights, removal->origin, removal->number, use->origin, use->number))
        return FALSE;
    }
  return TRUE;
}

/* Whether the use is the making of a record that somebody who took the record away knew as made
 * with the same values.
 * @made: the record that was made; 0 where none was */
static gboolean
is_made_known (const Use  *use,
               gint64      made,
               gboolean   *known,
               GError    **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  *known = FALSE;
  if (made == 0)
    return TRUE;
  statement = psl_db_prepare (use->store->db, SELECT_MADE_ALIKE, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, made);
  psl_statement_bind_int64 (statement, 2, use->origin);
  psl_statement_bind_int64 (statement, 3, use->number);
  while (!*known && psl_statement_step (statement, &local_error))
    for (guint i = 0; i < use->removals->len && !*known; i++)
      {
        const PslVersion *removal = g_ptr_array_index (use->removals, i);

        *known = psl_sights_know (use->sights, removal->origin, removal->number, psl_statement_get_int64 (statement, 0),
                                  psl_statement_get_int64 (statement, 1));
      }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Adds the records that a record was a part of, as far as @use knows; %NULL for all. */
static gboolean
append_owners (PslStore   *store,
               const Use  *use,
               gint64      rid,
               GArray     *owners,
               GError    **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  const PslField *field;
  PslRecordHead head;

  if (!psl_store_read_head (store, rid, &head, error))
    return FALSE;
  field = psl_kind_get_owner_field (head.plan->kind);
  if (field == NULL)
    return TRUE;
  statement = psl_db_prepare (store->db, SELECT_OWNERS, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field->name);
  while (psl_statement_step (statement, &local_error))
    {
      gint64 owner = psl_statement_get_int64 (statement, 0);

      if (use == NULL || is_known (use, psl_statement_get_int64 (statement, 1), psl_statement_get_int64 (statement, 2)))
        g_array_append_val (owners, owner);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Adds the owners of the elements of @rids (element-type gint64) from @pending on. */
static gboolean
add_owners (PslStore    *store,
            const Use   *use,
            GArray      *pending,
            GHashTable  *rids,
            GError     **error)
{
  for (guint i = 0; i < pending->len; i++)
    {
      gint64 rid = g_array_index (pending, gint64, i);
      g_autoptr (GArray) owners = g_array_new (FALSE, FALSE, sizeof (gint64));

      if (!append_owners (store, use, rid, owners, error))
        return FALSE;
      for (guint j = 0; j < owners->len; j++)
        {
          gint64 owner = g_array_index (owners, gint64, j);

          if (g_hash_table_add (rids, g_memdup2 (&owner, sizeof owner)))
            g_array_append_val (pending, owner);
        }
    }
  return TRUE;
}

/* Whether @subject is a part of @rid, or of a part of it. */
static gboolean
is_part_of (const Use  *use,
            gint64      subject,
            gint64      rid,
            gboolean   *is_part,
            GError    **error)
{
  g_autoptr (GHashTable) owners = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (pending, subject);
  if (!add_owners (use->store, use, pending, owners, error))
    return FALSE;
  *is_part = g_hash_table_contains (owners, &rid);
  return TRUE;
}

/* Whether actions of the register @origin used the record apart from its removals. */
static gboolean
is_used_by (PslStore   *store,
            PslSights  *sights,
            gint64      rid,
            GPtrArray  *removals,
            gint64      origin,
            gboolean   *used,
            GError    **error)
{
  const PslVersion *first = g_ptr_array_index (removals, 0);
  g_autoptr (PslStatement) statement = psl_db_prepare (store->db, SELECT_USES, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_int64 (statement, 2, origin);
  psl_statement_bind_int64 (statement, 3, psl_sights_get_seen (sights, first->origin, first->number, origin));
  psl_statement_bind_int64 (statement, 4, psl_sights_get_first_that_knows (sights, origin, first->origin, first->number));
  while (!*used && psl_statement_step (statement, &local_error))
    {
      Use use = { store, sights, origin, psl_statement_get_int64 (statement, 0), removals };
      gint64 subject = psl_statement_get_int64 (statement, 1);
      gboolean known;

      if (!is_apart (&use))
        continue;
      if (!is_made_known (&use, psl_statement_get_int64 (statement, 2), &known, error))
        return FALSE;
      if (known)
        continue;
      *used = subject == rid;
      if (!*used && !is_part_of (&use, subject, rid, used, error))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * psl_use_add_owners:
 * @rids: (element-type gint64): records
 *
 * Adds to them their present and former owners, up to the topmost.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_use_add_owners (PslStore    *store,
                    GHashTable  *rids,
                    GError     **error)
{
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer rid;

  g_hash_table_iter_init (&iter, rids);
  while (g_hash_table_iter_next (&iter, &rid, NULL))
    g_array_append_vals (pending, rid, 1);
  return add_owners (store, NULL, pending, rids, error);
}

/**
 * psl_use_is_apart:
 * @removals: (element-type PslVersion): the changes that took the record away, at least one
 * @used: (out): whether the record was used by somebody who knew of none of them, and of whom
 *   none of those knew who took it away
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_use_is_apart (PslStore   *store,
                  PslSights  *sights,
                  gint64      rid,
                  GPtrArray  *removals,
                  gboolean   *used,
                  GError    **error)
{
  const PslVersion *first = g_ptr_array_index (removals, 0);
  g_autoptr (PslStatement) statement = psl_db_prepare (store->db, "SELECT origin FROM origin WHERE origin <> ?", error);
  g_autoptr (GError) local_error = NULL;

  *used = FALSE;
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, first->origin);
  while (!*used && psl_statement_step (statement, &local_error))
    if (!is_used_by (store, sights, rid, removals, psl_statement_get_int64 (statement, 0), used, error))
      return FALSE;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
