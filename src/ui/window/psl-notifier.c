/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-notifier.h"

#include <glib/gi18n.h>

#include "psl-toast.h"

/* One toast is in the overlay at a time. A toast of high priority would put the former one
 * off: libadwaita crashes where that comes back before it has faded out. */
struct _PslNotifier
{
  GObject parent_instance;

  AdwToastOverlay *overlay;     /* weak */
  AdwToast *toast;              /* weak, (nullable): the one on show */
  AdwDialog *error;             /* weak, (nullable): tells of the latest error */
  gboolean silent;
};

G_DEFINE_FINAL_TYPE (PslNotifier, psl_notifier, G_TYPE_OBJECT)

enum
{
  SIGNAL_DISMISSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Whether somebody waits for news. */
static gboolean
is_heard (PslNotifier *self)
{
  return self->overlay != NULL && !self->silent;
}

static void
dismissed_cb (PslNotifier *self,
              AdwToast    *toast)
{
  /* Not where another toast takes the place of this one. */
  if (toast == self->toast)
    g_clear_weak_pointer (&self->toast);
  g_signal_emit (self, signals[SIGNAL_DISMISSED], 0);
}

/* The preferences, while they stand in front of the toasts. */
static AdwDialog *
get_preferences (PslNotifier *self)
{
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self->overlay));
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  return ADW_IS_PREFERENCES_DIALOG (dialog) ? dialog : NULL;
}

/* Shows @toast in place of the one before, and takes ownership of it. */
static void
show_toast (PslNotifier *self,
            AdwToast    *toast)
{
  AdwDialog *preferences = get_preferences (self);
  AdwToast *before = self->toast;

  g_set_weak_pointer (&self->toast, toast);
  if (before != NULL)
    adw_toast_dismiss (before);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  if (preferences != NULL)
    adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (preferences), toast);
  else
    adw_toast_overlay_add_toast (self->overlay, toast);
}

static void
psl_notifier_dispose (GObject *object)
{
  PslNotifier *self = PSL_NOTIFIER (object);

  g_clear_weak_pointer (&self->overlay);
  g_clear_weak_pointer (&self->toast);
  g_clear_weak_pointer (&self->error);

  G_OBJECT_CLASS (psl_notifier_parent_class)->dispose (object);
}

static void
psl_notifier_class_init (PslNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psl_notifier_dispose;

  /**
   * PslNotifier::dismissed:
   *
   * A toast goes. Its button may have the focus.
   */
  signals[SIGNAL_DISMISSED] =
    g_signal_new ("dismissed", PSL_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
psl_notifier_init (PslNotifier *self)
{
}

/**
 * psl_notifier_new:
 * @overlay: where toasts are shown; the dialogs stand in front of its window
 *
 * Returns: (transfer full): a notifier
 */
PslNotifier *
psl_notifier_new (AdwToastOverlay *overlay)
{
  PslNotifier *self;

  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (overlay), NULL);

  self = g_object_new (PSL_TYPE_NOTIFIER, NULL);
  g_set_weak_pointer (&self->overlay, overlay);

  return self;
}

/**
 * psl_notifier_tell:
 * @message: a short sentence
 *
 * Tells the person something in passing.
 */
void
psl_notifier_tell (PslNotifier *self,
                   const char  *message)
{
  g_return_if_fail (PSL_IS_NOTIFIER (self));

  psl_notifier_show_toast (self, psl_toast_new (message));
}

/**
 * psl_notifier_tell_with_action:
 * @message: tells of the change
 * @label: the label of the button, with a mnemonic
 * @action: the name of the button's action
 * @target: (nullable): the parameter of the action, which may be floating
 *
 * Tells the person of a change, and offers an action.
 */
void
psl_notifier_tell_with_action (PslNotifier *self,
                               const char  *message,
                               const char  *label,
                               const char  *action,
                               GVariant    *target)
{
  AdwToast *toast;

  g_return_if_fail (PSL_IS_NOTIFIER (self));

  toast = psl_toast_new (message);
  psl_toast_add_button (toast, label, action, target);
  psl_notifier_show_toast (self, toast);
}

/**
 * psl_notifier_tell_with_undo:
 * @message: tells of the change
 * @action: the number of the action that did it
 *
 * Tells the person of a change, and offers to undo it.
 */
void
psl_notifier_tell_with_undo (PslNotifier *self,
                             const char  *message,
                             gint64       action)
{
  psl_notifier_tell_with_action (self, message, _("_Undo"), "win.undo-action", g_variant_new_int64 (action));
}

/**
 * psl_notifier_show_toast:
 * @toast: (transfer full): a toast of psl_toast_new()
 *
 * Shows the toast in place of the former one: its buttons are about the latest change.
 */
void
psl_notifier_show_toast (PslNotifier *self,
                         AdwToast    *toast)
{
  g_return_if_fail (PSL_IS_NOTIFIER (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  if (is_heard (self))
    show_toast (self, toast);
  else
    g_object_unref (toast);
}

/* Whether the same is on show: of a register that can't be read each part of the window
 * tells. */
static gboolean
is_told (PslNotifier  *self,
         const char   *what,
         const GError *error)
{
  return self->error != NULL && gtk_widget_get_root (GTK_WIDGET (self->error)) != NULL &&
         g_str_equal (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (self->error)), what) &&
         g_str_equal (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (self->error)), error->message);
}

/**
 * psl_notifier_tell_error:
 * @what: names the failed work, as a heading
 * @error: why
 *
 * Tells the person that something went wrong, and waits until it is read; in passing where
 * they stopped it themselves.
 */
void
psl_notifier_tell_error (PslNotifier  *self,
                         const char   *what,
                         const GError *error)
{
  g_return_if_fail (PSL_IS_NOTIFIER (self));
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      psl_notifier_tell (self, _("Stopped. Nothing was changed"));
      return;
    }
  if (!is_heard (self) || is_told (self, what, error))
    return;

  g_clear_weak_pointer (&self->error);
  g_set_weak_pointer (&self->error, adw_alert_dialog_new (what, error->message));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (self->error), "close", _("_Close"));
  adw_dialog_present (self->error, GTK_WIDGET (self->overlay));
}

/**
 * psl_notifier_dismiss_all:
 *
 * Takes away all toasts: their buttons are about a register that is no longer shown.
 */
void
psl_notifier_dismiss_all (PslNotifier *self)
{
  g_return_if_fail (PSL_IS_NOTIFIER (self));

  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
}

/**
 * psl_notifier_set_silent:
 * @silent: whether the window is being closed, so that nobody waits for news
 */
void
psl_notifier_set_silent (PslNotifier *self,
                         gboolean     silent)
{
  g_return_if_fail (PSL_IS_NOTIFIER (self));

  self->silent = silent;
}
