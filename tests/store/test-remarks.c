/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Remarks: parts that records of any kind can have. */

#include "config.h"

#include "psl-check.h"
#include "psl-kinds.h"
#include "psl-remark.h"
#include "psl-store-private.h"
#include "psl-travel.h"
#include "store-testing.h"

static gint64
make_remark (PslStore   *store,
             gint64      owner,
             const char *about,
             const char *text)
{
  g_autofree char *id = store_testing_dup_id (store, owner);

  return store_testing_insert (store, &psl_kind_remark, "record", id, "text_en", text, "about", about, NULL);
}

/* Lists show how many remarks there are on a record, and its page does. */
static void
assert_n_remarks (PslStore *store,
                  gint64    rid,
                  guint     n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) listed = psl_store_read_listed (store, &rid, 1, &error);
  g_autoptr (PslRecord) whole = psl_store_read (store, rid, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (psl_record_get_n_remarks (listed->pdata[0]), ==, n);
  g_assert_cmpuint (psl_record_get_n_remarks (whole), ==, n);
}

/* The titles of the records of a kind that a search and a filter leave, in one string. */
static char *
find (PslStore      *store,
      const PslKind *kind,
      const char    *search,
      PslFilter     *filter)
{
  g_autoptr (PslQuery) query = psl_query_new (kind);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = NULL;
  GString *titles = g_string_new (NULL);

  psl_query_set_search (query, search);
  if (filter != NULL)
    psl_query_add_filter (query, filter);
  rids = psl_store_query (store, query, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (PslRecord) record = psl_store_read (store, g_array_index (rids, gint64, i), &error);
      g_autofree char *title = psl_record_dup_title (record, psl_codelists_get_default (), "en");

      g_string_append_printf (titles, "%s;", title);
    }
  return g_string_free_and_steal (titles);
}

#define assert_found(store, kind, search, filter, expected) \
  G_STMT_START { \
    g_autofree char *found = find (store, kind, search, filter); \
    g_assert_cmpstr (found, ==, expected); \
  } G_STMT_END

static void
assert_sound (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) damage = psl_check_integrity (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (damage->len, ==, 0);
}

/* A record of the kind, and of its owner where it is a part. */
static gint64
make_record (PslStore      *store,
             const PslKind *kind)
{
  const PslField *field = psl_kind_get_owner_field (kind);
  g_autofree char *owner = NULL;

  if (field == NULL)
    return store_testing_insert (store, kind, NULL);
  owner = store_testing_dup_id (store, make_record (store, field->target));
  return store_testing_insert (store, kind, field->name, owner, NULL);
}

/* Every kind can have them but themselves. */
static void
test_any_kind (StoreFixture  *fixture,
               gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) nested = NULL;
  g_autofree char *id = NULL;
  gint64 rid = 0;

  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      g_autofree char *found = NULL;

      if (psl_kinds[i] == &psl_kind_remark)
        continue;
      rid = make_remark (store, make_record (store, psl_kinds[i]), NULL, psl_kinds[i]->name);
      found = find (store, psl_kinds[i], psl_kinds[i]->name, NULL);
      g_assert_cmpstr (found, !=, "");
    }

  id = store_testing_dup_id (store, rid);
  nested = psl_record_new (&psl_kind_remark, 0, NULL);
  psl_record_set (nested, psl_kind_get_owner_field (&psl_kind_remark), NULL, id);
  psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_insert (store, nested, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  psl_store_rollback (store);
  assert_sound (store);
}

/* Who made one, and when, unless both are given, as an import of remarks does. */
static void
test_author (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  gint64 office = store_testing_insert (store, &psl_kind_office, "name_en", "Dakar", NULL);
  g_autofree char *id = store_testing_dup_id (store, office);
  gint64 nobody = make_remark (store, office, NULL, "Anonymous");
  gint64 own, given;

  store_testing_assert_value (store, nobody, "author", NULL);
  psl_store_set_author (store, "Ana");
  own = make_remark (store, office, NULL, "Own");
  given = store_testing_insert (store, &psl_kind_remark, "record", id, "author", "Bo", "date", "2020-05", NULL);
  store_testing_assert_value (store, own, "author", "Ana");
  store_testing_assert_value (store, own, "date", today);
  store_testing_assert_value (store, given, "author", "Bo");
  store_testing_assert_value (store, given, "date", "2020-05");

  psl_store_set_author (store, "Cy");
  store_testing_edit (store, own, "text_en", "Edited", 0);
  store_testing_assert_value (store, own, "author", "Ana");
}

