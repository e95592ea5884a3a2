/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-error.h"
#include "psl-register-private.h"

#include "psl-store-private.h"

/*
 * What the register's threads do with a job, and the order between them: all
 * that is under the mutex is here.
 */

static PslCodelists *
dup_codelists (PslRegister *self)
{
  PslCodelists *codelists;

  g_mutex_lock (&self->mutex);
  codelists = self->codelists != NULL ? psl_codelists_ref (self->codelists) : NULL;
  g_mutex_unlock (&self->mutex);
  return codelists;
}

static gboolean
is_cancelled (PslJob *job)
{
  return g_cancellable_set_error_if_cancelled (psl_job_get_cancellable (job), &job->error);
}

/* On the writer's thread: the write is in the file, or failed. Reads may go on. */
static void
note_written (PslRegister *self,
              PslJob      *job)
{
  g_mutex_lock (&self->mutex);
  if (job->flags & PSL_JOB_LONG)
    g_free (g_queue_pop_head (&self->long_writes));
  if (job->error != NULL)
    g_queue_push_tail (&self->untold_errors, g_error_copy (job->error));
  self->n_written = job->sequence;
  g_cond_broadcast (&self->written);
  g_mutex_unlock (&self->mutex);
}

/* Gives the writer's code lists to all threads. Returns whether they are others than
 * before. */
static gboolean
publish_codelists (PslRegister *self,
                   PslStore    *store)
{
  PslCodelists *codelists = psl_store_get_codelists (store);
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

/* Reads the code lists again where another process may have changed them. */
static void
note_codelists (PslRegister *self,
                PslStore    *store,
                PslJob      *job)
{
  g_autoptr (GError) error = NULL;

  if (job->changes != NULL && (job->changes->external || job->changes->all) &&
      !psl_store_read_codelists (store, &error))
    g_message ("Reading the code lists failed: %s", error->message);
  if (publish_codelists (self, store) && job->changes != NULL)
    job->changes->codelists = job->changes->all = TRUE;
}

/* Tells what can be undone and redone after the change. */
static void
note_next (PslStore *store,
           PslJob   *job)
{
  g_autoptr (GError) undo_error = NULL;
  g_autoptr (GError) redo_error = NULL;

  if (job->changes == NULL)
    return;
  job->changes->next_undo = psl_store_next_own_undo (store, &undo_error);
  job->changes->next_redo = psl_store_next_own_redo (store, &redo_error);
  if (undo_error != NULL && !g_error_matches (undo_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING))
    g_message ("What can be undone is not known: %s", undo_error->message);
  if (redo_error != NULL && !g_error_matches (redo_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING))
    g_message ("What can be redone is not known: %s", redo_error->message);
}

static void
note_changes (PslRegister *self,
              PslStore    *store,
              PslJob      *job)
{
  g_autoptr (GError) error = NULL;

  if (self->is_replaced)
    {
      self->is_replaced = FALSE;
      job->changes = psl_changed_set_new_all ();
      return;
    }
  if (psl_journal_mark_advance (&self->mark, store, job->error == NULL ? job->rid : 0,
                                &job->changes, &error))
    return;

  /* What happened is not known, so it may be anything. */
  g_message ("Reading what changed failed: %s", error->message);
  job->changes = psl_changed_set_new_all ();
}

static PslStore *
get_writer_store (PslRegister  *self,
                  PslWorker    *worker,
                  PslJob       *job,
                  GError      **error)
{
  PslStore *store;

  /* Its folder was moved or removed, or another program restored a backup, or has
   * written what a connection without locks can't see. */
  if (psl_worker_drop_moved_store (worker))
    {
      self->is_marked = FALSE;
      self->is_replaced = TRUE;
    }
  store = psl_worker_get_store (worker, job, error);
  if (store == NULL)
    return NULL;
  if (!self->is_marked && !psl_journal_mark_init (&self->mark, store, error))
    return NULL;
  self->is_marked = TRUE;
  return store;
}

static void
wake_cb (GCancellable *cancellable,
         gpointer      user_data)
{
  psl_register_wake (user_data);
}

/* Whether the read can see what was written before it was asked for, but for long
 * writes and those behind them, which it does not wait for. */
static gboolean
is_ready (PslRegister *self,
          PslJob      *job)
{
  guint64 *next_long = g_queue_peek_head (&self->long_writes);
  guint64 needed = job->sequence;

  if (next_long != NULL && *next_long <= needed)
    needed = *next_long - 1;
  return self->n_written >= needed;
}

static void
wait_for_writes (PslRegister *self,
                 PslWorker   *worker,
                 PslJob      *job,
                 guint       *generation)
{
  GCancellable *cancellable = psl_job_get_cancellable (job);
  gulong handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (wake_cb), self, NULL);

  g_mutex_lock (&self->mutex);
  while (!is_ready (self, job) && !g_cancellable_is_cancelled (cancellable) &&
         !psl_worker_is_stopping (worker))
    g_cond_wait (&self->written, &self->mutex);
  *generation = self->generation;
  g_mutex_unlock (&self->mutex);

  g_cancellable_disconnect (cancellable, handler);
}

