/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-clock.h"

/* A clock is milliseconds since 1970 and a counter of 16 bits. */
#define COUNTER_BITS 16
#define MAX_MILLISECONDS (G_MAXINT64 >> COUNTER_BITS)

static gint64
clock_of_time (gint64 microseconds)
{
  return CLAMP (microseconds / 1000, 0, MAX_MILLISECONDS) << COUNTER_BITS;
}

/**
 * psl_clock_advance:
 * @last: the register's last clock
 * @now: this computer's time, in microseconds since 1970
 *
 * A register's clock is a number: milliseconds since 1970 in its upper 48 bits, and a
 * counter in the lower 16. It is never set back: where the computer's is behind, it counts.
 *
 * Returns: the clock now, more than @last
 */
gint64
psl_clock_advance (gint64 last,
                   gint64 now)
{
  gint64 clock = clock_of_time (now);

  if (clock > last)
    return clock;
  return last < G_MAXINT64 ? last + 1 : last;
}

/**
 * psl_clock_receive:
 * @last: the register's last clock
 * @other: another register's clock
 * @now: this computer's time, in microseconds since 1970
 *
 * Sets a register's clock by another one, which may be wrong: it is not put ahead of this
 * computer's by more than a day.
 *
 * Returns: the clock now
 */
gint64
psl_clock_receive (gint64 last,
                   gint64 other,
                   gint64 now)
{
  gint64 furthest = clock_of_time (now < G_MAXINT64 - PSL_CLOCK_MAX_AHEAD ? now + PSL_CLOCK_MAX_AHEAD : now);

  return MAX (last, MIN (other, furthest));
}

/**
 * psl_clock_get_milliseconds:
 * @clock: a clock
 *
 * Returns: its milliseconds since 1970
 */
guint64
psl_clock_get_milliseconds (gint64 clock)
{
  return (guint64) (MAX (clock, 0) >> COUNTER_BITS);
}
