/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslEntryEdit:
 * @list: name of a code list that can be extended
 * @code: code of one of its entries, or of the new one
 * @is_new: whether the list has no such entry yet
 * @names: (nullable): new names by language; "" for the program's own
 * @aliases: (nullable): new other names, one a line; "" for the program's own, %NULL for
 *   no change
 * @status: whether it is offered; %PSL_CODE_STATUS_UNCHANGED for no change
 * @move: by how many places it goes down in the list, or up where below zero
 *
 * The changes to an entry of a code list.
 */
typedef struct
{
  char *list;
  char *code;
  gboolean is_new;
  PslNames *names;
  char *aliases;
  PslCodeStatus status;
  int move;
} PslEntryEdit;

PslEntryEdit *psl_entry_edit_new   (const char          *list,
                                    const char          *code);
PslEntryEdit *psl_entry_edit_copy  (const PslEntryEdit  *self);
void          psl_entry_edit_free  (PslEntryEdit        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslEntryEdit, psl_entry_edit_free)

gint64        psl_store_edit_entry (PslStore            *self,
                                    const PslEntryEdit  *edit,
                                    GError             **error);

G_END_DECLS
