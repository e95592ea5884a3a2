/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-register.h"

#include <glib/gi18n-lib.h>

#include "psl-backup.h"
#include "psl-changes.h"
#include "psl-register-private.h"
#include "psl-store-private.h"

/* How often to look for what other processes did, where the file system does
 * not tell (network drives). */
#define CHECK_INTERVAL_SECONDS 3

/* When to think of a backup: not while the window is being filled, then often
 * enough for a program that stays open for days. */
#define FIRST_BACKUP_SECONDS 20
#define BACKUP_INTERVAL_SECONDS 3600

struct _PslRegister
{
  GObject parent_instance;

  char *path;
  PslStoreFlags flags;
  GRefString *author;
  const char *language;

  PslWorker *writer;
  PslWorker *readers[PSL_N_LANES];
  gboolean is_closed;

  GFileMonitor *monitor;
  guint check_source;
  guint backup_source;
  gboolean is_checking;
  gboolean is_check_failing;

  /* The writer's. */
  PslJournalMark mark;
  gboolean is_marked;
  gboolean is_replaced;

  /* Between the writer and the readers, under the mutex. */
  GMutex mutex;
  GCond written;
  guint64 n_asked;
  guint64 n_written;
  GQueue long_writes;
  guint generation;
  GQueue unheard;

  /* A reader's own: which generation its store is of. */
  guint reader_generations[PSL_N_LANES];
};

G_DEFINE_FINAL_TYPE (PslRegister, psl_register, G_TYPE_OBJECT)

enum
{
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_cancelled (PslJob *job)
{
  return g_cancellable_set_error_if_cancelled (psl_job_get_cancellable (job), &job->error);
}

static void
set_closed_error (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED,
                       _("The register is closed. Open it again to go on."));
}

/* On the writer's thread: the write is in the file, or failed. */
static void
note_done (PslRegister *self,
           PslJob      *job)
{
  g_mutex_lock (&self->mutex);
  if (job->flags & PSL_JOB_LONG)
    g_free (g_queue_pop_head (&self->long_writes));
  if (job->error != NULL)
    g_queue_push_tail (&self->unheard, g_error_copy (job->error));
  g_mutex_unlock (&self->mutex);
}

/* What follows from it is in the file, too: reads may go on. */
static void
note_written (PslRegister *self,
              guint64      sequence)
{
  g_mutex_lock (&self->mutex);
  self->n_written = sequence;
  g_cond_broadcast (&self->written);
  g_mutex_unlock (&self->mutex);
}

/* An edit is stored ahead of what follows from it. Where that fails, it is noted
 * in the file, and the next write tries again. */
static void
settle (PslRegister *self,
        PslStore    *store)
{
  g_autoptr (GError) error = NULL;

  if (psl_store_settle (store, &error))
    psl_journal_mark_skip (&self->mark, store);
  else
    g_message ("The search text of some records is late: %s", error->message);
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
  g_warning ("Reading what changed failed: %s", error->message);
  job->changes = psl_changed_set_new_all ();
}

static PslStore *
get_writer_store (PslRegister  *self,
                  PslWorker    *worker,
                  PslJob       *job,
                  GError      **error)
{
  PslStore *store;

  /* Its folder was moved or removed, or another program restored a backup. */
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
write_run (PslWorker *worker,
           PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  guint64 sequence = job->sequence;
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
    }
  note_done (self, job);
  psl_worker_send_back (worker);

  if (store != NULL)
    settle (self, store);
  note_written (self, sequence);
}

/* Opens the register, or looks at what other processes did. */
static void
check_run (PslWorker *worker,
           PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  PslStore *store = NULL;

  if (!is_cancelled (job))
    store = get_writer_store (self, worker, job, &job->error);
  if (store != NULL)
    note_changes (self, store, job);
}

/* Work that replaces the file: no connection of this process may stay open. */
static void
replace_run (PslWorker *worker,
             PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  g_autoptr (GError) error = NULL;

  psl_worker_close_store (worker);
  psl_job_call (job, NULL);

  self->is_marked = FALSE;
  if (get_writer_store (self, worker, job, &error) == NULL && job->error == NULL)
    job->error = g_steal_pointer (&error);
  job->changes = psl_changed_set_new_all ();

  g_mutex_lock (&self->mutex);
  self->generation++;
  g_mutex_unlock (&self->mutex);
  note_done (self, job);
  note_written (self, job->sequence);
}

static void
wake_cb (GCancellable *cancellable,
         gpointer      user_data)
{
  PslRegister *self = user_data;

  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->written);
  g_mutex_unlock (&self->mutex);
}

/* Whether the read can see what was written before it was asked for, or need not
 * wait for that. */
