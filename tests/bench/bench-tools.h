/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "psl-register.h"

G_BEGIN_DECLS

/**
 * Bench: a register, and what was asked of it last.
 */
typedef struct
{
  GMainLoop *loop;
  PslRegister *reg;
  GAsyncResult *result;
} Bench;

Bench        *bench_new         (const char    *path);
void          bench_free        (Bench         *self);
void          bench_finished_cb (GObject       *object,
                                 GAsyncResult  *result,
                                 gpointer       user_data);
GAsyncResult *bench_wait        (Bench         *self);

void          bench_check       (GError        *error);
void          bench_check_sqlite (sqlite3      *db,
                                  int           result);
double        bench_get_now     (void);
void          bench_print       (const char    *figure,
                                 const char    *detail,
                                 double        *ours,
                                 guint          n_ours,
                                 double        *bare,
                                 guint          n_bare);
double        bench_time_bare_search (sqlite3    *db,
                                      const char *words,
                                      const char *sort);

G_END_DECLS
