/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-languages.h"
#include "psl-where.h"

/* The present value; %NULL for parts that no value lists, like remarks. */
static const char *
get_present (PslRecord      *record,
             const PslField *field,
             const char     *language)
{
  return field->type != PSL_FIELD_TYPE_PARTS || psl_field_lists_parts (field)
         ? psl_record_get (record, field, language) : NULL;
}

static PslExit
run_set (PslCli             *cli,
         const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autofree char *value = NULL;
  const PslField *field;
  const char *language;
  PslExit status;
  g_autoptr (PslStore) store = psl_cli_open_field (cli, arguments, &record, &field, &language, &status);

  if (store == NULL)
    return status;
  if (psl_record_get_state (record) == PSL_RECORD_TRASHED)
    {
      g_autofree char *title = psl_record_dup_title (record, psl_store_get_codelists (store), psl_language_get_interface ());

      psl_cli_complain (cli, _("“%s” is in the trash. “recover” takes it out."), title);
      return PSL_EXIT_REFUSED;
    }

  value = field->type == PSL_FIELD_TYPE_LINK
          ? psl_where_read_value (store, field, arguments[2], &error)
          : psl_field_read_over (field, psl_store_get_codelists (store), arguments[2],
                                 get_present (record, field, language), FALSE, &error);
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
