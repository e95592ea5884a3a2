/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-splice.h"

/* An id of the new list and where it stands there. */
typedef struct
{
  gint64 rid;
  guint index;
} Place;

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *left = a;
  const Place *right = b;

  return (left->rid > right->rid) - (left->rid < right->rid);
}

/* For each id of @before, its index in @after, or G_MAXUINT where it is gone. */
static guint *
find_targets (const gint64 *before,
              guint         n_before,
              const gint64 *after,
              guint         n_after)
{
  g_autofree Place *places = g_new (Place, n_after);
  guint *targets = g_new (guint, n_before);

  for (guint i = 0; i < n_after; i++)
    places[i] = (Place) { after[i], i };
  qsort (places, n_after, sizeof (Place), compare_places);

  for (guint i = 0; i < n_before; i++)
    {
      const Place key = { before[i], 0 };
      const Place *found = bsearch (&key, places, n_after, sizeof (Place), compare_places);

      targets[i] = found != NULL ? found->index : G_MAXUINT;
    }

  return targets;
}

/* Marks in @targets the items that stay in place: the longest run of ids whose order is the
 * same in both lists. All others become G_MAXUINT. */
static void
keep_longest_run (guint *targets,
                  guint  n_targets)
{
  g_autofree guint *ends = g_new (guint, n_targets + 1);
  g_autofree guint *previous = g_new (guint, n_targets + 1);
  guint length = 0;
  guint kept;

  /* ends[k] is the index with the smallest target that ends a run of k + 1. */
  for (guint i = 0; i < n_targets; i++)
    {
      guint low = 0;
      guint high = length;

      if (targets[i] == G_MAXUINT)
        continue;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (targets[ends[middle]] < targets[i])
            low = middle + 1;
          else
            high = middle;
        }

      previous[i] = low > 0 ? ends[low - 1] : G_MAXUINT;
      ends[low] = i;
      if (low == length)
        length++;
    }

  kept = length > 0 ? ends[length - 1] : G_MAXUINT;
  for (guint i = n_targets; i-- > 0;)
    {
      if (i == kept)
        kept = previous[i];
      else
        targets[i] = G_MAXUINT;
    }
}

static void
add_splice (GArray *splices,
            guint   position,
            guint   removed,
            guint   added,
            guint   gap)
{
  if (splices->len > 0)
    {
      PslSplice *last = &g_array_index (splices, PslSplice, splices->len - 1);
      guint between = position - (last->position + last->added);

      if (between <= gap)
        {
          last->removed += between + removed;
          last->added += between + added;
          return;
        }
    }

  g_array_append_val (splices, ((PslSplice) { position, removed, added }));
}

/* The splices of a window of both lists that starts at @start, with at least @gap + 1 items
 * between two of them. */
static GArray *
collect (const guint *targets,
         guint        n_before,
         guint        n_after,
         guint        start,
         guint        gap)
{
  GArray *splices = g_array_new (FALSE, FALSE, sizeof (PslSplice));
  guint i = 0;
  guint j = 0;

  while (i < n_before || j < n_after)
    {
      guint removed = 0;
      guint added;
      guint target;

      while (i + removed < n_before && targets[i + removed] == G_MAXUINT)
        removed++;
      i += removed;

      target = i < n_before ? targets[i] : n_after;
      added = target - j;

      if (removed > 0 || added > 0)
        add_splice (splices, start + j, removed, added, gap);

      j = target;
      if (i < n_before)
        {
          i++;
          j++;
        }
    }

  return splices;
}

/**
 * psl_splice_diff:
 * @before: (element-type gint64): ids, each once
 * @after: (element-type gint64): ids, each once
 * @most: how many splices at most; neighbours are merged until they fit
 *
 * The steps that turn @before into @after and leave in place as many items as
 * can be, so that a list view keeps its scroll position and its selection. Any
 * thread.
 *
 * Returns: (transfer full) (element-type PslSplice): the steps in order, each
 *   at a higher position than the one before
 */
GArray *
psl_splice_diff (GArray *before,
                 GArray *after,
                 guint   most)
{
  const gint64 *old_rids = (const gint64 *) (gpointer) before->data;
  const gint64 *new_rids = (const gint64 *) (gpointer) after->data;
  guint n_old = before->len;
  guint n_new = after->len;
  guint start = 0;
  g_autofree guint *targets = NULL;
  g_autoptr (GArray) splices = NULL;

  g_return_val_if_fail (most > 0, NULL);

  while (start < n_old && start < n_new && old_rids[start] == new_rids[start])
    start++;
  while (n_old > start && n_new > start && old_rids[n_old - 1] == new_rids[n_new - 1])
    {
      n_old--;
      n_new--;
    }
  n_old -= start;
  n_new -= start;

  if (n_old == 0 || n_new == 0 || most == 1)
    {
      splices = g_array_new (FALSE, FALSE, sizeof (PslSplice));
      if (n_old > 0 || n_new > 0)
        g_array_append_val (splices, ((PslSplice) { start, n_old, n_new }));
      return g_steal_pointer (&splices);
    }

  targets = find_targets (old_rids + start, n_old, new_rids + start, n_new);
  keep_longest_run (targets, n_old);

  splices = collect (targets, n_old, n_new, start, 0);
  for (guint gap = 1; splices->len > most; gap *= 2)
    {
      g_array_unref (splices);
      splices = collect (targets, n_old, n_new, start, gap);
    }

  return g_steal_pointer (&splices);
}
