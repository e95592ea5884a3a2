/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-db-private.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "psl-error.h"
#include "psl-file-document.h"
#include "psl-file.h"

/*
 * Connections that only read. SQLite keeps readers and writers apart by locks in
 * an index of the log, which it makes beside the file even to read. Where it can't,
 * or where the locks of another machine don't reach, a register is read
 *
 *  - without a log: from the file, without locks. The file is looked at after each
 *    row, so that nothing is used that was read while another program wrote;
 *  - with one: from a private copy of both, made while neither changed. A document outside of
 *    the sandbox (psl-file-document.c) is read so in any case.
 *
 * Either is out of date when the files have changed; see psl_db_is_outdated().
 */

/* How often to try again where another program is writing, and how long to pause in
 * between: in all as long as for a lock. Without locks SQLite has nothing to wait for, so
 * that its busy handler is never asked: only the stamps of the files say that somebody is
 * writing, and no event says when that ends. */
#define N_ATTEMPTS 100
#define PAUSE_US 50000

/* How long a statement waits for another process to finish its transaction. */
#define BUSY_TIMEOUT_MS 5000

/* Bytes. */
#define MAX_MEMORY (1024 * 1024 * 1024)

static const char *const suffixes[] = { "", "-wal", "-journal", "-shm" };

/* A file that its owner has protected from writing. */
static gboolean
is_protected (const char *path)
{
  GStatBuf status;

  return g_access (path, W_OK) != 0 && g_stat (path, &status) == 0 && status.st_uid == geteuid ();
}

static gboolean
is_in_writable_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_access (folder, W_OK) == 0;
}

static gboolean
is_remote (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;

  /* A file system that says nothing about being remote counts as local. */
  info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_REMOTE, NULL, NULL);
  return info != NULL && g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_FILESYSTEM_REMOTE);
}

static gboolean
has_index (const char *path)
{
  g_autofree char *index = g_strconcat (path, "-shm", NULL);

  return g_file_test (index, G_FILE_TEST_EXISTS);
}

/* Whether SQLite may read it by itself. Beside a protected file it would leave an
 * index as protected, which would be in the way when the file is not any more. */
static gboolean
can_be_locked (PslDb            *self,
               const PslDbStamp *stamp)
{
  if (psl_file_is_document (self->path))
    return FALSE;
  if (is_protected (self->path))
    return psl_db_stamp_has_log (stamp) && has_index (self->path);
  if (self->flags & PSL_DB_IMMUTABLE)
    return psl_db_stamp_has_log (stamp);
  return is_in_writable_folder (self->path) || !is_remote (self->path);
}

/* Whether SQLite could not make an index, or not roll back an unfinished transaction. */
static gboolean
lacks_index (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_FULL:
      return TRUE;
    default:
      return result == SQLITE_IOERR_SHMOPEN || result == SQLITE_IOERR_SHMSIZE || result == SQLITE_IOERR_SHMMAP;
    }
}

/* Memory that SQLite may take in this program: a damaged search index makes it ask for as much
 * as the file says. */
static void
limit_memory (void)
{
  static gsize done;

  if (!g_once_init_enter (&done))
    return;
  sqlite3_hard_heap_limit64 (MAX_MEMORY);
  g_once_init_leave (&done, 1);
}

