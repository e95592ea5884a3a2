/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The chain of actions holds whatever an action is made of, and says what was done. */

#include "config.h"

#include "psl-check.h"
#include "psl-clock.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "store-testing.h"

#define MILLISECOND (G_GINT64_CONSTANT (1) << 16)
#define YEAR_2026 G_GINT64_CONSTANT (1767225600000000)

static void
assert_whole (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = psl_check_integrity (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s", ((const PslFinding *) g_ptr_array_index (findings, i))->message);
  g_assert_cmpuint (findings->len, ==, 0);
}

static void
assert_content (PslStore   *store,
                const char *path,
                const char *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT content ->> '%s' FROM change WHERE content IS NOT NULL"
                                          " ORDER BY action DESC, rid DESC LIMIT 1", path);
  g_autofree char *value = store_testing_text (store, sql);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_clock (void)
{
  gint64 now = YEAR_2026;
  gint64 clock = psl_clock_advance (0, now);

  g_assert_cmpuint (psl_clock_get_milliseconds (clock), ==, (guint64) now / 1000);
  /* Within a millisecond, and where the computer's clock is set back, it counts. */
  g_assert_cmpint (psl_clock_advance (clock, now), ==, clock + 1);
  g_assert_cmpint (psl_clock_advance (clock, now - G_TIME_SPAN_HOUR), ==, clock + 1);
  g_assert_cmpint (psl_clock_advance (clock, now + 1000), ==, clock + MILLISECOND);
  /* After the last that the counter can tell comes the next millisecond. */
  g_assert_cmpint (psl_clock_advance (clock + MILLISECOND - 1, now), ==, clock + MILLISECOND);
  g_assert_cmpint (psl_clock_advance (clock, G_MAXINT64), >, clock);
  g_assert_cmpint (psl_clock_advance (G_MAXINT64, now), ==, G_MAXINT64);
  g_assert_cmpint (psl_clock_advance (0, -now), ==, 1);

  g_assert_cmpint (psl_clock_receive (clock, clock + 5, now), ==, clock + 5);
  g_assert_cmpint (psl_clock_receive (clock, clock - 5, now), ==, clock);
  /* Another register's clock that is years ahead sets this one a day ahead at most. */
  g_assert_cmpint (psl_clock_receive (clock, clock + 1000 * (G_TIME_SPAN_DAY / 1000) * MILLISECOND, now), ==,
                   psl_clock_advance (0, now + 24 * G_TIME_SPAN_HOUR));
  g_assert_cmpint (psl_clock_receive (clock, G_MAXINT64, G_MAXINT64), >=, clock);
}

static gint64 set_back;

static gint64
set_back_clock_cb (void)
{
  set_back -= G_TIME_SPAN_DAY;
  return YEAR_2026 + set_back;
}

/* A clock that is set back changes no order. */
static void
test_clock_set_back (StoreFixture  *fixture,
                     gconstpointer  data)
{
  gint64 rid;

  psl_store_set_clock (fixture->store, set_back_clock_cb);
  rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  for (guint i = 0; i < 5; i++)
    store_testing_edit (fixture->store, rid, "title_en", i % 2 ? "Two" : "Three", 0);
  g_assert_cmpint (store_testing_number (fixture->store, "SELECT count(*) FROM action AS a JOIN action AS b ON a.action < b.action"
                                         " WHERE a.clock >= b.clock OR a.id >= b.id AND a.clock >> 16 < b.clock >> 16"), ==, 0);
  assert_whole (fixture->store);
}

/* Edits of one place are one action, which takes the place of the one before it in the
 * chain; where they come back, there is none. */
static void
test_continued (StoreFixture  *fixture,
                gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "One", NULL);

  store_testing_edit (store, rid, "title_en", "Two", 0);
  store_testing_edit (store, rid, "start", "2020", 1);
  assert_whole (store);
  store_testing_edit (store, rid, "start", "2021", 1);
  store_testing_edit (store, rid, "start", "2022", 1);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM action"), ==, 3);
  assert_whole (store);
  store_fixture_reopen (fixture);
  store = fixture->store;
  assert_whole (store);
  store_testing_edit (store, rid, "start", NULL, 1);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM action"), ==, 2);
  assert_whole (store);
  store_testing_edit (store, rid, "end", "2023", 2);
  store_testing_undo (store, 0);
  assert_whole (store);
}

/* An edit does not go on with an action that has travelled. */
static void
test_sealed (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "One", NULL);
  g_autoptr (GError) error = NULL;

  store_testing_edit (store, rid, "start", "2020", 1);
  g_assert_true (psl_db_exec (psl_store_get_db (store), "UPDATE origin SET sealed = number WHERE own", &error));
  g_assert_no_error (error);
  store_testing_edit (store, rid, "start", "2021", 1);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM action"), ==, 3);
  store_testing_edit (store, rid, "start", "2022", 1);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM action"), ==, 3);
  assert_whole (store);
  store_testing_undo (store, 0);
  store_testing_assert_value (store, rid, "start", "2020");
}

