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
static gboolean is_on;
static struct timespec entered;
static double spent;

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
  is_on = TRUE;
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
 * bench_trace_is_on:
 *
 * Returns: whether the program was built so that its functions are counted
 */
gboolean
bench_trace_is_on (void)
{
  return is_on;
}

/**
 * bench_trace_take:
 *
 * Returns: the milliseconds spent since the last call, on the calling thread,
 *   which must always be the same; counts from the first call on
 */
double
bench_trace_take (void)
{
  double taken = spent;

  is_counted = TRUE;
  spent = 0;
  return taken;
}
