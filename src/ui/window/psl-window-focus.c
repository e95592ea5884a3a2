/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-focus.h"
#include "psl-window-private.h"

/* The focus never rests on nothing: it goes back to the page when a dialog or a toast
 * goes, and on in the list or in the dialog in front when what had it is gone. */

static GtkWidget *
get_page (PslWindow *self)
{
  return adw_toast_overlay_get_child (self->toasts);
}

static GtkWidget *
get_dialog (PslWindow *self)
{
  return GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)));
}

/* Whether keys do something where the focus is. A popover that opens gives the focus to
 * a widget that is not on show yet, and sees to its own focus. */
static gboolean
is_usable (PslWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && (gtk_widget_get_native (focus) != GTK_NATIVE (self) ||
                           (gtk_widget_get_mapped (focus) && gtk_widget_is_sensitive (focus)));
}

/* Puts the focus where it was last on the page; where that is gone, into the list. */
static void
return_focus (PslWindow *self)
{
  if (self->focused_below != NULL && gtk_widget_get_mapped (self->focused_below) &&
      gtk_widget_grab_focus (self->focused_below))
    return;

  if (self->reg != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->list_page)))
    psl_list_page_focus_list (self->list_page);
  else
    gtk_widget_child_focus (get_page (self), GTK_DIR_TAB_FORWARD);
}

static void
keep_focus_on_page (PslWindow *self)
{
  if (!self->closing && get_dialog (self) == NULL && (!is_usable (self) || !psl_focus_is_in (get_page (self))))
    return_focus (self);
}

static gboolean
check_focus_cb (gpointer user_data)
{
  PslWindow *self = user_data;
  GtkWidget *dialog = get_dialog (self);

  self->focus_source = 0;
  if (is_usable (self))
    return G_SOURCE_REMOVE;

  /* A dialog that opens puts the focus into itself. */
  if (dialog != NULL)
    {
      if (dialog == self->focused_dialog && gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
        gtk_widget_child_focus (dialog, GTK_DIR_TAB_FORWARD);
    }
  /* Whoever opens a register puts the focus into it. */
  else if (self->reg != NULL)
    return_focus (self);
  return G_SOURCE_REMOVE;
}

/* Makes Tab go on from the focus. A GtkWindow that stops being active forgets which
 * children lead to its focus, until it is active again. The keys that arrive in between,
 * as when a popover closes on X11, would begin at the first widget of the window. */
void
psl_window_find_focus (PslWindow *self)
{
  GtkWidget *child = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *parent;

  for (; child != NULL && (parent = gtk_widget_get_parent (child)) != NULL; child = parent)
    gtk_widget_set_focus_child (parent, child);
}

/* Checks the focus in an idle, after whoever moves it on. */
static void
focus_moved_cb (PslWindow *self)
{
  if (self->closing)
    return;
  if (get_dialog (self) != NULL && psl_focus_is_in (get_dialog (self)))
    g_set_weak_pointer (&self->focused_dialog, get_dialog (self));
  if (psl_focus_is_in (get_page (self)))
    g_set_weak_pointer (&self->focused_below, gtk_window_get_focus (GTK_WINDOW (self)));
  if (self->focus_source == 0)
    self->focus_source = g_idle_add_full (G_PRIORITY_LOW, check_focus_cb, self, NULL);
}

/* What had the focus before a dialog may be gone when the dialog closes, or nothing had
 * it, as in a window that opened with a file. */
static void
dialog_changed_cb (PslWindow *self)
{
  keep_focus_on_page (self);
}

/* Follows the focus, and the dialogs. */
void
psl_window_install_focus (PslWindow *self)
{
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (dialog_changed_cb), NULL);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_moved_cb), NULL);
}

/* Returns the focus that the button of a toast has, which is being dismissed; libadwaita
 * 1.10 has taken it from the button by then. */
void
psl_window_return_from_toast (PslWindow *self)
{
  keep_focus_on_page (self);
}

/* Ends what psl_window_install_focus() began. */
void
psl_window_forget_focus (PslWindow *self)
{
  g_clear_handle_id (&self->focus_source, g_source_remove);
  g_clear_weak_pointer (&self->focused_dialog);
  g_clear_weak_pointer (&self->focused_below);
}
