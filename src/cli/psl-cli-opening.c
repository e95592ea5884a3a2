/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli-opening.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <unistd.h>

/* Between two looks at how much is done. Microseconds. */
#define INTERVAL (G_USEC_PER_SEC / 2)

/* A register that is being opened, watched by a thread of its own. */
typedef struct
{
  PslProgress *progress;
  GMutex mutex;
  GCond cond;
  gboolean is_open;
} Opening;

static gpointer
watch_cb (gpointer user_data)
{
  Opening *opening = user_data;
  gboolean has_written = FALSE;

  g_mutex_lock (&opening->mutex);
  while (!opening->is_open)
    {
      gint64 end = g_get_monotonic_time () + INTERVAL;

      if (g_cond_wait_until (&opening->cond, &opening->mutex, end) || psl_progress_get (opening->progress) == 0)
        continue;
      fputc ('\r', stderr);
      /* Translators: while an older register is adapted to this version of the program */
      fprintf (stderr, _("Bringing the register up to date: %d %%"), (int) (100 * psl_progress_get (opening->progress)));
      fflush (stderr);
      has_written = TRUE;
    }
  g_mutex_unlock (&opening->mutex);
  if (has_written)
    fputc ('\n', stderr);
  return NULL;
}

/**
 * psl_cli_open_store:
 *
 * Does psl_store_open(), and writes to a terminal how much is done of bringing the register
 * up to date where that takes a while.
 *
 * Returns: (transfer full): the store, or %NULL with an error like those of psl_store_open()
 */
PslStore *
psl_cli_open_store (const char     *path,
                    PslStoreFlags   flags,
                    GError        **error)
{
  g_autoptr (PslProgress) progress = psl_progress_new ();
  Opening opening = { progress };
  GThread *thread;
  PslStore *store;

  if (!isatty (STDERR_FILENO))
    return psl_store_open (path, flags, error);

  g_mutex_init (&opening.mutex);
  g_cond_init (&opening.cond);
  thread = g_thread_new ("opening", watch_cb, &opening);
  store = psl_store_open_full (path, flags, progress, NULL, error);

  g_mutex_lock (&opening.mutex);
  opening.is_open = TRUE;
  g_cond_signal (&opening.cond);
  g_mutex_unlock (&opening.mutex);
  g_thread_join (thread);
  g_mutex_clear (&opening.mutex);
  g_cond_clear (&opening.cond);
  return store;
}
