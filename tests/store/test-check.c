/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-check.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "store-testing.h"

static GPtrArray *
check_integrity (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *findings = psl_check_integrity (fixture->store, NULL, &error);

  g_assert_no_error (error);
  return findings;
}

static void
progress_cb (gint64   done,
             gint64   total,
             gpointer user_data)
{
  gint64 *last = user_data;

  g_assert_cmpint (done, <=, total);
  g_assert_cmpint (done, >, *last);
  *last = done;
}

static void
run_sql (StoreFixture *fixture,
         const char   *sql)
{
  g_autoptr (GError) error = NULL;

  psl_db_exec (psl_store_get_db (fixture->store), sql, &error);
  g_assert_no_error (error);
}

static void
fill (StoreFixture *fixture)
{
  store_testing_insert (fixture->store, &psl_kind_office, "name_en", "Office", "city", "Panama", NULL);
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "First", "title_fr", "Élan d’œuvre",
                        "project_id", "PO.0160", "status", "4", NULL);
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Second", "project_id", "PO.0160",
                        "start", "2022", "end", "2020", NULL);
  store_testing_insert (fixture->store, &psl_kind_project, NULL);
}

static void
lead_to (StoreFixture *fixture,
         gint64        rid,
         gint64        target,
         const char   *field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (fixture->store, target, &error);

  g_assert_no_error (error);
  store_testing_edit (fixture->store, rid, field, psl_record_get_id (record), 0);
}

/* Makes the records lead to the next of them, and the last one to the first. */
static void
lead_in_circle (StoreFixture *fixture,
                const gint64 *rids,
                guint         n_rids,
                const char   *field)
{
  for (guint i = 0; i < n_rids; i++)
    lead_to (fixture, rids[i], rids[(i + 1) % n_rids], field);
}

/* Asserts that the rules say @expected of @rid and @field, or nothing. */
static void
assert_said (StoreFixture *fixture,
             gint64        rid,
             const char   *field,
             const char   *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = psl_check_rules (fixture->store, NULL, NULL, NULL, NULL, &error);
  const char *found = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const PslFinding *finding = g_ptr_array_index (findings, i);

      if (finding->rid == rid && finding->field != NULL && strcmp (finding->field->name, field) == 0)
        found = finding->message;
    }
  g_assert_cmpstr (found, ==, expected);
}

/* Links that should put records into an order, and lead in a circle. */
static void
test_circles (StoreFixture  *fixture,
              gconstpointer  data)
{
  gint64 offices[30];
  gint64 phases[2];
  gint64 below;

  for (guint i = 0; i < G_N_ELEMENTS (offices); i++)
    {
      g_autofree char *name = g_strdup_printf ("Office %u", i);

      offices[i] = store_testing_insert (fixture->store, &psl_kind_office, "name_en", name, NULL);
    }
  below = store_testing_insert (fixture->store, &psl_kind_office, "name_en", "Below", NULL);
  phases[0] = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  phases[1] = store_testing_insert (fixture->store, &psl_kind_project, NULL);

  lead_in_circle (fixture, offices, 3, "reports_to");
  lead_in_circle (fixture, (gint64[]) { below, offices[0] }, 2, "successor");
  lead_in_circle (fixture, phases, 2, "predecessor");
  assert_said (fixture, offices[0], "reports_to",
                 "“Reports to” leads in a circle: Office 0 → Office 1 → Office 2 → Office 0. Change one of them.");
  assert_said (fixture, offices[2], "reports_to",
                 "“Reports to” leads in a circle: Office 2 → Office 0 → Office 1 → Office 2. Change one of them.");
  assert_said (fixture, below, "successor", "“Successor” leads in a circle: Below → Office 0 → Below. Change one of them.");
  assert_said (fixture, phases[1], "predecessor",
                 "“Previous phase” leads in a circle: Untitled project → One → Untitled project. Change one of them.");

  /* Whoever leads into a circle is not in it. */
  lead_to (fixture, below, offices[0], "reports_to");
  assert_said (fixture, below, "reports_to", NULL);

  /* One in the trash breaks it, as does a change of one of them. */
  store_testing_set_state (fixture->store, offices[1], PSL_RECORD_TRASHED);
  assert_said (fixture, offices[0], "reports_to", "“Office 1” is in the trash. Restore it, or choose another record.");
  store_testing_undo (fixture->store, 0);
  store_testing_edit (fixture->store, offices[1], "reports_to", NULL, 0);
  assert_said (fixture, offices[0], "reports_to", NULL);

  /* A long one is named by its beginning. */
  lead_in_circle (fixture, offices, G_N_ELEMENTS (offices), "reports_to");
  assert_said (fixture, offices[29], "reports_to",
                 "“Reports to” leads in a circle: Office 29 → Office 0 → Office 1 → Office 2 → Office 3 → Office 4 → "
                 "Office 5 → Office 6 → Office 7 → Office 8 → … → Office 29. Change one of them.");
}

