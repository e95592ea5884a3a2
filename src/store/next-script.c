/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

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
make_register (const char  *path,
               GError     **error)
{
  g_auto (GStrv) scripts = psl_schema_load_scripts (error);
  g_autoptr (PslDb) db = NULL;

  if (scripts == NULL || !psl_schema_create (path, (const char *const *) scripts, error))
    return FALSE;
  db = psl_db_open (path, PSL_DB_NONE, error);
  return db != NULL && print_script (db, g_strv_length (scripts) + 1, error);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("next-script-XXXXXX", &error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "new.passerelle", NULL) : NULL;
  gboolean printed = path != NULL && make_register (path, &error);

  if (folder != NULL)
    {
      g_unlink (path);
      g_rmdir (folder);
    }
  if (!printed)
    g_printerr ("%s\n", error->message);
  return printed ? 0 : 1;
}
