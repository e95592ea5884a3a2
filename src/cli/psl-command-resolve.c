/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-error.h"
#include "psl-travel.h"

/* Decides on what was changed apart; where nothing was, on what imports left open. */
static gboolean
resolve (PslStore        *store,
         gint64           rid,
         const PslField  *field,
         const char      *language,
         const char      *value,
         GError         **error)
{
  g_autoptr (GError) local_error = NULL;

  if (psl_store_resolve (store, rid, field, language, value, &local_error))
    return TRUE;
  if (field != NULL && g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING))
    return psl_store_settle_field (store, rid, field, language, value, error) > 0;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static PslExit
run_resolve (PslCli             *cli,
             const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_NONE, &error);
  g_autoptr (PslRecord) record = store != NULL ? psl_cli_read_record (store, arguments[0], &error) : NULL;
  const PslField *field = NULL;
  const char *language = NULL;

  if (record == NULL)
    return psl_cli_fail (cli, error);
  if (strcmp (arguments[1], PSL_CLI_STATE) != 0)
    {
      field = psl_cli_find_field (cli, psl_record_get_kind (record), arguments[1], &language);
      if (field == NULL)
        return PSL_EXIT_USAGE;
    }
  else if (strcmp (arguments[2], "live") != 0 && strcmp (arguments[2], "trashed") != 0)
    {
      return psl_cli_usage (cli, _("“%s” is no state: it is live or trashed."), arguments[2]);
    }
  return resolve (store, psl_record_get_rid (record), field, language, arguments[2], &error)
         ? PSL_EXIT_DONE : psl_cli_fail (cli, error);
}

const PslCommand psl_command_resolve = {
  .name = "resolve",
  .arguments = N_("ID FIELD VALUE"),
  .summary = N_("Decides on a value that was changed in two registers apart, or that an import left open"),
  .details = N_("“check” and “show” name such values. VALUE is one of them as it stands there, or another\n"
                "one. The decision goes to the other registers with “actions”. FIELD is “state” for a record\n"
                "that was moved to the trash in one place and changed in another; then VALUE is live or trashed."),
  .n_arguments = 3,
  .run = run_resolve,
};
