/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-listing.h"

#include "psl-splice.h"

/* Lists up to here are compared at once, longer ones on another thread. */
#define SHORT_LIST 5000

/* A listing on its way. */
typedef struct
{
  PslQuery *query;
  gint64 limit;
  gint64 kept;
  GArray *before;
  guint most;
  PslListing *listing;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->query);
  g_array_unref (reading->before);
  psl_listing_free (reading->listing);
  g_free (reading);
}

/* The record that is listed whatever the query says stands first, where the query has
 * no place for it. */
static void
add_kept (const Reading *reading,
          GArray        *rids)
{
  for (guint i = 0; i < rids->len; i++)
    {
      if (g_array_index (rids, gint64, i) == reading->kept)
        return;
    }

  if (reading->kept != 0)
    g_array_prepend_val (rids, reading->kept);
}

/* On the register's thread: the first ids, and their records, so that the first
 * frame shows them. */
static gpointer
read_first (PslStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Reading *reading = data;
  g_autoptr (PslListing) listing = g_new0 (PslListing, 1);

  listing->rids = psl_store_query (store, reading->query, reading->limit, error);
  if (listing->rids == NULL)
    return NULL;

  listing->is_whole = listing->rids->len < reading->limit;
  add_kept (reading, listing->rids);
  listing->batch = psl_record_batch_read (store, (const gint64 *) (gpointer) listing->rids->data,
                                        listing->rids->len,
                                        psl_query_get_language (reading->query),
                                        psl_query_get_search (reading->query),
                                        cancellable, error);
  if (listing->batch == NULL)
    return NULL;

  return g_steal_pointer (&listing);
}

static void
compare (Reading *reading)
{
  reading->listing->splices = psl_splice_diff (reading->before, reading->listing->rids, reading->most);
}

static void
compare_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Reading *reading = data;

  compare (reading);
  g_task_return_pointer (task, g_steal_pointer (&reading->listing), (GDestroyNotify) psl_listing_free);
}

/* Takes the listing that was read, or @error. */
static void
take (GTask      *task,
      PslListing *listing,
      GError     *error)
{
  Reading *reading = g_task_get_task_data (task);

  reading->listing = listing;
  if (listing == NULL)
    {
      g_task_return_error (task, error);
    }
  else if (g_task_return_error_if_cancelled (task))
    {
      /* The list to compare with may have changed by now. */
    }
  else if (reading->most == 1 || MAX (reading->before->len, listing->rids->len) <= SHORT_LIST)
    {
      compare (reading);
      g_task_return_pointer (task, g_steal_pointer (&reading->listing), (GDestroyNotify) psl_listing_free);
    }
  else
    {
      GArray *before = g_array_copy (reading->before);

      g_array_unref (reading->before);
      reading->before = before;
      g_task_run_in_thread (task, compare_thread);
    }
}

static void
first_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PslListing *listing = psl_register_finish (PSL_REGISTER (source), result, &error);

  take (task, listing, error);
}

static void
all_read_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GArray *rids = psl_register_query_finish (PSL_REGISTER (source), result, &error);
  PslListing *listing = NULL;

  if (rids != NULL)
    {
      add_kept (g_task_get_task_data (task), rids);
      listing = g_new0 (PslListing, 1);
      listing->rids = rids;
      listing->is_whole = TRUE;
    }
  take (task, listing, error);
}

/**
 * psl_listing_read_async:
 * @query: the records to list
 * @limit: how many at most, of which the first records are read, too; 0 for all
 * @kept: a record that is listed in any case, or 0
 * @before: (element-type gint64): the list now; where that changes, cancel
 * @most: how many steps to make of the difference at most; see psl_splice_diff()
 * @cancellable: drops or interrupts it
 *
 * Reads the records that a query finds, and compares them with the list. The first page comes
 * by another thread than whole lists, which may take long.
 */
void
psl_listing_read_async (PslRegister         *reg,
                        PslQuery            *query,
                        gint64               limit,
                        gint64               kept,
                        GArray              *before,
                        guint                most,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;
  Reading *reading;

  g_return_if_fail (PSL_IS_REGISTER (reg));
  g_return_if_fail (PSL_IS_QUERY (query));
  g_return_if_fail (before != NULL);

  reading = g_new0 (Reading, 1);
  reading->query = psl_query_copy (query);
  reading->limit = limit;
  reading->kept = kept;
  reading->before = g_array_ref (before);
  reading->most = most;

  task = g_task_new (reg, cancellable, callback, user_data);
  g_task_set_source_tag (task, psl_listing_read_async);
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  if (limit > 0)
    psl_register_read_async (reg, PSL_LANE_SHORT, read_first, reading, NULL, (GDestroyNotify) psl_listing_free,
                             cancellable, first_read_cb, task);
  else
    psl_register_query_async (reg, reading->query, 0, cancellable, all_read_cb, task);
}

/**
 * psl_listing_read_finish:
 *
 * Returns: (transfer full): the listing, or %NULL with an error like those of
 *   psl_store_query()
 */
PslListing *
psl_listing_read_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_listing_read_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * psl_listing_free:
 * @listing: (transfer full) (nullable): a listing
 */
void
psl_listing_free (PslListing *listing)
{
  if (listing == NULL)
    return;

  g_clear_pointer (&listing->rids, g_array_unref);
  psl_record_batch_free (listing->batch);
  g_clear_pointer (&listing->splices, g_array_unref);
  g_free (listing);
}
