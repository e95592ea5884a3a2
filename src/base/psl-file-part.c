/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-file-part.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "psl-file-document.h"
#include "psl-file.h"

/* How long a part that nobody writes to is left alone: its program may be waiting. */
#define LEFT_SECONDS (24 * 60 * 60)

/* How much of the file's name the name of a part has, in bytes. */
#define MAX_STEM 200

/*
 * A part is the file that is being written until it is whole: it stands beside its target, and
 * is called like it with PSL_FILE_PART_TEMPLATE behind. Files whose names begin with that belong
 * to it: SQLite keeps a journal so.
 *
 * The part of a document (PslFileDocument) is made inside the sandbox, where it can be locked, and
 * sent in the end: in a folder to a part beside the document, which gets its name; to a
 * document alone, into the document.
 */
struct _PslFilePart
{
  char *path;
  char *target;
  PslFilePartFlags flags;
  PslFileDocument document;
  gboolean replaces;    /* a file, and that is: */
  GStatBuf replaced;
};

/* As much of the target's name, in whole characters, as leaves room for the rest. A part of a
 * part is called like one of the file. */
static char *
dup_template (const char *target,
              const char *folder)
{
  g_autofree char *name = g_path_get_basename (target);
  const char *end = psl_file_find_part (name);
  gsize length = end != NULL ? (gsize) (end - name) : strlen (name);
  g_autofree char *template = NULL;

  while (length > MAX_STEM || (length > 0 && (name[length] & 0xc0) == 0x80))
    length--;
  name[length] = '\0';
  template = g_strconcat (name, PSL_FILE_PART_TEMPLATE, NULL);
  return g_build_filename (folder, template, NULL);
}

/* Looks at what is there under the name that the part is to get. */
static gboolean
look_at_target (PslFilePart  *self,
                GError      **error)
{
  int error_number = 0;

  self->replaces = !(self->flags & PSL_FILE_PART_NEW) && g_stat (self->target, &self->replaced) == 0;
  if (!self->replaces)
    return TRUE;
  if (S_ISDIR (self->replaced.st_mode))
    error_number = EISDIR;
  else if (!S_ISREG (self->replaced.st_mode))
    error_number = ENODEV;
  /* Renaming another over it would not ask for that. */
  else if (g_access (self->target, W_OK) != 0)
    error_number = errno;
  if (error_number != 0)
    psl_file_set_error (self->target, error_number, error);
  return error_number == 0;
}

/* Removes the parts in a folder whose names begin so, and which were last written to before
 * @before: seconds since 1970. */
static void
remove_parts (const char *folder,
              const char *beginning,
              gint64      before)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;

      if (g_str_has_prefix (name, beginning) && psl_file_find_part (name) != NULL &&
          g_lstat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_mtime < before)
        g_unlink (path);
    }
}

/* Where the parts of documents are made: in the sandbox, and on a disk. */
static char *
make_inner_folder (GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "passerelle", NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return g_steal_pointer (&folder);
  psl_file_set_error (folder, errno, error);
  return NULL;
}

static gboolean
make_file (PslFilePart  *self,
           const char   *folder,
           GError      **error)
{
  g_autofree char *path = dup_template (self->target, folder);
  gboolean is_private = self->replaces || self->document != PSL_FILE_DOCUMENT_NONE ||
                        (self->flags & PSL_FILE_PART_PRIVATE);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, is_private ? 0600 : 0666);

  if (fd < 0)
    {
      psl_file_set_error (self->target, errno, error);
      return FALSE;
    }
  g_close (fd, NULL);
  self->path = g_steal_pointer (&path);
  return TRUE;
}

static gboolean
has_group (const char *path,
           gid_t       group)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && status.st_gid == group;
}

/* Takes over owner, group and permissions as far as the system lets it: not every file system
 * has them, and few people may give files away. No other group gets what was granted to one. */
static void
take_permissions_over (PslFilePart *self)
{
  mode_t mode = self->replaced.st_mode & 07777;

  if (chown (self->path, self->replaced.st_uid, self->replaced.st_gid) != 0 &&
      chown (self->path, (uid_t) -1, self->replaced.st_gid) != 0 &&
      !has_group (self->path, self->replaced.st_gid))
    mode &= ~(mode_t) S_IRWXG;
  g_chmod (self->path, (int) mode);
}

/* Gives the part the name of a file that is not there. */
static gboolean
name_new (PslFilePart  *self,
          GError      **error)
{
  int error_number;

  if (link (self->path, self->target) == 0)
    {
      g_unlink (self->path);
      return psl_file_sync_folder (self->target, error);
    }
  error_number = errno;
  if (g_file_test (self->target, G_FILE_TEST_EXISTS))
    error_number = EEXIST;

  /* File systems without hard links. */
  if (error_number == EPERM || error_number == EOPNOTSUPP || error_number == ENOSYS)
    return psl_file_move (self->path, self->target, error);
  psl_file_set_error (self->target, error_number, error);
  return FALSE;
}

