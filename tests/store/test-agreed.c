/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Texts that are older than the text in another language. */

#include "config.h"

#include "psl-check.h"
#include "psl-kinds.h"
#include "psl-query.h"
#include "store-testing.h"

/* Asserts in which language the text is that is newer than @name's; NULL where it is not
 * outdated. The filters say the same. */
static void
assert_newer (PslStore   *store,
              gint64      rid,
              const char *name,
              const char *newer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GArray) found = NULL;
  gboolean is_found = FALSE;
  const char *language;
  const PslField *field = store_testing_field (&psl_kind_project, name, &language);

  g_assert_no_error (error);
  g_assert_cmpstr (psl_record_get_newer (record, field, language), ==, newer);

  psl_query_add_filter (query, psl_filter_new (name, PSL_FILTER_OUTDATED, NULL));
  found = psl_store_query (store, query, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    is_found = is_found || g_array_index (found, gint64, i) == rid;
  g_assert_cmpint (is_found, ==, newer != NULL);
}

static void
assert_whole (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) damage = psl_check_integrity (store, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (damage->len, ==, 0);
}

static void
undo (PslStore *store)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (psl_store_undo (store, 0, NULL, &error), >, 0);
  g_assert_no_error (error);
}

static void
redo (PslStore *store)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (psl_store_redo (store, NULL, &error), >, 0);
  g_assert_no_error (error);
}

static gint64
confirm (PslStore   *store,
         gint64      rid,
         const char *name)
{
  g_autoptr (GError) error = NULL;
  const char *language;
  const PslField *field = store_testing_field (&psl_kind_project, name, &language);
  gint64 action = psl_store_confirm_text (store, rid, field, language, &error);

  g_assert_no_error (error);
  return action;
}

static gint64
make_project (PslStore *store)
{
  return store_testing_insert (store, &psl_kind_project, "title_fr", "Retour", "title_en", "Return",
                               "description_fr", "Un", "description_en", "One", NULL);
}

/* A change of a text outdates the texts written of it, until these are changed, or the change
 * is undone; typing with pauses is one change. */
static void
test_edit (StoreFixture  *fixture,
           gconstpointer  data)
{
  gint64 rid = make_project (fixture->store);

  assert_newer (fixture->store, rid, "title_en", NULL);
  store_testing_edit (fixture->store, rid, "title_fr", "Retours", 1);
  store_testing_edit (fixture->store, rid, "title_fr", "Retours aidés", 1);
  assert_newer (fixture->store, rid, "title_en", "fr");
  assert_newer (fixture->store, rid, "title_fr", NULL);
  assert_newer (fixture->store, rid, "description_en", NULL);

  undo (fixture->store);
  assert_newer (fixture->store, rid, "title_en", NULL);
  redo (fixture->store);
  assert_newer (fixture->store, rid, "title_en", "fr");

  store_testing_edit (fixture->store, rid, "title_en", "Assisted", 2);
  store_testing_edit (fixture->store, rid, "title_en", "Assisted returns", 2);
  assert_newer (fixture->store, rid, "title_en", NULL);
  assert_newer (fixture->store, rid, "title_fr", NULL);
  undo (fixture->store);
  assert_newer (fixture->store, rid, "title_en", "fr");
  redo (fixture->store);
  assert_newer (fixture->store, rid, "title_en", NULL);

  store_testing_edit (fixture->store, rid, "title_en", "Assisted return", 0);
  assert_newer (fixture->store, rid, "title_fr", "en");
  store_testing_edit (fixture->store, rid, "title_en", NULL, 0);
  assert_newer (fixture->store, rid, "title_fr", NULL);
  assert_whole (fixture->store);
}

