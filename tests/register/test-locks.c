/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Looking at a register's file must not give up the locks that this process holds
 * on it: POSIX drops them all when any descriptor of the file is closed. */

#include "config.h"

#include <sqlite3.h>

#include "psl-backup.h"
#include "psl-kinds.h"
#include "psl-schema.h"
#include "tests/store/store-testing.h"

/* The register that the other process works on. */
#define PATH_VARIABLE "PASSERELLE_TEST_REGISTER"

/* A function that looks at a file which this process has open. */
typedef void (*Look) (const char *path);

static void
check_file (const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_schema_check_file (path, &error));
  g_assert_no_error (error);
}

static void
check_backup (const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_backup_check (path, NULL, &error));
  g_assert_no_error (error);
}

static void
open_again (const char *path)
{
  g_autoptr (PslStore) store = store_testing_open (path, PSL_STORE_READ_ONLY);
}

static const struct
{
  const char *name;
  Look look;
} looks[] = {
  { "check-file", check_file },
  { "check-backup", check_backup },
  { "open-again", open_again },
};

/* Runs one of the tests below in a process of its own. */
static void
run_other (const char *test,
           const char *path)
{
  g_setenv (PATH_VARIABLE, path, TRUE);
  g_test_trap_subprocess (test, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* The other process: can't write while somebody else does. */
static void
other_is_refused (void)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (g_getenv (PATH_VARIABLE), &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_BUSY);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* The other process: a command line that changes something and ends. */
static void
other_writes (void)
{
  g_autoptr (PslStore) store = store_testing_open (g_getenv (PATH_VARIABLE), PSL_STORE_NONE);

  store_testing_insert (store, &psl_kind_project, "project_id", "PO.0002", NULL);
}

/* The other process: finds what has been written. */
static void
other_finds (void)
{
  g_autoptr (PslStore) store = store_testing_open (g_getenv (PATH_VARIABLE), PSL_STORE_READ_ONLY);
  g_autoptr (GError) error = NULL;

  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("PO.000%d", i);

      g_assert_cmpint (psl_store_find (store, name, &error), >, 0);
      g_assert_no_error (error);
    }
}

static void
test_transaction (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_store_begin (fixture->store, PSL_VERB_CREATE, NULL, &error));
  ((Look) data) (fixture->path);
  run_other ("/locks/subprocess/is-refused", fixture->path);
  psl_store_rollback (fixture->store);
}

/* Were the lock on the file given up, the other would take itself for the last
 * that has it open and remove the log, to which this one goes on writing. */
static void
test_log (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  GStatBuf before, after;

  store_testing_insert (fixture->store, &psl_kind_project, "project_id", "PO.0001", NULL);
  ((Look) data) (fixture->path);
  g_assert_no_errno (g_stat (log, &before));
  run_other ("/locks/subprocess/writes", fixture->path);
  g_assert_no_errno (g_stat (log, &after));
  g_assert_true (before.st_ino == after.st_ino);

  store_testing_insert (fixture->store, &psl_kind_project, "project_id", "PO.0003", NULL);
  run_other ("/locks/subprocess/finds", fixture->path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *transaction = g_strconcat ("/locks/transaction/", looks[i].name, NULL);
      g_autofree char *log = g_strconcat ("/locks/log/", looks[i].name, NULL);

      g_test_add (transaction, StoreFixture, (gpointer) looks[i].look, store_fixture_set_up, test_transaction,
                  store_fixture_tear_down);
      g_test_add (log, StoreFixture, (gpointer) looks[i].look, store_fixture_set_up, test_log,
                  store_fixture_tear_down);
    }
  g_test_add_func ("/locks/subprocess/is-refused", other_is_refused);
  g_test_add_func ("/locks/subprocess/writes", other_writes);
  g_test_add_func ("/locks/subprocess/finds", other_finds);

  return g_test_run ();
}
