/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <unistd.h>

#include "psl-check.h"
#include "psl-kinds.h"
#include "psl-languages.h"
#include "psl-schema.h"
#include "psl-store-private.h"
#include "tests/store/store-testing.h"

static char *
read_file (const char *path,
           gsize      *length)
{
  g_autoptr (GError) error = NULL;
  char *contents;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);
  return contents;
}

/* The file can't be opened, whatever is asked for, and is left as it is. */
static void
assert_left_alone (const char       *path,
                   PslRegisterError  code)
{
  static const PslStoreFlags flags[] = { PSL_STORE_NONE, PSL_STORE_CREATE, PSL_STORE_READ_ONLY };
  gsize length, length_after;
  g_autofree char *before = read_file (path, &length);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      g_assert_null (psl_store_open (path, flags[i], &error));
      store_testing_assert_refused (&error, code);
      after = read_file (path, &length_after);
      g_assert_cmpmem (before, length, after, length_after);
    }
}

/* Puts bytes over a closed register. */
static void
damage (StoreFixture *fixture,
        gsize         offset,
        gsize         size)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_clear_pointer (&fixture->store, psl_store_close);
  contents = read_file (fixture->path, &length);
  memset (contents + offset, 0x5a, MIN (size, length - offset));
  g_file_set_contents_full (fixture->path, contents, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static void
run_sql (const char *path,
         const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslDb) db = psl_db_open (path, PSL_DB_NONE, &error);

  g_assert_no_error (error);
  psl_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
test_create (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "new", "folder", "register.passerelle", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GDir) dir = NULL;
  GStatBuf status;

  g_assert_null (psl_store_open (path, PSL_STORE_NONE, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
  g_assert_null (psl_store_open (path, PSL_STORE_READ_ONLY, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  store = store_testing_open (path, PSL_STORE_CREATE);
  g_assert_no_errno (g_stat (path, &status));
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_no_errno (g_stat (folder, &status));
  g_assert_cmpuint (status.st_mode & 0777, ==, 0700);
  g_assert_cmpint (store_testing_number (store, "PRAGMA application_id"), ==, PSL_SCHEMA_APPLICATION_ID);
  g_assert_cmpint (store_testing_number (store, "PRAGMA user_version"), ==, 10);
  g_assert_cmpint (store_testing_number (store, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (store_testing_number (store, "PRAGMA synchronous"), ==, 2);
  g_assert_cmpint (store_testing_number (store, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), ==, 1);

  /* Nothing is left lying about. */
  g_clear_pointer (&store, psl_store_close);
  dir = g_dir_open (folder, 0, &error);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "register.passerelle");
  g_assert_null (g_dir_read_name (dir));
}

static void
test_not_a_register (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
  assert_left_alone (path, PSL_REGISTER_ERROR_NOT_A_REGISTER);
  g_file_set_contents (path, "Title;Budget\n", -1, &error);
  assert_left_alone (path, PSL_REGISTER_ERROR_NOT_A_REGISTER);

  g_unlink (path);
  g_file_set_contents (path, "", 0, &error);
  run_sql (path, "PRAGMA journal_mode = WAL; CREATE TABLE project (a); PRAGMA user_version = 1");
  assert_left_alone (path, PSL_REGISTER_ERROR_NOT_A_REGISTER);

  g_assert_null (psl_store_open (fixture->folder, PSL_STORE_NONE, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_A_REGISTER);
}

static void
test_too_new (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_clear_pointer (&fixture->store, psl_store_close);
  run_sql (fixture->path, "PRAGMA user_version = 1000");
  assert_left_alone (fixture->path, PSL_REGISTER_ERROR_TOO_NEW);
}

static void
test_damaged_schema (StoreFixture  *fixture,
                     gconstpointer  data)
{
  damage (fixture, 100, 1000);
  assert_left_alone (fixture->path, PSL_REGISTER_ERROR_DAMAGED);
}

static void
test_truncated (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_clear_pointer (&fixture->store, psl_store_close);
  contents = read_file (fixture->path, &length);
  g_file_set_contents (fixture->path, contents, (gssize) length / 2 / 4096 * 4096, &error);
  assert_left_alone (fixture->path, PSL_REGISTER_ERROR_DAMAGED);
}

/* Damage that only shows when it is met is reported then. */
static void
test_damaged_inside (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", NULL);
  gint64 page = store_testing_number (fixture->store, "SELECT rootpage FROM sqlite_schema WHERE name = 'project'");

  damage (fixture, (gsize) (page - 1) * 4096, 4096);
  fixture->store = psl_store_open (fixture->path, PSL_STORE_NONE, &error);
  g_assert_no_error (error);
  g_assert_null (psl_store_read (fixture->store, rid, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_DAMAGED);

  /* Nor is anything written over it. */
  psl_store_begin (fixture->store, PSL_VERB_EDIT, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (psl_store_set (fixture->store, rid, psl_kind_find_field (&psl_kind_project, "phase"), NULL, "1", &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_DAMAGED);
  g_assert_cmpint (psl_store_commit (fixture->store, &error), ==, -1);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_DAMAGED);
}

/* The program's scripts, and what newer programs might have. */
static GStrv
load_newer_scripts (const char *next,
                    const char *last)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) scripts = psl_schema_load_scripts (&error);

  g_assert_no_error (error);
  g_strv_builder_addv (builder, (const char **) scripts);
  g_strv_builder_add_many (builder, next, last, NULL);
  return g_strv_builder_end (builder);
}

static void
test_migrate (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) newer = load_newer_scripts ("ALTER TABLE project ADD COLUMN colour TEXT;",
                                             "CREATE TABLE last (a INTEGER) STRICT;");
  g_auto (GStrv) failing = load_newer_scripts ("CREATE TABLE next (a INT) STRICT;",
                                               "CREATE TABLE last (a INT) STRICT; nonsense;");
  gint64 present = g_strv_length (newer) - 2;
  g_autofree char *set_back = g_strdup_printf ("DROP TABLE next; PRAGMA user_version = %d", (int) present);
  g_autofree char *copy = g_build_filename (fixture->folder, "backups",
                                            "register-20231114T221320Z-before-migration.passerelle", NULL);
  g_autoptr (PslDb) db = NULL;
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", NULL);
  gint64 version;
  GStatBuf status;

  g_clear_pointer (&fixture->store, psl_store_close);

  /* A script that fails leaves the version before it, whole. */
  db = psl_db_open (fixture->path, PSL_DB_NONE, &error);
  g_assert_false (psl_schema_migrate (db, (const char *const *) failing, 1700000000000000, FALSE, NULL, NULL, &error));
  g_clear_error (&error);
  g_assert_true (psl_schema_get_version (db, &version, &error));
  g_assert_cmpint (version, ==, present + 1);
  g_assert_false (psl_db_exec (db, "SELECT * FROM last", NULL));
  g_assert_true (psl_db_exec (db, set_back, &error));

  g_assert_true (psl_schema_migrate (db, (const char *const *) newer, 1700000000000000, FALSE, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (psl_schema_get_version (db, &version, &error));
  g_assert_cmpint (version, ==, present + 2);
  g_assert_true (psl_db_exec (db, "SELECT colour FROM project; SELECT a FROM last", &error));
  g_clear_pointer (&db, psl_db_close);

  /* This program has become too old for it, and the copy is as it was. */
  assert_left_alone (fixture->path, PSL_REGISTER_ERROR_TOO_NEW);
  g_assert_no_errno (g_stat (copy, &status));
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  fixture->store = store_testing_open (copy, PSL_STORE_NONE);
  store_testing_assert_value (fixture->store, rid, "title_en", "Title");
}

static void
test_migrate_read_only (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) newer = load_newer_scripts ("CREATE TABLE next (a INTEGER) STRICT;", NULL);
  g_autofree char *backups = g_build_filename (fixture->folder, "backups", NULL);
  g_autoptr (PslDb) db = psl_db_open (fixture->path, PSL_DB_READ_ONLY, &error);

  g_assert_false (psl_schema_migrate (db, (const char *const *) newer, 0, FALSE, NULL, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_READ_ONLY);
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));
}

/* A file that is larger than what its disk has free, though it takes no room there. */
static void
grow_beyond_disk (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, &error);
  int result;

  g_assert_no_error (error);
  result = truncate (path, (off_t) g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE));
  g_assert_no_errno (result);
}

static void
test_migrate_no_space (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) newer = load_newer_scripts ("CREATE TABLE next (a INTEGER) STRICT;", NULL);
  g_autofree char *backups = g_build_filename (fixture->folder, "backups", NULL);
  gint64 present = g_strv_length (newer) - 1;
  g_autoptr (PslDb) db = NULL;
  gint64 version;

  g_clear_pointer (&fixture->store, psl_store_close);
  grow_beyond_disk (fixture->path);
  db = psl_db_open (fixture->path, PSL_DB_NONE, &error);
  g_assert_no_error (error);
  g_assert_false (psl_schema_migrate (db, (const char *const *) newer, 0, FALSE, NULL, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NO_SPACE);
  g_assert_true (psl_schema_get_version (db, &version, &error));
  g_assert_cmpint (version, ==, present);
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));
}

static void
test_codelists (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_clear_pointer (&fixture->store, psl_store_close);
  run_sql (fixture->path,
           "UPDATE meta SET value = 'older' WHERE name = 'codelists';"
           "UPDATE code_name SET name = 'Old' WHERE list = 'status' AND code = '4' AND language = 'en';"
           "DELETE FROM code_name WHERE list = 'country' AND code = 'MD';"
           "DELETE FROM code WHERE list = 'country' AND code = 'MD';"
           "INSERT INTO code (list, code, position) VALUES ('type', 'ZZ', 99);"
           "INSERT INTO code_name (list, code, language, name) VALUES ('type', 'ZZ', 'en', 'Our own')");

  fixture->store = store_testing_open (fixture->path, PSL_STORE_READ_ONLY);
  g_assert_cmpint (store_testing_number (fixture->store,
                                         "SELECT count(*) FROM code WHERE list = 'country' AND code = 'MD'"), ==, 0);
  store_fixture_reopen (fixture);
  g_assert_cmpint (store_testing_number (fixture->store,
                                         "SELECT count(*) FROM code WHERE list = 'country' AND code = 'MD'"), ==, 1);
  g_assert_cmpint (store_testing_number (fixture->store,
                                         "SELECT count(*) FROM code_name WHERE list = 'status' AND name = 'Old'"), ==, 0);
  g_assert_cmpint (store_testing_number (fixture->store,
                                         "SELECT count(*) FROM code WHERE list = 'type' AND code = 'ZZ'"), ==, 1);
}

/* A newer program has written its lists: this one leaves them as they are, until it is
 * the newer one. */
static void
test_newer_codelists (StoreFixture  *fixture,
                      gconstpointer  data)
{
  gint64 own = store_testing_number (fixture->store, "SELECT value FROM meta WHERE name = 'codelists-version'");
  g_autofree char *sql = NULL;

  g_assert_cmpint (own, >, 0);
  g_clear_pointer (&fixture->store, psl_store_close);
  sql = g_strdup_printf ("UPDATE meta SET value = 'newer' WHERE name = 'codelists';"
                         "UPDATE meta SET value = %d WHERE name = 'codelists-version';"
                         "UPDATE code_name SET name = 'New' WHERE list = 'status' AND code = '4' AND language = 'en'", (int) own + 1);
  run_sql (fixture->path, sql);
  fixture->store = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_assert_cmpint (store_testing_number (fixture->store,
                                         "SELECT count(*) FROM code_name WHERE list = 'status' AND name = 'New'"), ==, 1);
  g_assert_cmpint (store_testing_number (fixture->store,
                                         "SELECT value FROM meta WHERE name = 'codelists-version'"), ==, own + 1);

  g_clear_pointer (&fixture->store, psl_store_close);
  run_sql (fixture->path, "UPDATE meta SET value = 0 WHERE name = 'codelists-version'");
  fixture->store = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_assert_cmpint (store_testing_number (fixture->store,
                                         "SELECT count(*) FROM code_name WHERE list = 'status' AND name = 'New'"), ==, 0);
  g_assert_cmpint (store_testing_number (fixture->store,
                                         "SELECT value FROM meta WHERE name = 'codelists-version'"), ==, own);
}

static void
test_busy (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autoptr (GError) error = NULL;

  psl_store_begin (other, PSL_VERB_EDIT, NULL, &error);
  g_assert_no_error (error);
  psl_db_set_busy_timeout (psl_store_get_db (fixture->store), 10);
  g_assert_false (psl_store_begin (fixture->store, PSL_VERB_EDIT, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_BUSY);
  psl_store_rollback (other);
  g_assert_true (psl_store_begin (fixture->store, PSL_VERB_EDIT, NULL, &error));
  psl_store_rollback (fixture->store);
}

/* An import that fills the disk stores nothing, and the register goes on. */
static void
test_no_space (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *text = g_strnfill (20000, 'x');
  g_autofree char *limit = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid = 0, pages;

  pages = store_testing_number (fixture->store, "PRAGMA page_count");
  limit = g_strdup_printf ("PRAGMA max_page_count = %d", (int) pages + 10);
  g_assert_true (psl_db_exec (psl_store_get_db (fixture->store), limit, &error));

  psl_store_begin (fixture->store, PSL_VERB_IMPORT, "file.csv", &error);
  for (guint i = 0; i < 20 && error == NULL; i++)
    {
      g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, NULL);

      psl_record_set (record, psl_kind_find_field (&psl_kind_project, "description"), "en", text);
      rid = psl_store_insert (fixture->store, record, &error);
    }
  g_assert_cmpint (rid, ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NO_SPACE);

  /* Going on regardless changes nothing. */
  g_assert_cmpint (psl_store_create (fixture->store, &psl_kind_project, NULL, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NO_SPACE);
  g_assert_cmpint (psl_store_commit (fixture->store, &error), ==, -1);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NO_SPACE);
  g_assert_cmpint (store_testing_number (fixture->store, "SELECT count(*) FROM record"), ==, 0);

  g_assert_true (psl_db_exec (psl_store_get_db (fixture->store), "PRAGMA max_page_count = 1000000", &error));
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", NULL);
}

static int
interrupt_cb (gpointer data)
{
  return 1;
}

static void
test_interrupt (StoreFixture  *fixture,
                gconstpointer  data)
{
  sqlite3 *handle = psl_db_get_handle (psl_store_get_db (fixture->store));
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", NULL);

  psl_store_begin (fixture->store, PSL_VERB_EDIT, NULL, &error);
  sqlite3_progress_handler (handle, 1, interrupt_cb, NULL);
  g_assert_false (psl_store_set_state (fixture->store, rid, PSL_RECORD_TRASHED, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  sqlite3_progress_handler (handle, 0, NULL, NULL);
  g_assert_cmpint (psl_store_commit (fixture->store, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (store_testing_get_state (fixture->store, rid), ==, PSL_RECORD_LIVE);
}

/* The tables, indexes and triggers of a register, one a line. */
static char *
dup_schema (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStatement) statement = NULL;
  GString *schema = g_string_new (NULL);

  statement = psl_db_prepare (psl_store_get_db (store),
                              "SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_s%' ORDER BY 1",
                              &error);
  while (psl_statement_step (statement, &error))
    g_string_append_printf (schema, "%s\n", psl_statement_get_text (statement, 0));
  g_assert_no_error (error);
  return g_string_free_and_steal (schema);
}

/* Copies the register of a version, which is kept for ever. */
static char *
copy_version (StoreFixture *fixture,
              const char   *name)
{
  g_autofree char *kept = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (kept);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

/* A register written by the first version. Where a version is not released yet and
 * changes, make-fixture makes its register again. */
static void
test_version_1 (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = copy_version (fixture, "version-1.passerelle");
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (PslAction) next_redo = NULL;
  g_autofree char *schema = NULL;
  g_autofree char *new_schema = NULL;
  gint64 rid;

  store = store_testing_open (path, PSL_STORE_NONE);

  /* Brought up to date, it is laid out like a new one. */
  schema = dup_schema (store);
  new_schema = dup_schema (fixture->store);
  g_assert_cmpstr (schema, ==, new_schema);

  rid = psl_store_find (store, "W34-805", &error);
  g_assert_no_error (error);
  record = psl_store_read (store, rid, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (psl_record_get_id (record), ==, "018bcfe5-6800-7000-8000-000000000002");
  g_assert_cmpstr (psl_record_get_by_name (record, "title_fr"), ==, "Une œuvre commune");
  g_assert_cmpstr (psl_record_get_by_name (record, "title_en"), ==, "A common work");
  g_assert_cmpstr (psl_record_get_by_name (record, "prima_id"), ==, "MD10P0513");
  g_assert_cmpstr (psl_record_get_by_name (record, "start"), ==, "2020-05");
  g_assert_cmpstr (psl_record_get_by_name (record, "end"), ==, "2021-05-17");
  g_assert_cmpstr (psl_record_get_by_name (record, "year"), ==, "2020");
  g_assert_cmpstr (psl_record_get_by_name (record, "budget"), ==, "100000.50 USD");
  g_assert_cmpstr (psl_record_get_by_name (record, "status"), ==, "4");
  g_assert_cmpstr (psl_record_get_by_name (record, "beneficiaries"), ==,
                   "[{\"country\":\"MD\"},{\"country\":\"PL\",\"percentage\":\"40.5\"}]");
  g_assert_cmpstr (psl_record_get_by_name (record, "description_en"), ==, "First.\nSecond.");
  g_assert_cmpstr (psl_record_get_by_name (record, "office"), ==, "018bcfe5-6800-7000-8000-000000000001");
  g_assert_cmpstr (psl_record_get_link_title (record, psl_kind_find_field (&psl_kind_project, "office")), ==, "Chişinău");

  /* Its title was edited by Anna; a later edit of its phase was undone. */
  history = psl_store_history (store, rid, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 4);
  g_assert_cmpstr (((PslChange *) history->pdata[2])->old_value, ==, "Common work");
  g_assert_cmpstr (((PslChange *) history->pdata[2])->action->author, ==, "Anna");
  next_redo = psl_store_next_redo (store, &error);
  g_assert_no_error (error);
  g_assert_true (next_redo->field == psl_kind_find_field (&psl_kind_project, "phase"));
  g_assert_cmpint (psl_store_redo (store, NULL, &error), >, 0);
  store_testing_assert_value (store, rid, "phase", "2");
  store_testing_edit (store, rid, "title_en", "Changed", 0);

  g_assert_cmpint (store_testing_number (store,
                                         "SELECT count(*) FROM record WHERE kind = 'office' AND state = 1"), ==, 1);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM search WHERE search MATCH 'oeuvre'"), ==, 1);
  g_assert_cmpint (store_testing_number (store,
                                         "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), ==, 0);
}

static char *
dup_order (PslStore   *store,
           const char *language)
{
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_office);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = NULL;

  psl_query_set_language (query, language);
  rids = psl_store_query (store, query, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rids->len; i++)
    g_string_append_printf (order, "%" G_GINT64_FORMAT " ", g_array_index (rids, gint64, i));
  return g_string_free_and_steal (g_steal_pointer (&order));
}

/* The second version cut sort keys after 64 characters, and had none of titles that
 * consist of signs. */
static void
test_version_2 (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = copy_version (fixture, "version-2.passerelle");
  g_autoptr (PslStore) store = store_testing_open (path, PSL_STORE_NONE);
  g_autofree char *schema = dup_schema (store);
  g_autofree char *new_schema = dup_schema (fixture->store);
  g_autofree char *order_en = dup_order (store, "en");
  g_autofree char *order_fr = dup_order (store, "fr");
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (schema, ==, new_schema);
  /* ***, Chişinău, … Aarau, … annex; the closed office is in the trash. */
  g_assert_cmpstr (order_en, ==, "6 1 5 4 ");
  g_assert_cmpstr (order_fr, ==, order_en);
  findings = psl_check_integrity (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_cmpint (store_testing_number (store,
                                         "SELECT count(*) FROM sort_key WHERE kind = 'office' AND language = 'en' AND length (key) > 64"), ==, 2);
}

static void
assert_sound (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = psl_check_integrity (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* A register that was last written by a program with another ICU, older or newer, gets keys
 * of this one's where it may be written; where not, they are kept, and are no damage. */
static void
test_other_icu (StoreFixture  *fixture,
                gconstpointer  data)
{
  static const char *const versions[] = { "'1.0.0.0/1'", "'999.0.0.0/1'" };
  gint64 changed, actions;

  store_testing_insert (fixture->store, &psl_kind_project, "title_fr", "Retour", NULL);
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Return", NULL);
  changed = store_testing_number (fixture->store, "SELECT max (changed) FROM record");
  actions = store_testing_number (fixture->store, "SELECT count(*) FROM action");
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE sort_key SET key = x'01' WHERE language = 'fr';"
                                              "UPDATE meta SET value = %s WHERE name = 'sort-keys fr'", versions[i]);

      g_clear_pointer (&fixture->store, psl_store_close);
      run_sql (fixture->path, sql);
      fixture->store = store_testing_open (fixture->path, PSL_STORE_READ_ONLY);
      g_assert_cmpint (store_testing_number (fixture->store, "SELECT count(*) FROM sort_key WHERE key = x'01'"), ==, 2);
      assert_sound (fixture->store);
      store_fixture_reopen (fixture);
      g_assert_cmpint (store_testing_number (fixture->store, "SELECT count(*) FROM sort_key WHERE key = x'01'"), ==, 0);
      assert_sound (fixture->store);
      g_assert_cmpint (store_testing_number (fixture->store, "SELECT max (changed) FROM record"), ==, changed);
      g_assert_cmpint (store_testing_number (fixture->store, "SELECT count(*) FROM action"), ==, actions);
    }
}

/* Where many sort keys are made again, that can be seen and stopped: the register is then as
 * it was, and the next opening does it. */
static void
test_cancel_renewal (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (PslProgress) none = psl_progress_new ();
  g_autoptr (PslProgress) progress = psl_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_store_begin (fixture->store, PSL_VERB_IMPORT, "test", &error));
  for (guint i = 0; i < 500; i++)
    g_assert_cmpint (psl_store_create (fixture->store, &psl_kind_project, NULL, &error), >, 0);
  g_assert_cmpint (psl_store_commit (fixture->store, &error), >, 0);
  g_clear_pointer (&fixture->store, psl_store_close);
  fixture->store = psl_store_open_full (fixture->path, PSL_STORE_NONE, none, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (psl_progress_get (none), ==, 0);
  g_clear_pointer (&fixture->store, psl_store_close);

  run_sql (fixture->path, "UPDATE meta SET value = '1.0.0.0/1' WHERE name = 'sort-keys fr'");
  g_cancellable_cancel (cancellable);
  g_assert_null (psl_store_open_full (fixture->path, PSL_STORE_NONE, progress, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_nonnull (strstr (error->message, "register"));
  g_clear_error (&error);

  fixture->store = store_testing_open (fixture->path, PSL_STORE_READ_ONLY);
  g_assert_cmpint (store_testing_number (fixture->store, "SELECT count(*) FROM meta WHERE value = '1.0.0.0/1'"), ==, 1);
  g_clear_pointer (&fixture->store, psl_store_close);
  fixture->store = psl_store_open_full (fixture->path, PSL_STORE_NONE, progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (psl_progress_get (progress), >, 0);
  g_assert_cmpint (store_testing_number (fixture->store, "SELECT count(*) FROM meta WHERE value = '1.0.0.0/1'"), ==, 0);
  assert_sound (fixture->store);
}

typedef struct
{
  PslProgress *progress;
  double fraction;
  GCancellable *cancellable;
  int is_over;
} Stop;

static gpointer
stop_cb (gpointer user_data)
{
  Stop *stop = user_data;

  while (psl_progress_get (stop->progress) < stop->fraction && !g_atomic_int_get (&stop->is_over))
    g_thread_yield ();
  g_cancellable_cancel (stop->cancellable);
  return NULL;
}

/* Opens a register, and stops that when so much is done of bringing it up to date. Returns:
 * whether it was open sooner */
static gboolean
open_and_stop (const char *path,
               double      fraction)
{
  g_autoptr (PslProgress) progress = psl_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stop stop = { progress, fraction, cancellable, FALSE };
  g_autoptr (GThread) thread = g_thread_new ("stop", stop_cb, &stop);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open_full (path, PSL_STORE_NONE, progress, cancellable, &error);

  g_atomic_int_set (&stop.is_over, TRUE);
  g_thread_join (g_steal_pointer (&thread));
  if (store == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return store != NULL;
}

/* The records of a register and its history. */
static char *
dup_content (PslStore *store)
{
  return store_testing_text (store,
                             "SELECT (SELECT group_concat (id || kind || state || changed, char (10) ORDER BY id) FROM record)"
                             " || (SELECT group_concat (rid || field || language || text, char (10) ORDER BY rid, field, language)"
                             "  FROM text)"
                             " || (SELECT group_concat (action || rid || field || language || ifnull (old, '') || ifnull (new, '')"
                             "  || ifnull (content, '') || ifnull (base, ''), char (10) ORDER BY action, rid, field, language)"
                             "  FROM change)");
}

/* A migration that is stopped, wherever, loses nothing, and the next one goes on. */
static void
test_cancel_migration (StoreFixture  *fixture,
                       gconstpointer  data)
{
  g_autofree char *whole = copy_version (fixture, "version-2.passerelle");
  g_autofree char *content = NULL;
  guint n_stopped = 0;

  g_clear_pointer (&fixture->store, psl_store_close);
  fixture->store = store_testing_open (whole, PSL_STORE_NONE);
  content = dup_content (fixture->store);
  g_clear_pointer (&fixture->store, psl_store_close);
  for (guint percent = 0; percent <= 100; percent += 5)
    {
      g_autofree char *path = copy_version (fixture, "version-2.passerelle");
      g_autofree char *stopped_content = NULL;

      n_stopped += !open_and_stop (path, percent / 100.0);
      fixture->store = store_testing_open (path, PSL_STORE_NONE);
      stopped_content = dup_content (fixture->store);
      g_assert_cmpstr (stopped_content, ==, content);
      assert_sound (fixture->store);
      g_clear_pointer (&fixture->store, psl_store_close);
    }
  g_assert_cmpuint (n_stopped, >, 0);
}

static void
assert_found (PslStore      *store,
              const PslKind *kind,
              const char    *words,
              guint          n)
{
  g_autoptr (PslQuery) query = kind != NULL ? psl_query_new (kind) : psl_query_new_trash ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = NULL;

  psl_query_set_search (query, words);
  rids = psl_store_query (store, query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rids->len, ==, n);
}

/* Whatever the third version left to follow when it ended in the middle of an edit is
 * brought up to date with the migration. */
static void
test_version_3 (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = copy_version (fixture, "version-3.passerelle");
  const char *rid_of_project = "(SELECT rid FROM project WHERE project_id = 'W34-805')";
  g_autofree char *edit =
    g_strdup_printf ("UPDATE text SET text = 'Basalt' WHERE rid = %1$s AND field = 'title' AND language = 'en';"
                     "INSERT INTO action (at, verb, kind, field, records)"
                     "  SELECT max (at) + 1, 'edit', 'project', 'title', 1 FROM action;"
                     "INSERT INTO change (rid, action, field, language, old, new)"
                     "  VALUES (%1$s, last_insert_rowid (), 'title', 'en', 'A common work', 'Basalt')",
                     rid_of_project);
  g_autoptr (PslStore) store = NULL;
  g_autofree char *schema = NULL;
  g_autofree char *new_schema = dup_schema (fixture->store);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  run_sql (path, edit);
  store = store_testing_open (path, PSL_STORE_NONE);
  schema = dup_schema (store);
  g_assert_cmpstr (schema, ==, new_schema);
  assert_found (store, &psl_kind_project, "basalt", 1);
  assert_found (store, &psl_kind_project, "\"a common work\"", 0);
  findings = psl_check_integrity (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM meta WHERE name = 'follow-after'"), ==, 0);
}

/* The fourth version had the state, the sort keys and the search text of a record in
 * tables of its kind, and a table for each code list, beyond which no code could be. */
static void
test_version_4 (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = copy_version (fixture, "version-4.passerelle");
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslQuery) by_type = psl_query_new (&psl_kind_project);
  g_autofree char *schema = NULL;
  g_autofree char *new_schema = dup_schema (fixture->store);
  g_autofree char *order = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GError) error = NULL;

  run_sql (path, "INSERT INTO codelist_type (code, position, name_fr, name_en) VALUES ('ZZ', 99, 'Notre', 'Our own')");
  store = store_testing_open (path, PSL_STORE_NONE);
  schema = dup_schema (store);
  order = dup_order (store, "en");
  g_assert_cmpstr (schema, ==, new_schema);
  g_assert_cmpstr (order, ==, "6 1 5 4 ");
  assert_found (store, &psl_kind_project, "oeuvre", 1);
  assert_found (store, &psl_kind_office, "oeuvre", 0);
  assert_found (store, &psl_kind_office, "chisinau", 1);
  assert_found (store, &psl_kind_office, "closed", 0);
  assert_found (store, NULL, "closed", 1);
  g_assert_cmpint (store_testing_number (store,
                                         "SELECT count(*) FROM code_name WHERE list = 'type' AND code = 'ZZ'"), ==, 2);
  findings = psl_check_integrity (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);

  /* A list by type has records of a type that no list knows, too. */
  g_clear_pointer (&store, psl_store_close);
  run_sql (path, "UPDATE project SET type = 'YY' WHERE project_id = 'W34-805'");
  store = store_testing_open (path, PSL_STORE_NONE);
  psl_query_set_sort (by_type, "type", FALSE);
  rids = psl_store_query (store, by_type, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rids->len, ==, store_testing_number (store,
                                                        "SELECT count(*) FROM record WHERE kind = 'project' AND state = 0"));
}

/* The fifth version knew no parts of records. */
static void
test_version_5 (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = copy_version (fixture, "version-5.passerelle");
  g_autofree char *new_schema = dup_schema (fixture->store);
  g_autofree char *schema = NULL;
  g_autofree char *order = NULL;
  g_autoptr (PslStore) store = store_testing_open (path, PSL_STORE_NONE);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  schema = dup_schema (store);
  order = dup_order (store, "en");
  g_assert_cmpstr (schema, ==, new_schema);
  g_assert_cmpstr (order, ==, "6 1 5 4 ");
  assert_found (store, &psl_kind_office, "chisinau", 1);
  g_assert_cmpint (store_testing_number (store,
                                         "SELECT count(*) FROM record WHERE (owner IS NULL) <> (position IS NULL)"), ==, 0);
  findings = psl_check_integrity (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* The sixth version kept no entries of code lists but the program's. */
static void
test_version_6 (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = copy_version (fixture, "version-6.passerelle");
  g_autofree char *new_schema = dup_schema (fixture->store);
  g_autofree char *schema = NULL;
  g_autoptr (PslStore) store = store_testing_open (path, PSL_STORE_NONE);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  schema = dup_schema (store);
  g_assert_cmpstr (schema, ==, new_schema);
  assert_found (store, &psl_kind_office, "chisinau", 1);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM entry"), ==, 0);
  findings = psl_check_integrity (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

#define ALL_IDS "SELECT json_group_array (id ORDER BY action) FROM action"
#define ALL_HASHES "SELECT json_group_array (hex (hash) ORDER BY action) FROM action"

/* The seventh version’s actions had no UUIDs and no hashes: copies of one file get the same,
 * and records get the values that they were made with. */
static void
test_version_7 (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = copy_version (fixture, "version-7.passerelle");
  g_autofree char *other_path = g_strconcat (path, ".copy", NULL);
  g_autofree char *new_schema = dup_schema (fixture->store);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) other_file = g_file_new_for_path (other_path);
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslStore) other = NULL;
  g_autofree char *schema = NULL;
  g_autofree char *register_id = NULL, *other_register_id = NULL;
  g_autofree char *ids = NULL, *other_ids = NULL, *hashes = NULL, *other_hashes = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_copy (file, other_file, G_FILE_COPY_NONE, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  store = store_testing_open (path, PSL_STORE_NONE);
  other = store_testing_open (other_path, PSL_STORE_NONE);
  schema = dup_schema (store);
  g_assert_cmpstr (schema, ==, new_schema);
  findings = psl_check_integrity (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);

  register_id = psl_store_dup_register_id (store, &error);
  g_assert_no_error (error);
  other_register_id = psl_store_dup_register_id (other, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (register_id, ==, other_register_id);
  ids = store_testing_text (store, ALL_IDS);
  other_ids = store_testing_text (other, ALL_IDS);
  g_assert_cmpstr (ids, ==, other_ids);
  g_assert_cmpint (store_testing_number (store, "SELECT count(DISTINCT id) FROM action"), ==,
                   store_testing_number (store, "SELECT count(*) FROM action"));
  hashes = store_testing_text (store, ALL_HASHES);
  other_hashes = store_testing_text (other, ALL_HASHES);
  g_assert_cmpstr (hashes, ==, other_hashes);

  /* Later actions have later UUIDs. */
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM action AS a JOIN action AS b ON a.action < b.action"
                                         " AND a.clock >= b.clock"), ==, 0);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM record AS r WHERE NOT EXISTS"
                                         " (SELECT 1 FROM change AS c WHERE c.rid = r.rid AND json_valid (c.content))"), ==, 0);
  /* Its second action made the project, whose title was changed later. */
  content = store_testing_text (store, "SELECT content ->> '$.title.en' FROM change WHERE action = 2");
  g_assert_cmpstr (content, ==, "Common work");
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM meta WHERE name = 'complete-journal'"), ==, 0);
}

static PslRecord *
read_with_parts (PslStore   *store,
                 const char *id)
{
  g_autoptr (GError) error = NULL;
  PslRecord *record = psl_store_read (store, psl_store_find (store, id, &error), &error);

  g_assert_no_error (error);
  g_assert_true (psl_store_read_parts_values (store, record, &error));
  g_assert_no_error (error);
  return record;
}

/* The eighth version had results, documents, functions and former names as values. They
 * are records with the same UUIDs in each copy of the register; their history is read and
 * undone as it was. */
static void
test_version_8 (StoreFixture  *fixture,
                gconstpointer  data)
{
  const char *edit =
    "UPDATE office_former_names SET name = 'Liaison Office in Kishinev / Bureau de liaison de Kichinev';"
    "INSERT INTO action (at, verb, kind, field, records) SELECT max (at) + 1, 'edit', 'project', 'documents', 1 FROM action;"
    "INSERT INTO change (rid, action, field, old, new) SELECT rid, last_insert_rowid (), 'documents', NULL,"
    "  '[{\"title\":\"Sheet\",\"url\":\"https://example.org/a\"}]' FROM project";
  g_autofree char *path = copy_version (fixture, "version-8.passerelle");
  g_autofree char *other_path = g_build_filename (fixture->folder, "other.passerelle", NULL);
  g_autofree char *new_schema = dup_schema (fixture->store);
  g_autofree char *schema = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *other_ids = NULL;
  g_autofree char *ids = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) copy = g_file_new_for_path (other_path);
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslStore) other = NULL;
  g_autoptr (PslRecord) project = NULL;
  g_autoptr (PslRecord) office = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;

  run_sql (path, edit);
  g_assert_true (g_file_copy (file, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, &error));
  store = store_testing_open (path, PSL_STORE_NONE);
  other = store_testing_open (other_path, PSL_STORE_NONE);
  schema = dup_schema (store);
  g_assert_cmpstr (schema, ==, new_schema);

  project = read_with_parts (store, "018bcfe5-6800-7000-8000-000000000002");
  g_assert_cmpstr (psl_record_get_by_name (project, "results_fr"), ==,
                   "[{\"level\":\"1\",\"indicator\":\"Officials trained\",\"target\":\"400\"}]");
  g_assert_cmpstr (psl_record_get_by_name (project, "documents_fr"), ==,
                   "[{\"title\":\"Sheet\",\"url\":\"https://example.org/a\"}]");
  office = read_with_parts (store, "018bcfe5-6800-7000-8000-000000000001");
  g_assert_cmpstr (psl_record_get_by_name (office, "functions"), ==,
                   "[{\"function\":\"coordination\",\"covers\":\"CN\",\"valid_from\":\"2019\"}]");
  g_assert_cmpstr (psl_record_get_by_name (office, "former_names_fr"), ==,
                   "[{\"name\":\"Bureau de liaison de Kichinev\",\"valid_to\":\"1990\"}]");
  g_assert_cmpstr (psl_record_get_by_name (office, "former_names_en"), ==,
                   "[{\"name\":\"Liaison Office in Kishinev\",\"valid_to\":\"1990\"}]");
  ids = store_testing_text (store, "SELECT group_concat (id) FROM record WHERE owner IS NOT NULL");
  other_ids = store_testing_text (other, "SELECT group_concat (id) FROM record WHERE owner IS NOT NULL");
  g_assert_cmpstr (ids, ==, other_ids);

  assert_found (store, &psl_kind_office, "kishinev", 1);
  assert_found (store, &psl_kind_office, "mobilisation", 0);
  assert_found (store, &psl_kind_project, "officials", 1);
  findings = psl_check_integrity (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);

  history = psl_store_history (store, psl_record_get_rid (project), &error);
  g_assert_no_error (error);
  rows = psl_field_display (((PslChange *) g_ptr_array_index (history, 0))->field, psl_codelists_get_default (),
                            ((PslChange *) g_ptr_array_index (history, 0))->new_value, "en");
  g_assert_cmpstr (rows, ==, "Sheet (https://example.org/a)");
  g_assert_cmpint (psl_store_undo (store, 0, NULL, &error), >, 0);
  g_assert_no_error (error);
  assert_found (store, &psl_kind_project, "sheet", 0);
  g_assert_cmpint (psl_store_redo (store, NULL, &error), >, 0);
  g_assert_no_error (error);
  assert_found (store, &psl_kind_project, "sheet", 1);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM document"), ==, 1);
}

#define ORDER_OF_OFFICES \
  "SELECT group_concat (rid ORDER BY key) FROM sort_key WHERE kind = 'office' AND language = '%s'"

/* The ninth version sorted by folded text, with a name in each language whether the record
 * had one or not, and knew nothing of outdated translations: all are taken as they are. */
static void
test_version_9 (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *path = copy_version (fixture, "version-9.passerelle");
  g_autofree char *new_schema = dup_schema (fixture->store);
  g_autofree char *schema = NULL;
  g_autofree char *texts = NULL;
  g_autofree char *agreed = NULL;
  g_autofree char *names = NULL;
  g_autoptr (PslStore) store = store_testing_open (path, PSL_STORE_NONE);
  g_autoptr (GError) error = NULL;

  schema = dup_schema (store);
  g_assert_cmpstr (schema, ==, new_schema);
  assert_sound (store);

  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM text"), ==, 11);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM text WHERE agreed IS NOT NULL"), ==, 0);
  texts = store_testing_text (store, "SELECT group_concat (language || ' ' || text, '|' ORDER BY language) FROM text"
                                     " WHERE rid = 4 AND field = 'title'");
  g_assert_cmpstr (texts, ==, "en A common work|fr Une œuvre commune");

  /* ***, Chişinău, the closed office, … Aarau, … annex: those without a name in the
   * language stand by the other. */
  for (gsize i = 0; psl_languages[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf (ORDER_OF_OFFICES, psl_languages[i]);
      g_autofree char *order = store_testing_text (store, sql);

      g_assert_cmpstr (order, ==, "10,1,7,9,8");
    }
  names = store_testing_text (store, "SELECT group_concat (language || ' ' || name, '|' ORDER BY language) FROM sort_key"
                                     " WHERE rid IN (1, 4) AND name IS NOT NULL");
  g_assert_cmpstr (names, ==, "en a common work|fr chisinau|fr une oeuvre commune");

  assert_found (store, &psl_kind_office, "chisinau", 1);
  assert_found (store, &psl_kind_project, "œuvre", 1);
  assert_found (store, &psl_kind_project, "oeuvre officials", 1);
  assert_found (store, &psl_kind_project, "common sheet", 1);
  assert_found (store, &psl_kind_project, "kichinev", 0);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM meta WHERE name = 'follow-after'"), ==, 0);

  /* From now on a text knows which version of the other it was written from. */
  store_testing_edit (store, 4, "title_fr", "Un travail commun", 0);
  agreed = store_testing_text (store, "SELECT language FROM text WHERE agreed IS NOT NULL");
  g_assert_cmpstr (agreed, ==, "en");
  assert_found (store, &psl_kind_project, "oeuvre", 0);
  assert_found (store, &psl_kind_project, "travail", 1);
  g_assert_cmpint (psl_store_undo (store, 0, NULL, &error), >, 0);
  g_assert_no_error (error);
  assert_found (store, &psl_kind_project, "oeuvre", 1);
  assert_sound (store);
}

/* The values that the first version left to follow when it ended in the middle: of an edit,
 * and of an edit that returned to the value before it and so is not in the journal. */
static void
test_version_1_stale (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = copy_version (fixture, "version-1.passerelle");
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  const char *rid_of_project = "(SELECT rid FROM project WHERE project_id = 'W34-805')";
  const char *rid_of_office = "(SELECT office FROM project WHERE project_id = 'W34-805')";
  g_autofree char *edit =
    g_strdup_printf ("UPDATE text SET text = 'Basalt' WHERE rid = %1$s AND field = 'title' AND language = 'en';"
                     "INSERT INTO action (at, verb, kind, field, records)"
                     "  SELECT max (at) + 1, 'edit', 'project', 'title', 1 FROM action;"
                     "INSERT INTO change (rid, action, field, language, old, new)"
                     "  VALUES (%1$s, last_insert_rowid (), 'title', 'en', 'A common work', 'Basalt');"
                     "INSERT INTO stale (rid, at, sort, search) SELECT %1$s, max (at), 1, 1 FROM action;"
                     "UPDATE sqlite_sequence SET seq = seq + 2", rid_of_project);
  g_autofree char *returned =
    g_strdup_printf ("UPDATE text SET text = 'Cobalt' WHERE rid = %1$s AND field = 'name';"
                     "INSERT INTO stale (rid, at, sort, search) SELECT %1$s, max (at) + 2, 1, 1 FROM action",
                     rid_of_office);

  run_sql (path, edit);
  if (GPOINTER_TO_INT (data))
    run_sql (path, returned);
  store = store_testing_open (path, PSL_STORE_NONE);
  assert_found (store, &psl_kind_project, "basalt", 1);
  assert_found (store, &psl_kind_project, "\"a common work\"", 0);
  assert_found (store, &psl_kind_office, "cobalt", GPOINTER_TO_INT (data));
  findings = psl_check_integrity (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_cmpint (psl_store_undo (store, 0, NULL, &error), >, 0);
  g_assert_no_error (error);
  assert_found (store, &psl_kind_project, "basalt", 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/register-file/create", test_create);
  store_testing_add ("/register-file/not-a-register", test_not_a_register);
  store_testing_add ("/register-file/too-new", test_too_new);
  store_testing_add ("/register-file/damaged-schema", test_damaged_schema);
  store_testing_add ("/register-file/truncated", test_truncated);
  store_testing_add ("/register-file/damaged-inside", test_damaged_inside);
  store_testing_add ("/register-file/migrate", test_migrate);
  store_testing_add ("/register-file/migrate-read-only", test_migrate_read_only);
  store_testing_add ("/register-file/migrate-no-space", test_migrate_no_space);
  store_testing_add ("/register-file/codelists", test_codelists);
  store_testing_add ("/register-file/codelists/newer", test_newer_codelists);
  store_testing_add ("/register-file/busy", test_busy);
  store_testing_add ("/register-file/no-space", test_no_space);
  store_testing_add ("/register-file/interrupt", test_interrupt);
  store_testing_add ("/register-file/version-1", test_version_1);
  store_testing_add ("/register-file/version-2", test_version_2);
  store_testing_add ("/register-file/other-icu", test_other_icu);
  store_testing_add ("/register-file/cancel-renewal", test_cancel_renewal);
  store_testing_add ("/register-file/cancel-migration", test_cancel_migration);
  store_testing_add ("/register-file/version-3", test_version_3);
  store_testing_add ("/register-file/version-4", test_version_4);
  store_testing_add ("/register-file/version-5", test_version_5);
  store_testing_add ("/register-file/version-6", test_version_6);
  store_testing_add ("/register-file/version-7", test_version_7);
  store_testing_add ("/register-file/version-8", test_version_8);
  store_testing_add ("/register-file/version-9", test_version_9);
  g_test_add ("/register-file/version-1-stale", StoreFixture, GINT_TO_POINTER (FALSE),
              store_fixture_set_up, test_version_1_stale, store_fixture_tear_down);
  g_test_add ("/register-file/version-1-stale-returned", StoreFixture, GINT_TO_POINTER (TRUE),
              store_fixture_set_up, test_version_1_stale, store_fixture_tear_down);

  return g_test_run ();
}