/* Its record is found by it, at any depth, while it is there. */
static void
test_search (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Nurses", NULL);
  g_autofree char *id = store_testing_dup_id (store, project);
  gint64 result = store_testing_insert (store, &psl_kind_result, "project", id, NULL);
  gint64 remark, inner;
  const char *about[] = { "budget", NULL };

  store_testing_insert (store, &psl_kind_project, "title_en", "Sailors", NULL);
  remark = make_remark (store, project, "budget", "Ask the treasurer");
  inner = make_remark (store, result, NULL, "Counted twice");

  assert_found (store, &psl_kind_project, "nurses treasurer", NULL, "Nurses;");
  assert_found (store, &psl_kind_project, "twice", NULL, "Nurses;");
  assert_found (store, &psl_kind_project, NULL, psl_filter_new ("remarks", PSL_FILTER_NOT_EMPTY, NULL), "Nurses;");
  assert_found (store, &psl_kind_project, NULL, psl_filter_new ("remarks", PSL_FILTER_EMPTY, NULL), "Sailors;");
  assert_found (store, &psl_kind_project, NULL, psl_filter_new ("remarks.about", PSL_FILTER_EQUALS, about), "Nurses;");

  assert_n_remarks (store, project, 1);
  assert_n_remarks (store, result, 1);

  store_testing_set_state (store, remark, PSL_RECORD_TRASHED);
  assert_n_remarks (store, project, 0);
  assert_found (store, &psl_kind_project, "treasurer", NULL, "");
  assert_found (store, &psl_kind_project, NULL, psl_filter_new ("remarks", PSL_FILTER_NOT_EMPTY, NULL), "");
  store_testing_undo (store, 0);
  assert_found (store, &psl_kind_project, "treasurer", NULL, "Nurses;");

  store_testing_set_state (store, project, PSL_RECORD_TRASHED);
  assert_found (store, &psl_kind_remark, NULL, NULL, "");
  store_testing_set_state (store, project, PSL_RECORD_LIVE);
  store_testing_edit (store, inner, "text_fr", "Compté deux fois", 0);
  assert_found (store, &psl_kind_project, "compte", NULL, "Nurses;");
  assert_sound (store);
}

/* The owner's history tells of its remarks, and an owner of another kind is damage only
 * where it is a remark. */
static void
test_history (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) damage = NULL;
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Nurses", NULL);
  gint64 remark = make_remark (store, project, "budget", "Ask");
  g_autofree char *sql = NULL;

  store_testing_edit (store, remark, "text_en", "Ask again", 0);
  history = psl_store_history (store, project, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 3);
  g_assert_cmpstr (((PslChange *) history->pdata[0])->part, ==, "Remark “Ask again”");
  g_assert_cmpstr (((PslChange *) history->pdata[0])->new_value, ==, "Ask again");
  /* Its name may hold quotation marks, as what an import writes does. */
  g_ptr_array_unref (history);
  store_testing_edit (store, remark, "text_en", "“2024” in f.csv", 0);
  history = psl_store_history (store, project, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((PslChange *) history->pdata[0])->part, ==, "Remark “‘2024’ in f.csv”");

  sql = g_strdup_printf ("UPDATE record SET owner = rid WHERE rid = %" G_GINT64_FORMAT, remark);
  psl_db_exec (psl_store_get_db (store), sql, &error);
  g_assert_no_error (error);
  damage = psl_check_integrity (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (damage->len, >, 0);
}

/* What a remark is about is read as the fields are named everywhere. */
static void
test_about (void)
{
  g_autoptr (PslRecord) project = psl_record_new (&psl_kind_project, 0, "01900000-0000-7000-8000-000000000000");
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");
  g_autoptr (PslRecord) whole = psl_remark_new (project, NULL, NULL);
  g_autoptr (PslRecord) remark = psl_remark_new (project, title, "fr");
  const char *language;

  g_assert_cmpstr (psl_record_get_by_name (remark, "about"), ==, "title_fr");
  g_assert_cmpstr (psl_record_get_by_name (remark, "record"), ==, psl_record_get_id (project));
  g_assert_true (psl_remark_find_field (remark, &psl_kind_project, &language) == title);
  g_assert_cmpstr (language, ==, "fr");
  g_assert_true (psl_remark_is_about (remark, title, "fr"));
  g_assert_false (psl_remark_is_about (remark, title, "en"));
  g_assert_null (psl_remark_find_field (whole, &psl_kind_project, &language));
  g_assert_true (psl_remark_is_about (whole, NULL, NULL));
  psl_remark_set (remark, PSL_REMARK_ABOUT, NULL, "no such field");
  g_assert_null (psl_remark_find_field (remark, &psl_kind_project, NULL));
}

