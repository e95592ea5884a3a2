/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui-test.h"
#include "window-test.h"

/* A state is tinted with its own colour; in high contrast it has that of any text. */
static void
test_state (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *text = gtk_label_new ("Closed");
  GtkWidget *state = gtk_label_new ("Closed");
  GtkWidget *window;
  GdkRGBA text_colour;
  GdkRGBA state_colour;

  gtk_widget_add_css_class (state, "state");
  gtk_widget_add_css_class (state, "status-4");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), state);
  window = psl_test_window (box);

  gtk_widget_get_color (text, &text_colour);
  gtk_widget_get_color (state, &state_colour);
  g_assert_cmpint (gdk_rgba_equal (&text_colour, &state_colour), ==,
                   adw_style_manager_get_high_contrast (adw_style_manager_get_default ()));

  gtk_window_destroy (GTK_WINDOW (window));
}

/* libadwaita gives the contrast that the environment asks for. */
static void
test_contrast (void)
{
  g_assert_cmpint (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()), ==,
                   g_strcmp0 (g_getenv ("ADW_DEBUG_HIGH_CONTRAST"), "1") == 0);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  window_test_init ();

  g_test_add_func ("/style/contrast", test_contrast);
  g_test_add_func ("/style/state", test_state);

  return window_test_run ();
}
