/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-backup.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "psl-action.h"
#include "psl-backup-private.h"
#include "psl-db-copy.h"
#include "psl-file-part.h"
#include "psl-file.h"
#include "psl-error.h"
#include "psl-kinds.h"
#include "psl-schema-check.h"
#include "psl-schema.h"
#include "psl-store-private.h"

static int
compare_backups (gconstpointer a,
                 gconstpointer b)
{
  const PslBackup *one = *(PslBackup *const *) a;
  const PslBackup *other = *(PslBackup *const *) b;

  if (one->at != other->at)
    return one->at < other->at ? 1 : -1;
  return -strcmp (one->path, other->path);
}

/* The backups by their names, the newest first, without looking into them. */
static GPtrArray *
list_names (const char  *register_path,
            GError     **error)
{
  g_autofree char *folder = psl_backup_dup_folder (register_path);
  g_autoptr (GPtrArray) backups = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_backup_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &local_error);
  const char *name;

  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&backups);
  if (dir == NULL)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED,
                   /* Translators: the system’s own message. */
                   _("The folder of the backups can’t be read: %s"), local_error->message);
      return NULL;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      PslBackupReason reason;
      PslBackup *backup;
      GStatBuf status;
      gint64 at;

      if (!psl_backup_name_parse (register_path, name, &reason, &at))
        continue;
      backup = g_new0 (PslBackup, 1);
      backup->reason = reason;
      backup->at = at;
      backup->path = g_build_filename (folder, name, NULL);
      if (g_stat (backup->path, &status) == 0)
        backup->size = status.st_size;
      g_ptr_array_add (backups, backup);
    }
  g_ptr_array_sort (backups, compare_backups);
  return g_steal_pointer (&backups);
}

static void
count_records (PslBackup *backup)
{
  g_autoptr (PslDb) db = psl_backup_open (backup->path, NULL);
  g_autoptr (PslStatement) statement = NULL;
  gsize n_kinds = 0;

  while (psl_kinds[n_kinds] != NULL)
    n_kinds++;
  backup->records = g_new (gint64, n_kinds + 1);
  for (gsize i = 0; i <= n_kinds; i++)
    backup->records[i] = -1;

  if (db != NULL)
    statement = psl_db_prepare (db, "SELECT count(*) FROM record WHERE kind = ? AND state = 0", NULL);
  for (gsize i = 0; statement != NULL && i < n_kinds; i++)
    {
      psl_statement_bind_text (statement, 1, psl_kinds[i]->name);
      if (psl_statement_step (statement, NULL))
        backup->records[i] = psl_statement_get_int64 (statement, 0);
      psl_statement_reset (statement);
    }
}

static gboolean
make_folder (const char  *register_path,
             GError     **error)
{
  g_autofree char *folder = psl_backup_dup_folder (register_path);

  int saved_errno;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  saved_errno = errno;
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY,
               /* Translators: the system’s own message. */
               _("The folder for backups can’t be made: %s. Check that you may change the register’s folder."),
               g_strerror (saved_errno));
  return FALSE;
}

static gboolean
is_same_day (gint64 one,
             gint64 other)
{
  g_autoptr (GDateTime) one_time = g_date_time_new_from_unix_local_usec (one);
  g_autoptr (GDateTime) other_time = g_date_time_new_from_unix_local_usec (other);

  return g_date_time_get_year (one_time) == g_date_time_get_year (other_time) &&
         g_date_time_get_day_of_year (one_time) == g_date_time_get_day_of_year (other_time);
}

/* The last action that is in a backup, or -1. */
static gint64
read_last_action (const char *path)
{
  g_autoptr (PslDb) db = psl_backup_open (path, NULL);
  gint64 action;

  return db != NULL && psl_action_read_last (db, &action, NULL) ? action : -1;
}

/* Looks at all backups: the newest by its name was not made last where the clock
 * has been set back. */
static gboolean
is_due (PslStore   *store,
        GPtrArray  *backups,
        gint64      now)
{
  gint64 last_action = psl_store_last_action (store);

  if (last_action <= 0)
    return FALSE;
  for (guint i = 0; i < backups->len; i++)
    {
      const PslBackup *backup = g_ptr_array_index (backups, i);

      if (backup->reason == PSL_BACKUP_AUTOMATIC && is_same_day (backup->at, now))
        return FALSE;
    }
  for (guint i = 0; i < backups->len; i++)
    {
      const PslBackup *backup = g_ptr_array_index (backups, i);

      if (backup->reason == PSL_BACKUP_AUTOMATIC && read_last_action (backup->path) == last_action)
        return FALSE;
    }
  return TRUE;
}

/* Sorts by how long a backup is to be kept: the newest first, and last the backups with a
 * time still to come, made before the clock was set back. */
static int
compare_worth (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const PslBackup *one = *(PslBackup *const *) a;
  const PslBackup *other = *(PslBackup *const *) b;
  const gint64 *now = user_data;

  if ((one->at > *now) != (other->at > *now))
    return one->at > *now ? 1 : -1;
  return compare_backups (a, b);
}

