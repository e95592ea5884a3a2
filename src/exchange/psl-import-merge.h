/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-import-link.h"
#include "psl-import.h"

G_BEGIN_DECLS

/**
 * PslMergeResult:
 * @PSL_MERGE_DONE: the row is in the register
 * @PSL_MERGE_REFUSED: it is not, and why has been reported
 * @PSL_MERGE_WAITING: it links to a record that isn't there yet
 * @PSL_MERGE_FAILED: the register failed
 */
typedef enum
{
  PSL_MERGE_DONE,
  PSL_MERGE_REFUSED,
  PSL_MERGE_WAITING,
  PSL_MERGE_FAILED,
} PslMergeResult;

/**
 * PslMergeFlags:
 * @PSL_MERGE_WITHOUT_LINKS: leave links to records that aren't there
 * @PSL_MERGE_AGAIN: the row is in already, and only its links that were open are new
 */
typedef enum
{
  PSL_MERGE_NONE = 0,
  PSL_MERGE_WITHOUT_LINKS = 1 << 0,
  PSL_MERGE_AGAIN = 1 << 1,
} PslMergeFlags;

typedef struct _PslMerge PslMerge;

PslMerge       *psl_merge_new    (PslStore                *store,
                                  const PslKind           *kind,
                                  gboolean                 prefer_file,
                                  PslMissingLinks          missing,
                                  const char              *language,
                                  const char              *name,
                                  PslImportReport          report,
                                  gpointer                 user_data);
void            psl_merge_free   (PslMerge                *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslMerge, psl_merge_free)
PslMergeResult  psl_merge_row    (PslMerge                *self,
                                  PslImportRow            *row,
                                  PslMergeFlags            flags,
                                  GError                 **error);
gboolean        psl_merge_try    (PslMerge                *self,
                                  GError                 **error);
gboolean        psl_merge_keep   (PslMerge                *self,
                                  GError                 **error);
gboolean        psl_merge_give_up (PslMerge               *self,
                                  GError                 **error);
PslImportOutcome psl_merge_get_outcome (PslMerge          *self,
                                  gint64                   rid);
gboolean        psl_merge_finish (PslMerge                *self,
                                  const PslImportOptions  *options,
                                  PslImportPlan           *plan,
                                  GError                 **error);

G_END_DECLS
