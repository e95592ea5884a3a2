/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-listing.h"
#include "psl-record-model-private.h"

/* Reading a list from the query to the last id, and following its changes afterwards. */

/* Ids of the first page, where nobody has said how many are in view. */
#define FIRST_PAGE 24

/* Announcements of one change, at most; each moves the rest of the list. */
#define MOST_SPLICES 64

static void start_query (PslRecordModel *self,
                         gboolean        whole);

/* An answer to a query, on its way. */
typedef struct
{
  PslRecordModel *model;
  GCancellable *cancellable;
  guint generation;
} Asked;

static void
asked_free (Asked *asked)
{
  g_object_unref (asked->model);
  g_object_unref (asked->cancellable);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void
fail (PslRecordModel *self,
      const GError   *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  g_signal_emit (self, psl_record_model_signals[PSL_RECORD_MODEL_FAILED], 0, error);
}

static void
cancel (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* Returns: whether the chosen record moved */
static gboolean
step (PslRecordModel   *self,
      const PslListing *listing)
{
  gboolean listed = psl_rid_list_get_selected_position (self->rids) != GTK_INVALID_LIST_POSITION;
  gboolean found = FALSE;

  for (guint i = 0; i < listing->splices->len; i++)
    {
      const PslSplice *splice = &g_array_index (listing->splices, PslSplice, i);

      found = psl_rid_list_splice (self->rids, splice, listing->rids) || found;
      g_list_model_items_changed (G_LIST_MODEL (self), splice->position, splice->removed, splice->added);
    }

  return listed && found;
}

static void
apply_listing (PslRecordModel   *self,
               const PslListing *listing)
{
  gboolean fresh = self->fresh;
  gboolean moved = step (self, listing);

  if (fresh)
    psl_record_pool_request_all (self->pool);
  self->fresh = FALSE;

  g_signal_emit (self, psl_record_model_signals[PSL_RECORD_MODEL_LOADED], 0, fresh);
  if (moved && !fresh)
    g_signal_emit (self, psl_record_model_signals[PSL_RECORD_MODEL_MOVED], 0);
}

/* Nobody waits for the first page any more. */
static void
read_whole_list (PslRecordModel *self)
{
  self->held = FALSE;
  start_query (self, TRUE);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Asked) asked = user_data;
  PslRecordModel *self = asked->model;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslListing) listing = psl_listing_read_finish (result, &error);

  if (g_cancellable_is_cancelled (asked->cancellable))
    return;
  if (listing == NULL)
    {
      g_clear_object (&self->querying);
      fail (self, error);
      return;
    }

  g_clear_error (&self->error);
  self->whole = listing->is_whole;
  if (listing->batch != NULL)
    psl_record_pool_take (self->pool, listing->batch, asked->generation);

  apply_listing (self, listing);

  /* A handler of the signals may have asked for another list by now, or have more
   * urgent things to do. */
  if (self->querying != asked->cancellable)
    return;

  if (self->whole)
    g_clear_object (&self->querying);
  if (!psl_record_model_is_complete (self) && !self->held)
    read_whole_list (self);
}

/* Asks for the first ids and records, or for all ids. */
static void
start_query (PslRecordModel *self,
             gboolean        whole)
{
  Asked *asked;

  cancel (&self->querying);
  self->held = FALSE;
  if (self->reg == NULL || self->query == NULL)
    return;

  self->querying = g_cancellable_new ();
  asked = g_new (Asked, 1);
  asked->model = g_object_ref (self);
  asked->cancellable = g_object_ref (self->querying);
  asked->generation = psl_record_pool_get_generation (self->pool);

  /* Another list is one step, whatever the two have in common. */
  psl_listing_read_async (self->reg, self->query, whole ? 0 : self->first_page, self->kept,
                          psl_rid_list_get_all (self->rids),
                          self->fresh ? 1 : MOST_SPLICES, self->querying, listed_cb, asked);
}

static gboolean
refresh_cb (gpointer user_data)
{
  PslRecordModel *self = user_data;

  self->refresh_id = 0;
  start_query (self, !self->fresh);

  return G_SOURCE_REMOVE;
}

static void
changed_cb (PslRecordModel      *self,
            const PslChangedSet *set)
{
  psl_record_pool_invalidate (self->pool, set);
  /* A list that was never read, or could not be, is read now. */
  if (self->query == NULL || self->error != NULL || psl_changed_set_touches_query (set, self->query))
    psl_record_model_refresh (self);
}

static void
pool_failed_cb (PslRecordModel *self,
                const GError   *error)
{
  fail (self, error);
}

/* Reads the list again, soon. */
void
psl_record_model_refresh (PslRecordModel *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add_full (G_PRIORITY_DEFAULT, refresh_cb, self, NULL);
}

