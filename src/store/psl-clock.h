/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far a clock may be ahead of this computer's to be taken for right, in microseconds. */
#define PSL_CLOCK_MAX_AHEAD (24 * G_TIME_SPAN_HOUR)

gint64  psl_clock_advance          (gint64 last,
                                    gint64 now);
gint64  psl_clock_receive          (gint64 last,
                                    gint64 other,
                                    gint64 now);
guint64 psl_clock_get_milliseconds (gint64 clock);

G_END_DECLS
