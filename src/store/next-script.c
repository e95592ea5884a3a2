/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"


#include "psl-kind-tables.h"
#include "psl-kinds.h"
#include "psl-schema.h"

/* Prints the script that a register needs to hold the fields of the kinds, for developers,
 * who freeze it: see build-aux/next-script. */

static gboolean
print_script (PslDb   *db,
              guint    number,
              GError **error)
{
  g_autofree char *script = psl_kind_tables_dup_script (db, psl_kinds, error);

  if (script == NULL)
    return FALSE;
  if (*script == '\0')
    {
      g_printerr ("The schema has all that the kinds describe.\n");
      return TRUE;
    }
  g_print ("-- Copyright 2026 The Passerelle developers\n"
           "-- SPDX-License-Identifier: GPL-3.0-or-later\n\n"
           "-- Schema version %u: what the descriptions of kinds ask for beyond version %u.\n\n%s",
           number, number - 1, script);
  return TRUE;
}

static gboolean
print_next (GError **error)
{
  g_auto (GStrv) scripts = psl_schema_load_scripts (error);
  g_autoptr (PslDb) db = scripts != NULL ? psl_db_open_in_memory (error) : NULL;
  guint version;

  if (db == NULL)
    return FALSE;
  version = g_strv_length (scripts);
  return psl_schema_run_scripts (db, (const char *const *) scripts, version, error) &&
         print_script (db, version + 1, error);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;

  if (print_next (&error))
    return 0;
  g_printerr ("%s\n", error->message);
  return 1;
}
