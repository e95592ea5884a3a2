/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-progress.h"

/* The whole, in steps of an integer that is set and read without a lock. */
#define WHOLE 10000

struct _PslProgress
{
  int done;
  char *what;

  /* The share of the whole at the begin and the end of the present stage; only for the thread
   * that does the work. */
  double stage_begin;
  double stage_end;
};

/**
 * psl_progress_new:
 *
 * Returns: (transfer full): work of which nothing is done
 */
PslProgress *
psl_progress_new (void)
{
  PslProgress *self = g_atomic_rc_box_new0 (PslProgress);

  self->stage_end = 1;
  return self;
}

static void
clear (gpointer data)
{
  g_free (((PslProgress *) data)->what);
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
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * psl_progress_begin_stage:
 * @self: (nullable): some work that is done in several stages
 * @end: how much of the whole is done when the next stage is, from 0 to 1
 *
 * From now on, psl_progress_set() tells how much of the next stage is done. The stage begins
 * at the share of the whole that is done by now. Only the thread that does the work.
 */
void
psl_progress_begin_stage (PslProgress *self,
                          double       end)
{
  if (self == NULL)
    return;
  self->stage_begin = psl_progress_get (self);
  self->stage_end = end;
}

/**
 * psl_progress_set:
 * @fraction: how much is done of the work, or of its stage that goes on, from 0 to 1
 * @self: (nullable): some work
 *
 * Only the thread that does the work; in this order a callback for progress.
 */
void
psl_progress_set (double   fraction,
                  gpointer self)
{
  PslProgress *progress = self;

  if (progress == NULL)
    return;
  fraction = progress->stage_begin + CLAMP (fraction, 0, 1) * (progress->stage_end - progress->stage_begin);
  g_atomic_int_set (&progress->done, (int) (fraction * WHOLE));
}

/**
 * psl_progress_get:
 *
 * Returns: how much is done, from 0 to 1. Any thread may ask
 */
double
psl_progress_get (PslProgress *self)
{
  return (double) g_atomic_int_get (&self->done) / WHOLE;
}

/**
 * psl_progress_set_what:
 * @self: (nullable): some work
 * @what: a name of the work, translated: “Undo: Import of projects.csv”
 *
 * Names the work, where it has no name yet. Only the thread that does the work.
 */
void
psl_progress_set_what (PslProgress *self,
                       const char  *what)
{
  if (self != NULL && psl_progress_get_what (self) == NULL)
    g_atomic_pointer_set (&self->what, g_strdup (what));
}

/**
 * psl_progress_get_what:
 *
 * Returns: (transfer none) (nullable): the name of the work; %NULL until it is known. Any
 *   thread may ask
 */
const char *
psl_progress_get_what (PslProgress *self)
{
  return g_atomic_pointer_get (&self->what);
}
