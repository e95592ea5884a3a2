/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-register-private.h"

#include <glib/gi18n-lib.h>

#include "psl-store-private.h"

G_DEFINE_FINAL_TYPE (PslRegister, psl_register, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a job is refused with that comes too late. */
void
psl_register_set_closed_error (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED,
                       _("The register is closed. Open it again to go on."));
}

/* Failures that nobody waited for are told, but for reads that closing stopped,
 * and once for those of looking for changes, which goes on and on. */
static void
tell_failure (PslRegister *self,
              PslJob      *job)
{
  gboolean is_check = job->run == psl_register_check_run;

  if ((job->run == psl_register_read_run && self->is_closed) || (is_check && self->is_check_failing))
    return;
  self->is_check_failing = self->is_check_failing || is_check;
  g_signal_emit (self, signals[FAILED], 0, job->error);
}

/* Ends a job on the main thread. What it changed is told first, so that whoever
 * waits for it finds lists that know of it. */
void
psl_register_deliver_cb (gpointer data,
                         gpointer user_data)
{
  PslJob *job = data;
  PslRegister *self = g_task_get_source_object (job->task);

  if (job->run == psl_register_check_run)
    {
      self->is_checking = FALSE;
      self->is_check_failing = self->is_check_failing && job->error != NULL;
    }
  psl_register_use_codelists (self);
  /* A read may have been done when it was cancelled; nobody wants its answer now. */
  if (job->run == psl_register_read_run && job->error == NULL)
    g_cancellable_set_error_if_cancelled (psl_job_get_cancellable (job), &job->error);
  if (job->changes != NULL && !self->is_closed)
    g_signal_emit (self, signals[CHANGED], 0, job->changes);
  /* Closing may have told it before. */
  if (job->error != NULL && (job->run == psl_register_write_run || job->run == psl_register_replace_run))
    {
      GError *told = psl_register_pop_untold_error (self);

      g_clear_error (&told);
    }
  if (job->error != NULL && g_task_get_task_data (job->task) != NULL)
    tell_failure (self, job);

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->destroy_result);
}

/* Marks a task that nobody waits for by its data. */
GTask *
psl_register_task_new (PslRegister         *self,
                       gpointer             source_tag,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  if (callback == NULL)
    g_task_set_task_data (task, self, NULL);
  return task;
}

static void
refuse_closed (PslRegister    *self,
               PslJob         *job)
{
  psl_register_set_closed_error (&job->error);
  if (g_task_get_task_data (job->task) != NULL)
    g_signal_emit (self, signals[FAILED], 0, job->error);
  g_task_return_error (job->task, g_steal_pointer (&job->error));
  psl_job_free (job);
}

static void
push_write (PslRegister *self,
            PslJob      *job)
{
  job->author = g_ref_string_acquire (self->author);
  job->language = self->language;
  if (self->is_closed)
    {
      refuse_closed (self, job);
      return;
    }

  psl_register_number_write (self, job);
  psl_worker_push (self->writer, job);
}

static void
psl_register_dispose (GObject *object)
{
  PslRegister *self = PSL_REGISTER (object);
  g_autoptr (GError) error = NULL;

  if (!psl_register_close_now (self, &error))
    g_warning ("A change was not stored: %s", error->message);

  G_OBJECT_CLASS (psl_register_parent_class)->dispose (object);
}

static void
psl_register_finalize (GObject *object)
{
  PslRegister *self = PSL_REGISTER (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->author, g_ref_string_release);
  g_queue_clear_full (&self->untold_errors, (GDestroyNotify) g_error_free);
  g_queue_clear_full (&self->long_writes, g_free);
  g_mutex_clear (&self->mutex);
  g_clear_pointer (&self->codelists, psl_codelists_unref);
  g_cond_clear (&self->written);

  G_OBJECT_CLASS (psl_register_parent_class)->finalize (object);
}

static void
psl_register_class_init (PslRegisterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psl_register_dispose;
  object_class->finalize = psl_register_finalize;

  /**
   * PslRegister::changed:
   * @set: a #PslChangedSet
   *
   * Records changed, here or by another process.
   */
  signals[CHANGED] = g_signal_new ("changed", PSL_TYPE_REGISTER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  /**
   * PslRegister::failed:
   * @error: a #GError
   *
   * Something that nobody waited for failed.
   */
  signals[FAILED] = g_signal_new ("failed", PSL_TYPE_REGISTER, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
psl_register_init (PslRegister *self)
{
  self->author = g_ref_string_new_intern ("");
  self->is_closed = TRUE;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->written);
  g_queue_init (&self->long_writes);
  g_queue_init (&self->untold_errors);
}

/**
 * psl_register_get_path:
 *
 * Returns: (transfer none): the register's file name, with symbolic links followed
 */
const char *
psl_register_get_path (PslRegister *self)
{
  g_return_val_if_fail (PSL_IS_REGISTER (self), NULL);

  return self->path;
}

/**
 * psl_register_is_read_only:
 *
 * Returns: whether it was opened with %PSL_STORE_READ_ONLY
 */
gboolean
psl_register_is_read_only (PslRegister *self)
{
  g_return_val_if_fail (PSL_IS_REGISTER (self), FALSE);

  return (self->flags & PSL_STORE_READ_ONLY) != 0;
}

/**
 * psl_register_set_author:
 * @author: (nullable): who makes the changes that are asked for from now on
 */
void
psl_register_set_author (PslRegister *self,
                         const char  *author)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  g_ref_string_release (self->author);
  self->author = g_ref_string_new (author != NULL ? author : "");
}

/**
 * psl_register_set_language:
 * @language: a tag of psl_language_parse(): the language of the titles of linked records
 *   from now on
 */
void
psl_register_set_language (PslRegister *self,
                           const char  *language)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (language != NULL);

  self->language = g_intern_string (language);
}

