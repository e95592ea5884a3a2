/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * kill -9 in the middle of a stream of edits, imports, removals, undos and
 * redos. A worker process changes a register and acknowledges every change with
 * what the register holds after it; it is killed at an arbitrary moment. On
 * reopening, what was acknowledged last is there; at most one further action is,
 * and undoing (or redoing) that one gives exactly what was acknowledged.
 *
 * PSL_FAULT_KILLS sets the number of kills, PSL_FAULT_SEED the seed.
 */

#include "config.h"

#include <gio/gio.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "psl-error.h"
#include "psl-fault-register.h"
#include "psl-kinds.h"

#define MAX_PROJECTS 30
#define SEED 20260517

static char *program;

/* The worker */

static gint64
random_project (PslStore *store,
                GRand    *random)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = psl_store_query (store, query, 0, &error);

  g_assert_no_error (error);
  if (rids->len == 0)
    return 0;
  return g_array_index (rids, gint64, g_rand_int_range (random, 0, (gint32) rids->len));
}

static void
edit_one (PslStore  *store,
          GRand     *random,
          GError   **error)
{
  gint64 rid = random_project (store, random);
  g_autofree char *title = g_strdup_printf ("Titre %u", g_rand_int (random));

  if (rid == 0)
    return;
  fault_set (store, rid, "title_fr", title, error);
}

static void
trash_one (PslStore  *store,
           GRand     *random,
           GError   **error)
{
  gint64 rid = random_project (store, random);

  if (rid == 0 || !psl_store_begin (store, PSL_VERB_TRASH, NULL, error))
    return;
  if (!psl_store_set_state (store, rid, PSL_RECORD_TRASHED, error) || psl_store_commit (store, error) < 0)
    psl_store_rollback (store);
}

static void
import_some (PslStore  *store,
             GRand     *random,
             GError   **error)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  char prefix[3] = { 'A' + g_rand_int_range (random, 0, 26), 'A' + g_rand_int_range (random, 0, 26), '\0' };

  if (psl_store_count (store, query, error) < MAX_PROJECTS)
    fault_add_projects (store, PSL_VERB_IMPORT, prefix, g_rand_int_range (random, 1, 15), error);
}

/* Says on standard output what has been done: the last action, and a sum of all
 * that the register holds.
 * Returns: whether there is still somebody to listen. */
static gboolean
acknowledge (PslStore *store)
{
  g_autofree char *dump = fault_dump (store);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, dump, -1);

  return printf ("%" G_GINT64_FORMAT " %s\n", psl_store_last_action (store), sum) > 0
         && fflush (stdout) == 0;
}

/* Makes one change. An undo or a redo where there is nothing to undo or redo is
 * none; the next throw of the dice is. */
static void
change_something (PslStore *store,
                  GRand    *random)
{
  g_autoptr (GError) error = NULL;
  gint dice = g_rand_int_range (random, 0, 100);

  if (dice < 45)
    edit_one (store, random, &error);
  else if (dice < 60)
    import_some (store, random, &error);
  else if (dice < 70)
    trash_one (store, random, &error);
  else if (dice < 90)
    psl_store_undo (store, 0, NULL, &error);
  else
    psl_store_redo (store, NULL, &error);
  if (!g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING))
    g_assert_no_error (error);
}

static int
work (const char *path,
      guint32     seed)
{
  g_autoptr (PslStore) store = fault_open (path);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  while (acknowledge (store))
    change_something (store, random);
  return 0;
}

/* The test */

/* Reads acknowledgements until @n have come or the worker has ended.
 * Returns: (transfer full): the last one. */
static char *
read_acknowledgements (GDataInputStream *output,
                       guint             n)
{
  char *last = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      char *line = g_data_input_stream_read_line (output, NULL, NULL, &error);

      g_assert_no_error (error);
      if (line == NULL)
        break;
      g_free (last);
      last = line;
    }
  return last;
}

/* Checks that the register at @path holds what was acknowledged, or one whole
 * action more. */
static void
check_after_kill (const char *path,
                  const char *acknowledged)
{
  g_autoptr (PslStore) store = fault_open (path);
  g_auto (GStrv) parts = g_strsplit (acknowledged, " ", 2);
  gint64 last = g_ascii_strtoll (parts[0], NULL, 10);
  gint64 found = psl_store_last_action (store);
  g_autofree char *dump = NULL;
  g_autofree char *sum = NULL;

  fault_assert_whole (store);
  g_assert_cmpint (found, >=, last);
  g_assert_cmpint (found, <=, last + 1);
  if (found > last)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PslAction) action = psl_store_get_action (store, found, &error);

      g_assert_no_error (error);
      if (action->verb == PSL_VERB_UNDO)
        psl_store_redo (store, NULL, &error);
      else
        psl_store_undo (store, action->verb == PSL_VERB_REDO ? action->target : found, NULL, &error);
      g_assert_no_error (error);
    }
  dump = fault_dump (store);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, dump, -1);
  g_assert_cmpstr (sum, ==, parts[1]);
}

static void
kill_once (const char *path,
           GRand      *random)
{
  g_autofree char *seed = g_strdup_printf ("%u", g_rand_int (random));
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) worker = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *acknowledged = NULL;
  g_autofree char *later = NULL;

  worker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                             program, "--worker", path, seed, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (worker));
  acknowledged = read_acknowledgements (output, g_rand_int_range (random, 1, 6));
  g_assert_nonnull (acknowledged);

  /* The moment of the kill is what varies here: up to a few milliseconds on. */
  g_usleep (g_rand_int_range (random, 0, 6000));
  g_subprocess_send_signal (worker, SIGKILL);
  g_subprocess_wait (worker, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (worker));

  later = read_acknowledgements (output, G_MAXUINT);
  check_after_kill (path, later != NULL ? later : acknowledged);
}

static void
test_kill (void)
{
  const char *kills = g_getenv ("PSL_FAULT_KILLS");
  const char *seed = g_getenv ("PSL_FAULT_SEED");
  guint n = kills != NULL ? (guint) strtoul (kills, NULL, 10) : 200;
  guint32 start = seed != NULL ? (guint32) strtoul (seed, NULL, 10) : SEED;
  g_autofree char *folder = fault_make_folder ();
  g_autofree char *path = g_build_filename (folder, "register.passerelle", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (start);

  g_test_message ("%u kills, PSL_FAULT_SEED=%u", n, start);
  for (guint i = 0; i < n; i++)
    kill_once (path, random);
  folder_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  if (argc == 4 && g_str_equal (argv[1], "--worker"))
    return work (argv[2], (guint32) strtoul (argv[3], NULL, 10));

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/kill", test_kill);
  return g_test_run ();
}
