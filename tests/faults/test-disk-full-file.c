/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A disk that is full, or that fails, at any write of what is done to a register
 * as a whole: opening it, bringing it to a newer version or to the program's code
 * lists, restoring a backup over a sound register and over a damaged one. See
 * test-disk-full.c for what is done to records.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>
#include <string.h>

#include "psl-backup.h"
#include "psl-db.h"
#include "psl-error.h"
#include "psl-fault-migration.h"
#include "psl-fault-register.h"
#include "psl-fault-vfs.h"

/* The files that an operation works on, in a folder of its own. */
typedef struct
{
  char *folder;
  char *path;
  char *backup;
} Place;

typedef struct
{
  const char *name;
  void (*prepare) (const Place *place);
  gboolean (*run) (const Place *place, GError **error);
  void (*check) (const Place *place, gboolean done, const char *const *contents);
} Case;

enum { REGISTER, BACKUP, N_CONTENTS };

static void
exec (const char *path,
      const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslDb) db = psl_db_open (path, PSL_DB_NONE, &error);

  g_assert_no_error (error);
  psl_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
prepare_nothing (const Place *place)
{
}

/* As a program with other code lists would have left it. */
static void
prepare_codelists (const Place *place)
{
  exec (place->path, "UPDATE meta SET value = 'other' WHERE name = 'codelists';"
                     "UPDATE code_name SET name = 'Ailleurs' WHERE list = 'country' AND code = 'MD' AND language = 'fr'");
}

static void
prepare_damaged (const Place *place)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (place->path, &contents, &length, &error);
  g_assert_no_error (error);
  memset (contents + 4096, 0x5a, 4 * 4096);
  g_file_set_contents (place->path, contents, (gssize) length, &error);
  g_assert_no_error (error);
}

static gboolean
run_open (const Place  *place,
          GError      **error)
{
  g_autoptr (PslStore) store = psl_store_open (place->path, PSL_STORE_NONE, error);

  return store != NULL;
}

static gboolean
run_migrate (const Place  *place,
             GError      **error)
{
  return fault_migrate (place->path, error);
}

static gboolean
run_restore (const Place  *place,
             GError      **error)
{
  return psl_backup_restore (place->path, place->backup, NULL, NULL, error);
}

/* Returns: (transfer full): what a register holds, which must be sound */
static char *
dump (const char *path)
{
  g_autoptr (PslStore) store = fault_open (path);

  fault_assert_whole (store);
  return fault_dump (store);
}

static void
check_same (const Place        *place,
            gboolean            done,
            const char *const  *contents)
{
  g_autofree char *found = dump (place->path);

  g_assert_true (g_str_equal (found, contents[REGISTER]));
}

static void
check_migrated (const Place        *place,
                gboolean            done,
                const char *const  *contents)
{
  guint n_done = fault_assert_migration (place->path, contents[REGISTER]);

  if (done)
    g_assert_cmpuint (n_done, ==, FAULT_MIGRATIONS);
}

