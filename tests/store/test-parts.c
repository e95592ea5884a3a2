/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Records that belong to a record. */

#include "config.h"

#include "tests/kinds/part-kinds.h"
#include "psl-check.h"
#include "psl-store-private.h"
#include "store-testing.h"

/* A record, with a text in English, that belongs to @owner; 0 where it is no part. */
static PslRecord *
new_record (PslStore      *store,
            const PslKind *kind,
            gint64         owner,
            const char    *text)
{
  PslRecord *record = psl_record_new (kind, 0, NULL);
  const PslField *title = psl_kind_get_title (kind);

  if (owner != 0)
    {
      g_autofree char *id = store_testing_dup_id (store, owner);

      psl_record_set (record, psl_kind_get_owner_field (kind), NULL, id);
    }
  psl_record_set (record, title, title->flags & PSL_FIELD_MULTILINGUAL ? "en" : NULL, text);
  return record;
}

static gint64
insert (PslStore  *store,
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

static gint64
make (PslStore      *store,
      const PslKind *kind,
      gint64         owner,
      const char    *text)
{
  g_autoptr (PslRecord) record = new_record (store, kind, owner, text);

  return insert (store, record);
}

static gint64
make_share (PslStore   *store,
            gint64      plan,
            gint64      donor,
            const char *role)
{
  g_autoptr (PslRecord) share = new_record (store, &test_kind_share, plan, role);
  g_autofree char *id = store_testing_dup_id (store, donor);

  psl_record_set (share, psl_kind_find_field (&test_kind_share, "donor"), NULL, id);
  return insert (store, share);
}

static void
move (PslStore *store,
      gint64    rid,
      gint64    after)
{
  g_autoptr (GError) error = NULL;

  psl_store_begin (store, PSL_VERB_EDIT, NULL, &error);
  g_assert_no_error (error);
  psl_store_move (store, rid, after, &error);
  g_assert_no_error (error);
  psl_store_commit (store, &error);
  g_assert_no_error (error);
}

/* The titles of the parts of a kind that a record has, in their order: “a b c”. */
static char *
dup_parts (PslStore      *store,
           gint64         owner,
           const PslKind *kind)
{
  g_autoptr (PslQuery) query = psl_query_new (kind);
  g_autofree char *id = store_testing_dup_id (store, owner);
  const char *const values[] = { id, NULL };
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GError) error = NULL;
  GString *titles = g_string_new (NULL);

  psl_query_add_filter (query, psl_filter_new (psl_kind_get_owner_field (kind)->name, PSL_FILTER_EQUALS, values));
  psl_query_set_sort (query, PSL_SORT_POSITION, FALSE);
  rids = psl_store_query (store, query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_count (store, query, &error), ==, rids->len);
  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (PslRecord) part = psl_store_read (store, g_array_index (rids, gint64, i), &error);
      g_autofree char *title = psl_record_dup_title (part, psl_codelists_get_default (), "en");

      g_string_append_printf (titles, "%s%s", i > 0 ? " " : "", title);
    }
  return g_string_free_and_steal (titles);
}

#define assert_parts(store, owner, kind, expected)                  \
  G_STMT_START {                                                    \
    g_autofree char *parts_ = dup_parts ((store), (owner), (kind)); \
    g_assert_cmpstr (parts_, ==, (expected));                       \
  } G_STMT_END

/* The titles of what a query finds, by title. */
static char *
dup_found (PslStore      *store,
           const PslKind *kind,
           const char    *search,
           const char    *field,
           PslFilterOp    op,
           const char    *value)
{
  g_autoptr (PslQuery) query = psl_query_new (kind);
  const char *const values[] = { value, NULL };
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GError) error = NULL;
  GString *titles = g_string_new (NULL);

  psl_query_set_language (query, "en");
  psl_query_set_search (query, search);
  if (field != NULL)
    psl_query_add_filter (query, psl_filter_new (field, op, value != NULL ? values : NULL));
  rids = psl_store_query (store, query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_count (store, query, &error), ==, rids->len);
  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (PslRecord) record = psl_store_read (store, g_array_index (rids, gint64, i), &error);
      g_autofree char *title = psl_record_dup_title (record, psl_codelists_get_default (), "en");

      g_string_append_printf (titles, "%s%s", i > 0 ? " " : "", title);
    }
  return g_string_free_and_steal (titles);
}

