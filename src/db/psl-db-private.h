/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"
#include "psl-db-stamp.h"

G_BEGIN_DECLS

/* For the connection and its statements only. */

/**
 * PslDb:
 * @statements: (element-type utf8 PslStatement): those kept prepared, by their SQL
 * @recent: the same, the most recently used first
 * @n_repaired: see psl_db_get_n_repaired()
 * @stamp: (nullable) (owned): the stamp of the files when a connection was opened that takes
 *   no locks
 * @is_copy: whether it reads a copy of the file, with @stamp
 * @is_cancelled: (nullable): see psl_db_set_cancel_check()
 * @cancel_data: for @is_cancelled
 * @limit: the processor time of the thread at which statements are stopped, in microseconds;
 *   0 for none
 * @is_overdue: whether a statement was stopped at @limit
 */
struct _PslDb
{
  sqlite3 *handle;
  char *path;
  PslDbFlags flags;
  GHashTable *statements;
  GQueue recent;
  guint64 n_repaired;
  PslDbStamp *stamp;
  gboolean is_copy;
  gboolean (*is_cancelled) (gpointer data);
  gpointer cancel_data;
  gint64 limit;
  gboolean is_overdue;
};

/**
 * PslStatement:
 * @link: its place in the cache, the most recently used first
 * @repaired: (nullable) (element-type utf8): texts of the row that were not UTF-8
 * @bind_result: the first binding that failed, for the next step to report
 * @cached: whether the connection keeps it for the next user of the same SQL
 * @in_use: whether somebody has it
 */
struct _PslStatement
{
  PslDb *db;
  sqlite3_stmt *stmt;
  char *sql;
  GList link;
  GPtrArray *repaired;
  int bind_result;
  gboolean has_failed;
  gboolean cached;
  gboolean in_use;
};

void     psl_statement_free     (PslStatement  *self);
gboolean psl_db_open_file       (PslDb         *self,
                                 GError       **error);
gboolean psl_db_open_new        (PslDb         *self,
                                 GError       **error);
gboolean psl_db_is_torn         (PslDb         *self);
void     psl_db_set_moved_error (PslDb         *self,
                                 GError       **error);

G_END_DECLS
