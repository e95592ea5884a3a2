/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <unistd.h>
#include <utime.h>

#include "psl-db-copy.h"
#include "psl-db-stamp.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "register-testing.h"

#define SECOND_NS G_GINT64_CONSTANT (1000000000)

/* Connections that read while others write, where SQLite can take no locks: a symbolic
 * link of the name of its index is in the way, which holds for root too. */

typedef struct
{
  char *folder;
  char *path;
  char *index;
  gint64 rid;
} ReadFixture;

/* Makes the files older than this moment, so that another write gives them another
 * time however coarse those of the file system are. */
static void
age (const char *path)
{
  struct utimbuf hour_ago = { time (NULL) - 3600, time (NULL) - 3600 };

  g_assert_no_errno (g_utime (path, &hour_ago));
}

static void
set_up_read (ReadFixture   *fixture,
             gconstpointer  data)
{
  g_autoptr (PslStore) store = NULL;

  fixture->folder = folder_make ();
  fixture->path = g_build_filename (fixture->folder, "register.passerelle", NULL);
  fixture->index = g_strconcat (fixture->path, "-shm", NULL);
  store = store_testing_open (fixture->path, PSL_STORE_CREATE);
  fixture->rid = store_testing_insert (store, &psl_kind_project, "title_en", "Before", NULL);
  g_clear_pointer (&store, psl_store_close);
  age (fixture->path);
}

static void
tear_down_read (ReadFixture   *fixture,
                gconstpointer  data)
{
  folder_remove (fixture->folder);
  g_free (fixture->index);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
prevent_index (ReadFixture *fixture)
{
  g_assert_no_errno (symlink ("nowhere", fixture->index));
}

static void
allow_index (ReadFixture *fixture)
{
  g_assert_no_errno (g_unlink (fixture->index));
}

/* Another program writes, and leaves nothing beside the file. */
static void
write_title (ReadFixture *fixture,
             const char  *title)
{
  g_autoptr (PslStore) store = store_testing_open (fixture->path, PSL_STORE_NONE);

  store_testing_edit (store, fixture->rid, "title_en", title, 0);
}

/* Another program has written, and what it wrote is in the log only. The database with
 * its log becomes the fixture's, without the index. */
static void
write_title_to_log (ReadFixture *fixture,
                    const char  *title)
{
  static const char *const suffixes[] = { "", "-wal" };
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (g_rename (fixture->path, other));
  store = store_testing_open (other, PSL_STORE_NONE);
  store_testing_edit (store, fixture->rid, "title_en", title, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (other, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (fixture->path, suffixes[i], NULL);
      g_autofree char *contents = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &contents, &length, &error));
      g_assert_cmpuint (length, >, 0);
      g_assert_true (g_file_set_contents (to, contents, (gssize) length, &error));
    }
}

static PslDb *
open_to_read (ReadFixture *fixture,
              PslDbFlags   flags)
{
  g_autoptr (GError) error = NULL;
  PslDb *db = psl_db_open (fixture->path, PSL_DB_READ_ONLY | flags, &error);

  g_assert_no_error (error);
  return db;
}

/* Data that is being read when another program writes is not used, and neither is a copy of
 * it. */
