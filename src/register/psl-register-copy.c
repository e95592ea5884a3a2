/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-register-copy.h"

#include "psl-db-copy.h"
#include "psl-file-part.h"
#include "psl-schema.h"
#include "psl-store.h"

static gboolean
copy_file (const char    *path,
           const char    *part_path,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (PslDb) db = NULL;

  if (!psl_schema_check_file (path, error))
    return FALSE;
  db = psl_db_open (path, PSL_DB_READ_ONLY, error);
  return db != NULL && psl_db_copy_to (db, part_path, cancellable, error);
}

/* Brings the copy to the program's version, and gives it a UUID of its own. */
static char *
declare_copy (const char    *part_path,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (PslStore) store = psl_store_open_full (part_path, PSL_STORE_COPY, NULL, cancellable, error);

  return store != NULL ? psl_store_declare_copy (store, error) : NULL;
}

/* Leaves one file: only that gets the copy's name. */
static gboolean
write_log_back (const char  *part_path,
                GError     **error)
{
  g_autoptr (PslDb) db = psl_db_open (part_path, PSL_DB_NONE, error);

  return db != NULL && psl_db_exec (db, "PRAGMA journal_mode = DELETE", error);
}

/**
 * psl_register_copy:
 * @path: a register, which is only read
 * @copy_path: the copy's file name; a file of that name is never replaced
 * @cancellable: (nullable): stops it; nothing is left then
 *
 * Makes a copy that is a register of its own: it has a new UUID, and is brought to the
 * program's version. The file gets its name when it is whole. Any thread.
 *
 * Returns: (transfer full): the UUID of the copy, or %NULL with an error like those of
 *   psl_store_open(), psl_db_copy_to() and psl_file_part_finish()
 */
char *
psl_register_copy (const char    *path,
                   const char    *copy_path,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (PslFilePart) part = NULL;
  g_autofree char *id = NULL;
  const char *part_path;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (copy_path != NULL, NULL);

  part = psl_file_part_new (copy_path, PSL_FILE_PART_PRIVATE | PSL_FILE_PART_NEW, error);
  if (part == NULL)
    return NULL;
  part_path = psl_file_part_get_path (part);
  if (!copy_file (path, part_path, cancellable, error))
    return NULL;
  id = declare_copy (part_path, cancellable, error);
  if (id == NULL || !write_log_back (part_path, error) || !psl_file_part_finish (part, error))
    return NULL;
  return g_steal_pointer (&id);
}
