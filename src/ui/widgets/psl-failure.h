/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void psl_failure_tell          (GtkWidget    *widget,
                                const char   *heading,
                                const GError *error);
void psl_failure_tell_unread   (GtkWidget    *widget,
                                const GError *error);
void psl_failure_tell_unstored (GtkWidget    *widget,
                                const GError *error);

G_END_DECLS