/* Distrusts the file before its first statement: see https://sqlite.org/security.html. */
static int
distrust (sqlite3 *handle)
{
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_limit (handle, SQLITE_LIMIT_LENGTH, PSL_DB_MAX_LENGTH);
  return sqlite3_exec (handle, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", NULL, NULL, NULL);
}

/* Opens a file in the place of the file that the connection had open; @open_flags are
 * SQLite's. */
static int
open_handle (PslDb      *self,
             const char *filename,
             int         open_flags)
{
  int result;

  limit_memory ();
  sqlite3_close (self->handle);
  self->handle = NULL;
  result = sqlite3_open_v2 (filename, &self->handle,
                            open_flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (result != SQLITE_OK)
    return result;
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  return distrust (self->handle);
}

/* Opens the file and reads from it once: SQLite touches it no sooner. */
static int
open_and_read (PslDb      *self,
               const char *filename,
               int         open_flags)
{
  int result = open_handle (self, filename, open_flags);

  if (result != SQLITE_OK)
    return result;
  return sqlite3_exec (self->handle, "PRAGMA schema_version", NULL, NULL, NULL);
}

static gboolean
open_unlocked (PslDb   *self,
               GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (self->path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);
  g_autofree char *immutable = NULL;
  int result;

  if (uri == NULL)
    return FALSE;
  immutable = g_strconcat (uri, "?immutable=1", NULL);
  result = open_and_read (self, immutable, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  if (result == SQLITE_OK)
    return TRUE;
  psl_db_set_error (self, result, error);
  return FALSE;
}

/* @reason is GIO's. */
static void
set_copy_error (PslDb         *self,
                const GError  *reason,
                GError       **error)
{
  g_autofree char *name = psl_file_dup_display_name (self->path);
  PslRegisterError code = PSL_REGISTER_ERROR_FAILED;

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    code = PSL_REGISTER_ERROR_NO_SPACE;
  else if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    code = PSL_REGISTER_ERROR_READ_ONLY;
  g_set_error (error, PSL_REGISTER_ERROR, code,
               /* Translators: a file’s name, then the system’s own message. */
               _("“%s” is read from a copy, which could not be made: %s"), name, reason->message);
}

/* A file that is gone is left out: the next stamp shows that. */
static gboolean
copy_file (PslDb       *self,
           const char  *copy,
           const char  *suffix,
           GError     **error)
{
  g_autofree char *from_path = g_strconcat (self->path, suffix, NULL);
  g_autofree char *to_path = g_strconcat (copy, suffix, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (from_path);
  g_autoptr (GFile) to = g_file_new_for_path (to_path);
  g_autoptr (GError) local_error = NULL;

  if (g_file_copy (from, to, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &local_error) ||
      g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  set_copy_error (self, local_error, error);
  return FALSE;
}

static gboolean
open_copied (PslDb       *self,
             const char  *copy,
             GError     **error)
{
  int result;

  if (!copy_file (self, copy, "", error) ||
      !copy_file (self, copy, "-wal", error) ||
      !copy_file (self, copy, "-journal", error))
    return FALSE;
  /* Opened for writing, so that SQLite can roll back an unfinished transaction in the copy. */
  result = open_and_read (self, copy, SQLITE_OPEN_READWRITE);
  if (result == SQLITE_OK)
    return TRUE;
  psl_db_set_error (self, result, error);
  return FALSE;
}

/* The files lose their names at once, so that nothing of the register stays behind,
 * however the program ends. */
static gboolean
open_copy (PslDb   *self,
           GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_tmp_dir (), "passerelle-XXXXXX", NULL);
  g_autofree char *copy = NULL;
  gboolean success;

  if (g_mkdtemp (folder) == NULL)
    {
      psl_file_set_error (g_get_tmp_dir (), errno, error);
      return FALSE;
    }
  copy = g_build_filename (folder, "register", NULL);
  success = open_copied (self, copy, error);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (copy, suffixes[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
  return success;
}

/* Opens it without locks, as it was at the stamp. */
static gboolean
open_at (PslDb             *self,
         const PslDbStamp  *stamp,
         GError           **error)
{
  self->is_copy = psl_db_stamp_has_log (stamp) || psl_file_is_document (self->path);
  if (!(self->is_copy ? open_copy (self, error) : open_unlocked (self, error)))
    return FALSE;
  self->stamp = g_memdup2 (stamp, sizeof *stamp);
  return TRUE;
}

/* Leaves it to SQLite and its locks. Returns whether it could take them: the
 * connection is then open, or @error set. */
static gboolean
open_locked (PslDb   *self,
             GError **error)
{
  int result = open_and_read (self, self->path, SQLITE_OPEN_READONLY);

  if (lacks_index (result))
    {
      g_clear_pointer (&self->handle, sqlite3_close);
      return FALSE;
    }
  if (result != SQLITE_OK)
    psl_db_set_error (self, result, error);
  return TRUE;
}

/* Opens it once. Returns whether that settles it: the connection is then open, or
 * @error set; otherwise another program was writing. */
static gboolean
try_to_open (PslDb   *self,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  PslDbStamp before;
  PslDbStamp after;

  psl_db_stamp_take (&before, self->path);
  if (can_be_locked (self, &before))
    {
      if (open_locked (self, error))
        return TRUE;
      /* The attempt may have left an empty log. */
      psl_db_stamp_take (&before, self->path);
    }

  open_at (self, &before, &local_error);
  psl_db_stamp_take (&after, self->path);
  if (!psl_db_stamp_equal (&before, &after))
    {
      g_clear_pointer (&self->stamp, g_free);
      return FALSE;
    }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return TRUE;
}

/* Waits for other programs that write to the file. */
static gboolean
open_to_read (PslDb   *self,
              GError **error)
{
  for (guint i = 0; i < N_ATTEMPTS; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (!try_to_open (self, &local_error))
        {
          g_usleep (PAUSE_US);
          continue;
        }
      if (local_error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  psl_db_set_error (self, SQLITE_BUSY, error);
  return FALSE;
}

static gboolean
open_to_write (PslDb   *self,
               GError **error)
{
  int create = self->flags & PSL_DB_CREATE ? SQLITE_OPEN_CREATE : 0;
  int result;

  if (psl_file_is_document (self->path))
    {
      psl_file_set_document_error (self->path, error);
      return FALSE;
    }
  result = open_handle (self, self->path, SQLITE_OPEN_READWRITE | create);
  if (result == SQLITE_OK)
    return TRUE;
  psl_db_set_error (self, result, error);
  return FALSE;
}

/**
 * psl_db_open_file:
 *
 * Opens the file of a new connection: see psl_db_open().
 *
 * Returns: whether it is open; %FALSE with the errors of psl_db_set_error(), that of
 *   psl_file_set_document_error() where it is to be written, %PSL_REGISTER_ERROR_BUSY where others wrote all the time that a connection which only
 *   reads waited for
 */
gboolean
psl_db_open_file (PslDb   *self,
                  GError **error)
{
  return self->flags & PSL_DB_READ_ONLY ? open_to_read (self, error) : open_to_write (self, error);
}

/**
 * psl_db_open_new:
 *
 * Opens a database without a file: see psl_db_open_in_memory().
 */
gboolean
psl_db_open_new (PslDb   *self,
                 GError **error)
{
  int result = open_handle (self, ":memory:", SQLITE_OPEN_READWRITE);

  if (result == SQLITE_OK)
    return TRUE;
  psl_db_set_error (self, result, error);
  return FALSE;
}

/**
 * psl_db_is_outdated:
 *
 * Returns: whether the connection can't see others' writes since it was opened, because it
 *   reads without locks: it must be opened again
 */
gboolean
psl_db_is_outdated (PslDb *self)
{
  PslDbStamp now;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->stamp == NULL)
    return FALSE;
  psl_db_stamp_take (&now, self->path);
  return !psl_db_stamp_serves (self->stamp, &now);
}