#define assert_found(store, kind, search, expected)                                            \
  G_STMT_START {                                                                               \
    g_autofree char *found_ = dup_found ((store), (kind), (search), NULL, 0, NULL);            \
    g_assert_cmpstr (found_, ==, (expected));                                                  \
  } G_STMT_END

#define assert_filtered(store, kind, field, op, value, expected)                               \
  G_STMT_START {                                                                               \
    g_autofree char *found_ = dup_found ((store), (kind), NULL, (field), (op), (value));       \
    g_assert_cmpstr (found_, ==, (expected));                                                  \
  } G_STMT_END

static void
assert_sound (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) damage = psl_check_integrity (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < damage->len; i++)
    g_test_message ("%s", ((PslFinding *) damage->pdata[i])->message);
  g_assert_cmpuint (damage->len, ==, 0);
}

/* Parts keep the order in which they were made, and that in which they are put. */
static void
test_order (StoreFixture  *fixture,
            gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 other = make (store, &test_kind_plan, 0, "Other");
  gint64 a = make (store, &test_kind_step, plan, "a");
  gint64 b = make (store, &test_kind_step, plan, "b");
  gint64 c = make (store, &test_kind_step, plan, "c");

  make (store, &test_kind_step, other, "x");
  assert_parts (store, plan, &test_kind_step, "a b c");
  move (store, c, 0);
  assert_parts (store, plan, &test_kind_step, "c a b");
  move (store, a, b);
  assert_parts (store, plan, &test_kind_step, "c b a");
  store_testing_undo (store, 0);
  assert_parts (store, plan, &test_kind_step, "c a b");
  store_testing_undo (store, 0);
  assert_parts (store, plan, &test_kind_step, "a b c");
  assert_parts (store, other, &test_kind_step, "x");
  assert_sound (store);
}

