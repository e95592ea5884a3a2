/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-trail.h"

/* Steps that are remembered. */
#define MOST 200

struct _PslTrail
{
  GArray *rids;
  guint position;
};

/**
 * psl_trail_new:
 *
 * Returns: (transfer full): a trail without steps
 */
PslTrail *
psl_trail_new (void)
{
  PslTrail *self = g_new0 (PslTrail, 1);

  self->rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

/**
 * psl_trail_free:
 * @self: (transfer full): a trail
 */
void
psl_trail_free (PslTrail *self)
{
  g_array_unref (self->rids);
  g_free (self);
}

/**
 * psl_trail_visit:
 * @rid: the record that is shown now
 *
 * A step on; the steps ahead are forgotten. The record shown already is no step.
 */
void
psl_trail_visit (PslTrail *self,
                 gint64    rid)
{
  g_return_if_fail (rid != 0);

  if (self->rids->len > 0)
    {
      if (g_array_index (self->rids, gint64, self->position) == rid)
        return;
      g_array_set_size (self->rids, self->position + 1);
    }

  g_array_append_val (self->rids, rid);
  if (self->rids->len > MOST)
    g_array_remove_index (self->rids, 0);
  self->position = self->rids->len - 1;
}

/**
 * psl_trail_forget:
 * @rid: a record that is no more
 */
void
psl_trail_forget (PslTrail *self,
                  gint64    rid)
{
  for (guint i = self->rids->len; i-- > 0;)
    {
      if (g_array_index (self->rids, gint64, i) != rid)
        continue;
      g_array_remove_index (self->rids, i);
      if (self->position >= i && self->position > 0)
        self->position--;
    }
}

/**
 * psl_trail_back:
 *
 * A step back.
 *
 * Returns: the record there; 0 where the trail begins
 */
gint64
psl_trail_back (PslTrail *self)
{
  if (!psl_trail_can_go_back (self))
    return 0;

  self->position--;

  return g_array_index (self->rids, gint64, self->position);
}

/**
 * psl_trail_forward:
 *
 * A step forward.
 *
 * Returns: the record there; 0 where the trail ends
 */
gint64
psl_trail_forward (PslTrail *self)
{
  if (!psl_trail_can_go_forward (self))
    return 0;

  self->position++;

  return g_array_index (self->rids, gint64, self->position);
}

/**
 * psl_trail_can_go_back:
 *
 * Returns: whether there is a step back
 */
gboolean
psl_trail_can_go_back (PslTrail *self)
{
  return self->position > 0;
}

/**
 * psl_trail_can_go_forward:
 *
 * Returns: whether there is a step forward
 */
gboolean
psl_trail_can_go_forward (PslTrail *self)
{
  return self->position + 1 < self->rids->len;
}
