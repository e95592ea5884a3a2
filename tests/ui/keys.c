/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "keys.h"

static gboolean
is_triggered (GtkShortcutTrigger *trigger,
              guint               keyval,
              GdkModifierType     modifiers)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    return is_triggered (gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)), keyval, modifiers) ||
           is_triggered (gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)), keyval, modifiers);

  return GTK_IS_KEYVAL_TRIGGER (trigger) &&
         gdk_keyval_to_lower (gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger))) ==
           gdk_keyval_to_lower (keyval) &&
         gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers;
}

static gboolean
run_shortcuts (GtkWidget       *widget,
               GListModel      *shortcuts,
               guint            keyval,
               GdkModifierType  modifiers)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (is_triggered (gtk_shortcut_get_trigger (shortcut), keyval, modifiers) &&
          gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), GTK_SHORTCUT_ACTION_EXCLUSIVE, widget,
                                        gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }

  return FALSE;
}

/* Controllers that take letters read them from the event, and there is none here. */
static gboolean
needs_event (GtkWidget          *widget,
             GtkEventController *controller)
{
  return g_strcmp0 (gtk_event_controller_get_name (controller), "psl-type-ahead") == 0 ||
         (gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE &&
          (GTK_IS_EDITABLE (widget) || GTK_IS_TEXT_VIEW (widget)));
}

static gboolean
run_controllers (GtkWidget           *widget,
                 GtkPropagationPhase  phase,
                 guint                keyval,
                 GdkModifierType      modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (gtk_event_controller_get_propagation_phase (controller) != phase)
        continue;
      if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        handled = run_shortcuts (widget, G_LIST_MODEL (controller), keyval, modifiers);
      else if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && !needs_event (widget, controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, modifiers, &handled);
      if (handled)
        return TRUE;
    }

  return FALSE;
}

/* The widgets from @widget up to the window, held as GTK holds them while it handles an
 * event: a dialog may close itself.
 * Returns: (transfer full) (element-type GtkWidget) */
GPtrArray *
keys_list_path (GtkWidget *widget)
{
  GPtrArray *path = g_ptr_array_new_with_free_func (g_object_unref);

  for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_parent (at))
    g_ptr_array_add (path, g_object_ref (at));
  return path;
}

/* Presses a key; returns whether anything took it. */
gboolean
keys_press (GtkWindow       *window,
            guint            keyval,
            GdkModifierType  modifiers)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  g_autoptr (GPtrArray) path = keys_list_path (focus != NULL ? focus : GTK_WIDGET (window));

  for (guint i = path->len; i > 0; i--)
    if (run_controllers (path->pdata[i - 1], GTK_PHASE_CAPTURE, keyval, modifiers))
      return TRUE;
  if (run_controllers (path->pdata[0], GTK_PHASE_TARGET, keyval, modifiers))
    return TRUE;
  for (guint i = 0; i < path->len; i++)
    if (run_controllers (path->pdata[i], GTK_PHASE_BUBBLE, keyval, modifiers))
      return TRUE;

  return FALSE;
}
