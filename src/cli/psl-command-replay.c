/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-travel.h"

static PslExit
run_replay (PslCli             *cli,
            const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (arguments[0]);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  g_autoptr (PslStore) store = stream != NULL ? psl_cli_open (cli, PSL_STORE_CREATE, &error) : NULL;
  g_autoptr (GPtrArray) conflicts = NULL;
  gint64 n = store != NULL ? psl_store_replay (store, G_INPUT_STREAM (stream), &error) : -1;

  if (n >= 0)
    conflicts = psl_store_list_conflicts (store, &error);
  if (conflicts == NULL)
    return psl_cli_fail (cli, error);
  if (cli->made_register)
    {
      /* Translators: the name of a file */
      psl_cli_print (cli, _("The register %s is new."), cli->path);
      psl_cli_print (cli, "\n");
    }
  psl_cli_print (cli, g_dngettext (GETTEXT_PACKAGE, "%u action taken over.", "%u actions taken over.", (guint) n), (guint) n);
  psl_cli_print (cli, "\n");
  if (conflicts->len > 0)
    {
      psl_cli_print (cli, g_dngettext (GETTEXT_PACKAGE, "%u value was changed apart; “check” names it.",
                                       "%u values were changed apart; “check” names them.", conflicts->len), conflicts->len);
      psl_cli_print (cli, "\n");
    }
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_replay = {
  .name = "replay",
  .arguments = N_("FILE"),
  .n_arguments = 1,
  .summary = N_("Takes over what was done in another register"),
  .details = N_("All that “actions” wrote there, or nothing. What is here already is left out. A value that\n"
                "was changed in both keeps both until somebody decides: “check” names it, “resolve” decides.\n"
                "Where there is no register yet, one is made, with a UUID of its own."),
  .run = run_replay,
};