/* Two records have what should identify one: each names the other. */
static void
test_twins (StoreFixture  *fixture,
            gconstpointer  data)
{
  fill (fixture);
  assert_said (fixture, 2, "project_id", "Another record has “PO.0160”, too: “Second”.");
  assert_said (fixture, 3, "project_id", "Another record has “PO.0160”, too: “First”.");

  /* One in the trash is out of the way, as is one that is changed. */
  store_testing_set_state (fixture->store, 3, PSL_RECORD_TRASHED);
  assert_said (fixture, 2, "project_id", NULL);
  store_testing_undo (fixture->store, 0);
  assert_said (fixture, 2, "project_id", "Another record has “PO.0160”, too: “Second”.");
  store_testing_edit (fixture->store, 2, "project_id", "PO.0161", 0);
  assert_said (fixture, 2, "project_id", NULL);
  assert_said (fixture, 3, "project_id", NULL);
}

static void
test_sound (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) findings = NULL;

  fill (fixture);
  store_testing_edit (fixture->store, 2, "title_fr", "Un autre élan", 0);
  store_testing_set_state (fixture->store, 3, PSL_RECORD_TRASHED);
  findings = check_integrity (fixture);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", ((PslFinding *) findings->pdata[i])->message);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* Faults that no version of the program writes. */
static void
test_damage (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) sort = NULL;
  g_autoptr (GPtrArray) search = NULL;
  g_autoptr (GPtrArray) link = NULL;
  g_autoptr (GPtrArray) head = NULL;
  const PslFinding *finding;

  fill (fixture);
  run_sql (fixture, "UPDATE sort_key SET key = x'7a7a7a' WHERE rid = 2 AND language = 'fr'");
  sort = check_integrity (fixture);
  g_assert_cmpuint (sort->len, ==, 1);
  finding = g_ptr_array_index (sort, 0);
  g_assert_cmpint (finding->rid, ==, 2);
  g_assert_cmpint (finding->level, ==, PSL_FINDING_DERIVED);
  g_assert_cmpstr (finding->title, ==, "First");
  g_assert_true (finding->kind == &psl_kind_project);
  store_testing_edit (fixture->store, 2, "title_fr", "Autre", 0);

  run_sql (fixture, "DELETE FROM search WHERE rowid = 1");
  search = check_integrity (fixture);
  g_assert_cmpuint (search->len, ==, 1);
  g_assert_cmpint (((PslFinding *) search->pdata[0])->rid, ==, 1);
  store_testing_edit (fixture->store, 1, "city", "Lima", 0);

  run_sql (fixture, "PRAGMA foreign_keys = OFF; UPDATE project SET office = 99 WHERE rid = 2;");
  link = check_integrity (fixture);
  g_assert_cmpuint (link->len, ==, 1);
  g_assert_nonnull (strstr (((PslFinding *) link->pdata[0])->message, "project"));

  run_sql (fixture, "PRAGMA foreign_keys = OFF; DELETE FROM project WHERE rid = 2");
  head = check_integrity (fixture);
  g_assert_cmpuint (head->len, ==, 1);
}

/* Each word counts, however the letters of several change places, and however long the text; a word
 * that the index keeps in another form, or as several, is no fault. */
