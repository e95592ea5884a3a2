/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-register-private.h"

/* Reads: each a function for a reader's thread, the function that asks for the read, and the
 * function that takes its result. */

typedef struct
{
  PslQuery *query;
  gint64 limit;
  char *money_field;
} QueryData;

typedef struct
{
  const PslKind *kind;
  const PslField *field;
} UnofferedData;

typedef struct
{
  GPtrArray *amounts;
  gint64 count;
} Totals;

/* The query is copied: the caller may change it while it runs. */
static QueryData *
query_data_new (PslQuery   *query,
                gint64      limit,
                const char *money_field)
{
  QueryData *data = g_new0 (QueryData, 1);

  data->query = psl_query_copy (query);
  data->limit = limit;
  data->money_field = g_strdup (money_field);
  return data;
}

static void
query_data_free (gpointer user_data)
{
  QueryData *data = user_data;

  g_object_unref (data->query);
  g_free (data->money_field);
  g_free (data);
}

static void
totals_free (gpointer data)
{
  Totals *totals = data;

  g_clear_pointer (&totals->amounts, g_ptr_array_unref);
  g_free (totals);
}

static gpointer
load (PslStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return psl_store_read (store, *(gint64 *) data, error);
}

static gpointer
load_listed (PslStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  GArray *rids = data;

  return psl_store_read_listed (store, (const gint64 *) (gpointer) rids->data, rids->len, error);
}

static gpointer
get_effects (PslStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return psl_store_get_effects (store, *(gint64 *) data, error);
}

static gpointer
find (PslStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  gint64 rid = psl_store_find (store, data, error);

  return rid > 0 ? g_memdup2 (&rid, sizeof rid) : NULL;
}

static gpointer
run_query (PslStore      *store,
           gpointer       user_data,
           GCancellable  *cancellable,
           GError       **error)
{
  QueryData *data = user_data;

  return psl_store_query (store, data->query, data->limit, error);
}

static gpointer
count (PslStore      *store,
       gpointer       user_data,
       GCancellable  *cancellable,
       GError       **error)
{
  QueryData *data = user_data;
  gint64 n = psl_store_count (store, data->query, error);

  return n >= 0 ? g_memdup2 (&n, sizeof n) : NULL;
}

static gpointer
find_unoffered (PslStore      *store,
               gpointer       user_data,
               GCancellable  *cancellable,
               GError       **error)
{
  const UnofferedData *data = user_data;

  return psl_store_find_unoffered (store, data->kind, data->field, error);
}

static gpointer
add_up (PslStore      *store,
        gpointer       user_data,
        GCancellable  *cancellable,
        GError       **error)
{
  QueryData *data = user_data;
  Totals *totals = g_new0 (Totals, 1);

  totals->count = psl_store_count (store, data->query, error);
  if (totals->count >= 0)
    totals->amounts = psl_store_totals (store, data->query, data->money_field, error);
  if (totals->amounts == NULL)
    g_clear_pointer (&totals, totals_free);
  return totals;
}

static gint64
finish_number (GAsyncResult  *result,
               gint64         if_failed,
               GError       **error)
{
  g_autofree gint64 *number = g_task_propagate_pointer (G_TASK (result), error);

  return number != NULL ? *number : if_failed;
}

/**
 * psl_register_load_async:
 * @rid: a record
 * @cancellable: (nullable): drops or interrupts it
 *
 * Reads a whole record; see psl_store_read().
 */
void
psl_register_load_async (PslRegister         *self,
                         gint64               rid,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  psl_register_read (self, PSL_LANE_SHORT, psl_register_load_async, load,
                     g_memdup2 (&rid, sizeof rid), g_free, g_object_unref,
                     cancellable, callback, user_data);
}

/**
 * psl_register_load_finish:
 *
 * Returns: (transfer full): the record, or %NULL with
 *   %PSL_REGISTER_ERROR_NOT_FOUND
 */
PslRecord *
psl_register_load_finish (PslRegister   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psl_register_load_listed_async:
 * @rids: (array length=n_rids): records
 * @cancellable: (nullable): drops or interrupts it
 *
 * Reads the values of some records that list rows show; see psl_store_read_listed().
 */
void
psl_register_load_listed_async (PslRegister         *self,
                                const gint64        *rids,
                                gsize                n_rids,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GArray *copy;

  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (rids != NULL || n_rids == 0);

  copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rids);
  g_array_append_vals (copy, rids, n_rids);
  psl_register_read (self, PSL_LANE_SHORT, psl_register_load_listed_async, load_listed,
                     copy, (GDestroyNotify) g_array_unref, (GDestroyNotify) g_ptr_array_unref,
                     cancellable, callback, user_data);
}

/**
 * psl_register_load_listed_finish:
 *
 * Returns: (transfer full) (element-type PslRecord): the records in the order they were asked
 *   for; see psl_store_read_listed() for records that are no more
 */
