/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-application.h"
#include "psl-window.h"

struct _PslApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (PslApplication, psl_application, ADW_TYPE_APPLICATION)

static void
psl_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (psl_window_new (PSL_APPLICATION (application))));
}

static void
psl_application_class_init (PslApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = psl_application_activate;
}

static void
psl_application_init (PslApplication *self)
{
}

/**
 * psl_application_new:
 *
 * Returns: (transfer full): the application, not yet registered
 */
PslApplication *
psl_application_new (void)
{
  return g_object_new (PSL_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "resource-base-path", "/org/passerelle/Passerelle",
                       NULL);
}
