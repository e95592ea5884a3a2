/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Parts of records from and to files. */

#include "config.h"

#include <string.h>

#include "psl-block.h"
#include "psl-csv-export.h"
#include "psl-import.h"
#include "psl-json-text.h"
#include "psl-record-json.h"
#include "psl-uuid.h"
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

/* Rows of one title with other values are parts of their own, also when they are read again. */
static void
test_one_title (StoreFixture  *fixture,
                gconstpointer  data)
{
  static const char rows[] = "plan,title_en,due\nHarbour,Training,2020\nHarbour,Training,2021\nHarbour,Training,2021\n";
  PslImportPlan plan;

  import_text (fixture->store, &test_kind_plan, PSL_MISSING_LINKS_EMPTY, PLANS);
  plan = import_text (fixture->store, &test_kind_step, PSL_MISSING_LINKS_EMPTY, rows);
  g_assert_cmpuint (plan.n_records[PSL_IMPORT_NEW], ==, 2);
  g_assert_cmpuint (plan.n_conflicts, ==, 0);
  plan = import_text (fixture->store, &test_kind_step, PSL_MISSING_LINKS_EMPTY, rows);
  g_assert_cmpuint (plan.n_records[PSL_IMPORT_NEW], ==, 0);
  g_assert_cmpuint (plan.n_refused, ==, 0);
  g_assert_cmpuint (plan.n_conflicts, ==, 0);
  assert_steps (fixture->store, "0190c1f2-0000-7000-8000-000000000001", "Training Training ");
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

/* Nothing goes into a record in the trash, where nobody would see it. */
static void
test_trashed_owner (StoreFixture  *fixture,
                    gconstpointer  data)
{
  static const char note[] = "step,text_fr\nReport,Page une\n";
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;
  PslImportPlan plan;
  gint64 harbour;

  import_text (store, &test_kind_plan, PSL_MISSING_LINKS_EMPTY, PLANS);
  import_text (store, &test_kind_step, PSL_MISSING_LINKS_EMPTY, STEPS);
  harbour = psl_store_find (store, "0190c1f2-0000-7000-8000-000000000001", &error);
  store_testing_set_state (store, harbour, PSL_RECORD_TRASHED);

  plan = import_text (store, &test_kind_step, PSL_MISSING_LINKS_EMPTY,
                      STEPS "Harbour,Visit,,\nMarket,Visit,,\n0190c1f2-0000-7000-8000-000000000001,Walk,,\n");
  g_assert_cmpuint (plan.n_records[PSL_IMPORT_NEW], ==, 1);
  g_assert_cmpuint (plan.n_refused, ==, 4);
  g_assert_cmpuint (import_text (store, &test_kind_note, PSL_MISSING_LINKS_EMPTY, note).n_refused, ==, 1);

  store_testing_set_state (store, harbour, PSL_RECORD_LIVE);
  assert_steps (store, "0190c1f2-0000-7000-8000-000000000001", "Training Report ");
  g_assert_cmpuint (import_text (store, &test_kind_note, PSL_MISSING_LINKS_EMPTY, note).n_records[PSL_IMPORT_NEW], ==, 1);
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

static gint64
make (PslStore      *store,
      const PslKind *kind,
      const char    *owner,
      const char    *field,
      const char    *text)
{
  return store_testing_insert (store, kind, field, text, owner != NULL ? psl_kind_get_owner_field (kind)->name : NULL,
                               owner, NULL);
}

static char *
dup_json (PslStore   *store,
          const char *id)
{
  g_autoptr (PslRecord) record = read_whole (store, id);
  g_autoptr (JsonNode) node = psl_record_to_json (record, psl_store_get_codelists (store));

  return json_to_string (node, FALSE);
}

/* Parts of parts, and remarks on them, are the same records in another register. */
static void
test_all_kinds (StoreFixture  *fixture,
                gconstpointer  data)
{
  static const PslKind *const kinds[] = { &test_kind_plan, &test_kind_donor, &test_kind_step, &test_kind_note,
                                          &test_kind_share, &psl_kind_remark };
  PslStore *store = fixture->store;
  StoreFixture other = { NULL };
  g_autofree char *plan = store_testing_dup_id (store, make (store, &test_kind_plan, NULL, "title_en", "Plan"));
  g_autofree char *step = store_testing_dup_id (store, make (store, &test_kind_step, plan, "title_en", "Step"));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  make (store, &test_kind_donor, NULL, "name_en", "Donor");
  make (store, &test_kind_share, plan, "role", "first");
  make (store, &test_kind_note, step, "text_es", "Nota");
  make (store, &psl_kind_remark, step, "text_en", "Is that so?");

  store_fixture_set_up (&other, data);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = export_text (store, kinds[i], NULL);
      PslImportPlan done = import_text (other.store, kinds[i], PSL_MISSING_LINKS_REFUSE, text);

      g_assert_cmpuint (done.n_records[PSL_IMPORT_NEW], ==, 1);
    }
  before = dup_json (store, plan);
  after = dup_json (other.store, plan);
  g_assert_cmpstr (after, ==, before);
  store_fixture_tear_down (&other, data);
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
  node = psl_record_to_json (plan, psl_store_get_codelists (store));

  steps = json_object_get_array_member (json_node_get_object (node), "steps");
  g_assert_cmpuint (json_array_get_length (steps), ==, 2);
  step = json_array_get_object_element (steps, 1);
  g_assert_cmpstr (json_object_get_string_member (step, "due"), ==, "2022");
  g_assert_cmpstr (json_object_get_string_member (step, "plan"), ==, psl_record_get_id (plan));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (step, "notes")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json_node_get_object (node), "shares")), ==, 0);
}

