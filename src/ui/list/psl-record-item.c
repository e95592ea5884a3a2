/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record-item.h"

struct _PslRecordItem
{
  GObject parent_instance;

  gint64 rid;
  PslRecord *record;
  char *snippet;
};

G_DEFINE_FINAL_TYPE (PslRecordItem, psl_record_item, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
psl_record_item_finalize (GObject *object)
{
  PslRecordItem *self = PSL_RECORD_ITEM (object);

  g_clear_object (&self->record);
  g_free (self->snippet);

  G_OBJECT_CLASS (psl_record_item_parent_class)->finalize (object);
}

static void
psl_record_item_class_init (PslRecordItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = psl_record_item_finalize;

  /**
   * PslRecordItem::changed:
   *
   * The record was read, or read again.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_RECORD_ITEM, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
psl_record_item_init (PslRecordItem *self)
{
}

/**
 * psl_record_item_new:
 * @rid: the record, or 0 for a row that stays empty
 *
 * Returns: (transfer full): an item whose record isn't read yet
 */
PslRecordItem *
psl_record_item_new (gint64 rid)
{
  PslRecordItem *self = g_object_new (PSL_TYPE_RECORD_ITEM, NULL);

  self->rid = rid;

  return self;
}

/**
 * psl_record_item_get_rid:
 *
 * Returns: the record's number in this register
 */
gint64
psl_record_item_get_rid (PslRecordItem *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_ITEM (self), 0);

  return self->rid;
}

/**
 * psl_record_item_get_record:
 *
 * Returns: (transfer none) (nullable): the record with its listed fields, or
 *   %NULL while it isn't read
 */
PslRecord *
psl_record_item_get_record (PslRecordItem *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_ITEM (self), NULL);

  return self->record;
}

/**
 * psl_record_item_get_snippet:
 *
 * Returns: (transfer none) (nullable): the text around the words that were searched for,
 *   where they stand in a field that the row doesn't show
 */
const char *
psl_record_item_get_snippet (PslRecordItem *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_ITEM (self), NULL);

  return self->snippet;
}

/**
 * psl_record_item_set_record:
 * @record: the record as it was read
 * @snippet: (nullable): see psl_record_item_get_snippet()
 *
 * For the model that the item belongs to.
 */
void
psl_record_item_set_record (PslRecordItem *self,
                            PslRecord     *record,
                            const char    *snippet)
{
  g_return_if_fail (PSL_IS_RECORD_ITEM (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  g_set_object (&self->record, record);
  g_set_str (&self->snippet, snippet);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
