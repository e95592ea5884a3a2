/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-store-private.h"

/*
 * Parts: records that belong to a record.
 *
 * A part goes to the trash, and is removed, with its owner: it keeps its own state, and is
 * live where its owner is, too.
 */

/* Between the positions of neighbours. */
#define POSITION_STEP 1024

/* A part and its place among the others of its kind and owner. */
typedef struct
{
  gint64 rid;
  gint64 position;
} Place;

/* The places of all parts of a kind that a record has, in their order, but for those that
 * are gone. */
static GArray *
read_places (PslStore       *self,
             gint64          owner,
             const PslKind  *kind,
             GError        **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GError) local_error = NULL;

  statement = psl_db_prepare (self->db,
                              "SELECT rid, position FROM record WHERE owner = ? AND kind = ? AND state <> -1"
                              " ORDER BY position, rid", error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, owner);
  psl_statement_bind_text (statement, 2, kind->name);
  while (psl_statement_step (statement, &local_error))
    {
      Place place = { psl_statement_get_int64 (statement, 0), psl_statement_get_int64 (statement, 1) };

      g_array_append_val (places, place);
    }
  if (local_error == NULL)
    return g_steal_pointer (&places);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
write_position (PslStore       *self,
                const PslPlan  *plan,
                const Place    *place,
                gint64          position,
                GError        **error)
{
  g_autofree char *old_value = g_strdup_printf ("%" G_GINT64_FORMAT, place->position);
  g_autofree char *new_value = g_strdup_printf ("%" G_GINT64_FORMAT, position);

  return place->position == position ||
         psl_store_write_cell (self, plan, place->rid, &psl_field_position, NULL, old_value, new_value, error);
}

/* The position between two neighbours; 0 where there is no room. @after is 0 for the first
 * place, @before for the last one. */
static gint64
get_between (gint64 after,
             gint64 before)
{
  gint64 position;

  if (before == 0)
    return after <= G_MAXINT64 - POSITION_STEP ? after + POSITION_STEP : 0;
  position = after + (before - after) / 2;
  return position > after && position < before ? position : 0;
}

static guint
find_place (GArray *places,
            gint64  rid)
{
  guint nth = 0;

  while (nth < places->len && g_array_index (places, Place, nth).rid != rid)
    nth++;
  return nth;
}

static gboolean
move_part (PslStore       *self,
           const PslPlan  *plan,
           GArray         *places,
           Place           moved,
           guint           nth,
           GError        **error)
{
  gint64 after = nth > 0 ? g_array_index (places, Place, nth - 1).position : 0;
  gint64 before = nth < places->len ? g_array_index (places, Place, nth).position : 0;
  gint64 position = get_between (after, before);

  if (position > 0)
    return write_position (self, plan, &moved, position, error);

  /* No room: all get new positions. */
  g_array_insert_val (places, nth, moved);
  for (guint i = 0; i < places->len; i++)
    {
      if (!write_position (self, plan, &g_array_index (places, Place, i), (gint64) (i + 1) * POSITION_STEP, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
move (PslStore  *self,
      gint64     rid,
      gint64     after,
      GError   **error)
{
  g_autoptr (GArray) places = NULL;
  PslRecordHead head;
  guint nth;
  Place moved;

  if (!psl_store_read_head (self, rid, &head, error))
    return FALSE;
  g_return_val_if_fail (psl_kind_is_part (head.plan->kind), FALSE);
  places = read_places (self, head.owner, head.plan->kind, error);
  if (places == NULL)
    return FALSE;
  nth = find_place (places, rid);
  if (nth == places->len || (after != 0 && find_place (places, after) == places->len))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                           _("This record has been removed. Undo the removal to change it."));
      return FALSE;
    }
  if (after == rid || (nth == 0 && after == 0) || (nth > 0 && g_array_index (places, Place, nth - 1).rid == after))
    return TRUE;

  moved = g_array_index (places, Place, nth);
  g_array_remove_index (places, nth);
  return move_part (self, head.plan, places, moved, after != 0 ? find_place (places, after) + 1 : 0, error);
}

/**
 * psl_store_move:
 * @rid: a part
 * @after: another part of the same kind and owner, or 0
 *
 * Moves a part behind another one, or before all others of its kind, as part of the action.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_NOT_FOUND where one of them has been removed
 */
gboolean
psl_store_move (PslStore  *self,
                gint64     rid,
                gint64     after,
                GError   **error)
{
  GError *local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  return psl_store_check_action (self, error) &&
         (move (self, rid, after, &local_error) || psl_store_note_failure (self, local_error, error));
}

/**
 * psl_store_find_owner:
 * @kind: a kind of parts
 * @id: (nullable): the UUID of the record that a part is to belong to
 * @owner: (out): its rid
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID where none is given, or there is none
 *   that a part can belong to
 */
gboolean
psl_store_find_owner (PslStore       *self,
                      const PslKind  *kind,
                      const char     *id,
                      gint64         *owner,
                      GError        **error)
{
  const PslField *field = psl_kind_get_owner_field (kind);

  if (id != NULL)
    return psl_store_resolve_link (self, field, id, FALSE, owner, error);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               /* Translators: the name of a field that leads to the record that this one is a part of: “Project”. */
               _("“%s” can’t be empty: this record is a part of the record there."), psl_field_get_label (field));
  return FALSE;
}

/**
 * psl_store_find_position:
 * @record: a part that is being made
 * @owner: the record that it belongs to
 * @position: (out): its own position, or where it has none, the one after all others
 */
gboolean
psl_store_find_position (PslStore   *self,
                         PslRecord  *record,
                         gint64      owner,
                         gint64     *position,
                         GError    **error)
{
  const char *kind = psl_record_get_kind (record)->name;

  *position = psl_record_get_position (record);
  if (*position > 0)
    return TRUE;
  if (!psl_store_read_number (self, "SELECT max (position) FROM record WHERE owner = ? AND kind = ?", owner, kind,
                              position, error))
    return FALSE;
  *position = get_between (*position, 0);
  return TRUE;
}

/**
 * psl_store_step_up:
 * @kind: (inout): the kind of a part; out, the kind of @owner
 * @owner: (inout): the record that it belongs to; out, the one that this belongs to, or 0
 *
 * Goes from a part to its owner. The kinds come from the descriptions where they say it, and
 * a part of any record belongs to none of its own sort: a circle in a file ends there.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_NOT_FOUND where there is no such owner
 */
gboolean
psl_store_step_up (PslStore        *self,
                   const PslKind  **kind,
                   gint64          *owner,
                   GError         **error)
{
  const PslKind *described = psl_kind_get_owner (*kind);
  PslRecordHead head;

  if (!psl_store_read_head (self, *owner, &head, error))
    return FALSE;
  if (described == NULL && psl_kind_is_of_any (head.plan->kind))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED,
                           _("This record is a part of one that can have no such parts."));
      return FALSE;
    }
  *kind = described != NULL ? described : head.plan->kind;
  *owner = head.owner;
  return TRUE;
}

