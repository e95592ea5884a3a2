/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-check.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-travel.h"
#include "store-testing.h"

/* Registers that edit apart and exchange what was done. */

#define N_REGISTERS 3

typedef struct
{
  char *folder;
  PslStore *stores[N_REGISTERS + 1];
} Offices;

static gint64 now;

/* Goes back at times, as clocks do. */
static gint64
clock_cb (void)
{
  now += 1000;
  return G_GINT64_CONSTANT (1750000000000000) + (now % 7000 == 0 ? -now : now);
}

static void
set_up (Offices       *offices,
        gconstpointer  data)
{
  offices->folder = folder_make ();
  for (guint i = 0; i <= N_REGISTERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.passerelle", i);
      g_autofree char *path = g_build_filename (offices->folder, name, NULL);

      offices->stores[i] = store_testing_open (path, PSL_STORE_CREATE);
      psl_store_set_clock (offices->stores[i], clock_cb);
    }
}

static void
tear_down (Offices       *offices,
           gconstpointer  data)
{
  for (guint i = 0; i <= N_REGISTERS; i++)
    psl_store_close (offices->stores[i]);
  folder_remove (offices->folder);
  g_free (offices->folder);
}

/* Writes what the receiver does not have. */
static char *
write_for (PslStore *from,
           PslStore *to)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autofree char *seen = psl_store_dup_seen (to, &error);

  g_assert_no_error (error);
  psl_store_read_actions_since (from, seen, stream, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

static gint64
replay (PslStore    *to,
        const char  *actions,
        GError     **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (actions, (gssize) strlen (actions), NULL);

  return psl_store_replay (to, stream, error);
}

/* Cuts actions off, at the beginning of one. */
static void
cut (char  *actions,
     GRand *random)
{
  char *end = actions + g_rand_int_range (random, 0, (gint32) strlen (actions) + 1);

  while (*end != '\0' && !g_str_has_prefix (end, "\n{\"origin\""))
    end++;
  if (*end != '\0')
    end[1] = '\0';
}

static void
send_to (PslStore *from,
      PslStore *to)
{
  g_autofree char *actions = write_for (from, to);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (replay (to, actions, &error), >=, 0);
  g_assert_no_error (error);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GArray *
list_records (PslStore *store)
{
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) error = NULL;

  statement = psl_db_prepare (psl_store_get_db (store), "SELECT rid FROM record ORDER BY rid", &error);
  while (psl_statement_step (statement, &error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);

      g_array_append_val (rids, rid);
    }
  g_assert_no_error (error);
  return rids;
}

static void
add_line (GPtrArray *lines,
          const char *id,
          const char *field,
          const char *language,
          const char *value)
{
  g_ptr_array_add (lines, g_strdup_printf ("%s %s %s %s", id, field, language != NULL ? language : "-", value));
}

static void
add_conflicts (PslStore  *store,
               GPtrArray *lines)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = psl_store_list_conflicts (store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const PslConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autoptr (PslRecord) record = psl_store_read (store, conflict->rid, &error);
      g_autoptr (GString) values = g_string_new ("conflict");

      g_assert_no_error (error);
      for (guint j = 0; j < conflict->values->len; j++)
        {
          const char *value = g_ptr_array_index (conflict->values, j);

          g_string_append_printf (values, " [%s]", value != NULL ? value : "");
        }
      add_line (lines, psl_record_get_id (record), conflict->field != NULL ? conflict->field->name : "$state",
                conflict->language, values->str);
    }
}

