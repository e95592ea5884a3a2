/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-file.h"
#include "psl-former.h"
#include "psl-journal-complete.h"
#include "psl-languages.h"
#include "psl-origin.h"
#include "psl-provenance.h"
#include "psl-query-sql.h"
#include "psl-schema-check.h"
#include "psl-schema.h"
#include "psl-store-private.h"

/* SQLite opens a file that may not be written for reading without a word. */
static gboolean
check_writable (PslDb   *db,
                GError **error)
{
  if (psl_db_is_read_only (db) || !sqlite3_db_readonly (psl_db_get_handle (db), "main"))
    return TRUE;
  psl_db_set_error (db, SQLITE_READONLY, error);
  return FALSE;
}

static void
set_cancelled_error (const char  *path,
                     GError     **error)
{
  g_autofree char *name = psl_file_dup_display_name (path);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
               _("Bringing “%s” up to date was cancelled. Nothing is lost; opening it again goes on where that stopped."),
               name);
}

/* Opens a file that is a register, and brings it to the program's version.
 * @known: (nullable): the UUIDs that the register may have */
static PslDb *
open_db (const char         *path,
         PslStoreFlags       flags,
         const char *const  *scripts,
         const char *const  *known,
         PslProgress        *progress,
         GCancellable       *cancellable,
         GError            **error)
{
  g_autoptr (PslDb) db = NULL;

  if (!psl_schema_check_file (path, error))
    return NULL;
  db = psl_db_open (path, flags & PSL_STORE_READ_ONLY ? PSL_DB_READ_ONLY : PSL_DB_NONE, error);
  if (db == NULL)
    return NULL;
  psl_db_set_cancellable (db, cancellable);
  psl_progress_begin_stage (progress, 0.4);
  /* Reading would leave an index of the log beside a protected file, as protected. */
  if (!check_writable (db, error) || !psl_schema_check (db, error) ||
      (known != NULL && !psl_provenance_check_known (db, known, error)))
    return NULL;
  if (!psl_schema_migrate (db, scripts, g_get_real_time (), (flags & PSL_STORE_COPY) != 0, progress, cancellable, error) ||
      !psl_db_configure (db, error) || !psl_schema_check_numbers (db, error))
    return NULL;
  if (!(flags & PSL_STORE_READ_ONLY) && !psl_schema_update_codelists (db, error))
    return NULL;
  return g_steal_pointer (&db);
}

/* Completes the scripts of a migration, and makes sort keys for changed languages of the
 * register or another version of ICU. */
static gboolean
bring_up_to_date (PslStore  *self,
                  GError   **error)
{
  psl_progress_begin_stage (self->progress, 0.6);
  if (!psl_store_follow_migration (self, error))
    return FALSE;
  psl_progress_begin_stage (self->progress, 0.9);
  if (!psl_store_renew_sort_keys (self, error) || !psl_origin_ensure (self, error))
    return FALSE;
  psl_progress_begin_stage (self->progress, 1);
  return psl_journal_complete (self, error);
}

/* Makes a register where there is none. A former one is not replaced by an empty one unasked. */
static gboolean
create_file (const char         *file,
             PslStoreFlags       flags,
             const char *const  *scripts,
             GError            **error)
{
  g_autofree char *left = flags & PSL_STORE_ANEW ? NULL : psl_former_find (file);
  g_autofree char *name = psl_file_dup_display_name (file);
  g_autofree char *left_name = NULL;

  if (left == NULL)
    return psl_former_set_log_aside (file, error) && psl_schema_create (file, scripts, error);
  left_name = psl_file_dup_display_name (left);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
               /* Translators: names of files. */
               _("There is no register “%s” any more, but “%s” is left of one. Put it back or restore a backup, unless you want to begin an empty register."),
               name, left_name);
  return FALSE;
}

/* Opens a register by its own name, see psl_store_open_known(). What is made here is known. */
static PslStore *
open_file (const char         *file,
           PslStoreFlags       flags,
           const char *const  *known,
           PslProgress        *progress,
           GCancellable       *cancellable,
           GError            **error)
{
  gboolean is_new = (flags & PSL_STORE_CREATE) && !(flags & PSL_STORE_READ_ONLY) && !g_file_test (file, G_FILE_TEST_EXISTS);
  g_auto (GStrv) scripts = psl_schema_load_scripts (error);
  g_autoptr (PslDb) db = NULL;
  g_autoptr (PslStore) self = NULL;

  if (scripts == NULL)
    return NULL;
  if (is_new && !create_file (file, flags, (const char *const *) scripts, error))
    return NULL;
  db = open_db (file, flags, (const char *const *) scripts, is_new ? NULL : known, progress, cancellable, error);
  if (db == NULL)
    return NULL;

  self = g_new0 (PslStore, 1);
  self->db = g_steal_pointer (&db);
  psl_query_add_functions (self);
  self->path = g_strdup (file);
  self->author = g_strdup ("");
  self->language = psl_language_get_interface ();
  self->clock = g_get_real_time;
  self->progress = progress != NULL ? psl_progress_ref (progress) : NULL;
  self->plans = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) psl_plan_free);
  self->code_texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->own = psl_undo_stack_new ();
  self->known_words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!psl_store_read_codelists (self, error) ||
      (!psl_db_is_read_only (self->db) && !bring_up_to_date (self, error)))
    return NULL;
  psl_store_set_work (self, NULL, NULL);
  return g_steal_pointer (&self);
}