/* Removes the automatic backups beyond the number that is kept. */
static void
rotate (const char *register_path,
        gint64      now)
{
  g_autoptr (GPtrArray) backups = list_names (register_path, NULL);
  g_autofree char *folder = psl_backup_dup_folder (register_path);
  g_autofree char *parent = g_path_get_dirname (folder);
  guint n_kept = 0;

  if (backups != NULL)
    g_ptr_array_sort_with_data (backups, compare_worth, &now);
  for (guint i = 0; backups != NULL && i < backups->len; i++)
    {
      const PslBackup *backup = g_ptr_array_index (backups, i);

      if (backup->reason == PSL_BACKUP_AUTOMATIC && ++n_kept > PSL_BACKUP_KEEP &&
          g_unlink (backup->path) != 0)
        g_warning ("Removing an old backup failed: %s", g_strerror (errno));
    }
  /* Those of backups, and of a restore. */
  psl_file_part_remove_left (folder, now);
  psl_file_part_remove_left (parent, now);
}

/**
 * psl_backup_free:
 * @backup: (nullable) (transfer full): a backup; its file stays
 */
void
psl_backup_free (PslBackup *backup)
{
  if (backup == NULL)
    return;
  g_free (backup->path);
  g_free (backup->records);
  g_free (backup);
}

/**
 * psl_backup_open:
 * @path: a backup's file name
 *
 * Opens a backup, which hardly anybody writes to: no files appear beside a backup without a
 * log.
 *
 * Returns: (transfer full): a connection that only reads, or %NULL with an error
 *   like those of psl_schema_check_file(), psl_db_open() and psl_schema_check()
 */
PslDb *
psl_backup_open (const char  *path,
                 GError     **error)
{
  g_autoptr (PslDb) db = NULL;

  if (!psl_schema_check_file (path, error))
    return NULL;
  db = psl_db_open (path, PSL_DB_READ_ONLY | PSL_DB_IMMUTABLE, error);
  return db != NULL && psl_schema_check (db, error) ? g_steal_pointer (&db) : NULL;
}

/**
 * psl_backup_create:
 * @path: the backup's file name; a file of that name, or that a symbolic link of that
 *   name leads to, is replaced
 * @cancellable: (nullable): stops it
 *
 * Makes a backup: one file, checked and on the disk before it gets its name. The
 * folder `backups` is made where @path is in it. Others can go on reading and
 * writing meanwhile.
 *
 * Returns: %TRUE, or %FALSE with an error like those of psl_db_copy_to(), and
 *   %PSL_REGISTER_ERROR_INVALID where @path is the register itself
 */
gboolean
psl_backup_create (PslStore      *store,
                   const char    *path,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *parent = NULL;
  const char *register_path;

  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  register_path = psl_store_get_path (store);
  if (psl_file_is_same (path, register_path))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("A backup can’t take the place of the register itself. Choose another name."));
      return FALSE;
    }

  folder = psl_backup_dup_folder (register_path);
  parent = g_path_get_dirname (path);
  if (strcmp (folder, parent) == 0 && !make_folder (register_path, error))
    return FALSE;
  return psl_db_copy_to (psl_store_get_db (store), path, cancellable, error);
}

/**
 * psl_backup_create_automatic:
 * @now: the time, in microseconds since 1970, UTC
 * @path: (out) (optional) (nullable) (transfer full): the backup, or %NULL where
 *   none was due
 * @cancellable: (nullable): stops it
 *
 * Makes a backup where none was made today (in local time) and something has
 * changed since the last one, then removes the oldest automatic ones.
 *
 * Returns: %TRUE, also where none was due; %FALSE with an error like those of
 *   psl_backup_create()
 */
gboolean
psl_backup_create_automatic (PslStore      *store,
                             gint64         now,
                             char         **path,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *new_path = NULL;
  const char *register_path;

  g_return_val_if_fail (store != NULL, FALSE);

  if (path != NULL)
    *path = NULL;
  register_path = psl_store_get_path (store);
  backups = list_names (register_path, error);
  if (backups == NULL)
    return FALSE;
  if (!is_due (store, backups, now))
    return TRUE;

  new_path = psl_backup_dup_path (register_path, PSL_BACKUP_AUTOMATIC, now);
  if (!psl_backup_create (store, new_path, cancellable, error))
    return FALSE;
  rotate (register_path, now);
  if (path != NULL)
    *path = g_steal_pointer (&new_path);
  return TRUE;
}

/**
 * psl_backup_list:
 * @register_path: a register's file name; it need not exist any more
 *
 * Looks for the register's backups and counts their records, which takes a while: not on the
 * main thread.
 *
 * Returns: (transfer full) (element-type PslBackup): the backups, the newest
 *   first, or %NULL where their folder can't be read
 */
GPtrArray *
psl_backup_list (const char  *register_path,
                 GError     **error)
{
  GPtrArray *backups;

  g_return_val_if_fail (register_path != NULL, NULL);

  backups = list_names (register_path, error);
  for (guint i = 0; backups != NULL && i < backups->len; i++)
    count_records (g_ptr_array_index (backups, i));
  return backups;
}

/**
 * psl_backup_check:
 * @path: a backup's file name
 * @cancellable: (nullable): stops it before it begins
 *
 * Checks whether a file can be restored: a register, sound, of a version the
 * program knows. The file and its folder stay as they are.
 *
 * Returns: %TRUE, or %FALSE with %PSL_REGISTER_ERROR_NOT_FOUND,
 *   %PSL_REGISTER_ERROR_NOT_A_REGISTER, %PSL_REGISTER_ERROR_DAMAGED,
 *   %PSL_REGISTER_ERROR_ALTERED or %PSL_REGISTER_ERROR_TOO_NEW
 */
gboolean
psl_backup_check (const char    *path,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (PslDb) db = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  db = psl_backup_open (path, error);
  return db != NULL && psl_db_check_soundness (db, TRUE, error);
}
