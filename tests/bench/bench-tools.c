/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-tools.h"

#include <stdlib.h>

/* Records of a page, as a tall window shows it. */
#define PAGE 50

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

/**
 * bench_new:
 * @path: a register
 *
 * Returns: (transfer full): the register, open
 */
Bench *
bench_new (const char *path)
{
  Bench *self = g_new0 (Bench, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->loop = g_main_loop_new (NULL, FALSE);
  psl_register_open_async (path, PSL_STORE_NONE, NULL, NULL, bench_finished_cb, self);
  result = bench_wait (self);
  self->reg = psl_register_open_finish (result, &error);
  bench_check (error);
  return self;
}

/**
 * bench_free:
 * @self: (transfer full): an open register
 */
void
bench_free (Bench *self)
{
  g_autoptr (GError) error = NULL;

  psl_register_close_now (self->reg, &error);
  bench_check (error);
  g_object_unref (self->reg);
  g_main_loop_unref (self->loop);
  g_free (self);
}

/**
 * bench_finished_cb:
 *
 * The callback of requests to the register, whose data is the #Bench.
 */
void
bench_finished_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Bench *self = user_data;

  self->result = g_object_ref (result);
  g_main_loop_quit (self->loop);
}

/**
 * bench_wait:
 *
 * Returns: (transfer full): the result of the call just made, when it is there
 */
GAsyncResult *
bench_wait (Bench *self)
{
  g_main_loop_run (self->loop);
  return g_steal_pointer (&self->result);
}

/**
 * bench_check:
 * @error: (nullable): ends the program
 */
void
bench_check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

/**
 * bench_check_sqlite:
 * @result: of a call to @db; another than those of success ends the program
 */
void
bench_check_sqlite (sqlite3 *db,
                    int      result)
{
  if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (db));
}

/**
 * bench_get_now:
 *
 * Returns: milliseconds on a clock that all processes share
 */
double
bench_get_now (void)
{
  return (double) g_get_monotonic_time () / 1000.0;
}

/* Sorts @numbers. */
static double
get_quantile (double *numbers,
              guint   n,
              double  share)
{
  qsort (numbers, n, sizeof *numbers, compare_doubles);
  return numbers[(guint) ((n - 1) * share + 0.5)];
}

/**
 * bench_print:
 * @figure: what was measured, by the name that figures.py knows
 * @detail: of it, or ""
 * @ours: measurements, which are sorted
 * @bare: measurements of what ours are compared with, which are sorted
 * @n_bare: 0 for nothing to compare with
 *
 * Prints one figure: its name, the detail, the medians of ours and of bare, and the
 * lower and the upper quartile of ours, separated by tabs.
 */
void
bench_print (const char *figure,
             const char *detail,
             double     *ours,
             guint       n_ours,
             double     *bare,
             guint       n_bare)
{
  g_print ("%s\t%s\t%.4f\t%.4f\t%.4f\t%.4f\n", figure, detail, get_quantile (ours, n_ours, 0.5),
           n_bare > 0 ? get_quantile (bare, n_bare, 0.5) : 0,
           get_quantile (ours, n_ours, 0.25), get_quantile (ours, n_ours, 0.75));
}

/**
 * bench_time_bare_search:
 * @words: beginnings of words
 * @sort: (nullable): a column of projects; %NULL for their title
 *
 * Returns: how long one statement takes to find the first page of projects that have the
 *   words themselves or in a part, in the order of @sort, and what their rows show
 */
double
bench_time_bare_search (sqlite3    *db,
                        const char *words,
                        const char *sort)
{
  g_autoptr (GString) sql = g_string_new (
    "SELECT r.rid, r.project_id, r.start, r.end, r.year, r.status, r.region, t.text"
    " FROM project AS r CROSS JOIN record AS c ON c.rid = r.rid"
    " CROSS JOIN sort_key AS k ON k.rid = r.rid AND k.language = 'en'"
    " LEFT JOIN text AS t ON t.rid = r.rid AND t.field = 'title' AND t.language = 'en'"
    " WHERE c.state = 0");
  g_auto (GStrv) split = g_strsplit (words, " ", -1);
  sqlite3_stmt *statement = NULL;
  double start = bench_get_now ();
  int result;

  for (guint i = 0; split[i] != NULL; i++)
    g_string_append_printf (sql,
                            " AND r.rid IN (SELECT ifnull (p.owner, p.rid) FROM search AS s"
                            " CROSS JOIN record AS p ON p.rid = s.rowid WHERE s.search MATCH '%s*' AND p.state = 0)",
                            split[i]);
  if (sort != NULL)
    g_string_append_printf (sql, " ORDER BY r.\"%s\" IS NULL, r.\"%s\", r.rid LIMIT %d", sort, sort, PAGE);
  else
    g_string_append_printf (sql, " ORDER BY k.key, k.rid LIMIT %d", PAGE);
  bench_check_sqlite (db, sqlite3_prepare_v2 (db, sql->str, -1, &statement, NULL));
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_assert_nonnull (sqlite3_column_text (statement, 1));
  bench_check_sqlite (db, result);
  sqlite3_finalize (statement);
  return bench_get_now () - start;
}
