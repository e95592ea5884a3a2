/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Actions of one register are taken over by another: case by case. */

#include "config.h"

#include <string.h>

#include "psl-action.h"
#include "psl-chain.h"
#include "psl-check.h"
#include "psl-clock.h"
#include "psl-kinds.h"
#include "psl-store-entry.h"
#include "psl-store-private.h"
#include "psl-travel.h"
#include "store-testing.h"
#include "travel-offices.h"

/* Tells what to do with the registers in all orders of their UUIDs. */
static const guint orders[][N_REGISTERS] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

static void
assert_conflicts (PslStore *store,
                  guint     n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = psl_store_list_conflicts (store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, n);
}

/* The record that was made in another register. */
static gint64
find (PslStore *store,
      PslStore *other,
      gint64    rid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (other, rid, &error);
  gint64 found;

  g_assert_no_error (error);
  found = psl_store_find (store, psl_record_get_id (record), &error);
  g_assert_no_error (error);
  return found;
}

/* A field changed apart is an open conflict with both values; a decision travels. */
static void
test_conflict (Offices       *offices,
               gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  PslConflict *conflict;
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "start", "2020", NULL);
  gint64 other;

  travel_send (a, b);
  other = find (b, a, rid);
  store_testing_assert_value (b, other, "start", "2020");
  store_testing_edit (a, rid, "start", "2021", 0);
  store_testing_edit (b, other, "start", "2022", 0);
  store_testing_edit (a, rid, "title_en", "Two", 0);
  store_testing_edit (b, other, "title_fr", "Deux", 0);
  store_testing_edit (a, rid, "end", "2030", 0);
  store_testing_edit (b, other, "end", "2030", 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  store_testing_assert_value (a, rid, "title_fr", "Deux");
  store_testing_assert_value (b, other, "title_en", "Two");
  conflicts = psl_store_list_conflicts (a, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (conflict->field->name, ==, "start");
  g_assert_cmpuint (conflict->values->len, ==, 2);
  store_testing_assert_value (a, rid, "start", g_ptr_array_index (conflict->values, 0));

  /* The value that is shown can be decided for, too. */
  psl_store_resolve (b, other, conflict->field, NULL, g_ptr_array_index (conflict->values, 0), &error);
  g_assert_no_error (error);
  assert_conflicts (b, 0);
  assert_conflicts (a, 1);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 0);
}

/* A record was created when it was made, and not when it came. */
static void
test_created (Offices       *offices,
              gconstpointer  data)
{
  PslStore *a = offices->stores[1];
  PslStore *b = offices->stores[2];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) made = psl_store_read (a, rid, &error);
  g_autoptr (PslRecord) received = NULL;

  travel_send (a, b);
  received = psl_store_read (b, find (b, a, rid), &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_record_get_created (received), ==, psl_record_get_created (made));
}

/* What was changed apart in a field that only another version knows is left to that. */
static void
test_unknown_conflict (Offices       *offices,
                       gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);

  travel_send (a, b);
  store_testing_edit (a, rid, "start", "2021", 0);
  store_testing_edit (b, find (b, a, rid), "start", "2022", 0);
  travel_send (a, b);
  assert_conflicts (b, 1);
  psl_db_exec (psl_store_get_db (b), "UPDATE conflict SET field = 'begins_in'", &error);
  g_assert_no_error (error);
  assert_conflicts (b, 0);
}

/* A list keeps what was put in apart, and loses what was taken out. */
static void
test_set (Offices       *offices,
          gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"2\"}]", NULL);
  gint64 other;

  travel_send (a, b);
  other = find (b, a, rid);
  store_testing_edit (a, rid, "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"2\"},{\"sdg\":\"3\"}]", 0);
  store_testing_edit (b, other, "sdg", "[{\"sdg\":\"2\"},{\"sdg\":\"4\"}]", 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 0);
  {
    g_autofree char *value = store_testing_get (a, rid, "sdg");

    g_assert_nonnull (strstr (value, "\"2\""));
    g_assert_nonnull (strstr (value, "\"3\""));
    g_assert_nonnull (strstr (value, "\"4\""));
    g_assert_null (strstr (value, "\"1\""));
  }
}

/* A record that was taken away in one place and changed in another stays, as a conflict. */
static void
test_removed_apart (Offices       *offices,
                    gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);
  gint64 other;

  travel_send (a, b);
  other = find (b, a, rid);
  store_testing_set_state (a, rid, PSL_RECORD_TRASHED);
  store_testing_edit (b, other, "title_en", "Two", 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 1);
  g_assert_cmpint (store_testing_get_state (a, rid), ==, PSL_RECORD_LIVE);
  store_testing_assert_value (a, rid, "title_en", "Two");
  psl_store_resolve (b, other, NULL, NULL, "trashed", &error);
  g_assert_no_error (error);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 0);
  g_assert_cmpint (store_testing_get_state (a, rid), ==, PSL_RECORD_TRASHED);
  /* Of what was known there, it is no conflict. */
  store_testing_set_state (b, other, PSL_RECORD_LIVE);
  store_testing_edit (b, other, "title_en", "Three", 0);
  store_testing_set_state (b, other, PSL_RECORD_TRASHED);
  offices_exchange_all (offices);
  assert_conflicts (a, 0);
  offices_assert_all_same (offices);
}

static gint64
add_part (PslStore   *store,
          const char *kind,
          gint64      owner,
          const char *name,
          const char *value)
{
  g_autofree char *id = store_testing_dup_id (store, owner);

  return store_testing_insert (store, psl_kind_find (kind), psl_kind_get_owner_field (psl_kind_find (kind))->name, id,
                               name, value, NULL);
}

/* Nor does a record go with what was done apart in a part of one of its parts. */
static void
test_part_of_removed (Offices       *offices,
                      gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 project = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);
  gint64 document = add_part (a, "document", project, "title_en", "Report");
  gint64 remark = add_part (a, "remark", document, "text_en", "Late");
  gint64 kept = store_testing_insert (a, &psl_kind_project, "title_en", "Two", NULL);
  gint64 moved = add_part (a, "document", kept, "title_en", "Annex");
  g_autofree char *id = store_testing_dup_id (a, project);

  travel_send (a, b);
  store_testing_set_state (a, project, PSL_RECORD_GONE);
  store_testing_edit (b, find (b, a, remark), "text_en", "Very late", 0);
  /* Of what was given to it later, nothing was known on either side. */
  store_testing_set_state (a, kept, PSL_RECORD_TRASHED);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 1);
  g_assert_cmpint (store_testing_get_state (a, project), ==, PSL_RECORD_LIVE);
  g_assert_cmpint (store_testing_get_state (a, document), ==, PSL_RECORD_LIVE);
  store_testing_assert_value (a, remark, "text_en", "Very late");
  g_assert_cmpint (store_testing_get_state (a, kept), ==, PSL_RECORD_TRASHED);
  store_testing_edit (a, moved, "project", id, 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  g_assert_cmpint (store_testing_get_state (a, kept), ==, PSL_RECORD_TRASHED);
}

