/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-file-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gstdio.h>

#include "psl-error.h"
#include "psl-file-part.h"
#include "psl-file.h"

/*
 * The stream that writes a file which is whole or not there: what is written goes where no
 * reader looks, and psl_file_writer_finish() puts it in the place of the file. Closed or given
 * up without that, it leaves the former file. Only a file that stands alone where nothing can
 * be made beside it is written over in the end, and may be left in part by a full disk or a kill.
 * Where it goes:
 *
 * - a file on this computer: a part beside it (PslFilePart)
 * - one elsewhere, or in a folder where nothing can be made beside it: a temporary file, from
 *   which it is sent in the end
 * - a pipe, a terminal or the like: there at once, for nothing of it can be taken back
 */
struct _PslFileWriter
{
  GOutputStream parent_instance;

  int fd;
  char *path;           /* what @fd writes, for messages */
  PslFilePart *part;    /* (nullable) */
  GFile *remote;        /* (nullable): where the temporary file is sent */
};

G_DEFINE_FINAL_TYPE (PslFileWriter, psl_file_writer, G_TYPE_OUTPUT_STREAM)

/* Whether what is written goes somewhere at once. That is so for block devices, too, but nobody
 * means to lose a disk. */
static gboolean
is_pipe_or_terminal (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && (S_ISFIFO (status.st_mode) || S_ISCHR (status.st_mode));
}

/* Whether a file can be written though no part of it could be made beside it. */
static gboolean
is_writable_alone (const char   *path,
                   const GError *error)
{
  return (g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY) ||
          g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND)) &&
         g_access (path, W_OK) == 0;
}

/* Opens a file that is there, at once: a pipe without a reader would wait for one. */
static gboolean
open_existing (PslFileWriter  *self,
               const char     *path,
               GError        **error)
{
  self->path = g_strdup (path);
  self->fd = g_open (path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0);
  if (self->fd >= 0)
    return g_unix_set_fd_nonblocking (self->fd, FALSE, error);
  psl_file_set_error (path, errno, error);
  return FALSE;
}

/* The file loses its name at once, so that nothing stays behind, however the program ends. */
static gboolean
open_temporary (PslFileWriter  *self,
                GFile          *file,
                GError        **error)
{
  g_autofree char *name = NULL;

  self->remote = g_object_ref (file);
  self->path = g_strdup (g_get_tmp_dir ());
  self->fd = g_file_open_tmp ("passerelle-XXXXXX", &name, error);
  if (self->fd < 0)
    return FALSE;
  g_unlink (name);
  return TRUE;
}

