/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-menu-button.h"

static void
create_menu_cb (GtkMenuButton *button,
                gpointer       model)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, model);
}

/**
 * psl_menu_button_set_model:
 * @button: a button without a menu
 * @model: what its menu has
 *
 * Gives the button a menu that is made when it is opened: GTK makes that of a
 * `menu-model` with the button, and an item is as much work as a row of a list.
 */
void
psl_menu_button_set_model (GtkMenuButton *button,
                           GMenuModel    *model)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (model));

  gtk_menu_button_set_create_popup_func (button, create_menu_cb, g_object_ref (model), g_object_unref);
}
