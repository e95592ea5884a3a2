/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "psl-backup.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-travel.h"
#include "tests/store/store-testing.h"
#include "tests/write-hook.h"

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

/* Noon of some day, UTC. */
#define START ((gint64) 1795521600 * G_USEC_PER_SEC)

static GPtrArray *
list (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *backups = psl_backup_list (fixture->path, &error);

  g_assert_no_error (error);
  return backups;
}

static const PslBackup *
nth (GPtrArray *backups,
     guint      i)
{
  g_assert_cmpuint (i, <, backups->len);
  return g_ptr_array_index (backups, i);
}

static char *
create_manual (StoreFixture *fixture)
{
  char *path = psl_backup_dup_path (fixture->path, PSL_BACKUP_MANUAL, START);
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_backup_create (fixture->store, path, NULL, &error));
  g_assert_no_error (error);
  return path;
}

static void
assert_mode (const char *path,
             guint       mode)
{
  GStatBuf status;

  g_assert_no_errno (g_stat (path, &status));
  g_assert_cmphex (status.st_mode & 0777, ==, mode);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_create (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *folder = psl_backup_dup_folder (fixture->path);
  g_autofree char *path = NULL;
  g_autofree char *again = NULL;
  g_autofree char *missing = g_build_filename (fixture->folder, "no", "such.passerelle", NULL);
  g_autoptr (GPtrArray) none = list (fixture);
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (PslStore) reading = store_testing_open (fixture->path, PSL_STORE_READ_ONLY);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Two", NULL);
  store_testing_insert (fixture->store, &psl_kind_office, "name_en", "Office", NULL);
  store_testing_set_state (fixture->store, 2, PSL_RECORD_TRASHED);
  path = create_manual (fixture);
  again = create_manual (fixture);
  g_assert_cmpstr (path, !=, again);
  g_assert_true (g_str_has_suffix (path, "-manual.passerelle"));
  assert_mode (folder, 0700);
  assert_mode (path, 0600);
  g_assert_cmpuint (count_files (folder), ==, 2);

  backups = list (fixture);
  g_assert_cmpuint (backups->len, ==, 2);
  g_assert_cmpint (nth (backups, 0)->reason, ==, PSL_BACKUP_MANUAL);
  g_assert_cmpint (nth (backups, 0)->at, ==, START);
  g_assert_cmpint (nth (backups, 0)->size, >, 0);
  g_assert_cmpint (nth (backups, 0)->records[0], ==, 1);
  g_assert_cmpint (nth (backups, 0)->records[1], ==, 1);
  g_assert_true (psl_backup_check (path, NULL, &error));
  g_assert_no_error (error);
  /* Looking at backups leaves nothing beside them. */
  g_assert_cmpuint (count_files (folder), ==, 2);

  /* A store for reading can do it too. */
  g_assert_true (psl_backup_create (reading, path, NULL, &error));
  g_assert_no_error (error);

  g_assert_false (psl_backup_create (fixture->store, fixture->path, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  g_assert_false (psl_backup_create (fixture->store, missing, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
}

/* A backup sees neither half of what another connection writes, nor waits. */
static void
test_create_while_writing (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  psl_store_begin (other, PSL_VERB_IMPORT, "half", &error);
  g_assert_no_error (error);
  psl_store_create (other, &psl_kind_project, NULL, &error);
  g_assert_no_error (error);
  path = create_manual (fixture);
  psl_store_commit (other, &error);
  g_assert_no_error (error);

  backups = list (fixture);
  g_assert_cmpint (nth (backups, 0)->records[0], ==, 1);
}

static void
test_cancelled (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *folder = psl_backup_dup_folder (fixture->path);
  g_autofree char *path = psl_backup_dup_path (fixture->path, PSL_BACKUP_MANUAL, START);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (psl_backup_create (fixture->store, path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

static char *
create_automatic (StoreFixture *fixture,
                  gint64        now)
{
  g_autoptr (GError) error = NULL;
  char *path;

  g_assert_true (psl_backup_create_automatic (fixture->store, now, &path, NULL, &error));
  g_assert_no_error (error);
  return path;
}

static void
test_automatic (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autofree char *empty = create_automatic (fixture, START);
  g_autofree char *first = NULL;
  g_autofree char *same_day = NULL;
  g_autofree char *unchanged = NULL;
  g_autofree char *next_day = NULL;

  g_assert_null (empty);
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  first = create_automatic (fixture, START);
  g_assert_nonnull (first);
  store_testing_edit (fixture->store, 1, "title_en", "Another", 0);
  same_day = create_automatic (fixture, START + DAY / 24);
  g_assert_null (same_day);
  next_day = create_automatic (fixture, START + DAY);
  g_assert_nonnull (next_day);
  unchanged = create_automatic (fixture, START + 2 * DAY);
  g_assert_null (unchanged);
}

static void
test_rotation (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *folder = psl_backup_dup_folder (fixture->path);
  g_autofree char *migration = psl_backup_dup_path (fixture->path, PSL_BACKUP_BEFORE_MIGRATION, START - DAY);
  g_autofree char *manual = NULL;
  g_autofree char *other_name = g_build_filename (folder, "other-20200101T000000Z-automatic.passerelle", NULL);
  g_autofree char *named = g_build_filename (folder, "notes.txt", NULL);
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) error = NULL;
  guint n_automatic = 0;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  manual = create_manual (fixture);
  g_assert_true (psl_backup_create (fixture->store, migration, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (other_name, "of another register", -1, NULL));
  g_assert_true (g_file_set_contents (named, "mine", -1, NULL));

  for (guint day = 1; day <= 15; day++)
    {
      g_autofree char *title = g_strdup_printf ("Day %u", day);
      g_autofree char *path = NULL;

      store_testing_edit (fixture->store, 1, "title_en", title, 0);
      path = create_automatic (fixture, START + day * DAY);
      g_assert_nonnull (path);
    }

  backups = list (fixture);
  g_assert_cmpuint (backups->len, ==, PSL_BACKUP_KEEP + 2);
  for (guint i = 0; i < backups->len; i++)
    n_automatic += nth (backups, i)->reason == PSL_BACKUP_AUTOMATIC;
  g_assert_cmpuint (n_automatic, ==, PSL_BACKUP_KEEP);
  g_assert_cmpint (nth (backups, 0)->at, ==, START + 15 * DAY);
  g_assert_cmpint (nth (backups, PSL_BACKUP_KEEP - 1)->at, ==, START + 6 * DAY);
  g_assert_true (g_file_test (manual, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (migration, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other_name, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (named, G_FILE_TEST_EXISTS));
}

/* What a killed program has left of a restore, and of a backup, is removed, but only when nobody
 * can be at it any more. */
static void
test_left (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *folder = psl_backup_dup_folder (fixture->path);
  g_autofree char *restore = g_strconcat (fixture->path, ".passerelle-aB3dE5.part", NULL);
  g_autofree char *log = g_strconcat (restore, "-wal", NULL);
  g_autofree char *backup = g_build_filename (folder, "a.passerelle.passerelle-aB3dE5.part", NULL);
  const char *left[] = { restore, log, backup };
  g_autofree char *today = NULL;
  g_autofree char *later = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    g_assert_true (g_file_set_contents (left[i], "begun", -1, NULL));
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  today = create_automatic (fixture, g_get_real_time ());
  g_assert_nonnull (today);
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    g_assert_true (g_file_test (left[i], G_FILE_TEST_EXISTS));

  store_testing_edit (fixture->store, 1, "title_en", "Another", 0);
  later = create_automatic (fixture, g_get_real_time () + 2 * DAY);
  g_assert_nonnull (later);
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    g_assert_false (g_file_test (left[i], G_FILE_TEST_EXISTS));
}

/* Before the clock was set back, backups were made of days that are still to
 * come: the new ones are kept nevertheless, one a day, in place of the oldest of
 * those. */
static void
test_clock_set_back (StoreFixture  *fixture,
                     gconstpointer  data)
{
  g_autoptr (GPtrArray) backups = NULL;
  guint n_ahead = 0;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  for (guint day = 0; day < PSL_BACKUP_KEEP + 3; day++)
    {
      g_autofree char *title = g_strdup_printf ("Day %u", day);
      gint64 now = day < PSL_BACKUP_KEEP ? START + (1000 + day) * DAY : START + day * DAY;
      g_autofree char *path = NULL;
      g_autofree char *same_day = NULL;

      store_testing_edit (fixture->store, 1, "title_en", title, 0);
      path = create_automatic (fixture, now);
      g_assert_nonnull (path);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
      store_testing_edit (fixture->store, 1, "title_en", "Later", 0);
      same_day = create_automatic (fixture, now + DAY / 24);
      g_assert_null (same_day);
    }

  backups = list (fixture);
  g_assert_cmpuint (backups->len, ==, PSL_BACKUP_KEEP);
  for (guint i = 0; i < backups->len; i++)
    n_ahead += nth (backups, i)->at > START + 100 * DAY;
  g_assert_cmpuint (n_ahead, ==, PSL_BACKUP_KEEP - 3);
  g_assert_cmpint (nth (backups, n_ahead - 1)->at, ==, START + 1003 * DAY);
}

static void
restore (StoreFixture  *fixture,
         const char    *backup,
         char         **set_aside)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->store, psl_store_close);
  g_assert_true (psl_backup_restore (fixture->path, backup, NULL, set_aside, &error));
  g_assert_no_error (error);
  fixture->store = store_testing_open (fixture->path, PSL_STORE_NONE);
}

/* Takes what was done in one register over into another. */
static void
carry (PslStore *from,
       PslStore *to)
{
  g_autoptr (GOutputStream) written = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) actions = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = psl_store_dup_seen (to, &error);

  g_assert_no_error (error);
  psl_store_read_actions_since (from, seen, written, &error);
  g_assert_no_error (error);
  g_output_stream_close (written, NULL, &error);
  g_assert_no_error (error);
  actions = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (written));
  stream = g_memory_input_stream_new_from_bytes (actions);
  g_assert_cmpint (psl_store_replay (to, stream, &error), >, 0);
  g_assert_no_error (error);
}

static char *
dup_register_id (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (psl_store_get_db (store), "SELECT id FROM origin WHERE own", &error);
  g_assert_no_error (error);
  g_assert_true (psl_statement_step (statement, &error));
  return g_strdup (psl_statement_get_text (statement, 0));
}

/* Numbers that the register gave after the backup are not given again: what is done in the
 * restored one is new to a register that has the actions since, too. */
static void
test_restore_after_travel (StoreFixture  *fixture,
                           gconstpointer  data)
{
  g_autofree char *other_path = g_build_filename (fixture->folder, "other.passerelle", NULL);
  g_autoptr (PslStore) other = store_testing_open (other_path, PSL_STORE_CREATE);
  g_autofree char *backup = NULL;
  g_autofree char *set_aside = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Before", NULL);
  backup = create_manual (fixture);
  before = dup_register_id (fixture->store);
  store_testing_edit (fixture->store, 1, "title_en", "After", 0);
  store_testing_edit (fixture->store, 1, "start", "2020", 0);
  carry (fixture->store, other);

  restore (fixture, backup, &set_aside);
  after = dup_register_id (fixture->store);
  g_assert_cmpstr (after, !=, before);
  store_testing_edit (fixture->store, 1, "end", "2030", 0);
  carry (fixture->store, other);
  store_testing_assert_value (other, 1, "end", "2030");
  store_testing_assert_value (other, 1, "title_en", "After");
  /* The actions after the backup come back from there. */
  carry (other, fixture->store);
  store_testing_assert_value (fixture->store, 1, "title_en", "After");
  store_testing_assert_value (fixture->store, 1, "start", "2020");
  store_testing_assert_value (fixture->store, 1, "end", "2030");
}

static void
test_restore (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autofree char *backup = NULL;
  g_autofree char *set_aside = NULL;
  g_autofree char *again = NULL;
  g_autofree char *folder = psl_backup_dup_folder (fixture->path);

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Before", NULL);
  backup = create_manual (fixture);
  store_testing_edit (fixture->store, 1, "title_en", "After", 0);
  restore (fixture, backup, &set_aside);
  store_testing_assert_value (fixture->store, 1, "title_en", "Before");
  /* Another process that has it open sees it, and can go on. */
  store_testing_assert_value (other, 1, "title_en", "Before");
  store_testing_edit (other, 1, "title_fr", "Encore", 0);
  store_testing_assert_value (fixture->store, 1, "title_fr", "Encore");

  /* The former register is a backup, and can be restored too. */
  g_assert_true (g_str_has_suffix (set_aside, "-before-restore.passerelle"));
  restore (fixture, set_aside, &again);
  store_testing_assert_value (fixture->store, 1, "title_en", "After");
  g_assert_cmpuint (count_files (folder), ==, 3);
}

static void
damage (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, 40960);
  memset (contents + 4096, 0x5a, length - 8192);
  g_assert_true (g_file_set_contents (path, contents, length, NULL));
}

static void
test_restore_damaged (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autofree char *backup = NULL;
  g_autofree char *set_aside = NULL;
  g_autofree char *second = NULL;
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *text = NULL;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Kept", NULL);
  backup = create_manual (fixture);
  g_clear_pointer (&fixture->store, psl_store_close);
  damage (fixture->path);
  g_assert_true (g_file_set_contents (wal, "left over", -1, NULL));

  restore (fixture, backup, &set_aside);
  store_testing_assert_value (fixture->store, 1, "title_en", "Kept");
  g_assert_true (g_file_test (set_aside, G_FILE_TEST_EXISTS));

  /* Something that is no register at all. */
  g_clear_pointer (&fixture->store, psl_store_close);
  g_assert_true (g_file_set_contents (fixture->path, "a letter", -1, NULL));
  restore (fixture, backup, &second);
  store_testing_assert_value (fixture->store, 1, "title_en", "Kept");
  g_assert_true (g_file_get_contents (second, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "a letter");
}

/* The register is gone, and its log is not. */
static void
test_restore_missing (StoreFixture  *fixture,
                      gconstpointer  data)
{
  g_autofree char *backup = NULL;
  g_autofree char *set_aside = NULL;
  g_autofree char *wal = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *log = NULL;
  gsize length;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Kept", NULL);
  backup = create_manual (fixture);
  store_testing_edit (fixture->store, 1, "title_en", "Lost", 0);
  g_assert_true (g_file_get_contents (wal, &log, &length, NULL));
  g_clear_pointer (&fixture->store, psl_store_close);
  g_assert_no_errno (g_unlink (fixture->path));
  g_assert_true (g_file_set_contents (wal, log, length, NULL));

  restore (fixture, backup, &set_aside);
  g_assert_null (set_aside);
  store_testing_assert_value (fixture->store, 1, "title_en", "Kept");
}

static void
assert_not_restored (StoreFixture     *fixture,
                     const char       *backup,
                     PslRegisterError  code)
{
  g_autoptr (GError) error = NULL;
  char *set_aside;

  g_assert_false (psl_backup_restore (fixture->path, backup, NULL, &set_aside, &error));
  store_testing_assert_refused (&error, code);
  g_assert_null (set_aside);
  store_testing_assert_value (fixture->store, 1, "title_en", "Mine");
}

/* A backup of an older version is brought to this one, without another backup of it. */
static void
test_restore_older (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autofree char *backup = g_test_build_filename (G_TEST_DIST, "fixtures", "version-1.passerelle", NULL);
  g_autofree char *folder = psl_backup_dup_folder (fixture->path);
  g_autofree char *set_aside = NULL;

  restore (fixture, backup, &set_aside);
  g_assert_cmpint (store_testing_number (fixture->store, "SELECT count (*) FROM record"), >, 0);
  g_assert_true (g_str_has_suffix (set_aside, "-before-restore.passerelle"));
  g_assert_cmpuint (count_files (folder), ==, 1);
}

/* A backup that can't become a register of its own leaves everything as it was. */
static void
test_restore_undeclared (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autofree char *backup = NULL;
  g_autoptr (GError) error = NULL;
  char *set_aside;
  guint n_files;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Kept", NULL);
  backup = create_manual (fixture);
  n_files = count_files (fixture->folder);
  store_testing_edit (fixture->store, 1, "title_en", "Mine", 0);
  write_hook_install ();
  write_hook_refuse ("origin");

  g_assert_false (psl_backup_restore (fixture->path, backup, NULL, &set_aside, &error));
  write_hook_refuse (NULL);
  write_hook_remove ();
  g_assert_nonnull (error);
  g_assert_null (set_aside);
  g_assert_cmpuint (count_files (fixture->folder), ==, n_files);
  store_testing_assert_value (fixture->store, 1, "title_en", "Mine");
}

static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *damaged = NULL;
  g_autofree char *newer = NULL;
  g_autofree char *text = g_build_filename (fixture->folder, "letter.passerelle", NULL);
  g_autofree char *empty = g_build_filename (fixture->folder, "empty.passerelle", NULL);
  g_autoptr (PslDb) db = NULL;
  g_autoptr (GError) error = NULL;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Mine", NULL);
  damaged = create_manual (fixture);
  newer = create_manual (fixture);
  damage (damaged);
  db = psl_db_open (newer, PSL_DB_NONE, &error);
  g_assert_no_error (error);
  g_assert_true (psl_db_exec (db, "PRAGMA user_version = 99", &error));
  g_clear_pointer (&db, psl_db_close);
  g_assert_true (g_file_set_contents (text, "a letter that is longer than the header of a database "
                                      "would be: a hundred bytes are not many", -1, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));

  assert_not_restored (fixture, damaged, PSL_REGISTER_ERROR_DAMAGED);
  assert_not_restored (fixture, newer, PSL_REGISTER_ERROR_TOO_NEW);
  assert_not_restored (fixture, text, PSL_REGISTER_ERROR_NOT_A_REGISTER);
  assert_not_restored (fixture, empty, PSL_REGISTER_ERROR_NOT_A_REGISTER);
  assert_not_restored (fixture, "/nonexistent/backup.passerelle", PSL_REGISTER_ERROR_NOT_FOUND);
  assert_not_restored (fixture, fixture->path, PSL_REGISTER_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_testing_add ("/backup/create", test_create);
  store_testing_add ("/backup/create/while-writing", test_create_while_writing);
  store_testing_add ("/backup/cancelled", test_cancelled);
  store_testing_add ("/backup/automatic", test_automatic);
  store_testing_add ("/backup/rotation", test_rotation);
  store_testing_add ("/backup/clock-set-back", test_clock_set_back);
  store_testing_add ("/backup/left", test_left);
  store_testing_add ("/backup/restore", test_restore);
  store_testing_add ("/backup/restore/after-travel", test_restore_after_travel);
  store_testing_add ("/backup/restore/older", test_restore_older);
  store_testing_add ("/backup/restore/undeclared", test_restore_undeclared);
  store_testing_add ("/backup/restore/damaged", test_restore_damaged);
  store_testing_add ("/backup/restore/missing", test_restore_missing);
  store_testing_add ("/backup/refused", test_refused);

  return g_test_run ();
}
