/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include <glib/gi18n.h>

#include "psl-application.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (PslApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_prgname (APPLICATION_ID);
  g_set_application_name ("Passerelle");

  application = psl_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
