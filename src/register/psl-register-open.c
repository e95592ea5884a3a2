/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-register-private.h"

#include <glib/gi18n-lib.h>

#include "psl-backup.h"
#include "psl-store-private.h"

/* Opening and closing a register, and watching its file in between. */

/* How often to look for what other processes did, where the file system does
 * not tell (network drives). */
#define CHECK_INTERVAL_SECONDS 3

/* When to think of a backup: not while the window is being filled, then often
 * enough for a program that stays open for days. */
#define FIRST_BACKUP_SECONDS 20
#define BACKUP_INTERVAL_SECONDS 3600

static void
look_for_changes (PslRegister *self)
{
  PslJob *job;

  if (self->is_checking || self->is_closed)
    return;
  self->is_checking = TRUE;
  job = psl_job_new (psl_register_task_new (self, look_for_changes, NULL, NULL, NULL), psl_register_check_run);
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
    self->readers[i] = psl_worker_new (names[i], self->path, PSL_STORE_READ_ONLY, psl_register_deliver_cb);
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
  psl_register_wake (self);
}

static void
free_workers (PslRegister *self)
{
  for (guint i = 0; i < PSL_N_LANES; i++)
    g_clear_pointer (&self->readers[i], psl_worker_free);
  g_clear_pointer (&self->writer, psl_worker_free);
}

/**
 * psl_register_open_async:
 * @path: the register's file name, or that of a symbolic link to it
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
  GTask *task, *opening;

  g_return_if_fail (path != NULL);

  self = g_object_new (PSL_TYPE_REGISTER, NULL);
  self->path = g_strdup (path);
  self->flags = flags;
  self->writer = psl_worker_new ("register-write", path, flags, psl_register_deliver_cb);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, psl_register_open_async);
  opening = psl_register_task_new (self, opened_cb, cancellable, opened_cb, task);
  psl_worker_push (self->writer, psl_job_new (opening, psl_register_open_run));
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

  while ((failure = psl_register_pop_untold_error (self)) != NULL)
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