/**
 * psl_register_new_session:
 *
 * Returns: a number for one session of editing a cell, as psl_register_set_async()
 *   takes it; no other session of any process has it
 */
guint64
psl_register_new_session (void)
{
  guint64 session = ((guint64) g_random_int () << 32 | g_random_int ()) & G_MAXINT64;

  return session != 0 ? session : 1;
}

/* Like psl_register_read_async(), on a thread of its kind. */
void
psl_register_read (PslRegister         *self,
                   PslLane              lane,
                   gpointer             source_tag,
                   PslStoreFunc         func,
                   gpointer             data,
                   GDestroyNotify       destroy_data,
                   GDestroyNotify       destroy_result,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  PslJob *job = psl_job_new (psl_register_task_new (self, source_tag, cancellable, callback, user_data), psl_register_read_run);

  /* An answer that was on its way when its caller gave it up is about something
   * that is shown no longer. */
  g_task_set_check_cancellable (job->task, TRUE);
  job->func = func;
  job->data = data;
  job->destroy_data = destroy_data;
  job->destroy_result = destroy_result;
  job->language = self->language;
  job->sequence = self->n_asked;
  if (self->is_closed)
    refuse_closed (self, job);
  else
    psl_worker_push (self->readers[lane], job);
}

/* Like psl_register_write_async(); @rid is the record that it changes, where it
 * is that one only, and 0 otherwise. */
void
psl_register_write (PslRegister         *self,
                    gpointer             source_tag,
                    PslJobFlags          flags,
                    PslStoreFunc         func,
                    gint64               rid,
                    gpointer             data,
                    GDestroyNotify       destroy_data,
                    GDestroyNotify       destroy_result,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  PslJob *job = psl_job_new (psl_register_task_new (self, source_tag, cancellable, callback, user_data), psl_register_write_run);

  job->flags = flags;
  job->func = func;
  job->rid = rid;
  job->data = data;
  job->destroy_data = destroy_data;
  job->destroy_result = destroy_result;
  push_write (self, job);
}

/* Calls @func without a store, while no connection for writing is open, and
 * opens all of them anew. */
void
psl_register_replace (PslRegister         *self,
                      gpointer             source_tag,
                      PslStoreFunc         func,
                      gpointer             data,
                      GDestroyNotify       destroy_data,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  PslJob *job = psl_job_new (psl_register_task_new (self, source_tag, NULL, callback, user_data), psl_register_replace_run);

  job->flags = PSL_JOB_LONG;
  job->func = func;
  job->data = data;
  job->destroy_data = destroy_data;
  push_write (self, job);
}

/**
 * psl_register_read_async:
 * @func: called with a store for reading, on a thread of its own
 * @data: for @func; belongs to that thread until it is done
 * @destroy_data: (nullable): frees @data, on the main thread
 * @destroy_result: (nullable): frees what @func returns where nobody takes it
 * @cancellable: (nullable): drops or interrupts it
 *
 * Reads by a function of the caller's own. It sees every write asked for before;
 * see the header for the exception. Records that a person opens wait meanwhile: what
 * takes longer is for psl_register_read_long_async().
 */
void
psl_register_read_async (PslRegister         *self,
                         PslStoreFunc         func,
                         gpointer             data,
                         GDestroyNotify       destroy_data,
                         GDestroyNotify       destroy_result,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (func != NULL);

  psl_register_read (self, PSL_LANE_SHORT, psl_register_read_async, func, data, destroy_data,
                     destroy_result, cancellable, callback, user_data);
}

/**
 * psl_register_read_long_async:
 *
 * Like psl_register_read_async(), for what reads the whole register, such as an export.
 * Other exports and backups wait meanwhile, and nothing else.
 */
void
psl_register_read_long_async (PslRegister         *self,
                              PslStoreFunc         func,
                              gpointer             data,
                              GDestroyNotify       destroy_data,
                              GDestroyNotify       destroy_result,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (func != NULL);

  psl_register_read (self, PSL_LANE_COPY, psl_register_read_long_async, func, data, destroy_data,
                     destroy_result, cancellable, callback, user_data);
}

/**
 * psl_register_write_async:
 * @func: called with the store for writing, on its thread; what it leaves
 *   uncommitted is undone
 * @data: for @func; belongs to that thread until it is done
 * @destroy_data: (nullable): frees @data, on the main thread
 * @destroy_result: (nullable): frees what @func returns where nobody takes it
 * @cancellable: (nullable): drops it, or is looked at by @func
 *
 * Writes by a function of the caller's own, after every write asked for before.
 * Reads asked for meanwhile don't wait for it.
 */
void
psl_register_write_async (PslRegister         *self,
                          PslStoreFunc         func,
                          gpointer             data,
                          GDestroyNotify       destroy_data,
                          GDestroyNotify       destroy_result,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (func != NULL);

  psl_register_write (self, psl_register_write_async, PSL_JOB_LONG, func, 0, data, destroy_data,
                      destroy_result, cancellable, callback, user_data);
}

/**
 * psl_register_finish:
 *
 * Returns: (transfer full) (nullable): what the function returned, or %NULL with
 *   its error; %G_IO_ERROR_CANCELLED or %G_IO_ERROR_CLOSED where it was not called
 */
gpointer
psl_register_finish (PslRegister   *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
