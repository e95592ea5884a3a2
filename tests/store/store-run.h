/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"
#include "store-model.h"

G_BEGIN_DECLS

/* One sequence of steps: a register, through two connections, and its model. */
typedef struct
{
  char *path;
  PslStore *stores[2];
  Model *model;
  GRand *random;
  guint64 session;
  gint64 seen_action;
  GHashTable *touched;
  guint step;
} StoreRun;

#define STORE_RUN_WORDS 12

extern const char *const store_run_words[STORE_RUN_WORDS];

static inline guint
pick (StoreRun *run,
      guint     n)
{
  return (guint) g_rand_int_range (run->random, 0, (gint32) n);
}

static inline PslStore *
get_store (StoreRun *run)
{
  return run->stores[pick (run, 2)];
}

void store_run_check_record (StoreRun *run,
                             guint     index);
void store_run_check_all    (StoreRun *run);

G_END_DECLS