static void
assert_n_in_trash (PslStore *store,
                   gint64    n)
{
  g_autoptr (PslQuery) query = psl_query_new_trash ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (psl_store_count (store, query, &error), ==, n);
  g_assert_no_error (error);
}

/* The trash has the records that people put there, and no conflict that they decided about. */
static void
test_trash (StoreFixture  *fixture,
            gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Nurses", "end", "2007", NULL);
  g_autofree char *id = store_testing_dup_id (store, project);
  gint64 left = store_testing_insert (store, &psl_kind_remark, "record", id, "about", "end", "value", "2024", NULL);
  gint64 written = store_testing_insert (store, &psl_kind_remark, "record", id, "about", "end", "text_en", "Ask Accra", NULL);

  g_assert_cmpint (psl_store_settle_remark (store, left, FALSE, &error), >, 0);
  g_assert_no_error (error);
  assert_n_in_trash (store, 0);
  store_testing_undo (store, 0);
  g_assert_cmpint (psl_store_redo (store, NULL, &error), >, 0);
  g_assert_no_error (error);
  assert_n_in_trash (store, 0);
  store_testing_set_state (store, written, PSL_RECORD_TRASHED);
  assert_n_in_trash (store, 1);
  store_testing_undo (store, 0);
  store_testing_undo (store, 0);
  store_testing_set_state (store, left, PSL_RECORD_TRASHED);
  store_testing_set_state (store, written, PSL_RECORD_TRASHED);
  store_testing_set_state (store, project, PSL_RECORD_TRASHED);
  assert_n_in_trash (store, 3);
}

