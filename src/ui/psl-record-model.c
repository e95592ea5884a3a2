/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-listing.h"
#include "psl-record-model.h"
#include "psl-record-pool.h"
#include "psl-rid-list.h"

/* Ids of the first page, where nobody has said how many are in view. */
#define FIRST_PAGE 24

/* Announcements of one change, at most; each moves the rest of the list. */
#define MOST_SPLICES 64

struct _PslRecordModel
{
  GObject parent_instance;

  PslRegister *reg;
  PslQuery *query;

  PslRidList *rids;
  PslRecordPool *pool;

  GCancellable *querying;
  GError *error;
  gboolean fresh;
  gboolean whole;
  gboolean held;
  guint first_page;
  guint refresh_id;
};

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);
static void start_query (PslRecordModel *self,
                         gboolean        whole);

G_DEFINE_FINAL_TYPE_WITH_CODE (PslRecordModel, psl_record_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_iface_init))

enum
{
  PROP_SELECTED = 1,
  N_PROPS
};

enum
{
  SIGNAL_LOADED,
  SIGNAL_MOVED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

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
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
cancel (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* Another list's first page, in the place of as many rows. */
static void
lay_over (PslRecordModel *self,
          GArray         *page)
{
  psl_rid_list_lay_over (self->rids, page, self->first_page);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, self->first_page, self->first_page);
}

/* Takes out what is left below such a page. */
static void
trim (PslRecordModel *self)
{
  guint n = psl_rid_list_trim (self->rids);

  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), psl_rid_list_get_n (self->rids), n, 0);
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
  gboolean moved = FALSE;

  if (fresh && listing->rids->len > 0 && listing->rids->len <= self->first_page &&
      psl_rid_list_get_n (self->rids) > self->first_page)
    {
      lay_over (self, listing->rids);
    }
  else
    {
      moved = step (self, listing);
      if (fresh)
        psl_record_pool_request_all (self->pool);
    }

  self->fresh = FALSE;

  g_signal_emit (self, signals[SIGNAL_LOADED], 0, fresh);
  if (moved && !fresh)
    g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

/* Nobody waits for the first page any more. */
static void
go_on (PslRecordModel *self)
{
  self->held = FALSE;
  trim (self);
  if (self->whole)
    g_signal_emit (self, signals[SIGNAL_LOADED], 0, FALSE);
  else
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
  if (listing->page != NULL)
    psl_record_pool_take (self->pool, listing->page, asked->generation);

  apply_listing (self, listing);

  /* A handler of the signals may have asked for another list by now, or have more
   * urgent things to do. */
  if (self->querying != asked->cancellable)
    return;

  if (self->whole)
    g_clear_object (&self->querying);
  if (!psl_record_model_is_complete (self) && !self->held)
    go_on (self);
}

