/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Times the register against bare SQL, in one run of one process:
 *
 *   bench-register make REGISTER N    makes a register of N projects
 *   bench-register search REGISTER    a key typed to the first page of results, also in the
 *                                     order of a column
 *   bench-register edit REGISTER      an edit to its commit, and to where it is found
 *   bench-register import N           a CSV file against prepared INSERTs
 *   bench-register import-into REGISTER N
 *                                     the same of N further projects, which stay there
 *
 * Every figure is a median, in milliseconds, on a line of its own: see bench_print().
 */

#include "config.h"

#include <locale.h>
#include <stdlib.h>

#include "bench-data.h"
#include "bench-edit.h"
#include "bench-import.h"
#include "bench-make.h"
#include "bench-tools.h"
#include "psl-kinds.h"

#define PAGE 50
#define RUNS 21

/* The column that searches are sorted by: of its values many are the same. */
#define SORT "start"

/* A key typed to the first page of results, as the list does it: the first rids,
 * then the records that are on show. */
static double
time_search (Bench      *bench,
             const char *words,
             const char *sort)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GArray) first = NULL;
  double start;

  psl_query_set_search (query, words);
  if (sort != NULL)
    psl_query_set_sort (query, sort, FALSE);
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

/* @sort: (nullable): see bench_time_bare_search() */
static void
search_for (Bench             *bench,
            sqlite3           *db,
            const BenchSearch *words,
            const char        *sort)
{
  g_autofree char *detail = g_strdup_printf ("“%s”, %s", words->words, words->what);
  double ours[RUNS], bare[RUNS];

  for (guint i = 0; i < RUNS; i++)
    {
      ours[i] = time_search (bench, words->words, sort);
      bare[i] = bench_time_bare_search (db, words->words, sort);
    }
  bench_print (sort != NULL ? "search-sorted" : "search", detail, ours, RUNS, bare, RUNS);
}

static int
search (const char *path)
{
  Bench *bench = bench_new (path);
  sqlite3 *db = NULL;

  bench_check_sqlite (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL));
  for (const BenchSearch *s = bench_searches; s->words != NULL; s++)
    search_for (bench, db, s, NULL);
  for (const BenchSearch *s = bench_searches; s->words != NULL; s++)
    if (s->is_sorted)
      search_for (bench, db, s, SORT);
  sqlite3_close (db);
  bench_free (bench);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  if (argc == 4 && g_str_equal (argv[1], "make"))
    {
      bench_make_register (argv[2], 0, (guint) strtoul (argv[3], NULL, 10), TRUE);
      return 0;
    }
  if (argc == 3 && g_str_equal (argv[1], "search"))
    return search (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "edit"))
    {
      bench_edit (argv[2]);
      return 0;
    }
  if (argc == 3 && g_str_equal (argv[1], "import"))
    {
      bench_import ((guint) strtoul (argv[2], NULL, 10));
      return 0;
    }
  if (argc == 4 && g_str_equal (argv[1], "import-into"))
    {
      bench_import_into (argv[2], (guint) strtoul (argv[3], NULL, 10));
      return 0;
    }
  g_printerr ("usage: bench-register make REGISTER N | search REGISTER | edit REGISTER | import N | import-into REGISTER N\n");
  return 2;
}