/* The UUIDs of the parts that a query lists by their positions. @owner: (nullable): of one
 * record; @word: (nullable): only those with the word. */
static char *
dup_order (PslStore   *store,
           const char *owner,
           const char *word,
           gint64      limit)
{
  g_autoptr (PslQuery) query = psl_query_new (psl_kind_find ("result"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GArray) rids = NULL;

  if (owner != NULL)
    psl_query_add_filter (query, psl_filter_new ("project", PSL_FILTER_EQUALS, (const char *[]) { owner, NULL }));
  psl_query_set_search (query, word);
  psl_query_set_sort (query, PSL_SORT_POSITION, FALSE);
  rids = psl_store_query (store, query, limit, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rids->len; i++)
    {
      g_autofree char *id = store_testing_dup_id (store, g_array_index (rids, gint64, i));

      g_string_append_printf (ids, " %s", id);
    }
  return g_string_free_and_steal (g_steal_pointer (&ids));
}

/* Parts that registers add apart get the same position, and one order in all registers. */
static void
test_part_order (Offices       *offices,
                 gconstpointer  data)
{
  static const struct
  {
    gboolean of_owner;
    const char *word;
    gint64 limit;
  } lists[] = {
    { TRUE, NULL, 0 }, { TRUE, NULL, 5 }, { TRUE, "trained", 0 }, { FALSE, NULL, 0 }, { FALSE, NULL, 5 }, { FALSE, "trained", 0 },
  };
  PslStore *a = offices->stores[0];
  gint64 project = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);
  g_autofree char *id = store_testing_dup_id (a, project);

  add_part (a, "result", project, "indicator_en", "trained 0");
  offices_exchange_all (offices);
  for (guint i = 0; i < N_REGISTERS; i++)
    for (guint j = 1; j <= 3; j++)
      {
        g_autofree char *indicator = g_strdup_printf ("trained %u in %u", j, i);

        add_part (offices->stores[i], "result", find (offices->stores[i], a, project), "indicator_en", indicator);
      }
  offices_exchange_all (offices);
  offices_assert_all_same (offices);

  for (guint i = 1; i < N_REGISTERS; i++)
    {
      PslStore *b = offices->stores[i];
      const PslField *results = psl_kind_find_field (&psl_kind_project, "results");
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) parts = psl_store_list_part_ids (a, project, results, &error);
      g_auto (GStrv) same = psl_store_list_part_ids (b, find (b, a, project), results, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (parts), ==, 1 + 3 * N_REGISTERS);
      g_assert_true (g_strv_equal ((const char *const *) parts, (const char *const *) same));
      for (gsize k = 0; k < G_N_ELEMENTS (lists); k++)
        {
          g_autofree char *one = dup_order (a, lists[k].of_owner ? id : NULL, lists[k].word, lists[k].limit);
          g_autofree char *other = dup_order (b, lists[k].of_owner ? id : NULL, lists[k].word, lists[k].limit);

          g_assert_cmpstr (one, ==, other);
        }
    }
}

static void
assert_not_undone (PslStore *store,
                   gint64    action)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (psl_store_undo (store, action, NULL, &error), ==, 0);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT);
}

static gint64
get_last_action (PslStore *store)
{
  return store_testing_number (store, "SELECT max (action) FROM action");
}

/* No undo takes away what another register has put in apart. */
static void
test_undo_apart (Offices       *offices,
                 gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  PslStore *const stores[] = { a, b };
  const PslField *start = psl_kind_find_field (&psl_kind_project, "start");
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "start", "2019", NULL);

  travel_send (a, b);
  store_testing_edit (a, rid, "start", "2020", 0);
  store_testing_edit (b, find (b, a, rid), "start", "2021", 0);
  offices_exchange_all (offices);
  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      gint64 own = find (stores[i], a, rid);
      g_autofree char *shown = store_testing_get (stores[i], own, "start");

      assert_not_undone (stores[i], 0);
      assert_not_undone (stores[i], get_last_action (stores[i]));
      store_testing_assert_value (stores[i], own, "start", shown);
      assert_conflicts (stores[i], 1);
    }

  /* A decision can be taken back, also one for the value that was shown: it is to be taken again. */
  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      gint64 own = find (stores[i], a, rid);
      g_autofree char *shown = store_testing_get (stores[i], own, "start");

      g_assert_true (psl_store_resolve (stores[i], own, start, NULL, shown, &error));
      g_assert_no_error (error);
      assert_conflicts (stores[i], 0);
      store_testing_undo (stores[i], 0);
      store_testing_assert_value (stores[i], own, "start", shown);
      assert_conflicts (stores[i], 1);
    }
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 1);
}

/* Refuses to undo the last own action, and names that of the other register as one done apart. */
static void
assert_apart (PslStore *store)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (psl_store_undo (store, 0, NULL, &error), ==, 0);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT);
  g_assert_true (g_str_has_prefix (error->message, "Another register changed the same apart: "));
}

/* What two registers have done alike and apart came later in neither. Each can be undone after
 * the other. */
static void
test_undo_alike (Offices       *offices,
                 gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "start", "2020", NULL);
  g_autoptr (GError) error = NULL;

  travel_send (a, b);
  store_testing_edit (a, rid, "end", "2030", 0);
  store_testing_edit (b, find (b, a, rid), "end", "2030", 0);
  offices_exchange_all (offices);
  assert_conflicts (a, 0);
  assert_apart (a);
  assert_apart (b);
  store_testing_undo (a, get_last_action (a));
  store_testing_assert_value (a, rid, "end", "2030");
  store_testing_undo (a, 0);
  store_testing_assert_value (a, rid, "end", NULL);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);

  store_testing_set_state (a, rid, PSL_RECORD_TRASHED);
  store_testing_set_state (b, find (b, a, rid), PSL_RECORD_TRASHED);
  offices_exchange_all (offices);
  assert_apart (a);
  assert_apart (b);

  /* What was done by somebody who knew of it came later. */
  store_testing_set_state (a, rid, PSL_RECORD_LIVE);
  store_testing_edit (a, rid, "start", "2021", 0);
  offices_exchange_all (offices);
  store_testing_edit (b, find (b, a, rid), "start", "2022", 0);
  offices_exchange_all (offices);
  g_assert_cmpint (psl_store_undo (a, 0, NULL, &error), ==, 0);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT);
  g_assert_true (g_str_has_prefix (error->message, "A later action changed the same: "));
}

/* Undoing a decision opens its conflict again, in every register, and redoing decides it
 * again. */
