/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void psl_type_ahead_install (GtkWidget      *widget,
                             GtkSearchEntry *entry);

G_END_DECLS
