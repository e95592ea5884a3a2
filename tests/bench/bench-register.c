/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Times the register against bare SQL, in one run of one process:
 *
 *   bench-register make REGISTER N    makes a register of N projects
 *   bench-register search REGISTER    a key typed to the first page of results
 *   bench-register edit REGISTER      an edit to its commit
 *   bench-register import N           a CSV file against prepared INSERTs
 *
 * Every figure is a median, in milliseconds, on a line of its own: what, ours,
 * bare, separated by tabs.
 */

#include "config.h"

#include <gio/gio.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "bench-data.h"
#include "psl-codelist.h"
#include "psl-csv-export.h"
#include "psl-import.h"
#include "psl-register.h"
#include "psl-text.h"

#define PAGE 50
#define RUNS 21
#define EDITS 200

typedef struct
{
  GMainLoop *loop;
  PslRegister *reg;
  GAsyncResult *result;
} Bench;

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Bench *bench = user_data;

  bench->result = g_object_ref (result);
  g_main_loop_quit (bench->loop);
}

/* Waits for the call just made. */
static GAsyncResult *
wait_for (Bench *bench)
{
  g_main_loop_run (bench->loop);
  return g_steal_pointer (&bench->result);
}

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
check_sqlite (sqlite3 *db,
              int      result)
{
  if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (db));
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
get_median (double *times,
            guint   n)
{
  qsort (times, n, sizeof *times, compare_doubles);
  return times[n / 2];
}

static double
get_now (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

static void
print (const char *what,
       double      ours,
       double      bare)
{
  g_print ("%s\t%.3f\t%.3f\n", what, ours, bare);
}

static Bench *
bench_new (const char *path)
{
  Bench *bench = g_new0 (Bench, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  bench->loop = g_main_loop_new (NULL, FALSE);
  psl_register_open_async (path, PSL_STORE_NONE, NULL, finished_cb, bench);
  result = wait_for (bench);
  bench->reg = psl_register_open_finish (result, &error);
  check (error);
  return bench;
}

static void
bench_free (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  psl_register_close_now (bench->reg, &error);
  check (error);
  g_object_unref (bench->reg);
  g_main_loop_unref (bench->loop);
  g_free (bench);
}

static int
make (const char *path,
      guint       n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);
  double start = get_now ();

  check (error);
  psl_store_begin (store, PSL_VERB_IMPORT, "generated", &error);
  check (error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PslRecord) record = bench_data_make_project (i);

      psl_store_insert (store, record, &error);
      check (error);
    }
  psl_store_commit (store, &error);
  check (error);
  g_print ("made %u projects in %.1f s\n", n, (get_now () - start) / 1000);
  return 0;
}

/* A key typed to the first page of results, as the list does it: the first rids,
 * then the records that are on show. */
static double
time_search (Bench      *bench,
             const char *words,
             GArray    **first)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GPtrArray) records = NULL;
  double start;

  psl_query_set_search (query, words);
  start = get_now ();
  psl_register_query_async (bench->reg, query, PAGE, NULL, finished_cb, bench);
  found = wait_for (bench);
  *first = psl_register_query_finish (bench->reg, found, &error);
  check (error);
  psl_register_load_listed_async (bench->reg, (const gint64 *) (gpointer) (*first)->data, (*first)->len, NULL, finished_cb, bench);
  loaded = wait_for (bench);
  records = psl_register_load_listed_finish (bench->reg, loaded, &error);
  check (error);
  return get_now () - start;
}

