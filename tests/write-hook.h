/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

/* Refuses or slows down writes of this process, by temporary triggers of each connection that is
 * opened after write_hook_install(): a trigger in the register itself would make it a register
 * that another program has altered. */

/* How long a write is slowed down. */
#define WRITE_HOOK_PAUSE_US 300000

static const struct
{
  const char *name;
  const char *event;
} write_hook_events[] = {
  { "action", "INSERT ON main.action" },
  { "year", "UPDATE OF year ON main.project" },
  { "origin", "INSERT ON main.origin" },
  { "state", "UPDATE OF state ON main.record" },
  { "Spanish key", "INSERT ON main.sort_key WHEN new.language = 'es'" },
};

/* Names of events, or NULL. */
static const char *write_hook_refused;
static const char *write_hook_slow;

/* write_hook (event): whether the write is refused. */
static inline void
write_hook_cb (sqlite3_context  *context,
               int               n_arguments,
               sqlite3_value   **arguments)
{
  const char *event = (const char *) sqlite3_value_text (arguments[0]);

  if (g_strcmp0 (event, g_atomic_pointer_get (&write_hook_slow)) == 0)
    g_usleep (WRITE_HOOK_PAUSE_US);
  sqlite3_result_int (context, g_strcmp0 (event, g_atomic_pointer_get (&write_hook_refused)) == 0);
}

/* Of a file that is no register yet, the tables are not there. */
static inline int
write_hook_add_cb (sqlite3  *db,
                   char    **message,
                   gpointer  api)
{
  sqlite3_busy_timeout (db, 60000);
  /* As psl_db_configure() has it: where that changes, temporary triggers are dropped. */
  sqlite3_exec (db, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
  sqlite3_create_function_v2 (db, "write_hook", 1, SQLITE_UTF8, NULL, write_hook_cb, NULL, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (write_hook_events); i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("CREATE TEMP TRIGGER \"write %s\" BEFORE %s BEGIN"
                         " SELECT CASE write_hook ('%s') WHEN 1 THEN RAISE (ABORT, 'refused') END; END",
                         write_hook_events[i].name, write_hook_events[i].event, write_hook_events[i].name);

      sqlite3_exec (db, sql, NULL, NULL, NULL);
    }
  /* The opening fails with the error of the last statement. */
  return sqlite3_exec (db, "SELECT 1", NULL, NULL, NULL);
}

static inline void
write_hook_install (void)
{
  g_assert_cmpint (sqlite3_auto_extension ((void (*) (void)) write_hook_add_cb), ==, SQLITE_OK);
}

static inline void
write_hook_remove (void)
{
  g_assert_cmpint (sqlite3_cancel_auto_extension ((void (*) (void)) write_hook_add_cb), ==, 1);
}

/* Refuses writes of one event, or none where it is NULL. */
static inline void
write_hook_refuse (const char *event)
{
  g_atomic_pointer_set (&write_hook_refused, event);
}

/* Slows down writes of one event, or none where it is NULL. */
static inline void
write_hook_slow_down (const char *event)
{
  g_atomic_pointer_set (&write_hook_slow, event);
}
