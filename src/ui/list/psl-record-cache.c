/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record-cache.h"

typedef struct
{
  gint64 rid;
  PslRecord *record;
  char *snippet;
  GList link;
} Entry;

struct _PslRecordCache
{
  GHashTable *entries;
  GQueue order;
  guint most;
};

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->record);
  g_free (entry->snippet);
  g_free (entry);
}

/**
 * psl_record_cache_new:
 * @most: how many records it holds at most
 *
 * Returns: (transfer full): an empty cache
 */
PslRecordCache *
psl_record_cache_new (guint most)
{
  PslRecordCache *self = g_new0 (PslRecordCache, 1);

  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal,
                                         NULL, (GDestroyNotify) entry_free);
  g_queue_init (&self->order);
  self->most = most;

  return self;
}

/**
 * psl_record_cache_free:
 * @self: (transfer full): a cache
 */
void
psl_record_cache_free (PslRecordCache *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

/**
 * psl_record_cache_put:
 * @record: a record with its listed fields
 * @snippet: (nullable): the text that its row quotes
 *
 * Takes the place of the record's former contents.
 */
void
psl_record_cache_put (PslRecordCache *self,
                      PslRecord      *record,
                      const char     *snippet)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->rid = psl_record_get_rid (record);
  entry->record = g_object_ref (record);
  entry->snippet = g_strdup (snippet);
  entry->link.data = entry;

  psl_record_cache_remove (self, entry->rid);
  g_hash_table_insert (self->entries, &entry->rid, entry);
  g_queue_push_head_link (&self->order, &entry->link);

  if (self->order.length > self->most)
    psl_record_cache_remove (self, ((Entry *) self->order.tail->data)->rid);
}

/**
 * psl_record_cache_contains:
 * @rid: a record
 *
 * Returns: whether the cache has it
 */
gboolean
psl_record_cache_contains (PslRecordCache *self,
                           gint64          rid)
{
  return g_hash_table_contains (self->entries, &rid);
}

/**
 * psl_record_cache_fill:
 * @item: the item of a record
 *
 * Gives @item its record, where the cache has it.
 *
 * Returns: whether it had
 */
gboolean
psl_record_cache_fill (PslRecordCache *self,
                       PslRecordItem  *item)
{
  gint64 rid = psl_record_item_get_rid (item);
  Entry *entry = g_hash_table_lookup (self->entries, &rid);

  if (entry == NULL)
    return FALSE;

  g_queue_unlink (&self->order, &entry->link);
  g_queue_push_head_link (&self->order, &entry->link);
  psl_record_item_set_record (item, entry->record, entry->snippet);

  return TRUE;
}

/**
 * psl_record_cache_remove:
 * @rid: a record, in the cache or not
 */
void
psl_record_cache_remove (PslRecordCache *self,
                         gint64          rid)
{
  Entry *entry = g_hash_table_lookup (self->entries, &rid);

  if (entry == NULL)
    return;

  g_queue_unlink (&self->order, &entry->link);
  g_hash_table_remove (self->entries, &entry->rid);
}

/**
 * psl_record_cache_clear:
 *
 * Forgets all records.
 */
void
psl_record_cache_clear (PslRecordCache *self)
{
  g_queue_init (&self->order);
  g_hash_table_remove_all (self->entries);
}
