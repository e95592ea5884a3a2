/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean psl_foreign_check_bytes  (const guint8  *bytes,
                                   gsize          length,
                                   GError       **error);
gboolean psl_foreign_check_binary (const guint8  *bytes,
                                   gsize          length,
                                   GError       **error);
gboolean psl_foreign_check_text   (const char    *text,
                                   GError       **error);

G_END_DECLS
