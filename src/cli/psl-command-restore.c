/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-backup.h"
#include "psl-file.h"

static PslExit
run_restore (PslCli             *cli,
             const char *const  *arguments)
{
  g_autofree char *path = psl_file_dup_path (arguments[0]);
  g_autoptr (GError) error = NULL;
  g_autofree char *set_aside = NULL;

  if (!psl_backup_restore (cli->path, path, NULL, &set_aside, &error))
    {
      psl_cli_complain (cli, "%s: %s", arguments[0], error->message);
      return PSL_EXIT_REFUSED;
    }
  psl_cli_print (cli, _("%s: restored."), arguments[0]);
  psl_cli_print (cli, "\n");
  if (set_aside != NULL)
    {
      psl_cli_print (cli, _("What was there before is kept in %s."), set_aside);
      psl_cli_print (cli, "\n");
    }
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_restore = {
  .name = "restore",
  .arguments = N_("FILE"),
  .summary = N_("Puts a backup in the place of the register"),
  .details = N_("FILE is checked first. What was there before is kept."),
  .n_arguments = 1,
  .run = run_restore,
};
