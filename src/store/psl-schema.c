/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-schema.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "psl-backup-name.h"
#include "psl-codelist.h"
#include "psl-db-copy.h"
#include "psl-error.h"
#include "psl-file-document.h"
#include "psl-file-part.h"
#include "psl-file.h"
#include "psl-kind-tables.h"
#include "psl-kinds.h"
#include "psl-languages.h"
#include "psl-store-resources.h"
#include "psl-text.h"
#include "psl-uuid.h"

#define SCRIPT_RESOURCE "/org/passerelle/Passerelle/store/sql/%03u.sql"

/* The header of an SQLite file: 100 bytes, its first words, and where the
 * application's mark stands, big-endian. */
#define HEADER_LENGTH 100
#define HEADER_MAGIC "SQLite format 3"
#define HEADER_APPLICATION_ID 68

/* The free space that a migration needs, in sizes of the register: for a copy, and for the
 * growth of a journal from before version 8. */
#define SPACE_FACTOR 3

static void
set_errno_error (const char  *path,
                 int          saved_errno,
                 GError     **error)
{
  g_autofree char *name = psl_file_dup_display_name (path);
  PslRegisterError code = PSL_REGISTER_ERROR_FAILED;

  switch (saved_errno)
    {
    case ENOSPC:
    case EDQUOT:
      code = PSL_REGISTER_ERROR_NO_SPACE;
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      code = PSL_REGISTER_ERROR_READ_ONLY;
      break;
    case ENOENT:
      code = PSL_REGISTER_ERROR_NOT_FOUND;
      break;
    default:
      break;
    }

  g_set_error (error, PSL_REGISTER_ERROR, code,
               /* Translators: a file’s name, then the system’s own message. */
               _("“%s” can’t be opened: %s. Check the file and the folder it is in."),
               name, g_strerror (saved_errno));
}

/* Brings the file from @version - 1 to @version, unless another process has done
 * so while this one waited. */
static gboolean
run_script (PslDb       *db,
            const char  *script,
            gint64       version,
            GError     **error)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %d", (int) version);
  gint64 present;

  if (!psl_db_exec (db, "BEGIN EXCLUSIVE", error))
    return FALSE;
  if (psl_db_get_int64 (db, "PRAGMA user_version", &present, error) &&
      (present >= version ||
       (psl_db_exec (db, script, error) && psl_db_exec (db, set_version, error))))
    return psl_db_commit (db, error);
  psl_db_rollback (db);
  return FALSE;
}

/* psl_sort_key (text): psl_text_name_key() for scripts, which sorted by it before version
 * 10; NULL of NULL. */
static void
sort_key_cb (sqlite3_context  *context,
             int               n_arguments,
             sqlite3_value   **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  char *key = valid != NULL ? psl_text_name_key (valid) : NULL;

  if (key != NULL)
    sqlite3_result_text (context, key, -1, g_free);
}

/* psl_uuid_derive (id, content): psl_uuid_derive() for scripts; an error where the first is
 * no UUID. */
static void
uuid_derive_cb (sqlite3_context  *context,
                int               n_arguments,
                sqlite3_value   **arguments)
{
  const char *id = (const char *) sqlite3_value_text (arguments[0]);
  const char *content = (const char *) sqlite3_value_text (arguments[1]);

  if (id != NULL && content != NULL && g_uuid_string_is_valid (id))
    sqlite3_result_text (context, psl_uuid_derive (id, content), -1, g_free);
  else
    sqlite3_result_error_code (context, SQLITE_CORRUPT);
}

/* Gives the connection the functions that scripts call. */
static gboolean
add_functions (PslDb   *db,
               GError **error)
{
  static const struct
  {
    const char *name;
    int n_arguments;
    void (*call) (sqlite3_context *, int, sqlite3_value **);
  } functions[] = {
    { "psl_sort_key", 1, sort_key_cb },
    { "psl_uuid_derive", 2, uuid_derive_cb },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      int result = sqlite3_create_function_v2 (psl_db_get_handle (db), functions[i].name, functions[i].n_arguments,
                                               SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                               NULL, functions[i].call, NULL, NULL, NULL);

      if (result == SQLITE_OK)
        continue;
      psl_db_set_error (db, result, error);
      return FALSE;
    }
  return TRUE;
}

