/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PslFileStamp:
 *
 * The facts of a file that the file system gives; all 0 where there is none. Times are in
 * nanoseconds since 1970.
 */
typedef struct
{
  guint64 device;
  guint64 inode;
  gint64 size;
  gint64 modified;
  gint64 changed;
} PslFileStamp;

void     psl_file_stamp_take  (PslFileStamp       *self,
                               const char         *path);
gboolean psl_file_stamp_equal (const PslFileStamp *self,
                               const PslFileStamp *other);

G_END_DECLS
