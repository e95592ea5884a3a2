/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "travel-offices.h"

#include <string.h>

#include "psl-check.h"
#include "psl-store-private.h"
#include "psl-travel.h"
#include "store-testing.h"

static gint64 now;

/* Goes back at times, as clocks do. */
static gint64
clock_cb (void)
{
  now += 1000;
  return G_GINT64_CONSTANT (1750000000000000) + (now % 7000 == 0 ? -now : now);
}

/* Is a year ahead of the others. */
static gint64
fast_clock_cb (void)
{
  return clock_cb () + 365 * G_TIME_SPAN_DAY;
}

/* Gives a register the same UUID in each run, for the UUID decides where registers disagree; all
 * other UUIDs follow from it and from the clock. */
static void
set_id (PslStore *store,
        guint     number)
{
  g_autofree char *id = g_strdup_printf ("00000000-0000-7000-8000-%012u", number);
  g_autofree char *sql = g_strdup_printf ("UPDATE origin SET id = '%s'", id);

  g_assert_true (psl_db_exec (psl_store_get_db (store), sql, NULL));
}

void
offices_set_up (Offices       *offices,
                gconstpointer  data)
{
  offices->folder = folder_make ();
  for (guint i = 0; i <= N_REGISTERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.passerelle", i);
      g_autofree char *path = g_build_filename (offices->folder, name, NULL);

      offices->stores[i] = store_testing_open (path, PSL_STORE_CREATE);
      set_id (offices->stores[i], i);
      psl_store_set_clock (offices->stores[i], i == 0 ? fast_clock_cb : clock_cb);
      /* Power cuts are tested elsewhere. */
      g_assert_true (psl_db_exec (psl_store_get_db (offices->stores[i]), "PRAGMA synchronous = OFF", NULL));
    }
}

void
offices_tear_down (Offices       *offices,
                   gconstpointer  data)
{
  for (guint i = 0; i <= N_REGISTERS; i++)
    psl_store_close (offices->stores[i]);
  folder_remove (offices->folder);
  g_free (offices->folder);
}

/* Writes what the receiver does not have. */
char *
travel_write_for (PslStore *from,
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

gint64
travel_replay (PslStore    *to,
               const char  *actions,
               GError     **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (actions, (gssize) strlen (actions), NULL);

  return psl_store_replay (to, stream, error);
}

void
travel_send (PslStore *from,
             PslStore *to)
{
  g_autofree char *actions = travel_write_for (from, to);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (travel_replay (to, actions, &error), >=, 0);
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

static void
add_undone (PslStore  *store,
            GPtrArray *lines)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (psl_store_get_db (store),
                              "SELECT o.id, a.number FROM action AS a JOIN origin AS o USING (origin)"
                              " WHERE a.undone_by IS NOT NULL", &error);
  while (psl_statement_step (statement, &error))
    add_line (lines, psl_statement_get_text (statement, 0), "undone", NULL, psl_statement_get_text (statement, 1));
  g_assert_no_error (error);
}

/* All that a register holds, whatever numbers its records have, and which actions are undone. */
char *
travel_dup_content (PslStore *store)
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
        {
          add_line (lines, psl_record_get_id (record), field->name, language, value);
          if (language != NULL && psl_record_get_newer (record, field, language) != NULL)
            add_line (lines, psl_record_get_id (record), field->name, language, "(outdated)");
        }
    }
  add_conflicts (store, lines);
  add_undone (store, lines);
  g_ptr_array_sort (lines, compare_texts);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

void
travel_assert_same (PslStore *a,
                    PslStore *b)
{
  g_autofree char *one = travel_dup_content (a);
  g_autofree char *other = travel_dup_content (b);
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

void
travel_assert_whole (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = psl_check_integrity (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    g_test_message ("check: %s", ((PslFinding *) g_ptr_array_index (findings, i))->message);
  g_assert_cmpuint (findings->len, ==, 0);
}

void
offices_exchange_all (Offices *offices)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < N_REGISTERS; i++)
      for (guint j = 0; j < N_REGISTERS; j++)
        if (i != j)
          travel_send (offices->stores[i], offices->stores[j]);
}

void
offices_assert_all_same (Offices *offices)
{
  for (guint i = 0; i < N_REGISTERS; i++)
    {
      travel_assert_whole (offices->stores[i]);
      travel_assert_same (offices->stores[0], offices->stores[i]);
    }
}