static void
test_search (StoreFixture  *fixture,
             gconstpointer  data)
{
  static const char *const texts[][2] = {
    { "Border ports", "bordar ports" },
    { "Border ports", "bordep rorts" },
    { "a b c d e f g h i j k l m n o p q r s t u v w x y z and words", "a b c d e f g h i j k l m n o p q r s t u v w x y z words" },
    { "Border ports", "" },
    { "Border ports", "border ports bridge" },
  };
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_office, "city", "Lima", NULL);
  g_autofree char *mark = psl_store_dup_kind_mark (&psl_kind_office);

  store_testing_insert (fixture->store, &psl_kind_office, "city",
                        "L’eau, l’œuvre de Straße İzmir ᲐᲑ ⴀⴁ 東京 😀 ೭ ꟊ 𞤀 ᦟᦲᧉ ᦅᦱᧃ ᦱ a a A", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT OR REPLACE INTO search (rowid, text) VALUES (%" G_GINT64_FORMAT ", '%s %s')",
                                              rid, mark, texts[i][1]);
      g_autoptr (GPtrArray) before = NULL;
      g_autoptr (GPtrArray) findings = NULL;

      store_testing_edit (fixture->store, rid, "city", texts[i][0], 0);
      before = check_integrity (fixture);
      g_assert_cmpuint (before->len, ==, 0);
      run_sql (fixture, sql);
      findings = check_integrity (fixture);
      g_assert_cmpuint (findings->len, ==, 1);
      g_assert_cmpint (((PslFinding *) findings->pdata[0])->rid, ==, rid);
      store_testing_edit (fixture->store, rid, "city", "Lima", 0);
    }
}

/* A text in no language that there can be is named, with what stands for its language. */
static void
test_languages (StoreFixture  *fixture,
                gconstpointer  data)
{
  static const char *const tags[] = { "fr_FR", "français", "a-tag-that-is-longer-than-any-subtag", "e" };
  g_autoptr (GPtrArray) sound = NULL;

  fill (fixture);
  run_sql (fixture, "INSERT INTO text (rid, field, language, text) VALUES (2, 'description', 'pt-BR', 'First'),"
                    " (2, 'description', 'x-private', 'First'), (2, 'description', 'zh-Hant', 'First')");
  sound = check_integrity (fixture);
  g_assert_cmpuint (sound->len, ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("UPDATE text SET language = '%s' WHERE rid = 2 AND text = 'First' AND field = 'description'"
                         " AND language NOT IN ('x-private', 'zh-Hant')", tags[i]);
      g_autofree char *expected = g_strdup_printf ("“%s” is not the tag of a language, such as fr, es or pt-BR.", tags[i]);
      g_autoptr (GPtrArray) findings = NULL;
      const PslFinding *finding;

      run_sql (fixture, sql);
      findings = check_integrity (fixture);
      g_assert_cmpuint (findings->len, ==, 1);
      finding = g_ptr_array_index (findings, 0);
      g_assert_cmpint (finding->rid, ==, 2);
      g_assert_cmpstr (finding->field->name, ==, "description");
      g_assert_cmpstr (finding->message, ==, expected);
      g_assert_cmpint (finding->level, ==, PSL_FINDING_DAMAGE);
    }
}

