/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64  psl_clock_advance          (gint64 last,
                                    gint64 now);
gint64  psl_clock_receive          (gint64 last,
                                    gint64 other,
                                    gint64 now);
guint64 psl_clock_get_milliseconds (gint64 clock);

G_END_DECLS