static void
test_undo_decision (Offices       *offices,
                    gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "start", "2019", NULL);
  g_autoptr (GError) error = NULL;

  travel_send (a, b);
  store_testing_edit (a, rid, "start", "2020", 0);
  store_testing_edit (a, rid, "title_en", "A", 0);
  store_testing_edit (b, find (b, a, rid), "start", "2021", 0);
  store_testing_edit (b, find (b, a, rid), "title_en", "B", 0);
  offices_exchange_all (offices);
  assert_conflicts (a, 2);
  g_assert_true (psl_store_resolve (a, rid, psl_kind_find_field (&psl_kind_project, "start"), NULL, "2021", &error));
  g_assert_no_error (error);
  g_assert_true (psl_store_resolve (a, rid, psl_kind_find_field (&psl_kind_project, "title"), "en", "B", &error));
  g_assert_no_error (error);
  assert_conflicts (a, 0);
  store_testing_undo (a, 0);
  assert_conflicts (a, 1);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (b, 1);

  /* Also what another register decided. */
  store_testing_undo (b, store_testing_number (b, "SELECT action FROM change WHERE field = 'start' AND new = '2021'"
                                                  " ORDER BY action DESC LIMIT 1"));
  assert_conflicts (b, 2);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 2);

  while (psl_store_redo (a, NULL, NULL) > 0)
    continue;
  assert_conflicts (a, 1);
  store_testing_assert_value (a, rid, "title_en", "B");
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (b, 1);
}

/* So is what was decided of a record that was made apart, by one UUID. */
static void
test_undo_decision_made (Offices       *offices,
                         gconstpointer  data)
{
  static const char *const titles[] = { "A", "B" };
  PslStore *a = offices->stores[0];
  const PslField *title = psl_kind_get_title (&psl_kind_project);
  g_autoptr (GError) error = NULL;
  gint64 rid;

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, "01900000-0000-7000-8000-000000000000");

      psl_record_set (record, title, "en", titles[i]);
      g_assert_true (psl_store_begin (offices->stores[i], PSL_VERB_IMPORT, NULL, &error));
      psl_store_insert (offices->stores[i], record, &error);
      psl_store_commit (offices->stores[i], &error);
      g_assert_no_error (error);
    }
  offices_exchange_all (offices);
  assert_conflicts (a, 1);
  rid = store_testing_number (a, "SELECT rid FROM record WHERE kind = 'project'");
  g_assert_true (psl_store_resolve (a, rid, title, "en", "B", &error));
  g_assert_no_error (error);
  assert_conflicts (a, 0);
  store_testing_undo (a, 0);
  assert_conflicts (a, 1);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 1);
}

static void
assert_newer (PslStore   *store,
              gint64      rid,
              const char *language,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (psl_record_get_newer (record, psl_kind_find_field (&psl_kind_project, "title"), language), ==, expected);
}

/* Reads a file with the UUIDs of records: a project from pairs of name and value. */
static gint64
read_project (PslStore   *store,
              const char *id,
              ...) G_GNUC_NULL_TERMINATED;

static gint64
read_project (PslStore   *store,
              const char *id,
              ...)
{
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, id);
  g_autoptr (GError) error = NULL;
  const char *name;
  va_list pairs;
  gint64 rid;

  va_start (pairs, id);
  while ((name = va_arg (pairs, const char *)) != NULL)
    {
      const char *language;
      const PslField *field = store_testing_field (&psl_kind_project, name, &language);

      psl_record_set (record, field, language, va_arg (pairs, const char *));
    }
  va_end (pairs);
  g_assert_true (psl_store_begin (store, PSL_VERB_IMPORT, NULL, &error));
  rid = psl_store_insert (store, record, &error);
  psl_store_commit (store, &error);
  g_assert_no_error (error);
  return rid;
}

static gint64
find_by_id (PslStore   *store,
            const char *id)
{
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_store_find (store, id, &error);

  g_assert_no_error (error);
  return rid;
}

/* Two registers, or three, read the same file before they exchange, in any order. @test does
 * something apart in them, and looks at what comes of it. */
typedef void (*AlikeFunc) (Offices     *offices,
                           const guint *order,
                           const guint *way,
                           const char  *id);

static void
run_alike (Offices   *offices,
           AlikeFunc  test)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders) * G_N_ELEMENTS (orders); i++)
    {
      g_autofree char *id = g_strdup_printf ("01900000-0000-7000-8000-%012x", i);

      test (offices, orders[i / G_N_ELEMENTS (orders)], orders[i % G_N_ELEMENTS (orders)], id);
    }
  offices_assert_all_same (offices);
}

static void
exchange_by (Offices     *offices,
             const guint *way)
{
  for (guint i = 0; i < N_REGISTERS; i++)
    travel_send (offices->stores[way[i]], offices->stores[way[(i + 1) % N_REGISTERS]]);
  offices_exchange_all (offices);
}

static void
assert_value_everywhere (Offices    *offices,
                         const char *id,
                         const char *name,
                         const char *value)
{
  for (guint i = 0; i < N_REGISTERS; i++)
    store_testing_assert_value (offices->stores[i], find_by_id (offices->stores[i], id), name, value);
}

/* Looks at the conflicts of one record in all registers, and that all have the same values. */
static void
assert_conflicts_of (Offices    *offices,
                     const char *id,
                     guint       n)
{
  g_autofree char *first = NULL;

  for (guint i = 0; i < N_REGISTERS; i++)
    {
      PslStore *store = offices->stores[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) conflicts = psl_store_list_conflicts_of (store, find_by_id (store, id), &error);
      g_autoptr (GString) messages = g_string_new (NULL);

      g_assert_no_error (error);
      g_assert_cmpuint (conflicts->len, ==, n);
      for (guint j = 0; j < n; j++)
        {
          g_autofree char *message = psl_conflict_dup_message (g_ptr_array_index (conflicts, j));

          g_string_append_printf (messages, "%s\n", message);
        }
      if (first == NULL)
        first = g_strdup (messages->str);
      g_assert_cmpstr (messages->str, ==, first);
    }
}

/* What only one has changed since is no conflict, but what two have changed is. */
static void
change_alike (Offices     *offices,
              const guint *order,
              const guint *way,
              const char  *id)
{
  PslStore *a = offices->stores[order[0]];
  PslStore *c = offices->stores[order[2]];
  PslStore *const both[] = { a, c };

  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    read_project (both[i], id, "title_en", "One", "title_fr", "Un", "start", "2020", "end", "2030",
                  "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"2\"}]", NULL);
  store_testing_edit (c, find_by_id (c, id), "title_fr", "Une", 0);
  store_testing_edit (c, find_by_id (c, id), "title_es", "Uno", 0);
  store_testing_edit (c, find_by_id (c, id), "sdg", "[{\"sdg\":\"2\"},{\"sdg\":\"3\"}]", 0);
  store_testing_edit (c, find_by_id (c, id), "start", NULL, 0);
  store_testing_edit (a, find_by_id (a, id), "end", "2031", 0);
  exchange_by (offices, way);
  assert_conflicts_of (offices, id, 0);
  assert_value_everywhere (offices, id, "title_fr", "Une");
  assert_value_everywhere (offices, id, "title_es", "Uno");
  assert_value_everywhere (offices, id, "sdg", "[{\"sdg\":\"2\"},{\"sdg\":\"3\"}]");
  assert_value_everywhere (offices, id, "start", NULL);
  assert_value_everywhere (offices, id, "end", "2031");
  assert_newer (a, find_by_id (a, id), "en", "fr");

  store_testing_edit (c, find_by_id (c, id), "end", "2032", 0);
  store_testing_edit (a, find_by_id (a, id), "end", "2033", 0);
  exchange_by (offices, way);
  assert_conflicts_of (offices, id, 1);
}

