/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record-model-private.h"

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PslRecordModel, psl_record_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_iface_init))

enum
{
  PROP_SELECTED = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
guint psl_record_model_signals[PSL_RECORD_MODEL_N_SIGNALS];

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
  psl_record_model_signals[PSL_RECORD_MODEL_LOADED] =
    g_signal_new ("loaded", PSL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  /**
   * PslRecordModel::moved:
   *
   * The chosen record stands among others than before, as after an edit of the field that the
   * list is sorted by; comes after `loaded`.
   */
  psl_record_model_signals[PSL_RECORD_MODEL_MOVED] =
    g_signal_new ("moved", PSL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslRecordModel::failed:
   * @error: why
   *
   * The list, or records of it, can't be read.
   */
  psl_record_model_signals[PSL_RECORD_MODEL_FAILED] =
    g_signal_new ("failed", PSL_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
psl_record_model_init (PslRecordModel *self)
{
  self->rids = psl_rid_list_new ();
  psl_record_model_prepare (self);
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
 * psl_record_model_get_neighbour:
 * @after: whether to look after the chosen record, rather than before it
 *
 * Returns: the record that stands beside the chosen one, or beside where it stood
 *   before an edit took it out of the list; 0 for none
 */
gint64
psl_record_model_get_neighbour (PslRecordModel *self,
                                gboolean        after)
{
  g_return_val_if_fail (PSL_IS_RECORD_MODEL (self), 0);

  return psl_rid_list_get_neighbour (self->rids, after);
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

  if (self->kept != 0 && self->kept != rid)
    {
      self->kept = 0;
      psl_record_model_refresh (self);
    }

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
 * psl_record_model_keep:
 * @rid: a record
 *
 * Selects the record, and lists it whatever the query says until another record is
 * selected or another query is set: a new record must not vanish from under the hands
 * of who enters it.
 */
void
psl_record_model_keep (PslRecordModel *self,
                       gint64          rid)
{
  g_return_if_fail (PSL_IS_RECORD_MODEL (self));
  g_return_if_fail (rid != 0);

  self->kept = rid;
  psl_record_model_select (self, rid);
  psl_record_model_refresh (self);
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