/* All that a register holds, whatever numbers its records have. */
static char *
dup_content (PslStore *store)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) rids = list_records (store);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (PslRecord) record = psl_store_read (store, g_array_index (rids, gint64, i), &error);
      g_autofree char *state = NULL;
      const PslField *field;
      const char *language;
      const char *value;
      PslRecordIter iter;

      g_assert_no_error (error);
      state = g_strdup_printf ("%s %d %" G_GINT64_FORMAT, psl_record_get_kind (record)->name,
                               psl_record_get_state (record), psl_record_get_position (record));
      add_line (lines, psl_record_get_id (record), "$state", NULL, state);
      psl_record_iter_init (&iter, record);
      while (psl_record_iter_next (&iter, &field, &language, &value))
        add_line (lines, psl_record_get_id (record), field->name, language, value);
    }
  add_conflicts (store, lines);
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static void
assert_same (PslStore *a,
             PslStore *b)
{
  g_autofree char *one = dup_content (a);
  g_autofree char *other = dup_content (b);
  g_auto (GStrv) one_lines = NULL;
  g_auto (GStrv) other_lines = NULL;

  if (strcmp (one, other) == 0)
    return;
  one_lines = g_strsplit (one, "\n", -1);
  other_lines = g_strsplit (other, "\n", -1);
  for (guint i = 0; one_lines[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) other_lines, one_lines[i]))
      g_test_message ("only in the first: %s", one_lines[i]);
  for (guint i = 0; other_lines[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) one_lines, other_lines[i]))
      g_test_message ("only in the second: %s", other_lines[i]);
  g_test_fail_printf ("Registers with the same actions differ");
}

static void
assert_whole (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = psl_check_integrity (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("check: %s", ((PslFinding *) g_ptr_array_index (findings, i))->message);
  g_assert_cmpuint (findings->len, ==, 0);
}

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

static void
exchange_all (Offices *offices)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < N_REGISTERS; i++)
      for (guint j = 0; j < N_REGISTERS; j++)
        if (i != j)
          send_to (offices->stores[i], offices->stores[j]);
}

static void
assert_all_same (Offices *offices)
{
  for (guint i = 0; i < N_REGISTERS; i++)
    {
      assert_whole (offices->stores[i]);
      assert_same (offices->stores[0], offices->stores[i]);
    }
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

  send_to (a, b);
  other = find (b, a, rid);
  store_testing_assert_value (b, other, "start", "2020");
  store_testing_edit (a, rid, "start", "2021", 0);
  store_testing_edit (b, other, "start", "2022", 0);
  store_testing_edit (a, rid, "title_en", "Two", 0);
  store_testing_edit (b, other, "title_fr", "Deux", 0);
  store_testing_edit (a, rid, "end", "2030", 0);
  store_testing_edit (b, other, "end", "2030", 0);
  exchange_all (offices);
  assert_all_same (offices);
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
  exchange_all (offices);
  assert_all_same (offices);
  assert_conflicts (a, 0);
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

  send_to (a, b);
  other = find (b, a, rid);
  store_testing_edit (a, rid, "sdg", "[{\"sdg\":\"1\"},{\"sdg\":\"2\"},{\"sdg\":\"3\"}]", 0);
  store_testing_edit (b, other, "sdg", "[{\"sdg\":\"2\"},{\"sdg\":\"4\"}]", 0);
  exchange_all (offices);
  assert_all_same (offices);
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

  send_to (a, b);
  other = find (b, a, rid);
  store_testing_set_state (a, rid, PSL_RECORD_TRASHED);
  store_testing_edit (b, other, "title_en", "Two", 0);
  exchange_all (offices);
  assert_all_same (offices);
  assert_conflicts (a, 1);
  g_assert_cmpint (store_testing_get_state (a, rid), ==, PSL_RECORD_LIVE);
  store_testing_assert_value (a, rid, "title_en", "Two");
  psl_store_resolve (b, other, NULL, NULL, "trashed", &error);
  g_assert_no_error (error);
  exchange_all (offices);
  assert_all_same (offices);
  assert_conflicts (a, 0);
  g_assert_cmpint (store_testing_get_state (a, rid), ==, PSL_RECORD_TRASHED);
  /* Of what was known there, it is no conflict. */
  store_testing_set_state (b, other, PSL_RECORD_LIVE);
  store_testing_edit (b, other, "title_en", "Three", 0);
  store_testing_set_state (b, other, PSL_RECORD_TRASHED);
  exchange_all (offices);
  assert_conflicts (a, 0);
  assert_all_same (offices);
}