/* The numbers of the parts of a kind that a record has, in their order. */
static GArray *
find_parts (PslStore      *store,
            const PslKind *kind,
            const char    *owner)
{
  g_autoptr (PslQuery) query = psl_query_new (kind);
  const char *const values[] = { owner, NULL };
  g_autoptr (GError) error = NULL;
  GArray *rids;

  psl_query_add_filter (query, psl_filter_new (psl_kind_get_owner_field (kind)->name, PSL_FILTER_EQUALS, values));
  psl_query_set_sort (query, PSL_SORT_POSITION, FALSE);
  rids = psl_store_query (store, query, 0, &error);
  g_assert_no_error (error);
  return rids;
}

static void
assert_text (PslStore      *store,
             gint64         rid,
             const char    *field,
             const char    *language,
             const char    *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (psl_record_get (record, psl_kind_find_field (psl_record_get_kind (record), field), language), ==,
                   expected);
}

/* A block goes into cells to the right and below, and makes the parts that it goes beyond,
 * in one action; a cell that can't be read comes back. */
static void
test_paste (StoreFixture  *fixture,
            gconstpointer  data)
{
  PslStore *store = fixture->store;
  const PslField *title = psl_kind_find_field (&test_kind_step, "title");
  const PslBlockColumn columns[] = { { title, "en" }, { title, "fr" }, { psl_kind_find_field (&test_kind_step, "due"), NULL } };
  gint64 plan = make (store, &test_kind_plan, NULL, "title_en", "Plan");
  g_autofree char *id = store_testing_dup_id (store, plan);
  gint64 a = make (store, &test_kind_step, id, "title_en", "a");
  gint64 b = make (store, &test_kind_step, id, "title_en", "b");
  g_autoptr (GArray) below = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GArray) undone = NULL;
  g_autoptr (PslBlockResult) result = NULL;
  g_autoptr (PslAction) action = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  const PslBlockFault *fault;

  g_array_append_val (below, b);
  result = psl_block_paste (store, &test_kind_step, id, columns, G_N_ELEMENTS (columns), below, NULL,
                            "B\t\t03/02/2020\tbeyond\t\r\n\"C \"\"x\"\"\"\tCé\tsome day\r\nD\tDé\t17/05/2020\r\n", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->surplus->len, ==, 1);
  g_assert_cmpstr (result->surplus->pdata[0], ==, "beyond");

  rids = find_parts (store, &test_kind_step, id);
  g_assert_cmpuint (rids->len, ==, 4);
  g_assert_cmpint (g_array_index (rids, gint64, 0), ==, a);
  assert_text (store, b, "title", "en", "B");
  assert_text (store, b, "due", NULL, "2020-02-03");
  assert_text (store, g_array_index (rids, gint64, 2), "title", "en", "C \"x\"");
  assert_text (store, g_array_index (rids, gint64, 2), "due", NULL, NULL);
  assert_text (store, g_array_index (rids, gint64, 3), "title", "fr", "Dé");
  assert_text (store, g_array_index (rids, gint64, 3), "due", NULL, "2020-05-17");

  g_assert_cmpuint (result->faults->len, ==, 1);
  fault = g_ptr_array_index (result->faults, 0);
  g_assert_cmpint (fault->rid, ==, g_array_index (rids, gint64, 2));
  g_assert_cmpuint (fault->column, ==, 2);
  g_assert_cmpstr (fault->text, ==, "some day");

  action = psl_store_next_own_undo (store, &error);
  g_assert_no_error (error);
  g_assert_cmpint (action->records, ==, 1);
  sentence = psl_action_describe (action);
  g_assert_cmpstr (sentence, ==, "Edit steps of “Plan”");

  store_testing_undo (store, 0);
  undone = find_parts (store, &test_kind_step, id);
  g_assert_cmpuint (undone->len, ==, 2);
  assert_text (store, b, "title", "en", "b");
  assert_text (store, b, "due", NULL, NULL);
}

