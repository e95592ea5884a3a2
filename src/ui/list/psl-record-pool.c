/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record-pool.h"

#include "psl-changed-set.h"
#include "psl-record-cache.h"

/* Records read at once, and records kept. */
#define BATCH 50
#define CACHE 2000

struct _PslRecordPool
{
  GObject parent_instance;

  PslRegister *reg;
  PslQuery *query;

  GHashTable *holds;
  PslRecordCache *cache;

  GHashTable *wanted;
  GArray *order;
  GCancellable *reading;
  guint generation;
  guint read_id;
};

static void schedule_read (PslRecordPool *self);

G_DEFINE_FINAL_TYPE (PslRecordPool, psl_record_pool, G_TYPE_OBJECT)

enum
{
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* An item somebody holds, by the record it stands for. */
typedef struct
{
  PslRecordPool *pool;
  gint64 rid;
  PslRecordItem *item;
} Hold;

/* A batch of records to read. */
typedef struct
{
  gint64 rids[BATCH];
  guint n_rids;
  char *language;
  char *search;
} Batch;

typedef struct
{
  PslRecordPool *pool;
  GCancellable *cancellable;
  guint generation;
} Reading;

static void
batch_free (Batch *batch)
{
  g_free (batch->language);
  g_free (batch->search);
  g_free (batch);
}

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->pool);
  g_object_unref (reading->cancellable);
  g_free (reading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static PslRecordItem *
find_item (PslRecordPool *self,
           gint64         rid)
{
  Hold *hold = g_hash_table_lookup (self->holds, &rid);

  return hold != NULL ? hold->item : NULL;
}

static void
want (PslRecordPool *self,
      gint64         rid)
{
  /* Wanted again, it comes sooner. */
  g_array_append_val (self->order, rid);
  if (!g_hash_table_contains (self->wanted, &rid))
    g_hash_table_add (self->wanted, g_memdup2 (&rid, sizeof rid));
  schedule_read (self);
}

/* On the register's thread. */
static gpointer
read_batch (PslStore     *store,
            gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Batch *batch = data;

  return psl_record_batch_read (store, batch->rids, batch->n_rids, batch->language, batch->search,
                               cancellable, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  PslRecordPool *self = reading->pool;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecordBatch) batch = psl_register_finish (PSL_REGISTER (source), result, &error);

  if (g_cancellable_is_cancelled (reading->cancellable))
    return;

  g_clear_object (&self->reading);
  if (batch != NULL)
    psl_record_pool_take (self, batch, reading->generation);
  else if (error != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);

  if (self->order->len > 0)
    schedule_read (self);
}

static Batch *
take_batch (PslRecordPool *self)
{
  Batch *batch = g_new0 (Batch, 1);

  /* The record that was asked for last comes first: the person looks at it now. */
  while (self->order->len > 0 && batch->n_rids < BATCH)
    {
      gint64 rid = g_array_index (self->order, gint64, self->order->len - 1);

      g_array_set_size (self->order, self->order->len - 1);
      if (g_hash_table_remove (self->wanted, &rid) && find_item (self, rid) != NULL)
        batch->rids[batch->n_rids++] = rid;
    }
  batch->language = g_strdup (psl_query_get_language (self->query));
  batch->search = g_strdup (psl_query_get_search (self->query));

  return batch;
}

static gboolean
start_read_cb (gpointer user_data)
{
  PslRecordPool *self = user_data;
  Batch *batch;
  Reading *reading;

  self->read_id = 0;
  if (self->reading != NULL || self->reg == NULL || self->query == NULL)
    return G_SOURCE_REMOVE;

  batch = take_batch (self);
  if (batch->n_rids == 0)
    {
      batch_free (batch);
      return G_SOURCE_REMOVE;
    }

  self->reading = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->pool = g_object_ref (self);
  reading->cancellable = g_object_ref (self->reading);
  reading->generation = self->generation;

  psl_register_read_async (self->reg, PSL_LANE_SHORT, read_batch, batch, (GDestroyNotify) batch_free,
                           (GDestroyNotify) psl_record_batch_free, self->reading, read_cb, reading);

  return G_SOURCE_REMOVE;
}

/* Gathers the requests of one frame's rows. */
static void
schedule_read (PslRecordPool *self)
{
  if (self->read_id == 0 && self->reading == NULL)
    self->read_id = g_idle_add_full (G_PRIORITY_DEFAULT, start_read_cb, self, NULL);
}

static void
forget (PslRecordPool *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_handle_id (&self->read_id, g_source_remove);
  g_hash_table_remove_all (self->wanted);
  g_array_set_size (self->order, 0);
  psl_record_cache_clear (self->cache);
}

static void
item_gone_cb (gpointer  data,
              GObject  *item)
{
  Hold *hold = data;

  g_hash_table_remove (hold->pool->holds, &hold->rid);
}

static void
psl_record_pool_dispose (GObject *object)
{
  PslRecordPool *self = PSL_RECORD_POOL (object);

  forget (self);
  g_clear_object (&self->reg);
  g_clear_object (&self->query);

  G_OBJECT_CLASS (psl_record_pool_parent_class)->dispose (object);
}

static void
psl_record_pool_finalize (GObject *object)
{
  PslRecordPool *self = PSL_RECORD_POOL (object);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->holds);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_object_weak_unref (G_OBJECT (((Hold *) value)->item), item_gone_cb, value);

  g_hash_table_unref (self->holds);
  psl_record_cache_free (self->cache);
  g_hash_table_unref (self->wanted);
  g_array_unref (self->order);

  G_OBJECT_CLASS (psl_record_pool_parent_class)->finalize (object);
}