/* Brings everything into the file itself: a log that is left because the disk is full would
 * not follow the file to its new name. */
static gboolean
settle (PslDb   *db,
        GError **error)
{
  gint64 busy;

  if (!psl_db_get_int64 (db, "PRAGMA wal_checkpoint (TRUNCATE)", &busy, error))
    return FALSE;
  if (busy == 0)
    return TRUE;
  psl_db_set_error (db, SQLITE_BUSY, error);
  return FALSE;
}

/* Makes the whole register in @db, an empty database. */
static gboolean
fill_new (PslDb              *db,
          const char *const  *scripts,
          GError            **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA application_id = %d", PSL_SCHEMA_APPLICATION_ID);

  return psl_db_configure (db, error) && psl_db_exec (db, mark, error) &&
         psl_schema_make_tables (db, scripts, g_strv_length ((char **) scripts), error) &&
         psl_schema_update_codelists (db, error) && settle (db, error);
}

/* Checks that there is room for a migration. Where the disk does not tell its free space, or
 * more is needed after all, writing fails with an error of its own. */
static gboolean
check_space (PslDb   *db,
             GError **error)
{
  g_autofree char *name = psl_file_dup_display_name (psl_db_get_path (db));
  g_autofree char *folder = g_path_get_dirname (psl_db_get_path (db));
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GFileInfo) info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  g_autofree char *needed_size = NULL;
  g_autofree char *free_size = NULL;
  GStatBuf status;
  guint64 needed, available;

  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) ||
      g_stat (psl_db_get_path (db), &status) != 0)
    return TRUE;
  needed = SPACE_FACTOR * (guint64) status.st_size;
  available = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  if (available >= needed)
    return TRUE;

  needed_size = g_format_size (needed);
  free_size = g_format_size (available);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NO_SPACE,
               /* Translators: a file’s name, then sizes such as “40 GB”. */
               _("“%s” was written by an older version of Passerelle. Bringing it up to date needs %s of free space on its disk, where %s is free. Nothing was changed; free some space and try again."),
               name, needed_size, free_size);
  return FALSE;
}

/* Keeps the register as it was before it is brought to a newer version. */
static gboolean
back_up_before_migration (PslDb         *db,
                          gint64         now,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autofree char *folder = psl_backup_dup_folder (psl_db_get_path (db));
  g_autofree char *path = psl_backup_dup_path (psl_db_get_path (db), PSL_BACKUP_BEFORE_MIGRATION, now);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_errno_error (folder, errno, error);
      return FALSE;
    }
  return psl_db_copy_to (db, path, cancellable, error);
}

static char *
dup_codelists_checksum (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  psl_codelist_add_all_to_checksum (checksum);
  return g_strdup (g_checksum_get_string (checksum));
}

static char *
read_meta (PslDb       *db,
           const char  *name,
           GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (db, "SELECT value FROM meta WHERE name = ?", error);

  if (statement == NULL)
    return NULL;
  psl_statement_bind_text (statement, 1, name);
  return psl_statement_step (statement, error) ? g_strdup (psl_statement_get_text (statement, 0)) : NULL;
}

static gboolean
write_meta (PslDb       *db,
            const char  *name,
            const char  *value,
            GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (db, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, name);
  psl_statement_bind_text (statement, 2, value);
  return psl_statement_run (statement, error);
}

