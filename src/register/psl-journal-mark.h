/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-changed-set.h"

G_BEGIN_DECLS

/* For the other files of the register only. */

/**
 * PslJournalMark:
 * @action: the last action that is known of
 * @at: its time
 * @data_version: changes when another connection has written to the file
 * @n_changes: changes when this connection has written to it
 *
 * Up to where a connection has told of the changes in the register.
 */
typedef struct
{
  gint64 action;
  gint64 at;
  gint64 data_version;
  gint64 n_changes;
} PslJournalMark;

gboolean psl_journal_mark_init    (PslJournalMark  *self,
                                   PslStore        *store,
                                   GError         **error);
gboolean psl_journal_mark_advance (PslJournalMark  *self,
                                   PslStore        *store,
                                   gint64           rid,
                                   PslChangedSet  **set,
                                   GError         **error);

G_END_DECLS
