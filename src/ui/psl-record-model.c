/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-listing.h"
#include "psl-record-model.h"
#include "psl-record-pool.h"
#include "psl-splice.h"

/* Ids of the first page: into an empty list more than a tall window shows, and
 * otherwise as many as a list view holds rows for, which it then uses again. */
#define FIRST_PAGE 50
#define NEXT_FIRST_PAGE 200

/* Announcements of one change, at most; each moves the rest of the list. */
#define MOST_SPLICES 64

struct _PslRecordModel
{
  GObject parent_instance;

  PslRegister *reg;
  PslQuery *query;

  GArray *rids;
  PslRecordPool *pool;
  gint64 selected;
  guint selected_position;

  GCancellable *querying;
  GError *error;
  gboolean fresh;
  gboolean complete;
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

static gint64
get_rid (GArray *rids,
         guint   position)
{
  return g_array_index (rids, gint64, position);
}

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

/* Announces one step; the array is as the list was before it. Returns whether it
 * brings the chosen record, which a later step may take away where it was. */
static gboolean
apply_splice (PslRecordModel  *self,
              const PslSplice *splice,
              GArray          *after)
{
  guint last = splice->position + splice->removed;
  gboolean found = FALSE;

  if (splice->removed > 0)
    g_array_remove_range (self->rids, splice->position, splice->removed);
  if (splice->added > 0)
    g_array_insert_vals (self->rids, splice->position,
                         &g_array_index (after, gint64, splice->position), splice->added);

  if (self->selected_position != GTK_INVALID_LIST_POSITION)
    {
      if (self->selected_position >= last)
        self->selected_position += splice->added - splice->removed;
      else if (self->selected_position >= splice->position)
        self->selected_position = GTK_INVALID_LIST_POSITION;
    }
  for (guint i = 0; self->selected != 0 && !found && i < splice->added; i++)
    {
      found = get_rid (self->rids, splice->position + i) == self->selected;
      if (found)
        self->selected_position = splice->position + i;
    }

  g_list_model_items_changed (G_LIST_MODEL (self),
                              splice->position, splice->removed, splice->added);

  return found;
}

static void
apply_listing (PslRecordModel   *self,
               const PslListing *listing)
{
  gboolean fresh = self->fresh;
  gboolean listed = self->selected_position != GTK_INVALID_LIST_POSITION;
  gboolean found = FALSE;

  for (guint i = 0; i < listing->splices->len; i++)
    found = apply_splice (self, &g_array_index (listing->splices, PslSplice, i), listing->rids) || found;

  self->fresh = FALSE;
  if (fresh)
    psl_record_pool_request_all (self->pool);

  g_signal_emit (self, signals[SIGNAL_LOADED], 0, fresh);
  if (listed && found && !fresh)
    g_signal_emit (self, signals[SIGNAL_MOVED], 0);
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
  self->complete = listing->is_whole;
  if (listing->is_whole)
    g_clear_object (&self->querying);
  if (listing->page != NULL)
    psl_record_pool_take (self->pool, listing->page, asked->generation);

  apply_listing (self, listing);

  /* A handler of the signals may have asked for another list by now. */
  if (!listing->is_whole && self->querying == asked->cancellable)
    start_query (self, TRUE);
}

/* Asks for the first ids and records, or for all ids. */
static void
start_query (PslRecordModel *self,
             gboolean        whole)
{
  gint64 limit = self->rids->len > 0 ? NEXT_FIRST_PAGE : FIRST_PAGE;
  Asked *asked;

  cancel (&self->querying);
  if (self->reg == NULL || self->query == NULL)
    return;

  self->querying = g_cancellable_new ();
  asked = g_new (Asked, 1);
  asked->model = g_object_ref (self);
  asked->cancellable = g_object_ref (self->querying);
  asked->generation = psl_record_pool_get_generation (self->pool);

  /* Another list is one step, whatever the two have in common. */
  psl_listing_read_async (self->reg, self->query, whole ? 0 : limit, self->rids,
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
  return PSL_RECORD_MODEL (model)->rids->len;
}

static gpointer
psl_record_model_get_item (GListModel *model,
                           guint       position)
{
  PslRecordModel *self = PSL_RECORD_MODEL (model);

  if (position >= self->rids->len)
    return NULL;

  return psl_record_pool_get_item (self->pool, get_rid (self->rids, position));
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
  return PSL_RECORD_MODEL (model)->selected_position == position;
}

static GtkBitset *
psl_record_model_get_selection_in_range (GtkSelectionModel *model,
                                         guint              position,
                                         guint              n_items)
{
  PslRecordModel *self = PSL_RECORD_MODEL (model);
  GtkBitset *selection = gtk_bitset_new_empty ();

  if (self->selected_position != GTK_INVALID_LIST_POSITION)
    gtk_bitset_add (selection, self->selected_position);

  return selection;
}

static gboolean
psl_record_model_select_item (GtkSelectionModel *model,
                              guint              position,
                              gboolean           unselect_rest)
{
  PslRecordModel *self = PSL_RECORD_MODEL (model);

  if (position >= self->rids->len)
    return FALSE;

  psl_record_model_select (self, get_rid (self->rids, position));

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
  g_array_unref (self->rids);

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
      g_value_set_int64 (value, self->selected);
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
  self->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->pool = psl_record_pool_new ();
  self->selected_position = GTK_INVALID_LIST_POSITION;
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
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_func (self->reg, changed_cb, self);

  g_set_object (&self->reg, reg);
  g_clear_object (&self->query);
  psl_record_pool_set_register (self->pool, reg);
  psl_record_pool_set_query (self->pool, NULL);
  g_clear_error (&self->error);
  self->complete = FALSE;

  n_items = self->rids->len;
  g_array_set_size (self->rids, 0);
  self->selected_position = GTK_INVALID_LIST_POSITION;
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
  self->complete = FALSE;
  start_query (self, FALSE);
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
  self->complete = FALSE;
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

  return self->complete;
}

/**
 * psl_record_model_get_rid:
 * @position: a position
 *
 * Returns: the record there, or 0 past the end; makes no item
 */
gint64
psl_record_model_get_rid (PslRecordModel *self,
                          guint           position)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), 0);

  return position < self->rids->len ? get_rid (self->rids, position) : 0;
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

  if (rid == self->selected && self->selected_position != GTK_INVALID_LIST_POSITION)
    return self->selected_position;

  for (guint i = 0; i < self->rids->len; i++)
    {
      if (get_rid (self->rids, i) == rid)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
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

  return self->selected;
}

/**
 * psl_record_model_select:
 * @rid: a record, listed or not, or 0
 */
void
psl_record_model_select (PslRecordModel *self,
                         gint64          rid)
{
  guint before;

  g_return_if_fail (PSL_IS_RECORD_MODEL (self));

  if (rid == self->selected)
    return;

  before = self->selected_position;
  self->selected_position = GTK_INVALID_LIST_POSITION;
  self->selected = rid;
  if (rid != 0)
    self->selected_position = psl_record_model_find (self, rid);

  if (before != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), before, 1);
  if (self->selected_position != GTK_INVALID_LIST_POSITION)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), self->selected_position, 1);

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

  psl_record_pool_request (self->pool, item);
}
