/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-former.h"

#include <string.h>

#include <glib/gstdio.h>

#include "psl-backup-name.h"
#include "psl-file.h"

#define DAMAGED "-damaged"

/* What SQLite keeps beside a register that is open, or was when its program ended: it may hold
 * changes that nothing else does. Reading leaves empty ones. */
static const char *const log_suffixes[] = { "-journal", "-wal" };

static gboolean
is_filled (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_size > 0;
}

/* The first file in @folder of which the name is one that @fits. */
static char *
find_file (const char *folder,
           const char *register_path,
           gboolean  (*fits) (const char *register_path,
                              const char *name))
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (fits (register_path, name))
        return g_build_filename (folder, name, NULL);
    }
  return NULL;
}

/* Whether it is the name of a file that psl_former_dup_path() gave. */
static gboolean
is_set_aside (const char *register_path,
              const char *name)
{
  g_autofree char *base = g_path_get_basename (register_path);
  g_autofree char *beginning = g_strconcat (base, "-", NULL);

  return g_str_has_prefix (name, beginning) && strstr (name + strlen (beginning), DAMAGED) != NULL;
}

static gboolean
is_backup (const char *register_path,
           const char *name)
{
  PslBackupReason reason;
  gint64 at;

  return psl_backup_name_parse (register_path, name, &reason, &at);
}

static char *
find_log (const char *register_path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (log_suffixes); i++)
    {
      g_autofree char *log = g_strconcat (register_path, log_suffixes[i], NULL);

      if (is_filled (log))
        return g_steal_pointer (&log);
    }
  return NULL;
}

/**
 * psl_former_find:
 * @register_path: the name of a file that does not exist
 *
 * Looks whether a register was there: it may have a log, a copy that was set aside, or backups.
 *
 * Returns: (transfer full) (nullable): one of these files
 */
char *
psl_former_find (const char *register_path)
{
  g_autofree char *folder = g_path_get_dirname (register_path);
  g_autofree char *backups = psl_backup_dup_folder (register_path);
  char *found = find_log (register_path);

  if (found == NULL)
    found = find_file (folder, register_path, is_set_aside);
  if (found == NULL)
    found = find_file (backups, register_path, is_backup);
  return found;
}

/**
 * psl_former_dup_path:
 *
 * Returns: (transfer full): a free name beside a register for its former file
 */
char *
psl_former_dup_path (const char *register_path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  char *path = g_strdup_printf ("%s-%s" DAMAGED, register_path, date);

  for (guint n = 2; g_file_test (path, G_FILE_TEST_EXISTS); n++)
    {
      g_free (path);
      path = g_strdup_printf ("%s-%s" DAMAGED "-%u", register_path, date, n);
    }
  return path;
}

/**
 * psl_former_set_log_aside:
 * @register_path: the name of a file that does not exist
 *
 * Gives the log of a register that is gone another name: SQLite would take it for that of the next
 * register of this name.
 *
 * Returns: %FALSE with an error of psl_file_set_error()
 */
gboolean
psl_former_set_log_aside (const char  *register_path,
                          GError     **error)
{
  g_autofree char *kept = psl_former_dup_path (register_path);

  for (gsize i = 0; i < G_N_ELEMENTS (log_suffixes); i++)
    {
      g_autofree char *from = g_strconcat (register_path, log_suffixes[i], NULL);
      g_autofree char *to = g_strconcat (kept, log_suffixes[i], NULL);

      if (is_filled (from) && !psl_file_move (from, to, error))
        return FALSE;
    }
  return TRUE;
}
