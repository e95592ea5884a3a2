/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-record-model.h"
#include "psl-record-pool.h"
#include "psl-rid-list.h"

G_BEGIN_DECLS

/* Shared by psl-record-model.c (the list that others see) and
 * psl-record-model-read.c (how it is read, and read again). */
struct _PslRecordModel
{
  GObject parent_instance;

  PslRegister *reg;
  PslQuery *query;

  PslRidList *rids;
  PslRecordPool *pool;

  GCancellable *querying;
  GError *error;
  gboolean fresh;
  gboolean whole;
  gboolean held;
  guint first_page;
  guint refresh_id;

  /* The chosen record, where it is listed whatever the query says. */
  gint64 kept;
};

enum
{
  PSL_RECORD_MODEL_LOADED,
  PSL_RECORD_MODEL_MOVED,
  PSL_RECORD_MODEL_FAILED,
  PSL_RECORD_MODEL_N_SIGNALS
};

extern guint psl_record_model_signals[];

void psl_record_model_prepare (PslRecordModel *self);
void psl_record_model_refresh (PslRecordModel *self);

G_END_DECLS