/* Of a block that is no table, nothing is pasted. */
static void
test_paste_refused (StoreFixture  *fixture,
                    gconstpointer  data)
{
  PslStore *store = fixture->store;
  const PslBlockColumn columns[] = { { psl_kind_find_field (&test_kind_step, "title"), "en" } };
  gint64 plan = make (store, &test_kind_plan, NULL, "title_en", "Plan");
  g_autofree char *id = store_testing_dup_id (store, plan);
  gint64 last = psl_store_last_action (store);
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  g_assert_null (psl_block_paste (store, &test_kind_step, id, columns, 1, none, NULL, "a\n\"b", NULL, &error));
  g_assert_error (error, PSL_CSV_ERROR, PSL_CSV_ERROR_UNTERMINATED);
  g_assert_cmpint (psl_store_last_action (store), ==, last);
}

/* Copied cells are pasted as the same values; links go by their names. */
static void
test_copy (StoreFixture  *fixture,
           gconstpointer  data)
{
  PslStore *store = fixture->store;
  const PslBlockColumn columns[] = {
    { psl_kind_find_field (&test_kind_share, "role"), NULL },
    { psl_kind_find_field (&test_kind_share, "donor"), NULL },
    { psl_kind_find_field (&test_kind_share, "share"), NULL },
  };
  gint64 plan = make (store, &test_kind_plan, NULL, "title_en", "Plan");
  gint64 other = make (store, &test_kind_plan, NULL, "title_en", "Other");
  g_autofree char *id = store_testing_dup_id (store, plan);
  g_autofree char *other_id = store_testing_dup_id (store, other);
  g_autofree char *donor = store_testing_dup_id (store, make (store, &test_kind_donor, NULL, "name_en", "Donor"));
  g_autofree char *new_id = psl_uuid_new ();
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GArray) pasted = NULL;
  g_autoptr (PslBlockResult) result = NULL;
  g_autoptr (PslBlockResult) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *pasted_id = NULL;

  store_testing_insert (store, &test_kind_share, "plan", id, "role", "first\tone", "donor", donor, "share", "33.5", NULL);
  rids = find_parts (store, &test_kind_share, id);
  text = psl_block_copy (store, columns, G_N_ELEMENTS (columns), rids, "en", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (text, "\tDonor\t33.5\r\n"));

  result = psl_block_paste (store, &test_kind_share, other_id, columns, G_N_ELEMENTS (columns), none, new_id, text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->faults->len, ==, 0);
  pasted = find_parts (store, &test_kind_share, other_id);
  g_assert_cmpuint (pasted->len, ==, 1);
  g_assert_cmpint (g_array_index (pasted, gint64, 0), ==, result->first_beyond);
  pasted_id = store_testing_dup_id (store, result->first_beyond);
  g_assert_cmpstr (pasted_id, ==, new_id);
  assert_text (store, g_array_index (pasted, gint64, 0), "donor", NULL, donor);
  assert_text (store, g_array_index (pasted, gint64, 0), "share", NULL, "33.5");

  /* The part has come into the register since. */
  again = psl_block_paste (store, &test_kind_share, other_id, columns, 1, none, new_id, "second\n", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->first_beyond, ==, result->first_beyond);
  assert_text (store, result->first_beyond, "role", NULL, "second");
}

static void
test_has_cells (void)
{
  g_assert_true (psl_block_has_cells ("a\tb"));
  g_assert_true (psl_block_has_cells ("a\nb\n"));
  g_assert_false (psl_block_has_cells ("a"));
  g_assert_false (psl_block_has_cells ("a\r\n"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/exchange/parts/import", test_import);
  store_testing_add ("/exchange/parts/one-title", test_one_title);
  store_testing_add ("/exchange/parts/no-owner", test_no_owner);
  store_testing_add ("/exchange/parts/trashed-owner", test_trashed_owner);
  store_testing_add ("/exchange/parts/export", test_export);
  store_testing_add ("/exchange/parts/all-kinds", test_all_kinds);
  store_testing_add ("/exchange/parts/json", test_json);
  store_testing_add ("/exchange/parts/paste", test_paste);
  store_testing_add ("/exchange/parts/paste-refused", test_paste_refused);
  store_testing_add ("/exchange/parts/copy", test_copy);
  g_test_add_func ("/exchange/parts/has-cells", test_has_cells);

  return g_test_run ();
}
