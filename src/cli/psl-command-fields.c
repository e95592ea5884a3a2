/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-money.h"
#include "psl-table.h"
#include "psl-terminal.h"
#include "psl-text-language.h"

/* Describes the values of a field for people who write them. */
static char *
describe_type (const PslField *field)
{
  g_autofree char *example = NULL;

  switch (field->type)
    {
    case PSL_FIELD_TYPE_TEXT:
    case PSL_FIELD_TYPE_LONG_TEXT:
      return g_strdup (C_("field type", "text"));
    case PSL_FIELD_TYPE_IDENTIFIER:
      return g_strdup (C_("field type", "identifier"));
    case PSL_FIELD_TYPE_DATE:
      return g_strdup (C_("field type", "date: 2020, 2020-05 or 2020-05-17"));
    case PSL_FIELD_TYPE_YEAR:
      return g_strdup (C_("field type", "year"));
    case PSL_FIELD_TYPE_INTEGER:
      return g_strdup (C_("field type", "whole number"));
    case PSL_FIELD_TYPE_DECIMAL:
      return g_strdup (C_("field type", "number"));
    case PSL_FIELD_TYPE_MONEY:
      example = psl_money_dup_example ();
      return g_strdup_printf (C_("field type", "amount and currency: %s"), example);
    case PSL_FIELD_TYPE_CODE:
      return g_strdup_printf (C_("field type", "code of the list “%s”"), field->codelist);
    case PSL_FIELD_TYPE_LINK:
      if (field->target == NULL)
        return g_strdup (C_("field type", "link to a record of any kind"));
      return g_strdup_printf (C_("field type", "link to a record of the kind “%s”"), field->target->name);
    case PSL_FIELD_TYPE_EMAIL:
      return g_strdup (C_("field type", "e-mail address"));
    case PSL_FIELD_TYPE_URL:
      return g_strdup (C_("field type", "web address"));
    case PSL_FIELD_TYPE_PHONE:
      return g_strdup (C_("field type", "telephone number"));
    case PSL_FIELD_TYPE_LATITUDE:
    case PSL_FIELD_TYPE_LONGITUDE:
      return g_strdup (C_("field type", "decimal degrees"));
    case PSL_FIELD_TYPE_ROWS:
      if (field->flags & PSL_FIELD_FLAT)
        return g_strdup_printf (C_("field type", "codes of the list “%s”: A;B"), field->rows->codelist);
      return g_strdup (C_("field type", "list of entries, as JSON"));
    case PSL_FIELD_TYPE_PARTS:
      return g_strdup_printf (C_("field type", "records of the kind “%s” that belong to this one"), field->target->name);
    default:
      g_assert_not_reached ();
    }
}

static void
add_field (PslTable       *table,
           const char     *name,
           const PslField *field)
{
  g_autofree char *type = describe_type (field);

  psl_table_add (table, name);
  psl_table_add (table, psl_field_get_label (field));
  psl_table_add (table, type);
}

static PslExit
run_fields (PslCli             *cli,
            const char *const  *arguments)
{
  const PslKind *kind = psl_cli_find_kind (cli, arguments[0]);
  g_autoptr (PslTable) table = psl_table_new (3);
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree const char **languages = NULL;
  g_autofree char *text = NULL;

  if (kind == NULL)
    return PSL_EXIT_USAGE;
  if (!psl_cli_open_if_there (cli, &store, &error))
    return psl_cli_fail (cli, error);
  languages = psl_text_languages_list (psl_cli_get_codelists (store));
  psl_table_add (table, _("Name"));
  psl_table_add (table, _("Label"));
  psl_table_add (table, _("Value"));
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      gboolean multilingual = (field->flags & PSL_FIELD_MULTILINGUAL) != 0;

      for (int i = 0; languages[i] != NULL && (i == 0 || multilingual); i++)
        {
          g_autofree char *name = psl_field_dup_text_name (field, multilingual ? languages[i] : NULL);

          add_field (table, name, field);
        }
      if (field->rows == NULL || (field->flags & PSL_FIELD_FLAT))
        continue;
      for (const PslField *part = field->rows; part->name != NULL; part++)
        {
          g_autofree char *name = g_strdup_printf ("%s.%s", field->name, part->name);

          add_field (table, name, part);
        }
    }
  if (kind->remarks != NULL)
    add_field (table, kind->remarks->name, kind->remarks);
  text = psl_table_to_text (table, psl_terminal_get_width (), 2);
  psl_cli_print (cli, "%s", text);
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_fields = {
  .name = "fields",
  .arguments = "KIND",
  .summary = N_("Lists the fields of a kind"),
  .details = N_("A text in several languages has the tag of one behind its name: title_fr, title_en, title_es, title_pt-BR. "
                "Those of any language are kept; “entry language” sets which stand side by side."),
  .n_arguments = 1,
  .run = run_fields,
};
