/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-store-private.h"
#include "psl-transaction.h"

/* The places of parts among the others of their kind and owner. */

/* Between the positions of neighbours. */
#define POSITION_STEP 1024

/* A part and its place among the others of its kind and owner. */
typedef struct
{
  gint64 rid;
  gint64 position;
} Place;

/* The places of a record's parts of one kind, in their order, without parts that are gone. */
static GArray *
read_places (PslStore       *self,
             gint64          owner,
             const PslKind  *kind,
             GError        **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  statement = psl_db_prepare (self->db,
                              "SELECT rid, position FROM record WHERE owner = ? AND kind = ? AND state <> -1"
                              " ORDER BY position, id", error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, owner);
  psl_statement_bind_text (statement, 2, kind->name);
  while (psl_statement_step (statement, error))
    {
      Place place = { psl_statement_get_int64 (statement, 0), psl_statement_get_int64 (statement, 1) };

      g_array_append_val (places, place);
    }
  return !psl_statement_has_failed (statement) ? g_steal_pointer (&places) : NULL;
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
