/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-db-stamp.h"

/* The coarsest times of file systems, FAT's, in nanoseconds. */
#define COARSEST_TIME G_GINT64_CONSTANT (2000000000)

static void
take_beside (PslFileStamp *self,
             const char   *path,
             const char   *suffix)
{
  g_autofree char *beside = g_strconcat (path, suffix, NULL);

  psl_file_stamp_take (self, beside);
}

/* Whether the file may have been written again after the stamp with the time that it
 * had already. A clock of the file's own, far from this one, can't be told. */
static gboolean
is_recent (const PslDbStamp *self)
{
  return ABS (self->taken - self->database.modified) < COARSEST_TIME;
}

/**
 * psl_db_stamp_take:
 * @self: (out caller-allocates): the stamp
 * @path: a database's file name
 *
 * Looks at a database, and at SQLite's files beside it.
 */
void
psl_db_stamp_take (PslDbStamp *self,
                   const char *path)
{
  self->taken = g_get_real_time () * 1000;
  psl_file_stamp_take (&self->database, path);
  take_beside (&self->log, path, "-wal");
  take_beside (&self->journal, path, "-journal");
}

/**
 * psl_db_stamp_has_log:
 *
 * Returns: whether the database is only whole with the files beside it
 */
gboolean
psl_db_stamp_has_log (const PslDbStamp *self)
{
  return self->log.size > 0 || self->journal.size > 0;
}

/**
 * psl_db_stamp_equal:
 *
 * Returns: whether nothing was written in between
 */
gboolean
psl_db_stamp_equal (const PslDbStamp *self,
                    const PslDbStamp *other)
{
  return psl_file_stamp_equal (&self->database, &other->database) &&
         psl_file_stamp_equal (&self->log, &other->log) &&
         psl_file_stamp_equal (&self->journal, &other->journal);
}

/**
 * psl_db_stamp_serves:
 * @now: a stamp of now
 *
 * Returns: whether data that was read at the stamp is still current. A stamp that was taken
 *   right after a write serves only until its times can be told from the times of the next
 *   write
 */
gboolean
psl_db_stamp_serves (const PslDbStamp *self,
                     const PslDbStamp *now)
{
  return psl_db_stamp_equal (self, now) &&
         !(is_recent (self) && now->taken - self->taken >= COARSEST_TIME);
}
