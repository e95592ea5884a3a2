/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-icons.h"

#include "psl-place.h"

/* The height and width of symbolic icons, in pixels. */
#define SIZE 16

/* What a window shows from its first frame on, beside its places. */
static const char *const names[] = {
  "edit-find-symbolic",
  "go-next-symbolic",
  "go-previous-symbolic",
  "list-add-symbolic",
  "open-menu-symbolic",
  "view-sort-ascending-symbolic",
  "window-close-symbolic",
  "window-maximize-symbolic",
  "window-minimize-symbolic",
};

static int
get_scale (GdkDisplay *display)
{
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (gdk_display_get_monitors (display), 0);

  return monitor != NULL ? gdk_monitor_get_scale_factor (monitor) : 1;
}

static void
preload (GtkIconTheme *theme,
         const char   *name,
         int           scale)
{
  g_autoptr (GtkIconPaintable) icon = NULL;

  /* The theme keeps it for whoever asks for the same one next. */
  icon = gtk_icon_theme_lookup_icon (theme, name, NULL, SIZE, scale,
                                     gtk_widget_get_default_direction (), GTK_ICON_LOOKUP_PRELOAD);
}

/**
 * psl_icons_preload:
 * @display: where a window is going to be
 *
 * Has the icons of a window drawn on another thread, while it is built: each is an
 * SVG file, and together they take as long as a page of the list.
 */
void
psl_icons_preload (GdkDisplay *display)
{
  GtkIconTheme *theme;
  int scale;

  g_return_if_fail (GDK_IS_DISPLAY (display));

  theme = gtk_icon_theme_get_for_display (display);
  scale = get_scale (display);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    preload (theme, names[i], scale);
  for (guint i = 0; i < psl_place_get_n (); i++)
    preload (theme, psl_place_get_nth (i)->icon, scale);
}
