/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-backup-name.h"

#include <string.h>

#include "psl-file.h"

/*
 * Backups stand in the folder `backups` beside the register, as
 * NAME-TIME-REASON.passerelle: `register-20261122T094500Z-automatic.passerelle`,
 * with a number behind the reason for several in one second.
 */

#define EXTENSION ".passerelle"
#define TIME_FORMAT "%Y%m%dT%H%M%SZ"
#define TIME_LENGTH 16

static const char *const reason_names[] = {
  [PSL_BACKUP_AUTOMATIC] = "automatic",
  [PSL_BACKUP_MANUAL] = "manual",
  [PSL_BACKUP_BEFORE_MIGRATION] = "before-migration",
  [PSL_BACKUP_BEFORE_RESTORE] = "before-restore",
};

/* Backups stand beside the register itself, not beside a link to it. */
static char *
dup_register_file (const char *register_path)
{
  char *file = psl_file_follow_links (register_path, NULL);

  return file != NULL ? file : g_strdup (register_path);
}

/* The register's name without its extension. */
static char *
dup_stem (const char *register_path)
{
  g_autofree char *file = dup_register_file (register_path);
  char *stem = g_path_get_basename (file);

  if (g_str_has_suffix (stem, EXTENSION) && strlen (stem) > strlen (EXTENSION))
    stem[strlen (stem) - strlen (EXTENSION)] = '\0';
  return stem;
}

static gboolean
parse_time (const char *text,
            gint64     *at)
{
  g_autofree char *iso = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (strlen (text) <= TIME_LENGTH || text[8] != 'T' || text[15] != 'Z' || text[TIME_LENGTH] != '-')
    return FALSE;

  iso = g_strndup (text, TIME_LENGTH);
  time = g_date_time_new_from_iso8601 (iso, NULL);
  if (time == NULL)
    return FALSE;
  *at = g_date_time_to_unix_usec (time);
  return TRUE;
}

static gboolean
parse_reason (const char      *text,
              PslBackupReason *reason)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reason_names); i++)
    {
      const char *rest = text + strlen (reason_names[i]);

      if (!g_str_has_prefix (text, reason_names[i]))
        continue;
      if (*rest == '-')
        rest += 1 + strspn (rest + 1, "0123456789");
      if (strcmp (rest, EXTENSION) != 0)
        continue;
      *reason = i;
      return TRUE;
    }
  return FALSE;
}

/**
 * psl_backup_dup_folder:
 * @register_path: a register's file name
 *
 * Returns: (transfer full): the folder of its backups, which may not exist yet
 */
char *
psl_backup_dup_folder (const char *register_path)
{
  g_autofree char *file = NULL;
  g_autofree char *parent = NULL;

  g_return_val_if_fail (register_path != NULL, NULL);

  file = dup_register_file (register_path);
  parent = g_path_get_dirname (file);
  return g_build_filename (parent, "backups", NULL);
}

/**
 * psl_backup_dup_path:
 * @register_path: a register's file name
 * @reason: why the backup is made
 * @at: when, in microseconds since 1970, UTC
 *
 * Returns: (transfer full): a file name for the backup that is still free
 */
char *
psl_backup_dup_path (const char      *register_path,
                     PslBackupReason  reason,
                     gint64           at)
{
  g_autofree char *folder = NULL;
  g_autofree char *stem = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *date = NULL;
  g_autofree char *beginning = NULL;
  char *path;

  g_return_val_if_fail (register_path != NULL, NULL);
  g_return_val_if_fail (reason < G_N_ELEMENTS (reason_names), NULL);

  folder = psl_backup_dup_folder (register_path);
  stem = dup_stem (register_path);
  time = g_date_time_new_from_unix_utc_usec (at);
  date = g_date_time_format (time, TIME_FORMAT);
  beginning = g_strdup_printf ("%s/%s-%s-%s", folder, stem, date, reason_names[reason]);

  path = g_strconcat (beginning, EXTENSION, NULL);
  for (guint n = 2; g_file_test (path, G_FILE_TEST_EXISTS); n++)
    {
      g_free (path);
      path = g_strdup_printf ("%s-%u" EXTENSION, beginning, n);
    }
  return path;
}

/**
 * psl_backup_name_parse:
 * @register_path: a register's file name
 * @name: the name of a file in its folder of backups
 * @reason: (out): why the backup was made
 * @at: (out): when, in microseconds since 1970, UTC
 *
 * Returns: whether the file is a backup of that register, by its name
 */
gboolean
psl_backup_name_parse (const char      *register_path,
                       const char      *name,
                       PslBackupReason *reason,
                       gint64          *at)
{
  g_autofree char *stem = NULL;
  const char *rest;

  g_return_val_if_fail (register_path != NULL && name != NULL, FALSE);

  stem = dup_stem (register_path);
  rest = name + strlen (stem) + 1;
  return g_str_has_prefix (name, stem) && name[strlen (stem)] == '-' &&
         parse_time (rest, at) && parse_reason (rest + TIME_LENGTH + 1, reason);
}
