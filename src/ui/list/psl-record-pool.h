/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-record-item.h"
#include "psl-record-batch.h"
#include "psl-register.h"

G_BEGIN_DECLS

/*
 * The records that rows show. An item exists while somebody holds it, one for a record;
 * records that rows ask for are read in batches, the latest first, and kept in a bounded
 * cache.
 *
 * Signals:
 *   failed (GError *error)  records can't be read
 */
#define PSL_TYPE_RECORD_POOL (psl_record_pool_get_type ())
G_DECLARE_FINAL_TYPE (PslRecordPool, psl_record_pool, PSL, RECORD_POOL, GObject)

PslRecordPool *psl_record_pool_new          (void);
void           psl_record_pool_set_register (PslRecordPool       *self,
                                             PslRegister         *reg);
void           psl_record_pool_set_query    (PslRecordPool       *self,
                                             PslQuery            *query);
PslRecordItem *psl_record_pool_get_item     (PslRecordPool       *self,
                                             gint64               rid);
void           psl_record_pool_request      (PslRecordPool       *self,
                                             PslRecordItem       *item);
void           psl_record_pool_request_all  (PslRecordPool       *self);
guint          psl_record_pool_get_generation (PslRecordPool     *self);
void           psl_record_pool_take         (PslRecordPool       *self,
                                             const PslRecordBatch *page,
                                             guint                generation);
void           psl_record_pool_invalidate   (PslRecordPool       *self,
                                             const PslChangedSet *set);

G_END_DECLS