static void
test_alike (Offices       *offices,
            gconstpointer  data)
{
  run_alike (offices, change_alike);
}

/* Three have read the file, and each has changed something. */
static void
change_alike_in_three (Offices     *offices,
                       const guint *order,
                       const guint *way,
                       const char  *id)
{
  PslStore *a = offices->stores[order[0]];
  PslStore *b = offices->stores[order[1]];
  PslStore *c = offices->stores[order[2]];
  g_autofree char *value = NULL;

  for (guint i = 0; i < N_REGISTERS; i++)
    read_project (offices->stores[i], id, "title_en", "One", "start", "2020", "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"2\"}]", NULL);
  store_testing_edit (a, find_by_id (a, id), "start", "2021", 0);
  store_testing_edit (a, find_by_id (a, id), "end", "2030", 0);
  store_testing_edit (b, find_by_id (b, id), "sdg", "[{\"sdg\":\"2\"}]", 0);
  store_testing_edit (b, find_by_id (b, id), "end", "2031", 0);
  store_testing_edit (c, find_by_id (c, id), "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"2\"},{\"sdg\":\"3\"}]", 0);
  store_testing_edit (c, find_by_id (c, id), "title_en", "One", 0);
  exchange_by (offices, way);
  assert_conflicts_of (offices, id, 1);
  assert_value_everywhere (offices, id, "start", "2021");
  value = store_testing_get (a, find_by_id (a, id), "sdg");
  g_assert_null (strstr (value, "\"1\""));
  g_assert_nonnull (strstr (value, "\"2\""));
  g_assert_nonnull (strstr (value, "\"3\""));
  assert_value_everywhere (offices, id, "sdg", value);

  /* A change that is undone leaves what the record was made with. */
  store_testing_undo (a, store_testing_number (a, "SELECT max (action) FROM change WHERE field = 'start' AND new = '2021'"));
  exchange_by (offices, way);
  assert_value_everywhere (offices, id, "start", "2020");
  assert_conflicts_of (offices, id, 1);
}

static void
test_three_alike (Offices       *offices,
                  gconstpointer  data)
{
  run_alike (offices, change_alike_in_three);
}

/* Where the files differ, so do the values. A file without a value says nothing of it. */
static void
change_unlike (Offices     *offices,
               const guint *order,
               const guint *way,
               const char  *id)
{
  PslStore *a = offices->stores[order[0]];
  PslStore *c = offices->stores[order[2]];

  read_project (a, id, "title_en", "One", "start", "2019", NULL);
  read_project (c, id, "title_en", "One", "start", "2020", "end", "2030", NULL);
  store_testing_edit (c, find_by_id (c, id), "start", "2021", 0);
  store_testing_edit (c, find_by_id (c, id), "title_en", "Two", 0);
  exchange_by (offices, way);
  assert_conflicts_of (offices, id, 1);
  assert_value_everywhere (offices, id, "title_en", "Two");
  assert_value_everywhere (offices, id, "end", "2030");
}

static void
test_unlike (Offices       *offices,
             gconstpointer  data)
{
  run_alike (offices, change_unlike);
}

/* A record that is taken away in one goes, unless another one has made it otherwise. Who undoes
 * the import takes away only what came of that. */
static void
remove_alike (Offices     *offices,
              const guint *order,
              const guint *way,
              const char  *id)
{
  g_autofree char *other_id = g_strconcat ("02", id + 2, NULL);
  g_autofree char *undone_id = g_strconcat ("03", id + 2, NULL);
  PslStore *a = offices->stores[order[0]];
  PslStore *c = offices->stores[order[2]];

  read_project (a, id, "title_en", "One", NULL);
  read_project (c, id, "title_en", "One", NULL);
  read_project (a, other_id, "title_en", "One", NULL);
  read_project (c, other_id, "title_en", "Two", NULL);
  store_testing_set_state (c, find_by_id (c, id), PSL_RECORD_TRASHED);
  store_testing_set_state (c, find_by_id (c, other_id), PSL_RECORD_TRASHED);
  read_project (a, undone_id, "title_en", "One", NULL);
  read_project (c, undone_id, "title_en", "One", NULL);
  store_testing_undo (c, 0);
  exchange_by (offices, way);
  assert_conflicts_of (offices, id, 0);
  for (guint i = 0; i < N_REGISTERS; i++)
    {
      PslStore *store = offices->stores[i];

      g_assert_cmpint (store_testing_get_state (store, find_by_id (store, id)), ==, PSL_RECORD_TRASHED);
      g_assert_cmpint (store_testing_get_state (store, find_by_id (store, other_id)), ==, PSL_RECORD_LIVE);
      g_assert_cmpint (store_testing_get_state (store, find_by_id (store, undone_id)), ==, PSL_RECORD_LIVE);
    }
  assert_conflicts_of (offices, other_id, 2);
  assert_conflicts_of (offices, undone_id, 1);
}

static void
test_removed_alike (Offices       *offices,
                    gconstpointer  data)
{
  run_alike (offices, remove_alike);
}

/* A value that was taken back is nothing to decide on. */
static void
test_undo_before (Offices       *offices,
                  gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "start", "2019", NULL);

  travel_send (a, b);
  store_testing_edit (a, rid, "start", "2020", 0);
  store_testing_undo (a, 0);
  store_testing_edit (b, find (b, a, rid), "start", "2021", 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 0);
  store_testing_assert_value (a, rid, "start", "2021");
}

/* Of a list that was changed apart, undo takes back the members that the action changed. */
static void
test_undo_set (Offices       *offices,
               gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"2\"}]", NULL);

  travel_send (a, b);
  store_testing_edit (a, rid, "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"2\"},{\"sdg\":\"3\"}]", 0);
  store_testing_edit (b, find (b, a, rid), "sdg", "[{\"sdg\":\"2\"},{\"sdg\":\"4\"}]", 0);
  offices_exchange_all (offices);
  /* That of the other register came last. */
  store_testing_undo (a, get_last_action (a));
  store_testing_assert_value (a, rid, "sdg", "[{\"sdg\":\"2\"},{\"sdg\":\"3\"},{\"sdg\":\"1\"}]");
  store_testing_undo (a, 0);
  store_testing_assert_value (a, rid, "sdg", "[{\"sdg\":\"2\"},{\"sdg\":\"1\"}]");
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
}

/* A removal that did not come to pass can be taken back, and earlier actions are next. Who
 * decides says what becomes of the record. */
