/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *psl_register_copy (const char    *path,
                         const char    *copy_path,
                         GCancellable  *cancellable,
                         GError       **error);

G_END_DECLS