static void
test_torn (ReadFixture   *fixture,
           gconstpointer  data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslDb) db = open_to_read (fixture, PSL_DB_IMMUTABLE);
  g_autoptr (PslStatement) statement = psl_db_prepare (db, "SELECT name FROM sqlite_schema", &error);

  g_assert_true (psl_statement_step (statement, &error));
  g_assert_false (psl_db_is_outdated (db));
  write_title (fixture, "After");
  g_assert_false (psl_statement_step (statement, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_BUSY);
  g_assert_true (psl_db_is_outdated (db));
  g_assert_false (psl_db_has_moved (db));

  g_clear_pointer (&statement, psl_statement_release);
  g_assert_false (psl_db_copy_to (db, copy, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_BUSY);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

/* Nor is an error that comes of it. */
static void
test_torn_error (ReadFixture   *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslDb) db = open_to_read (fixture, PSL_DB_IMMUTABLE);
  g_autofree char *noise = g_strnfill (1 << 20, 'Z');
  gint64 n;

  g_assert_true (g_file_set_contents_full (fixture->path, noise, 1 << 20, G_FILE_SET_CONTENTS_NONE, 0600, &error));
  g_assert_false (psl_db_get_int64 (db, "SELECT count (*) FROM record", &n, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_BUSY);
}

/* A log without an index is read with the file, and nothing is left of the copy. */
static void
test_log (ReadFixture   *fixture,
          gconstpointer  data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autoptr (PslStore) store = NULL;

  write_title_to_log (fixture, "In the log");
  age (log);
  prevent_index (fixture);
  store = store_testing_open (fixture->path, PSL_STORE_READ_ONLY);
  store_testing_assert_value (store, fixture->rid, "title_en", "In the log");
  g_assert_false (psl_db_is_outdated (psl_store_get_db (store)));
  g_assert_false (psl_db_has_moved (psl_store_get_db (store)));

  /* Whoever writes more is noticed, and what is read already stays whole. */
  g_assert_no_errno (g_utime (log, NULL));
  g_assert_true (psl_db_is_outdated (psl_store_get_db (store)));
  store_testing_assert_value (store, fixture->rid, "title_en", "In the log");
  allow_index (fixture);
}

/* A change that another program left half done is undone, not shown. */
static void
test_half_done (ReadFixture   *fixture,
                gconstpointer  data)
{
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *other_journal = g_strconcat (other, "-journal", NULL);
  g_autofree char *filler = g_strnfill (100000, 'x');
  g_autoptr (GError) error = NULL;
  g_autoptr (PslDb) writer = NULL;
  g_autoptr (PslStore) store = NULL;
  g_autofree char *database = NULL, *undo = NULL;
  gsize length;
  gint64 n;

  g_assert_no_errno (g_rename (fixture->path, other));
  writer = psl_db_open (other, PSL_DB_NONE, &error);
  g_assert_true (psl_db_exec (writer, "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN; DELETE FROM text", &error));
  g_assert_true (psl_db_exec (writer, "CREATE TABLE filler AS SELECT zeroblob (1000000)", &error));

  g_assert_true (g_file_get_contents (other, &database, &length, &error));
  g_assert_true (g_file_set_contents (fixture->path, database, (gssize) length, &error));
  g_assert_true (g_file_get_contents (other_journal, &undo, &length, &error));
  g_assert_true (g_file_set_contents (journal, undo, (gssize) length, &error));
  prevent_index (fixture);

  store = psl_store_open (fixture->path, PSL_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  store_testing_assert_value (store, fixture->rid, "title_en", "Before");
  g_assert_true (psl_db_get_int64 (psl_store_get_db (store),
                                   "SELECT count (*) FROM sqlite_schema WHERE name = 'filler'", &n, &error));
  g_assert_cmpint (n, ==, 0);
  psl_db_rollback (writer);
}

static void
changed_count_cb (PslRegister   *reg,
                  PslChangedSet *set,
                  gpointer       user_data)
{
  ++*(guint *) user_data;
}

/* Writes of another program show up where a register is open for reading. */
static void
test_register (ReadFixture   *fixture,
               gconstpointer  data)
{
  g_autoptr (PslRegister) reg = NULL;
  g_autoptr (PslRecord) before = NULL;
  g_autoptr (PslRecord) after = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changed = 0;

  prevent_index (fixture);
  reg = register_wait_open (fixture->path, PSL_STORE_READ_ONLY);
  g_signal_connect (reg, "changed", G_CALLBACK (changed_count_cb), &n_changed);
  before = register_wait_load (reg, fixture->rid);
  g_assert_cmpstr (psl_record_get_by_name (before, "title_en"), ==, "Before");

  allow_index (fixture);
  write_title (fixture, "After");
  after = register_wait_load (reg, fixture->rid);
  g_assert_cmpstr (psl_record_get_by_name (after, "title_en"), ==, "After");
  wait_until (n_changed > 0);
  g_assert_true (psl_register_close_now (reg, &error));
  g_assert_no_error (error);
}

/* Right after a write, the times of a file can't be told from those of the next one. */
static void
test_stamp (void)
{
  PslDbStamp old = { .database = { .modified = 10 * SECOND_NS }, .taken = 20 * SECOND_NS };
  PslDbStamp recent = { .database = { .modified = 19 * SECOND_NS }, .taken = 20 * SECOND_NS };
  PslDbStamp now = old;

  now.taken = 23 * SECOND_NS;
  g_assert_true (psl_db_stamp_serves (&old, &now));
  now.database.modified = 19 * SECOND_NS;
  g_assert_false (psl_db_stamp_serves (&old, &now));
  g_assert_false (psl_db_stamp_serves (&recent, &now));
  now.taken = 21 * SECOND_NS;
  g_assert_true (psl_db_stamp_serves (&recent, &now));
  now.log.inode = 7;
  g_assert_false (psl_db_stamp_serves (&recent, &now));
  g_assert_false (psl_db_stamp_has_log (&now));
  now.log.size = 1;
  g_assert_true (psl_db_stamp_has_log (&now));
}

static void
add_read (const char *path,
          void      (*test) (ReadFixture   *fixture,
                             gconstpointer  data))
{
  g_test_add (path, ReadFixture, NULL, set_up_read, test, tear_down_read);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_read ("/db-read/torn", test_torn);
  add_read ("/db-read/torn-error", test_torn_error);
  add_read ("/db-read/log", test_log);
  add_read ("/db-read/half-done", test_half_done);
  add_read ("/db-read/register", test_register);
  g_test_add_func ("/db-read/stamp", test_stamp);

  return g_test_run ();
}