/* Calls a job that writes. */
void
psl_register_write_run (PslWorker *worker,
                        PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  PslStore *store = NULL;

  if (!is_cancelled (job))
    store = get_writer_store (self, worker, job, &job->error);
  if (store != NULL)
    {
      psl_job_call (job, store);
      /* A function that left an action open has failed to say so. */
      if (psl_db_in_transaction (psl_store_get_db (store)))
        psl_store_rollback (store);
      note_changes (self, store, job);
      note_codelists (self, store, job);
      note_next (store, job);
    }
  note_written (self, job);
}

/* Opens the register; its result is the file's name, with symbolic links followed. */
void
psl_register_open_run (PslWorker *worker,
                       PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  PslStore *store = NULL;

  if (!is_cancelled (job))
    store = get_writer_store (self, worker, job, &job->error);
  if (store == NULL)
    return;
  publish_codelists (self, store);
  job->result = g_strdup (psl_store_get_path (store));
  job->destroy_result = g_free;
}

/* Looks at what other processes did. */
void
psl_register_check_run (PslWorker *worker,
                        PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  PslStore *store = NULL;

  if (!is_cancelled (job))
    store = get_writer_store (self, worker, job, &job->error);
  if (store == NULL)
    return;
  note_changes (self, store, job);
  note_codelists (self, store, job);
  note_next (store, job);
}

/* Work that replaces the file: no connection of this process may stay open. */
void
psl_register_replace_run (PslWorker *worker,
                          PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  g_autoptr (GError) error = NULL;
  PslStore *store;

  psl_worker_close_store (worker);
  psl_job_call (job, NULL);

  self->is_marked = FALSE;
  store = get_writer_store (self, worker, job, &error);
  if (store == NULL && job->error == NULL)
    job->error = g_steal_pointer (&error);
  job->changes = psl_changed_set_new_all ();
  if (store != NULL)
    note_codelists (self, store, job);

  g_mutex_lock (&self->mutex);
  self->generation++;
  g_mutex_unlock (&self->mutex);
  note_written (self, job);
}

/* Gives the code lists that the writer read last to a store that reads. */
static void
take_codelists (PslRegister *self,
                PslStore    *store)
{
  g_autoptr (PslCodelists) codelists = dup_codelists (self);

  if (codelists != NULL)
    psl_store_set_codelists (store, codelists);
}

/* Calls a job that reads, when it can see what was written before. */
void
psl_register_read_run (PslWorker *worker,
                       PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  PslStore *store;
  guint generation;

  wait_for_writes (self, worker, job, &generation);
  if (is_cancelled (job))
    return;
  if (psl_worker_is_stopping (worker))
    {
      psl_register_set_closed_error (&job->error);
      return;
    }

  psl_worker_drop_old_store (worker, generation);
  psl_worker_drop_moved_store (worker);
  store = psl_worker_get_store (worker, job, &job->error);
  if (store == NULL)
    return;
  take_codelists (self, store);
  psl_job_call (job, store);
}

/* Has the main thread use the register's code lists. */
void
psl_register_use_codelists (PslRegister *self)
{
  g_autoptr (PslCodelists) codelists = dup_codelists (self);

  psl_codelists_use (codelists);
}

/* Lets reads that wait look again at whether they still should. */
void
psl_register_wake (PslRegister *self)
{
  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->written);
  g_mutex_unlock (&self->mutex);
}

/* Gives a write its place in the order, from the main thread. */
void
psl_register_number_write (PslRegister *self,
                           PslJob      *job)
{
  g_mutex_lock (&self->mutex);
  job->sequence = ++self->n_asked;
  if (job->flags & PSL_JOB_LONG)
    g_queue_push_tail (&self->long_writes, g_memdup2 (&job->sequence, sizeof job->sequence));
  g_mutex_unlock (&self->mutex);
}

/* Returns: (transfer full) (nullable): the error of the first write that failed
 * and that nobody was told of, in their order. */
GError *
psl_register_pop_untold_error (PslRegister *self)
{
  GError *error;

  g_mutex_lock (&self->mutex);
  error = g_queue_pop_head (&self->untold_errors);
  g_mutex_unlock (&self->mutex);
  return error;
}
