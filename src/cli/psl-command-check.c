/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-check.h"
#include "psl-kind-settings.h"

static void
print_finding (PslCli           *cli,
               const PslFinding *finding)
{
  const char *level = finding->damage ? _("damage") : _("to be looked at");
  g_autofree char *name = finding->field != NULL ? psl_field_dup_text_name (finding->field, finding->language) : NULL;

  if (finding->title != NULL && name != NULL)
    /* Translators: how bad it is, the title and UUID of a record, a field, and what is wrong */
    psl_cli_print (cli, C_("finding", "%s: %s (%s): %s: %s"), level, finding->title, finding->id,
                   name, finding->message);
  else if (finding->title != NULL)
    psl_cli_print (cli, C_("finding", "%s: %s (%s): %s"), level, finding->title, finding->id, finding->message);
  else
    psl_cli_print (cli, C_("finding", "%s: %s"), level, finding->message);
  psl_cli_print (cli, "\n");
}

static void
print_findings (PslCli    *cli,
                GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    print_finding (cli, g_ptr_array_index (findings, i));
}

static PslExit
run_check (PslCli             *cli,
           const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_READ_ONLY, &error);
  g_autoptr (GPtrArray) damage = store != NULL ? psl_check_integrity (store, NULL, &error) : NULL;
  g_autoptr (PslSettingValues) settings = psl_kind_settings_load_default ();
  g_autoptr (GPtrArray) warnings = NULL;

  if (damage == NULL)
    return psl_cli_fail (cli, error);
  print_findings (cli, damage);
  warnings = psl_check_rules (store, settings, NULL, NULL, NULL, &error);
  if (warnings == NULL)
    return psl_cli_fail (cli, error);
  print_findings (cli, warnings);

  if (damage->len > 0)
    {
      psl_cli_complain (cli, _("The register is damaged. “restore” puts a backup in its place."));
      return PSL_EXIT_REFUSED;
    }
  if (warnings->len == 0)
    psl_cli_print (cli, "%s\n", _("Nothing is wrong."));
  else
    {
      psl_cli_print (cli, g_dngettext (GETTEXT_PACKAGE, "The register is whole; %u value is to be looked at.",
                                       "The register is whole; %u values are to be looked at.", warnings->len),
                     warnings->len);
      psl_cli_print (cli, "\n");
    }
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_check = {
  .name = "check",
  .arguments = "",
  .summary = N_("Checks the register’s file, and the records against the rules"),
  .details = N_("Ends with 1 where the file is damaged. Values that break a rule are listed and allowed."),
  .run = run_check,
};