static gboolean
is_ready (PslRegister *self,
          PslJob      *job)
{
  guint64 *next_long = g_queue_peek_head (&self->long_writes);

  return self->n_written >= job->sequence || (next_long != NULL && *next_long <= job->sequence);
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

static void
read_run (PslWorker *worker,
          PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  PslStore *store;
  guint generation;
  guint lane = 0;

  wait_for_writes (self, worker, job, &generation);
  if (is_cancelled (job))
    return;
  if (psl_worker_is_stopping (worker))
    {
      set_closed_error (&job->error);
      return;
    }

  while (self->readers[lane] != worker)
    lane++;
  if (self->reader_generations[lane] != generation)
    psl_worker_close_store (worker);
  self->reader_generations[lane] = generation;

  store = psl_worker_get_store (worker, job, &job->error);
  if (store != NULL)
    psl_job_call (job, store);
}

/* The error of a write has come to somebody's ears; they come in order. Closing
 * may have told it before. */
static void
note_heard (PslRegister *self)
{
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&self->mutex);
  error = g_queue_pop_head (&self->unheard);
  g_mutex_unlock (&self->mutex);
}

/* Failures that nobody waited for are told, but for reads that closing stopped,
 * and once for those of looking for changes, which goes on and on. */
static void
tell_failure (PslRegister *self,
              PslJob      *job)
{
  gboolean is_check = job->run == check_run;

  if ((job->run == read_run && self->is_closed) || (is_check && self->is_check_failing))
    return;
  self->is_check_failing = self->is_check_failing || is_check;
  g_signal_emit (self, signals[FAILED], 0, job->error);
}

/* Ends a job on the main thread. What it changed is told first, so that whoever
 * waits for it finds lists that know of it. */
static void
deliver_cb (gpointer data,
            gpointer user_data)
{
  PslJob *job = data;
  PslRegister *self = g_task_get_source_object (job->task);

  if (job->run == check_run)
    {
      self->is_checking = FALSE;
      self->is_check_failing = self->is_check_failing && job->error != NULL;
    }
  if (job->changes != NULL && !self->is_closed)
    g_signal_emit (self, signals[CHANGED], 0, job->changes);
  if (job->error != NULL && (job->run == write_run || job->run == replace_run))
    note_heard (self);
  if (job->error != NULL && g_task_get_task_data (job->task) != NULL)
    tell_failure (self, job);

  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->destroy_result);
}

/* Marks a task that nobody waits for by its data. */
static GTask *
task_new (PslRegister         *self,
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
  set_closed_error (&job->error);
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

  g_mutex_lock (&self->mutex);
  job->sequence = ++self->n_asked;
  if (job->flags & PSL_JOB_LONG)
    g_queue_push_tail (&self->long_writes, g_memdup2 (&job->sequence, sizeof job->sequence));
  g_mutex_unlock (&self->mutex);
  psl_worker_push (self->writer, job);
}

static void
look_for_changes (PslRegister *self)
{
  PslJob *job;

  if (self->is_checking || self->is_closed)
    return;
  self->is_checking = TRUE;
  job = psl_job_new (task_new (self, look_for_changes, NULL, NULL, NULL), check_run);
  psl_worker_push (self->writer, job);
}

static gboolean
check_timeout_cb (gpointer user_data)
{
  look_for_changes (user_data);
  return G_SOURCE_CONTINUE;
}

static void
file_changed_cb (GFileMonitor      *monitor,
                 GFile             *file,
                 GFile             *other_file,
                 GFileMonitorEvent  event,
                 gpointer           user_data)
{
  look_for_changes (user_data);
}

static gpointer
back_up_if_due (PslStore      *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!psl_backup_create_automatic (store, g_get_real_time (), NULL, cancellable, &local_error))
    g_set_error (error, local_error->domain, local_error->code,
                 _("Today’s backup of the register could not be made: %s"), local_error->message);
  return NULL;
}

static gboolean
backup_timeout_cb (gpointer user_data)
{
  PslRegister *self = user_data;

  psl_register_read (self, PSL_LANE_WORK, backup_timeout_cb, back_up_if_due, NULL, NULL, NULL,
                     NULL, NULL, NULL);
  self->backup_source = g_timeout_add_seconds (BACKUP_INTERVAL_SECONDS, backup_timeout_cb, self);
  return G_SOURCE_REMOVE;
}

/* Every commit of any process writes to the log first. */
static void
watch_file (PslRegister *self)
{
  g_autofree char *log_path = g_strconcat (self->path, "-wal", NULL);
  g_autoptr (GFile) log = g_file_new_for_path (log_path);

  self->monitor = g_file_monitor_file (log, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    {
      g_file_monitor_set_rate_limit (self->monitor, 200);
      g_signal_connect (self->monitor, "changed", G_CALLBACK (file_changed_cb), self);
    }
  self->check_source = g_timeout_add_seconds (CHECK_INTERVAL_SECONDS, check_timeout_cb, self);
  if (!psl_register_is_read_only (self))
    self->backup_source = g_timeout_add_seconds (FIRST_BACKUP_SECONDS, backup_timeout_cb, self);
}

static void
opened_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  static const char *const names[] = { "register-records", "register-queries", "register-work" };
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  PslRegister *self = PSL_REGISTER (object);

  g_task_propagate_pointer (G_TASK (result), &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < PSL_N_LANES; i++)
    self->readers[i] = psl_worker_new (names[i], self->path, PSL_STORE_READ_ONLY, deliver_cb);
  watch_file (self);
  self->is_closed = FALSE;
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/* Stops asking the disk, from the main thread; the writer does what it has. */
static void
begin_to_close (PslRegister *self)
{
  self->is_closed = TRUE;
  g_clear_object (&self->monitor);
  g_clear_handle_id (&self->check_source, g_source_remove);
  g_clear_handle_id (&self->backup_source, g_source_remove);

  for (guint i = 0; i < PSL_N_LANES; i++)
    {
      if (self->readers[i] != NULL)
        psl_worker_stop (self->readers[i]);
    }
  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->written);
  g_mutex_unlock (&self->mutex);
}

