/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-counts.h"

struct _PslCounts
{
  GObject parent_instance;

  PslRegister *reg;
  char *search;

  gint64 *totals;
  gint64 *found;
  GCancellable *counting_totals;
  GCancellable *counting_found;
  guint recount_id;
};

G_DEFINE_FINAL_TYPE (PslCounts, psl_counts, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  PslCounts *counts;
  GCancellable *cancellable;
  gint64 *number;
} Counting;

static void
counting_free (Counting *counting)
{
  g_object_unref (counting->counts);
  g_object_unref (counting->cancellable);
  g_free (counting);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Counting, counting_free)

static guint
get_index (const PslCollection *collection)
{
  return collection - psl_collection_get_nth (0);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Counting) counting = user_data;
  g_autoptr (GError) error = NULL;
  gint64 number = psl_register_count_finish (PSL_REGISTER (source), result, &error);

  if (g_cancellable_is_cancelled (counting->cancellable))
    return;
  /* A number that can't be had is left out; the list itself tells why. */
  if (error != NULL)
    number = -1;
  if (number == *counting->number)
    return;

  *counting->number = number;
  g_signal_emit (counting->counts, signals[SIGNAL_CHANGED], 0);
}

static void
count (PslCounts     *self,
       const char    *search,
       GCancellable **cancellable,
       gint64        *numbers)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  if (self->reg == NULL)
    return;

  *cancellable = g_cancellable_new ();
  for (guint i = 0; i < psl_collection_get_n (); i++)
    {
      g_autoptr (PslQuery) query = psl_collection_new_query (psl_collection_get_nth (i));
      Counting *counting = g_new (Counting, 1);

      psl_query_set_search (query, search);
      counting->counts = g_object_ref (self);
      counting->cancellable = g_object_ref (*cancellable);
      counting->number = &numbers[i];
      psl_register_count_async (self->reg, query, *cancellable, counted_cb, counting);
    }
}

static void
forget (gint64 *numbers)
{
  for (guint i = 0; i < psl_collection_get_n (); i++)
    numbers[i] = -1;
}

static gboolean
recount_cb (gpointer user_data)
{
  PslCounts *self = user_data;

  self->recount_id = 0;
  count (self, NULL, &self->counting_totals, self->totals);
  if (self->search != NULL)
    count (self, self->search, &self->counting_found, self->found);

  return G_SOURCE_REMOVE;
}

/* Counts after the list itself has asked for the records on show. */
static void
recount (PslCounts *self)
{
  if (self->recount_id == 0)
    self->recount_id = g_idle_add (recount_cb, self);
}

/* A change of any field may change the counts of a search. */
static void
changed_cb (PslCounts           *self,
            const PslChangedSet *set)
{
  if (self->search != NULL || psl_changed_set_touches_state (set))
    recount (self);
}

static void
psl_counts_dispose (GObject *object)
{
  psl_counts_set_register (PSL_COUNTS (object), NULL);

  G_OBJECT_CLASS (psl_counts_parent_class)->dispose (object);
}

static void
psl_counts_finalize (GObject *object)
{
  PslCounts *self = PSL_COUNTS (object);

  g_free (self->search);
  g_free (self->totals);
  g_free (self->found);

  G_OBJECT_CLASS (psl_counts_parent_class)->finalize (object);
}

static void
psl_counts_class_init (PslCountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psl_counts_dispose;
  object_class->finalize = psl_counts_finalize;

  /**
   * PslCounts::changed:
   *
   * A number is another.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_COUNTS, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
psl_counts_init (PslCounts *self)
{
  self->totals = g_new (gint64, psl_collection_get_n ());
  self->found = g_new (gint64, psl_collection_get_n ());
  forget (self->totals);
  forget (self->found);
}

/**
 * psl_counts_new:
 *
 * Returns: (transfer full): counts of nothing yet
 */
PslCounts *
psl_counts_new (void)
{
  return g_object_new (PSL_TYPE_COUNTS, NULL);
}

/**
 * psl_counts_set_register:
 * @reg: (nullable): where the records are
 *
 * Counts now and whenever records change.
 */
void
psl_counts_set_register (PslCounts   *self,
                         PslRegister *reg)
{
  g_return_if_fail (PSL_IS_COUNTS (self));

  if (self->reg == reg)
    return;

  g_cancellable_cancel (self->counting_totals);
  g_cancellable_cancel (self->counting_found);
  g_clear_object (&self->counting_totals);
  g_clear_object (&self->counting_found);
  g_clear_handle_id (&self->recount_id, g_source_remove);
  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_func (self->reg, changed_cb, self);

  g_set_object (&self->reg, reg);
  forget (self->totals);
  forget (self->found);

  if (reg != NULL)
    {
      g_signal_connect_object (reg, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      recount (self);
    }
}

/**
 * psl_counts_set_search:
 * @words: (nullable): the words that are searched for
 */
void
psl_counts_set_search (PslCounts  *self,
                       const char *words)
{
  g_return_if_fail (PSL_IS_COUNTS (self));

  if (words != NULL && words[0] == '\0')
    words = NULL;
  if (!g_set_str (&self->search, words))
    return;

  g_cancellable_cancel (self->counting_found);
  g_clear_object (&self->counting_found);
  forget (self->found);
  if (words != NULL)
    count (self, words, &self->counting_found, self->found);
  else
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * psl_counts_get_total:
 * @place: a place
 *
 * Returns: how many records it has; -1 while that isn't known
 */
gint64
psl_counts_get_total (PslCounts           *self,
                      const PslCollection *collection)
{
  g_return_val_if_fail (PSL_IS_COUNTS (self), -1);

  return self->totals[get_index (collection)];
}

/**
 * psl_counts_get_found:
 * @place: a place
 *
 * Returns: how many of its records the search finds, all of them where nothing
 *   is searched for; -1 while that isn't known
 */
gint64
psl_counts_get_found (PslCounts           *self,
                      const PslCollection *collection)
{
  g_return_val_if_fail (PSL_IS_COUNTS (self), -1);

  return self->search != NULL ? self->found[get_index (collection)] : self->totals[get_index (collection)];
}