/* Asks for the first ids and records, or for all ids. */
static void
start_query (PslRecordModel *self,
             gboolean        whole)
{
  Asked *asked;

  cancel (&self->querying);
  self->held = FALSE;
  if (whole)
    trim (self);
  if (self->reg == NULL || self->query == NULL)
    return;

  self->querying = g_cancellable_new ();
  asked = g_new (Asked, 1);
  asked->model = g_object_ref (self);
  asked->cancellable = g_object_ref (self->querying);
  asked->generation = psl_record_pool_get_generation (self->pool);

  /* Another list is one step, whatever the two have in common. */
  psl_listing_read_async (self->reg, self->query, whole ? 0 : self->first_page, psl_rid_list_get_all (self->rids),
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

  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add_full (G_PRIORITY_DEFAULT, refresh_cb, self, NULL);
}

static void
pool_failed_cb (PslRecordModel *self,
                const GError   *error)
{
  fail (self, error);
}

static GType
psl_record_model_get_item_type (GListModel *model)
{
  return PSL_TYPE_RECORD_ITEM;
}

static guint
psl_record_model_get_n_items (GListModel *model)
{
  return psl_rid_list_get_n (PSL_RECORD_MODEL (model)->rids);
}

static gpointer
psl_record_model_get_item (GListModel *model,
                           guint       position)
{
  PslRecordModel *self = PSL_RECORD_MODEL (model);
  gint64 rid = psl_rid_list_get (self->rids, position);

  if (rid != 0)
    return psl_record_pool_get_item (self->pool, rid);

  return position < psl_rid_list_get_n (self->rids) ? psl_record_item_new (0) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = psl_record_model_get_item_type;
  iface->get_n_items = psl_record_model_get_n_items;
  iface->get_item = psl_record_model_get_item;
}

static gboolean
psl_record_model_is_selected (GtkSelectionModel *model,
                              guint              position)
{
  return psl_rid_list_get_selected_position (PSL_RECORD_MODEL (model)->rids) == position;
}

static GtkBitset *
psl_record_model_get_selection_in_range (GtkSelectionModel *model,
                                         guint              position,
                                         guint              n_items)
{
  guint selected = psl_rid_list_get_selected_position (PSL_RECORD_MODEL (model)->rids);
  GtkBitset *selection = gtk_bitset_new_empty ();

  if (selected != GTK_INVALID_LIST_POSITION)
    gtk_bitset_add (selection, selected);

  return selection;
}

static gboolean
psl_record_model_select_item (GtkSelectionModel *model,
                              guint              position,
                              gboolean           unselect_rest)
{
  PslRecordModel *self = PSL_RECORD_MODEL (model);
  gint64 rid = psl_rid_list_get (self->rids, position);

  if (rid == 0)
    return FALSE;

  psl_record_model_select (self, rid);

  return TRUE;
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = psl_record_model_is_selected;
  iface->get_selection_in_range = psl_record_model_get_selection_in_range;
  iface->select_item = psl_record_model_select_item;
}

static void
psl_record_model_dispose (GObject *object)
{
  PslRecordModel *self = PSL_RECORD_MODEL (object);

  psl_record_model_set_register (self, NULL);

  G_OBJECT_CLASS (psl_record_model_parent_class)->dispose (object);
}

static void
psl_record_model_finalize (GObject *object)
{
  PslRecordModel *self = PSL_RECORD_MODEL (object);

  g_clear_object (&self->query);
  g_clear_object (&self->pool);
  g_clear_error (&self->error);
  psl_rid_list_free (self->rids);

  G_OBJECT_CLASS (psl_record_model_parent_class)->finalize (object);
}

static void
psl_record_model_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  PslRecordModel *self = PSL_RECORD_MODEL (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_int64 (value, psl_record_model_get_selected (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psl_record_model_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  PslRecordModel *self = PSL_RECORD_MODEL (object);

  switch (prop_id)
    {
    case PROP_SELECTED:
      psl_record_model_select (self, g_value_get_int64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
psl_record_model_class_init (PslRecordModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psl_record_model_dispose;
  object_class->finalize = psl_record_model_finalize;
  object_class->get_property = psl_record_model_get_property;
  object_class->set_property = psl_record_model_set_property;

  /**
   * PslRecordModel:selected:
   *
   * The chosen record, or 0. It may stand outside the list, and is selected
   * again when it comes back.
   */
  properties[PROP_SELECTED] =
    g_param_spec_int64 ("selected", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * PslRecordModel::loaded:
   * @fresh: whether it answers another query than the list before
   *
   * The list is there, or its first page.
   */
  signals[SIGNAL_LOADED] =
    g_signal_new ("loaded", PSL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  /**
   * PslRecordModel::moved:
   *
   * The chosen record stands among others than before, as after an edit of what
   * the list is sorted by; comes after `loaded`.
   */
  signals[SIGNAL_MOVED] =
    g_signal_new ("moved", PSL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslRecordModel::failed:
   * @error: why
   *
   * The list, or records of it, can't be read.
   */
  signals[SIGNAL_FAILED] =
    g_signal_new ("failed", PSL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
psl_record_model_init (PslRecordModel *self)
{
  self->first_page = FIRST_PAGE;
  self->rids = psl_rid_list_new ();
  self->pool = psl_record_pool_new ();
  g_signal_connect_object (self->pool, "failed",
                           G_CALLBACK (pool_failed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * psl_record_model_new:
 *
 * Returns: (transfer full): an empty list
 */
PslRecordModel *
psl_record_model_new (void)
{
  return g_object_new (PSL_TYPE_RECORD_MODEL, NULL);
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
    g_signal_connect_swapped (reg, "changed", G_CALLBACK (changed_cb), self);
}

/**
 * psl_record_model_set_query:
 * @query: (transfer none): what to list; not changed any more afterwards
 *
 * Starts to read the list, and gives up on the one asked for before. What was
 * listed stays until the first page is there.
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
 * psl_record_model_get_query:
 *
 * Returns: (transfer none) (nullable): what is listed
 */
PslQuery *
psl_record_model_get_query (PslRecordModel *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), NULL);

  return self->query;
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

  return self->whole && psl_rid_list_get_n_left (self->rids) == 0;
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
    go_on (self);
}

/**
 * psl_record_model_get_rid:
 * @position: a position
 *
 * Returns: the record there, or 0 for none; makes no item
 */
gint64
psl_record_model_get_rid (PslRecordModel *self,
                          guint           position)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), 0);

  return psl_rid_list_get (self->rids, position);
}

/**
 * psl_record_model_find:
 * @rid: a record
 *
 * Returns: where it stands, or %GTK_INVALID_LIST_POSITION; looks through the
 *   ids one by one
 */
guint
psl_record_model_find (PslRecordModel *self,
                       gint64          rid)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), GTK_INVALID_LIST_POSITION);

  return psl_rid_list_find (self->rids, rid);
}

/**
 * psl_record_model_get_selected:
 *
 * Returns: the chosen record, or 0
 */
gint64
psl_record_model_get_selected (PslRecordModel *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), 0);

  return psl_rid_list_get_selected (self->rids);
}

/**
 * psl_record_model_select:
 * @rid: a record, listed or not, or 0
 */
void
psl_record_model_select (PslRecordModel *self,
                         gint64          rid)
{
  guint before, after;

  g_return_if_fail (PSL_IS_RECORD_MODEL (self));

  if (rid == psl_rid_list_get_selected (self->rids))
    return;

  before = psl_rid_list_get_selected_position (self->rids);
  psl_rid_list_select (self->rids, rid);
  after = psl_rid_list_get_selected_position (self->rids);

  if (before != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), before, 1);
  if (after != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), after, 1);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/**
 * psl_record_model_request:
 * @item: an item of this list that a row shows now
 *
 * Sees to it that the item has its record, from the cache or, soon, from the
 * register.
 */
void
psl_record_model_request (PslRecordModel *self,
                          PslRecordItem  *item)
{
  g_return_if_fail (PSL_IS_RECORD_MODEL (self));
  g_return_if_fail (PSL_IS_RECORD_ITEM (item));

  if (psl_record_item_get_rid (item) != 0)
    psl_record_pool_request (self->pool, item);
}
