/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kinds.h"
#include "psl-store-private.h"
#include "store-testing.h"

/* Makes a register of the program's present schema version, to be kept in
 * fixtures/ for ever once a version has been released with it:
 *   make-fixture fixtures/version-NUMBER.passerelle */

static gint64
get_time (void)
{
  static gint64 now = 1700000000000000;

  return now += G_USEC_PER_SEC;
}

static gint64
make_record (PslStore          *store,
             const PslKind     *kind,
             const char        *id,
             const char *const *pairs)
{
  g_autoptr (PslRecord) record = psl_record_new (kind, 0, id);
  g_autoptr (GError) error = NULL;
  gint64 rid;

  for (guint i = 0; pairs[i] != NULL; i += 2)
    {
      const char *language;
      const PslField *field = store_testing_field (kind, pairs[i], &language);

      psl_record_set (record, field, language, pairs[i + 1]);
    }
  psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
  g_assert_no_error (error);
  rid = psl_store_insert (store, record, &error);
  g_assert_no_error (error);
  psl_store_commit (store, &error);
  g_assert_no_error (error);
  return rid;
}

int
main (int    argc,
      char **argv)
{
  static const char *const office[] = {
    "name_fr", "Chişinău", "kind", "country", "city", "Chişinău", "country", "MD", "latitude", "47.02",
    "functions", "[{\"function\":\"coordination\",\"covers\":\"CN\",\"valid_from\":\"2019\"}]",
    "countries", "[{\"country\":\"MD\"}]", "former_names_en", "[{\"name\":\"Kichinev\",\"valid_to\":\"1990\"}]", NULL,
  };
  static const char *const trashed[] = { "name_en", "Closed office", "valid_to", "2010", NULL };
  static const char *const project[] = {
    "title_fr", "Une œuvre commune", "title_en", "Common work", "project_id", "W34-805", "prima_id", "MD10P0513",
    "type", "PO", "office", "018bcfe5-6800-7000-8000-000000000001", "status", "4", "start", "2020-05",
    "end", "2021-05-17", "year", "2020", "budget", "100000.50 USD", "coverage", "2", "region", "europe",
    "beneficiaries", "[{\"country\":\"MD\"},{\"country\":\"PL\",\"percentage\":\"40.5\"}]",
    "description_en", "First.\nSecond.", "phase", "1", "sdg", "[{\"sdg\":\"10.7\"}]",
    "results_en", "[{\"level\":\"1\",\"indicator\":\"Officials trained\",\"target\":\"400\"}]",
    "documents_en", "[{\"title\":\"Sheet\",\"url\":\"https://example.org/a\"}]", NULL,
  };
  static const char *const long_name[] = {
    "name_en", "Liaison office for the coordination of regional consultative processes on migration, annex", NULL,
  };
  static const char *const long_name_fr[] = {
    "name_fr", "Liaison office for the coordination of regional consultative processes on migration, Aarau", NULL,
  };
  static const char *const signs[] = { "name_en", "***", NULL };
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid;

  if (argc != 2)
    {
      g_printerr ("usage: make-fixture FILE\n");
      return 2;
    }

  store = store_testing_open (argv[1], PSL_STORE_CREATE);
  psl_store_set_clock (store, get_time);
  make_record (store, &psl_kind_office, "018bcfe5-6800-7000-8000-000000000001", office);
  rid = make_record (store, &psl_kind_project, "018bcfe5-6800-7000-8000-000000000002", project);
  store_testing_set_state (store, make_record (store, &psl_kind_office, "018bcfe5-6800-7000-8000-000000000003", trashed),
                           PSL_RECORD_TRASHED);
  make_record (store, &psl_kind_office, "018bcfe5-6800-7000-8000-000000000004", long_name);
  make_record (store, &psl_kind_office, "018bcfe5-6800-7000-8000-000000000005", long_name_fr);
  make_record (store, &psl_kind_office, "018bcfe5-6800-7000-8000-000000000006", signs);
  psl_store_set_author (store, "Anna");
  store_testing_edit (store, rid, "title_en", "A common work", 1);
  store_testing_edit (store, rid, "phase", "2", 2);
  g_assert_cmpint (psl_store_undo (store, 0, NULL, &error), >, 0);

  /* One file, as small as it gets. */
  psl_db_exec (psl_store_get_db (store), "PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM", &error);
  g_assert_no_error (error);
  return 0;
}