/* Whether the register's code lists are others than the program's, and not newer. */
static gboolean
are_codelists_outdated (PslDb       *db,
                        const char  *checksum,
                        gboolean    *outdated,
                        GError     **error)
{
  g_autofree char *stored_checksum = NULL;
  g_autofree char *stored_version = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 version;

  stored_checksum = read_meta (db, "codelists", &local_error);
  if (local_error == NULL)
    stored_version = read_meta (db, "codelists-version", &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  version = stored_version != NULL ? g_ascii_strtoll (stored_version, NULL, 10) : 0;
  *outdated = version < psl_codelist_get_version () ||
              (version == psl_codelist_get_version () && g_strcmp0 (stored_checksum, checksum) != 0);
  return TRUE;
}

static gboolean
write_code_names (PslDb              *db,
                  const PslCodelist  *list,
                  const PslCode      *code,
                  GError            **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (db, "INSERT OR REPLACE INTO code_name (list, code, language, name) VALUES (?, ?, ?, ?)",
                              error);
  if (statement == NULL)
    return FALSE;

  psl_statement_bind_text (statement, 1, psl_codelist_get_name (list));
  psl_statement_bind_text (statement, 2, code->code);
  for (guint i = 0; psl_languages[i] != NULL; i++)
    {
      psl_statement_bind_text (statement, 3, psl_languages[i]);
      psl_statement_bind_text (statement, 4, psl_code_get_name (code, psl_languages[i]));
      if (!psl_statement_run (statement, error))
        return FALSE;
    }

  return TRUE;
}

/* Codes that only the file has stay: records may hold them. */
static gboolean
write_codelist (PslDb              *db,
                const PslCodelist  *list,
                GError            **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (db,
                              "INSERT INTO code (list, code, position, parent, withdrawn) VALUES (?1, ?2, ?3, ?4, ?5)"
                              " ON CONFLICT (list, code) DO UPDATE SET position = ?3, parent = ?4, withdrawn = ?5",
                              error);
  if (statement == NULL)
    return FALSE;

  psl_statement_bind_text (statement, 1, psl_codelist_get_name (list));
  for (guint i = 0; i < psl_codelist_get_n (list); i++)
    {
      const PslCode *code = psl_codelist_get_nth (list, i);

      psl_statement_bind_text (statement, 2, code->code);
      psl_statement_bind_int64 (statement, 3, psl_codelist_get_position (list, i));
      psl_statement_bind_text (statement, 4, code->parent);
      psl_statement_bind_int64 (statement, 5, code->withdrawn);
      if (!psl_statement_run (statement, error) || !write_code_names (db, list, code, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_codelists (PslDb       *db,
                 const char  *checksum,
                 GError     **error)
{
  g_autofree char *version = g_strdup_printf ("%" G_GINT64_FORMAT, psl_codelist_get_version ());
  const char *const *names = psl_codelist_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!write_codelist (db, psl_codelist_get_default (names[i]), error))
        return FALSE;
    }

  return write_meta (db, "codelists", checksum, error) && write_meta (db, "codelists-version", version, error);
}

/**
 * psl_schema_load_scripts:
 *
 * Returns: (transfer full): the program's scripts, from its resources
 */
GStrv
psl_schema_load_scripts (GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint version = 1;; version++)
    {
      g_autofree char *path = g_strdup_printf (SCRIPT_RESOURCE, version);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) local_error = NULL;

      bytes = g_resource_lookup_data (psl_store_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, &local_error);
      if (bytes == NULL && version > 1 &&
          g_error_matches (local_error, G_RESOURCE_ERROR, G_RESOURCE_ERROR_NOT_FOUND))
        return g_strv_builder_end (builder);
      if (bytes == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      g_strv_builder_take (builder, g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)));
    }
}

/* Reads the beginning of a document, which SQLite's layer might not open; no connection of this
 * process has it open. Returns 0, or the error number. */
static int
read_document_header (const char    *path,
                      guchar         header[HEADER_LENGTH],
                      sqlite3_int64 *length)
{
  FILE *file = g_fopen (path, "rbe");
  int error_number;

  if (file == NULL)
    return errno;
  *length = (sqlite3_int64) fread (header, 1, HEADER_LENGTH, file);
  error_number = ferror (file) ? EIO : 0;
  fclose (file);
  return error_number;
}

/* Reads the beginning of a file that is not to be changed.
 *
 * Not with a descriptor of our own: closing it would release the locks that this
 * process's connections to the file hold (POSIX), and the next program to close
 * the register would take the log away from under them. SQLite's own layer knows
 * of its connections, and waits with the closing.
 *
 * Returns: 0, or the error number */
