/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Widgets that somebody can press: buttons, rows, items of menus and lists. A *surface* is
 * the window, dialog or popover in front. */

GPtrArray *pressable_list   (GtkWidget   *surface,
                             GPtrArray  **ids);
GtkWidget *pressable_find   (GtkWidget   *surface,
                             const char  *id);
char      *pressable_dup_id (GtkWidget   *surface,
                             GtkWidget   *widget);
void       pressable_press  (GtkWidget   *widget);

G_END_DECLS
