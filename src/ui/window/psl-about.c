/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-about.h"

/**
 * psl_about_dialog_new:
 *
 * Returns: (transfer floating): a dialog that says which program this is, and whose
 */
AdwDialog *
psl_about_dialog_new (void)
{
  static const char *const developers[] = { "The Passerelle developers", NULL };
  AdwDialog *dialog = adw_about_dialog_new ();
  AdwAboutDialog *about = ADW_ABOUT_DIALOG (dialog);

  adw_about_dialog_set_application_icon (about, APPLICATION_ID);
  adw_about_dialog_set_application_name (about, "Passerelle");
  adw_about_dialog_set_version (about, PACKAGE_VERSION);
  adw_about_dialog_set_developer_name (about, developers[0]);
  adw_about_dialog_set_developers (about, (const char **) developers);
  adw_about_dialog_set_comments (about, _("Projects and offices of a migration organisation, in French and in English"));
  adw_about_dialog_set_copyright (about, "© 2026 The Passerelle developers");
  adw_about_dialog_set_license_type (about, GTK_LICENSE_GPL_3_0);
  /* Translators: your names, one a line, for the about dialog */
  adw_about_dialog_set_translator_credits (about, _("translator-credits"));
  adw_about_dialog_add_legal_section (about, _("Names of countries and areas"),
                                      _("United Nations, M49 and UNTERM"),
                                      GTK_LICENSE_CUSTOM, NULL);

  return dialog;
}
