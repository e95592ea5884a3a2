/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-file-document.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "psl-error.h"
#include "psl-file.h"

/*
 * Documents: in the Flatpak the program sees files outside of its sandbox by the file system of
 * the document portal only, as MOUNT/ID/NAME, or MOUNT/ID/FOLDER/… where a folder was chosen. By
 * releases of the portal that system refuses locks, opening without following links (O_NOFOLLOW)
 * or both, which SQLite needs; and what is made beside a file that was chosen alone stays there
 * under a name of the portal's (`.xdp-…`) when the program is killed.
 *
 * So a document is read and written as a stream of bytes, from its beginning to its end, and
 * nothing else. Where the sandbox may see a file under its own name, the portal gives that name
 * instead, and the file is an ordinary one.
 */

/* How much is copied at once, in bytes. */
#define BLOCK_SIZE (256 * 1024)

/* The type of the portal's file system. */
#define FILE_SYSTEM "fuse.portal"

/* For tests: a folder that stands for the portal's file system. */
static char *mock_mount;

/* Where a file is seen from. */
typedef struct
{
  char *mount;    /* where the portal's file system is mounted */
  char *root;     /* which of its folders is there: a sandbox has that of its program only */
} Mount;

static void
mount_clear (Mount *self)
{
  g_free (self->mount);
  g_free (self->root);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Mount, mount_clear)

/* Returns the path below @folder, or %NULL where @path is not in it. */
static const char *
skip_folder (const char *path,
             const char *folder)
{
  gsize length = strlen (folder);

  return g_str_has_prefix (path, folder) && (path[length] == '/' || path[length] == '\0') ? path + length : NULL;
}

/* Reads a line of /proc/self/mountinfo: `36 35 98:0 ROOT MOUNT OPTIONS [FIELDS] - TYPE SOURCE …`.
 * Returns whether that is the portal's file system, on the device, with the folder in it. */
static gboolean
read_mount (Mount      *self,
            const char *line,
            dev_t       device,
            const char *folder)
{
  g_auto (GStrv) fields = g_strsplit (line, " ", 6);
  g_autofree char *number = g_strdup_printf ("%u:%u", major (device), minor (device));
  const char *type = strstr (line, " - ");

  if (g_strv_length (fields) < 6 || type == NULL || strcmp (fields[2], number) != 0 ||
      !g_str_has_prefix (type, " - " FILE_SYSTEM " "))
    return FALSE;
  /* A blank in a name is written \040. */
  self->root = g_strcompress (fields[3]);
  self->mount = g_strcompress (fields[4]);
  if (skip_folder (folder, self->mount) != NULL)
    return TRUE;
  g_clear_pointer (&self->root, g_free);
  g_clear_pointer (&self->mount, g_free);
  return FALSE;
}