static void
test_undo_removal (Offices       *offices,
                   gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);

  travel_send (a, b);
  store_testing_edit (a, rid, "start", "2020", 0);
  store_testing_set_state (a, rid, PSL_RECORD_TRASHED);
  store_testing_edit (b, find (b, a, rid), "title_en", "Two", 0);
  offices_exchange_all (offices);
  assert_conflicts (a, 1);
  store_testing_undo (a, 0);
  assert_conflicts (a, 1);
  g_assert_cmpint (store_testing_get_state (a, rid), ==, PSL_RECORD_LIVE);
  store_testing_undo (a, 0);
  store_testing_assert_value (a, rid, "start", NULL);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
}

/* A record that leads to one does not use it but by the link itself. */
static void
test_linked (Offices       *offices,
             gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  g_autoptr (GError) error = NULL;
  gint64 office = store_testing_insert (a, psl_kind_find ("office"), "name_en", "Hub", NULL);
  g_autofree char *id = store_testing_dup_id (a, office);
  gint64 project = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);

  store_testing_edit (a, project, "office", id, 0);
  travel_send (a, b);
  store_testing_set_state (a, office, PSL_RECORD_GONE);
  store_testing_edit (b, find (b, a, project), "title_en", "Two", 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 0);
  store_testing_assert_value (b, find (b, a, project), "office", NULL);

  store_testing_set_state (a, office, PSL_RECORD_LIVE);
  travel_send (a, b);
  store_testing_set_state (a, office, PSL_RECORD_GONE);
  store_testing_edit (b, find (b, a, project), "office", id, 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 1);
  g_assert_cmpint (store_testing_get_state (a, office), ==, PSL_RECORD_LIVE);
  store_testing_assert_value (a, project, "office", id);
  /* Who decides that it goes empties the link. */
  psl_store_resolve (b, find (b, a, office), NULL, NULL, "gone", &error);
  g_assert_no_error (error);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 0);
  store_testing_assert_value (a, project, "office", NULL);
}

/* A translation is outdated everywhere, and right everywhere when somebody has said so. */
static void
test_translation (Offices       *offices,
                  gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "Water", "title_fr", "Eau", NULL);
  gint64 other;
  gint64 confirmed;

  store_testing_edit (a, rid, "title_en", "Water supply", 0);
  assert_newer (a, rid, "fr", "en");
  travel_send (a, b);
  other = find (b, a, rid);
  assert_newer (b, other, "fr", "en");
  assert_newer (b, other, "en", NULL);

  confirmed = psl_store_confirm_text (b, other, title, "fr", &error);
  g_assert_no_error (error);
  g_assert_cmpint (confirmed, >, 0);
  travel_send (b, a);
  assert_newer (a, rid, "fr", NULL);
  store_testing_undo (b, confirmed);
  travel_send (b, a);
  assert_newer (a, rid, "fr", "en");
  g_assert_cmpint (psl_store_redo (b, NULL, &error), >, 0);
  g_assert_no_error (error);
  travel_send (b, a);
  assert_newer (a, rid, "fr", NULL);

  /* It was right for what the other was then. */
  store_testing_edit (a, rid, "title_en", "Sewage", 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_newer (a, rid, "fr", "en");
  assert_newer (b, other, "fr", "en");
  assert_conflicts (a, 0);

  /* Texts that were changed apart do not agree. */
  store_testing_edit (a, rid, "title_fr", "Égouts", 0);
  assert_newer (a, rid, "fr", NULL);
  offices_exchange_all (offices);
  store_testing_edit (a, rid, "title_en", "Sewers", 0);
  store_testing_edit (b, other, "title_fr", "Assainissement", 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 0);
  assert_newer (b, other, "fr", "en");
  assert_newer (b, other, "en", "fr");
}

/* A text that was brought up to date with another one is outdated where that was changed again
 * apart, whichever register comes first. */
static void
test_translation_apart (Offices       *offices,
                        gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders) * 3; i++)
    {
      const guint *order = orders[i / 3];
      PslStore *a = offices->stores[order[0]];
      PslStore *b = offices->stores[order[1]];
      gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "title_fr", "Un", NULL);
      gint64 other;

      store_testing_edit (a, rid, "title_en", "One 2", 0);
      offices_exchange_all (offices);
      other = find (b, a, rid);
      /* One of them comes later, or nothing says which. */
      if (i % 3 > 0)
        store_testing_edit (i % 3 == 1 ? a : b, i % 3 == 1 ? rid : other, "start", "2021", 0);
      store_testing_edit (b, other, "title_fr", "Un 2", 0);
      store_testing_edit (a, rid, "title_en", "One 3", 0);
      assert_newer (a, rid, "fr", "en");
      offices_exchange_all (offices);
      offices_assert_all_same (offices);
      assert_newer (a, rid, "fr", "en");
      assert_newer (a, rid, "en", NULL);

      /* What was written upon both texts is right. */
      store_testing_edit (b, other, "title_fr", "Un 3", 0);
      offices_exchange_all (offices);
      offices_assert_all_same (offices);
      assert_newer (a, rid, "fr", NULL);
      assert_newer (a, rid, "en", NULL);
    }
}

/* So is one that was brought up to date with one text, or said to be, while a third one was
 * changed apart. */
static void
test_translations_apart (Offices       *offices,
                         gconstpointer  data)
{
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");

  for (guint i = 0; i < G_N_ELEMENTS (orders) * 2; i++)
    {
      const guint *order = orders[i / 2];
      PslStore *a = offices->stores[order[0]];
      PslStore *b = offices->stores[order[1]];
      PslStore *c = offices->stores[order[2]];
      gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "title_fr", "Un", "title_es", "Uno", NULL);
      g_autoptr (GError) error = NULL;

      offices_exchange_all (offices);
      store_testing_edit (a, rid, "title_en", "One 2", 0);
      store_testing_edit (b, find (b, a, rid), "title_fr", "Un 2", 0);
      travel_send (a, c);
      assert_newer (c, find (c, a, rid), "es", "en");
      if (i % 2 == 0)
        store_testing_edit (c, find (c, a, rid), "title_es", "Dos", 0);
      else
        g_assert_cmpint (psl_store_confirm_text (c, find (c, a, rid), title, "es", &error), >, 0);
      g_assert_no_error (error);
      assert_newer (c, find (c, a, rid), "es", NULL);
      offices_exchange_all (offices);
      offices_assert_all_same (offices);
      assert_newer (a, rid, "es", "fr");
      assert_newer (a, rid, "fr", "en");
      assert_newer (a, rid, "en", "fr");
    }
}

/* Two texts that were brought up to date apart with the same third one agree with it, and each
 * other. */
static void
test_translations_updated (Offices       *offices,
                           gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      PslStore *a = offices->stores[orders[i][0]];
      PslStore *b = offices->stores[orders[i][1]];
      PslStore *c = offices->stores[orders[i][2]];
      gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "title_fr", "Un", "title_es", "Uno", NULL);

      store_testing_edit (a, rid, "title_en", "One 2", 0);
      offices_exchange_all (offices);
      store_testing_edit (b, find (b, a, rid), "title_fr", "Un 2", 0);
      store_testing_edit (c, find (c, a, rid), "title_es", "Dos", 0);
      offices_exchange_all (offices);
      offices_assert_all_same (offices);
      assert_newer (a, rid, "es", NULL);
      assert_newer (a, rid, "fr", NULL);
      assert_newer (a, rid, "en", NULL);
    }
}

