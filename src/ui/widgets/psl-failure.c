/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-failure.h"

#include <glib/gi18n.h>

/**
 * psl_failure_tell:
 * @widget: the widget that the person used; where it is in no window any more, the window in
 *   front tells
 * @heading: names the failed work, translated
 * @error: why; a cancellation means that the person stopped a change
 *
 * Has the window of @widget tell the person that something failed.
 */
void
psl_failure_tell (GtkWidget    *widget,
                  const char   *heading,
                  const GError *error)
{
  GApplication *application = g_application_get_default ();
  gboolean is_stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  GtkWidget *teller = widget;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (heading != NULL);
  g_return_if_fail (error != NULL);

  if (gtk_widget_get_root (widget) == NULL && application != NULL)
    teller = GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (application)));
  if (teller != NULL &&
      gtk_widget_activate_action (teller, "win.tell-failure", "(ssb)", heading, error->message, is_stopped))
    return;
  if (!is_stopped)
    g_warning ("%s: %s", heading, error->message);
}

/**
 * psl_failure_tell_unread:
 * @widget: the widget whose data could not be read
 * @error: why; a cancellation is not told, nor that the register was closed by this program:
 *   nobody waits for the answer any more
 *
 * Has the window of @widget tell the person that the register could not be read.
 */
void
psl_failure_tell_unread (GtkWidget    *widget,
                         const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    psl_failure_tell (widget, _("The Register Can’t Be Read"), error);
}

/**
 * psl_failure_tell_unstored:
 * @widget: the widget whose data could not be stored
 * @error: why; see psl_failure_tell()
 *
 * Has the window of @widget tell the person that a change was not stored.
 */
void
psl_failure_tell_unstored (GtkWidget    *widget,
                           const GError *error)
{
  psl_failure_tell (widget, _("The Change Was Not Stored"), error);
}