/**
 * psl_store_open_known:
 * @path: the register's file name, or the name of a symbolic link to it
 * @flags: see #PslStoreFlags
 * @known: (nullable): the UUIDs of the registers that are known at that place: another one is
 *   refused before anything is written to it; %NULL for any register
 * @progress: (nullable): told how much is done of bringing the register up to date; stays at
 *   0 where the register is up to date already
 * @cancellable: (nullable): stops the opening
 *
 * Opens a register, bringing it to the program's schema version, code lists and sort keys
 * first (unless it is only read). The register before a migration is kept in `backups`
 * beside it. Where the opening is stopped or fails, each step of the migration is either
 * done wholly or not at all, and the next opening goes on from there.
 *
 * Returns: (transfer full): a store for the calling thread, or %NULL with
 *   %PSL_REGISTER_ERROR_NOT_FOUND, %PSL_REGISTER_ERROR_NOT_A_REGISTER,
 *   %PSL_REGISTER_ERROR_DAMAGED, %PSL_REGISTER_ERROR_ALTERED,
 *   %PSL_REGISTER_ERROR_TOO_NEW, %PSL_REGISTER_ERROR_READ_ONLY, %PSL_REGISTER_ERROR_BUSY,
 *   %PSL_REGISTER_ERROR_NO_SPACE, %PSL_REGISTER_ERROR_FOREIGN or %G_IO_ERROR_CANCELLED. Free
 *   with psl_store_close()
 */
PslStore *
psl_store_open_known (const char         *path,
                      PslStoreFlags       flags,
                      const char *const  *known,
                      PslProgress        *progress,
                      GCancellable       *cancellable,
                      GError            **error)
{
  g_autofree char *file = NULL;
  g_autoptr (GError) local_error = NULL;
  PslStore *self;

  g_return_val_if_fail (path != NULL, NULL);

  file = psl_file_follow_links (path, error);
  if (file == NULL)
    return NULL;
  self = open_file (file, flags, known, progress, cancellable, &local_error);
  if (self == NULL && !(flags & PSL_STORE_COPY) && g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_cancelled_error (file, error);
  else if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return self;
}

/**
 * psl_store_open_full:
 *
 * Like psl_store_open_known(), for any register.
 */
PslStore *
psl_store_open_full (const char     *path,
                     PslStoreFlags   flags,
                     PslProgress    *progress,
                     GCancellable   *cancellable,
                     GError        **error)
{
  return psl_store_open_known (path, flags, NULL, progress, cancellable, error);
}

/**
 * psl_store_open:
 *
 * Like psl_store_open_full(), where nobody waits who would look or stop it.
 */
PslStore *
psl_store_open (const char     *path,
                PslStoreFlags   flags,
                GError        **error)
{
  return psl_store_open_full (path, flags, NULL, NULL, error);
}

/**
 * psl_store_close:
 *
 * Closes the register. An action that was not committed is undone.
 */
void
psl_store_close (PslStore *self)
{
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return;

  if (self->transaction != NULL)
    psl_store_rollback (self);
  /* Gathers statistics for queries. A failure only makes them slower, so the lock is not
   * worth waiting for. */
  psl_db_set_busy_timeout (self->db, 0);
  if (!psl_db_is_read_only (self->db) && !psl_db_exec (self->db, "PRAGMA optimize", &error))
    g_debug ("Optimising failed: %s", error->message);

  psl_db_close (self->db);
  g_free (self->path);
  g_free (self->author);
  g_clear_pointer (&self->sort_languages, g_ptr_array_unref);
  g_hash_table_unref (self->plans);
  g_hash_table_unref (self->code_texts);
  g_clear_pointer (&self->codelists, psl_codelists_unref);
  psl_undo_stack_free (self->own);
  g_hash_table_unref (self->known_words);
  g_clear_pointer (&self->progress, psl_progress_unref);
  g_clear_object (&self->cancellable);
  g_free (self);
}
