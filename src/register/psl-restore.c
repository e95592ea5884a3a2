/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-backup.h"

#include <errno.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "psl-backup-private.h"
#include "psl-db-copy.h"
#include "psl-file-document.h"
#include "psl-file-part.h"
#include "psl-file.h"
#include "psl-error.h"
#include "psl-former.h"
#include "psl-schema-check.h"
#include "psl-schema.h"

/*
 * Restoring a backup. The former register is never lost: a sound one becomes a backup, a file
 * that can't be read gets another name.
 */

/* What belongs to a database while it is open, or after a crash. A log without its database would
 * be taken for that of the next one. */
static const char *const log_suffixes[] = { "-journal", "-wal", "-shm" };

/* Whether the schema is the program's, or that of a newer one. */
static gboolean
check_schema (PslDb   *db,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (psl_schema_check (db, &local_error) ||
      g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_TOO_NEW))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Opens the register where it is sound; %NULL without an error where it is not, where another
 * program has altered it, or where it does not exist. */
static PslDb *
open_sound (const char  *path,
            GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (PslDb) db = NULL;

  if (psl_schema_check_file (path, &local_error))
    {
      db = psl_db_open (path, PSL_DB_NONE, &local_error);
      if (db != NULL && check_schema (db, &local_error) && psl_db_configure (db, &local_error) &&
          psl_db_check_soundness (db, FALSE, &local_error))
        return g_steal_pointer (&db);
    }

  if (!g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND) &&
      !g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_A_REGISTER) &&
      !g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED) &&
      !g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_ALTERED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
copy_file (const char  *from_path,
           const char  *to_path,
           GError     **error)
{
  g_autoptr (GFile) from = g_file_new_for_path (from_path);
  g_autoptr (GFile) to = g_file_new_for_path (to_path);

  return g_file_copy (from, to, G_FILE_COPY_ALL_METADATA, NULL, NULL, NULL, error) && psl_file_sync (to_path, error);
}

static gboolean
copy_log (const char  *from_path,
          const char  *to_path,
          GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (log_suffixes); i++)
    {
      g_autofree char *from = g_strconcat (from_path, log_suffixes[i], NULL);
      g_autofree char *to = g_strconcat (to_path, log_suffixes[i], NULL);

      if (g_file_test (from, G_FILE_TEST_EXISTS) && !copy_file (from, to, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
remove_log (const char  *path,
            GError     **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (log_suffixes); i++)
    {
      g_autofree char *log = g_strconcat (path, log_suffixes[i], NULL);

      if (g_unlink (log) == 0 || errno == ENOENT)
        continue;
      psl_file_set_error (log, errno, error);
      return FALSE;
    }
  return TRUE;
}

/* Gives a file, with its log, a second name: it keeps the first until another takes that. Where
 * there are no hard links, it is copied. */
static gboolean
keep_file (const char  *path,
           const char  *kept_path,
           GError     **error)
{
  if (!copy_log (path, kept_path, error))
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS) && link (path, kept_path) != 0 && !copy_file (path, kept_path, error))
    return FALSE;
  return psl_file_sync_folder (kept_path, error);
}

/* Puts the prepared copy in the place of a file whose log is kept elsewhere. That goes first: the
 * copy must never stand beside it. */
static gboolean
take_place (const char   *path,
            const char   *kept_path,
            PslFilePart  *prepared,
            GError      **error)
{
  const char *prepared_path = psl_file_part_get_path (prepared);
  g_autoptr (GError) local_error = NULL;
  int error_number;

  if (!psl_file_sync (prepared_path, error) || !remove_log (path, error))
    return FALSE;
  if (g_rename (prepared_path, path) == 0)
    return psl_file_sync_folder (path, error);

  error_number = errno;
  if (!copy_log (kept_path, path, &local_error))
    g_warning ("The log could not be put back: %s", local_error->message);
  psl_file_set_error (path, error_number, error);
  return FALSE;
}

/* Brings a copy of the backup to the program's version, and makes it a register of its own:
 * with the backup's UUID it would give the numbers of actions again that have travelled since. */
static gboolean
declare (const char    *prepared,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (PslStore) store = psl_store_open_full (prepared, PSL_STORE_COPY, NULL, cancellable, error);
  g_autofree char *id = store != NULL ? psl_store_declare_copy (store, error) : NULL;

  return id != NULL;
}

/* Leaves one file: only that is put in the register's place. */
static gboolean
write_log_back (const char  *prepared,
                GError     **error)
{
  g_autoptr (PslDb) db = psl_db_open (prepared, PSL_DB_NONE, error);

  return db != NULL && psl_db_exec (db, "PRAGMA journal_mode = DELETE", error);
}

/* Puts the prepared copy in the register's place. At each moment, the former file or the copy is
 * there; only a folder of that name is moved away before. */
static gboolean
restore_file (const char   *register_path,
              PslFilePart  *prepared,
              char        **set_aside,
              GError      **error)
{
  g_autofree char *damaged = psl_former_dup_path (register_path);
  gboolean existed = g_file_test (register_path, G_FILE_TEST_EXISTS);
  gboolean restored;

  if (g_file_test (register_path, G_FILE_TEST_IS_DIR))
    restored = psl_file_move (register_path, damaged, error) && psl_file_part_finish (prepared, error);
  else
    restored = keep_file (register_path, damaged, error) && take_place (register_path, damaged, prepared, error);
  if (!restored)
    return FALSE;
  if (existed && set_aside != NULL)
    *set_aside = g_steal_pointer (&damaged);
  return TRUE;
}

