/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

static PslExit
run_delete (PslCli             *cli,
            const char *const  *arguments)
{
  return psl_cli_set_state (cli, arguments[0], PSL_RECORD_TRASHED, PSL_VERB_TRASH);
}

const PslCommand psl_command_delete = {
  .name = "delete",
  .arguments = "ID",
  .summary = N_("Puts a record into the trash"),
  .details = N_("“recover” takes it out again, and so does “undo”."),
  .n_arguments = 1,
  .run = run_delete,
};
