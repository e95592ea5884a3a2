/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-progress-bar.h"

/* Work that is done sooner shows no bar. Milliseconds. */
#define PAUSE 500

/* Between two looks. Milliseconds. */
#define INTERVAL 100

struct _PslProgressBar
{
  AdwBin parent_instance;

  GtkProgressBar *bar;
  PslProgress *progress;
  guint source;
};

G_DEFINE_FINAL_TYPE (PslProgressBar, psl_progress_bar, ADW_TYPE_BIN)

/* Work may be shown by several bars. Only the bar on show with no dialog in front announces
 * it. */
static gboolean
is_in_front (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return gtk_widget_get_mapped (widget) &&
         (!ADW_IS_APPLICATION_WINDOW (root) ||
          GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (root))) ==
          gtk_widget_get_ancestor (widget, ADW_TYPE_DIALOG));
}

/* Tells whoever looks and whoever listens what the work does, once that is known. */
static void
show_what (PslProgressBar *self,
           const char     *what)
{
  if (what == NULL || gtk_progress_bar_get_show_text (self->bar))
    return;
  gtk_progress_bar_set_text (self->bar, what);
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  if (is_in_front (GTK_WIDGET (self)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self->bar), what, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static gboolean
look_cb (gpointer user_data)
{
  PslProgressBar *self = user_data;

  gtk_progress_bar_set_fraction (self->bar, psl_progress_get (self->progress));
  show_what (self, psl_progress_get_what (self->progress));

  return G_SOURCE_CONTINUE;
}

static gboolean
show_cb (gpointer user_data)
{
  PslProgressBar *self = user_data;

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  look_cb (self);
  self->source = g_timeout_add (INTERVAL, look_cb, self);

  return G_SOURCE_REMOVE;
}

static void
psl_progress_bar_dispose (GObject *object)
{
  PslProgressBar *self = PSL_PROGRESS_BAR (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->progress, psl_progress_unref);

  G_OBJECT_CLASS (psl_progress_bar_parent_class)->dispose (object);
}

static void
psl_progress_bar_class_init (PslProgressBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_progress_bar_dispose;
}

static void
psl_progress_bar_init (PslProgressBar *self)
{
  GtkWidget *bar = gtk_progress_bar_new ();

  self->bar = GTK_PROGRESS_BAR (bar);
  gtk_progress_bar_set_ellipsize (self->bar, PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_top (bar, 12);
  gtk_widget_set_margin_bottom (bar, 12);
  gtk_widget_set_margin_start (bar, 12);
  gtk_widget_set_margin_end (bar, 12);
  adw_bin_set_child (ADW_BIN (self), bar);
  psl_progress_bar_stop (self);
}

/**
 * psl_progress_bar_start:
 * @progress: some work
 *
 * Shows the name and the progress of the work, where it goes on for a while: the widget is
 * visible then.
 */
void
psl_progress_bar_start (PslProgressBar *self,
                        PslProgress    *progress)
{
  g_return_if_fail (PSL_IS_PROGRESS_BAR (self));

  psl_progress_bar_stop (self);
  self->progress = psl_progress_ref (progress);
  self->source = g_timeout_add (PAUSE, show_cb, self);
}

/**
 * psl_progress_bar_stop:
 *
 * Shows nothing any more.
 */
void
psl_progress_bar_stop (PslProgressBar *self)
{
  g_return_if_fail (PSL_IS_PROGRESS_BAR (self));

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->progress, psl_progress_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_progress_bar_set_show_text (self->bar, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress"), -1);
}