static gboolean
get_page_size (PslDb   *db,
               gint64  *size,
               GError **error)
{
  return psl_db_get_int64 (db, "PRAGMA page_size", size, error);
}

/* Copies the prepared copy into the open register, so that other processes that have it open
 * see the change. A log can't hold pages of another size. */
static gboolean
restore_database (PslDb         *register_db,
                  const char    *prepared,
                  gboolean      *fits,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (PslDb) db = psl_db_open (prepared, PSL_DB_NONE, error);
  gint64 register_size;
  gint64 prepared_size;

  if (db == NULL || !get_page_size (register_db, &register_size, error) || !get_page_size (db, &prepared_size, error))
    return FALSE;
  *fits = register_size == prepared_size;
  return !*fits || psl_db_copy_from (register_db, db, cancellable, error);
}

static gboolean
keep_register (PslDb         *register_db,
               const char    *register_path,
               char         **kept,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autofree char *folder = psl_backup_dup_folder (register_path);

  *kept = psl_backup_dup_path (register_path, PSL_BACKUP_BEFORE_RESTORE, g_get_real_time ());
  /* The copy says why where the folder could not be made. */
  g_mkdir_with_parents (folder, 0700);
  return psl_db_copy_to (register_db, *kept, cancellable, error);
}

/* @register_db: (nullable) (transfer full): the register, where it is sound */
static gboolean
replace (const char    *register_path,
         PslDb         *register_db,
         PslFilePart   *prepared,
         GCancellable  *cancellable,
         char         **set_aside,
         GError       **error)
{
  g_autoptr (PslDb) db = register_db;
  g_autofree char *kept = NULL;
  gboolean fits = FALSE;

  if (db == NULL)
    return restore_file (register_path, prepared, set_aside, error);
  if (!keep_register (db, register_path, &kept, cancellable, error) ||
      !restore_database (db, psl_file_part_get_path (prepared), &fits, cancellable, error))
    return FALSE;
  g_clear_pointer (&db, psl_db_close);
  if (!fits && !restore_file (register_path, prepared, NULL, error))
    return FALSE;
  if (set_aside != NULL)
    *set_aside = g_steal_pointer (&kept);
  return TRUE;
}

/**
 * psl_backup_restore:
 * @register_path: the register's file name; it may be damaged, or gone. Where it is a
 *   symbolic link, the file that it leads to is replaced, and the link stays
 * @backup: the backup's file name
 * @cancellable: (nullable): stops it before anything was replaced
 * @set_aside: (out) (optional) (nullable) (transfer full): where the former file of the
 *   register is now
 *
 * Puts a backup in the place of the register. The backup is checked first, and a copy of it
 * made a register of its own. A sound register is kept as a backup, then overwritten by that
 * copy in one transaction, so that other processes that have it open see the change. A
 * damaged file, or one that is no register, gets a second name, with its log, before the copy takes
 * the first: there is no moment without a file at the register's place. This process should have no store of it open; see psl_register_restore_async().
 *
 * Returns: %TRUE, or %FALSE with an error like those of psl_backup_check(),
 *   psl_db_copy_to() and psl_store_open(), that of psl_file_set_document_error() where the
 *   register is a document, and %PSL_REGISTER_ERROR_INVALID where @backup is the register itself
 */
gboolean
psl_backup_restore (const char    *register_path,
                    const char    *backup,
                    GCancellable  *cancellable,
                    char         **set_aside,
                    GError       **error)
{
  g_autofree char *file = NULL;
  g_autoptr (PslDb) backup_db = NULL;
  g_autoptr (PslDb) register_db = NULL;
  g_autoptr (PslFilePart) part = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *prepared;

  g_return_val_if_fail (register_path != NULL, FALSE);
  g_return_val_if_fail (backup != NULL, FALSE);

  if (set_aside != NULL)
    *set_aside = NULL;
  file = psl_file_follow_links (register_path, error);
  if (file == NULL)
    return FALSE;
  if (psl_file_is_document (file))
    {
      psl_file_set_document_error (file, error);
      return FALSE;
    }
  if (psl_file_is_same (file, backup))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("This file is the register itself. Choose a backup of it."));
      return FALSE;
    }

  if (!psl_backup_check (backup, cancellable, error))
    return FALSE;
  backup_db = psl_backup_open (backup, error);
  if (backup_db == NULL)
    return FALSE;

  register_db = open_sound (file, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  part = psl_file_part_new (file, PSL_FILE_PART_PRIVATE | PSL_FILE_PART_NEW, error);
  if (part == NULL)
    return FALSE;
  prepared = psl_file_part_get_path (part);
  return psl_db_copy_to (backup_db, prepared, cancellable, error) && declare (prepared, cancellable, error) &&
         write_log_back (prepared, error) &&
         replace (file, g_steal_pointer (&register_db), part, cancellable, set_aside, error);
}
