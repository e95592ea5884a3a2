/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-languages.h"
#include "psl-where.h"

static PslExit
run_new (PslCli             *cli,
         const char *const  *arguments)
{
  const PslKind *kind = psl_cli_find_kind (cli, arguments[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autofree char *title = NULL;
  gint64 rid;

  if (kind == NULL)
    return PSL_EXIT_USAGE;
  store = psl_cli_open (cli, PSL_STORE_CREATE, &error);
  if (store == NULL)
    return psl_cli_fail (cli, error);

  record = psl_record_new (kind, 0, NULL);
  for (const char *const *argument = arguments + 1; *argument != NULL; argument++)
    {
      const char *equals = strchr (*argument, '=');
      g_autofree char *name = equals != NULL ? g_strndup (*argument, (gsize) (equals - *argument)) : NULL;
      g_autofree char *value = NULL;
      const PslField *field;
      const char *language;

      if (equals == NULL)
        return psl_cli_usage (cli, _("“%s” does not give a field a value: write FIELD=VALUE."), *argument);
      field = psl_cli_find_field (cli, kind, name, &language);
      if (field == NULL)
        return PSL_EXIT_USAGE;
      value = psl_where_read_value (store, field, equals + 1, &error);
      if (error != NULL)
        {
          psl_cli_complain (cli, "%s: %s", name, error->message);
          return PSL_EXIT_REFUSED;
        }
      psl_record_set (record, field, language, value);
    }

  title = psl_record_dup_title (record, psl_store_get_codelists (store), psl_language_get_interface ());
  if (!psl_store_begin (store, PSL_VERB_CREATE, title, &error))
    return psl_cli_fail (cli, error);
  rid = psl_store_insert (store, record, &error);
  if (rid == 0)
    {
      psl_store_rollback (store);
      return psl_cli_fail (cli, error);
    }
  if (psl_store_commit (store, &error) < 0)
    return psl_cli_fail (cli, error);

  g_clear_object (&record);
  record = psl_store_read (store, rid, &error);
  if (record == NULL)
    return psl_cli_fail (cli, error);
  psl_cli_print (cli, "%s\n", psl_record_get_id (record));
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_new = {
  .name = "new",
  .arguments = N_("KIND [FIELD=VALUE…]"),
  .summary = N_("Makes a record and writes its UUID"),
  .details = N_("FIELD and VALUE are as for “set”."),
  .n_arguments = 1,
  .n_more = -1,
  .run = run_new,
};
