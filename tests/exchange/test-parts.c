/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Parts of records from and to files. */

#include "config.h"

#include <string.h>

#include "psl-csv-export.h"
#include "psl-import.h"
#include "psl-json-text.h"
#include "psl-record-json.h"
#include "tests/kinds/part-kinds.h"
#include "tests/store/store-testing.h"

#define PLANS \
  "id,title_en\n" \
  "0190c1f2-0000-7000-8000-000000000001,Harbour\n" \
  "0190c1f2-0000-7000-8000-000000000002,Market\n"

#define STEPS \
  "plan,title_en,title_fr,due\n" \
  "Harbour,Training,Formation,2020\n" \
  "Market,Training,Formation,2021\n" \
  "Harbour,Report,,2022\n"

static void
set_up (StoreFixture  *fixture,
        gconstpointer  data)
{
  store_fixture_set_up (fixture, data);
  test_kinds_add_tables (fixture->path);
}

static void
report_cb (const PslImportIssue *issue,
           gpointer              user_data)
{
  g_test_message ("%" G_GUINT64_FORMAT ": %s", issue->line, issue->message != NULL ? issue->message : "");
}

static PslImportPlan
import_text (PslStore        *store,
             const PslKind   *kind,
             PslMissingLinks  missing,
             const char      *text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  PslImportOptions options = { .missing_links = missing, .report = report_cb };
  PslImportPlan plan = { 0 };
  g_autoptr (GError) error = NULL;

  psl_import_csv (store, kind, stream, "test.csv", &options, &plan, NULL, &error);
  g_assert_no_error (error);
  return plan;
}

static char *
export_text (PslStore      *store,
             const PslKind *kind,
             const char    *labels)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (PslQuery) query = psl_query_new (kind);
  PslExportOptions options = { .delimiter = ',', .labels = labels };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  psl_query_set_language (query, "en");
  g_assert_cmpint (psl_csv_export (store, query, -1, stream, &options, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static PslRecord *
read_whole (PslStore   *store,
            const char *id)
{
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_store_find (store, id, &error);
  PslRecord *record = psl_store_read (store, rid, &error);

  g_assert_no_error (error);
  g_assert_true (psl_store_read_parts (store, record, &error));
  return record;
}

static void
assert_steps (PslStore   *store,
              const char *id,
              const char *expected)
{
  g_autoptr (PslRecord) plan = read_whole (store, id);
  GPtrArray *steps = psl_record_get_parts (plan, psl_kind_find_parts (&test_kind_plan, &test_kind_step));
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    g_string_append_printf (titles, "%s ", psl_record_get_by_name (steps->pdata[i], "title_en"));
  g_assert_cmpstr (titles->str, ==, expected);
}

/* Rows say which record they belong to, and are told apart by it. */
static void
test_import (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslImportPlan plan;

  import_text (fixture->store, &test_kind_plan, PSL_MISSING_LINKS_EMPTY, PLANS);
  plan = import_text (fixture->store, &test_kind_step, PSL_MISSING_LINKS_EMPTY, STEPS);
  g_assert_cmpuint (plan.n_records[PSL_IMPORT_NEW], ==, 3);
  assert_steps (fixture->store, "0190c1f2-0000-7000-8000-000000000001", "Training Report ");
  assert_steps (fixture->store, "0190c1f2-0000-7000-8000-000000000002", "Training ");

  plan = import_text (fixture->store, &test_kind_step, PSL_MISSING_LINKS_EMPTY, STEPS);
  g_assert_cmpuint (plan.n_records[PSL_IMPORT_IDENTICAL], ==, 3);
  g_assert_cmpuint (plan.n_records[PSL_IMPORT_NEW], ==, 0);
  assert_steps (fixture->store, "0190c1f2-0000-7000-8000-000000000001", "Training Report ");
}

/* A row without the record that it belongs to is refused, whatever becomes of other links. */
static void
test_no_owner (StoreFixture  *fixture,
               gconstpointer  data)
{
  static const PslMissingLinks modes[] = { PSL_MISSING_LINKS_EMPTY, PSL_MISSING_LINKS_CREATE,
                                           PSL_MISSING_LINKS_REFUSE };
  static const char *const rows[] = { "plan,title_en\nNowhere,Lost\n", "plan,title_en\n,Lost\n", "title_en\nLost\n" };

  import_text (fixture->store, &test_kind_plan, PSL_MISSING_LINKS_EMPTY, PLANS);
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
      {
        PslImportPlan plan = import_text (fixture->store, &test_kind_step, modes[i], rows[j]);

        g_assert_cmpuint (plan.n_refused, ==, 1);
        g_assert_cmpuint (plan.n_records[PSL_IMPORT_NEW], ==, 0);
        g_assert_cmpuint (plan.n_created, ==, 0);
      }
}

/* Both forms of an export read back as the same records. */
static void
test_export (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autofree char *for_register = NULL;
  g_autofree char *for_people = NULL;
  PslImportPlan plan;

  import_text (store, &test_kind_plan, PSL_MISSING_LINKS_EMPTY, PLANS);
  import_text (store, &test_kind_step, PSL_MISSING_LINKS_EMPTY, STEPS);
  for_register = export_text (store, &test_kind_step, NULL);
  for_people = export_text (store, &test_kind_step, "en");
  g_assert_nonnull (strstr (for_register, ",0190c1f2-0000-7000-8000-000000000002,Formation,Training,2021"));
  g_assert_nonnull (strstr (for_people, "Market,"));

  plan = import_text (store, &test_kind_step, PSL_MISSING_LINKS_EMPTY, for_register);
  g_assert_cmpuint (plan.n_records[PSL_IMPORT_IDENTICAL], ==, 3);
  plan = import_text (store, &test_kind_step, PSL_MISSING_LINKS_EMPTY, for_people);
  g_assert_cmpuint (plan.n_records[PSL_IMPORT_IDENTICAL], ==, 3);
}

/* As JSON a record has its parts, and they theirs. */
static void
test_json (StoreFixture  *fixture,
           gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (PslRecord) plan = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *steps;
  JsonObject *step;

  import_text (store, &test_kind_plan, PSL_MISSING_LINKS_EMPTY, PLANS);
  import_text (store, &test_kind_step, PSL_MISSING_LINKS_EMPTY, STEPS);
  import_text (store, &test_kind_note, PSL_MISSING_LINKS_EMPTY, "step,text_fr\nReport,Page une\n");
  plan = read_whole (store, "0190c1f2-0000-7000-8000-000000000001");
  node = psl_record_to_json (plan);

  steps = json_object_get_array_member (json_node_get_object (node), "steps");
  g_assert_cmpuint (json_array_get_length (steps), ==, 2);
  step = json_array_get_object_element (steps, 1);
  g_assert_cmpstr (json_object_get_string_member (step, "due"), ==, "2022");
  g_assert_cmpstr (json_object_get_string_member (step, "plan"), ==, psl_record_get_id (plan));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (step, "notes")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (node), "shares")), ==, 0);
}

static void
add (const char *path,
     void      (*test) (StoreFixture  *fixture,
                        gconstpointer  data))
{
  g_test_add (path, StoreFixture, NULL, set_up, test, store_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/exchange/parts/import", test_import);
  add ("/exchange/parts/no-owner", test_no_owner);
  add ("/exchange/parts/export", test_export);
  add ("/exchange/parts/json", test_json);

  return g_test_run ();
}