/* A change names the one of the same field before it, and the first what made the record. */
static void
test_base (StoreFixture  *fixture,
           gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "One", "start", "2019", NULL);
  g_autofree char *bases = NULL;

  store_testing_edit (store, rid, "start", "2020", 0);     /* 2 */
  store_testing_edit (store, rid, "title_en", "Two", 0);   /* 3 */
  store_testing_edit (store, rid, "start", "2021", 0);     /* 4 */
  store_testing_edit (store, rid, "title_fr", "Deux", 0);  /* 5 */
  store_testing_undo (store, 4);                           /* 6 */
  store_testing_edit (store, rid, "start", "2022", 0);     /* 7 */
  store_testing_set_state (store, rid, PSL_RECORD_TRASHED);/* 8 */
  bases = store_testing_text (store, "SELECT group_concat (ifnull (base, '-'), ' ' ORDER BY action) FROM change");
  g_assert_cmpstr (bases, ==, "- 1 1 2 1 4 6 1");
  assert_whole (store);
}

/* The action that makes a record journals its values, once, with the values that the same
 * action sets. */
static void
test_content (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;
  const PslField *start = psl_kind_find_field (&psl_kind_project, "start");
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");
  gint64 rid;

  store_testing_insert (store, &psl_kind_project, "title_en", "“One” \\ 1", "title_fr", "Un", "budget", "100 EUR", NULL);
  assert_content (store, "$.\"$kind\"", "project");
  assert_content (store, "$.title.en", "“One” \\ 1");
  assert_content (store, "$.title.fr", "Un");
  assert_content (store, "$.budget", "100.00 EUR");
  assert_content (store, "$.start", NULL);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM change"), ==, 1);

  psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
  g_assert_no_error (error);
  rid = psl_store_create (store, &psl_kind_project, NULL, &error);
  g_assert_true (psl_store_set (store, rid, title, "en", "Two", &error));
  g_assert_true (psl_store_set (store, rid, start, NULL, "2019", &error));
  g_assert_true (psl_store_set (store, rid, start, NULL, "2020", &error));
  g_assert_true (psl_store_set (store, rid, title, "fr", "Deux", &error));
  g_assert_true (psl_store_set (store, rid, title, "fr", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
  assert_content (store, "$.title", "{\"en\":\"Two\"}");
  assert_content (store, "$.start", "2020");
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM change"), ==, 2);
  assert_whole (store);

  /* An edit later leaves them as they were. */
  store_testing_edit (store, rid, "start", "2021", 0);
  assert_content (store, "$.start", "2020");
  assert_whole (store);
}

/* A part of an action that is given up leaves no trace in its hash. */
static void
test_savepoint (StoreFixture  *fixture,
                gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;

  psl_store_begin (store, PSL_VERB_IMPORT, "file.csv", &error);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, NULL);

      psl_record_set (record, psl_kind_find_field (&psl_kind_project, "title"), "en", "Title");
      g_assert_true (psl_store_set_savepoint (store, &error));
      g_assert_cmpint (psl_store_insert (store, record, &error), >, 0);
      g_assert_true (i % 2 ? psl_store_return_to_savepoint (store, &error) : psl_store_release_savepoint (store, &error));
    }
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM change"), ==, 3);
  assert_whole (store);
}

/* A copy that was declared goes on with a chain of its own. */
static void
test_copy (StoreFixture  *fixture,
           gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "One", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = psl_store_dup_register_id (store, &error);
  g_autofree char *declared = NULL;
  g_autofree char *after = NULL;
  g_autofree char *seen = NULL;

  store_testing_edit (store, rid, "start", "2020", 1);
  declared = psl_store_declare_copy (store, &error);
  g_assert_no_error (error);
  after = psl_store_dup_register_id (store, &error);
  g_assert_cmpstr (after, ==, declared);
  g_assert_cmpstr (after, !=, before);

  /* The first says what was done when they parted, and goes on with nothing of it. */
  store_testing_edit (store, rid, "start", "2021", 1);
  store_testing_edit (store, rid, "end", "2022", 0);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM action"), ==, 4);
  g_assert_cmpint (store_testing_number (store, "SELECT count(seen) FROM action"), ==, 1);
  seen = store_testing_text (store, "SELECT json_extract (seen, '$.\"' || (SELECT id FROM origin WHERE own IS NULL) || '\"')"
                             " FROM action WHERE action = 3");
  g_assert_cmpstr (seen, ==, "2");
  assert_whole (store);
  store_testing_undo (store, 2 + 2);
  store_testing_undo (store, 3);
  store_testing_undo (store, 2);
  store_testing_assert_value (store, rid, "start", NULL);
  assert_whole (store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chain/clock", test_clock);
  store_testing_add ("/chain/clock-set-back", test_clock_set_back);
  store_testing_add ("/chain/continued", test_continued);
  store_testing_add ("/chain/sealed", test_sealed);
  store_testing_add ("/chain/base", test_base);
  store_testing_add ("/chain/content", test_content);
  store_testing_add ("/chain/savepoint", test_savepoint);
  store_testing_add ("/chain/copy", test_copy);
  return g_test_run ();
}