static gboolean
open_file (PslFileWriter  *self,
           GFile          *file,
           GError        **error)
{
  const char *path = g_file_peek_path (file);
  g_autoptr (GError) local_error = NULL;

  /* GVfs gives some of its files paths, too: by its FUSE mount. */
  if (path == NULL || !g_file_is_native (file))
    return open_temporary (self, file, error);
  if (is_pipe_or_terminal (path))
    return open_existing (self, path, error);
  self->part = psl_file_part_new (path, PSL_FILE_PART_NONE, &local_error);
  if (self->part != NULL)
    return open_existing (self, psl_file_part_get_path (self->part), error);
  if (is_writable_alone (path, local_error))
    return open_temporary (self, file, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Writes the temporary file to where it is to be. */
static gboolean
send_temporary (PslFileWriter  *self,
                GCancellable   *cancellable,
                GError        **error)
{
  g_autoptr (GInputStream) from = g_unix_input_stream_new (self->fd, FALSE);
  g_autoptr (GCancellable) abandoned = g_cancellable_new ();
  g_autoptr (GFileOutputStream) to = NULL;

  if (lseek (self->fd, 0, SEEK_SET) != 0)
    {
      psl_file_set_error (self->path, errno, error);
      return FALSE;
    }
  to = g_file_replace (self->remote, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error);
  if (to == NULL)
    return FALSE;
  if (g_output_stream_splice (G_OUTPUT_STREAM (to), from, G_OUTPUT_STREAM_SPLICE_NONE, cancellable, error) >= 0)
    return g_output_stream_close (G_OUTPUT_STREAM (to), cancellable, error);

  /* Closed without that, the half would take the place of the former file. */
  g_cancellable_cancel (abandoned);
  g_output_stream_close (G_OUTPUT_STREAM (to), abandoned, NULL);
  return FALSE;
}

/* Only the descriptor that was written with is told for certain what became of that. */
static gboolean
close_written (PslFileWriter  *self,
               gboolean        sync,
               GError        **error)
{
  int error_number = sync && fsync (self->fd) != 0 ? errno : 0;

  if (close (self->fd) != 0 && error_number == 0)
    error_number = errno;
  self->fd = -1;
  if (error_number != 0)
    psl_file_set_error (self->path, error_number, error);
  return error_number == 0;
}

static gssize
psl_file_writer_write (GOutputStream  *stream,
                       const void     *buffer,
                       gsize           count,
                       GCancellable   *cancellable,
                       GError        **error)
{
  PslFileWriter *self = PSL_FILE_WRITER (stream);
  gssize n_written;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  do
    n_written = write (self->fd, buffer, count);
  while (n_written < 0 && errno == EINTR);
  if (n_written < 0)
    psl_file_set_error (self->path, errno, error);
  return n_written;
}

static gboolean
psl_file_writer_close (GOutputStream  *stream,
                       GCancellable   *cancellable,
                       GError        **error)
{
  PslFileWriter *self = PSL_FILE_WRITER (stream);

  g_clear_fd (&self->fd, NULL);
  g_clear_pointer (&self->part, psl_file_part_free);
  return TRUE;
}

static void
psl_file_writer_finalize (GObject *object)
{
  PslFileWriter *self = PSL_FILE_WRITER (object);

  g_free (self->path);
  g_clear_object (&self->remote);

  G_OBJECT_CLASS (psl_file_writer_parent_class)->finalize (object);
}

static void
psl_file_writer_class_init (PslFileWriterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GOutputStreamClass *stream_class = G_OUTPUT_STREAM_CLASS (klass);

  object_class->finalize = psl_file_writer_finalize;
  stream_class->write_fn = psl_file_writer_write;
  stream_class->close_fn = psl_file_writer_close;
}

static void
psl_file_writer_init (PslFileWriter *self)
{
  self->fd = -1;
}

/**
 * psl_file_writer_new:
 * @file: the file to write; need not exist. Where it is a symbolic link, the file that it leads
 *   to is meant, and the link stays
 *
 * Begins to write a file. What is there under its name stays as it is until
 * psl_file_writer_finish(); a pipe or a terminal is written at once.
 *
 * Returns: (transfer full): a stream for any thread, one at a time, or %NULL with an error of
 *   psl_file_part_new() or a %G_IO_ERROR. To give it up, only give the reference back
 */
PslFileWriter *
psl_file_writer_new (GFile         *file,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (PslFileWriter) self = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  self = g_object_new (PSL_TYPE_FILE_WRITER, NULL);
  return open_file (self, file, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * psl_file_writer_finish:
 *
 * Puts what was written in the place of the file, and closes the stream. Where that is on this
 * computer, the file with its new contents is on the disk afterwards.
 *
 * Returns: %TRUE, or %FALSE with an error of psl_file_part_finish() or a %G_IO_ERROR; the former
 *   file stays then, but for one that is written over
 */
gboolean
psl_file_writer_finish (PslFileWriter  *self,
                        GCancellable   *cancellable,
                        GError        **error)
{
  gboolean done;

  g_return_val_if_fail (PSL_IS_FILE_WRITER (self), FALSE);
  g_return_val_if_fail (!g_output_stream_is_closed (G_OUTPUT_STREAM (self)), FALSE);

  done = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         (self->remote == NULL || send_temporary (self, cancellable, error)) &&
         close_written (self, self->part != NULL, error) &&
         (self->part == NULL || psl_file_part_finish (self->part, error));
  g_output_stream_close (G_OUTPUT_STREAM (self), NULL, NULL);
  return done;
}