/* Returns whether a folder lies on the portal's file system; @folder is without links. */
static gboolean
find_mount (Mount      *self,
            const char *folder)
{
  g_autofree char *mounts = NULL;
  g_auto (GStrv) lines = NULL;
  GStatBuf status;

  if (mock_mount != NULL && skip_folder (folder, mock_mount) != NULL)
    {
      self->root = g_strdup ("/");
      self->mount = g_strdup (mock_mount);
      return TRUE;
    }
  if (g_stat (folder, &status) != 0 || !g_file_get_contents ("/proc/self/mountinfo", &mounts, NULL, NULL))
    return FALSE;
  lines = g_strsplit (mounts, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (read_mount (self, lines[i], status.st_dev, folder))
      return TRUE;
  return FALSE;
}

/* How many folders of the portal's a folder lies in, the one for the document the first. */
static guint
count_depth (const Mount *self,
             const char  *folder)
{
  g_autofree char *whole = g_build_path ("/", self->root, skip_folder (folder, self->mount), NULL);
  g_auto (GStrv) names = g_strsplit (whole, "/", -1);
  guint depth = 0;

  for (gsize i = 0; names[i] != NULL; i++)
    depth += names[i][0] != '\0';
  /* Outside of the sandbox: by-app/PROGRAM/ID. */
  return g_str_has_prefix (whole, "/by-app/") && depth >= 2 ? depth - 2 : depth;
}

/**
 * psl_file_get_document:
 * @path: a file's name; the file need not exist
 *
 * Returns: whether it is a document, and which sort of one; for any thread
 */
PslFileDocument
psl_file_get_document (const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *folder = realpath (parent, NULL);
  g_auto (Mount) mount = { 0 };

  if (folder == NULL || !find_mount (&mount, folder))
    return PSL_FILE_DOCUMENT_NONE;
  return count_depth (&mount, folder) > 1 ? PSL_FILE_DOCUMENT_IN_FOLDER : PSL_FILE_DOCUMENT_ALONE;
}

/**
 * psl_file_is_document:
 * @path: a file's name; the file need not exist
 *
 * Returns: whether it is a document: to be read and written as a stream of bytes only
 */
gboolean
psl_file_is_document (const char *path)
{
  return psl_file_get_document (path) != PSL_FILE_DOCUMENT_NONE;
}

/**
 * psl_file_set_document_error:
 * @path: a document
 *
 * Sets @error for a person who wants to work in a register that is a document:
 * %PSL_REGISTER_ERROR_READ_ONLY.
 */
void
psl_file_set_document_error (const char  *path,
                             GError     **error)
{
  g_autofree char *name = psl_file_dup_display_name (path);

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY,
               /* Translators: Passerelle runs in the Flatpak. */
               _("“%s” is outside of the sandbox that Passerelle runs in, where no register can be worked in. Choose one inside. A register outside can be looked at, and restored into one inside."),
               name);
}

/* Whether there is room for the new contents, so that the old ones are not given up for nothing. A
 * file system that does not say is tried. */
static gboolean
has_room (const char *path,
          gint64      wanted)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct statvfs room;
  GStatBuf status;
  gint64 former = g_stat (path, &status) == 0 ? (gint64) status.st_blocks * 512 : 0;

  if (statvfs (folder, &room) != 0 || room.f_blocks == 0)
    return TRUE;
  return (guint64) wanted <= (guint64) room.f_bavail * room.f_frsize + (guint64) former;
}

/* Reads until the buffer is full or the file at its end; returns -1 with `errno` set. */
static gssize
read_block (int     fd,
            guchar *block)
{
  gsize length = 0;

  while (length < BLOCK_SIZE)
    {
      gssize n = read (fd, block + length, BLOCK_SIZE - length);

      if (n == 0)
        break;
      if (n < 0 && errno != EINTR)
        return -1;
      length += n > 0 ? (gsize) n : 0;
    }
  return (gssize) length;
}

/* Returns 0 or the error number. */
static int
write_block (int           fd,
             const guchar *block,
             gsize         length)
{
  while (length > 0)
    {
      gssize n = write (fd, block, length);

      if (n < 0 && errno != EINTR)
        return errno;
      block += MAX (n, 0);
      length -= (gsize) MAX (n, 0);
    }
  return 0;
}

/* Copies what is left of one file to another, and synchronises that. Returns 0 or the error
 * number. */
static int
copy_bytes (int from,
            int to)
{
  g_autofree guchar *block = g_malloc (BLOCK_SIZE);
  int error_number = 0;
  gssize length;

  while ((length = read_block (from, block)) > 0 && error_number == 0)
    error_number = write_block (to, block, (gsize) length);
  if (error_number == 0 && length < 0)
    error_number = errno;
  if (error_number != 0 || fsync (to) == 0)
    return error_number;
  /* A portal that does not pass that on. */
  return errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP ? 0 : errno;
}

/* Compares two files from where they are to their ends. Returns 0 or the error number, EIO where
 * they differ. */
