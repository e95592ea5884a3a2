/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "psl-store-private.h"
#include "psl-text.h"
#include "store-testing.h"

/* How fast records go in, beside the same rows written by bare prepared
 * statements, indexes and search text included:
 *   bench-insert [RECORDS] */

typedef struct
{
  char *id;
  char *project_id;
  char *title_fr;
  char *title_en;
  char *description_fr;
  char *description_en;
  char *sort_fr;
  char *sort_en;
  char *search;
} Sample;

static const char *const words[] = {
  "migration", "œuvre", "travail", "été", "retour", "santé", "frontière", "gestion", "renforcement", "capacités",
  "border", "labour", "health", "return", "office", "support", "training", "officials", "programme", "region",
};

static char *
make_text (GRand *random,
           guint  n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      if (g_rand_int_range (random, 0, 3) == 0)
        g_string_append_printf (text, "%s%u", words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))],
                                g_rand_int_range (random, 0, 500));
      else
        g_string_append (text, words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
    }
  return g_string_free_and_steal (text);
}

static Sample *
make_samples (guint n)
{
  Sample *samples = g_new0 (Sample, n);
  GRand *random = g_rand_new_with_seed (1);

  for (guint i = 0; i < n; i++)
    {
      Sample *sample = &samples[i];
      g_autofree char *search = NULL;

      sample->id = g_strdup_printf ("018bcfe5-6800-7000-8000-%012x", i);
      sample->project_id = g_strdup_printf ("PO.%04u", i);
      sample->title_fr = make_text (random, 8);
      sample->title_en = make_text (random, 8);
      sample->description_fr = make_text (random, 60);
      sample->description_en = make_text (random, 60);
      sample->sort_fr = psl_text_fold (sample->title_fr);
      sample->sort_en = psl_text_fold (sample->title_en);
      search = g_strjoin (" ", sample->title_fr, sample->title_en, sample->project_id, sample->description_fr,
                          sample->description_en, "Moldova République de Moldova Poland Pologne Europe Actif Active", NULL);
      sample->search = psl_text_fold (search);
    }
  g_rand_free (random);
  return samples;
}

static gint64
insert_by_store (PslStore     *store,
                 const Sample *samples,
                 guint         n)
{
  const PslKind *kind = &psl_kind_project;
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  psl_store_begin (store, PSL_VERB_IMPORT, "bench.csv", &error);
  for (guint i = 0; i < n && error == NULL; i++)
    {
      const Sample *sample = &samples[i];
      g_autoptr (PslRecord) record = psl_record_new (kind, 0, sample->id);

      psl_record_set (record, psl_kind_find_field (kind, "title"), "fr", sample->title_fr);
      psl_record_set (record, psl_kind_find_field (kind, "title"), "en", sample->title_en);
      psl_record_set (record, psl_kind_find_field (kind, "description"), "fr", sample->description_fr);
      psl_record_set (record, psl_kind_find_field (kind, "description"), "en", sample->description_en);
      psl_record_set (record, psl_kind_find_field (kind, "project_id"), NULL, sample->project_id);
      psl_record_set (record, psl_kind_find_field (kind, "type"), NULL, "PO");
      psl_record_set (record, psl_kind_find_field (kind, "status"), NULL, "2");
      psl_record_set (record, psl_kind_find_field (kind, "start"), NULL, "2020-05");
      psl_record_set (record, psl_kind_find_field (kind, "end"), NULL, "2021");
      psl_record_set (record, psl_kind_find_field (kind, "year"), NULL, "2020");
      psl_record_set (record, psl_kind_find_field (kind, "budget"), NULL, "100000.00 USD");
      psl_record_set (record, psl_kind_find_field (kind, "region"), NULL, "europe");
      psl_record_set (record, psl_kind_find_field (kind, "beneficiaries"), NULL,
                      "[{\"country\":\"MD\"},{\"country\":\"PL\"}]");
      psl_store_insert (store, record, &error);
    }
  if (error == NULL)
    psl_store_commit (store, &error);
  g_assert_no_error (error);
  return g_get_monotonic_time () - start;
}

