/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-toast.h"
#include "ui-test.h"

#define MESSAGE "2 nouveaux projets, 12 valeurs écartées, 3 valeurs en conflit, 1 ligne refusée, 2 colonnes ignorées"

typedef struct
{
  GtkWidget *overlay;
  int width;
} Shown;

/* The message and the buttons of the toast, without what libadwaita has beside them. */
static GtkWidget *
get_parts (const Shown *shown)
{
  GtkWidget *box = psl_test_find (shown->overlay, ADW_TYPE_WRAP_BOX);

  g_assert_nonnull (box);
  return box;
}

static gboolean
is_in (GtkWidget *part,
       GtkWidget *around)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (part, around, &bounds) && bounds.origin.x >= 0 && bounds.origin.y >= 0 &&
         bounds.origin.x + bounds.size.width <= (float) gtk_widget_get_width (around) &&
         bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (around);
}

static gboolean
is_whole (GtkWidget *part)
{
  graphene_rect_t bounds;
  int natural;

  if (GTK_IS_LABEL (part))
    return !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (part)));

  gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return gtk_widget_compute_bounds (part, part, &bounds) && bounds.size.width >= (float) natural;
}

/* Whether all is in view and nothing is cut, in a window of the wanted width. */
static gboolean
shows_all (gpointer data)
{
  const Shown *shown = data;
  GtkWidget *parts = get_parts (shown);

  if (gtk_widget_get_width (shown->overlay) != shown->width)
    return FALSE;
  for (GtkWidget *part = gtk_widget_get_first_child (parts); part != NULL; part = gtk_widget_get_next_sibling (part))
    if (!gtk_widget_get_mapped (part) || !is_in (part, parts) || !is_in (part, shown->overlay) || !is_whole (part))
      return FALSE;

  return TRUE;
}

static void
set_width (AdwClamp *clamp,
           int       width)
{
  adw_clamp_set_maximum_size (clamp, width);
  adw_clamp_set_tightening_threshold (clamp, width);
}

/* In a narrow window the message takes several lines, and its buttons stand below. */
static void
test_narrow (void)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *clamp = adw_clamp_new ();
  AdwToast *toast = psl_toast_new (MESSAGE);
  Shown shown = { overlay, 360 };
  GtkWidget *window;

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), gtk_label_new ("Below"));
  adw_clamp_set_child (ADW_CLAMP (clamp), overlay);
  set_width (ADW_CLAMP (clamp), shown.width);
  adw_toast_set_timeout (toast, 0);
  psl_toast_add_button (toast, "_Afficher les fiches importées", "win.show-imported", NULL);
  psl_toast_add_button (toast, "_Annuler", "win.undo", NULL);
  window = psl_test_window (clamp);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (toast));
  psl_test_wait (shows_all, &shown);

  /* It follows the window. */
  shown.width = 900;
  set_width (ADW_CLAMP (clamp), shown.width);
  psl_test_wait (shows_all, &shown);
  shown.width = 360;
  set_width (ADW_CLAMP (clamp), shown.width);
  psl_test_wait (shows_all, &shown);

  adw_toast_dismiss (toast);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (toast);
}

static void
note_dismissed_cb (gboolean *dismissed)
{
  *dismissed = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* A button does what it says, and the toast goes. */
static void
test_button (void)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful ("undo", G_VARIANT_TYPE_INT64, g_variant_new_int64 (0));
  g_autoptr (GVariant) state = NULL;
  AdwToast *toast = psl_toast_new ("Done");
  Shown shown = { overlay, 0 };
  gboolean dismissed = FALSE;
  GtkWidget *window;

  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  gtk_widget_insert_action_group (overlay, "test", G_ACTION_GROUP (actions));
  psl_toast_add_button (toast, "_Undo", "test.undo", g_variant_new_int64 (7));
  g_signal_connect_swapped (toast, "dismissed", G_CALLBACK (note_dismissed_cb), &dismissed);
  window = psl_test_window (overlay);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (toast));

  /* As assistive technologies press it: it is clicked a moment later. */
  g_assert_true (gtk_widget_activate (psl_test_find (get_parts (&shown), GTK_TYPE_BUTTON)));
  psl_test_wait (is_true, &dismissed);
  state = g_action_get_state (G_ACTION (action));
  g_assert_cmpint (g_variant_get_int64 (state), ==, 7);

  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (toast);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  g_test_add_func ("/toast/narrow", test_narrow);
  g_test_add_func ("/toast/button", test_button);

  return g_test_run ();
}