static int
read_header (const char    *path,
             guchar         header[HEADER_LENGTH],
             sqlite3_int64 *length)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (NULL);
  g_autofree sqlite3_file *file = g_malloc0 (vfs->szOsFile);
  const char *name;
  GStatBuf info;
  int result;

  *length = HEADER_LENGTH;
  memset (header, 0, HEADER_LENGTH);
  if (g_stat (path, &info) != 0 || g_access (path, R_OK) != 0)
    return errno;
  if (!S_ISREG (info.st_mode))
    return 0;
  if (psl_file_is_document (path))
    return read_document_header (path, header, length);

  name = sqlite3_create_filename (path, "", "", 0, NULL);
  result = vfs->xOpen (vfs, name, file, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READONLY, NULL);
  if (result == SQLITE_OK)
    result = file->pMethods->xFileSize (file, length);
  if (result == SQLITE_OK && *length > 0)
    result = file->pMethods->xRead (file, header, HEADER_LENGTH, 0);
  if (file->pMethods != NULL)
    file->pMethods->xClose (file);
  sqlite3_free_filename ((sqlite3_filename) name);

  return result == SQLITE_OK || result == SQLITE_IOERR_SHORT_READ ? 0 : EIO;
}

/**
 * psl_schema_check_file:
 * @path: a file's name
 *
 * Looks at the first bytes of a file without opening it as a database, which
 * would already change another program's (by recovering it) or fill an empty
 * file.
 *
 * Returns: whether it is a register; %PSL_REGISTER_ERROR_NOT_FOUND where there
 *   is no file, %PSL_REGISTER_ERROR_NOT_A_REGISTER where it is something else
 */
gboolean
psl_schema_check_file (const char  *path,
                       GError     **error)
{
  g_autofree char *name = psl_file_dup_display_name (path);
  guchar header[HEADER_LENGTH];
  guint32 application_id;
  sqlite3_int64 length;
  int error_number = read_header (path, header, &length);

  if (error_number != 0)
    {
      set_errno_error (path, error_number, error);
      return FALSE;
    }
  if (length == 0)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_A_REGISTER,
                   _("“%s” is empty. It has been left as it is; restore a backup or choose another file."), name);
      return FALSE;
    }

  memcpy (&application_id, header + HEADER_APPLICATION_ID, sizeof application_id);
  if (length >= HEADER_LENGTH && memcmp (header, HEADER_MAGIC, sizeof HEADER_MAGIC) == 0 &&
      GUINT32_FROM_BE (application_id) == PSL_SCHEMA_APPLICATION_ID)
    return TRUE;

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_A_REGISTER,
               _("“%s” is not a Passerelle register. It has been left as it is; choose another file."), name);
  return FALSE;
}

/**
 * psl_schema_run_scripts:
 * @db: an empty database
 * @scripts: see psl_schema_load_scripts()
 * @version: how many of them
 *
 * Makes what these scripts make.
 *
 * Returns: %FALSE with an error like those of psl_db_exec()
 */