static void
run (PslDb      *db,
     const char *sql,
     gint64      rid,
     ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStatement) statement = psl_db_prepare (db, sql, &error);
  const char *text;
  int parameter = 1;
  va_list texts;

  g_assert_no_error (error);
  psl_statement_bind_int64 (statement, parameter++, rid);
  va_start (texts, rid);
  while ((text = va_arg (texts, const char *)) != NULL)
    psl_statement_bind_text (statement, parameter++, text);
  va_end (texts);
  psl_statement_run (statement, &error);
  g_assert_no_error (error);
}

static gint64
insert_bare (PslDb        *db,
             const Sample *samples,
             guint         n)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  psl_db_begin (db, &error);
  psl_db_exec (db, "INSERT INTO action (action, at, verb) VALUES (1, 1, 'import')", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      const Sample *sample = &samples[i];
      gint64 rid = i + 1;

      run (db, "INSERT INTO record (rid, id, kind, created, changed) VALUES (?, ?, 'project', 1, 1)", rid, sample->id, NULL);
      run (db, "INSERT INTO project (rid, changed, sort_fr, sort_en, project_id, type, status, start, end, year, budget_amount,"
               " budget_currency, region) VALUES (?, 1, ?, ?, ?, 'PO', '2', '2020-05', '2021', 2020, 10000000, 'USD', 'europe')",
           rid, sample->sort_fr, sample->sort_en, sample->project_id, NULL);
      run (db, "INSERT INTO text (rid, field, language, text) VALUES (?, 'title', 'fr', ?)", rid, sample->title_fr, NULL);
      run (db, "INSERT INTO text (rid, field, language, text) VALUES (?, 'title', 'en', ?)", rid, sample->title_en, NULL);
      run (db, "INSERT INTO text (rid, field, language, text) VALUES (?, 'description', 'fr', ?)", rid, sample->description_fr, NULL);
      run (db, "INSERT INTO text (rid, field, language, text) VALUES (?, 'description', 'en', ?)", rid, sample->description_en, NULL);
      run (db, "INSERT INTO project_beneficiaries (rid, position, country) VALUES (?, 0, 'MD')", rid, NULL);
      run (db, "INSERT INTO project_beneficiaries (rid, position, country) VALUES (?, 1, 'PL')", rid, NULL);
      run (db, "INSERT INTO project_search (rowid, text) VALUES (?, ?)", rid, sample->search, NULL);
      run (db, "INSERT INTO change (rid, action, field, old, new) VALUES (?, 1, '$state', 'gone', 'live')", rid, NULL);
    }
  psl_db_commit (db, &error);
  g_assert_no_error (error);
  return g_get_monotonic_time () - start;
}

static double
time_reversal (PslStore *store,
               gboolean  back)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;

  if (back)
    psl_store_undo (store, 0, NULL, &error);
  else
    psl_store_redo (store, NULL, &error);
  g_assert_no_error (error);
  return (double) (g_get_monotonic_time () - start) / 1e6;
}

int
main (int    argc,
      char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 20000;
  Sample *samples = make_samples (n);
  StoreFixture by_store = { NULL };
  StoreFixture bare = { NULL };
  gint64 store_time, bare_time;

  store_fixture_set_up (&by_store, NULL);
  store_fixture_set_up (&bare, NULL);
  bare_time = insert_bare (psl_store_get_db (bare.store), samples, n);
  store_time = insert_by_store (by_store.store, samples, n);
  g_print ("%u records: bare %.0f a second, store %.0f a second: %.2f of it\n", n,
           n * 1e6 / (double) bare_time, n * 1e6 / (double) store_time, (double) bare_time / (double) store_time);
  g_print ("undone in %.1f s, ", time_reversal (by_store.store, TRUE));
  g_print ("done again in %.1f s\n", time_reversal (by_store.store, FALSE));
  store_fixture_tear_down (&by_store, NULL);
  store_fixture_tear_down (&bare, NULL);
  return 0;
}
