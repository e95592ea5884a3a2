/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-store.h"

#include <string.h>

#include "psl-error.h"
#include "psl-file.h"
#include "psl-query-sql.h"
#include "psl-schema.h"
#include "psl-store-private.h"
#include "psl-text.h"

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

/* Opens a file that is a register, and brings it to the program's version. */
static PslDb *
open_db (const char         *path,
         PslDbFlags          flags,
         const char *const  *scripts,
         GError            **error)
{
  g_autoptr (PslDb) db = NULL;

  if (!psl_schema_check_file (path, error))
    return NULL;
  db = psl_db_open (path, flags, error);
  if (db == NULL ||
      !check_writable (db, error) ||
      !psl_schema_migrate (db, scripts, g_get_real_time (), error) ||
      !psl_db_configure (db, error))
    return NULL;
  if (!(flags & PSL_DB_READ_ONLY) && !psl_schema_update_codelists (db, error))
    return NULL;
  return g_steal_pointer (&db);
}

/**
 * psl_store_open:
 * @path: the register's file name, or that of a symbolic link to it
 * @flags: see #PslStoreFlags
 *
 * Opens a register, bringing it to the program's schema version and code lists
 * first (unless it is only read). The register before a migration is kept in
 * `backups` beside it.
 *
 * Returns: (transfer full): a store for the calling thread, or %NULL with
 *   %PSL_REGISTER_ERROR_NOT_FOUND, %PSL_REGISTER_ERROR_NOT_A_REGISTER,
 *   %PSL_REGISTER_ERROR_DAMAGED, %PSL_REGISTER_ERROR_TOO_NEW,
 *   %PSL_REGISTER_ERROR_READ_ONLY, %PSL_REGISTER_ERROR_BUSY or
 *   %PSL_REGISTER_ERROR_NO_SPACE; the file is then as it was. Free with
 *   psl_store_close()
 */
PslStore *
psl_store_open (const char     *path,
                PslStoreFlags   flags,
                GError        **error)
{
  g_autofree char *file = NULL;
  g_auto (GStrv) scripts = NULL;
  g_autoptr (PslDb) db = NULL;
  g_autoptr (PslStore) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  file = psl_file_follow_links (path, error);
  if (file == NULL)
    return NULL;
  scripts = psl_schema_load_scripts (error);
  if (scripts == NULL)
    return NULL;
  if ((flags & PSL_STORE_CREATE) && !(flags & PSL_STORE_READ_ONLY) &&
      !g_file_test (file, G_FILE_TEST_EXISTS) &&
      !psl_schema_create (file, (const char *const *) scripts, error))
    return NULL;
  db = open_db (file, flags & PSL_STORE_READ_ONLY ? PSL_DB_READ_ONLY : PSL_DB_NONE,
                (const char *const *) scripts, error);
  if (db == NULL)
    return NULL;

  self = g_new0 (PslStore, 1);
  self->db = g_steal_pointer (&db);
  psl_query_add_functions (self);
  self->path = g_steal_pointer (&file);
  self->author = g_strdup ("");
  self->language = psl_text_interface_language ();
  self->clock = g_get_real_time;
  self->plans = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) psl_plan_free);
  self->code_texts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->own = psl_undo_stack_new ();
  self->known_words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!psl_store_read_codelists (self, error) ||
      (!psl_db_is_read_only (self->db) &&
       (!psl_store_follow_migration (self, error) || !psl_store_renew_sort_keys (self, error) ||
        !psl_origin_ensure (self, error) ||
        !psl_journal_complete (self, error))))
    return NULL;
  return g_steal_pointer (&self);
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
  /* What queries need to know about the data; a failure only makes them slower,
   * and is not worth waiting for. */
  psl_db_set_busy_timeout (self->db, 0);
  if (!psl_db_is_read_only (self->db) && !psl_db_exec (self->db, "PRAGMA optimize", &error))
    g_debug ("Optimising failed: %s", error->message);

  psl_db_close (self->db);
  g_free (self->path);
  g_free (self->author);
  g_clear_pointer (&self->sort_languages, g_ptr_array_unref);
  g_hash_table_unref (self->plans);
  g_hash_table_unref (self->code_texts);
  psl_codelists_use (NULL);
  g_clear_pointer (&self->codelists, psl_codelists_unref);
  psl_undo_stack_free (self->own);
  g_hash_table_unref (self->known_words);
  g_free (self);
}

/**
 * psl_store_get_path:
 *
 * Returns: (transfer none): the register's file name, with symbolic links followed
 */
const char *
psl_store_get_path (PslStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * psl_store_set_author:
 * @author: who makes the actions from now on; may be ""
 */
void
psl_store_set_author (PslStore   *self,
                      const char *author)
{
  g_return_if_fail (self != NULL);

  g_set_str (&self->author, author != NULL ? author : "");
}

/**
 * psl_store_set_language:
 * @language: a tag of psl_language_parse(): the language of titles of linked records,
 *   and of those that actions are named by
 */
void
psl_store_set_language (PslStore   *self,
                        const char *language)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (language != NULL);

  self->language = g_intern_string (language);
}

/**
 * psl_store_set_clock:
 * @clock: gives the time, in microseconds since 1970, UTC
 */
void
psl_store_set_clock (PslStore *self,
                     gint64  (*clock) (void))
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (clock != NULL);

  self->clock = clock;
}

/**
 * psl_store_get_db:
 *
 * Returns: (transfer none): the connection
 */
PslDb *
psl_store_get_db (PslStore *self)
{
  return self->db;
}

/**
 * psl_store_get_language:
 *
 * Returns: (transfer none): see psl_store_set_language()
 */
const char *
psl_store_get_language (PslStore *self)
{
  return self->language;
}

/**
 * psl_store_get_plan:
 * @kind: a kind
 *
 * Returns: (transfer none): how its fields are stored
 */
const PslPlan *
psl_store_get_plan (PslStore      *self,
                    const PslKind *kind)
{
  PslPlan *plan = g_hash_table_lookup (self->plans, kind);

  if (plan == NULL)
    {
      plan = psl_plan_new (kind);
      g_hash_table_insert (self->plans, (gpointer) kind, plan);
    }
  return plan;
}
