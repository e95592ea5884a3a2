/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-register-private.h"

#include <glib/gi18n-lib.h>

#include "psl-backup.h"
#include "psl-error.h"
#include "psl-languages.h"
#include "psl-store-private.h"
#include "psl-worker.h"
#include "psl-writer-state.h"

/* How often to look for changes of other processes, where the file system does not tell
 * (network drives). */
#define CHECK_INTERVAL_SECONDS 3

/* When to think of a backup: not while the window is being filled, then often
 * enough for a program that stays open for days. */
#define FIRST_BACKUP_SECONDS 20
#define BACKUP_INTERVAL_SECONDS 3600

/* Only the main thread uses a member without a comment. */
struct _PslRegister
{
  GObject parent_instance;

  char *path;
  PslStoreFlags flags;
  GRefString *author;
  const char *language;
  PslCodelists *codelists;

  PslWorker *writer;
  PslWorker *readers[PSL_N_LANES];
  PslWriterState *writer_state;
  GQueue work;                  /* (element-type PslJob): the watched ones that are not done, in their order */
  gboolean is_closed;

  GFileMonitor *monitor;
  guint check_source;
  guint backup_source;
  gboolean is_checking;
  gboolean is_check_failing;

  /* The writer's thread's. */
  PslJournalMark mark;
  gboolean is_marked;
  gboolean is_replaced;
};

G_DEFINE_FINAL_TYPE (PslRegister, psl_register, G_TYPE_OBJECT)

enum
{
  CHANGED,
  CODELISTS_CHANGED,
  LANGUAGE_CHANGED,
  WORK_CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The threads' part of a job. */

/* The error of a job that comes after closing. */
static void
set_closed_error (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED,
                       _("The register is closed. Open it again to go on."));
}

static gboolean
is_cancelled (PslJob *job)
{
  return g_cancellable_set_error_if_cancelled (psl_job_get_cancellable (job), &job->error);
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
  if (psl_writer_state_set_codelists (self->writer_state, psl_store_get_codelists (store)) && job->changes != NULL)
    job->changes->all = TRUE;
}

/* Notes which actions undo and redo would take after the change. */
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

  /* The changes are not known, so everything may have changed. */
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

  /* The register's folder was moved or removed, or another program restored a backup, or has
   * written changes that a connection without locks can't see. */
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

/* Calls a job that writes. */
static void
run_write (PslWorker *worker,
           PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  PslStore *store = NULL;

  if (!is_cancelled (job))
    store = get_writer_store (self, worker, job, &job->error);
  if (store != NULL)
    {
      psl_writer_state_note_begun (self->writer_state, job);
      psl_store_set_work (store, job->progress, psl_job_get_cancellable (job));
      psl_job_call (job, store);
      psl_store_set_work (store, NULL, NULL);
      /* A function that left an action open has failed to say so. */
      if (psl_store_is_in_action (store))
        psl_store_rollback (store);
      note_changes (self, store, job);
      note_codelists (self, store, job);
      note_next (store, job);
    }
  psl_writer_state_note_written (self->writer_state, job);
}

/* Opens the register; its result is the file's name, with symbolic links followed. */
static void
run_open (PslWorker *worker,
          PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  PslStore *store = NULL;

  if (!is_cancelled (job))
    store = get_writer_store (self, worker, job, &job->error);
  if (store == NULL)
    return;
  psl_writer_state_set_codelists (self->writer_state, psl_store_get_codelists (store));
  job->result = g_strdup (psl_store_get_path (store));
  job->destroy_result = g_free;
}