static int
compare_bytes (int one,
               int other)
{
  g_autofree guchar *one_block = g_malloc (BLOCK_SIZE);
  g_autofree guchar *other_block = g_malloc (BLOCK_SIZE);
  gssize length;

  do
    {
      length = read_block (one, one_block);
      if (length < 0)
        return errno;
      if (read_block (other, other_block) != length || memcmp (one_block, other_block, (gsize) length) != 0)
        return EIO;
    }
  while (length > 0);
  return 0;
}

/* Writes a file that is open, closes @to, and reads the file back. Returns 0 or the error
 * number. */
static int
write_and_compare (int         from,
                   int         to,
                   const char *to_path)
{
  int error_number = copy_bytes (from, to);
  int back;

  if (close (to) != 0 && error_number == 0)
    error_number = errno;
  if (error_number != 0)
    return error_number;
  if (lseek (from, 0, SEEK_SET) != 0)
    return errno;
  back = g_open (to_path, O_RDONLY | O_CLOEXEC, 0);
  if (back < 0)
    return errno;
  error_number = compare_bytes (from, back);
  g_close (back, NULL);
  return error_number;
}

/* Adds what became of the file to the reason. */
static void
set_incomplete_error (const char  *path,
                      int          error_number,
                      GError     **error)
{
  g_autofree char *name = psl_file_dup_display_name (path);
  g_autoptr (GError) reason = NULL;

  psl_file_set_error (path, error_number, &reason);
  g_set_error (error, reason->domain, reason->code,
               /* Translators: what went wrong, as a whole sentence or several, then a file’s name. */
               _("%s What is in “%s” now is incomplete: write it once more, or throw it away."), reason->message, name);
}

static gboolean
send_open (int                from,
           const char        *to,
           PslFilePartFlags   flags,
           GError           **error)
{
  gboolean was_there = g_file_test (to, G_FILE_TEST_EXISTS);
  gboolean is_private = (flags & PSL_FILE_PART_PRIVATE) != 0;
  int how = flags & PSL_FILE_PART_NEW ? O_EXCL : O_TRUNC;
  int fd = g_open (to, O_WRONLY | O_CREAT | O_CLOEXEC | how, is_private ? 0600 : 0666);
  int error_number;

  if (fd < 0)
    {
      psl_file_set_error (to, errno, error);
      return FALSE;
    }
  /* As far as the system lets it: not every file system has permissions. */
  if (is_private)
    g_chmod (to, 0600);
  error_number = write_and_compare (from, fd, to);
  if (error_number == 0)
    return TRUE;
  if (!was_there && g_unlink (to) == 0)
    psl_file_set_error (to, error_number, error);
  else
    set_incomplete_error (to, error_number, error);
  return FALSE;
}

/**
 * psl_file_send:
 * @from: a file that is whole
 * @to: the file to write over; need not exist
 * @flags: what @to may be
 *
 * Writes the contents of one file into another, which stays the file that it is, with its
 * permissions unless it is to be %PSL_FILE_PART_PRIVATE, and reads them back. Where there is no room for them, nothing is written.
 *
 * Returns: %TRUE, or %FALSE with an error of psl_file_set_error(). The message says so where @to
 *   is incomplete afterwards; one that was not there before is removed
 */
gboolean
psl_file_send (const char        *from,
               const char        *to,
               PslFilePartFlags   flags,
               GError           **error)
{
  int fd = g_open (from, O_RDONLY | O_CLOEXEC, 0);
  GStatBuf status;
  gboolean success = FALSE;

  if (fd < 0 || fstat (fd, &status) != 0)
    psl_file_set_error (to, errno, error);
  else if (!has_room (to, status.st_size))
    psl_file_set_error (to, ENOSPC, error);
  else
    success = send_open (fd, to, flags, error);
  if (fd >= 0)
    g_close (fd, NULL);
  return success;
}

/**
 * psl_file_mock_documents:
 * @folder: (nullable): a folder whose files are taken for documents from now on, or %NULL
 *
 * For tests only, before there are threads.
 */
void
psl_file_mock_documents (const char *folder)
{
  g_free (mock_mount);
  mock_mount = folder != NULL ? realpath (folder, NULL) : NULL;
}