/* The same page by one statement. */
static double
time_bare_search (sqlite3    *db,
                  const char *match)
{
  const char *sql =
    "SELECT r.rid, r.project_id, r.start, r.end, r.year, r.status, r.region, t.text"
    " FROM project_search AS s CROSS JOIN project AS r ON r.rid = s.rowid"
    " LEFT JOIN text AS t ON t.rid = r.rid AND t.field = 'title' AND t.language = 'en'"
    " WHERE s.project_search MATCH ? AND r.state = 0 ORDER BY s.rowid DESC LIMIT ?";
  sqlite3_stmt *statement = NULL;
  double start = get_now ();
  int result;

  check_sqlite (db, sqlite3_prepare_v2 (db, sql, -1, &statement, NULL));
  sqlite3_bind_text (statement, 1, match, -1, SQLITE_STATIC);
  sqlite3_bind_int (statement, 2, PAGE);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_assert_nonnull (sqlite3_column_text (statement, 1));
  check_sqlite (db, result);
  sqlite3_finalize (statement);
  return get_now () - start;
}

static char *
make_bare_match (const char *words)
{
  g_auto (GStrv) split = g_strsplit (words, " ", -1);
  g_autofree char *joined = g_strjoinv ("* AND ", split);

  return g_strconcat (joined, "*", NULL);
}

static int
search (const char *path)
{
  Bench *bench = bench_new (path);
  sqlite3 *db = NULL;

  check_sqlite (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL));
  for (const BenchSearch *s = bench_searches; s->words != NULL; s++)
    {
      g_autofree char *what = g_strdup_printf ("search “%s” (%s)", s->words, s->what);
      g_autofree char *match = make_bare_match (s->words);
      double ours[RUNS], bare[RUNS];

      for (guint i = 0; i < RUNS; i++)
        {
          g_autoptr (GArray) first = NULL;

          ours[i] = time_search (bench, s->words, &first);
          bare[i] = time_bare_search (db, match);
        }
      print (what, get_median (ours, RUNS), get_median (bare, RUNS));
    }
  sqlite3_close (db);
  bench_free (bench);
  return 0;
}

static double
time_edit (Bench      *bench,
           gint64      rid,
           const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  double start = get_now ();

  psl_register_set_async (bench->reg, rid, psl_kind_find_field (&psl_kind_project, "title"), "en",
                          value, 0, finished_cb, bench);
  result = wait_for (bench);
  psl_register_set_finish (bench->reg, result, &error);
  check (error);
  return get_now () - start;
}

static double
time_bare_edit (sqlite3      *db,
                sqlite3_stmt *statement,
                gint64        rid,
                const char   *value)
{
  double start = get_now ();

  sqlite3_bind_text (statement, 1, value, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, rid);
  check_sqlite (db, sqlite3_step (statement));
  check_sqlite (db, sqlite3_reset (statement));
  return get_now () - start;
}

static int
edit (const char *path)
{
  Bench *bench = bench_new (path);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  double ours[EDITS], bare[EDITS];
  g_autoptr (GArray) first = NULL;
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;
  gint64 newest;

  time_search (bench, "migration", &first);
  newest = g_array_index (first, gint64, 0);
  check_sqlite (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL));
  check_sqlite (db, sqlite3_exec (db, "PRAGMA synchronous = FULL", NULL, NULL, NULL));
  check_sqlite (db, sqlite3_busy_timeout (db, 5000));
  check_sqlite (db, sqlite3_prepare_v2 (db, "UPDATE text SET text = ? WHERE rid = ? AND field = 'title' AND language = 'fr'",
                                        -1, &statement, NULL));
  for (guint i = 0; i < EDITS; i++)
    {
      gint64 rid = g_rand_int_range (random, 1, (gint32) newest);
      g_autofree char *title = g_strdup_printf ("Edited title %u", i);

      ours[i] = time_edit (bench, rid, title);
      bare[i] = time_bare_edit (db, statement, rid, title);
    }
  print ("an edit to its commit", get_median (ours, EDITS), get_median (bare, EDITS));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  bench_free (bench);
  return 0;
}

/* What the bare INSERTs put into one record's rows, made before they are timed. */
typedef struct
{
  PslRecord *record;
  char *id;
  char *sort_fr;
  char *sort_en;
  char *search;
  gint64 amount;
  char *countries;
} BareRow;

static const char *
get (BareRow    *row,
     const char *name)
{
  return psl_record_get_by_name (row->record, name);
}

