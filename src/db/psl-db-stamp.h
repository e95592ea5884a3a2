/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For connections that read without SQLite's locks only. */

/**
 * PslFileStamp:
 *
 * What the file system says of a file; all 0 where there is none. Times are in
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

/**
 * PslDbStamp:
 * @database: the database itself
 * @log: the log of what is not in it yet
 * @journal: what undoes a change that is half done
 * @taken: when they were looked at, in nanoseconds since 1970
 */
typedef struct
{
  PslFileStamp database;
  PslFileStamp log;
  PslFileStamp journal;
  gint64 taken;
} PslDbStamp;

void     psl_file_stamp_take  (PslFileStamp       *self,
                               const char         *path);
gboolean psl_file_stamp_equal (const PslFileStamp *self,
                               const PslFileStamp *other);
void     psl_db_stamp_take    (PslDbStamp         *self,
                               const char         *path);
gboolean psl_db_stamp_has_log (const PslDbStamp   *self);
gboolean psl_db_stamp_equal   (const PslDbStamp   *self,
                               const PslDbStamp   *other);
gboolean psl_db_stamp_serves  (const PslDbStamp   *self,
                               const PslDbStamp   *now);

G_END_DECLS
