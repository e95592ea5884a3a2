/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-file-stamp.h"

#include <glib/gstdio.h>

#define NS_PER_SECOND G_GINT64_CONSTANT (1000000000)

static gint64
to_nanoseconds (const struct timespec *time)
{
  return time->tv_sec * NS_PER_SECOND + time->tv_nsec;
}

/**
 * psl_file_stamp_take:
 * @self: (out caller-allocates): the stamp
 * @path: a file's name
 *
 * Looks at a file, which need not exist.
 */
void
psl_file_stamp_take (PslFileStamp *self,
                     const char   *path)
{
  GStatBuf status;

  *self = (PslFileStamp) { 0 };
  if (g_stat (path, &status) != 0)
    return;
  self->device = status.st_dev;
  self->inode = status.st_ino;
  self->size = status.st_size;
  self->modified = to_nanoseconds (&status.st_mtim);
  self->changed = to_nanoseconds (&status.st_ctim);
}

/**
 * psl_file_stamp_equal:
 *
 * Returns: whether both are of one file that was not written in between
 */
gboolean
psl_file_stamp_equal (const PslFileStamp *self,
                      const PslFileStamp *other)
{
  return self->device == other->device && self->inode == other->inode &&
         self->size == other->size &&
         self->modified == other->modified && self->changed == other->changed;
}