static void
test_rules (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 last = 0;
  guint n_ids = 0;
  gboolean has_dates = FALSE;

  fill (fixture);
  findings = psl_check_rules (fixture->store, NULL, progress_cb, &last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (last, ==, 4);
  for (guint i = 0; i < findings->len; i++)
    {
      const PslFinding *finding = g_ptr_array_index (findings, i);

      g_assert_cmpint (finding->level, ==, PSL_FINDING_TO_LOOK_AT);
      g_assert_cmpstr (finding->message, !=, "");
      n_ids += finding->field != NULL && strcmp (finding->field->name, "project_id") == 0;
      has_dates = has_dates || (finding->rid == 3 && finding->field != NULL && strcmp (finding->field->name, "end") == 0);
    }
  g_assert_cmpuint (n_ids, ==, 2);
  g_assert_true (has_dates);

  g_cancellable_cancel (cancellable);
  g_assert_null (psl_check_rules (fixture->store, NULL, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
edit_cb (gint64   done,
         gint64   total,
         gpointer user_data)
{
  PslStore *other = user_data;

  if (done == 1)
    store_testing_edit (other, 3, "end", "2024", 0);
}

/* Another program writes while the rules are checked. */
static void
test_together (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  guint n_dates = 0;

  fill (fixture);
  findings = psl_check_rules (fixture->store, NULL, edit_cb, other, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const PslFinding *finding = g_ptr_array_index (findings, i);

      n_dates += finding->rid == 3 && finding->field != NULL && strcmp (finding->field->name, "end") == 0;
    }
  g_assert_cmpuint (n_dates, ==, 1);
  store_testing_assert_value (fixture->store, 3, "end", "2024");
}

/* What lies in the trash with its owner is nothing to look at. */
static void
test_trashed_owner (StoreFixture  *fixture,
                    gconstpointer  data)
{
  gint64 project = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  g_autofree char *id = store_testing_dup_id (fixture->store, project);
  gint64 result = store_testing_insert (fixture->store, psl_kind_find ("result"), "project", id,
                                        "indicator_en", "Trained", "level", "ZZ9", NULL);

  assert_said (fixture, result, "level", "Not in the list: ZZ9. Choose an entry of the list, or leave it as it is.");
  store_testing_set_state (fixture->store, project, PSL_RECORD_TRASHED);
  assert_said (fixture, result, "level", NULL);
}

/* A link into the trash is named: lists and exports leave its target out. */
static void
test_trashed_target (StoreFixture  *fixture,
                     gconstpointer  data)
{
  gint64 office = store_testing_insert (fixture->store, &psl_kind_office, "name_en", "Rome", NULL);
  g_autofree char *id = store_testing_dup_id (fixture->store, office);
  gint64 project = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", "office", id, NULL);

  assert_said (fixture, project, "office", NULL);
  store_testing_set_state (fixture->store, office, PSL_RECORD_TRASHED);
  assert_said (fixture, project, "office", "“Rome” is in the trash. Restore it, or choose another record.");
}

static gint64
get_next_year (void)
{
  return g_get_real_time () + 366 * G_TIME_SPAN_DAY;
}

static guint
count_findings (StoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = psl_check_rules (fixture->store, NULL, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return findings->len;
}

/* A change that was made while this computer's clock was a year ahead is named. */
static void
test_clock_ahead (StoreFixture  *fixture,
                  gconstpointer  data)
{
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Water", NULL);
  guint n = count_findings (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  const PslFinding *finding;

  psl_store_set_clock (fixture->store, get_next_year);
  store_testing_edit (fixture->store, rid, "title_en", "Water supply", 0);
  g_assert_cmpuint (count_findings (fixture), ==, n);
  psl_store_set_clock (fixture->store, g_get_real_time);
  findings = psl_check_rules (fixture->store, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, n + 1);
  finding = g_ptr_array_index (findings, 0);
  g_assert_cmpint (finding->rid, ==, 0);
  g_assert_cmpint (finding->level, ==, PSL_FINDING_TO_LOOK_AT);
  g_assert_true (g_str_has_prefix (finding->message, "The history ends at a time that has not come yet: "));
}

/* Years of another calendar and mistyped ones are kept, and named. */
static void
test_years (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const PslKind *kind;
    const char *field;
    const char *value;
    const char *year;       /* NULL where nothing is the matter */
  } cases[] = {
    { &psl_kind_project, "start", "2563-01-31", "2563" },
    { &psl_kind_project, "start", "1441-05", "1441" },
    { &psl_kind_project, "end", "1899-12-31", "1899" },
    { &psl_kind_project, "end", "2101", "2101" },
    { &psl_kind_project, "year", "2202", "2202" },
    { &psl_kind_office, "valid_from", "2563-01-31", "2563" },
    { &psl_kind_project, "start", "1900", NULL },
    { &psl_kind_project, "end", "2100-12-31", NULL },
    { &psl_kind_office, "valid_from", "1951-12-05", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PslRecord) record = psl_record_new (cases[i].kind, 0, NULL);
      const PslField *field = psl_kind_find_field (cases[i].kind, cases[i].field);
      g_autoptr (GPtrArray) problems = NULL;
      const char *message = NULL;

      g_assert_true (psl_field_is_valid (field, psl_codelists_get_default (), cases[i].value));
      psl_record_set (record, field, NULL, cases[i].value);
      problems = psl_kind_check (cases[i].kind, record, psl_codelists_get_default (), NULL);
      for (guint j = 0; j < problems->len; j++)
        {
          const PslProblem *problem = g_ptr_array_index (problems, j);

          if (problem->field == field && problem->level == PSL_PROBLEM_WARNING)
            message = problem->message;
        }
      g_assert_cmpint (message != NULL, ==, cases[i].year != NULL);
      if (message != NULL)
        g_assert_nonnull (strstr (message, cases[i].year));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_testing_add ("/check/circles", test_circles);
  store_testing_add ("/check/twins", test_twins);
  store_testing_add ("/check/years", test_years);
  store_testing_add ("/check/clock-ahead", test_clock_ahead);
  store_testing_add ("/check/search", test_search);
  store_testing_add ("/check/trashed-owner", test_trashed_owner);
  store_testing_add ("/check/trashed-target", test_trashed_target);
  store_testing_add ("/check/sound", test_sound);
  store_testing_add ("/check/damage", test_damage);
  store_testing_add ("/check/languages", test_languages);
  store_testing_add ("/check/rules", test_rules);
  store_testing_add ("/check/together", test_together);

  return g_test_run ();
}
