/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-focus.h"

/* GTK gives the focus of a widget that is hidden or taken away to an ancestor, a frame later:
 * keys typed meanwhile are lost, and the ancestor is often the window. So whoever takes a
 * widget away hands its focus on first. */

/* The key of the widget that a dialog begins in, which the dialog holds. */
#define BEGIN "psl-focus-begin"

/* Whether a widget has a page of its own, which the focus does not leave unasked. */
static gboolean
is_boundary (GtkWidget *widget)
{
  return GTK_IS_NATIVE (widget) || ADW_IS_NAVIGATION_PAGE (widget) || ADW_IS_DIALOG (widget);
}

static gboolean
try (GtkWidget        *widget,
     GtkDirectionType  direction)
{
  return !GTK_IS_NATIVE (widget) && gtk_widget_is_visible (widget) && gtk_widget_child_focus (widget, direction);
}

static gboolean
try_siblings (GtkWidget        *widget,
              GtkDirectionType  direction,
              gboolean          forward)
{
  for (GtkWidget *at = forward ? gtk_widget_get_next_sibling (widget) : gtk_widget_get_prev_sibling (widget);
       at != NULL;
       at = forward ? gtk_widget_get_next_sibling (at) : gtk_widget_get_prev_sibling (at))
    if (try (at, direction))
      return TRUE;

  return FALSE;
}

static gboolean
hand_on_in_direction (GtkWidget        *widget,
                      GtkDirectionType  direction)
{
  for (GtkWidget *at = widget; at != NULL && !is_boundary (at); at = gtk_widget_get_parent (at))
    if (try_siblings (at, direction, direction == GTK_DIR_TAB_FORWARD))
      return TRUE;

  return FALSE;
}

static void
closed_cb (GtkPopover *popover,
           GtkWidget  *to)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (popover));

  /* Whoever picked something may have sent the focus elsewhere. */
  if (root != NULL && (gtk_root_get_focus (root) == NULL || psl_focus_is_in (GTK_WIDGET (popover))))
    gtk_widget_grab_focus (to);
}

static gboolean
begin_cb (gpointer to)
{
  gtk_widget_grab_focus (to);

  return G_SOURCE_REMOVE;
}

/* The steps come right after this. */
static void
begin_mapped_cb (GtkWidget *to,
                 AdwDialog *dialog)
{
  g_signal_handlers_disconnect_by_func (to, begin_mapped_cb, dialog);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, begin_cb, g_object_ref (to), g_object_unref);
}

/**
 * psl_focus_is_in:
 * @widget: a widget
 *
 * Returns: whether @widget has the keyboard focus, or something in it has
 */
gboolean
psl_focus_is_in (GtkWidget *widget)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  root = gtk_widget_get_root (widget);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/**
 * psl_focus_move:
 * @widget: a widget that only holds others
 * @direction: where to
 *
 * Moves the focus in @widget from child to child, as GTK's own boxes do for
 * #GtkWidgetClass.focus. A plain #GtkWidget asks itself first.
 *
 * Returns: whether the focus is in @widget now; if not, it is on its way out
 */
gboolean
psl_focus_move (GtkWidget        *widget,
                GtkDirectionType  direction)
{
  GtkWidget *child;
  gboolean forward;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  forward = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_DOWN || direction == GTK_DIR_RIGHT;
  child = gtk_widget_get_focus_child (widget);
  if (child != NULL)
    return gtk_widget_child_focus (child, direction) ||
           (!GTK_IS_NATIVE (child) && try_siblings (child, direction, forward));

  child = forward ? gtk_widget_get_first_child (widget) : gtk_widget_get_last_child (widget);
  return child != NULL && (try (child, direction) || try_siblings (child, direction, forward));
}

/**
 * psl_focus_hand_on:
 * @widget: a widget that is about to be hidden or taken away
 *
 * Where the focus is in @widget, moves it to the widget that Tab would lead to from there, or
 * before it where nothing follows on the page. Not while GTK is moving the focus: see
 * psl_editor_flush().
 */
void
psl_focus_hand_on (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (psl_focus_is_in (widget) && !hand_on_in_direction (widget, GTK_DIR_TAB_FORWARD))
    hand_on_in_direction (widget, GTK_DIR_TAB_BACKWARD);
}

/**
 * psl_focus_hide:
 * @widget: a widget
 *
 * Hides @widget after handing its focus on.
 */
void
psl_focus_hide (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  psl_focus_hand_on (widget);
  gtk_widget_set_visible (widget, FALSE);
}

/**
 * psl_focus_return_from:
 * @popover: a popover that takes the focus
 * @to: the widget that the focus goes to when @popover closes, by a choice or without one
 */
void
psl_focus_return_from (GtkPopover *popover,
                       GtkWidget  *to)
{
  g_return_if_fail (GTK_IS_POPOVER (popover));
  g_return_if_fail (GTK_IS_WIDGET (to));

  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), to, 0);
}

/**
 * psl_focus_begin_in:
 * @dialog: a dialog that is not shown yet
 * @to: (nullable): the widget in it that the keyboard begins in; %NULL for the dialog's own
 *   choice
 *
 * Does as #AdwDialog:focus-widget, but in a narrow window, too: as a sheet at the foot of
 * that, a dialog of libadwaita 1.7 moves the focus on by three steps of Tab while it opens.
 */
void
psl_focus_begin_in (AdwDialog *dialog,
                    GtkWidget *to)
{
  GtkWidget *before = g_object_get_data (G_OBJECT (dialog), BEGIN);

  g_return_if_fail (ADW_IS_DIALOG (dialog));
  g_return_if_fail (to == NULL || GTK_IS_WIDGET (to));

  adw_dialog_set_focus (dialog, to);
  if (before != NULL)
    g_signal_handlers_disconnect_by_func (before, begin_mapped_cb, dialog);
  g_object_set_data (G_OBJECT (dialog), BEGIN, to);
  if (to != NULL)
    g_signal_connect_object (to, "map", G_CALLBACK (begin_mapped_cb), dialog, 0);
}
