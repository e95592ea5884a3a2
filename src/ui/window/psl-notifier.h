/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Tells the person who looks at a window of changes and failures: in passing by toasts, of
 * which the latest stands in front, and by a dialog where it must be read.
 *
 * Signals:
 *   dismissed ()  a toast goes, whose button may have the focus
 */
#define PSL_TYPE_NOTIFIER (psl_notifier_get_type ())
G_DECLARE_FINAL_TYPE (PslNotifier, psl_notifier, PSL, NOTIFIER, GObject)

PslNotifier *psl_notifier_new               (AdwToastOverlay *overlay);
void         psl_notifier_tell              (PslNotifier     *self,
                                             const char      *message);
void         psl_notifier_tell_with_action  (PslNotifier     *self,
                                             const char      *message,
                                             const char      *label,
                                             const char      *action,
                                             GVariant        *target);
void         psl_notifier_tell_with_undo    (PslNotifier     *self,
                                             const char      *message,
                                             gint64           action);
void         psl_notifier_show_toast        (PslNotifier     *self,
                                             AdwToast        *toast);
void         psl_notifier_tell_error        (PslNotifier     *self,
                                             const char      *what,
                                             const GError    *error);
void         psl_notifier_dismiss_all       (PslNotifier     *self);
void         psl_notifier_set_silent        (PslNotifier     *self,
                                             gboolean         silent);

G_END_DECLS