/* The translations of a copy are outdated where those of its original are; texts that a record
 * is made with agree, whatever its action has set first. */
static void
test_copy (Offices       *offices,
           gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  const PslField *description = psl_kind_find_field (&psl_kind_project, "description");
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "Water", "title_fr", "Eau", "description_en", "One",
                                     "description_fr", "Un", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (PslRecord) copy = NULL;
  g_autoptr (PslRecord) other = NULL;
  gint64 copied;

  store_testing_edit (a, rid, "description_en", "Two", 0);
  record = psl_store_read (a, rid, &error);
  g_assert_no_error (error);
  copy = psl_record_duplicate (record);
  g_assert_true (psl_store_begin (a, PSL_VERB_DUPLICATE, NULL, &error));
  copied = psl_store_insert (a, copy, &error);
  psl_store_set (a, copied, psl_kind_find_field (&psl_kind_project, "title"), "en", "Sewage", &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_commit (a, &error), >, 0);
  travel_send (a, b);
  travel_assert_same (a, b);
  assert_newer (b, find (b, a, copied), "fr", NULL);
  other = psl_store_read (b, find (b, a, copied), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (psl_record_get_newer (other, description, "fr"), ==, "en");

  store_testing_edit (b, find (b, a, copied), "description_fr", "Deux", 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  g_clear_object (&other);
  other = psl_store_read (a, copied, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (psl_record_get_newer (other, description, "fr"), ==, NULL);
  g_assert_cmpstr (psl_record_get_newer (other, description, "en"), ==, NULL);
}

/* A copied text may have a mark that names a language in which the copy has no text. */
static void
test_copy_of_removed (Offices       *offices,
                      gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "description_en", "One", "description_fr", "Un", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (PslRecord) copy = NULL;
  gint64 copied;

  store_testing_edit (a, rid, "description_en", "Two", 0);
  store_testing_edit (a, rid, "description_en", NULL, 0);
  record = psl_store_read (a, rid, &error);
  g_assert_no_error (error);
  copy = psl_record_duplicate (record);
  g_assert_true (psl_store_begin (a, PSL_VERB_DUPLICATE, NULL, &error));
  copied = psl_store_insert (a, copy, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_commit (a, &error), >, 0);
  store_testing_edit (a, copied, "description_es", "Uno", 0);
  store_testing_edit (a, copied, "description_es", "Dos", 0);
  travel_send (a, b);
  travel_assert_same (a, b);
}

static gint64
read_clock (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 clock;

  psl_db_get_int64 (psl_store_get_db (store), "SELECT clock FROM origin WHERE own", &clock, &error);
  g_assert_no_error (error);
  return (gint64) psl_clock_get_milliseconds (clock);
}

/* The clock of the first register is a year ahead. That sets no other clock ahead, and what was
 * written upon its texts still comes after them. */
static void
test_wrong_clock (Offices       *offices,
                  gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "Water", "title_fr", "Eau", NULL);
  gint64 other;

  travel_send (a, b);
  other = find (b, a, rid);
  store_testing_edit (b, other, "title_en", "Water supply", 0);
  g_assert_cmpint (read_clock (a) - read_clock (b), >, 300 * (G_TIME_SPAN_DAY / 1000));
  assert_newer (b, other, "fr", "en");
  travel_send (b, a);
  assert_newer (b, other, "fr", "en");
  assert_newer (a, rid, "fr", "en");
  travel_assert_same (a, b);

  store_testing_edit (b, other, "title_fr", "Approvisionnement en eau", 0);
  travel_send (b, a);
  assert_newer (a, rid, "fr", NULL);
  travel_assert_same (a, b);
}

/* Has the journal say something else, as another program would have written it. */
static void
write_as_other (PslStore   *store,
                const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_db_begin (psl_store_get_db (store), &error));
  g_assert_true (psl_db_exec (psl_store_get_db (store), sql, &error));
  g_assert_true (psl_chain_make (store, &error));
  g_assert_true (psl_db_commit (psl_store_get_db (store), &error));
  g_assert_no_error (error);
}

static void
assert_named (PslStore   *store,
              const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = psl_check_rules (store, NULL, NULL, NULL, NULL, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    n += strstr (((PslFinding *) g_ptr_array_index (findings, i))->message, value) != NULL;
  g_assert_cmpuint (n, ==, 1);
}

/* A value in a form of another version is brought into today's, or kept and named. */
static void
test_other_form (Offices       *offices,
                 gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "beneficiaries", "[{\"country\":\"AL\"}]", NULL);
  gint64 other;

  travel_send (a, b);
  other = find (b, a, rid);
  store_testing_edit (a, rid, "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"4\"}]", 0);
  store_testing_edit (a, rid, "start", "2021", 0);
  store_testing_edit (a, rid, "end", "2030", 0);
  store_testing_edit (a, rid, "beneficiaries", "[{\"country\":\"AM\"}]", 0);
  write_as_other (a, "UPDATE change SET new = '[\"1\",\"4\"]' WHERE field = 'sdg';"
                     "UPDATE change SET new = 'spring of 2021' WHERE field = 'start';"
                     "UPDATE change SET new = 'Armenia' WHERE field = 'beneficiaries'");
  store_testing_edit (b, other, "beneficiaries", "[{\"country\":\"AL\"},{\"country\":\"AZ\"}]", 0);
  travel_send (a, b);
  travel_assert_whole (b);
  store_testing_assert_value (b, other, "end", "2030");
  store_testing_assert_value (b, other, "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"4\"}]");
  store_testing_assert_value (b, other, "start", NULL);
  store_testing_assert_value (b, other, "beneficiaries", "[{\"country\":\"AL\"},{\"country\":\"AZ\"}]");
  assert_conflicts (b, 2);
  assert_named (b, "spring of 2021");
  assert_named (b, "Armenia");

  store_testing_edit (b, other, "start", "2021-04", 0);
  store_testing_edit (b, other, "beneficiaries", "[{\"country\":\"AM\"},{\"country\":\"AZ\"}]", 0);
  assert_conflicts (b, 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 0);
  store_testing_assert_value (a, rid, "start", "2021-04");
}

/* The journal, by its numbers, and all that is open. */
static char *
dup_counts (PslStore *store)
{
  g_autoptr (GString) counts = g_string_new (NULL);
  static const char *const queries[] = {
    "SELECT count (*) FROM action", "SELECT count (*) FROM change", "SELECT count (*) FROM record",
    "SELECT count (*) FROM origin", "SELECT sum (action * number) FROM action", "SELECT max (changed) FROM record",
    "SELECT ifnull (sum (action), 0) FROM conflict", "SELECT max (clock) FROM origin",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    g_string_append_printf (counts, "%" G_GINT64_FORMAT "\n", store_testing_number (store, queries[i]));
  return g_string_free_and_steal (g_steal_pointer (&counts));
}

/* A value typed on both sides is one value; actions that have come already change nothing. */
static void
test_identical (Offices       *offices,
                gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);
  gint64 part = add_part (a, "document", rid, "title_en", "Report");
  g_autofree char *all = travel_write_for (a, offices->stores[2]);
  g_autofree char *later = NULL;
  PslStore *stores[] = { a, b };

  travel_send (a, b);
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      gint64 own = find (stores[i], a, rid);

      store_testing_edit (stores[i], own, "title_en", "Two", 0);
      store_testing_edit (stores[i], own, "start", "2020", 0);
      store_testing_edit (stores[i], own, "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"4\"}]", 0);
      store_testing_edit (stores[i], own, "beneficiaries", "[{\"country\":\"AL\",\"percentage\":\"100\"}]", 0);
      store_testing_edit (stores[i], find (stores[i], a, part), "title_en", NULL, 0);
      store_testing_set_state (stores[i], find (stores[i], a, part), PSL_RECORD_TRASHED);
    }
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 0);
  store_testing_assert_value (a, rid, "title_en", "Two");
  g_assert_cmpint (store_testing_get_state (a, part), ==, PSL_RECORD_TRASHED);

  store_testing_edit (a, rid, "start", "2021", 0);
  store_testing_edit (b, find (b, a, rid), "start", "2022", 0);
  later = travel_write_for (a, b);
  travel_send (a, b);
  assert_conflicts (b, 1);
  {
    const char *const texts[] = { later, all, later };
    g_autofree char *content = travel_dup_content (b);
    g_autofree char *counts = dup_counts (b);

    for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *content_after = NULL;
        g_autofree char *counts_after = NULL;

        g_assert_cmpint (travel_replay (b, texts[i], &error), ==, 0);
        g_assert_no_error (error);
        content_after = travel_dup_content (b);
        counts_after = dup_counts (b);
        g_assert_cmpstr (content_after, ==, content);
        g_assert_cmpstr (counts_after, ==, counts);
      }
  }
}

