/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-check.h"
#include "psl-db.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "store-testing.h"

/* A value for every field of a project that does not need another record. */
static const char *const project_values[] = {
  "title_fr", "Une œuvre à Chişinău",
  "title_en", "A work in Chişinău",
  "project_id", "PO.0160",
  "prima_id", "MD10P0513",
  "type", "PO",
  "status", "4",
  "start", "2020-05",
  "end", "2021-05-17",
  "year", "2019",
  "budget", "100000.50 USD",
  "coverage", "2",
  "region", "europe",
  "beneficiaries", "[{\"country\":\"MD\"},{\"country\":\"PL\",\"percentage\":\"40.5\"}]",
  "description_fr", "Premier paragraphe.\nSecond « paragraphe ».",
  "objectives_en", "To \"do\" it.",
  "phase", "2",
  "sdg", "[{\"sdg\":\"10\"}]",
  "results_en", "[{\"level\":\"1\",\"indicator\":\"Officials \\\"trained\\\"\",\"target\":\"400\"}]",
  "documents_en", "[{\"title\":\"Sheet\",\"url\":\"https://example.org/a\"}]",
  NULL,
};

static PslRecord *
make_record (const PslKind     *kind,
             const char *const *pairs)
{
  PslRecord *record = psl_record_new (kind, 0, NULL);

  for (guint i = 0; pairs[i] != NULL; i += 2)
    {
      const char *language;
      const PslField *field = store_testing_field (kind, pairs[i], &language);

      psl_record_set (record, field, language, pairs[i + 1]);
    }
  return record;
}