/* What was altered, or has a piece missing, is refused as a whole, naming the action. */
static void
test_broken (Offices       *offices,
             gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  g_autofree char *empty = dup_content (b);
  g_autofree char *actions = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);
  char *place;

  store_testing_edit (a, rid, "start", "2021", 0);
  store_testing_edit (a, rid, "start", "2022", 0);
  actions = write_for (a, b);
  place = strstr (actions, "\"new\":\"2021\"");
  g_assert_nonnull (place);
  place[10] = '9';
  g_assert_cmpint (replay (b, actions, &error), ==, -1);
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
    g_assert_cmpint (replay (b, without, &error), ==, -1);
    store_testing_assert_refused (&error, PSL_REGISTER_ERROR_DAMAGED);
  }
  g_assert_cmpint (replay (b, "{\"form\":\"other\"}\n", &error), ==, -1);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  g_assert_cmpint (replay (b, "{\"form\":\"passerelle-actions\",\"version\":99}\n", &error), ==, -1);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_TOO_NEW);
  content = dup_content (b);
  g_assert_cmpstr (content, ==, empty);

  g_assert_cmpint (replay (b, actions, &error), ==, 3);
  g_assert_no_error (error);
  /* A second time, nothing is new. */
  g_assert_cmpint (replay (b, actions, &error), ==, 0);
  g_assert_no_error (error);
  assert_same (a, b);
}

/* What has travelled is sealed: an edit that would go on with it is one of its own. */
static void
test_sealed (Offices       *offices,
             gconstpointer  data)
{
  PslStore *a = offices->stores[0];
  PslStore *b = offices->stores[1];
  gint64 rid = store_testing_insert (a, &psl_kind_project, "title_en", "One", NULL);

  store_testing_edit (a, rid, "title_en", "Two", 7);
  send_to (a, b);
  store_testing_edit (a, rid, "title_en", "Three", 7);
  send_to (a, b);
  store_testing_assert_value (b, find (b, a, rid), "title_en", "Three");
  assert_same (a, b);
  assert_whole (b);
}

static const char *const years[] = { NULL, "2018", "2019", "2020-05", "2021", "2022-03-04" };
static const char *const words[] = { NULL, "Water", "Bridge", "School", "Road", "Border" };
static const char *const goals[] = {
  NULL, "[{\"sdg\":\"1\"}]", "[{\"sdg\":\"1\"},{\"sdg\":\"2\"}]", "[{\"sdg\":\"3\"},{\"sdg\":\"2\"}]",
  "[{\"sdg\":\"4\"},{\"sdg\":\"1\"},{\"sdg\":\"5\"}]",
};

static const char *
pick (GRand             *random,
      const char *const *values,
      gsize              n)
{
  return values[g_rand_int_range (random, 0, (gint32) n)];
}

#define PICK(random, values) pick ((random), (values), G_N_ELEMENTS (values))

static gint64
pick_record (PslStore       *store,
             GRand          *random,
             const PslKind  *kind)
{
  g_autoptr (GArray) rids = list_records (store);
  g_autoptr (GError) error = NULL;

  for (guint tries = 0; tries < 8 && rids->len > 0; tries++)
    {
      gint64 rid = g_array_index (rids, gint64, g_rand_int_range (random, 0, (gint32) rids->len));
      g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);

      g_assert_no_error (error);
      if (kind == NULL || psl_record_get_kind (record) == kind)
        return rid;
    }
  return 0;
}

