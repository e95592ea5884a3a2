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
 * Every figure is a median, in milliseconds, on a line of its own: its name, a
 * detail, ours, bare, separated by tabs.
 */

#include "config.h"

#include <locale.h>
#include <stdlib.h>

#include "bench-data.h"
#include "bench-import.h"
#include "bench-make.h"
#include "bench-tools.h"
#include "psl-kinds.h"

#define PAGE 50
#define RUNS 21
#define EDITS 400
#define BLOCK 40

/* A key typed to the first page of results, as the list does it: the first rids,
 * then the records that are on show. */
static double
time_search (Bench      *bench,
             const char *words)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GArray) first = NULL;
  double start;

  psl_query_set_search (query, words);
  start = bench_get_now ();
  psl_register_query_async (bench->reg, query, PAGE, NULL, bench_finished_cb, bench);
  found = bench_wait (bench);
  first = psl_register_query_finish (bench->reg, found, &error);
  bench_check (error);
  psl_register_load_listed_async (bench->reg, (const gint64 *) (gpointer) first->data, first->len, NULL,
                                  bench_finished_cb, bench);
  loaded = bench_wait (bench);
  records = psl_register_load_listed_finish (bench->reg, loaded, &error);
  bench_check (error);
  return bench_get_now () - start;
}

static int
search (const char *path)
{
  Bench *bench = bench_new (path);
  sqlite3 *db = NULL;

  bench_check_sqlite (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL));
  for (const BenchSearch *s = bench_searches; s->words != NULL; s++)
    {
      g_autofree char *detail = g_strdup_printf ("“%s”, %s", s->words, s->what);
      double ours[RUNS], bare[RUNS];

      for (guint i = 0; i < RUNS; i++)
        {
          ours[i] = time_search (bench, s->words);
          bare[i] = bench_time_bare_search (db, s->words);
        }
      bench_print ("search", detail, bench_get_median (ours, RUNS), bench_get_median (bare, RUNS));
    }
  sqlite3_close (db);
  bench_free (bench);
  return 0;
}

/* A title of the record's own words, so that it is found by them as before, and
 * never the one it has. */
static char *
make_title (const char *language,
            guint       number,
            guint       round)
{
  g_autoptr (PslRecord) record = bench_data_make_project (number);
  const char *title = psl_record_get (record, psl_kind_find_field (&psl_kind_project, "title"), language);

  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %u", title, g_get_real_time (), round);
}

static double
time_edit (Bench      *bench,
           gint64      rid,
           const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) written = NULL;
  double start = bench_get_now ();
  double committed;

  psl_register_set_async (bench->reg, rid, psl_kind_find_field (&psl_kind_project, "title"), "en",
                          title, 0, bench_finished_cb, bench);
  written = bench_wait (bench);
  psl_register_set_finish (bench->reg, written, &error);
  bench_check (error);
  committed = bench_get_now () - start;
  return committed;
}

/* The record that a title was given to, by a search; 0 where it has another. */
static gint64
find_title (Bench      *bench,
            const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GArray) rids = NULL;

  psl_query_set_search (query, title);
  psl_register_query_async (bench->reg, query, 1, NULL, bench_finished_cb, bench);
  read = bench_wait (bench);
  rids = psl_register_query_finish (bench->reg, read, &error);
  bench_check (error);
  return rids->len > 0 ? g_array_index (rids, gint64, 0) : 0;
}

static double
time_bare_edit (sqlite3      *db,
                sqlite3_stmt *statement,
                gint64        rid,
                const char   *title)
{
  double start = bench_get_now ();

  sqlite3_bind_text (statement, 1, title, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 2, rid);
  bench_check_sqlite (db, sqlite3_step (statement));
  bench_check_sqlite (db, sqlite3_reset (statement));
  return bench_get_now () - start;
}

static guint
count_projects (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  guint n;

  bench_check_sqlite (db, sqlite3_prepare_v2 (db, "SELECT max (rid) FROM project", -1, &statement, NULL));
  bench_check_sqlite (db, sqlite3_step (statement));
  n = (guint) sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

/* A connection of its own, as durable as ours and with as much of a cache. */
static sqlite3 *
open_bare_edit (const char    *path,
                sqlite3_stmt **statement)
{
  sqlite3 *db = NULL;

  bench_check_sqlite (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL));
  bench_check_sqlite (db, sqlite3_exec (db, "PRAGMA synchronous = FULL; PRAGMA cache_size = -8192", NULL, NULL, NULL));
  bench_check_sqlite (db, sqlite3_busy_timeout (db, 5000));
  bench_check_sqlite (db, sqlite3_prepare_v2 (db, "UPDATE text SET text = ?"
                                                  " WHERE rid = ? AND field = 'title' AND language = 'fr'",
                                              -1, statement, NULL));
  return db;
}

/*
 * Ours: a title is set, from the call on the main thread to its callback there:
 * two threads, the value and its journal in one transaction. Bare: one prepared
 * UPDATE of a title in the same register, in a transaction of its own, on the
 * calling thread. Both wait for the disk once, with the same log and the same
 * synchronisation.
 *
 * They take turns in blocks, so that both meet the same disk: a connection reads
 * its pages again when another one has written, and neither has to while it is
 * the only one that writes. The same search follows each edit, so that both come
 * at a time when something else was done, as edits do. For ours it is the one
 * that has to find it.
 */
static int
edit (const char *path)
{
  Bench *bench = bench_new (path);
  g_autoptr (GRand) random = g_rand_new ();
  double committed[EDITS], found[EDITS], bare[EDITS];
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = open_bare_edit (path, &statement);
  gint32 n = (gint32) count_projects (db);

  for (guint block = 0; block < EDITS; block += BLOCK)
    {
      g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);

      for (guint i = block; i < block + BLOCK; i++)
        {
          guint number = (guint) g_rand_int_range (random, 0, n);
          char *title = make_title ("en", number, i);
          double start = bench_get_now ();

          g_ptr_array_add (titles, title);
          committed[i] = time_edit (bench, number + 1, title);
          g_assert_cmpint (find_title (bench, title), ==, number + 1);
          found[i] = bench_get_now () - start;
        }
      for (guint i = block; i < block + BLOCK; i++)
        {
          guint number = (guint) g_rand_int_range (random, 0, n);
          g_autofree char *title = make_title ("fr", number, i);

          bare[i] = time_bare_edit (db, statement, number + 1, title);
          find_title (bench, g_ptr_array_index (titles, i - block));
        }
    }
  sqlite3_finalize (statement);
  sqlite3_close (db);
  bench_free (bench);
  bench_print ("edit", "", bench_get_median (committed, EDITS), bench_get_median (bare, EDITS));
  bench_print ("edit-found", "", bench_get_median (found, EDITS), bench_get_median (bare, EDITS));
  return 0;
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  if (argc == 4 && g_str_equal (argv[1], "make"))
    {
      bench_make_register (argv[2], (guint) strtoul (argv[3], NULL, 10));
      return 0;
    }
  if (argc == 3 && g_str_equal (argv[1], "search"))
    return search (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "edit"))
    return edit (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "import"))
    {
      bench_import ((guint) strtoul (argv[2], NULL, 10));
      return 0;
    }
  g_printerr ("usage: bench-register make REGISTER N | search REGISTER | edit REGISTER | import N\n");
  return 2;
}
