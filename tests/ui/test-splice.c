/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-splice.h"

#define ROUNDS 2000

static GArray *
make_list (const gint64 *rids,
           guint         n_rids)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_vals (list, rids, n_rids);

  return list;
}

static void
apply (GArray          *list,
       GArray          *after,
       const PslSplice *splice)
{
  g_assert_cmpuint (splice->position + splice->removed, <=, list->len);
  if (splice->removed > 0)
    g_array_remove_range (list, splice->position, splice->removed);
  if (splice->added > 0)
    g_array_insert_vals (list, splice->position,
                         &g_array_index (after, gint64, splice->position), splice->added);
}

/* Compares, applies, and returns how many items were announced. */
static guint
check (GArray *before,
       GArray *after,
       guint   most)
{
  g_autoptr (GArray) splices = psl_splice_diff (before, after, most);
  g_autoptr (GArray) list = g_array_copy (before);
  guint announced = 0;

  g_assert_cmpuint (splices->len, <=, most);
  for (guint i = 0; i < splices->len; i++)
    {
      const PslSplice *splice = &g_array_index (splices, PslSplice, i);

      g_assert_cmpuint (splice->removed + splice->added, >, 0);
      apply (list, after, splice);
      announced += splice->removed + splice->added;
    }

  g_assert_cmpmem (list->data, list->len * sizeof (gint64), after->data, after->len * sizeof (gint64));

  return announced;
}

static void
test_simple (void)
{
  const gint64 five[] = { 1, 2, 3, 4, 5 };
  const gint64 moved_down[] = { 2, 3, 4, 1, 5 };
  const gint64 moved_up[] = { 1, 5, 2, 3, 4 };
  const gint64 without[] = { 1, 2, 4, 5 };
  const gint64 with[] = { 1, 2, 9, 3, 4, 5 };
  g_autoptr (GArray) before = make_list (five, 5);
  g_autoptr (GArray) same = make_list (five, 5);
  g_autoptr (GArray) down = make_list (moved_down, 5);
  g_autoptr (GArray) up = make_list (moved_up, 5);
  g_autoptr (GArray) fewer = make_list (without, 4);
  g_autoptr (GArray) more = make_list (with, 6);
  g_autoptr (GArray) none = make_list (five, 0);

  g_assert_cmpuint (check (before, same, 64), ==, 0);
  g_assert_cmpuint (check (before, down, 64), ==, 2);
  g_assert_cmpuint (check (before, up, 64), ==, 2);
  g_assert_cmpuint (check (before, fewer, 64), ==, 1);
  g_assert_cmpuint (check (before, more, 64), ==, 1);
  g_assert_cmpuint (check (before, none, 64), ==, 5);
  g_assert_cmpuint (check (none, before, 64), ==, 5);
}

static GArray *
make_range (guint n_rids)
{
  GArray *list = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rids);

  for (gint64 rid = 1; rid <= n_rids; rid++)
    g_array_append_val (list, rid);

  return list;
}

static void
move_at_random (GArray *list,
                guint   n_moves,
                gint64 *next)
{
  for (guint i = 0; i < n_moves; i++)
    {
      guint from = g_test_rand_int_range (0, MAX (1, list->len));
      gint64 rid;

      switch (g_test_rand_int_range (0, 3))
        {
        case 0:
          rid = (*next)++;
          g_array_insert_val (list, from, rid);
          break;
        case 1:
          if (list->len > 0)
            g_array_remove_index (list, from);
          break;
        default:
          if (list->len > 0)
            {
              rid = g_array_index (list, gint64, from);
              g_array_remove_index (list, from);
              from = g_test_rand_int_range (0, list->len + 1);
              g_array_insert_val (list, from, rid);
            }
        }
    }
}

static void
test_random (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GArray) before = make_range (g_test_rand_int_range (0, 60));
      g_autoptr (GArray) after = NULL;
      guint n_moves = g_test_rand_int_range (0, 12);
      gint64 next = 1000;

      move_at_random (before, 20, &next);
      after = g_array_copy (before);
      move_at_random (after, n_moves, &next);

      g_assert_cmpuint (check (before, after, 64), <=, 2 * n_moves);
      check (before, after, 1);
      check (before, after, 3);
    }
}

/* An edit in a long list is told in two steps, and fast. */
static void
test_long (void)
{
  g_autoptr (GArray) before = make_range (1000000);
  g_autoptr (GArray) after = g_array_copy (before);
  gint64 rid = g_array_index (after, gint64, 200000);

  g_array_remove_index (after, 200000);
  g_array_insert_val (after, 800000, rid);

  g_assert_cmpuint (check (before, after, 64), ==, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/splice/simple", test_simple);
  g_test_add_func ("/splice/random", test_random);
  g_test_add_func ("/splice/long", test_long);

  return g_test_run ();
}
