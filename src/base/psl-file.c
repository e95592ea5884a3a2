/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "psl-error.h"

/* Links that lead to each other, after which the kernel gives up, too. */
#define MAX_LINKS 40

/**
 * psl_file_new_for_argument:
 * @argument: a file in a command line: a path or a URI
 * @folder: (nullable): the folder that the command was given in; else the current one
 *
 * A URI is one by its `://` or, for links to records, `passerelle:`. All else is a path:
 * a colon is a character of names as others are (`donnees:2024.csv`).
 *
 * Returns: (transfer full): the file
 */
GFile *
psl_file_new_for_argument (const char *argument,
                           const char *folder)
{
  g_autofree char *current = folder == NULL ? g_get_current_dir () : NULL;
  g_autofree char *path = NULL;

  if (g_path_is_absolute (argument))
    return g_file_new_for_path (argument);
  path = g_build_filename (folder != NULL ? folder : current, argument, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS) &&
      (g_str_has_prefix (argument, "passerelle:") || (g_uri_peek_scheme (argument) != NULL && strstr (argument, "://") != NULL)))
    return g_file_new_for_uri (argument);
  return g_file_new_for_path (path);
}

/**
 * psl_file_dup_path:
 * @argument: a path that a command line names a file by
 *
 * Makes a path absolute, so that no name is special to SQLite (`:memory:`, `file:a`).
 *
 * Returns: (transfer full): the path; a link or `..` in it stays
 */
char *
psl_file_dup_path (const char *argument)
{
  g_autofree char *current = NULL;

  if (g_path_is_absolute (argument))
    return g_strdup (argument);
  current = g_get_current_dir ();
  return g_build_filename (current, argument, NULL);
}

/**
 * psl_file_find_part:
 * @name: a file's name, without its folder
 *
 * Returns: (nullable): where %PSL_FILE_PART_TEMPLATE begins in the name of a part, or of a file
 *   that belongs to one; %NULL in other names
 */
const char *
psl_file_find_part (const char *name)
{
  const char *at = strchr (name, '.');

  while (at != NULL && !g_pattern_match_simple (PSL_FILE_PART_PATTERN, at))
    at = strchr (at + 1, '.');
  return at;
}

/**
 * psl_file_dup_display_name:
 * @path: a file's name
 *
 * Returns: (transfer full): what to call a file for a person, without its folder; a part is
 *   called like the file that it is to be
 */
char *
psl_file_dup_display_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *end = psl_file_find_part (name);
  g_autofree char *whole = end != NULL ? g_strndup (name, (gsize) (end - name)) : g_steal_pointer (&name);

  return g_filename_display_name (whole);
}

/**
 * psl_file_set_error:
 * @path: the name of a file that could not be written
 * @error_number: the `errno` of the failure
 *
 * Sets @error for a person: %PSL_REGISTER_ERROR_NO_SPACE, %PSL_REGISTER_ERROR_READ_ONLY,
 * %PSL_REGISTER_ERROR_NOT_FOUND, %PSL_REGISTER_ERROR_BUSY or %PSL_REGISTER_ERROR_FAILED.
 */
void
psl_file_set_error (const char  *path,
                    int          error_number,
                    GError     **error)
{
  g_autofree char *name = psl_file_dup_display_name (path);

  switch (error_number)
    {
    case ENOSPC:
    case EDQUOT:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NO_SPACE,
                   _("There is no space left for “%s”. Free some space on the disk and try again."), name);
      break;

    case EACCES:
    case EPERM:
    case EROFS:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY,
                   _("“%s” can’t be written. Check that you may change the file and the folder it is in."), name);
      break;

    case ENOENT:
    case ENOTDIR:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                   _("“%s” can’t be found. Check that its folder exists."), name);
      break;

    case EEXIST:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_BUSY,
                   _("Another program has made “%s” meanwhile. It has been left as it is; try again."), name);
      break;

    case EISDIR:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED,
                   _("“%s” is a folder. Choose the name of a file."), name);
      break;

    case ENODEV:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED,
                   _("“%s” is not an ordinary file. Choose another name."), name);
      break;

    case ENXIO:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED,
                   _("“%s” is a pipe that no program reads from. Start that program first."), name);
      break;

    default:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED,
                   /* Translators: a file’s name, then the system’s own message. */
                   _("“%s” can’t be written: %s. Check the disk and try again."), name, g_strerror (error_number));
      break;
    }
}

/**
 * psl_file_follow_links:
 * @path: a file's name
 *
 * Follows symbolic links to the file that a name means, which need not exist: renaming
 * another file to that name would replace the link, and SQLite keeps a log beside the file
 * that a link leads to.
 *
 * Returns: (transfer full): the file's own name, or %NULL with
 *   %PSL_REGISTER_ERROR_FAILED where links lead in a circle
 */
char *
psl_file_follow_links (const char  *path,
                       GError     **error)
{
  g_autofree char *name = g_strdup (path);

  g_return_val_if_fail (path != NULL, NULL);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *target = g_file_read_link (name, NULL);
      g_autofree char *folder = NULL;

      if (target == NULL)
        return g_steal_pointer (&name);
      folder = g_path_get_dirname (name);
      g_free (name);
      name = g_path_is_absolute (target) ? g_steal_pointer (&target) : g_build_filename (folder, target, NULL);
    }
  psl_file_set_error (path, ELOOP, error);
  return NULL;
}

/**
 * psl_file_is_same:
 *
 * Returns: whether two names lead to one file that exists
 */
gboolean
psl_file_is_same (const char *one,
                  const char *other)
{
  GStatBuf one_status;
  GStatBuf other_status;

  return g_stat (one, &one_status) == 0 && g_stat (other, &other_status) == 0 &&
         one_status.st_dev == other_status.st_dev && one_status.st_ino == other_status.st_ino;
}

/**
 * psl_file_sync:
 * @path: a file or a folder
 *
 * Waits until its written contents are on the disk.
 */
gboolean
psl_file_sync (const char  *path,
               GError     **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  int result;
  int saved_errno;

  if (fd < 0)
    {
      psl_file_set_error (path, errno, error);
      return FALSE;
    }
  result = fsync (fd);
  saved_errno = errno;
  g_close (fd, NULL);

  /* Some file systems can't for folders. */
  if (result == 0 || saved_errno == EINVAL)
    return TRUE;
  psl_file_set_error (path, saved_errno, error);
  return FALSE;
}

/**
 * psl_file_sync_folder:
 * @path: a file's name
 *
 * Waits until the folder of a file is on the disk, and the file's name with it. A folder that
 * may be changed and not be read can't be waited for.
 */
gboolean
psl_file_sync_folder (const char  *path,
                      GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_access (folder, R_OK) != 0 || psl_file_sync (folder, error);
}

/**
 * psl_file_move:
 * @from: a file
 * @to: its new name, on the same file system; a file of that name is replaced
 *
 * Renames a file, for good: the folder is on the disk afterwards.
 */
gboolean
psl_file_move (const char  *from,
               const char  *to,
               GError     **error)
{
  if (g_rename (from, to) == 0)
    return psl_file_sync_folder (to, error);
  psl_file_set_error (to, errno, error);
  return FALSE;
}
