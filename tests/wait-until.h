/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Long enough for the slowest machine: what is waited for ends the wait. */
#define WAIT_UNTIL_SECONDS 90

static inline gboolean
wait_until_late_cb (gpointer user_data)
{
  g_error ("Waited in vain for %s", (const char *) user_data);
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until the condition holds, or fails the test. */
#define wait_until(condition)                                                                             \
  G_STMT_START {                                                                                          \
    guint wait_until_source_ =                                                                            \
      g_timeout_add_seconds (WAIT_UNTIL_SECONDS, wait_until_late_cb, (gpointer) (G_STRLOC ": " #condition)); \
    while (!(condition))                                                                                  \
      g_main_context_iteration (NULL, TRUE);                                                              \
    g_source_remove (wait_until_source_);                                                                 \
  } G_STMT_END

G_END_DECLS
