/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"
#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslProvenance: what a register says about who made it.
 * @id: (nullable): the register's UUID; %NULL where an older version wrote it, which gave none
 * @is_old: whether an older version of the program wrote it: it can't be read without being
 *   brought up to date
 * @has_actions: whether anything was ever done in it; the following are unset otherwise
 * @first_author: (nullable): who did the first action that it has; %NULL where no name is given
 * @first_at: when, in microseconds since 1970
 * @last_author: (nullable): who did the last one
 * @last_at: when
 *
 * Whoever wrote the file may have written anything here: it is to be shown, and nothing is to
 * follow from it. Names are one line without control characters, and cut where they are long.
 */
typedef struct
{
  char *id;
  gboolean is_old;
  gboolean has_actions;
  char *first_author;
  gint64 first_at;
  char *last_author;
  gint64 last_at;
} PslProvenance;

void           psl_provenance_free       (PslProvenance      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslProvenance, psl_provenance_free)

PslProvenance *psl_provenance_read_file  (const char         *path,
                                          GCancellable       *cancellable,
                                          GError            **error);
PslProvenance *psl_store_read_provenance (PslStore           *self,
                                          GError            **error);
char          *psl_provenance_describe   (gint64              at,
                                          const char         *author);
gboolean       psl_provenance_check_known (PslDb             *db,
                                          const char *const  *known,
                                          GError            **error);

G_END_DECLS
