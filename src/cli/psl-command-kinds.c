/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"
#include "psl-kinds.h"

#include <glib/gi18n-lib.h>

#include "psl-table.h"

static PslExit
run_kinds (PslCli             *cli,
           const char *const  *arguments)
{
  g_autoptr (PslTable) table = psl_table_new (2);
  g_autofree char *text = NULL;

  psl_table_add (table, _("Name"));
  psl_table_add (table, _("Records"));
  for (int i = 0; psl_kinds[i] != NULL; i++)
    {
      psl_table_add (table, psl_kinds[i]->name);
      psl_table_add (table, psl_kind_get_label_plural (psl_kinds[i]));
    }
  text = psl_table_to_text (table, 0, 0);
  psl_cli_print (cli, "%s", text);
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_kinds = {
  .name = "kinds",
  .arguments = "",
  .summary = N_("Lists the kinds of records"),
  .run = run_kinds,
};
