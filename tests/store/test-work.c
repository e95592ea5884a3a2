/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Actions that somebody looks at and stops: nothing of them is kept. */

#include "config.h"

#include "psl-check.h"
#include "psl-kinds.h"
#include "psl-store-entry.h"
#include "psl-store-private.h"
#include "psl-text-language.h"
#include "store-testing.h"

#define N_PROJECTS 2500
#define MIDDLE 1500

/* Looks at an action whenever it has written a row, and stops it in the middle. */
typedef struct
{
  PslProgress *progress;
  GCancellable *cancellable;
  guint n_rows;
  double in_the_middle;     /* how much was done then */
} Watcher;

static void
row_written_cb (sqlite3_context *context,
                int              n_values,
                sqlite3_value  **values)
{
  Watcher *watcher = sqlite3_user_data (context);

  if (++watcher->n_rows != MIDDLE)
    return;
  watcher->in_the_middle = psl_progress_get (watcher->progress);
  g_cancellable_cancel (watcher->cancellable);
}

/* Begins to look at what is done to the rows of a table. */
static void
watch (PslStore   *store,
       Watcher    *watcher,
       const char *event)
{
  sqlite3 *handle = psl_db_get_handle (psl_store_get_db (store));
  g_autofree char *sql = g_strdup_printf ("CREATE TEMP TRIGGER watch %s BEGIN SELECT row_written (); END", event);

  watcher->progress = psl_progress_new ();
  watcher->cancellable = g_cancellable_new ();
  watcher->n_rows = 0;
  watcher->in_the_middle = -1;
  g_assert_cmpint (sqlite3_create_function (handle, "row_written", 0, SQLITE_UTF8, watcher, row_written_cb, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  psl_store_set_work (store, watcher->progress, watcher->cancellable);
}

/* Asserts that the action was told of, and stopped in the middle. */
static void
stop_watching (PslStore     *store,
               Watcher      *watcher,
               const char   *what,
               const GError *error)
{
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (watcher->n_rows, ==, MIDDLE);
  g_assert_cmpfloat (watcher->in_the_middle, >, 0.2);
  g_assert_cmpfloat (watcher->in_the_middle, <, 0.8);
  g_assert_cmpstr (psl_progress_get_what (watcher->progress), ==, what);
  psl_store_set_work (store, NULL, NULL);
  g_assert_cmpint (sqlite3_exec (psl_db_get_handle (psl_store_get_db (store)), "DROP TRIGGER watch", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  psl_progress_unref (watcher->progress);
  g_object_unref (watcher->cancellable);
}

static gint64
import_many (PslStore *store)
{
  const PslField *title = psl_kind_get_title (&psl_kind_project);
  g_autoptr (GError) error = NULL;
  gint64 action;

  g_assert_true (psl_store_begin (store, PSL_VERB_IMPORT, "many.csv", &error));
  for (guint i = 0; i < N_PROJECTS; i++)
    {
      g_autofree char *text = g_strdup_printf ("Project %u", i);
      g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, NULL);

      psl_record_set (record, title, "en", text);
      psl_store_insert (store, record, &error);
      g_assert_no_error (error);
    }
  action = psl_store_commit (store, &error);
  g_assert_no_error (error);
  return action;
}

/* Asserts that the register is whole and that so many projects are in a state. */
static void
assert_state (PslStore       *store,
              PslRecordState  state,
              gint64          n_records)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM record WHERE kind = 'project' AND state = %d", (int) state);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) damage = psl_check_integrity (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (damage->len, ==, 0);
  g_assert_cmpint (store_testing_number (store, sql), ==, n_records);
}

static void
test_undo (StoreFixture  *fixture,
           gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 action = import_many (store);
  g_autoptr (GError) error = NULL;
  Watcher watcher;

  watch (store, &watcher, "AFTER UPDATE OF state ON main.record");
  g_assert_cmpint (psl_store_undo (store, action, NULL, &error), ==, 0);
  stop_watching (store, &watcher, "Undoing: Import of many.csv: 2,500 records", error);
  assert_state (store, PSL_RECORD_LIVE, N_PROJECTS);
  g_assert_cmpint (psl_store_last_action (store), ==, action);

  /* It can be undone all the same, and what was stopped is not what is redone. */
  store_testing_undo (store, action);
  assert_state (store, PSL_RECORD_GONE, N_PROJECTS);
  g_clear_error (&error);
  watch (store, &watcher, "AFTER UPDATE OF state ON main.record");
  g_assert_cmpint (psl_store_redo (store, NULL, &error), ==, 0);
  stop_watching (store, &watcher, "Redoing: Import of many.csv: 2,500 records", error);
  assert_state (store, PSL_RECORD_GONE, N_PROJECTS);
  g_clear_error (&error);
  g_assert_cmpint (psl_store_redo (store, NULL, &error), >, 0);
  g_assert_no_error (error);
  assert_state (store, PSL_RECORD_LIVE, N_PROJECTS);
}

/* A new language asks for sort keys of all records, in the edit that brings it. */
static void
test_language (StoreFixture  *fixture,
               gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 action = import_many (store);
  g_autoptr (PslEntryEdit) edit = psl_entry_edit_new (PSL_TEXT_LANGUAGES, "es");
  g_autoptr (GError) error = NULL;
  Watcher watcher;

  edit->is_new = TRUE;
  watch (store, &watcher, "AFTER INSERT ON main.sort_key WHEN new.language = 'es'");
  g_assert_cmpint (psl_store_edit_entry (store, edit, &error), ==, -1);
  stop_watching (store, &watcher, "Sorting the records", error);
  g_assert_cmpint (store_testing_number (store, "SELECT count (*) FROM sort_key WHERE language = 'es'"), ==, 0);
  g_assert_cmpint (psl_store_last_action (store), ==, action);
  g_assert_null (psl_codelist_find (psl_codelists_get_list (psl_store_get_codelists (store), PSL_TEXT_LANGUAGES), "es"));
  assert_state (store, PSL_RECORD_LIVE, N_PROJECTS);

  g_clear_error (&error);
  g_assert_cmpint (psl_store_edit_entry (store, edit, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (store_testing_number (store, "SELECT count (*) FROM sort_key WHERE language = 'es'"), >=, N_PROJECTS);
  assert_state (store, PSL_RECORD_LIVE, N_PROJECTS);
}

/* A stored action is not given up, whenever somebody wants it stopped. */
static void
test_stored (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = NULL;
  gint64 stored;

  psl_store_set_work (store, NULL, cancellable);
  g_assert_true (psl_store_begin (store, PSL_VERB_CREATE, NULL, &error));
  psl_store_create (store, &psl_kind_project, NULL, &error);
  stored = psl_store_commit (store, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  action = psl_store_get_action (store, stored, &error);
  g_assert_no_error (error);
  g_assert_cmpint (action->verb, ==, PSL_VERB_CREATE);
  /* Long enough for SQLite to ask whether to go on. */
  g_assert_cmpint (store_testing_number (store, "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
                                                " SELECT count (*) FROM n"), ==, 100000);

  g_assert_true (psl_store_begin (store, PSL_VERB_CREATE, NULL, &error));
  g_assert_cmpint (psl_store_create (store, &psl_kind_project, NULL, &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (psl_store_commit (store, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_state (store, PSL_RECORD_LIVE, 1);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/work/undo", test_undo);
  store_testing_add ("/work/language", test_language);
  store_testing_add ("/work/stored", test_stored);

  return g_test_run ();
}
