/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-page.h"
#include "psl-window.h"

struct _PslWindow
{
  AdwApplicationWindow parent_instance;

  AdwNavigationSplitView *outer_view;
  AdwNavigationSplitView *inner_view;
  PslDetailPage *detail_page;
};

G_DEFINE_FINAL_TYPE (PslWindow, psl_window, ADW_TYPE_APPLICATION_WINDOW)

static void
psl_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_WINDOW);

  G_OBJECT_CLASS (psl_window_parent_class)->dispose (object);
}

static void
psl_window_class_init (PslWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_window_dispose;

  g_type_ensure (PSL_TYPE_DETAIL_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PslWindow, outer_view);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, inner_view);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, detail_page);
}

static void
psl_window_init (PslWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_window_new:
 * @application: the application
 *
 * Returns: (transfer none): a window that shows no register yet
 */
PslWindow *
psl_window_new (PslApplication *application)
{
  return g_object_new (PSL_TYPE_WINDOW,
                       "application", application,
                       NULL);
}
