/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelist.h"

G_BEGIN_DECLS

/**
 * PslCodeStatus:
 * @PSL_CODE_STATUS_UNCHANGED: as the program's list has it
 * @PSL_CODE_STATUS_IN_USE: offered
 * @PSL_CODE_STATUS_WITHDRAWN: kept for records that hold it, not offered for new ones
 */
typedef enum
{
  PSL_CODE_STATUS_UNCHANGED,
  PSL_CODE_STATUS_IN_USE,
  PSL_CODE_STATUS_WITHDRAWN,
} PslCodeStatus;

/**
 * PslCodeChange:
 * @list: name of a code list
 * @code: code of an entry that the program's list has, or of a new one
 * @names: (nullable): names by language; the program's in others
 * @aliases: (nullable): its other names, in place of the program's aliases
 * @parent: (nullable): code of the wider entry; %NULL for the program's
 * @position: its place among the others, from 1; 0 for the program's, or of a new entry
 *   for after all others
 * @status: whether it is offered
 *
 * A register's changes to an entry of a code list, in place of the program's values.
 */
typedef struct
{
  char *list;
  char *code;
  PslNames *names;
  char **aliases;
  char *parent;
  guint position;
  PslCodeStatus status;
} PslCodeChange;

void psl_code_change_free (PslCodeChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslCodeChange, psl_code_change_free)

/**
 * PslCodelists:
 *
 * The code lists of a register: the program's lists with the register's changes. A set never
 * changes: where entries do, the register gets a new one, and the old one lives as long as
 * somebody holds a reference to it.
 */
typedef struct _PslCodelists PslCodelists;

PslCodelists      *psl_codelists_new      (GPtrArray          *changes);
PslCodelists      *psl_codelists_get_default (void);
PslCodelists      *psl_codelists_ref      (PslCodelists       *self);
void               psl_codelists_unref    (PslCodelists       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslCodelists, psl_codelists_unref)
gboolean           psl_codelists_equal    (const PslCodelists *self,
                                           const PslCodelists *other);
const PslCodelist *psl_codelists_get_list (const PslCodelists *self,
                                           const char         *name);

G_END_DECLS
