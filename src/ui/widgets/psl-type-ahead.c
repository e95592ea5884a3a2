/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-type-ahead.h"

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                GtkSearchEntry        *entry)
{
  GtkText *text = GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (entry)));

  if (!gtk_event_controller_key_forward (controller, GTK_WIDGET (text)))
    return GDK_EVENT_PROPAGATE;

  gtk_text_grab_focus_without_selecting (text);
  return GDK_EVENT_STOP;
}

/**
 * psl_type_ahead_install:
 * @widget: the widget that shows the results of a search
 * @entry: the entry that it is searched by, which is shown whenever @widget is
 *
 * Has text typed in @widget go to @entry, and the keyboard with it: the results may take the
 * row away that had the focus, and the next letters would be lost.
 * gtk_search_entry_set_key_capture_widget() leaves the focus there.
 */
void
psl_type_ahead_install (GtkWidget      *widget,
                        GtkSearchEntry *entry)
{
  GtkEventController *controller;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (GTK_IS_SEARCH_ENTRY (entry));

  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_static_name (controller, "psl-type-ahead");
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), entry, 0);
  gtk_widget_add_controller (widget, controller);
}
