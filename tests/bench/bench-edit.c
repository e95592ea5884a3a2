/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "psl-store-private.h"
#include "store-testing.h"

/* How long an edit takes until it is on the disk, with its journal, beside a bare
 * UPDATE of the same column:
 *   bench-edit [RECORDS] */

#define EDITS 200

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static double
get_median (gint64 *times)
{
  qsort (times, EDITS, sizeof *times, compare_times);
  return (double) times[EDITS / 2] / 1000;
}

static double
time_bare (PslDb *db,
           guint  n)
{
  gint64 times[EDITS];
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < EDITS; i++)
    {
      g_autoptr (PslStatement) statement = psl_db_prepare (db, "UPDATE project SET year = ? WHERE rid = ?", &error);
      gint64 start = g_get_monotonic_time ();

      psl_statement_bind_int64 (statement, 1, 2000 + i);
      psl_statement_bind_int64 (statement, 2, 1 + i * 37 % n);
      psl_statement_run (statement, &error);
      g_assert_no_error (error);
      times[i] = g_get_monotonic_time () - start;
    }
  return get_median (times);
}

static double
time_store (PslStore   *store,
            const char *name,
            guint       n)
{
  gint64 times[EDITS];

  for (guint i = 0; i < EDITS; i++)
    {
      g_autofree char *value = g_strdup_printf ("%u", 1000 + i);
      const char *language;
      const PslField *field = store_testing_field (&psl_kind_project, name, &language);
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();

      psl_store_edit (store, 1 + i * 37 % n, field, language, value, i + 1, &error);
      g_assert_no_error (error);
      times[i] = g_get_monotonic_time () - start;
    }
  return get_median (times);
}

int
main (int    argc,
      char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 20000;
  StoreFixture fixture = { NULL };
  g_autoptr (GError) error = NULL;

  store_fixture_set_up (&fixture, NULL);
  psl_store_begin (fixture.store, PSL_VERB_IMPORT, "bench.csv", &error);
  for (guint i = 0; i < n && error == NULL; i++)
    {
      g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, NULL);
      g_autofree char *title = g_strdup_printf ("Strengthening of border management %u", i * 7919 % n);

      psl_record_set (record, psl_kind_get_title (&psl_kind_project), "en", title);
      psl_store_insert (fixture.store, record, &error);
    }
  psl_store_commit (fixture.store, &error);
  g_assert_no_error (error);

  g_print ("%u records, medians: bare UPDATE %.2f ms, ", n, time_bare (psl_store_get_db (fixture.store), n));
  g_print ("edit of year %.2f ms, ", time_store (fixture.store, "year", n));
  g_print ("edit of title %.2f ms\n", time_store (fixture.store, "title_en", n));
  store_fixture_tear_down (&fixture, NULL);
  return 0;
}
