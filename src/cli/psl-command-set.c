/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-text.h"
#include "psl-where.h"

static PslExit
run_set (PslCli             *cli,
         const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_NONE, &error);
  g_autoptr (PslRecord) record = NULL;
  g_autofree char *value = NULL;
  const PslField *field;
  const char *language;

  if (store != NULL)
    record = psl_cli_read_record (store, arguments[0], &error);
  if (record == NULL)
    return psl_cli_fail (cli, error);
  field = psl_cli_find_field (cli, psl_record_get_kind (record), arguments[1], &language);
  if (field == NULL)
    return PSL_EXIT_USAGE;

  if (psl_record_get_state (record) == PSL_RECORD_TRASHED)
    {
      g_autofree char *title = psl_record_dup_title (record, psl_text_interface_language ());

      psl_cli_complain (cli, _("“%s” is in the trash. “recover” takes it out."), title);
      return PSL_EXIT_REFUSED;
    }

  value = field->type == PSL_FIELD_TYPE_LINK
          ? psl_where_read_value (store, field, arguments[2], &error)
          : psl_field_read_over (field, arguments[2], psl_record_get (record, field, language), FALSE, &error);
  if (error != NULL || !psl_store_edit (store, psl_record_get_rid (record), field, language, value, 0, &error))
    {
      psl_cli_complain (cli, "%s: %s", arguments[1], error->message);
      return PSL_EXIT_REFUSED;
    }
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_set = {
  .name = "set",
  .arguments = N_("ID FIELD VALUE"),
  .summary = N_("Changes a value"),
  .details = N_("FIELD is a field’s name or label: a text in several languages is title_fr or title_en, and title is in the "
                "language of the messages. VALUE is written as people write it: a code or its name in either language, "
                "2020-05 or 17/05/2020, 100 000 USD, MD;PL, and for other lists JSON. An empty VALUE (\"\") takes it away. "
                "A code that no list has is kept where it is written like one: capitals and digits, as in A07 or XQ. "
                "“fields KIND” lists the fields."),
  .n_arguments = 3,
  .run = run_set,
};