/* A part can be given to another record, and not taken from all. */
static void
test_other_owner (StoreFixture  *fixture,
                  gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 other = make (store, &test_kind_plan, 0, "Other");
  gint64 a = make (store, &test_kind_step, plan, "a");
  g_autofree char *plan_id = store_testing_dup_id (store, plan);
  g_autofree char *other_id = store_testing_dup_id (store, other);
  const PslField *owner = psl_kind_get_owner_field (&test_kind_step);
  g_autoptr (GError) error = NULL;

  make (store, &test_kind_step, other, "x");
  make (store, &test_kind_note, a, "word");
  store_testing_edit (store, a, "plan", other_id, 0);
  store_testing_assert_value (store, a, "plan", other_id);
  assert_parts (store, plan, &test_kind_step, "");
  assert_found (store, &test_kind_plan, "word", "Other");

  g_assert_false (psl_store_edit (store, a, owner, NULL, NULL, 0, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  store_testing_undo (store, 0);
  store_testing_assert_value (store, a, "plan", plan_id);
  assert_found (store, &test_kind_plan, "word", "Plan");
  assert_sound (store);
}

/* There is always room for another move. */
static void
test_room (StoreFixture  *fixture,
           gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 rids[3];

  for (guint i = 0; i < G_N_ELEMENTS (rids); i++)
    rids[i] = make (store, &test_kind_step, plan, (const char[]) { (char) ('a' + i), '\0' });
  for (guint i = 0; i < 50; i++)
    {
      move (store, rids[2], rids[0]);
      assert_parts (store, plan, &test_kind_step, "a c b");
      move (store, rids[1], rids[0]);
      assert_parts (store, plan, &test_kind_step, "a b c");
      move (store, rids[2], 0);
      assert_parts (store, plan, &test_kind_step, "c a b");
      move (store, rids[2], rids[1]);
      assert_parts (store, plan, &test_kind_step, "a b c");
    }
  assert_sound (store);
}

/* A part needs a record that it can belong to. */
static void
test_no_owner (StoreFixture  *fixture,
               gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 step = make (store, &test_kind_step, plan, "a");
  gint64 last = psl_store_last_action (store);
  const gint64 owners[] = { 0, step };
  g_autoptr (PslRecord) lost = psl_record_new (&test_kind_step, 0, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    {
      g_autoptr (PslRecord) record = new_record (store, &test_kind_step, owners[i], "b");

      psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
      g_assert_cmpint (psl_store_insert (store, record, &error), ==, 0);
      store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
      psl_store_rollback (store);
    }
  store_testing_set_state (store, plan, PSL_RECORD_GONE);
  psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
  psl_record_set (lost, psl_kind_get_owner_field (&test_kind_step), NULL, "0190c1f2-0000-7000-8000-000000000001");
  g_assert_cmpint (psl_store_insert (store, lost, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  psl_store_rollback (store);
  g_assert_cmpint (psl_store_last_action (store), ==, last + 1);
}

/* The parts of a record come and go with it, and keep their own state. */
static void
test_states (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 a = make (store, &test_kind_step, plan, "a");
  gint64 b = make (store, &test_kind_step, plan, "b");

  make (store, &test_kind_note, a, "word");
  store_testing_set_state (store, b, PSL_RECORD_TRASHED);
  assert_parts (store, plan, &test_kind_step, "a");
  assert_found (store, &test_kind_step, NULL, "a");

  store_testing_set_state (store, plan, PSL_RECORD_TRASHED);
  assert_parts (store, plan, &test_kind_step, "");
  assert_found (store, &test_kind_step, NULL, "");
  assert_found (store, &test_kind_note, "word", "");
  g_assert_cmpint (store_testing_get_state (store, a), ==, PSL_RECORD_LIVE);

  store_testing_set_state (store, plan, PSL_RECORD_LIVE);
  assert_parts (store, plan, &test_kind_step, "a");
  assert_found (store, &test_kind_note, "word", "word");
  store_testing_set_state (store, plan, PSL_RECORD_GONE);
  assert_found (store, &test_kind_step, NULL, "");
  store_testing_undo (store, 0);
  assert_parts (store, plan, &test_kind_step, "a");
  store_testing_set_state (store, b, PSL_RECORD_LIVE);
  assert_parts (store, plan, &test_kind_step, "a b");
  assert_sound (store);
}

/* A record is found by the words of its parts, and theirs, each anywhere. */
static void
test_search (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Harbour");
  gint64 step = make (store, &test_kind_step, plan, "training");
  gint64 note = make (store, &test_kind_note, step, "sailors");

  make (store, &test_kind_plan, 0, "Training");
  assert_found (store, &test_kind_plan, "training", "Training Harbour");
  assert_found (store, &test_kind_plan, "harbour train sail", "Harbour");
  assert_found (store, &test_kind_plan, "harbour nobody", "");
  assert_found (store, &test_kind_step, "sailors", "training");
  assert_found (store, &test_kind_step, "harbour", "");

  store_testing_edit (store, note, "text_fr", "pêcheurs", 0);
  assert_found (store, &test_kind_plan, "pecheurs", "Harbour");
  store_testing_set_state (store, step, PSL_RECORD_TRASHED);
  assert_found (store, &test_kind_plan, "pecheurs", "");
  assert_found (store, &test_kind_plan, "harbour", "Harbour");
}

#define assert_place(store, plan, words, expected)                                                   \
  G_STMT_START {                                                                                    \
    g_autoptr (GError) error_ = NULL;                                                               \
    gint64 place_ = -1;                                                                             \
    g_assert_true (psl_store_find_part ((store), &test_kind_plan, (plan), (words), &place_, &error_)); \
    g_assert_no_error (error_);                                                                     \
    g_assert_cmpint (place_, ==, (expected));                                                       \
  } G_STMT_END

/* Words are found in the part or the part of a part in which they stand, also where the record
 * has them itself. */
static void
test_search_place (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 other = make (store, &test_kind_plan, 0, "Pilots");
  gint64 plan = make (store, &test_kind_plan, 0, "Harbour");
  gint64 step = make (store, &test_kind_step, plan, "training");
  gint64 note = make (store, &test_kind_note, make (store, &test_kind_step, plan, "quay"), "sailors at the quay");
  gint64 step_of_other;

  assert_place (store, plan, "harb", 0);
  assert_place (store, plan, "train", step);
  assert_place (store, plan, "sailors", note);
  assert_place (store, plan, "quay at", note);
  assert_place (store, plan, "pilots", 0);
  assert_place (store, other, "training", 0);

  other = make (store, &test_kind_plan, 0, "Training");
  assert_place (store, other, "train", 0);
  step_of_other = make (store, &test_kind_step, other, "training");
  assert_place (store, other, "train", step_of_other);

  store_testing_set_state (store, step, PSL_RECORD_TRASHED);
  assert_place (store, plan, "train", 0);
}

static gint64
find_text (PslStore   *store,
           gint64      plan,
           const char *words)
{
  g_autoptr (GError) error = NULL;
  gint64 found = -1;

  g_assert_true (psl_store_find_part_with_text (store, plan, words, &found, &error));
  g_assert_no_error (error);
  return found;
}

/* A word is found in the texts of live parts, at whatever depth, and in no text of the record. */
static void
test_search_texts (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Harbour");
  gint64 step = make (store, &test_kind_step, plan, "training");
  gint64 note = make (store, &test_kind_note, step, "pêcheurs");

  make (store, &test_kind_step, make (store, &test_kind_plan, 0, "Other"), "quay");
  g_assert_cmpint (find_text (store, plan, "harb"), ==, 0);
  g_assert_cmpint (find_text (store, plan, "TRAIN"), ==, step);
  g_assert_cmpint (find_text (store, plan, "pecheu"), ==, note);
  g_assert_cmpint (find_text (store, plan, "quay"), ==, 0);

  store_testing_set_state (store, step, PSL_RECORD_TRASHED);
  g_assert_cmpint (find_text (store, plan, "train"), ==, 0);
  g_assert_cmpint (find_text (store, plan, "pecheu"), ==, 0);
}

static gint64
count_found (PslStore   *store,
             const char *words)
{
  g_autoptr (PslQuery) query = psl_query_new (&test_kind_plan);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = NULL;
  gint64 count;

  psl_query_set_search (query, words);
  count = psl_store_count (store, query, &error);
  g_assert_no_error (error);
  rids = psl_store_query (store, query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rids->len, ==, count);
  return count;
}

/* Of many records that have one word, those are found that have the next in a part,
 * whether few are left by then, which are asked one by one, or many. */
static void
test_search_many (StoreFixture  *fixture,
                  gconstpointer  data)
{
  PslStore *store = fixture->store;
  const PslField *steps = psl_kind_find_parts (&test_kind_plan, &test_kind_step);
  const PslField *notes = psl_kind_find_parts (&test_kind_step, &test_kind_note);
  g_autoptr (GError) error = NULL;

  psl_store_begin (store, PSL_VERB_IMPORT, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 240; i++)
    {
      g_autoptr (PslRecord) plan = new_record (store, &test_kind_plan, 0, "Harbour");
      g_autoptr (PslRecord) first = new_record (store, &test_kind_step, 0, "pilots");
      g_autoptr (PslRecord) step = new_record (store, &test_kind_step, 0, i % 3 == 0 ? "ferry pilots" : "quay");
      g_autoptr (PslRecord) note = new_record (store, &test_kind_note, 0, i % 12 == 0 ? "tugs" : "cranes");

      psl_record_add_part (step, notes, note);
      psl_record_add_part (plan, steps, first);
      psl_record_add_part (plan, steps, step);
      g_assert_cmpint (psl_store_insert (store, plan, &error), >, 0);
    }
  psl_store_commit (store, &error);
  g_assert_no_error (error);

  g_assert_cmpint (count_found (store, "harbour pilots"), ==, 240);
  g_assert_cmpint (count_found (store, "harbour ferry"), ==, 80);
  g_assert_cmpint (count_found (store, "tugs harbour pilots"), ==, 20);
  g_assert_cmpint (count_found (store, "ferry tug"), ==, 20);
  g_assert_cmpint (count_found (store, "tugs quay"), ==, 0);
}

static void
set_country (PslStore   *store,
             gint64      donor,
             const char *country)
{
  store_testing_edit (store, donor, "country", country, 0);
}

#define FEW 10
#define MANY 2700

/* A plan with as many steps, made in one action; returns a step from their middle. */
static gint64
make_steps (PslStore *store,
            guint     n)
{
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 chosen = 0;
  g_autoptr (GError) error = NULL;

  psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PslRecord) step = new_record (store, &test_kind_step, plan, "Step");
      gint64 rid = psl_store_insert (store, step, &error);

      g_assert_no_error (error);
      if (i == n / 2)
        chosen = rid;
    }
  psl_store_commit (store, &error);
  g_assert_no_error (error);
  return chosen;
}

/* How many rows an edit writes, whatever table they are in. */
static gint64
count_written (PslStore   *store,
               gint64      rid,
               const char *name,
               const char *value)
{
  gint64 before = store_testing_number (store, "SELECT total_changes ()");

  store_testing_edit (store, rid, name, value, 0);
  return store_testing_number (store, "SELECT total_changes ()") - before;
}

/* A cell of one of many parts writes what one of a few does, and no more than the same value of
 * a record that is no part. */
static void
test_edit_of_many (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 one_of_few = make_steps (store, FEW);
  gint64 one_of_many = make_steps (store, MANY);
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 title = count_written (store, plan, "title_en", "Changed");

  g_assert_cmpint (title, >, 0);
  g_assert_cmpint (count_written (store, one_of_few, "title_en", "Changed"), ==, title);
  g_assert_cmpint (count_written (store, one_of_many, "title_en", "Changed"), ==, title);
  g_assert_cmpint (count_written (store, one_of_many, "due", "2021"), ==, count_written (store, one_of_few, "due", "2021"));
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM change WHERE action = (SELECT max(action) FROM change)"),
                   ==, 1);
}

/* Records are filtered by what their parts hold, and by what those lead to. */
static void
test_filters (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 one = make (store, &test_kind_plan, 0, "One");
  gint64 two = make (store, &test_kind_plan, 0, "Two");
  gint64 none = make (store, &test_kind_plan, 0, "None");
  gint64 norway = make (store, &test_kind_donor, 0, "Norway");
  gint64 japan = make (store, &test_kind_donor, 0, "Japan");
  gint64 step = make (store, &test_kind_step, one, "training");
  g_autofree char *norway_id = store_testing_dup_id (store, norway);
  g_autofree char *japan_id = store_testing_dup_id (store, japan);
  const char *const both[] = { norway_id, japan_id, NULL };
  g_autoptr (PslQuery) query = psl_query_new (&test_kind_plan);
  g_autoptr (GError) error = NULL;
  gint64 share;

  g_assert_cmpint (none, >, two);
  set_country (store, norway, "NO");
  set_country (store, japan, "JP");
  make_share (store, one, norway, "funding");
  share = make_share (store, one, japan, "implementing");
  make_share (store, two, japan, "funding");

  assert_filtered (store, &test_kind_plan, "steps.title", PSL_FILTER_CONTAINS, "train", "One");
  assert_filtered (store, &test_kind_plan, "steps", PSL_FILTER_CONTAINS, "train", "One");
  assert_filtered (store, &test_kind_plan, "steps", PSL_FILTER_EMPTY, NULL, "None Two");
  assert_filtered (store, &test_kind_plan, "steps", PSL_FILTER_NOT_EMPTY, NULL, "One");
  assert_filtered (store, &test_kind_plan, "shares.donor", PSL_FILTER_EQUALS, norway_id, "One");
  assert_filtered (store, &test_kind_plan, "shares.donor", PSL_FILTER_NONE_OF, norway_id, "None Two");
  assert_filtered (store, &test_kind_plan, "shares.donor.country", PSL_FILTER_EQUALS, "JP", "One Two");
  assert_filtered (store, &test_kind_share, "donor.country", PSL_FILTER_NONE_OF, "JP", "funding");
  assert_filtered (store, &test_kind_step, "notes.text", PSL_FILTER_EMPTY, NULL, "training");
  assert_filtered (store, &test_kind_step, "plan.title", PSL_FILTER_CONTAINS, "one", "training");
  assert_filtered (store, &test_kind_step, "plan.title", PSL_FILTER_CONTAINS, "two", "");
  assert_filtered (store, &test_kind_step, "plan", PSL_FILTER_CONTAINS, "one", "training");

  /* Partner A and partner B: each in a part of its own. */
  for (guint i = 0; both[i] != NULL; i++)
    {
      const char *const values[] = { both[i], NULL };

      psl_query_add_filter (query, psl_filter_new ("shares.donor", PSL_FILTER_EQUALS, values));
    }
  g_assert_cmpint (psl_store_count (store, query, &error), ==, 1);
  g_assert_no_error (error);

  store_testing_set_state (store, share, PSL_RECORD_TRASHED);
  g_assert_cmpint (psl_store_count (store, query, &error), ==, 0);
  store_testing_set_state (store, step, PSL_RECORD_TRASHED);
  assert_filtered (store, &test_kind_plan, "steps", PSL_FILTER_NOT_EMPTY, NULL, "");
}

static void
test_wrong_filters (StoreFixture  *fixture,
                    gconstpointer  data)
{
  static const struct
  {
    const char *field;
    PslFilterOp op;
    const char *value;
    PslRegisterError code;
  } filters[] = {
    { "steps.nothing", PSL_FILTER_EMPTY, NULL, PSL_REGISTER_ERROR_NOT_FOUND },
    { "nothing.title", PSL_FILTER_EMPTY, NULL, PSL_REGISTER_ERROR_NOT_FOUND },
    { "steps.due", PSL_FILTER_EQUALS, "never", PSL_REGISTER_ERROR_INVALID },
    { "steps", PSL_FILTER_EQUALS, "a", PSL_REGISTER_ERROR_INVALID },
    { "steps.plan.nothing", PSL_FILTER_EMPTY, NULL, PSL_REGISTER_ERROR_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (PslQuery) query = psl_query_new (&test_kind_plan);
      const char *const values[] = { filters[i].value, NULL };
      g_autoptr (GError) error = NULL;

      psl_query_add_filter (query, psl_filter_new (filters[i].field, filters[i].op,
                                                   filters[i].value != NULL ? values : NULL));
      g_assert_null (psl_store_query (fixture->store, query, 0, &error));
      store_testing_assert_refused (&error, filters[i].code);
    }
}

/* An action that makes a record with its parts is about that record. */
static void
test_whole (StoreFixture  *fixture,
            gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (PslRecord) plan = new_record (store, &test_kind_plan, 0, "Plan");
  g_autoptr (PslRecord) step = new_record (store, &test_kind_step, 0, "a");
  g_autoptr (PslRecord) second = new_record (store, &test_kind_step, 0, "b");
  g_autoptr (PslRecord) note = new_record (store, &test_kind_note, 0, "word");
  const PslField *steps = psl_kind_find_parts (&test_kind_plan, &test_kind_step);
  const PslField *notes = psl_kind_find_parts (&test_kind_step, &test_kind_note);
  g_autoptr (PslRecord) read = NULL;
  g_autoptr (PslAction) action = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  PslRecord *part;
  gint64 rid;

  psl_record_add_part (step, notes, note);
  psl_record_add_part (plan, steps, step);
  psl_record_add_part (plan, steps, second);
  rid = insert (store, plan);
  assert_parts (store, rid, &test_kind_step, "a b");

  action = psl_store_get_action (store, psl_store_last_action (store), &error);
  g_assert_no_error (error);
  sentence = psl_action_describe (action);
  g_assert_cmpstr (sentence, ==, "Creation of “Plan”");
  g_assert_cmpint (action->records, ==, 1);

  read = psl_store_read (store, rid, &error);
  g_assert_no_error (error);
  g_assert_null (psl_record_get_parts (read, steps));
  g_assert_true (psl_store_read_parts (store, read, &error));
  g_assert_cmpuint (psl_record_get_parts (read, steps)->len, ==, 2);
  part = g_ptr_array_index (psl_record_get_parts (read, steps), 0);
  g_assert_cmpstr (psl_record_get_by_name (part, "plan"), ==, psl_record_get_id (read));
  g_assert_cmpuint (psl_record_get_parts (part, notes)->len, ==, 1);

  store_testing_undo (store, 0);
  g_assert_cmpint (store_testing_get_state (store, psl_record_get_rid (part)), ==, PSL_RECORD_GONE);
  g_assert_cmpint (psl_store_redo (store, NULL, &error), >, 0);
  assert_parts (store, rid, &test_kind_step, "a b");
  assert_sound (store);
}

/* A record that is refused because of a part leaves nothing behind. */
static void
test_refused (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (PslRecord) plan = new_record (store, &test_kind_plan, 0, "Plan");
  g_autoptr (PslRecord) step = new_record (store, &test_kind_step, 0, "a");
  g_autoptr (PslRecord) wrong = new_record (store, &test_kind_step, 0, "b");
  const PslField *steps = psl_kind_find_parts (&test_kind_plan, &test_kind_step);
  g_autoptr (GError) error = NULL;

  psl_record_set (wrong, psl_kind_find_field (&test_kind_step, "due"), NULL, "never");
  psl_record_add_part (plan, steps, step);
  psl_record_add_part (plan, steps, wrong);
  psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
  g_assert_cmpint (psl_store_insert (store, plan, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  g_assert_cmpint (psl_store_commit (store, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM record"), ==, 0);
  g_assert_cmpint (store_testing_number (store, "SELECT count(*) FROM search WHERE search MATCH 'a'"), ==, 0);
}

static gboolean
is_changed_since (PslStore *store,
                  gint64    action,
                  gint64    rid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = psl_store_changed_since (store, action, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rids->len; i++)
    {
      if (g_array_index (rids, gint64, i) == rid)
        return TRUE;
    }
  return FALSE;
}

/* Who shows a record learns of a change in its parts. */
static void
test_changed (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 other = make (store, &test_kind_plan, 0, "Other");
  gint64 step = make (store, &test_kind_step, plan, "a");
  gint64 note = make (store, &test_kind_note, step, "word");
  gint64 last;

  make (store, &test_kind_donor, 0, "Later");
  last = psl_store_last_action (store);
  g_assert_false (is_changed_since (store, last, plan));
  store_testing_edit (store, note, "text_en", "another", 0);
  g_assert_true (is_changed_since (store, last, plan));
  g_assert_true (is_changed_since (store, last, step));
  g_assert_false (is_changed_since (store, last, other));

  make (store, &test_kind_donor, 0, "Last");
  last = psl_store_last_action (store);
  store_testing_set_state (store, step, PSL_RECORD_TRASHED);
  g_assert_true (is_changed_since (store, last, plan));
}

/* A link to a part is emptied when the record that the part belongs to is removed, and comes
 * back with it. */
static void
test_links (StoreFixture  *fixture,
            gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 step = make (store, &test_kind_step, plan, "a");
  gint64 donor = make (store, &test_kind_donor, 0, "Donor");
  g_autofree char *id = store_testing_dup_id (store, step);
  g_autoptr (GError) error = NULL;

  store_testing_edit (store, donor, "favourite", id, 0);
  store_testing_set_state (store, plan, PSL_RECORD_GONE);
  store_testing_assert_value (store, donor, "favourite", NULL);
  g_assert_false (psl_store_edit (store, donor, psl_kind_find_field (&test_kind_donor, "favourite"), NULL, id, 0, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  store_testing_undo (store, 0);
  store_testing_assert_value (store, donor, "favourite", id);
  assert_sound (store);
}

/* Undoing what made a record would take parts away that came later, and leave a link to one of
 * them leading nowhere. */
static void
test_undone_owner (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 made = psl_store_last_action (store);
  gint64 step = make (store, &test_kind_step, plan, "a");
  gint64 step_made = psl_store_last_action (store);
  gint64 donor = make (store, &test_kind_donor, 0, "Donor");
  gint64 note_made;
  g_autofree char *id = store_testing_dup_id (store, step);
  g_autoptr (GError) error = NULL;

  make (store, &test_kind_note, step, "b");
  note_made = psl_store_last_action (store);
  store_testing_edit (store, donor, "favourite", id, 0);
  g_assert_cmpint (psl_store_undo (store, step_made, NULL, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_CONFLICT);

  store_testing_edit (store, donor, "favourite", NULL, 0);
  g_assert_cmpint (psl_store_undo (store, step_made, NULL, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_CONFLICT);
  g_assert_cmpint (psl_store_undo (store, made, NULL, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_CONFLICT);

  store_testing_undo (store, note_made);
  store_testing_undo (store, step_made);
  store_testing_undo (store, made);
  /* The link can't come back before the plan does. */
  g_assert_cmpint (psl_store_undo (store, 0, NULL, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_CONFLICT);
  assert_sound (store);
}

/* An entry is in use where a part holds it, also in a field that is not searched. */
static void
test_entry (StoreFixture  *fixture,
            gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");
  gint64 step = make (store, &test_kind_step, plan, "a");
  gint64 note = make (store, &test_kind_note, step, "b");
  gint64 entry = store_testing_insert (store, &psl_kind_entry, "code", "type/XQ", "name_en", "Exchange", NULL);

  store_testing_edit (store, note, "type", "XQ", 0);
  store_testing_set_state (store, plan, PSL_RECORD_TRASHED);
  {
    g_autoptr (GError) error = NULL;

    g_assert_true (psl_store_begin (store, PSL_VERB_TRASH, NULL, &error));
    g_assert_true (psl_store_set_state (store, entry, PSL_RECORD_TRASHED, &error));
    g_assert_cmpint (psl_store_commit (store, &error), ==, -1);
    store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  }
  store_testing_set_state (store, plan, PSL_RECORD_GONE);
  store_testing_set_state (store, entry, PSL_RECORD_TRASHED);
  g_assert_cmpint (store_testing_get_state (store, entry), ==, PSL_RECORD_TRASHED);
}

/* The check finds parts without the record that they belong to, and others with one. */
static void
test_check (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const char *const damages[] = {
    "UPDATE record SET owner = NULL, position = NULL WHERE kind = 'step'",
    "UPDATE record SET owner = (SELECT rid FROM record WHERE kind = 'donor'), position = 1 WHERE kind = 'step'",
    "UPDATE record SET owner = 1, position = 1 WHERE kind = 'donor'",
  };
  static const char *const mend = "UPDATE record SET owner = iif (kind = 'step', 1, NULL),"
                                  " position = iif (kind = 'step', 1, NULL) WHERE kind IN ('step', 'donor')";
  PslStore *store = fixture->store;
  gint64 plan = make (store, &test_kind_plan, 0, "Plan");

  make (store, &test_kind_step, plan, "a");
  make (store, &test_kind_donor, 0, "Donor");
  g_assert_cmpint (plan, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) damage = NULL;

      assert_sound (store);
      psl_db_exec (psl_store_get_db (store), damages[i], &error);
      g_assert_no_error (error);
      damage = psl_check_integrity (store, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (damage->len, ==, 1);
      psl_db_exec (psl_store_get_db (store), mend, &error);
      g_assert_no_error (error);
    }
}

/* The history of a record tells of its parts, too; that those made with it were made is
 * said by its own. */
static void
test_history (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (PslRecord) record = new_record (store, &test_kind_plan, 0, "Plan");
  g_autoptr (PslRecord) first = psl_record_new (&test_kind_step, 0, NULL);
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gint64 plan, step;

  psl_record_set (first, psl_kind_find_field (&test_kind_step, "title"), "en", "First");
  psl_record_add_part (record, psl_kind_find_field (&test_kind_plan, "steps"), first);
  plan = insert (store, record);
  step = make (store, &test_kind_step, plan, "Second");
  store_testing_edit (store, step, "due", "2027", 0);
  store_testing_edit (store, plan, "title_en", "The plan", 0);

  history = psl_store_history (store, plan, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < history->len; i++)
    {
      const PslChange *change = g_ptr_array_index (history, i);

      g_string_append_printf (told, "%s%s %s;", change->part != NULL ? change->part : "",
                              change->field != NULL ? change->field->name : "-", change->new_value);
    }
  g_assert_cmpstr (told->str, ==, "title The plan;Step “Second”due 2027;Step “Second”- live;- live;");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/parts/order", test_order);
  store_testing_add ("/parts/other-owner", test_other_owner);
  store_testing_add ("/parts/room", test_room);
  store_testing_add ("/parts/no-owner", test_no_owner);
  store_testing_add ("/parts/states", test_states);
  store_testing_add ("/parts/search", test_search);
  store_testing_add ("/parts/search-place", test_search_place);
  store_testing_add ("/parts/search-texts", test_search_texts);
  store_testing_add ("/parts/search-many", test_search_many);
  store_testing_add ("/parts/edit-of-many", test_edit_of_many);
  store_testing_add ("/parts/filters", test_filters);
  store_testing_add ("/parts/wrong-filters", test_wrong_filters);
  store_testing_add ("/parts/whole", test_whole);
  store_testing_add ("/parts/refused", test_refused);
  store_testing_add ("/parts/changed", test_changed);
  store_testing_add ("/parts/links", test_links);
  store_testing_add ("/parts/undone-owner", test_undone_owner);
  store_testing_add ("/parts/entry", test_entry);
  store_testing_add ("/parts/check", test_check);
  store_testing_add ("/parts/history", test_history);

  return g_test_run ();
}
