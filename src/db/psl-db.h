/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * One SQLite connection, and the statements prepared on it. Both belong to one
 * thread.
 *
 *   g_autoptr (PslStatement) statement = psl_db_prepare (db, "SELECT …", error);
 *
 *   if (statement == NULL)
 *     return FALSE;
 *   psl_statement_bind_int64 (statement, 1, rid);
 *   while (psl_statement_step (statement, error))
 *     use (psl_statement_get_text (statement, 0));
 *   return !psl_statement_has_failed (statement);
 *
 * Parameters count from 1 and columns from 0, as in SQLite.
 */
typedef struct _PslDb PslDb;
typedef struct _PslStatement PslStatement;

/**
 * PslDbFlags:
 * @PSL_DB_READ_ONLY: never writes to the file
 * @PSL_DB_CREATE: makes the file where it does not exist
 * @PSL_DB_IMMUTABLE: others rarely write to the file either, so that nothing is
 *   made beside it; with %PSL_DB_READ_ONLY
 */
typedef enum
{
  PSL_DB_NONE = 0,
  PSL_DB_READ_ONLY = 1 << 0,
  PSL_DB_CREATE = 1 << 1,
  PSL_DB_IMMUTABLE = 1 << 2,
} PslDbFlags;

/* Bytes of the longest text, value or statement that a connection reads or writes. */
#define PSL_DB_MAX_LENGTH (64 * 1024 * 1024)

PslDb        *psl_db_open               (const char    *path,
                                         PslDbFlags     flags,
                                         GError       **error);
PslDb        *psl_db_open_in_memory     (GError       **error);
void          psl_db_close              (PslDb         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslDb, psl_db_close)
gboolean      psl_db_configure          (PslDb         *self,
                                         GError       **error);
const char   *psl_db_get_path           (PslDb         *self);
gboolean      psl_db_is_read_only       (PslDb         *self);
sqlite3      *psl_db_get_handle         (PslDb         *self);
void          psl_db_set_busy_timeout   (PslDb         *self,
                                         int            milliseconds);
void          psl_db_set_cancel_check   (PslDb         *self,
                                         gboolean     (*is_cancelled) (gpointer data),
                                         gpointer       data);
void          psl_db_set_cancellable    (PslDb         *self,
                                         GCancellable  *cancellable);
void          psl_db_set_time_limit     (PslDb         *self,
                                         guint          seconds);
guint64       psl_db_get_n_repaired     (PslDb         *self);
void          psl_db_set_error          (PslDb         *self,
                                         int            result,
                                         GError       **error);

gboolean      psl_db_exec               (PslDb         *self,
                                         const char    *sql,
                                         GError       **error);
gboolean      psl_db_get_int64          (PslDb         *self,
                                         const char    *sql,
                                         gint64        *value,
                                         GError       **error);
PslStatement *psl_db_prepare            (PslDb         *self,
                                         const char    *sql,
                                         GError       **error);

gboolean      psl_db_has_moved          (PslDb         *self);
gboolean      psl_db_is_outdated        (PslDb         *self);
gboolean      psl_db_begin              (PslDb         *self,
                                         GError       **error);
gboolean      psl_db_begin_read         (PslDb         *self,
                                         GError       **error);
gboolean      psl_db_commit             (PslDb         *self,
                                         GError       **error);
void          psl_db_rollback           (PslDb         *self);
gboolean      psl_db_in_transaction     (PslDb         *self);
gint64        psl_db_last_insert_rowid  (PslDb         *self);

void          psl_statement_release     (PslStatement  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslStatement, psl_statement_release)
void          psl_statement_bind_null   (PslStatement  *self,
                                         int            parameter);
void          psl_statement_bind_int64  (PslStatement  *self,
                                         int            parameter,
                                         gint64         value);
void          psl_statement_bind_text   (PslStatement  *self,
                                         int            parameter,
                                         const char    *value);
void          psl_statement_bind_blob   (PslStatement  *self,
                                         int            parameter,
                                         gconstpointer  bytes,
                                         gsize          length);
gboolean      psl_statement_step        (PslStatement  *self,
                                         GError       **error);
gboolean      psl_statement_has_failed  (PslStatement  *self);
gboolean      psl_statement_run         (PslStatement  *self,
                                         GError       **error);
gboolean      psl_statement_append_numbers (PslStatement *self,
                                         GArray        *numbers,
                                         GError       **error);
void          psl_statement_reset       (PslStatement  *self);
gboolean      psl_statement_is_null     (PslStatement  *self,
                                         int            column);
gint64        psl_statement_get_int64   (PslStatement  *self,
                                         int            column);
const char   *psl_statement_get_text    (PslStatement  *self,
                                         int            column);
gconstpointer psl_statement_get_blob    (PslStatement  *self,
                                         int            column,
                                         gsize         *length);

G_END_DECLS