/* For a new model: nothing is read yet. */
void
psl_record_model_prepare (PslRecordModel *self)
{
  self->first_page = FIRST_PAGE;
  self->pool = psl_record_pool_new ();
  g_signal_connect_object (self->pool, "failed",
                           G_CALLBACK (pool_failed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * psl_record_model_set_register:
 * @reg: (nullable): where the records are
 *
 * The list is empty until the next query.
 */
void
psl_record_model_set_register (PslRecordModel *self,
                               PslRegister    *reg)
{
  guint n_items;

  g_return_if_fail (PSL_IS_RECORD_MODEL (self));

  if (self->reg == reg)
    return;

  cancel (&self->querying);
  self->held = FALSE;
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_func (self->reg, changed_cb, self);

  self->kept = 0;
  g_set_object (&self->reg, reg);
  g_clear_object (&self->query);
  psl_record_pool_set_register (self->pool, reg);
  psl_record_pool_set_query (self->pool, NULL);
  g_clear_error (&self->error);
  self->whole = FALSE;

  n_items = psl_rid_list_get_n (self->rids);
  psl_rid_list_clear (self->rids);
  psl_record_model_select (self, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);

  if (reg != NULL)
    g_signal_connect_object (reg, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * psl_record_model_set_query:
 * @query: (transfer none): the records to list; not changed any more afterwards
 *
 * Starts to read the list, and gives up on the one asked for before. The former list stays
 * until the first page is there.
 */
void
psl_record_model_set_query (PslRecordModel *self,
                            PslQuery       *query)
{
  g_return_if_fail (PSL_IS_RECORD_MODEL (self));
  g_return_if_fail (PSL_IS_QUERY (query));

  if (self->query != NULL && psl_query_equal (self->query, query))
    return;

  g_clear_handle_id (&self->refresh_id, g_source_remove);
  self->kept = 0;
  g_set_object (&self->query, query);
  psl_record_pool_set_query (self->pool, query);
  self->fresh = TRUE;
  self->whole = FALSE;
  start_query (self, FALSE);
}

/**
 * psl_record_model_set_page:
 * @n: how many records are in view, at least 1
 *
 * That many of a list are read ahead of the others. More would be read, and given
 * rows, before the frame that the person waits for.
 */
void
psl_record_model_set_page (PslRecordModel *self,
                           guint           n)
{
  g_return_if_fail (PSL_IS_RECORD_MODEL (self));
  g_return_if_fail (n > 0);

  self->first_page = n;
}

/**
 * psl_record_model_retry:
 *
 * Reads the list again, and its records, after it failed.
 */
void
psl_record_model_retry (PslRecordModel *self)
{
  g_return_if_fail (PSL_IS_RECORD_MODEL (self));

  if (self->query == NULL)
    return;

  psl_record_pool_set_query (self->pool, self->query);
  self->fresh = TRUE;
  self->whole = FALSE;
  start_query (self, FALSE);
}

/**
 * psl_record_model_get_error:
 *
 * Returns: (transfer none) (nullable): why the list, or records of it, could not
 *   be read, until it is read again
 */
const GError *
psl_record_model_get_error (PslRecordModel *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), NULL);

  return self->error;
}

/**
 * psl_record_model_get_register:
 *
 * Returns: (transfer none) (nullable): where the records are
 */
PslRegister *
psl_record_model_get_register (PslRecordModel *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), NULL);

  return self->reg;
}

/**
 * psl_record_model_get_query:
 *
 * Returns: (transfer none) (nullable): the query of the list; %NULL where there is no
 *   register
 */
PslQuery *
psl_record_model_get_query (PslRecordModel *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), NULL);

  return self->query;
}

/**
 * psl_record_model_is_narrowed:
 *
 * Returns: whether something is searched for or filtered by, so that there may be
 *   more records than are listed
 */
gboolean
psl_record_model_is_narrowed (PslRecordModel *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), FALSE);

  return self->query != NULL &&
         (psl_query_get_search (self->query) != NULL || psl_query_get_filters (self->query)->len > 0);
}

/**
 * psl_record_model_is_loading:
 *
 * Returns: whether not even the first page of the query is there
 */
gboolean
psl_record_model_is_loading (PslRecordModel *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), FALSE);

  return self->fresh && self->querying != NULL;
}

/**
 * psl_record_model_is_complete:
 *
 * Returns: whether the list is all that the query finds, and not its first page
 */
gboolean
psl_record_model_is_complete (PslRecordModel *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), FALSE);

  return self->whole;
}

/**
 * psl_record_model_hold:
 *
 * Called while `loaded` is emitted for a first page: the rest of the list is not
 * asked for until psl_record_model_release(). A list view makes rows for far more
 * than it shows, which the first page need not wait for.
 */
void
psl_record_model_hold (PslRecordModel *self)
{
  g_return_if_fail (PSL_IS_RECORD_MODEL (self));
  g_return_if_fail (!psl_record_model_is_complete (self));

  self->held = TRUE;
}

/**
 * psl_record_model_release:
 *
 * Asks for the rest of the list, where it was held and is still wanted.
 */
void
psl_record_model_release (PslRecordModel *self)
{
  g_return_if_fail (PSL_IS_RECORD_MODEL (self));

  if (self->held && !self->fresh)
    read_whole_list (self);
}
