/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-make.h"

#include "bench-data.h"
#include "psl-store-private.h"

/* Projects that go in at once, so that the log stays short. */
#define PORTION 10000

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
insert_some (PslStore *store,
             guint     first,
             guint     end,
             gboolean  with_results)
{
  g_autoptr (GError) error = NULL;

  psl_store_begin (store, PSL_VERB_IMPORT, "generated", &error);
  check (error);
  for (guint i = first; i < end; i++)
    {
      g_autoptr (PslRecord) record = bench_data_make_project (i);

      if (with_results)
        bench_data_add_results (record, i);
      psl_store_insert (store, record, &error);
      check (error);
    }
  psl_store_commit (store, &error);
  check (error);
}

/**
 * bench_make_register:
 * @path: a file that is not there yet
 * @first: the number of the first project
 * @n: how many projects
 *
 * Makes a register of generated projects, with their results or none: without care for a power cut, so it
 * should get its name only when it is whole. Says how far it has come.
 */
void
bench_make_register (const char *path,
                     guint       first,
                     guint       n,
                     gboolean    with_results)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);

  check (error);
  psl_db_exec (psl_store_get_db (store), "PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000", &error);
  check (error);
  for (guint i = 0; i < n; i += PORTION)
    {
      insert_some (store, first + i, first + MIN (i + PORTION, n), with_results);
      g_printerr ("%s%u of %u projects%s", i > 0 ? "\r" : "", MIN (i + PORTION, n), n, i + PORTION < n ? "" : "\n");
    }
}
