/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

static gint64 action_option;

static const GOptionEntry entries[] = {
  { "action", 0, 0, G_OPTION_ARG_INT64, &action_option, N_("The action to take back, by its number in “history --json”"), N_("N") },
  { NULL },
};

static PslExit
run_undo (PslCli             *cli,
          const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_NONE, &error);
  PslAction *action = NULL;
  g_autofree char *description = NULL;

  if (store == NULL || psl_store_undo (store, action_option, &action, &error) == 0)
    return psl_cli_fail (cli, error);
  description = psl_action_describe (action);
  psl_cli_print (cli, _("Undone: %s"), description);
  psl_cli_print (cli, "\n");
  psl_action_free (action);
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_undo = {
  .name = "undo",
  .arguments = "",
  .summary = N_("Takes back the last action"),
  .details = N_("The last one that was done here; of another register, only what “--action” names."),
  .entries = entries,
  .run = run_undo,
};
