/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-db-private.h"

#include <time.h>

/* The log is cut back to this size after a large import. */
#define JOURNAL_SIZE_LIMIT "16777216"

/* Pages of the log from which on a commit copies it into the file: SQLite’s own
 * default. */
#define CHECKPOINT_PAGES 1000

/* Instructions of SQLite's between two looks at whether a statement is to be stopped: some
 * tenths of a millisecond. */
#define STOP_CHECK_INTERVAL 4000

/* Statements kept prepared; the least recently used ones go first. Queries with
 * filters have many forms, so the number must be bounded. */
#define MAX_CACHED_STATEMENTS 128

/* Makes room in the cache: the statement at the tail was used longest ago. Statements in use
 * are skipped: their owner gives them back later. */
static void
trim_statements (PslDb *self)
{
  GList *link = self->recent.tail;

  while (link != NULL && self->recent.length >= MAX_CACHED_STATEMENTS)
    {
      PslStatement *statement = link->data;

      link = link->prev;
      if (statement->in_use)
        continue;
      g_queue_unlink (&self->recent, &statement->link);
      g_hash_table_remove (self->statements, statement->sql);
    }
}

static gboolean
is_cancelled_cb (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/* The processor time that the calling thread has had, in microseconds. */
static gint64
get_processor_time (void)
{
  struct timespec time = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Whether the statement that runs is to be stopped. */
static int
stop_cb (gpointer data)
{
  PslDb *self = data;

  if (self->limit > 0 && get_processor_time () > self->limit)
    self->is_overdue = TRUE;
  return self->is_overdue || (self->is_cancelled != NULL && self->is_cancelled (self->cancel_data));
}

static void
watch_statements (PslDb *self)
{
  gboolean is_watched = self->is_cancelled != NULL || self->limit > 0;

  sqlite3_progress_handler (self->handle, is_watched ? STOP_CHECK_INTERVAL : 0, is_watched ? stop_cb : NULL, self);
}

static PslDb *
db_alloc (const char *path,
          PslDbFlags  flags)
{
  PslDb *self = g_new0 (PslDb, 1);

  self->path = g_strdup (path);
  self->flags = flags;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) psl_statement_free);
  g_queue_init (&self->recent);
  return self;
}

/**
 * psl_db_open:
 * @path: file name, in the file system's encoding
 * @flags: see #PslDbFlags
 *
 * Opens a connection to an SQLite file. Where it will write, nothing is read yet: whether it
 * is a database at all shows at the first statement; see psl_db_configure(). A connection
 * that only reads is kept from the writes of other programs by SQLite's locks, or must be
 * opened again after them; see psl_db_is_outdated(). From the first statement on, the
 * connection distrusts the file: nothing in the schema calls functions or writes to SQLite's own
 * tables, and no value is longer than %PSL_DB_MAX_LENGTH.
 *
 * Returns: (transfer full): the connection, or %NULL with
 *   %PSL_REGISTER_ERROR_READ_ONLY where the file can't be opened, and where it is
 *   only read also with the errors of psl_db_configure() and
 *   %PSL_REGISTER_ERROR_BUSY
 */
