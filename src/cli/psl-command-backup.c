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
run_backup (PslCli             *cli,
            const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_READ_ONLY, &error);
  g_autofree char *path = psl_file_dup_path (arguments[0]);

  if (store == NULL)
    return psl_cli_fail (cli, error);
  if (!psl_backup_create (store, path, NULL, &error))
    {
      psl_cli_complain (cli, "%s: %s", arguments[0], error->message);
      return PSL_EXIT_REFUSED;
    }
  psl_cli_print (cli, _("%s: backup written and checked."), arguments[0]);
  psl_cli_print (cli, "\n");
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_backup = {
  .name = "backup",
  .arguments = N_("FILE"),
  .summary = N_("Writes a copy of the register"),
  .details = N_("The copy is whole whoever else works on the register. An existing FILE is replaced once the copy is whole."),
  .n_arguments = 1,
  .run = run_backup,
};
