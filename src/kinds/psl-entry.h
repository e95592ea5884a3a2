/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelists.h"
#include "psl-kind.h"

G_BEGIN_DECLS

#define PSL_ENTRY_IN_USE "in-use"
#define PSL_ENTRY_WITHDRAWN "withdrawn"

const PslKind *psl_entry_get_kind    (void);
gboolean       psl_entry_is_possible (const char  *list);
char          *psl_entry_dup_list    (const char  *value,
                                      char       **code);
char          *psl_entry_dup_id      (const char  *list,
                                      const char  *code);
char          *psl_entry_derive_uuid (const char  *value);
PslCodeChange *psl_entry_dup_change  (PslRecord   *record);

G_END_DECLS
