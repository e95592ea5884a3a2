/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-register.h"
#include "psl-worker.h"

G_BEGIN_DECLS

/* For the other files of the register only. */

/**
 * PslLane: the threads that read.
 * @PSL_LANE_RECORDS: what a person looks at: short
 * @PSL_LANE_QUERIES: lists, counts, totals
 * @PSL_LANE_WORK: the caller's own work, which may be long
 */
typedef enum
{
  PSL_LANE_RECORDS,
  PSL_LANE_QUERIES,
  PSL_LANE_WORK,
  PSL_N_LANES,
} PslLane;

void psl_register_read     (PslRegister         *self,
                            PslLane              lane,
                            gpointer             source_tag,
                            PslStoreFunc         func,
                            gpointer             data,
                            GDestroyNotify       destroy_data,
                            GDestroyNotify       destroy_result,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
void psl_register_write    (PslRegister         *self,
                            gpointer             source_tag,
                            PslJobFlags          flags,
                            PslStoreFunc         func,
                            gint64               rid,
                            gpointer             data,
                            GDestroyNotify       destroy_data,
                            GDestroyNotify       destroy_result,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
void psl_register_replace  (PslRegister         *self,
                            gpointer             source_tag,
                            PslStoreFunc         func,
                            gpointer             data,
                            GDestroyNotify       destroy_data,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);

G_END_DECLS
