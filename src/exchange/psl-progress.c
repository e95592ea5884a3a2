/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-progress.h"

/* What an integer can tell finely enough. */
#define WHOLE 10000

struct _PslProgress
{
  int part;
};

/**
 * psl_progress_new:
 *
 * Returns: (transfer full): work of which nothing is done
 */
PslProgress *
psl_progress_new (void)
{
  return g_atomic_rc_box_new0 (PslProgress);
}

/**
 * psl_progress_ref:
 *
 * Returns: (transfer full): @self. Any thread may call it
 */
PslProgress *
psl_progress_ref (PslProgress *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * psl_progress_unref:
 * @self: (transfer full): some work
 *
 * Any thread may call it.
 */
void
psl_progress_unref (PslProgress *self)
{
  g_atomic_rc_box_release (self);
}

/**
 * psl_progress_set:
 * @fraction: how much is done, from 0 to 1
 * @self: some work
 *
 * Any thread may call it; in this order a callback for progress.
 */
void
psl_progress_set (double   fraction,
                  gpointer self)
{
  g_atomic_int_set (&((PslProgress *) self)->part, (int) (CLAMP (fraction, 0, 1) * WHOLE));
}

/**
 * psl_progress_get:
 *
 * Returns: how much is done, from 0 to 1. Any thread may ask
 */
double
psl_progress_get (PslProgress *self)
{
  return (double) g_atomic_int_get (&self->part) / WHOLE;
}