/* Looks for changes of other processes. */
static void
run_check (PslWorker *worker,
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
static void
run_replace (PslWorker *worker,
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

  psl_writer_state_note_replaced (self->writer_state);
  psl_writer_state_note_written (self->writer_state, job);
}

/* Gives the code lists that the writer read last to a store that reads. */
static void
take_codelists (PslRegister *self,
                PslStore    *store)
{
  g_autoptr (PslCodelists) codelists = psl_writer_state_dup_codelists (self->writer_state);

  if (codelists != NULL)
    psl_store_set_codelists (store, codelists);
}

/* Calls a reading job, once the read can see the writes before it. */
static void
run_read (PslWorker *worker,
          PslJob    *job)
{
  PslRegister *self = g_task_get_source_object (job->task);
  PslStore *store;
  guint n_replaced = psl_writer_state_wait (self->writer_state, worker, job);

  if (is_cancelled (job))
    return;
  if (psl_worker_is_stopping (worker))
    {
      set_closed_error (&job->error);
      return;
    }

  psl_worker_drop_old_store (worker, n_replaced);
  psl_worker_drop_moved_store (worker);
  store = psl_worker_get_store (worker, job, &job->error);
  if (store == NULL)
    return;
  take_codelists (self, store);
  psl_job_call (job, store);
}

/* The main thread's part of a job. */

/* Takes the code lists that the writer read last over for the main thread. */
static void
take_newest_codelists (PslRegister *self)
{
  g_autoptr (PslCodelists) codelists = psl_writer_state_dup_codelists (self->writer_state);
  gboolean is_other;

  if (codelists == NULL || codelists == self->codelists)
    return;
  is_other = !psl_codelists_equal (codelists, self->codelists);
  psl_codelists_unref (self->codelists);
  self->codelists = g_steal_pointer (&codelists);
  if (is_other && !self->is_closed)
    g_signal_emit (self, signals[CODELISTS_CHANGED], 0);
}

/* Failures that nobody waited for are told, but for reads that closing stopped. Failures of
 * the look for changes, which never ends, are told once. */
static void
tell_failure (PslRegister *self,
              PslJob      *job)
{
  gboolean is_check = job->run == run_check;

  if ((job->run == run_read && self->is_closed) || (is_check && self->is_check_failing))
    return;
  self->is_check_failing = self->is_check_failing || is_check;
  g_signal_emit (self, signals[FAILED], 0, job->error);
}

static void
forget_work (PslRegister *self,
             PslJob      *job)
{
  gboolean was_shown = g_queue_peek_head (&self->work) == job;

  if (g_queue_remove (&self->work, job) && was_shown)
    g_signal_emit (self, signals[WORK_CHANGED], 0);
}

/* Ends a job on the main thread. Its changes are told first, so that whoever waits for the
 * job finds lists that know of them. */
static void
deliver_cb (gpointer data,
            gpointer user_data)
{
  PslJob *job = data;
  PslRegister *self = g_task_get_source_object (job->task);

  if (job->run == run_check)
    {
      self->is_checking = FALSE;
      self->is_check_failing = self->is_check_failing && job->error != NULL;
    }
  take_newest_codelists (self);
  forget_work (self, job);
  /* A read may have been done when it was cancelled; nobody wants its answer now. */
  if (job->run == run_read && job->error == NULL)
    g_cancellable_set_error_if_cancelled (psl_job_get_cancellable (job), &job->error);
  if (job->changes != NULL && !self->is_closed)
    g_signal_emit (self, signals[CHANGED], 0, job->changes);
  /* Closing may have told it before. */
  if (job->error != NULL && (job->run == run_write || job->run == run_replace))
    {
      GError *told = psl_writer_state_pop_untold_error (self->writer_state);

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

  psl_writer_state_number (self->writer_state, job);
  psl_worker_push (self->writer, job);
  if (!(job->flags & PSL_JOB_WATCHED))
    return;
  g_queue_push_tail (&self->work, job);
  if (g_queue_get_length (&self->work) == 1)
    g_signal_emit (self, signals[WORK_CHANGED], 0);
}

/* Opening and closing a register, and watching its file in between. */

static void
look_for_changes (PslRegister *self)
{
  PslJob *job;

  if (self->is_checking || self->is_closed)
    return;
  self->is_checking = TRUE;
  job = psl_job_new (task_new (self, look_for_changes, NULL, NULL, NULL), run_check);
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

  psl_register_read (self, PSL_LANE_COPY, backup_timeout_cb, back_up_if_due, NULL, NULL, NULL,
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
      g_signal_connect_object (self->monitor, "changed", G_CALLBACK (file_changed_cb), self, G_CONNECT_DEFAULT);
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
  static const char *const names[PSL_N_LANES] = { "register-short", "register-long", "register-copy" };
  g_autoptr (GTask) task = user_data;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  PslRegister *self = PSL_REGISTER (object);

  file = g_task_propagate_pointer (G_TASK (result), &error);
  if (file == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_set_str (&self->path, file);
  for (guint i = 0; i < PSL_N_LANES; i++)
    self->readers[i] = psl_worker_new (names[i], self->path, PSL_STORE_READ_ONLY, deliver_cb);
  watch_file (self);
  self->is_closed = FALSE;
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/* Stops asking the disk, from the main thread; the writer finishes the jobs that it has. */
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
  psl_writer_state_wake (self->writer_state);
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
  g_clear_pointer (&self->codelists, psl_codelists_unref);
  g_clear_pointer (&self->writer_state, psl_writer_state_free);

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
   * PslRegister::codelists-changed:
   *
   * Entries of its code lists are called otherwise from now on, or others are offered. Comes
   * before “changed” for the same change.
   */
  signals[CODELISTS_CHANGED] = g_signal_new ("codelists-changed", PSL_TYPE_REGISTER, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslRegister::language-changed:
   *
   * Its records are to be shown in another language, see psl_register_set_language().
   */
  signals[LANGUAGE_CHANGED] = g_signal_new ("language-changed", PSL_TYPE_REGISTER, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslRegister::work-changed:
   *
   * psl_register_get_work() gives other work than before, or none.
   */
  signals[WORK_CHANGED] = g_signal_new ("work-changed", PSL_TYPE_REGISTER, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

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
  self->language = g_intern_string (psl_language_get_interface ());
  self->codelists = psl_codelists_ref (psl_codelists_get_default ());
  self->is_closed = TRUE;
  self->writer_state = psl_writer_state_new ();
}

/**
 * psl_register_open_known_async:
 * @path: the register's file name, or the name of a symbolic link to it
 * @flags: see #PslStoreFlags
 * @known: (nullable): the UUIDs of the registers that are known at that place, see
 *   psl_store_open_known(); %NULL for any register
 * @progress: (nullable): told how much is done of bringing the register up to date, see
 *   psl_store_open_full()
 * @cancellable: (nullable): stops it, see there
 *
 * Opens a register; see psl_store_open(). Once a day when something changed, a
 * backup is made from then on. Ends with psl_register_open_finish().
 */
void
psl_register_open_known_async (const char          *path,
                               PslStoreFlags        flags,
                               const char *const   *known,
                               PslProgress         *progress,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (PslRegister) self = NULL;
  GTask *task;
  PslJob *job;

  g_return_if_fail (path != NULL);

  self = g_object_new (PSL_TYPE_REGISTER, NULL);
  self->path = g_strdup (path);
  self->flags = flags;
  self->writer = psl_worker_new ("register-write", path, flags, deliver_cb);
  psl_worker_set_known (self->writer, known);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, psl_register_open_async);
  job = psl_job_new (task_new (self, opened_cb, cancellable, opened_cb, task), run_open);
  job->progress = progress != NULL ? psl_progress_ref (progress) : NULL;
  psl_worker_push (self->writer, job);
}

/**
 * psl_register_open_async:
 *
 * Like psl_register_open_known_async(), for any register.
 */
void
psl_register_open_async (const char          *path,
                         PslStoreFlags        flags,
                         PslProgress         *progress,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  psl_register_open_known_async (path, flags, NULL, progress, cancellable, callback, user_data);
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

  begin_to_close (self);
  if (self->writer != NULL)
    psl_worker_stop (self->writer);
  free_workers (self);

  while ((failure = psl_writer_state_pop_untold_error (self->writer_state)) != NULL)
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
 * psl_register_is_looked_at:
 *
 * Returns: whether it was opened with %PSL_STORE_LOOK: nothing is to be put in its place
 */
gboolean
psl_register_is_looked_at (PslRegister *self)
{
  g_return_val_if_fail (PSL_IS_REGISTER (self), FALSE);

  return (self->flags & PSL_STORE_LOOK) != 0;
}

/**
 * psl_register_get_codelists:
 *
 * Returns: (transfer none): the register's code lists, on the main thread; they live until it
 *   next delivers something: keep their names or a reference longer
 */
PslCodelists *
psl_register_get_codelists (PslRegister *self)
{
  g_return_val_if_fail (PSL_IS_REGISTER (self), NULL);

  return self->codelists;
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
 * psl_register_get_language:
 *
 * Returns: (transfer none): the language in which its records are shown, the interface's
 *   until it is set
 */
const char *
psl_register_get_language (PslRegister *self)
{
  g_return_val_if_fail (PSL_IS_REGISTER (self), NULL);

  return self->language;
}

/**
 * psl_register_set_language:
 * @language: a tag of psl_language_parse(): the language in which its records are shown, and
 *   in which titles of linked ones are read from now on
 */
void
psl_register_set_language (PslRegister *self,
                           const char  *language)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (language != NULL);

  language = g_intern_string (language);
  if (self->language == language)
    return;
  self->language = language;
  g_signal_emit (self, signals[LANGUAGE_CHANGED], 0);
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
  PslJob *job = psl_job_new (task_new (self, source_tag, cancellable, callback, user_data), run_read);

  /* An answer that was on its way when its caller gave it up is about something
   * that is shown no longer. */
  g_task_set_check_cancellable (job->task, TRUE);
  job->func = func;
  job->data = data;
  job->destroy_data = destroy_data;
  job->destroy_result = destroy_result;
  job->language = self->language;
  job->sequence = psl_writer_state_get_last_asked (self->writer_state);
  if (self->is_closed)
    refuse_closed (self, job);
  else
    psl_worker_push (self->readers[lane], job);
}

/* Like psl_register_write_async(); @rid is the record that the job changes, or 0 where it may
 * change several. A job with %PSL_JOB_WATCHED is given no @cancellable:
 * psl_register_cancel_work() stops it. */
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
  g_autoptr (GCancellable) own = flags & PSL_JOB_WATCHED ? g_cancellable_new () : NULL;
  PslJob *job = psl_job_new (task_new (self, source_tag, own != NULL ? own : cancellable, callback, user_data), run_write);

  job->progress = own != NULL ? psl_progress_new () : NULL;
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
  PslJob *job = psl_job_new (task_new (self, source_tag, NULL, callback, user_data), run_replace);

  job->flags = PSL_JOB_LONG;
  job->func = func;
  job->data = data;
  job->destroy_data = destroy_data;
  push_write (self, job);
}

/**
 * psl_register_read_async:
 * @lane: which thread reads: other reads of the lane wait meanwhile
 * @func: called with a store for reading, on a thread of its own
 * @data: for @func; belongs to that thread until it is done
 * @destroy_data: (nullable): frees @data, on the main thread
 * @destroy_result: (nullable): frees the result of @func where nobody takes it
 * @cancellable: (nullable): drops or interrupts it
 *
 * Reads by a function of the caller's own. It sees every write asked for before;
 * see the header for the exception.
 */
void
psl_register_read_async (PslRegister         *self,
                         PslLane              lane,
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

  psl_register_read (self, lane, psl_register_read_async, func, data, destroy_data,
                     destroy_result, cancellable, callback, user_data);
}

/**
 * psl_register_write_async:
 * @func: called with the store for writing, on its thread; changes that it leaves uncommitted
 *   are undone
 * @data: for @func; belongs to that thread until it is done
 * @destroy_data: (nullable): frees @data, on the main thread
 * @destroy_result: (nullable): frees the result of @func where nobody takes it
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
 * psl_register_work_async:
 * @func: called with the store for writing, on its thread; changes that it leaves uncommitted
 *   are undone. It needs not look at its cancellable
 * @data: for @func; belongs to that thread until it is done
 * @destroy_data: (nullable): frees @data, on the main thread
 * @destroy_result: (nullable): frees the result of @func where nobody takes it
 *
 * Writes like psl_register_write_async() where that may take long: psl_register_get_work()
 * tells how far it is, and psl_register_cancel_work() stops it.
 */
void
psl_register_work_async (PslRegister         *self,
                         PslStoreFunc         func,
                         gpointer             data,
                         GDestroyNotify       destroy_data,
                         GDestroyNotify       destroy_result,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (func != NULL);

  psl_register_write (self, psl_register_work_async, PSL_JOB_WATCHED, func, 0, data, destroy_data,
                      destroy_result, NULL, callback, user_data);
}

/**
 * psl_register_get_work:
 *
 * Returns: (transfer none) (nullable): the oldest unfinished write that may take long: its
 *   progress, with its name once that is known. It is another one after `work-changed`
 */
PslProgress *
psl_register_get_work (PslRegister *self)
{
  PslJob *job;

  g_return_val_if_fail (PSL_IS_REGISTER (self), NULL);

  job = g_queue_peek_head (&self->work);
  return job != NULL ? job->progress : NULL;
}

/**
 * psl_register_cancel_work:
 *
 * Stops the work of psl_register_get_work(), and long work that waits behind it: nothing of
 * them is kept, and their callbacks are told %G_IO_ERROR_CANCELLED. A change that is stored
 * by then stays.
 */
void
psl_register_cancel_work (PslRegister *self)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  for (GList *link = self->work.head; link != NULL; link = link->next)
    g_cancellable_cancel (psl_job_get_cancellable (link->data));
}

/**
 * psl_register_finish:
 *
 * Returns: (transfer full) (nullable): the result of the function, or %NULL with its error;
 *   %G_IO_ERROR_CANCELLED or %G_IO_ERROR_CLOSED where it was not called
 */
gpointer
psl_register_finish (PslRegister   *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
