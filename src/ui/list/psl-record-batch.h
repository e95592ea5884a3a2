/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslRecordBatch:
 * @records: (element-type PslRecord): records with their listed fields
 * @snippets: (element-type utf8): for each, where something is searched for, the
 *   text around it that its summary doesn't have, or ""
 *
 * The contents of the rows of some records.
 */
typedef struct
{
  GPtrArray *records;
  GPtrArray *snippets;
} PslRecordBatch;

PslRecordBatch *psl_record_batch_read        (PslStore             *store,
                                            const gint64         *rids,
                                            gsize                 n_rids,
                                            const char           *language,
                                            const char           *search,
                                            GCancellable         *cancellable,
                                            GError              **error);
const char    *psl_record_batch_get_snippet (const PslRecordBatch  *batch,
                                            guint                 nth);
void           psl_record_batch_free        (PslRecordBatch        *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslRecordBatch, psl_record_batch_free)

G_END_DECLS