/* Each of several translations knows by which text it is outdated. */
static void
test_three (StoreFixture  *fixture,
            gconstpointer  data)
{
  gint64 rid = make_project (fixture->store);

  store_testing_edit (fixture->store, rid, "title_es", "Retorno", 0);
  assert_newer (fixture->store, rid, "title_fr", NULL);
  assert_newer (fixture->store, rid, "title_en", NULL);

  store_testing_edit (fixture->store, rid, "title_fr", "Retours", 0);
  assert_newer (fixture->store, rid, "title_en", "fr");
  assert_newer (fixture->store, rid, "title_es", "fr");
  store_testing_edit (fixture->store, rid, "title_en", "Returns", 0);
  assert_newer (fixture->store, rid, "title_en", NULL);
  assert_newer (fixture->store, rid, "title_es", "fr");
  store_testing_edit (fixture->store, rid, "title_es", "Retornos", 0);
  assert_newer (fixture->store, rid, "title_es", NULL);
  assert_newer (fixture->store, rid, "title_fr", NULL);
}

/* Somebody says that a text is right all the same: for this version of the other. */
static void
test_confirm (StoreFixture  *fixture,
              gconstpointer  data)
{
  gint64 rid = make_project (fixture->store);

  g_assert_cmpint (confirm (fixture->store, rid, "title_en"), ==, 0);
  store_testing_edit (fixture->store, rid, "title_fr", "Retours", 0);
  g_assert_cmpint (confirm (fixture->store, rid, "title_en"), >, 0);
  assert_newer (fixture->store, rid, "title_en", NULL);
  assert_whole (fixture->store);
  undo (fixture->store);
  assert_newer (fixture->store, rid, "title_en", "fr");
  redo (fixture->store);
  assert_newer (fixture->store, rid, "title_en", NULL);
  store_fixture_reopen (fixture);
  assert_newer (fixture->store, rid, "title_en", NULL);

  store_testing_edit (fixture->store, rid, "title_fr", "Retours aidés", 0);
  assert_newer (fixture->store, rid, "title_en", "fr");
  undo (fixture->store);
  assert_newer (fixture->store, rid, "title_en", NULL);
  undo (fixture->store);
  assert_newer (fixture->store, rid, "title_en", "fr");
  assert_whole (fixture->store);
}

/* Texts that one action changes in all languages agree; a copy is as outdated as its
 * original. */
static void
test_together (StoreFixture  *fixture,
               gconstpointer  data)
{
  gint64 rid = make_project (fixture->store);
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (PslRecord) copy = NULL;
  g_autoptr (GError) error = NULL;
  const char *language;
  const PslField *title = store_testing_field (&psl_kind_project, "title_fr", &language);
  const PslField *description = store_testing_field (&psl_kind_project, "description_fr", &language);
  gint64 made;

  g_assert_true (psl_store_begin (fixture->store, PSL_VERB_IMPORT, NULL, &error));
  psl_store_set (fixture->store, rid, title, "fr", "Retours", &error);
  psl_store_set (fixture->store, rid, title, "en", "Returns", &error);
  psl_store_set (fixture->store, rid, description, "fr", "Deux", &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_commit (fixture->store, &error), >, 0);
  assert_newer (fixture->store, rid, "title_en", NULL);
  assert_newer (fixture->store, rid, "title_fr", NULL);
  assert_newer (fixture->store, rid, "description_en", "fr");

  record = psl_store_read (fixture->store, rid, &error);
  copy = psl_record_new (&psl_kind_project, 0, NULL);
  psl_record_set (copy, description, "fr", "Deux");
  psl_record_set (copy, description, "en", "One");
  psl_record_set_agreed (copy, description, "en", psl_record_get_agreed (record, description, "en"));
  g_assert_true (psl_store_begin (fixture->store, PSL_VERB_CREATE, NULL, &error));
  made = psl_store_insert (fixture->store, copy, &error);
  g_assert_cmpint (psl_store_commit (fixture->store, &error), >, 0);
  assert_newer (fixture->store, made, "description_en", "fr");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/agreed/edit", test_edit);
  store_testing_add ("/agreed/three", test_three);
  store_testing_add ("/agreed/confirm", test_confirm);
  store_testing_add ("/agreed/together", test_together);

  return g_test_run ();
}