PslDb *
psl_db_open (const char  *path,
             PslDbFlags   flags,
             GError     **error)
{
  g_autoptr (PslDb) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = db_alloc (path, flags);
  return psl_db_open_file (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * psl_db_open_in_memory:
 *
 * Returns: (transfer full): a connection to an empty database without a file, or %NULL with an
 *   error like those of psl_db_exec()
 */
PslDb *
psl_db_open_in_memory (GError **error)
{
  g_autoptr (PslDb) self = db_alloc ("", PSL_DB_CREATE);

  return psl_db_open_new (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * psl_db_configure:
 *
 * Sets up a connection to a register: foreign keys, full synchronisation and a log for
 * writing. Must be called outside a transaction.
 *
 * Returns: %TRUE, or %FALSE with %PSL_REGISTER_ERROR_NOT_A_REGISTER or
 *   %PSL_REGISTER_ERROR_DAMAGED where the file can't be read as a database
 */
gboolean
psl_db_configure (PslDb   *self,
                  GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!psl_db_exec (self,
                    "PRAGMA foreign_keys = ON;"
                    "PRAGMA synchronous = FULL;"
                    "PRAGMA temp_store = MEMORY;"
                    "PRAGMA cache_size = -8192;"
                    "PRAGMA schema_version;",
                    error))
    return FALSE;

  return (self->flags & PSL_DB_READ_ONLY) ||
         psl_db_exec (self,
                      "PRAGMA journal_mode = WAL;"
                      "PRAGMA journal_size_limit = " JOURNAL_SIZE_LIMIT ";",
                      error);
}

/**
 * psl_db_close:
 *
 * Finalises the cached statements and closes the connection. Every statement
 * must have been released. A transaction that is still open is rolled back.
 */
void
psl_db_close (PslDb *self)
{
  int result;

  if (self == NULL)
    return;

  g_hash_table_unref (self->statements);
  result = sqlite3_close (self->handle);
  if (result != SQLITE_OK)
    g_critical ("A statement was not released: %s", sqlite3_errmsg (self->handle));
  g_free (self->stamp);
  g_free (self->path);
  g_free (self);
}

/**
 * psl_db_get_path:
 *
 * Returns: the file's name, in the file system's encoding
 */
const char *
psl_db_get_path (PslDb *self)
{
  return self->path;
}

/**
 * psl_db_is_read_only:
 *
 * Returns: whether it was opened with %PSL_DB_READ_ONLY
 */
gboolean
psl_db_is_read_only (PslDb *self)
{
  return (self->flags & PSL_DB_READ_ONLY) != 0;
}

/**
 * psl_db_get_handle:
 *
 * For functions that have no wrapper here, such as SQLite's backup API.
 *
 * Returns: (transfer none): SQLite's connection
 */
sqlite3 *
psl_db_get_handle (PslDb *self)
{
  return self->handle;
}

/**
 * psl_db_set_busy_timeout:
 * @milliseconds: how long to wait for another process's transaction
 */
void
psl_db_set_busy_timeout (PslDb *self,
                         int    milliseconds)
{
  sqlite3_busy_timeout (self->handle, milliseconds);
}

/**
 * psl_db_set_cancel_check:
 * @is_cancelled: (nullable): asked every some tenths of a millisecond while a statement
 *   runs, whether to stop it; statements that were stopped fail with %G_IO_ERROR_CANCELLED
 * @data: for @is_cancelled
 */
void
psl_db_set_cancel_check (PslDb      *self,
                         gboolean  (*is_cancelled) (gpointer data),
                         gpointer    data)
{
  self->is_cancelled = is_cancelled;
  self->cancel_data = data;
  watch_statements (self);
}

/**
 * psl_db_set_time_limit:
 * @seconds: processor time of the calling thread that statements may take from now on, or 0
 *   to lift the limit
 *
 * Bounds statements that read a sound file in a moment: where pages of a damaged file lead in
 * a circle, SQLite would go on for ever. Statements that were stopped at the limit fail with
 * %PSL_REGISTER_ERROR_DAMAGED.
 */
void
psl_db_set_time_limit (PslDb *self,
                       guint  seconds)
{
  self->limit = seconds > 0 ? get_processor_time () + seconds * G_USEC_PER_SEC : 0;
  self->is_overdue = FALSE;
  watch_statements (self);
}

/**
 * psl_db_set_cancellable:
 * @cancellable: (nullable): stops statements, see psl_db_set_cancel_check(); it lives
 *   until another is set
 */
void
psl_db_set_cancellable (PslDb        *self,
                        GCancellable *cancellable)
{
  psl_db_set_cancel_check (self, cancellable != NULL ? is_cancelled_cb : NULL, cancellable);
}

/**
 * psl_db_get_n_repaired:
 *
 * Returns: how many texts were read so far that are not UTF-8, because the file
 *   is damaged
 */
guint64
psl_db_get_n_repaired (PslDb *self)
{
  return self->n_repaired;
}

/**
 * psl_db_exec:
 * @sql: one or several statements without parameters; their rows are ignored
 *
 * Returns: whether all of them succeeded
 */
gboolean
psl_db_exec (PslDb       *self,
             const char  *sql,
             GError     **error)
{
  int result;

  g_return_val_if_fail (self != NULL && sql != NULL, FALSE);

  result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    return TRUE;
  psl_db_set_error (self, result, error);
  return FALSE;
}

/**
 * psl_db_get_int64:
 * @sql: a statement without parameters that gives one number
 * @value: (out): the first column of its first row; 0 where there is none
 */
gboolean
psl_db_get_int64 (PslDb       *self,
                  const char  *sql,
                  gint64      *value,
                  GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self, sql, error);
  g_autoptr (GError) local_error = NULL;

  *value = 0;
  if (statement == NULL)
    return FALSE;
  if (psl_statement_step (statement, &local_error))
    *value = psl_statement_get_int64 (statement, 0);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * psl_db_prepare:
 * @sql: one statement
 *
 * Takes the statement from the cache, or prepares it. The same SQL may be
 * prepared again while it is in use.
 *
 * Returns: (transfer full): the statement, without bindings, or %NULL; free
 *   with psl_statement_release()
 */
PslStatement *
psl_db_prepare (PslDb       *self,
                const char  *sql,
                GError     **error)
{
  PslStatement *statement;
  sqlite3_stmt *stmt = NULL;
  int result;

  g_return_val_if_fail (self != NULL && sql != NULL, NULL);

  statement = g_hash_table_lookup (self->statements, sql);
  if (statement != NULL && !statement->in_use)
    {
      g_queue_unlink (&self->recent, &statement->link);
      g_queue_push_head_link (&self->recent, &statement->link);
      statement->in_use = TRUE;
      return statement;
    }

  result = sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
  if (result != SQLITE_OK)
    {
      psl_db_set_error (self, result, error);
      return NULL;
    }

  /* A second one of the same SQL lives only until it is released. */
  trim_statements (self);
  statement = g_new0 (PslStatement, 1);
  statement->db = self;
  statement->stmt = stmt;
  statement->sql = g_strdup (sql);
  statement->in_use = TRUE;
  statement->link.data = statement;
  statement->cached = !g_hash_table_contains (self->statements, sql);
  if (statement->cached)
    {
      g_hash_table_insert (self->statements, statement->sql, statement);
      g_queue_push_head_link (&self->recent, &statement->link);
    }

  return statement;
}

/**
 * psl_db_has_moved:
 *
 * Returns: whether the file that was opened no longer has its name: it was moved
 *   or removed, or another file has taken its place
 */
gboolean
psl_db_has_moved (PslDb *self)
{
  PslFileStamp now;
  int has_moved = 0;

  if (self->stamp != NULL)
    {
      psl_file_stamp_take (&now, self->path);
      return now.device != self->stamp->database.device || now.inode != self->stamp->database.inode;
    }
  return sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved) == SQLITE_OK && has_moved;
}

/**
 * psl_db_begin:
 *
 * Begins a transaction that may write, waiting for the transactions of other processes.
 *
 * Returns: whether it began; %PSL_REGISTER_ERROR_BUSY where the wait was too long,
 *   %PSL_REGISTER_ERROR_NOT_FOUND where the file is not there any more: a write to it would
 *   be lost
 */
gboolean
psl_db_begin (PslDb   *self,
              GError **error)
{
  if (!psl_db_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!psl_db_has_moved (self))
    return TRUE;
  psl_db_rollback (self);
  psl_db_set_moved_error (self, error);
  return FALSE;
}

/**
 * psl_db_begin_read:
 *
 * Begins a transaction that only reads: until psl_db_rollback(), all that is read is
 * as it stood at the first reading, whatever others write.
 */
gboolean
psl_db_begin_read (PslDb   *self,
                   GError **error)
{
  return psl_db_exec (self, "BEGIN", error);
}

/**
 * psl_db_commit:
 *
 * Commits the transaction. Where that fails, it is rolled back: nothing of it
 * has been stored.
 */
gboolean
psl_db_commit (PslDb   *self,
               GError **error)
{
  if (psl_db_exec (self, "COMMIT", error))
    return TRUE;
  psl_db_rollback (self);
  return FALSE;
}

/**
 * psl_db_rollback:
 *
 * Undoes the transaction. Does nothing where SQLite has done so already.
 */
void
psl_db_rollback (PslDb *self)
{
  g_autoptr (GError) error = NULL;

  if (!psl_db_in_transaction (self))
    return;
  if (!psl_db_exec (self, "ROLLBACK", &error))
    g_warning ("Rolling back failed: %s", error->message);
}

/**
 * psl_db_in_transaction:
 *
 * Returns: whether a transaction is open
 */
gboolean
psl_db_in_transaction (PslDb *self)
{
  return !sqlite3_get_autocommit (self->handle);
}

/**
 * psl_db_last_insert_rowid:
 *
 * Returns: the key of the row inserted last
 */
gint64
psl_db_last_insert_rowid (PslDb *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}
