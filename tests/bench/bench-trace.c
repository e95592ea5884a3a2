/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Sums up the time that the main thread spends in our functions, in a build
 * whose src/ has been compiled with -finstrument-functions: from the entry of the
 * outermost one to its exit, whatever it calls in GTK included.
 */

#include "config.h"

#include "bench-trace.h"

#include <time.h>

void __cyg_profile_func_enter (void *function,
                               void *caller);
void __cyg_profile_func_exit  (void *function,
                               void *caller);

/* Threads other than the first to ask never count. */
static _Thread_local gboolean is_counted;
static _Thread_local guint depth;
static struct timespec entered;
static double spent;
static guint n_calls;

static double
get_milliseconds_since (const struct timespec *start)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) (now.tv_sec - start->tv_sec) * 1e3 + (double) (now.tv_nsec - start->tv_nsec) / 1e6;
}

void
__cyg_profile_func_enter (void *function,
                          void *caller)
{
  if (!is_counted)
    return;
  n_calls++;
  if (depth++ == 0)
    clock_gettime (CLOCK_MONOTONIC, &entered);
}

void
__cyg_profile_func_exit (void *function,
                         void *caller)
{
  if (!is_counted || depth == 0)
    return;
  if (--depth == 0)
    spent += get_milliseconds_since (&entered);
}

/**
 * bench_trace_take:
 * @calls: (out) (optional): how many calls of our functions there were
 *
 * Returns: the milliseconds spent in them since the last time, on the calling
 *   thread, which must always be the same and must be in none of them; counts
 *   from the first time on
 */
double
bench_trace_take (guint *calls)
{
  double taken = spent;

  if (calls != NULL)
    *calls = n_calls;
  is_counted = TRUE;
  g_assert_cmpuint (depth, ==, 0);
  spent = 0;
  n_calls = 0;
  return taken;
}
