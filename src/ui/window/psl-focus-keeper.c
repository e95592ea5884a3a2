/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-focus-keeper.h"

#include "psl-focus.h"

struct _PslFocusKeeper
{
  GObject parent_instance;

  AdwApplicationWindow *window;
  GtkWidget *page;
  PslListPage *list;            /* (nullable): while a register is open */

  /* Weak: the last widget on the page that had the focus, and the last dialog that had it. */
  GtkWidget *last_on_page;
  GtkWidget *last_dialog;
  guint check_source;
};

G_DEFINE_FINAL_TYPE (PslFocusKeeper, psl_focus_keeper, G_TYPE_OBJECT)

static GtkWidget *
get_focus (PslFocusKeeper *self)
{
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

static GtkWidget *
get_dialog (PslFocusKeeper *self)
{
  return GTK_WIDGET (adw_application_window_get_visible_dialog (self->window));
}

/* Whether keys do something where the focus is. A popover that opens gives the focus to
 * a widget that is not on show yet, and sees to its own focus. */
static gboolean
is_usable (PslFocusKeeper *self)
{
  GtkWidget *focus = get_focus (self);

  return focus != NULL && (gtk_widget_get_native (focus) != GTK_NATIVE (self->window) ||
                           (gtk_widget_get_mapped (focus) && gtk_widget_is_sensitive (focus)));
}

/* Puts the focus where it was last on the page; where that is gone, into the list. */
static void
return_focus (PslFocusKeeper *self)
{
  if (self->last_on_page != NULL && gtk_widget_get_mapped (self->last_on_page) &&
      gtk_widget_grab_focus (self->last_on_page))
    return;

  if (self->list != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->list)))
    psl_list_page_focus_list (self->list);
  else
    gtk_widget_child_focus (self->page, GTK_DIR_TAB_FORWARD);
}

static gboolean
check_focus_cb (gpointer user_data)
{
  PslFocusKeeper *self = user_data;
  GtkWidget *dialog = get_dialog (self);

  self->check_source = 0;
  if (is_usable (self))
    return G_SOURCE_REMOVE;

  /* A dialog that opens puts the focus into itself. */
  if (dialog != NULL)
    {
      if (dialog == self->last_dialog && get_focus (self) == NULL)
        gtk_widget_child_focus (dialog, GTK_DIR_TAB_FORWARD);
    }
  /* Whoever opens a register puts the focus into it. */
  else if (self->list != NULL)
    return_focus (self);
  return G_SOURCE_REMOVE;
}

/* Checks the focus in an idle, after whoever moves it on. */
static void
focus_moved_cb (PslFocusKeeper *self)
{
  GtkWidget *dialog = get_dialog (self);

  if (dialog != NULL && psl_focus_is_in (dialog))
    g_set_weak_pointer (&self->last_dialog, dialog);
  if (psl_focus_is_in (self->page))
    g_set_weak_pointer (&self->last_on_page, get_focus (self));
  if (self->check_source == 0)
    self->check_source = g_idle_add_full (G_PRIORITY_LOW, check_focus_cb, self, NULL);
}

static void
psl_focus_keeper_dispose (GObject *object)
{
  PslFocusKeeper *self = PSL_FOCUS_KEEPER (object);

  g_clear_handle_id (&self->check_source, g_source_remove);
  g_clear_weak_pointer (&self->last_dialog);
  g_clear_weak_pointer (&self->last_on_page);

  G_OBJECT_CLASS (psl_focus_keeper_parent_class)->dispose (object);
}

static void
psl_focus_keeper_class_init (PslFocusKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_focus_keeper_dispose;
}

static void
psl_focus_keeper_init (PslFocusKeeper *self)
{
}

/**
 * psl_focus_keeper_new:
 * @window: a window, which owns the keeper and outlives it
 * @page: (transfer none): the content below the window's dialogs and toasts
 *
 * Returns: (transfer full): a keeper, at work until it is disposed
 */
PslFocusKeeper *
psl_focus_keeper_new (AdwApplicationWindow *window,
                      GtkWidget            *page)
{
  PslFocusKeeper *self;

  g_return_val_if_fail (ADW_IS_APPLICATION_WINDOW (window), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);

  self = g_object_new (PSL_TYPE_FOCUS_KEEPER, NULL);
  self->window = window;
  self->page = page;
  /* The widget with the focus before a dialog may be gone when the dialog closes, or there
   * was none, as in a window that opened with a file. */
  g_signal_connect_object (window, "notify::visible-dialog",
                           G_CALLBACK (psl_focus_keeper_return_to_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::focus-widget",
                           G_CALLBACK (focus_moved_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * psl_focus_keeper_set_list:
 * @list: (nullable) (transfer none): the list that takes the focus where the widget that had
 *   it is gone; %NULL while no register is open
 */
void
psl_focus_keeper_set_list (PslFocusKeeper *self,
                           PslListPage    *list)
{
  g_return_if_fail (PSL_IS_FOCUS_KEEPER (self));

  self->list = list;
}

/**
 * psl_focus_keeper_return_to_page:
 *
 * Returns the focus to the page where no dialog has it and it is not on the page: the
 * button of a toast that goes had it, which libadwaita 1.10 has taken from the button by
 * then.
 */
void
psl_focus_keeper_return_to_page (PslFocusKeeper *self)
{
  g_return_if_fail (PSL_IS_FOCUS_KEEPER (self));

  if (gtk_widget_get_mapped (GTK_WIDGET (self->window)) && get_dialog (self) == NULL &&
      (!is_usable (self) || !psl_focus_is_in (self->page)))
    return_focus (self);
}

/**
 * psl_focus_keeper_repair_chain:
 *
 * Makes Tab go on from the focus. A GtkWindow that stops being active forgets which
 * children lead to its focus, until it is active again. The keys that arrive in between,
 * as when a popover closes on X11, would begin at the first widget of the window.
 */
void
psl_focus_keeper_repair_chain (PslFocusKeeper *self)
{
  GtkWidget *child;
  GtkWidget *parent;

  g_return_if_fail (PSL_IS_FOCUS_KEEPER (self));

  for (child = get_focus (self); child != NULL && (parent = gtk_widget_get_parent (child)) != NULL; child = parent)
    gtk_widget_set_focus_child (parent, child);
}