GPtrArray *
psl_register_load_listed_finish (PslRegister   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_load_listed_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psl_register_find_async:
 * @name: a record's UUID, or its identifier where that is unique
 * @cancellable: (nullable): drops or interrupts it
 *
 * Finds one record; see psl_store_find().
 */
void
psl_register_find_async (PslRegister         *self,
                         const char          *name,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (name != NULL);

  psl_register_read (self, PSL_LANE_SHORT, psl_register_find_async, find,
                     g_strdup (name), g_free, g_free, cancellable, callback, user_data);
}

/**
 * psl_register_find_finish:
 *
 * Returns: the record, or 0 with %PSL_REGISTER_ERROR_NOT_FOUND or
 *   %PSL_REGISTER_ERROR_AMBIGUOUS
 */
gint64
psl_register_find_finish (PslRegister   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_find_async), 0);

  return finish_number (result, 0, error);
}

/**
 * psl_register_query_async:
 * @query: the records to find; copied
 * @limit: how many of the first records are wanted, 0 for all. A list asks for
 *   its first page, then for all
 * @cancellable: (nullable): drops or interrupts it
 *
 * Finds the records of a query; see psl_store_query().
 */
void
psl_register_query_async (PslRegister         *self,
                          PslQuery            *query,
                          gint64               limit,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (PSL_IS_QUERY (query));

  psl_register_read (self, limit > 0 ? PSL_LANE_SHORT : PSL_LANE_LONG, psl_register_query_async, run_query,
                     query_data_new (query, limit, NULL), query_data_free,
                     (GDestroyNotify) g_array_unref, cancellable, callback, user_data);
}

/**
 * psl_register_query_finish:
 *
 * Returns: (transfer full) (element-type gint64): the rids in order, or %NULL
 */
GArray *
psl_register_query_finish (PslRegister   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_query_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psl_register_count_async:
 * @query: the records to find; copied
 * @cancellable: (nullable): drops or interrupts it
 *
 * Counts the records of a query; see psl_store_count().
 */
void
psl_register_count_async (PslRegister         *self,
                          PslQuery            *query,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (PSL_IS_QUERY (query));

  psl_register_read (self, PSL_LANE_LONG, psl_register_count_async, count,
                     query_data_new (query, 0, NULL), query_data_free, g_free,
                     cancellable, callback, user_data);
}

/**
 * psl_register_count_finish:
 *
 * Returns: how many, or -1
 */
gint64
psl_register_count_finish (PslRegister   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_count_async), -1);

  return finish_number (result, -1, error);
}

/**
 * psl_register_find_unoffered_async:
 * @kind: a kind
 * @field: one of its fields, of codes or of rows that begin with one
 * @cancellable: (nullable): drops or interrupts it
 *
 * Finds the codes of a field that its list doesn't offer; see psl_store_find_unoffered().
 */
void
psl_register_find_unoffered_async (PslRegister         *self,
                                  const PslKind       *kind,
                                  const PslField      *field,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  const UnofferedData data = { kind, field };

  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (kind != NULL);
  g_return_if_fail (field != NULL);

  psl_register_read (self, PSL_LANE_LONG, psl_register_find_unoffered_async, find_unoffered,
                     g_memdup2 (&data, sizeof data), g_free, (GDestroyNotify) g_strfreev,
                     cancellable, callback, user_data);
}

/**
 * psl_register_find_unoffered_finish:
 *
 * Returns: (transfer full) (nullable): the codes, or %NULL on error
 */
GStrv
psl_register_find_unoffered_finish (PslRegister   *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_find_unoffered_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psl_register_effects_async:
 * @action: an action's number
 *
 * Reads the effects of an action; see psl_store_get_effects().
 */
void
psl_register_effects_async (PslRegister         *self,
                            gint64               action,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  psl_register_read (self, PSL_LANE_SHORT, psl_register_effects_async, get_effects,
                     g_memdup2 (&action, sizeof action), g_free, (GDestroyNotify) g_array_unref,
                     NULL, callback, user_data);
}

/**
 * psl_register_effects_finish:
 *
 * Returns: (transfer full) (element-type PslEffect): the effects of the action, or %NULL
 */
GArray *
psl_register_effects_finish (PslRegister   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_effects_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psl_register_totals_async:
 * @query: the records to find; copied
 * @money_field: name of a field of money
 * @cancellable: (nullable): drops or interrupts it
 *
 * Counts the records of a query and adds up their amounts; see
 * psl_store_totals().
 */
void
psl_register_totals_async (PslRegister         *self,
                           PslQuery            *query,
                           const char          *money_field,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (PSL_IS_QUERY (query));
  g_return_if_fail (money_field != NULL);

  psl_register_read (self, PSL_LANE_LONG, psl_register_totals_async, add_up,
                     query_data_new (query, 0, money_field), query_data_free, totals_free,
                     cancellable, callback, user_data);
}

/**
 * psl_register_totals_finish:
 * @n_records: (out) (optional): how many records there are
 *
 * Returns: (transfer full) (element-type utf8): canonical amounts, one a
 *   currency, or %NULL
 */
GPtrArray *
psl_register_totals_finish (PslRegister   *self,
                            GAsyncResult  *result,
                            gint64        *n_records,
                            GError       **error)
{
  Totals *totals;
  GPtrArray *amounts;

  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_totals_async), NULL);

  totals = g_task_propagate_pointer (G_TASK (result), error);
  if (totals == NULL)
    return NULL;
  if (n_records != NULL)
    *n_records = totals->count;
  amounts = g_steal_pointer (&totals->amounts);
  totals_free (totals);
  return amounts;
}