static void
closed_run (PslWorker *worker,
            PslJob    *job)
{
  psl_worker_close_store (worker);
}

static void
free_workers (PslRegister *self)
{
  for (guint i = 0; i < PSL_N_LANES; i++)
    g_clear_pointer (&self->readers[i], psl_worker_free);
  g_clear_pointer (&self->writer, psl_worker_free);
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
  g_queue_clear_full (&self->unheard, (GDestroyNotify) g_error_free);
  g_queue_clear_full (&self->long_writes, g_free);
  g_mutex_clear (&self->mutex);
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
  g_queue_init (&self->unheard);
}

/**
 * psl_register_open_async:
 * @path: the register's file name
 * @flags: see #PslStoreFlags
 * @cancellable: (nullable): cancels before the file is touched
 *
 * Opens a register; see psl_store_open(). Once a day when something changed, a
 * backup is made from then on.
 */
void
psl_register_open_async (const char          *path,
                         PslStoreFlags        flags,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (PslRegister) self = NULL;
  GTask *task;

  g_return_if_fail (path != NULL);

  self = g_object_new (PSL_TYPE_REGISTER, NULL);
  self->path = g_strdup (path);
  self->flags = flags;
  self->writer = psl_worker_new ("register-write", path, flags, deliver_cb);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, psl_register_open_async);
  psl_worker_push (self->writer,
                   psl_job_new (task_new (self, opened_cb, cancellable, opened_cb, task), check_run));
}

/**
 * psl_register_open_finish:
 *
 * Returns: (transfer full): the register, or %NULL with an error like those of
 *   psl_store_open()
 */
PslRegister *
psl_register_open_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  free_workers (PSL_REGISTER (object));
  g_task_return_boolean (task, TRUE);
}

/**
 * psl_register_close_async:
 *
 * Closes the register: writes that were asked for are done first, reads are
 * dropped with %G_IO_ERROR_CLOSED. Writes that fail are reported as ever.
 */
void
psl_register_close_async (PslRegister         *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (PSL_IS_REGISTER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, psl_register_close_async);
  if (self->is_closed)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  begin_to_close (self);
  psl_worker_push (self->writer, psl_job_new (task_new (self, closed_cb, NULL, closed_cb, task), closed_run));
  psl_worker_stop (self->writer);
}

/**
 * psl_register_close_finish:
 *
 * Returns: %TRUE
 */
gboolean
psl_register_close_finish (PslRegister   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * psl_register_close_now:
 *
 * Closes the register without the main loop, for the end of a session: returns
 * when the writes that were asked for are in the file. The only function that
 * waits for the disk.
 *
 * Returns: %TRUE, or %FALSE with the error of a write that nobody will hear of
 *   any more
 */
gboolean
psl_register_close_now (PslRegister  *self,
                        GError      **error)
{
  GError *failure;

  g_return_val_if_fail (PSL_IS_REGISTER (self), FALSE);

  if (!self->is_closed)
    {
      begin_to_close (self);
      psl_worker_stop (self->writer);
    }
  else if (self->writer != NULL && !psl_worker_is_stopping (self->writer))
    {
      /* It was never open. */
      psl_worker_stop (self->writer);
    }
  free_workers (self);

  while ((failure = g_queue_pop_head (&self->unheard)) != NULL)
    {
      if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      g_error_free (failure);
    }
  return TRUE;
}

/**
 * psl_register_get_path:
 *
 * Returns: (transfer none): the register's file name, as it was opened
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
 * @language: one of #psl_languages: the language of the titles of linked records
 *   from now on
 */
void
psl_register_set_language (PslRegister *self,
                           const char  *language)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (language != NULL);

  for (guint i = 0; psl_languages[i] != NULL; i++)
    {
      if (g_str_equal (psl_languages[i], language))
        self->language = psl_languages[i];
    }
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
  PslJob *job = psl_job_new (task_new (self, source_tag, cancellable, callback, user_data), read_run);

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
 * is one, and 0 otherwise. */
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
  PslJob *job = psl_job_new (task_new (self, source_tag, cancellable, callback, user_data), write_run);

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
  PslJob *job = psl_job_new (task_new (self, source_tag, NULL, callback, user_data), replace_run);

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
 * see the header for the exception.
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

  psl_register_read (self, PSL_LANE_WORK, psl_register_read_async, func, data, destroy_data,
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
