/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Versions that the injected scripts add to the program's. */
#define FAULT_MIGRATIONS 6

gboolean  fault_migrate              (const char  *path,
                                      GError     **error);
guint     fault_assert_migration     (const char  *path,
                                      const char  *before);

G_END_DECLS