/* Makes the part of a file beside it, or where those of documents are. */
static PslFilePart *
make_part (const char        *target,
           PslFileDocument    document,
           PslFilePartFlags   flags,
           GError           **error)
{
  g_autoptr (PslFilePart) self = g_new0 (PslFilePart, 1);
  g_autofree char *folder = NULL;

  self->flags = flags;
  self->document = document;
  self->target = g_strdup (target);
  if (!look_at_target (self, error))
    return NULL;
  folder = document != PSL_FILE_DOCUMENT_NONE ? make_inner_folder (error) : g_path_get_dirname (target);
  if (folder == NULL)
    return NULL;
  psl_file_part_remove_left (folder, g_get_real_time ());
  return make_file (self, folder, error) ? g_steal_pointer (&self) : NULL;
}

/* Gives the part, which is on the disk, the name of the file beside it. */
static gboolean
take_name (PslFilePart  *self,
           GError      **error)
{
  if (self->replaces && !(self->flags & PSL_FILE_PART_PRIVATE))
    take_permissions_over (self);
  if (!(self->flags & PSL_FILE_PART_NEW))
    return psl_file_move (self->path, self->target, error);
  return name_new (self, error);
}

/* Sends the part to a document in a folder. */
static gboolean
send_to_folder (PslFilePart  *self,
                GError      **error)
{
  g_autoptr (PslFilePart) beside = make_part (self->target, PSL_FILE_DOCUMENT_NONE, self->flags, error);

  return beside != NULL && psl_file_send (self->path, beside->path, PSL_FILE_PART_NONE, error) && take_name (beside, error);
}

/**
 * psl_file_part_new:
 * @path: the name of the file to write. Where it is a symbolic link, the file that it leads to
 *   is meant, and the link stays
 *
 * Makes an empty file beside one that is to be written, or in the person's cache where that is a
 * document. Before that, what killed programs have left there is removed, see
 * psl_file_part_remove_left().
 *
 * Returns: (transfer full): the part, for any thread, or %NULL with an error of
 *   psl_file_set_error(): also where @path is a folder or a device, or a file that must not be
 *   changed
 */
PslFilePart *
psl_file_part_new (const char        *path,
                   PslFilePartFlags   flags,
                   GError           **error)
{
  g_autofree char *target = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  target = psl_file_follow_links (path, error);
  return target != NULL ? make_part (target, psl_file_get_document (target), flags, error) : NULL;
}

/**
 * psl_file_part_free:
 * @self: (transfer full): a part
 *
 * Removes the part, and files that belong to it, unless it was finished.
 */
void
psl_file_part_free (PslFilePart *self)
{
  if (self->path != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (self->path);
      g_autofree char *name = g_path_get_basename (self->path);

      remove_parts (folder, name, G_MAXINT64);
      /* A folder that can't be listed. */
      g_unlink (self->path);
    }
  g_free (self->path);
  g_free (self->target);
  g_free (self);
}

/**
 * psl_file_part_get_path:
 *
 * Returns: where to write
 */
const char *
psl_file_part_get_path (PslFilePart *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->path;
}

/**
 * psl_file_part_finish:
 *
 * Puts the part in the place of the file, once it is written and closed: it is on the disk
 * before it gets the name, and the name is on the disk afterwards. Then the part is at an end.
 *
 * Returns: %TRUE, or %FALSE with an error of psl_file_set_error(); %PSL_REGISTER_ERROR_BUSY where
 *   it is %PSL_FILE_PART_NEW and another program has made a file of its name. The former file is
 *   then as it was, unless only the folder could not be brought to the disk, or the message says
 *   that a document is incomplete; see psl_file_send()
 */
gboolean
psl_file_part_finish (PslFilePart  *self,
                      GError      **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!psl_file_sync (self->path, error))
    return FALSE;
  switch (self->document)
    {
    case PSL_FILE_DOCUMENT_ALONE:
      return psl_file_send (self->path, self->target, self->flags, error);
    case PSL_FILE_DOCUMENT_IN_FOLDER:
      return send_to_folder (self, error);
    case PSL_FILE_DOCUMENT_NONE:
    default:
      return take_name (self, error);
    }
}

/**
 * psl_file_part_remove_left:
 * @folder: a folder; need not exist
 * @now: the time, in microseconds since 1970
 *
 * Removes the parts that programs which were killed have left in a folder: those that nothing
 * was written to for a day. What another program is writing stays.
 */
void
psl_file_part_remove_left (const char *folder,
                           gint64      now)
{
  g_return_if_fail (folder != NULL);

  remove_parts (folder, "", now / G_USEC_PER_SEC - LEFT_SECONDS);
}