/**
 * psl_store_touch_owners:
 * @kind: the kind of a record that was made or changed
 * @owner: the record that it belongs to; 0 where it is no part
 *
 * Notes that the action changes @owner, and what that is a part of itself.
 */
gboolean
psl_store_touch_owners (PslStore       *self,
                        const PslKind  *kind,
                        gint64          owner,
                        GError        **error)
{
  while (psl_kind_is_part (kind))
    {
      g_autoptr (PslStatement) statement = NULL;

      statement = psl_db_prepare (self->db, "UPDATE record SET changed = ?1 WHERE rid = ?2 AND changed < ?1", error);
      if (statement == NULL)
        return FALSE;
      psl_statement_bind_int64 (statement, 1, self->transaction->at);
      psl_statement_bind_int64 (statement, 2, owner);
      if (!psl_statement_run (statement, error) || !psl_store_step_up (self, &kind, &owner, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_store_read_descendants:
 *
 * Returns: (transfer full) (element-type gint64): the parts of a record, and theirs, in
 *   whatever state; or %NULL
 */
GArray *
psl_store_read_descendants (PslStore  *self,
                            gint64     rid,
                            GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;

  statement = psl_db_prepare (self->db,
                              "WITH RECURSIVE part (rid) AS (SELECT rid FROM record WHERE owner = ?"
                              " UNION SELECT p.rid FROM part JOIN record AS p ON p.owner = part.rid)"
                              " SELECT rid FROM part", error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  while (psl_statement_step (statement, &local_error))
    {
      gint64 part = psl_statement_get_int64 (statement, 0);

      g_array_append_val (rids, part);
    }
  if (local_error == NULL)
    return g_steal_pointer (&rids);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * psl_store_read_parts_of_field:
 * @field: a field of parts
 *
 * Does for one field as psl_store_read_parts() does for all.
 */
gboolean
psl_store_read_parts_of_field (PslStore        *self,
                               PslRecord       *record,
                               const PslField  *field,
                               GError         **error)
{
  g_autoptr (GArray) places = read_places (self, psl_record_get_rid (record), field->target, error);

  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      g_autoptr (PslRecord) part = psl_store_read (self, g_array_index (places, Place, i).rid, error);

      if (part == NULL)
        return FALSE;
      if (psl_record_get_state (part) != PSL_RECORD_LIVE)
        continue;
      if (!psl_store_read_parts (self, part, error))
        return FALSE;
      psl_record_add_part (record, field, part);
    }
  return TRUE;
}

/**
 * psl_store_read_parts:
 * @record: a record that was read from the register, without parts
 *
 * Adds its parts to a record, with theirs: those that are neither removed nor in the trash
 * by themselves.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_read_parts (PslStore   *self,
                      PslRecord  *record,
                      GError    **error)
{
  const PslKind *kind;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (PSL_IS_RECORD (record), FALSE);

  kind = psl_record_get_kind (record);
  for (const PslField *field = psl_kind_next_parts (kind, NULL); field != NULL; field = psl_kind_next_parts (kind, field))
    {
      if (!psl_store_read_parts_of_field (self, record, field, error))
        return FALSE;
    }
  return TRUE;
}