static gint64
insert_record (PslStore  *store,
               PslRecord *record)
{
  g_autoptr (GError) error = NULL;
  gint64 rid;

  psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
  g_assert_no_error (error);
  rid = psl_store_insert (store, record, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
  g_assert_no_error (error);
  return rid;
}

static void
assert_values (PslRecord         *record,
               const char *const *pairs)
{
  for (guint i = 0; pairs[i] != NULL; i += 2)
    g_assert_cmpstr (psl_record_get_by_name (record, pairs[i]), ==, pairs[i + 1]);
}

static void
test_insert (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (PslRecord) record = make_record (&psl_kind_project, project_values);
  g_autoptr (PslRecord) back = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid = insert_record (fixture->store, record);

  store_fixture_reopen (fixture);
  back = psl_store_read (fixture->store, rid, &error);
  g_assert_no_error (error);
  g_assert_true (psl_store_read_parts_values (fixture->store, back, &error));
  g_assert_no_error (error);
  assert_values (back, project_values);
  g_assert_null (psl_record_get_by_name (back, "description_en"));
  g_assert_null (psl_record_get_by_name (back, "office"));
  g_assert_true (psl_record_get_kind (back) == &psl_kind_project);
  g_assert_cmpint (psl_record_get_state (back), ==, PSL_RECORD_LIVE);
  g_assert_true (g_uuid_string_is_valid (psl_record_get_id (back)));
  g_assert_cmpint (psl_record_get_created (back), >, 0);
  g_assert_cmpint (psl_record_get_changed (back), ==, psl_record_get_created (back));
}

/* Setting each field by itself stores the same as inserting all at once. */
static void
test_set (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) back = NULL;
  gint64 rid;

  psl_store_begin (fixture->store, PSL_VERB_CREATE, NULL, &error);
  g_assert_no_error (error);
  rid = psl_store_create (fixture->store, &psl_kind_project, "0190163d-8694-739b-aea5-966c26f8ad91", &error);
  g_assert_no_error (error);
  for (guint i = 0; project_values[i] != NULL; i += 2)
    {
      const char *language;
      const PslField *field = store_testing_field (&psl_kind_project, project_values[i], &language);

      psl_store_set (fixture->store, rid, field, language, project_values[i + 1], &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (psl_store_commit (fixture->store, &error), >, 0);
  g_assert_no_error (error);

  back = psl_store_read (fixture->store, rid, &error);
  g_assert_no_error (error);
  g_assert_true (psl_store_read_parts_values (fixture->store, back, &error));
  g_assert_no_error (error);
  assert_values (back, project_values);
  g_assert_cmpstr (psl_record_get_id (back), ==, "0190163d-8694-739b-aea5-966c26f8ad91");

  for (guint i = 0; project_values[i] != NULL; i += 2)
    store_testing_edit (fixture->store, rid, project_values[i], NULL, 0);
  g_clear_object (&back);
  back = psl_store_read (fixture->store, rid, &error);
  for (guint i = 0; project_values[i] != NULL; i += 2)
    g_assert_null (psl_record_get_by_name (back, project_values[i]));
}

/* Of codes that lists don't offer, those of live records are found. */
static void
test_unoffered (StoreFixture  *fixture,
               gconstpointer  data)
{
  const PslField *status = psl_kind_find_field (&psl_kind_project, "status");
  const PslField *beneficiaries = psl_kind_find_field (&psl_kind_project, "beneficiaries");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) statuses = NULL;
  g_auto (GStrv) countries = NULL;
  g_auto (GStrv) types = NULL;
  g_auto (GStrv) functions = NULL;
  gint64 trashed;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", "status", "99",
                        "beneficiaries", "[{\"country\":\"PE\"},{\"country\":\"XQ\"}]", NULL);
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Two", "status", "2", NULL);
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Three", "status", "A07", NULL);
  trashed = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Four", "status", "98",
                                  "beneficiaries", "[{\"country\":\"XW\"}]", NULL);
  store_testing_set_state (fixture->store, trashed, PSL_RECORD_TRASHED);

  statuses = psl_store_find_unoffered (fixture->store, &psl_kind_project, status, &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (statuses, ((const char *const []) { "99", "A07", NULL }));
  countries = psl_store_find_unoffered (fixture->store, &psl_kind_project, beneficiaries, &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (countries, ((const char *const []) { "XQ", NULL }));

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Five", "type", "CT", NULL);
  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/CT", "status", "withdrawn", NULL);
  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/PO", "status", "withdrawn", NULL);
  types = psl_store_find_unoffered (fixture->store, &psl_kind_project, psl_kind_find_field (&psl_kind_project, "type"),
                                    &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (types, ((const char *const []) { "CT", NULL }));

  store_testing_insert (fixture->store, &psl_kind_office, "name_en", "Six",
                        "functions", "[{\"function\":\"A07\"},{\"function\":\"coordination\"}]", NULL);
  functions = psl_store_find_unoffered (fixture->store, &psl_kind_office,
                                        psl_kind_find_field (&psl_kind_office, "functions"), &error);
  g_assert_no_error (error);
  g_assert_cmpstrv (functions, ((const char *const []) { "A07", NULL }));
}

/* A code that is like a name of its list is refused where it is new, and kept where the
 * record has it from elsewhere: by itself, and in a list that others come to. */
static void
test_kept_code (StoreFixture  *fixture,
                gconstpointer  data)
{
  const PslField *type = psl_kind_find_field (&psl_kind_project, "type");
  const PslField *beneficiaries = psl_kind_find_field (&psl_kind_project, "beneficiaries");
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", "type", "CT",
                                     "beneficiaries", "[{\"country\":\"PE\"}]", NULL);

  g_assert_false (psl_store_edit (fixture->store, rid, beneficiaries, NULL, "[{\"country\":\"Germny\"}]", 0, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);

  psl_db_exec (psl_store_get_db (fixture->store),
               "UPDATE project_beneficiaries SET country = 'Germny'; UPDATE project SET type = 'CT9'", &error);
  g_assert_no_error (error);
  psl_store_edit (fixture->store, rid, beneficiaries, NULL, "[{\"country\":\"Germny\"},{\"country\":\"MD\"}]", 0, &error);
  g_assert_no_error (error);
  store_testing_assert_value (fixture->store, rid, "beneficiaries", "[{\"country\":\"Germny\"},{\"country\":\"MD\"}]");
  psl_store_edit (fixture->store, rid, type, NULL, "CT9", 0, &error);
  g_assert_no_error (error);

  g_assert_false (psl_store_edit (fixture->store, rid, beneficiaries, NULL,
                                  "[{\"country\":\"Germny\"},{\"country\":\"Irland\"}]", 0, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
}

static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const char *const wrong[][2] = {
    { "status", "Activ" }, { "start", "2020-13" }, { "budget", "lots" }, { "budget", "-1 USD" },
    { "year", "12" }, { "phase", "0" }, { "phase", "-1" }, { "office", "nowhere" },
    { "office", "0190163d-8694-739b-aea5-966c26f8ad91" },
    { "beneficiaries", "[{\"country\":\"Moldovva\"}]" },
    { "beneficiaries", "[{\"country\":\"MD\",\"percentage\":\"101\"}]" },
  };
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Kept",
                                     "beneficiaries", "[{\"country\":\"PL\"}]", "phase", "1", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const PslField *field = psl_kind_find_field (&psl_kind_project, wrong[i][0]);
      g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s = %s", wrong[i][0], wrong[i][1]);
      psl_record_set (record, field, NULL, wrong[i][1]);
      psl_store_begin (fixture->store, PSL_VERB_IMPORT, "file.csv", &error);
      g_assert_no_error (error);

      g_assert_false (psl_store_set (fixture->store, rid, field, NULL, wrong[i][1], &error));
      g_assert_nonnull (strstr (error->message, psl_field_get_label (field)));
      store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
      g_assert_cmpint (psl_store_insert (fixture->store, record, &error), ==, 0);
      g_assert_nonnull (strstr (error->message, psl_field_get_label (field)));
      store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);

      /* The action goes on, and stores nothing of what was refused. */
      g_assert_cmpint (psl_store_commit (fixture->store, &error), ==, 0);
      g_assert_no_error (error);
    }
  store_testing_assert_value (fixture->store, rid, "beneficiaries", "[{\"country\":\"PL\"}]");
  store_testing_assert_value (fixture->store, rid, "phase", "1");
  store_testing_assert_value (fixture->store, rid, "status", NULL);
}

static void
test_same_id (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  const char *id = "0190163d-8694-739b-aea5-966c26f8ad91";

  psl_store_begin (fixture->store, PSL_VERB_IMPORT, "file.csv", &error);
  g_assert_cmpint (psl_store_create (fixture->store, &psl_kind_project, id, &error), >, 0);
  g_assert_cmpint (psl_store_create (fixture->store, &psl_kind_office, id, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  g_assert_cmpint (psl_store_create (fixture->store, &psl_kind_office, "one", &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  g_assert_cmpint (psl_store_commit (fixture->store, &error), >, 0);
  g_assert_no_error (error);
}

static void
test_links (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) office = NULL;
  g_autoptr (PslRecord) project = NULL;
  const PslField *field = psl_kind_find_field (&psl_kind_project, "office");
  gint64 office_rid = store_testing_insert (fixture->store, &psl_kind_office, "name_en", "Bangkok", NULL);
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", NULL);

  office = psl_store_read (fixture->store, office_rid, &error);
  store_testing_edit (fixture->store, rid, "office", psl_record_get_id (office), 0);
  project = psl_store_read (fixture->store, rid, &error);
  g_assert_cmpstr (psl_record_get (project, field, NULL), ==, psl_record_get_id (office));
  g_assert_cmpstr (psl_record_get_link_title (project, field), ==, "Bangkok");

  /* A project is no office. */
  g_assert_false (psl_store_edit (fixture->store, rid, field, NULL, psl_record_get_id (project), 0, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);

  /* In the trash it is still led to; removed for good it is not. */
  store_testing_set_state (fixture->store, office_rid, PSL_RECORD_TRASHED);
  store_testing_assert_value (fixture->store, rid, "office", psl_record_get_id (office));
  store_testing_set_state (fixture->store, office_rid, PSL_RECORD_GONE);
  store_testing_assert_value (fixture->store, rid, "office", NULL);
  g_assert_cmpint (psl_store_undo (fixture->store, 0, NULL, &error), >, 0);
  g_assert_no_error (error);
  store_testing_assert_value (fixture->store, rid, "office", psl_record_get_id (office));
}

static void
test_read_listed (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = NULL;
  gint64 project = store_testing_insert (fixture->store, &psl_kind_project, "title_fr", "Projet", "project_id", "PO.0001",
                                         "budget", "5000 JPY", "description_en", "Long", NULL);
  gint64 office = store_testing_insert (fixture->store, &psl_kind_office, "name_en", "Office", "city", "Rome", NULL);
  gint64 rids[] = { office, 12345, project };

  records = psl_store_read_listed (fixture->store, rids, G_N_ELEMENTS (rids), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpint (psl_record_get_rid (records->pdata[0]), ==, office);
  g_assert_cmpstr (psl_record_get_by_name (records->pdata[0], "name_en"), ==, "Office");
  g_assert_cmpstr (psl_record_get_by_name (records->pdata[0], "city"), ==, "Rome");
  g_assert_cmpstr (psl_record_get_by_name (records->pdata[1], "title_fr"), ==, "Projet");
  g_assert_cmpstr (psl_record_get_by_name (records->pdata[1], "budget"), ==, "5000 JPY");
  g_assert_null (psl_record_get_by_name (records->pdata[1], "description_en"));
}

static void
test_find (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autofree char *upper = NULL;
  gint64 first = store_testing_insert (fixture->store, &psl_kind_project, "project_id", "PO.0160", NULL);
  gint64 mixed = store_testing_insert (fixture->store, &psl_kind_project, "project_id", "Po.xY-1", NULL);
  gint64 other;

  g_assert_cmpint (psl_store_find (fixture->store, "PO.0160", &error), ==, first);
  g_assert_cmpint (psl_store_find (fixture->store, " po.0160 ", &error), ==, first);
  g_assert_cmpint (psl_store_find (fixture->store, "PO.XY-1", &error), ==, mixed);
  record = psl_store_read (fixture->store, first, &error);
  g_assert_cmpint (psl_store_find (fixture->store, psl_record_get_id (record), &error), ==, first);
  upper = g_ascii_strup (psl_record_get_id (record), -1);
  g_assert_cmpint (psl_store_find (fixture->store, upper, &error), ==, first);
  upper[30] = '\0';
  g_assert_cmpint (psl_store_find (fixture->store, upper, &error), ==, first);
  g_assert_no_error (error);

  g_assert_cmpint (psl_store_find (fixture->store, "PO.9999", &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
  g_assert_cmpint (psl_store_find (fixture->store, "", &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
  upper[8] = '\0';
  g_assert_cmpint (psl_store_find (fixture->store, upper, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_AMBIGUOUS);

  other = store_testing_insert (fixture->store, &psl_kind_project, "project_id", "PO.0160", NULL);
  g_assert_cmpint (psl_store_find (fixture->store, "PO.0160", &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_AMBIGUOUS);
  store_testing_set_state (fixture->store, first, PSL_RECORD_TRASHED);
  g_assert_cmpint (psl_store_find (fixture->store, "PO.0160", &error), ==, other);
  store_testing_set_state (fixture->store, other, PSL_RECORD_GONE);
  g_assert_cmpint (psl_store_find (fixture->store, "PO.0160", &error), ==, first);
  store_testing_set_state (fixture->store, first, PSL_RECORD_GONE);
  g_assert_cmpint (psl_store_find (fixture->store, "PO.0160", &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
}

static void
test_read_only (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (PslStore) reader = store_testing_open (fixture->path, PSL_STORE_READ_ONLY);
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Seen", NULL);

  store_testing_assert_value (reader, rid, "title_en", "Seen");
  g_assert_false (psl_store_begin (reader, PSL_VERB_EDIT, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_READ_ONLY);
}

static void
test_rollback (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 rid;

  psl_store_begin (fixture->store, PSL_VERB_CREATE, NULL, &error);
  rid = psl_store_create (fixture->store, &psl_kind_project, NULL, &error);
  psl_store_rollback (fixture->store);
  g_assert_null (psl_store_read (fixture->store, rid, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
  g_assert_cmpint (psl_store_last_action (fixture->store), ==, 0);
}

/* An action that was interrupted stores nothing, and nothing slips in after. */
static void
test_interrupted (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autoptr (GError) error = NULL;

  psl_store_begin (fixture->store, PSL_VERB_CREATE, NULL, &error);
  g_assert_cmpint (psl_store_create (fixture->store, &psl_kind_project, NULL, &error), >, 0);
  g_assert_no_error (error);
  psl_store_close (g_steal_pointer (&fixture->store));
  g_assert_cmpint (psl_store_last_action (other), ==, 0);
}

static guint
count_found (PslStore   *store,
             const char *words)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = NULL;

  psl_query_set_search (query, words);
  rids = psl_store_query (store, query, 0, &error);
  g_assert_no_error (error);
  return rids->len;
}

static void
assert_sound (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = psl_check_integrity (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* An edit is stored with its search text, its sort keys and the time of the change:
 * others find the record by its new title at once. */
static void
test_edit (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_READ_ONLY);
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Amber", NULL);
  gint64 action = psl_store_last_action (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) changed = NULL;

  store_testing_edit (fixture->store, rid, "title_en", "Basalt", 0);
  store_testing_edit (fixture->store, rid, "title_en", "Cobalt", 0);
  store_testing_assert_value (other, rid, "title_en", "Cobalt");
  changed = psl_store_changed_since (other, action, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changed->len, ==, 1);
  g_assert_cmpint (g_array_index (changed, gint64, 0), ==, rid);
  g_assert_cmpuint (count_found (other, "amber"), ==, 0);
  g_assert_cmpuint (count_found (other, "basalt"), ==, 0);
  g_assert_cmpuint (count_found (other, "cobalt"), ==, 1);
  assert_sound (other);

  g_assert_cmpint (psl_store_undo (fixture->store, 0, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (count_found (other, "basalt"), ==, 1);
}

/* An edit that returns to the value before the session leaves no action; its number
 * is not given again. */
static void
test_returned (StoreFixture  *fixture,
               gconstpointer  data)
{
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Basalt", NULL);
  gint64 made = psl_store_last_action (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) last = NULL;

  store_testing_edit (fixture->store, rid, "title_en", "Fluorite", 8);
  store_testing_edit (fixture->store, rid, "title_en", "Basalt", 8);
  assert_sound (fixture->store);
  g_assert_cmpuint (count_found (fixture->store, "basalt"), ==, 1);
  g_assert_cmpuint (count_found (fixture->store, "fluorite"), ==, 0);

  g_assert_cmpint (psl_store_last_action (fixture->store), ==, made + 2);
  store_testing_edit (fixture->store, rid, "title_en", "Granite", 0);
  g_assert_cmpint (psl_store_last_action (fixture->store), ==, made + 3);
  last = psl_store_get_action (fixture->store, made + 3, &error);
  g_assert_no_error (error);
  g_assert_nonnull (last);
}

/* Lists of parts that differ by language: each row is a part, and none goes. */
static void
test_part_lists (StoreFixture  *fixture,
                 gconstpointer  data)
{
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project,
                                     "results_en", "[{\"indicator\":\"Trained\",\"target\":\"400\"},{\"indicator\":\"Built\"}]",
                                     "results_fr", "[{\"indicator\":\"Formés\",\"target\":\"500\"},{\"indicator\":\"Bâtis\"},{\"indicator\":\"Politiques\"}]",
                                     "documents_en", "[{\"title\":\"Guide\",\"url\":\"https://example.org/en\"}]",
                                     "documents_fr", "[{\"title\":\"Guide\",\"url\":\"https://example.org/fr\"}]", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (fixture->store, rid, &error);

  g_assert_no_error (error);
  g_assert_true (psl_store_read_parts_values (fixture->store, record, &error));
  for (gsize i = 0; i < 5; i++)
    {
      static const char *const words[] = { "Trained", "Built", "Formés", "Bâtis", "Politiques" };
      const char *results = psl_record_get_by_name (record, i < 2 ? "results_en" : "results_fr");

      g_assert_nonnull (strstr (results, words[i]));
    }
  g_assert_nonnull (strstr (psl_record_get_by_name (record, "documents_en"), "https://example.org/en"));
  g_assert_nonnull (strstr (psl_record_get_by_name (record, "documents_fr"), "https://example.org/fr"));
  g_assert_cmpint (store_testing_number (fixture->store, "SELECT count(*) FROM record WHERE state = 1"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/store/insert", test_insert);
  store_testing_add ("/store/set", test_set);
  store_testing_add ("/store/unoffered", test_unoffered);
  store_testing_add ("/store/part-lists", test_part_lists);
  store_testing_add ("/store/kept-code", test_kept_code);
  store_testing_add ("/store/refused", test_refused);
  store_testing_add ("/store/same-id", test_same_id);
  store_testing_add ("/store/links", test_links);
  store_testing_add ("/store/read-listed", test_read_listed);
  store_testing_add ("/store/find", test_find);
  store_testing_add ("/store/read-only", test_read_only);
  store_testing_add ("/store/rollback", test_rollback);
  store_testing_add ("/store/closed-half-way", test_interrupted);
  store_testing_add ("/store/edit", test_edit);
  store_testing_add ("/store/returned", test_returned);

  return g_test_run ();
}
