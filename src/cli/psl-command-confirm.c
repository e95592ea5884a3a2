/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

static PslExit
run_confirm (PslCli             *cli,
             const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = NULL;
  const PslField *field;
  const char *language;
  PslExit status;
  g_autoptr (PslStore) store = psl_cli_open_field (cli, arguments, &record, &field, &language, &status);
  gint64 action;

  if (store == NULL)
    return status;
  action = language != NULL ? psl_store_confirm_text (store, psl_record_get_rid (record), field, language, &error) : 0;
  if (action < 0)
    return psl_cli_fail (cli, error);
  if (action == 0)
    {
      psl_cli_complain (cli, _("%s: This text is not older than another."), arguments[1]);
      return PSL_EXIT_REFUSED;
    }
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_confirm = {
  .name = "confirm",
  .arguments = N_("ID FIELD"),
  .summary = N_("Says that an outdated translation is still right"),
  .details = N_("FIELD is the text that was not changed since the text in another language was: title_en. "
                "“list --where title_en=outdated” lists the records that have such a text."),
  .n_arguments = 2,
  .run = run_confirm,
};
