/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-string-factory.h"

/* How much text fits a row beside its title in the narrowest window, in letters of the usual
 * size: characters of a line, and lines. */
#define MAXIMUM_WIDTH_CHARS 22
#define MAXIMUM_LINES 2

#define USUAL_DPI (96 * PANGO_SCALE)

/* A line has room for fewer letters where they are larger. */
static int
get_width_chars (GtkWidget *widget)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > USUAL_DPI ? MAX (1, (int) ((gint64) MAXIMUM_WIDTH_CHARS * USUAL_DPI / dpi)) : MAXIMUM_WIDTH_CHARS;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *item)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  int width_chars = get_width_chars (GTK_WIDGET (label));
  gboolean is_long = g_utf8_strlen (text, -1) > width_chars;

  gtk_label_set_label (label, text);
  /* A combo row gives the text as little room as it can do with, whatever there is. */
  gtk_label_set_wrap (label, is_long);
  gtk_label_set_ellipsize (label, is_long ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (label, is_long ? width_chars : -1);
  gtk_label_set_lines (label, (MAXIMUM_WIDTH_CHARS * MAXIMUM_LINES + width_chars - 1) / width_chars);
  gtk_list_item_set_accessible_label (item, text);
}

/**
 * psl_string_factory_new:
 *
 * The items that a combo row makes of a list of strings by itself have no names for a screen
 * reader, and are cut off in a narrow window.
 *
 * Returns: (transfer full): a factory of items for a #GtkStringList
 */
GtkListItemFactory *
psl_string_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);

  return factory;
}
