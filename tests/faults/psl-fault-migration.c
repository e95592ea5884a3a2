/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-fault-migration.h"

#include "psl-backup.h"
#include "psl-db-copy.h"
#include "psl-fault-register.h"
#include "psl-schema.h"

/* Each script adds a table with this many rows, so that it is killed in the
 * middle now and then. */
#define ROWS 500

static const char script[] =
  "CREATE TABLE fault_%1$u (n INTEGER PRIMARY KEY, text TEXT NOT NULL);"
  "INSERT INTO fault_%1$u WITH RECURSIVE row (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM row WHERE n < %2$u)"
  " SELECT n, hex (randomblob (20)) FROM row;"
  "ALTER TABLE project ADD COLUMN fault_%1$u TEXT;"
  "UPDATE project SET fault_%1$u = 'filled';"
  "CREATE INDEX fault_index_%1$u ON fault_%1$u (text)";

/* The program's scripts. */
static GStrv
load_scripts (void)
{
  g_autoptr (GError) error = NULL;
  GStrv scripts = psl_schema_load_scripts (&error);

  g_assert_no_error (error);
  return scripts;
}

/* The program's scripts and the injected ones. */
static GStrv
load_all_scripts (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) scripts = load_scripts ();

  g_strv_builder_addv (builder, (const char **) scripts);
  for (guint i = 1; i <= FAULT_MIGRATIONS; i++)
    g_strv_builder_take (builder, g_strdup_printf (script, i, ROWS));
  return g_strv_builder_end (builder);
}

/**
 * fault_migrate:
 *
 * Brings a register of the program's version to that of the injected scripts.
 *
 * Returns: whether it is of that version now
 */
gboolean
fault_migrate (const char  *path,
               GError     **error)
{
  g_auto (GStrv) scripts = load_all_scripts ();
  g_autoptr (PslDb) db = psl_db_open (path, PSL_DB_NONE, error);

  return db != NULL && psl_schema_migrate (db, (const char *const *) scripts, g_get_real_time (), FALSE, NULL, NULL, error);
}

static gint64
get_int64 (PslDb      *db,
           const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 value;

  psl_db_get_int64 (db, sql, &value, &error);
  g_assert_no_error (error);
  return value;
}

/* The file's version and what its scripts made go together. */
static guint
assert_steps (PslDb *db)
{
  g_auto (GStrv) scripts = load_scripts ();
  g_autoptr (GError) error = NULL;
  gint64 n_done = get_int64 (db, "PRAGMA user_version") - g_strv_length (scripts);

  g_assert_cmpint (n_done, >=, 0);
  g_assert_cmpint (n_done, <=, FAULT_MIGRATIONS);
  g_assert_cmpint (get_int64 (db, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'fault%'"), ==, 2 * n_done);
  g_assert_cmpint (get_int64 (db, "SELECT count(*) FROM pragma_table_info ('project') WHERE name LIKE 'fault%'"),
                   ==, n_done);
  for (gint64 i = 1; i <= n_done; i++)
    {
      g_autofree char *rows = g_strdup_printf ("SELECT count(*) FROM fault_%u", (guint) i);
      g_autofree char *unfilled = g_strdup_printf ("SELECT count(*) FROM project WHERE fault_%u IS NOT 'filled'",
                                                   (guint) i);

      g_assert_cmpint (get_int64 (db, rows), ==, ROWS);
      g_assert_cmpint (get_int64 (db, unfilled), ==, 0);
    }
  g_assert_true (psl_db_check_soundness (db, TRUE, &error));
  g_assert_no_error (error);
  return (guint) n_done;
}

static void
assert_contents (const char *path,
                 const char *before)
{
  g_autoptr (PslStore) store = fault_open (path);
  g_autofree char *dump = fault_dump (store);

  fault_assert_whole (store);
  g_assert_true (g_str_equal (dump, before));
}

/* Makes the register one of the program's version again. */
static void
take_steps_back (PslDb *db,
                 guint  n_done)
{
  g_auto (GStrv) scripts = load_scripts ();
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = n_done; i > 0; i--)
    g_string_append_printf (sql, "DROP TABLE fault_%u; ALTER TABLE project DROP COLUMN fault_%u;", i, i);
  g_string_append_printf (sql, "PRAGMA user_version = %u", g_strv_length (scripts));
  psl_db_exec (db, sql->str, &error);
  g_assert_no_error (error);
}

/* The copy made before the first step is whole, and holds what was there. */
static void
assert_copy (const char *path,
             const char *before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backups = psl_backup_list (path, &error);
  const PslBackup *backup;

  g_assert_no_error (error);
  g_assert_cmpuint (backups->len, >, 0);
  backup = g_ptr_array_index (backups, backups->len - 1);
  g_assert_cmpint (backup->reason, ==, PSL_BACKUP_BEFORE_MIGRATION);
  psl_backup_check (backup->path, NULL, &error);
  g_assert_no_error (error);
  assert_contents (backup->path, before);
}

/**
 * fault_assert_migration:
 * @before: what fault_dump() gave before
 *
 * Fails the test unless the register stands between two steps of fault_migrate(),
 * with a copy of what it was, and holds what it held. The steps are taken back.
 *
 * Returns: how many steps are done
 */
guint
fault_assert_migration (const char *path,
                        const char *before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslDb) db = psl_db_open (path, PSL_DB_NONE, &error);
  guint n_done;

  g_assert_no_error (error);
  n_done = assert_steps (db);
  take_steps_back (db, n_done);
  g_clear_pointer (&db, psl_db_close);

  assert_contents (path, before);
  if (n_done > 0)
    assert_copy (path, before);
  return n_done;
}
