/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"

G_BEGIN_DECLS

/* For the connection and its statements only. */

/**
 * PslStatement:
 * @link: its place among those of the cache, the most recently used first
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
  gboolean cached;
  gboolean in_use;
};

void psl_statement_free     (PslStatement  *self);
void psl_db_count_repaired  (PslDb         *self);
void psl_db_set_moved_error (PslDb         *self,
                             GError       **error);

G_END_DECLS