/* What an import left open is decided in one action, which undo takes back whole. */
static void
test_settle (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Nurses", "end", "2007", NULL);
  g_autofree char *id = store_testing_dup_id (store, project);
  gint64 dates = store_testing_insert (store, &psl_kind_remark, "record", id, "about", "end", "value", "2024", NULL);
  gint64 texts = store_testing_insert (store, &psl_kind_remark, "record", id, "about", "title_en", "value", "Sailors", NULL);
  gint64 wrong = store_testing_insert (store, &psl_kind_remark, "record", id, "about", "end", "value", "soon", NULL);

  g_assert_cmpint (psl_store_settle_remark (store, dates, FALSE, &error), >, 0);
  g_assert_no_error (error);
  store_testing_assert_value (store, project, "end", "2007");
  g_assert_cmpint (store_testing_get_state (store, dates), ==, PSL_RECORD_TRASHED);
  store_testing_undo (store, 0);
  g_assert_cmpint (store_testing_get_state (store, dates), ==, PSL_RECORD_LIVE);

  g_assert_cmpint (psl_store_settle_remark (store, dates, TRUE, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_settle_remark (store, texts, TRUE, &error), >, 0);
  g_assert_no_error (error);
  store_testing_assert_value (store, project, "end", "2024");
  store_testing_assert_value (store, project, "title_en", "Sailors");
  g_assert_cmpint (store_testing_get_state (store, texts), ==, PSL_RECORD_TRASHED);
  store_testing_undo (store, 0);
  store_testing_assert_value (store, project, "title_en", "Nurses");
  g_assert_cmpint (store_testing_get_state (store, texts), ==, PSL_RECORD_LIVE);

  g_assert_cmpint (psl_store_settle_remark (store, wrong, TRUE, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  g_assert_cmpint (store_testing_get_state (store, wrong), ==, PSL_RECORD_LIVE);
  store_testing_assert_value (store, project, "end", "2024");
  assert_sound (store);
}

/* All that imports left open of a field is decided on at once; remarks of people stay. */
static void
test_settle_field (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;
  const PslField *end = psl_kind_find_field (&psl_kind_project, "end");
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");
  g_autoptr (GError) error = NULL;
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Nurses", "end", "2007", NULL);
  g_autofree char *id = store_testing_dup_id (store, project);
  gint64 one = store_testing_insert (store, &psl_kind_remark, "record", id, "about", "end", "value", "2024", NULL);
  gint64 other = store_testing_insert (store, &psl_kind_remark, "record", id, "about", "end", "source", "a.csv", NULL);
  gint64 text = store_testing_insert (store, &psl_kind_remark, "record", id, "about", "title_en", "value", "Sailors", NULL);
  gint64 written = make_remark (store, project, "end", "Ask Accra");
  g_autoptr (GPtrArray) conflicts = psl_store_list_import_conflicts (store, project, &error);
  g_autoptr (GPtrArray) all = psl_store_list_import_conflicts (store, 0, &error);
  const PslConflict *conflict;

  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 2);
  g_assert_cmpuint (all->len, ==, 2);
  conflict = conflicts->pdata[0];
  g_assert_true (conflict->field == end);
  g_assert_cmpuint (conflict->values->len, ==, 2);
  g_assert_cmpstr (conflict->values->pdata[0], ==, "2007");
  g_assert_cmpstr (conflict->values->pdata[1], ==, "2024");
  conflict = conflicts->pdata[1];
  g_assert_true (conflict->field == title);
  g_assert_cmpstr (conflict->language, ==, "en");

  g_assert_cmpint (psl_store_settle_field (store, project, title, "fr", "Marins", &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOTHING);
  g_assert_cmpint (psl_store_settle_field (store, project, end, NULL, "soon", &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  g_assert_cmpint (psl_store_settle_field (store, project, end, NULL, "2025", &error), >, 0);
  g_assert_no_error (error);
  store_testing_assert_value (store, project, "end", "2025");
  g_assert_cmpint (store_testing_get_state (store, one), ==, PSL_RECORD_TRASHED);
  g_assert_cmpint (store_testing_get_state (store, other), ==, PSL_RECORD_TRASHED);
  g_assert_cmpint (store_testing_get_state (store, text), ==, PSL_RECORD_LIVE);
  g_assert_cmpint (store_testing_get_state (store, written), ==, PSL_RECORD_LIVE);
  assert_n_in_trash (store, 0);
  store_testing_undo (store, 0);
  store_testing_assert_value (store, project, "end", "2007");
  g_assert_cmpint (store_testing_get_state (store, one), ==, PSL_RECORD_LIVE);
  assert_sound (store);
}

/* An edit of a remark that was decided about since can't be undone, for nobody would see the
 * remark; the message names the decision, which is to be undone first. */
static void
test_undo_settled (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;
  const PslField *text = psl_kind_find_field (&psl_kind_remark, PSL_REMARK_TEXT);
  g_autoptr (GError) error = NULL;
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Nurses", "end", "2007", NULL);
  g_autofree char *id = store_testing_dup_id (store, project);
  gint64 remark = store_testing_insert (store, &psl_kind_remark, "record", id, "about", "end", "value", "2024", NULL);
  gint64 edit;

  g_assert_true (psl_store_begin (store, PSL_VERB_EDIT, NULL, &error));
  g_assert_true (psl_store_set (store, remark, text, "en", "Ask the donor", &error));
  edit = psl_store_commit (store, &error);
  g_assert_cmpint (edit, >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_settle_remark (store, remark, FALSE, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_undo (store, edit, NULL, &error), ==, 0);
  g_assert_nonnull (strstr (error->message, "Undo that one first"));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_CONFLICT);

  store_testing_undo (store, 0);
  store_testing_undo (store, edit);
  store_testing_assert_value (store, remark, "text_en", NULL);
  assert_sound (store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/remarks/any-kind", test_any_kind);
  store_testing_add ("/remarks/author", test_author);
  store_testing_add ("/remarks/search", test_search);
  store_testing_add ("/remarks/history", test_history);
  store_testing_add ("/remarks/settle", test_settle);
  store_testing_add ("/remarks/settle-field", test_settle_field);
  store_testing_add ("/remarks/undo-settled", test_undo_settled);
  store_testing_add ("/remarks/trash", test_trash);
  g_test_add_func ("/remarks/about", test_about);

  return g_test_run ();
}