/* A random step; what the register refuses is no step. */
static void
take_step (PslStore *store,
           GRand    *random)
{
  int step = g_rand_int_range (random, 0, 100);
  g_autoptr (GError) error = NULL;
  gint64 project = pick_record (store, random, &psl_kind_project);

  if (step < 12 || project == 0)
    {
      store_testing_insert (store, &psl_kind_project, "title_en", words[g_rand_int_range (random, 1, 6)], NULL);
      return;
    }
  if (step < 20)
    {
      g_autoptr (PslRecord) part = psl_record_new (psl_kind_find ("document"), 0, NULL);
      g_autofree char *owner = store_testing_dup_id (store, project);

      psl_record_set (part, psl_kind_get_owner_field (psl_kind_find ("document")), NULL, owner);
      psl_record_set (part, psl_kind_find_field (psl_kind_find ("document"), "title"), "en", "Report");
      psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
      g_assert_no_error (error);
      if (psl_store_insert (store, part, NULL) != 0)
        psl_store_commit (store, &error);
      else
        psl_store_rollback (store);
      g_assert_no_error (error);
      return;
    }
  if (step < 30)
    {
      gint64 part = pick_record (store, random, psl_kind_find ("document"));

      if (part != 0 && step < 25)
        psl_store_edit (store, part, psl_kind_find_field (psl_kind_find ("document"), "title"), "en",
                        PICK (random, words), 0, NULL);
      else if (part != 0)
        {
          psl_store_begin (store, PSL_VERB_EDIT, NULL, &error);
          g_assert_no_error (error);
          psl_store_move (store, part, 0, NULL);
          psl_store_commit (store, NULL);
        }
      return;
    }
  if (step < 40)
    {
      PslRecordState state = (PslRecordState) g_rand_int_range (random, -1, 2);

      psl_store_begin (store, state == PSL_RECORD_LIVE ? PSL_VERB_RESTORE : PSL_VERB_TRASH, NULL, &error);
      g_assert_no_error (error);
      psl_store_set_state (store, pick_record (store, random, NULL), state, NULL);
      psl_store_commit (store, NULL);
      return;
    }
  if (step < 48)
    {
      psl_store_undo (store, 0, NULL, NULL);
      return;
    }
  if (step < 52)
    {
      psl_store_redo (store, NULL, NULL);
      return;
    }
  if (step < 60)
    {
      g_autoptr (GPtrArray) conflicts = psl_store_list_conflicts (store, &error);
      const PslConflict *conflict;

      g_assert_no_error (error);
      if (conflicts->len == 0)
        return;
      conflict = g_ptr_array_index (conflicts, g_rand_int_range (random, 0, (gint32) conflicts->len));
      psl_store_resolve (store, conflict->rid, conflict->field, conflict->language,
                         g_ptr_array_index (conflict->values, g_rand_int_range (random, 0, (gint32) conflict->values->len)), NULL);
      return;
    }
  if (step < 75)
    psl_store_edit (store, project, psl_kind_find_field (&psl_kind_project, "title"), step % 2 ? "en" : "fr",
                    PICK (random, words), step % 3, NULL);
  else if (step < 85)
    psl_store_edit (store, project, psl_kind_find_field (&psl_kind_project, "start"), NULL, PICK (random, years), 0, NULL);
  else
    psl_store_edit (store, project, psl_kind_find_field (&psl_kind_project, "sdg"), NULL, PICK (random, goals), 0, NULL);
}

static void
test_random (Offices       *offices,
             gconstpointer  data)
{
  guint n_steps = g_getenv ("PSL_TRAVEL_STEPS") != NULL ? (guint) atoi (g_getenv ("PSL_TRAVEL_STEPS")) : 600;
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GError) error = NULL;

  g_test_message ("seed %u, %u steps", seed, n_steps);
  for (guint i = 0; i < n_steps; i++)
    {
      take_step (offices->stores[g_rand_int_range (random, 0, N_REGISTERS)], random);
      if (g_rand_int_range (random, 0, 12) == 0)
        {
          PslStore *from = offices->stores[g_rand_int_range (random, 0, N_REGISTERS)];
          PslStore *to = offices->stores[g_rand_int_range (random, 0, N_REGISTERS)];
          g_autofree char *actions = write_for (from, to);

          if (g_rand_boolean (random))
            cut (actions, random);
          replay (to, actions, &error);
          g_assert_no_error (error);
          g_assert_cmpint (replay (to, actions, &error), ==, 0);
          g_assert_no_error (error);
        }
    }
  exchange_all (offices);
  /* One that gets all at once. */
  send_to (offices->stores[1], offices->stores[N_REGISTERS]);
  assert_all_same (offices);
  assert_whole (offices->stores[N_REGISTERS]);
  assert_same (offices->stores[0], offices->stores[N_REGISTERS]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add ("/travel/" path, Offices, NULL, set_up, test, tear_down)
  ADD ("conflict", test_conflict);
  ADD ("set", test_set);
  ADD ("removed-apart", test_removed_apart);
  ADD ("broken", test_broken);
  ADD ("sealed", test_sealed);
  ADD ("random", test_random);
#undef ADD
  return g_test_run ();
}