static void
append_code_names (GString    *text,
                   const char *list,
                   const char *code)
{
  const PslCode *found = psl_codelist_find (psl_codelist_get (list), code);

  g_string_append_printf (text, " %s %s", psl_code_get_name (found, "en"), psl_code_get_name (found, "fr"));
  for (guint i = 0; found->aliases != NULL && found->aliases[i] != NULL; i++)
    g_string_append_printf (text, " %s", found->aliases[i]);
}

static void
bare_row_init (BareRow *row,
               guint    number)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *names[] = { "title_fr", "title_en", "project_id", "description_fr", "description_en" };
  const char *lists[] = { "type", "status", "coverage", "region" };

  row->record = bench_data_make_project (number);
  row->id = g_strdup_printf ("01900000-0000-7000-8000-%012u", number);
  row->sort_fr = psl_text_fold (get (row, "title_fr"));
  row->sort_en = psl_text_fold (get (row, "title_en"));
  row->amount = g_ascii_strtoll (get (row, "budget"), NULL, 10) * 100;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (text, " %s", get (row, names[i]));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    append_code_names (text, lists[i], get (row, lists[i]));
  row->countries = g_strdup (get (row, "beneficiaries"));
  for (const char *p = strstr (row->countries, ":\""); p != NULL; p = strstr (p + 2, ":\""))
    {
      g_autofree char *code = g_strndup (p + 2, 2);

      append_code_names (text, "country", code);
    }
  row->search = psl_text_fold (text->str);
}

static void
bare_row_clear (BareRow *row)
{
  g_object_unref (row->record);
  g_free (row->id);
  g_free (row->sort_fr);
  g_free (row->sort_en);
  g_free (row->search);
  g_free (row->countries);
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check_sqlite (db, sqlite3_prepare_v2 (db, sql, -1, &statement, NULL));
  return statement;
}

static void
run (sqlite3      *db,
     sqlite3_stmt *statement)
{
  check_sqlite (db, sqlite3_step (statement));
  check_sqlite (db, sqlite3_reset (statement));
}

static void
bind_text (sqlite3_stmt *statement,
           int           parameter,
           const char   *text)
{
  sqlite3_bind_text (statement, parameter, text, -1, SQLITE_STATIC);
}

/* Prepared INSERTs of @rows into an empty register's own tables, in one
 * transaction. */
