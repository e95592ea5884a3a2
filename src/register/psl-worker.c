/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-worker.h"

#include "psl-store-private.h"

struct _PslWorker
{
  GThread *thread;
  GAsyncQueue *jobs;
  GMainContext *context;
  GFunc deliver;
  char *path;
  PslStoreFlags flags;
  GStrv known;                  /* (nullable): the UUIDs that the register may have when it is opened first */
  PslStore *store;
  guint generation;
  PslJob *job;
  int is_stopping;
};

/* Ends the queue. */
static PslJob last_job;

/* A job on its way back to the main thread. */
typedef struct
{
  PslJob *job;
  GFunc deliver;
} Delivery;

static gboolean
deliver_cb (gpointer user_data)
{
  Delivery *delivery = user_data;

  delivery->deliver (delivery->job, NULL);
  return G_SOURCE_REMOVE;
}

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  psl_job_free (delivery->job);
  g_free (delivery);
}

static gboolean
is_cancelled_cb (gpointer user_data)
{
  PslWorker *self = user_data;

  return self->job != NULL &&
         (g_cancellable_is_cancelled (psl_job_get_cancellable (self->job)) || psl_worker_is_stopping (self));
}

/* Sends the job that was done back to the main thread, which frees it. */
static void
send_back (PslWorker *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->job = g_steal_pointer (&self->job);
  delivery->deliver = self->deliver;

  /* By a source of the main loop's even where this thread could run it itself, as
   * g_main_context_invoke() would while the loop is not running. */
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[passerelle] job done");
  g_source_set_callback (source, deliver_cb, delivery, delivery_free);
  g_source_attach (source, self->context);
}

static gpointer
thread_cb (gpointer user_data)
{
  PslWorker *self = user_data;
  PslJob *job;

  while ((job = g_async_queue_pop (self->jobs)) != &last_job)
    {
      self->job = job;
      job->run (self, job);
      send_back (self);
    }
  psl_worker_close_store (self);

  return NULL;
}

/**
 * psl_job_new:
 * @task: (transfer full): whom the result goes to
 * @run: does the job
 *
 * Returns: (transfer full): a job
 */
PslJob *
psl_job_new (GTask     *task,
             PslJobRun  run)
{
  PslJob *self = g_new0 (PslJob, 1);

  self->task = task;
  self->run = run;
  return self;
}

/**
 * psl_job_free:
 * @self: (transfer full): a job
 *
 * Frees it, on the main thread: its task may hold the register's last reference.
 */
void
psl_job_free (PslJob *self)
{
  if (self->data != NULL && self->destroy_data != NULL)
    self->destroy_data (self->data);
  if (self->result != NULL && self->destroy_result != NULL)
    self->destroy_result (self->result);
  g_clear_pointer (&self->author, g_ref_string_release);
  g_clear_error (&self->error);
  g_clear_pointer (&self->changes, psl_changed_set_free);
  g_clear_pointer (&self->progress, psl_progress_unref);
  g_object_unref (self->task);
  g_free (self);
}

/**
 * psl_job_get_cancellable:
 *
 * Returns: (transfer none) (nullable): the job's cancellable
 */
GCancellable *
psl_job_get_cancellable (PslJob *self)
{
  return g_task_get_cancellable (self->task);
}

/**
 * psl_job_call:
 *
 * Calls the job's function and keeps its result.
 */
void
psl_job_call (PslJob   *self,
              PslStore *store)
{
  self->result = self->func (store, self->data, psl_job_get_cancellable (self), &self->error);
}

/**
 * psl_worker_new:
 * @name: of the thread
 * @path: the register's file name
 * @flags: how it is opened; a worker that only reads can be interrupted
 * @deliver: called in the main context of the calling thread with each job that
 *   was done, which is freed afterwards
 *
 * Starts a thread that does jobs one after the other, with a store of its own
 * that is opened when the first one needs it.
 *
 * Returns: (transfer full): the worker
 */
PslWorker *
psl_worker_new (const char    *name,
                const char    *path,
                PslStoreFlags  flags,
                GFunc          deliver)
{
  PslWorker *self = g_new0 (PslWorker, 1);

  self->jobs = g_async_queue_new ();
  self->context = g_main_context_ref_thread_default ();
  self->deliver = deliver;
  self->path = g_strdup (path);
  self->flags = flags;
  self->thread = g_thread_new (name, thread_cb, self);
  return self;
}

