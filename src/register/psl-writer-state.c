/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-writer-state.h"

/* How long reads wait for a write that may take long. Microseconds. */
#define PATIENCE (G_USEC_PER_SEC / 2)

struct _PslWriterState
{
  GMutex mutex;
  GCond changed;

  guint64 n_asked;
  guint64 n_written;
  /* Numbers (guint64 *) of the long writes that are not done, rising. */
  GQueue long_writes;
  /* The number of the write that may take long and runs, 0 for none, and until when reads
   * wait for it. */
  guint64 watched;
  gint64 patient_until;
  /* (element-type GError): of writes that failed and that nobody was told of yet. */
  GQueue untold_errors;
  guint n_replaced;
  PslCodelists *codelists;      /* (nullable): until the writer has read them */
};

/* Whether the writes before the read are done. A read does not wait for long writes, nor for
 * the writes behind them. */
static gboolean
is_ready (PslWriterState *self,
          PslJob         *job)
{
  guint64 *next_long = g_queue_peek_head (&self->long_writes);
  guint64 needed = job->sequence;

  if (next_long != NULL && *next_long <= needed)
    needed = *next_long - 1;
  if (self->watched != 0 && self->watched <= needed && g_get_monotonic_time () >= self->patient_until)
    needed = self->watched - 1;
  return self->n_written >= needed;
}

/* Waits until something changes, or reads need not wait any longer for the write that runs. */
static void
wait (PslWriterState *self)
{
  if (self->watched != 0 && g_get_monotonic_time () < self->patient_until)
    g_cond_wait_until (&self->changed, &self->mutex, self->patient_until);
  else
    g_cond_wait (&self->changed, &self->mutex);
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  psl_writer_state_wake (user_data);
}

/**
 * psl_writer_state_new:
 *
 * Returns: (transfer full): the state of a writer that was asked for nothing yet
 */
PslWriterState *
psl_writer_state_new (void)
{
  PslWriterState *self = g_new0 (PslWriterState, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->long_writes);
  g_queue_init (&self->untold_errors);

  return self;
}

/**
 * psl_writer_state_free:
 * @self: (transfer full): a state that no thread uses any more
 */
void
psl_writer_state_free (PslWriterState *self)
{
  g_queue_clear_full (&self->untold_errors, (GDestroyNotify) g_error_free);
  g_queue_clear_full (&self->long_writes, g_free);
  g_clear_pointer (&self->codelists, psl_codelists_unref);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * psl_writer_state_number:
 * @job: a write
 *
 * Gives the write its place in the order. Only on the main thread.
 */
void
psl_writer_state_number (PslWriterState *self,
                         PslJob         *job)
{
  g_mutex_lock (&self->mutex);
  job->sequence = ++self->n_asked;
  if (job->flags & PSL_JOB_LONG)
    g_queue_push_tail (&self->long_writes, g_memdup2 (&job->sequence, sizeof job->sequence));
  g_mutex_unlock (&self->mutex);
}

/**
 * psl_writer_state_get_last_asked:
 *
 * Returns: the number of the write that was asked for last; 0 where there was none. Only
 *   on the main thread
 */
guint64
psl_writer_state_get_last_asked (PslWriterState *self)
{
  return self->n_asked;
}

/**
 * psl_writer_state_note_begun:
 * @job: a write that runs from now on
 *
 * Where the write may take long, has reads wait only a while. Only on the writer's thread.
 */
void
psl_writer_state_note_begun (PslWriterState *self,
                             PslJob         *job)
{
  if (!(job->flags & PSL_JOB_WATCHED))
    return;
  g_mutex_lock (&self->mutex);
  self->watched = job->sequence;
  self->patient_until = g_get_monotonic_time () + PATIENCE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/**
 * psl_writer_state_note_written:
 * @job: a write that is in the file, or failed
 *
 * Lets the reads go on that wait for it. Only on the writer's thread.
 */
void
psl_writer_state_note_written (PslWriterState *self,
                               PslJob         *job)
{
  g_mutex_lock (&self->mutex);
  if (job->flags & PSL_JOB_LONG)
    g_free (g_queue_pop_head (&self->long_writes));
  if (job->error != NULL)
    g_queue_push_tail (&self->untold_errors, g_error_copy (job->error));
  self->n_written = job->sequence;
  self->watched = 0;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/**
 * psl_writer_state_note_replaced:
 *
 * Notes that another file stands in the register's place. Only on the writer's thread,
 * before psl_writer_state_note_written().
 */
void
psl_writer_state_note_replaced (PslWriterState *self)
{
  g_mutex_lock (&self->mutex);
  self->n_replaced++;
  g_mutex_unlock (&self->mutex);
}

/**
 * psl_writer_state_wait:
 * @reader: the worker of the thread
 * @job: its read
 *
 * Waits until the read can see the writes before it, is cancelled, or its worker is to stop.
 *
 * Returns: how often the register has been replaced
 */
guint
psl_writer_state_wait (PslWriterState *self,
                       PslWorker      *reader,
                       PslJob         *job)
{
  GCancellable *cancellable = psl_job_get_cancellable (job);
  gulong handler = 0;
  guint n_replaced;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);

  g_mutex_lock (&self->mutex);
  while (!is_ready (self, job) && !g_cancellable_is_cancelled (cancellable) &&
         !psl_worker_is_stopping (reader))
    wait (self);
  n_replaced = self->n_replaced;
  g_mutex_unlock (&self->mutex);

  g_cancellable_disconnect (cancellable, handler);
  return n_replaced;
}

/**
 * psl_writer_state_wake:
 *
 * Lets reads that wait look again at whether they still should.
 */
void
psl_writer_state_wake (PslWriterState *self)
{
  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/**
 * psl_writer_state_pop_untold_error:
 *
 * Returns: (transfer full) (nullable): the error of the first write that failed and that
 *   nobody was told of, in their order
 */
GError *
psl_writer_state_pop_untold_error (PslWriterState *self)
{
  GError *error;

  g_mutex_lock (&self->mutex);
  error = g_queue_pop_head (&self->untold_errors);
  g_mutex_unlock (&self->mutex);
  return error;
}

/**
 * psl_writer_state_set_codelists:
 * @codelists: the present code lists of the register
 *
 * Gives the code lists to all threads. Only on the writer's thread.
 *
 * Returns: whether the entries are others than before; %FALSE the first time
 */
gboolean
psl_writer_state_set_codelists (PslWriterState *self,
                                PslCodelists   *codelists)
{
  gboolean is_other;

  /* Only this thread replaces them. */
  if (self->codelists == codelists)
    return FALSE;
  is_other = self->codelists != NULL && !psl_codelists_equal (self->codelists, codelists);
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->codelists, psl_codelists_unref);
  self->codelists = psl_codelists_ref (codelists);
  g_mutex_unlock (&self->mutex);
  return is_other;
}

/**
 * psl_writer_state_dup_codelists:
 *
 * Returns: (transfer full) (nullable): the code lists that the writer read last
 */
PslCodelists *
psl_writer_state_dup_codelists (PslWriterState *self)
{
  PslCodelists *codelists;

  g_mutex_lock (&self->mutex);
  codelists = self->codelists != NULL ? psl_codelists_ref (self->codelists) : NULL;
  g_mutex_unlock (&self->mutex);
  return codelists;
}
