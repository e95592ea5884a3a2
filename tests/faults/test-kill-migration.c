/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * kill -9 while a register is brought to a newer version: afterwards it is of one
 * version and wholly so, what it held is there, and the migration can go on.
 *
 * PSL_FAULT_KILLS sets the number of kills, PSL_FAULT_SEED the seed.
 */

#include "config.h"

#include <gio/gio.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "psl-fault-migration.h"
#include "psl-fault-register.h"

#define KILLS 200
#define SEED 20260517
#define PROJECTS 40

static char *program;

static int
work (const char *path)
{
  g_autoptr (GError) error = NULL;

  puts ("ready");
  fflush (stdout);
  fault_migrate (path, &error);
  g_assert_no_error (error);
  return 0;
}

/* Migrates a copy of @base in another process and kills that after a while.
 * Returns: how many steps were done */
static guint
kill_once (const char *base,
           const char *before,
           guint       delay)
{
  g_autofree char *folder = fault_make_folder ();
  g_autofree char *path = g_build_filename (folder, "register.passerelle", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) worker = NULL;
  char ready[6];
  guint n_done;

  fault_copy_register (base, path);
  worker = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--worker", path, NULL);
  g_assert_no_error (error);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (worker), ready, sizeof ready, NULL, NULL, &error);
  g_assert_no_error (error);

  /* The moment of the kill is what varies here. */
  g_usleep (delay);
  g_subprocess_send_signal (worker, SIGKILL);
  g_subprocess_wait (worker, NULL, &error);
  g_assert_no_error (error);

  n_done = fault_assert_migration (path, before);
  if (n_done == 0)
    {
      fault_migrate (path, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (fault_assert_migration (path, before), ==, FAULT_MIGRATIONS);
    }
  folder_remove (folder);
  return n_done;
}

/* How long a migration takes, in microseconds. */
static guint
measure (const char *base)
{
  g_autofree char *folder = fault_make_folder ();
  g_autofree char *path = g_build_filename (folder, "register.passerelle", NULL);
  g_autoptr (GError) error = NULL;
  gint64 start;

  fault_copy_register (base, path);
  start = g_get_monotonic_time ();
  fault_migrate (path, &error);
  g_assert_no_error (error);
  start = g_get_monotonic_time () - start;
  folder_remove (folder);
  return (guint) start;
}

static char *
make_base (const char *path)
{
  g_autoptr (PslStore) store = fault_open (path);
  g_autoptr (GError) error = NULL;

  fault_add_projects (store, PSL_VERB_IMPORT, "AA", PROJECTS, &error);
  g_assert_no_error (error);
  return fault_dump (store);
}

static void
test_kill_migration (void)
{
  const char *kills = g_getenv ("PSL_FAULT_KILLS");
  const char *seed = g_getenv ("PSL_FAULT_SEED");
  guint n = kills != NULL ? (guint) strtoul (kills, NULL, 10) : KILLS;
  guint32 start = seed != NULL ? (guint32) strtoul (seed, NULL, 10) : SEED;
  g_autofree char *folder = fault_make_folder ();
  g_autofree char *base = g_build_filename (folder, "register.passerelle", NULL);
  g_autofree char *before = make_base (base);
  g_autoptr (GRand) random = g_rand_new_with_seed (start);
  guint duration = measure (base);
  guint counts[FAULT_MIGRATIONS + 1] = { 0 };

  g_test_message ("%u kills, PSL_FAULT_SEED=%u", n, start);
  for (guint i = 0; i < n; i++)
    counts[kill_once (base, before, g_rand_int_range (random, 0, (gint32) duration + 1))]++;
  for (guint i = 0; i <= FAULT_MIGRATIONS; i++)
    g_test_message ("killed after %u of %u steps: %u times", i, FAULT_MIGRATIONS, counts[i]);
  folder_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  if (argc == 3 && g_str_equal (argv[1], "--worker"))
    return work (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/kill-migration", test_kill_migration);
  return g_test_run ();
}