/**
 * psl_worker_free:
 * @self: (nullable) (transfer full): a worker that was told to stop
 *
 * Waits until it has, and frees it.
 */
void
psl_worker_free (PslWorker *self)
{
  if (self == NULL)
    return;
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  g_main_context_unref (self->context);
  g_strfreev (self->known);
  g_free (self->path);
  g_free (self);
}

/**
 * psl_worker_set_known:
 * @known: (nullable): the UUIDs that the register may have, see psl_store_open_known()
 *
 * Refuses another register when the store is opened first. Before the first job.
 */
void
psl_worker_set_known (PslWorker          *self,
                      const char *const  *known)
{
  g_strfreev (self->known);
  self->known = g_strdupv ((GStrv) known);
}

/**
 * psl_worker_push:
 * @job: (transfer full): a job
 */
void
psl_worker_push (PslWorker *self,
                 PslJob    *job)
{
  g_async_queue_push (self->jobs, job);
}

/**
 * psl_worker_stop:
 *
 * Makes the thread end after the jobs it has. A reading thread is interrupted, and its jobs
 * are expected to end at once.
 */
void
psl_worker_stop (PslWorker *self)
{
  g_atomic_int_set (&self->is_stopping, TRUE);
  g_async_queue_push (self->jobs, &last_job);
}

/**
 * psl_worker_is_stopping:
 *
 * Returns: whether it was told to stop. Any thread may ask
 */
gboolean
psl_worker_is_stopping (PslWorker *self)
{
  return g_atomic_int_get (&self->is_stopping);
}

/**
 * psl_worker_get_store:
 * @job: the job it is for
 *
 * Opens the store where it is not open; psl_worker_drop_moved_store() comes before
 * it. Only on the worker's thread.
 *
 * Returns: (transfer none): the store, or %NULL with an error like those of
 *   psl_store_open()
 */
PslStore *
psl_worker_get_store (PslWorker  *self,
                      PslJob     *job,
                      GError    **error)
{
  if (self->store == NULL)
    {
      self->store = psl_store_open_known (self->path, self->flags, (const char *const *) self->known, job->progress,
                                          psl_job_get_cancellable (job), error);
      if (self->store == NULL)
        return NULL;
      /* A register that vanishes later is not made anew, and a symbolic link that
       * leads elsewhere later is not followed by one thread before the others. */
      g_set_str (&self->path, psl_store_get_path (self->store));
      self->flags &= ~PSL_STORE_CREATE;
      /* A backup that is restored later, here or by another program, has a UUID of its own. */
      g_clear_pointer (&self->known, g_strfreev);
      if (self->flags & PSL_STORE_READ_ONLY)
        psl_db_set_cancel_check (psl_store_get_db (self->store), is_cancelled_cb, self);
    }
  if (job->author != NULL)
    psl_store_set_author (self->store, job->author);
  if (job->language != NULL)
    psl_store_set_language (self->store, job->language);
  return self->store;
}

/**
 * psl_worker_drop_moved_store:
 *
 * Closes the store where its file is not in its place any more, or where others' writes to it
 * can't be seen. Only on the worker's thread.
 *
 * Returns: whether it did
 */
gboolean
psl_worker_drop_moved_store (PslWorker *self)
{
  PslDb *db = self->store != NULL ? psl_store_get_db (self->store) : NULL;

  if (db == NULL || !(psl_db_has_moved (db) || psl_db_is_outdated (db)))
    return FALSE;
  psl_worker_close_store (self);
  return TRUE;
}

/**
 * psl_worker_drop_old_store:
 * @generation: how often the register has been replaced
 *
 * Closes the store where it was opened before the register was replaced last. Only
 * on the worker's thread.
 */
void
psl_worker_drop_old_store (PslWorker *self,
                           guint      generation)
{
  if (self->generation != generation)
    psl_worker_close_store (self);
  self->generation = generation;
}

/**
 * psl_worker_close_store:
 *
 * Closes the store; the next job that needs it opens it again. Only on the
 * worker's thread.
 */
void
psl_worker_close_store (PslWorker *self)
{
  g_clear_pointer (&self->store, psl_store_close);
}