/* An action that was undone in one register, and undone and done again in another, is the
 * same in both, whatever came last: History and undo agree with the record. */
static void
test_undone_apart (Offices       *offices,
                   gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", "start", "2020", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) edit = NULL;
  gint64 here, there;

  store_testing_edit (a, rid, "start", "2021", 0);
  here = psl_store_last_action (a);
  travel_send (a, b);
  there = psl_store_last_action (b);
  store_testing_undo (a, here);
  store_testing_undo (b, there);
  g_assert_cmpint (psl_store_redo_action (b, there, NULL, &error), >, 0);
  g_assert_no_error (error);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  edit = psl_store_get_action (a, here, &error);
  g_assert_no_error (error);
  store_testing_assert_value (a, rid, "start", edit->undone ? "2020" : "2021");

  /* Who knows of both says which it is. */
  if (edit->undone)
    g_assert_cmpint (psl_store_redo_action (a, here, NULL, &error), >, 0);
  else
    store_testing_undo (a, here);
  g_assert_no_error (error);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  store_testing_assert_value (b, find (b, a, rid), "start", edit->undone ? "2021" : "2020");
}

/* Actions that were altered, or have a piece missing, are refused as a whole, naming the
 * action. */
static void
test_broken (Offices       *offices,
             gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  g_autofree char *empty = travel_dup_content (b);
  g_autofree char *actions = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);
  char *place;

  store_testing_edit (a, rid, "start", "2021", 0);
  store_testing_edit (a, rid, "start", "2022", 0);
  actions = travel_write_for (a, b);
  place = strstr (actions, "\"new\":\"2021\"");
  g_assert_nonnull (place);
  place[10] = '9';
  g_assert_cmpint (travel_replay (b, actions, &error), ==, -1);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "2 "));
  g_clear_error (&error);
  place[10] = '1';

  /* Without the lines of the second action. */
  place = strstr (strstr (actions, "\"new\":\"live\""), "\n") + 1;
  {
    g_autofree char *without = g_strdup (actions);
    char *gap = without + (place - actions);
    char *rest = strchr (strchr (gap, '\n') + 1, '\n') + 1;

    memmove (gap, rest, strlen (rest) + 1);
    g_assert_cmpint (travel_replay (b, without, &error), ==, -1);
    store_testing_assert_refused (&error, PSL_REGISTER_ERROR_DAMAGED);
  }
  g_assert_cmpint (travel_replay (b, "{\"form\":\"other\"}\n", &error), ==, -1);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  g_assert_cmpint (travel_replay (b, "{\"form\":\"passerelle-actions\",\"version\":99}\n", &error), ==, -1);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_TOO_NEW);
  content = travel_dup_content (b);
  g_assert_cmpstr (content, ==, empty);

  g_assert_cmpint (travel_replay (b, actions, &error), ==, 3);
  g_assert_no_error (error);
  /* A second time, nothing is new. */
  g_assert_cmpint (travel_replay (b, actions, &error), ==, 0);
  g_assert_no_error (error);
  travel_assert_same (a, b);
}

/* An action that has travelled is sealed: an edit that would go on with it is one of its
 * own. */
static void
test_sealed (Offices       *offices,
             gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);

  store_testing_edit (a, rid, "title_en", "Two", 7);
  travel_send (a, b);
  store_testing_edit (a, rid, "title_en", "Three", 7);
  travel_send (a, b);
  store_testing_assert_value (b, find (b, a, rid), "title_en", "Three");
  travel_assert_same (a, b);
  travel_assert_whole (b);
}

/* The chain of an action that another register has can't be made anew: neither where it was
 * written out, nor where it has arrived. */
static void
test_made_anew (Offices       *offices,
                gconstpointer  data)
{
  PslStore *stores[] = { offices->stores[0], offices->stores[1] };
  gint64 rid = store_testing_insert (stores[0], &psl_kind_project, "title_en", "One", NULL);

  store_testing_edit (stores[0], rid, "start", "2021", 0);
  travel_send (stores[0], stores[1]);
  for (guint i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      PslDb *db = psl_store_get_db (stores[i]);
      g_autoptr (GError) error = NULL;

      g_assert_true (psl_db_begin (db, &error));
      g_assert_true (psl_chain_make (stores[i], &error));
      g_assert_true (psl_db_exec (db, "UPDATE change SET new = '2022' WHERE field = 'start'", &error));
      g_assert_no_error (error);
      g_assert_false (psl_chain_make (stores[i], &error));
      store_testing_assert_refused (&error, PSL_REGISTER_ERROR_FAILED);
      psl_db_rollback (db);
    }
  travel_assert_whole (stores[0]);
  travel_assert_same (stores[0], stores[1]);
}

/* Changes an entry of the project types as an action.
 * @name, @aliases: (nullable): %NULL leaves those that it has */
