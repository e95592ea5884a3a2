/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"

G_BEGIN_DECLS

/*
 * An SQL statement that is put together piece by piece, with the values of its
 * parameters in order. Values never become part of the text; identifiers come
 * from the descriptions of kinds only.
 */
typedef struct
{
  GString *text;
  GPtrArray *values;
} PslSql;

PslSql       *psl_sql_new            (const char  *text);
void          psl_sql_free           (PslSql      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslSql, psl_sql_free)
void          psl_sql_append         (PslSql      *self,
                                      const char  *text);
void          psl_sql_append_printf  (PslSql      *self,
                                      const char  *format,
                                      ...) G_GNUC_PRINTF (2, 3);
void          psl_sql_append_text    (PslSql      *self,
                                      const char  *value);
void          psl_sql_append_int64   (PslSql      *self,
                                      gint64       value);
PslStatement *psl_sql_prepare        (const PslSql *self,
                                      PslDb       *db,
                                      GError     **error);

G_END_DECLS