gboolean
psl_schema_run_scripts (PslDb              *db,
                        const char *const  *scripts,
                        gint64              version,
                        GError            **error)
{
  if (!add_functions (db, error))
    return FALSE;
  for (gint64 i = 0; i < version; i++)
    {
      if (!run_script (db, scripts[i], i + 1, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_schema_make_tables:
 * @db: an empty database
 * @scripts: see psl_schema_load_scripts()
 * @version: how many of them
 *
 * Makes the tables of a register of that version. Those of a kind whose script is not written yet
 * are made as the kind describes them, so that a new kind is tried in a new register.
 *
 * Returns: %FALSE with an error like those of psl_schema_run_scripts() and
 *   psl_kind_tables_dup_script()
 */
gboolean
psl_schema_make_tables (PslDb              *db,
                        const char *const  *scripts,
                        gint64              version,
                        GError            **error)
{
  g_autofree char *described = NULL;

  if (!psl_schema_run_scripts (db, scripts, version, error))
    return FALSE;
  if (version < g_strv_length ((char **) scripts))
    return TRUE;
  described = psl_kind_tables_dup_script (db, psl_kinds, error);
  return described != NULL && psl_db_exec (db, described, error);
}

/**
 * psl_schema_create:
 * @path: name of a file that does not exist
 * @scripts: see psl_schema_load_scripts()
 *
 * Makes a register, with its folder, readable for its owner only. It is made under another
 * name, so that @path never is an unfinished register; where another process has made a
 * register at @path meanwhile, the other's is kept.
 *
 * Returns: whether there is a register at @path now;
 *   %PSL_REGISTER_ERROR_READ_ONLY or %PSL_REGISTER_ERROR_NO_SPACE where none can
 *   be made
 */
gboolean
psl_schema_create (const char         *path,
                   const char *const  *scripts,
                   GError            **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (PslFilePart) part = NULL;
  g_autoptr (PslDb) db = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean made;

  if (psl_file_is_document (path))
    {
      psl_file_set_document_error (path, error);
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      set_errno_error (folder, errno, error);
      return FALSE;
    }
  part = psl_file_part_new (path, PSL_FILE_PART_PRIVATE | PSL_FILE_PART_NEW, error);
  if (part == NULL)
    return FALSE;
  db = psl_db_open (psl_file_part_get_path (part), PSL_DB_NONE, error);
  made = db != NULL && fill_new (db, scripts, error);
  g_clear_pointer (&db, psl_db_close);
  if (!made)
    return FALSE;
  if (psl_file_part_finish (part, &local_error) ||
      g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_BUSY))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * psl_schema_get_version:
 * @version: (out): the schema version of an open register
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_NOT_A_REGISTER or
 *   %PSL_REGISTER_ERROR_DAMAGED where it is none
 */
gboolean
psl_schema_get_version (PslDb   *db,
                        gint64  *version,
                        GError **error)
{
  gint64 application_id, tables;

  if (!psl_db_get_int64 (db, "PRAGMA application_id", &application_id, error) ||
      !psl_db_get_int64 (db, "PRAGMA user_version", version, error) ||
      !psl_db_get_int64 (db, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;

  if (application_id == PSL_SCHEMA_APPLICATION_ID && *version > 0 && tables > 0)
    return TRUE;
  psl_db_set_error (db, SQLITE_NOTADB, error);
  return FALSE;
}

/**
 * psl_schema_migrate:
 * @scripts: see psl_schema_load_scripts()
 * @now: microseconds since 1970, for the backup's name
 * @is_copy: whether the file is a copy, of which no backup is made
 * @progress: (nullable): told how much is done, where there is something to do
 * @cancellable: (nullable): stops the backup; for the scripts see psl_db_set_cancellable()
 *
 * Brings an open register, whose schema was checked (psl_schema_check()), to the version of the
 * last script. Before, the file is backed up (see psl_backup_dup_path()) and the backup checked. Each script and its version
 * number are one transaction, so that the next migration goes on where one was stopped.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_READ_ONLY where it is older and must not be
 *   written, %PSL_REGISTER_ERROR_NO_SPACE where its disk has too little room
 */
gboolean
psl_schema_migrate (PslDb              *db,
                    const char *const  *scripts,
                    gint64              now,
                    gboolean            is_copy,
                    PslProgress        *progress,
                    GCancellable       *cancellable,
                    GError            **error)
{
  gint64 known = g_strv_length ((char **) scripts);
  gint64 version;

  if (!psl_schema_get_version (db, &version, error))
    return FALSE;
  if (version == known)
    return TRUE;
  if (psl_db_is_read_only (db))
    {
      g_autofree char *name = psl_file_dup_display_name (psl_db_get_path (db));

      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY,
                   _("“%s” was written by an older version of Passerelle and has to be brought up to date first. Open it where it can be written."),
                   name);
      return FALSE;
    }

  /* The backup is a step like each script. */
  psl_progress_set (1.0 / (known - version + 2), progress);
  if (!check_space (db, error) || (!is_copy && !back_up_before_migration (db, now, cancellable, error)) ||
      !add_functions (db, error))
    return FALSE;
  for (gint64 i = version; i < known; i++)
    {
      psl_progress_set ((i - version + 2.0) / (known - version + 2), progress);
      if (!run_script (db, scripts[i], i + 1, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_schema_update_codelists:
 *
 * Writes the program's code lists into the register where they differ, unless the
 * register's are newer. Codes are never deleted.
 *
 * Returns: whether the register has lists now that are not older
 */
gboolean
psl_schema_update_codelists (PslDb   *db,
                             GError **error)
{
  g_autofree char *checksum = dup_codelists_checksum ();
  gboolean outdated;

  if (!are_codelists_outdated (db, checksum, &outdated, error))
    return FALSE;
  if (!outdated)
    return TRUE;

  /* Another program may have written newer lists while this one waited. */
  if (!psl_db_begin (db, error))
    return FALSE;
  if (are_codelists_outdated (db, checksum, &outdated, error) &&
      (!outdated || write_codelists (db, checksum, error)))
    return psl_db_commit (db, error);
  psl_db_rollback (db);
  return FALSE;
}