static double
time_bare_import (const char *path,
                  BareRow    *rows,
                  guint       n)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *record, *project, *text, *country, *index;
  double start;

  check_sqlite (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL));
  check_sqlite (db, sqlite3_exec (db, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", NULL, NULL, NULL));
  start = get_now ();
  check_sqlite (db, sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL));
  record = prepare (db, "INSERT INTO record (rid, id, kind, created, changed) VALUES (?, ?, 'project', 1, 1)");
  project = prepare (db, "INSERT INTO project (rid, changed, sort_fr, sort_en, project_id, type, status, start, \"end\","
                         " year, budget_amount, budget_currency, coverage, region)"
                         " VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'USD', ?, ?)");
  text = prepare (db, "INSERT INTO text (rid, field, language, text) VALUES (?, ?, ?, ?)");
  country = prepare (db, "INSERT INTO project_beneficiaries (rid, position, country) VALUES (?, ?, ?)");
  index = prepare (db, "INSERT INTO project_search (rowid, text) VALUES (?, ?)");
  for (guint i = 0; i < n; i++)
    {
      const char *columns[] = { "project_id", "type", "status", "start", "end" };
      const char *texts[] = { "title", "description" };
      const char *languages[] = { "fr", "en" };
      BareRow *row = &rows[i];
      int position = 0;

      sqlite3_bind_int64 (record, 1, i + 1);
      bind_text (record, 2, row->id);
      run (db, record);
      sqlite3_bind_int64 (project, 1, i + 1);
      bind_text (project, 2, row->sort_fr);
      bind_text (project, 3, row->sort_en);
      for (guint j = 0; j < G_N_ELEMENTS (columns); j++)
        bind_text (project, 4 + (int) j, get (row, columns[j]));
      sqlite3_bind_int64 (project, 9, g_ascii_strtoll (get (row, "year"), NULL, 10));
      sqlite3_bind_int64 (project, 10, row->amount);
      bind_text (project, 11, get (row, "coverage"));
      bind_text (project, 12, get (row, "region"));
      run (db, project);
      for (guint j = 0; j < 4; j++)
        {
          g_autofree char *name = g_strconcat (texts[j / 2], "_", languages[j % 2], NULL);

          sqlite3_bind_int64 (text, 1, i + 1);
          bind_text (text, 2, texts[j / 2]);
          bind_text (text, 3, languages[j % 2]);
          bind_text (text, 4, get (row, name));
          run (db, text);
        }
      for (const char *p = strstr (row->countries, ":\""); p != NULL; p = strstr (p + 2, ":\""))
        {
          sqlite3_bind_int64 (country, 1, i + 1);
          sqlite3_bind_int (country, 2, position++);
          sqlite3_bind_text (country, 3, p + 2, 2, SQLITE_STATIC);
          run (db, country);
        }
      sqlite3_bind_int64 (index, 1, i + 1);
      bind_text (index, 2, row->search);
      run (db, index);
    }
  sqlite3_finalize (record);
  sqlite3_finalize (project);
  sqlite3_finalize (text);
  sqlite3_finalize (country);
  sqlite3_finalize (index);
  check_sqlite (db, sqlite3_exec (db, "COMMIT", NULL, NULL, NULL));
  sqlite3_close (db);
  return get_now () - start;
}

static void
export_csv (const char *source,
            const char *csv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (source, PSL_STORE_NONE, &error);
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  g_autoptr (GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  PslExportOptions options = { .delimiter = ',' };

  check (error);
  psl_csv_export (store, query, 0, G_OUTPUT_STREAM (stream), &options, NULL, &error);
  check (error);
}

static double
time_import (const char *path,
             const char *csv,
             guint       n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  PslImportOptions options = { 0 };
  PslImportPlan plan = { 0 };
  double start = get_now ();

  check (error);
  psl_import_csv (store, &psl_kind_project, G_INPUT_STREAM (stream), "bench.csv", &options, &plan, NULL, &error);
  check (error);
  g_assert_cmpuint (plan.n_records[PSL_IMPORT_NEW], ==, n);
  return get_now () - start;
}

static int
import (guint n)
{
  g_autofree char *folder = g_dir_make_tmp ("passerelle-bench-XXXXXX", NULL);
  g_autofree char *source = g_build_filename (folder, "source.passerelle", NULL);
  g_autofree char *bare = g_build_filename (folder, "bare.passerelle", NULL);
  g_autofree char *ours = g_build_filename (folder, "ours.passerelle", NULL);
  g_autofree char *csv = g_build_filename (folder, "rows.csv", NULL);
  g_autofree BareRow *rows = g_new0 (BareRow, n);
  double ours_time, bare_time;

  make (source, n);
  export_csv (source, csv);
  make (bare, 0);
  for (guint i = 0; i < n; i++)
    bare_row_init (&rows[i], i);
  bare_time = time_bare_import (bare, rows, n);
  ours_time = time_import (ours, csv, n);
  print ("CSV import, a row", ours_time / n, bare_time / n);
  for (guint i = 0; i < n; i++)
    bare_row_clear (&rows[i]);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  if (argc == 4 && g_str_equal (argv[1], "make"))
    return make (argv[2], (guint) strtoul (argv[3], NULL, 10));
  if (argc == 3 && g_str_equal (argv[1], "search"))
    return search (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "edit"))
    return edit (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "import"))
    return import ((guint) strtoul (argv[2], NULL, 10));
  g_printerr ("usage: bench-register make REGISTER N | search REGISTER | edit REGISTER | import N\n");
  return 2;
}