static void
edit_type (PslStore      *store,
           const char    *code,
           const char    *name,
           const char    *aliases,
           PslCodeStatus  status,
           int            move)
{
  g_autoptr (PslEntryEdit) edit = psl_entry_edit_new ("type", code);
  g_autoptr (GError) error = NULL;

  edit->is_new = psl_codelist_find (psl_codelists_get_list (psl_store_get_codelists (store), "type"), code) == NULL;
  psl_names_set (&edit->names, "en", name);
  edit->aliases = g_strdup (aliases);
  edit->status = status;
  edit->move = move;
  g_assert_cmpint (psl_store_edit_entry (store, edit, &error), >, 0);
  g_assert_no_error (error);
}

static const PslCode *
get_type (PslStore   *store,
          const char *code)
{
  return psl_codelist_find (psl_codelists_get_list (psl_store_get_codelists (store), "type"), code);
}

/* No entry has two records. */
static void
assert_no_doubles (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 n_doubles;

  psl_db_get_int64 (psl_store_get_db (store),
                    "SELECT count (*) - count (DISTINCT code) FROM entry JOIN record USING (rid) WHERE state = 0",
                    &n_doubles, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_doubles, ==, 0);
}

/* Offices change an entry of a code list apart: it is one record, with what each changed. */
static void
test_entry (Offices       *offices,
            gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];

  edit_type (a, "CT", "Against Trafficking", NULL, PSL_CODE_STATUS_UNCHANGED, 0);
  edit_type (b, "CT", NULL, NULL, PSL_CODE_STATUS_WITHDRAWN, 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  for (guint i = 0; i < N_REGISTERS; i++)
    {
      PslStore *store = offices->stores[i];

      assert_conflicts (store, 0);
      assert_no_doubles (store);
      g_assert_cmpstr (psl_names_get (get_type (store, "CT")->names, "en"), ==, "Against Trafficking");
      g_assert_true (get_type (store, "CT")->withdrawn);
    }

  edit_type (a, "CT", NULL, NULL, PSL_CODE_STATUS_IN_USE, 0);
  g_assert_false (get_type (a, "CT")->withdrawn);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  g_assert_false (get_type (b, "CT")->withdrawn);
  g_assert_cmpstr (psl_names_get (get_type (b, "CT")->names, "en"), ==, "Against Trafficking");
  travel_assert_whole (b);
}

/* Where both named it, somebody decides which name it has. */
static void
test_entry_conflict (Offices       *offices,
                     gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  gint64 rid;

  edit_type (a, "PO", "Labour A", "Labor", PSL_CODE_STATUS_UNCHANGED, 0);
  edit_type (b, "PO", "Labour B", "Work", PSL_CODE_STATUS_UNCHANGED, 0);
  edit_type (a, "XQ", "Exchange", NULL, PSL_CODE_STATUS_UNCHANGED, 0);
  edit_type (b, "XQ", "Exchange", "Swap", PSL_CODE_STATUS_UNCHANGED, 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_no_doubles (a);
  g_assert_cmpstr (get_type (a, "XQ")->aliases[0], ==, "Swap");
  conflicts = psl_store_list_conflicts (a, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, 2);

  rid = psl_store_find (b, "type/PO", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const PslConflict *conflict = g_ptr_array_index (conflicts, i);

      g_assert_cmpuint (conflict->values->len, ==, 2);
      psl_store_resolve (b, rid, conflict->field, conflict->language,
                         g_str_equal (conflict->field->name, "name") ? "Labour B" : "Work\nLabor", &error);
      g_assert_no_error (error);
    }
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_conflicts (a, 0);
  g_assert_cmpstr (psl_names_get (get_type (a, "PO")->names, "en"), ==, "Labour B");
  g_assert_cmpstr (get_type (a, "PO")->aliases[1], ==, "Labor");
}

/* Moving an entry gives others their places, which are theirs once in every register. */
static void
test_entry_moved (Offices       *offices,
                  gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];

  edit_type (a, "CT", NULL, NULL, PSL_CODE_STATUS_UNCHANGED, 2);
  edit_type (b, "PO", NULL, NULL, PSL_CODE_STATUS_UNCHANGED, 3);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_no_doubles (a);
  assert_no_doubles (b);
}

/* An entry that one office added and took away again, and the other one added, is there. */
static void
test_entry_made_again (Offices       *offices,
                       gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];

  edit_type (a, "XQ", "Exchange", "Swap", PSL_CODE_STATUS_UNCHANGED, 0);
  store_testing_undo (a, 0);
  edit_type (a, "XQ", "Quarters", NULL, PSL_CODE_STATUS_UNCHANGED, 0);
  g_assert_true (get_type (a, "XQ")->aliases == NULL || get_type (a, "XQ")->aliases[0] == NULL);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  g_assert_cmpstr (psl_names_get (get_type (b, "XQ")->names, "en"), ==, "Quarters");

  edit_type (b, "XZ", "Zone", NULL, PSL_CODE_STATUS_UNCHANGED, 0);
  store_testing_undo (b, 0);
  edit_type (a, "XZ", "Zone", NULL, PSL_CODE_STATUS_UNCHANGED, 0);
  offices_exchange_all (offices);
  offices_assert_all_same (offices);
  assert_no_doubles (b);
  g_assert_cmpstr (psl_names_get (get_type (b, "XZ")->names, "en"), ==, "Zone");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/travel/" path, Offices, NULL, offices_set_up, test, offices_tear_down)
  ADD ("conflict", test_conflict);
  ADD ("conflict/unknown", test_unknown_conflict);
  ADD ("created", test_created);
  ADD ("set", test_set);
  ADD ("removed-apart", test_removed_apart);
  ADD ("part-of-removed", test_part_of_removed);
  ADD ("part-order", test_part_order);
  ADD ("linked", test_linked);
  ADD ("translation", test_translation);
  ADD ("translation/apart", test_translation_apart);
  ADD ("translation/several-apart", test_translations_apart);
  ADD ("translation/updated-apart", test_translations_updated);
  ADD ("copy", test_copy);
  ADD ("copy-of-removed", test_copy_of_removed);
  ADD ("wrong-clock", test_wrong_clock);
  ADD ("other-form", test_other_form);
  ADD ("identical", test_identical);
  ADD ("undone-apart", test_undone_apart);
  ADD ("undo-apart", test_undo_apart);
  ADD ("undo-alike", test_undo_alike);
  ADD ("undo-decision", test_undo_decision);
  ADD ("undo-decision-made", test_undo_decision_made);
  ADD ("alike", test_alike);
  ADD ("alike/three", test_three_alike);
  ADD ("alike/unlike", test_unlike);
  ADD ("alike/removed", test_removed_alike);
  ADD ("undo-before", test_undo_before);
  ADD ("undo-set", test_undo_set);
  ADD ("undo-removal", test_undo_removal);
  ADD ("broken", test_broken);
  ADD ("sealed", test_sealed);
  ADD ("made-anew", test_made_anew);
  ADD ("entry", test_entry);
  ADD ("entry/conflict", test_entry_conflict);
  ADD ("entry/moved", test_entry_moved);
  ADD ("entry/made-again", test_entry_made_again);
#undef ADD
  return g_test_run ();
}
