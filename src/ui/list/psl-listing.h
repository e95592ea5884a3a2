/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-record-batch.h"
#include "psl-register.h"

G_BEGIN_DECLS

/**
 * PslListing:
 * @rids: (element-type gint64): the records that the query finds, in order
 * @is_whole: whether that is all
 * @batch: (nullable): the first records, where a part was asked for
 * @splices: (element-type PslSplice): the steps from the list before to @rids
 *
 * The answer to a query, for a list that shows an answer already.
 */
typedef struct
{
  GArray *rids;
  gboolean is_whole;
  PslRecordBatch *batch;
  GArray *splices;
} PslListing;

void        psl_listing_read_async  (PslRegister         *reg,
                                     PslQuery            *query,
                                     gint64               limit,
                                        gint64               kept,
                                     GArray              *before,
                                     guint                most,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
PslListing *psl_listing_read_finish (GAsyncResult        *result,
                                     GError             **error);
void        psl_listing_free        (PslListing          *listing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslListing, psl_listing_free)

G_END_DECLS
