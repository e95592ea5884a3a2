/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-db-copy.h"

#include "psl-db-private.h"
#include "psl-file-part.h"

/* Pages between two looks at whether the copy was cancelled: 16 MB. */
#define COPY_PAGES 4096

/* Copies all pages from one connection to another. The reader's snapshot is held
 * from the first to the last, so that writers neither wait nor make it begin
 * again. */
static gboolean
copy_pages (PslDb         *from,
            PslDb         *to,
            GCancellable  *cancellable,
            GError       **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (psl_db_get_handle (to), "main", psl_db_get_handle (from), "main");
  int result;

  if (backup == NULL)
    {
      psl_db_set_error (to, sqlite3_extended_errcode (psl_db_get_handle (to)), error);
      return FALSE;
    }

  do
    result = sqlite3_backup_step (backup, COPY_PAGES);
  while (result == SQLITE_OK && !g_cancellable_is_cancelled (cancellable));
  sqlite3_backup_finish (backup);

  if (psl_db_is_torn (from))
    {
      psl_db_set_error (from, SQLITE_BUSY, error);
      return FALSE;
    }
  if (result == SQLITE_DONE)
    return TRUE;
  if (result != SQLITE_OK)
    psl_db_set_error ((result & 0xff) == SQLITE_CORRUPT ? from : to, result, error);
  else
    g_cancellable_set_error_if_cancelled (cancellable, error);
  return FALSE;
}

static gboolean
copy_snapshot (PslDb         *from,
               PslDb         *to,
               GCancellable  *cancellable,
               GError       **error)
{
  gboolean is_open = psl_db_in_transaction (from);
  gboolean success;
  gint64 version;

  if (!is_open && !psl_db_exec (from, "BEGIN", error))
    return FALSE;
  success = psl_db_get_int64 (from, "PRAGMA schema_version", &version, error) &&
            copy_pages (from, to, cancellable, error);
  if (!is_open)
    psl_db_rollback (from);
  return success;
}

/* Fills an empty file, and checks that the copy is sound. */
static gboolean
fill_copy (PslDb         *self,
           const char    *path,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (PslDb) copy = psl_db_open (path, PSL_DB_NONE, error);

  if (copy == NULL)
    return FALSE;
  psl_db_set_cancellable (copy, cancellable);
  /* The copy is synchronised as a whole, when it is finished. */
  return psl_db_exec (copy, "PRAGMA synchronous = OFF", error) &&
         copy_snapshot (self, copy, cancellable, error) &&
         psl_db_exec (copy, "PRAGMA journal_mode = DELETE", error) &&
         psl_db_check_soundness (copy, FALSE, error);
}

/**
 * psl_db_copy_to:
 * @path: the copy's file name; a file of that name is replaced. Where it is a
 *   symbolic link, the file that it leads to is, and the link stays
 * @cancellable: (nullable): stops it
 *
 * Copies the database, with its log, into one ordinary file that only its owner can read. The
 * copy is checked and on the disk before it gets its name: no half of one is ever found
 * there. Others can read and write meanwhile.
 *
 * Returns: %TRUE, or %FALSE with %PSL_REGISTER_ERROR_DAMAGED where the database
 *   itself is, %PSL_REGISTER_ERROR_NO_SPACE, %PSL_REGISTER_ERROR_READ_ONLY,
 *   %PSL_REGISTER_ERROR_NOT_FOUND where there is no such folder
 */
gboolean
psl_db_copy_to (PslDb         *self,
                const char    *path,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (PslFilePart) part = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  part = psl_file_part_new (path, PSL_FILE_PART_PRIVATE, error);
  return part != NULL && fill_copy (self, psl_file_part_get_path (part), cancellable, error) &&
         psl_file_part_finish (part, error);
}

/**
 * psl_db_copy_from:
 * @source: the database to copy
 * @cancellable: (nullable): stops it
 *
 * Replaces everything in the database by the contents of @source, as one transaction: other
 * processes that have it open see the one or the other.
 *
 * Returns: %TRUE, or %FALSE, with nothing changed
 */
gboolean
psl_db_copy_from (PslDb         *self,
                  PslDb         *source,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (source != NULL, FALSE);

  return copy_snapshot (source, self, cancellable, error);
}

/**
 * psl_db_check_soundness:
 * @thoroughly: whether indexes are compared with their tables, which takes longer
 *
 * Returns: whether the database is sound; %FALSE with
 *   %PSL_REGISTER_ERROR_DAMAGED where it is not
 */
gboolean
psl_db_check_soundness (PslDb     *self,
                        gboolean   thoroughly,
                        GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean is_sound;

  statement = psl_db_prepare (self, thoroughly ? "PRAGMA integrity_check (1)" : "PRAGMA quick_check (1)", error);
  if (statement == NULL)
    return FALSE;
  is_sound = psl_statement_step (statement, &local_error) &&
             g_strcmp0 (psl_statement_get_text (statement, 0), "ok") == 0;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!is_sound)
    psl_db_set_error (self, SQLITE_CORRUPT, error);
  return is_sound;
}
