/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

static PslExit
run_recover (PslCli             *cli,
             const char *const  *arguments)
{
  return psl_cli_set_state (cli, arguments[0], PSL_RECORD_LIVE, PSL_VERB_RESTORE);
}

const PslCommand psl_command_recover = {
  .name = "recover",
  .arguments = "ID",
  .summary = N_("Takes a record out of the trash"),
  .n_arguments = 1,
  .run = run_recover,
};
