/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

static PslExit
run_undo (PslCli             *cli,
          const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_NONE, &error);
  PslAction *action = NULL;
  g_autofree char *description = NULL;

  if (store == NULL || psl_store_undo (store, 0, &action, &error) == 0)
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
  .run = run_undo,
};