static void
psl_record_pool_class_init (PslRecordPoolClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psl_record_pool_dispose;
  object_class->finalize = psl_record_pool_finalize;

  /**
   * PslRecordPool::failed:
   * @error: why
   *
   * Records can't be read; their rows stay as they are.
   */
  signals[SIGNAL_FAILED] =
    g_signal_new ("failed", PSL_TYPE_RECORD_POOL, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
psl_record_pool_init (PslRecordPool *self)
{
  self->holds = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  self->cache = psl_record_cache_new (CACHE);
  self->wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->order = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/**
 * psl_record_pool_new:
 *
 * Returns: (transfer full): a pool without a register
 */
PslRecordPool *
psl_record_pool_new (void)
{
  return g_object_new (PSL_TYPE_RECORD_POOL, NULL);
}

/**
 * psl_record_pool_set_register:
 * @reg: (nullable): where the records are
 */
void
psl_record_pool_set_register (PslRecordPool *self,
                              PslRegister   *reg)
{
  g_return_if_fail (PSL_IS_RECORD_POOL (self));

  forget (self);
  g_set_object (&self->reg, reg);
}

/**
 * psl_record_pool_set_query:
 * @query: (nullable): whose language and search words the rows go by
 *
 * Forgets records that were read for another.
 */
void
psl_record_pool_set_query (PslRecordPool *self,
                           PslQuery      *query)
{
  g_return_if_fail (PSL_IS_RECORD_POOL (self));

  forget (self);
  g_set_object (&self->query, query);
}

/**
 * psl_record_pool_get_item:
 * @rid: a record
 *
 * Returns: (transfer full): the record's item: the same one while somebody
 *   holds it
 */
PslRecordItem *
psl_record_pool_get_item (PslRecordPool *self,
                          gint64         rid)
{
  PslRecordItem *item;
  Hold *hold;

  g_return_val_if_fail (PSL_IS_RECORD_POOL (self), NULL);

  item = find_item (self, rid);
  if (item != NULL)
    return g_object_ref (item);

  item = psl_record_item_new (rid);
  hold = g_new (Hold, 1);
  *hold = (Hold) { self, rid, item };
  g_hash_table_insert (self->holds, &hold->rid, hold);
  g_object_weak_ref (G_OBJECT (item), item_gone_cb, hold);

  return item;
}

/**
 * psl_record_pool_request:
 * @item: an item that a row shows now
 *
 * Sees to it that the item has its record, from the cache or, soon, from the
 * register.
 */
void
psl_record_pool_request (PslRecordPool *self,
                         PslRecordItem *item)
{
  g_return_if_fail (PSL_IS_RECORD_POOL (self));
  g_return_if_fail (PSL_IS_RECORD_ITEM (item));

  if (!psl_record_cache_fill (self->cache, item))
    want (self, psl_record_item_get_rid (item));
}

/**
 * psl_record_pool_request_all:
 *
 * Reads the records of all items that somebody holds, but for records that are known.
 */
void
psl_record_pool_request_all (PslRecordPool *self)
{
  GHashTableIter iter;
  gpointer key;

  g_return_if_fail (PSL_IS_RECORD_POOL (self));

  g_hash_table_iter_init (&iter, self->holds);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      gint64 rid = *(gint64 *) key;

      if (!psl_record_cache_contains (self->cache, rid))
        want (self, rid);
    }
}

/**
 * psl_record_pool_get_generation:
 *
 * Returns: a number that rises with every change of records: records that were asked for at a
 *   lower one may be out of date
 */
guint
psl_record_pool_get_generation (PslRecordPool *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_POOL (self), 0);

  return self->generation;
}

/**
 * psl_record_pool_take:
 * @batch: records that were read
 * @generation: the result of psl_record_pool_get_generation() when they were asked for
 *
 * Gives records to the items that stand for them, and keeps them for others. A record that
 * was read before a change is shown until it is read again, and not kept.
 */
void
psl_record_pool_take (PslRecordPool        *self,
                      const PslRecordBatch *batch,
                      guint                 generation)
{
  g_return_if_fail (PSL_IS_RECORD_POOL (self));
  g_return_if_fail (batch != NULL);

  for (guint i = 0; i < batch->records->len; i++)
    {
      PslRecord *record = g_ptr_array_index (batch->records, i);
      const char *snippet = psl_record_batch_get_snippet (batch, i);
      PslRecordItem *item = find_item (self, psl_record_get_rid (record));

      if (generation == self->generation)
        psl_record_cache_put (self->cache, record, snippet);
      if (item != NULL)
        psl_record_item_set_record (item, record, snippet);
    }
}

/**
 * psl_record_pool_invalidate:
 * @set: the changes
 *
 * Forgets the records that changed, and reads those again that rows show; all of them where
 * a record that their links lead to may be called otherwise.
 */
void
psl_record_pool_invalidate (PslRecordPool       *self,
                            const PslChangedSet *set)
{
  g_return_if_fail (PSL_IS_RECORD_POOL (self));
  g_return_if_fail (set != NULL);

  self->generation++;
  if (set->all || (self->query != NULL && psl_query_get_kind (self->query) != NULL &&
                   psl_changed_set_touches_targets (set, psl_query_get_kind (self->query))))
    {
      psl_record_cache_clear (self->cache);
      psl_record_pool_request_all (self);
      return;
    }

  for (guint i = 0; i < set->rids->len; i++)
    {
      gint64 rid = g_array_index (set->rids, gint64, i);

      psl_record_cache_remove (self->cache, rid);
      if (find_item (self, rid) != NULL)
        want (self, rid);
    }
}
