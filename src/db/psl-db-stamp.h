/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-file-stamp.h"

G_BEGIN_DECLS

/* For connections that read without SQLite's locks only. */

/**
 * PslDbStamp:
 * @database: the database itself
 * @log: the log of changes that are not in it yet
 * @journal: the journal that undoes an unfinished change
 * @taken: when they were looked at, in nanoseconds since 1970
 */
typedef struct
{
  PslFileStamp database;
  PslFileStamp log;
  PslFileStamp journal;
  gint64 taken;
} PslDbStamp;

void     psl_db_stamp_take    (PslDbStamp       *self,
                               const char       *path);
gboolean psl_db_stamp_has_log (const PslDbStamp *self);
gboolean psl_db_stamp_equal   (const PslDbStamp *self,
                               const PslDbStamp *other);
gboolean psl_db_stamp_serves  (const PslDbStamp *self,
                               const PslDbStamp *now);

G_END_DECLS
