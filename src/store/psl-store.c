/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-store.h"

#include "psl-store-private.h"

/**
 * psl_store_get_path:
 *
 * Returns: (transfer none): the register's file name, with symbolic links followed
 */
const char *
psl_store_get_path (PslStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * psl_store_set_author:
 * @author: who makes the actions from now on; may be ""
 */
void
psl_store_set_author (PslStore   *self,
                      const char *author)
{
  g_return_if_fail (self != NULL);

  g_set_str (&self->author, author != NULL ? author : "");
}

/**
 * psl_store_set_language:
 * @language: a tag of psl_language_parse(): the language of the titles of linked records, and
 *   of the titles in the names of actions
 */
void
psl_store_set_language (PslStore   *self,
                        const char *language)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (language != NULL);

  self->language = g_intern_string (language);
}

/**
 * psl_store_set_clock:
 * @clock: gives the time, in microseconds since 1970, UTC
 */
void
psl_store_set_clock (PslStore *self,
                     gint64  (*clock) (void))
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (clock != NULL);

  self->clock = clock;
}

/* Only within a transaction: a stored action is not given up. */
static gboolean
is_stopped_cb (gpointer user_data)
{
  PslStore *self = user_data;

  return self->transaction != NULL && g_cancellable_is_cancelled (self->cancellable);
}

/**
 * psl_store_set_work:
 * @progress: (nullable): told from now on the name of the work, and how much is done
 * @cancellable: (nullable): stops actions from now on until they are stored: they fail with
 *   %G_IO_ERROR_CANCELLED, and nothing of them is kept
 *
 * Lets somebody follow the work in the store and stop it.
 */
void
psl_store_set_work (PslStore     *self,
                    PslProgress  *progress,
                    GCancellable *cancellable)
{
  g_return_if_fail (self != NULL);

  psl_db_set_cancel_check (self->db, cancellable != NULL ? is_stopped_cb : NULL, self);
  g_clear_pointer (&self->progress, psl_progress_unref);
  if (progress != NULL)
    self->progress = psl_progress_ref (progress);
  g_set_object (&self->cancellable, cancellable);
}

/**
 * psl_store_step:
 * @n_done: how much is done
 * @n_all: of how much
 *
 * Tells how much is done of an action, or of its stage that goes on.
 *
 * Returns: whether to go on; %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
psl_store_step (PslStore  *self,
                gint64     n_done,
                gint64     n_all,
                GError   **error)
{
  psl_progress_set (n_all > 0 ? (double) n_done / (double) n_all : 1, self->progress);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/**
 * psl_store_get_db:
 *
 * Returns: (transfer none): the connection
 */
PslDb *
psl_store_get_db (PslStore *self)
{
  return self->db;
}

/**
 * psl_store_get_language:
 *
 * Returns: (transfer none): see psl_store_set_language()
 */
const char *
psl_store_get_language (PslStore *self)
{
  return self->language;
}

/**
 * psl_store_get_plan:
 * @kind: a kind
 *
 * Returns: (transfer none): how its fields are stored
 */
const PslPlan *
psl_store_get_plan (PslStore      *self,
                    const PslKind *kind)
{
  PslPlan *plan = g_hash_table_lookup (self->plans, kind);

  if (plan == NULL)
    {
      plan = psl_plan_new (kind);
      g_hash_table_insert (self->plans, (gpointer) kind, plan);
    }
  return plan;
}

/**
 * psl_store_run_for_rid:
 * @sql: a statement that writes, with a rid as its one parameter
 */
gboolean
psl_store_run_for_rid (PslStore    *self,
                       const char  *sql,
                       gint64       rid,
                       GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  return psl_statement_run (statement, error);
}

/**
 * psl_store_read_number:
 * @sql: a query for one number, with one or two parameters
 * @first: the first of them
 * @second: (nullable): the second, where there is one
 * @number: (out): the number; 0 where there is none
 */
gboolean
psl_store_read_number (PslStore    *self,
                       const char  *sql,
                       gint64       first,
                       const char  *second,
                       gint64      *number,
                       GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);

  *number = 0;
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, first);
  if (second != NULL)
    psl_statement_bind_text (statement, 2, second);
  if (psl_statement_step (statement, error))
    *number = psl_statement_get_int64 (statement, 0);
  return !psl_statement_has_failed (statement);
}

/**
 * psl_store_read_rid:
 * @id: a UUID
 * @rid: (out): the number of the record that has it, whatever its state; 0 where there is none
 */
gboolean
psl_store_read_rid (PslStore    *self,
                    const char  *id,
                    gint64      *rid,
                    GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, "SELECT rid FROM record WHERE id = ?", error);

  *rid = 0;
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, id);
  if (psl_statement_step (statement, error))
    *rid = psl_statement_get_int64 (statement, 0);
  return !psl_statement_has_failed (statement);
}

/**
 * psl_store_read_last_rid:
 * @rid: (out): the highest number of a record; 0 where there is none
 */
gboolean
psl_store_read_last_rid (PslStore  *self,
                         gint64    *rid,
                         GError   **error)
{
  return psl_db_get_int64 (self->db, "SELECT ifnull (max (rid), 0) FROM record", rid, error);
}

/**
 * psl_store_compare_rids:
 * @a, @b: pointers to rids
 *
 * Returns: which is the smaller, as a GCompareFunc does
 */
int
psl_store_compare_rids (gconstpointer a,
                        gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return (first > second) - (first < second);
}
