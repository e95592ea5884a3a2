/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_make_register (const char *path,
                          guint       first,
                          guint       n,
                          gboolean    with_results);

G_END_DECLS
