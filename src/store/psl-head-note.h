/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/*
 * The head of a register's journal, on one line that can be noted elsewhere:
 *
 *   UUID NUMBER HASH
 *
 * The UUID is the register's, NUMBER that of its last action, and HASH the hash of that
 * action, 64 hexadecimal digits. A register that has made no action yet has the number 0, and
 * `-` for the hash. Who has noted the line can tell later whether the history up to there is
 * the same.
 */

/**
 * PslHeadNote:
 * @id: a register's UUID
 * @number: the number of an action that it made; 0 for none
 * @hash: (nullable): the hash of that action, in lower case; %NULL where @number is 0
 */
typedef struct
{
  char *id;
  gint64 number;
  char *hash;
} PslHeadNote;

PslHeadNote *psl_head_note_parse     (const char   *line);
void         psl_head_note_free      (PslHeadNote  *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslHeadNote, psl_head_note_free)

char        *psl_store_dup_head_note (PslStore     *self,
                                      GError      **error);
char        *psl_store_seal_head     (PslStore     *self,
                                      GError      **error);

G_END_DECLS
