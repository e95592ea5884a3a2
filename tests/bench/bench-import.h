/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bench_import      (guint       n);
void bench_import_into (const char *path,
                        guint       n);

G_END_DECLS