/* A restored register is one of its own, also where something failed afterwards. */
static void
assert_declared (const Place *place)
{
  g_autoptr (PslStore) store = fault_open (place->path);
  g_autoptr (PslStore) backup = fault_open (place->backup);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = psl_store_dup_register_id (store, &error);
  g_autofree char *backup_id = psl_store_dup_register_id (backup, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (id, !=, backup_id);
}

static void
check_restored (const Place        *place,
                gboolean            done,
                const char *const  *contents)
{
  g_autofree char *found = dump (place->path);
  g_autofree char *backup = dump (place->backup);

  g_assert_true (g_str_equal (backup, contents[BACKUP]));
  if (done)
    g_assert_true (g_str_equal (found, contents[BACKUP]));
  else
    g_assert_true (g_str_equal (found, contents[REGISTER]) || g_str_equal (found, contents[BACKUP]));
  if (g_str_equal (found, contents[BACKUP]))
    assert_declared (place);
}

/* Where it failed, the damaged file is in its place or the backup is; in both
 * cases restoring again works. */
static void
check_repaired (const Place        *place,
                gboolean            done,
                const char *const  *contents)
{
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  if (!done)
    psl_backup_restore (place->path, place->backup, NULL, NULL, &error);
  g_assert_no_error (error);
  found = dump (place->path);
  g_assert_true (g_str_equal (found, contents[BACKUP]));
  assert_declared (place);
}

static const Case cases[] = {
  { "open", prepare_nothing, run_open, check_same },
  { "codelists", prepare_codelists, run_open, check_same },
  { "migrate", prepare_nothing, run_migrate, check_migrated },
  { "restore", prepare_nothing, run_restore, check_restored },
  { "restore-damaged", prepare_damaged, run_restore, check_repaired },
};

/* Makes the register and the backup that all cases copy. */
static void
make_base (const Place  *place,
           char        **contents)
{
  g_autoptr (PslStore) store = fault_open (place->path);
  g_autoptr (GError) error = NULL;

  fault_add_projects (store, PSL_VERB_IMPORT, "AA", 5, &error);
  g_assert_no_error (error);
  contents[BACKUP] = fault_dump (store);
  psl_backup_create (store, place->backup, NULL, &error);
  g_assert_no_error (error);
  fault_add_projects (store, PSL_VERB_IMPORT, "BB", 20, &error);
  g_assert_no_error (error);
  contents[REGISTER] = fault_dump (store);
}

static void
place_init (Place *place)
{
  place->folder = fault_make_folder ();
  place->path = g_build_filename (place->folder, "register.passerelle", NULL);
  place->backup = g_build_filename (place->folder, "backup.passerelle", NULL);
}

static void
place_clear (Place *place)
{
  folder_remove (place->folder);
  g_free (place->folder);
  g_free (place->path);
  g_free (place->backup);
}

/* Runs the operation on copies with the @nth write failing.
 * Returns: whether a write failed */
static gboolean
run_with_fault (const Case         *operation,
                const Place        *base,
                guint               nth,
                int                 result,
                const char *const  *contents)
{
  g_autoptr (GError) error = NULL;
  Place place;
  gboolean done, struck;

  place_init (&place);
  fault_copy_register (base->path, place.path);
  fault_copy_register (base->backup, place.backup);
  operation->prepare (&place);

  psl_fault_vfs_arm (nth, result);
  done = operation->run (&place, &error);
  struck = psl_fault_vfs_disarm ();

  g_assert_true (done == (error == NULL));
  if (!done)
    {
      g_assert_true (struck);
      g_assert_cmpuint (error->domain, ==, PSL_REGISTER_ERROR);
      if (result == SQLITE_FULL)
        g_assert_cmpint (error->code, ==, PSL_REGISTER_ERROR_NO_SPACE);
    }
  operation->check (&place, done, contents);
  place_clear (&place);
  return struck;
}

static void
test_operation (gconstpointer data)
{
  const Case *operation = data;
  const int results[] = { SQLITE_FULL, SQLITE_IOERR_WRITE };
  char *contents[N_CONTENTS];
  Place base;

  place_init (&base);
  make_base (&base, contents);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      guint nth = 1;

      while (run_with_fault (operation, &base, nth, results[i], (const char *const *) contents))
        nth++;
      g_test_message ("%s: %u writes could fail", operation->name, nth - 1);
    }
  place_clear (&base);
  for (guint i = 0; i < N_CONTENTS; i++)
    g_free (contents[i]);
}

/* A register on a full disk can still be read. */
static void
test_read (void)
{
  char *contents[N_CONTENTS];
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  Place place;

  place_init (&place);
  make_base (&place, contents);
  psl_fault_vfs_arm (1, SQLITE_FULL);
  store = psl_store_open (place.path, PSL_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  found = fault_dump (store);
  g_clear_pointer (&store, psl_store_close);
  psl_fault_vfs_disarm ();
  g_assert_true (g_str_equal (found, contents[REGISTER]));

  place_clear (&place);
  for (guint i = 0; i < N_CONTENTS; i++)
    g_free (contents[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  psl_fault_vfs_install ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/faults/disk-full-file/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_operation);
    }
  g_test_add_func ("/faults/disk-full-file/read", test_read);
  return g_test_run ();
}
