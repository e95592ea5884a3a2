/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void psl_menu_button_set_model (GtkMenuButton *button,
                                GMenuModel    *model);
void psl_menu_button_make_menu (GtkMenuButton *button,
                                GMenuModel    *model);

G_END_DECLS
