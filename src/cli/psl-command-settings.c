/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"
#include "psl-kinds.h"

#include <glib/gi18n-lib.h>

#include "psl-kind-settings.h"
#include "psl-codelist.h"
#include "psl-table.h"
#include "psl-terminal.h"
#include "psl-text-language.h"

static void
add_settings (PslTable               *table,
              const PslKind          *kind,
              const PslSettingValues *values)
{
  for (const PslSetting *setting = kind->settings->settings; setting->field.name != NULL; setting++)
    {
      const char *value = psl_setting_values_get (values, kind, setting->field.name);
      g_autofree char *name = g_strdup_printf ("%s.%s", kind->name, setting->field.name);
      g_autofree char *label = psl_setting_dup_name (setting);
      g_autofree char *shown = psl_setting_edit_text (setting, value);

      psl_table_add (table, name);
      psl_table_add (table, label);
      psl_table_add (table, shown);
    }
}

static void
add_languages (PslTable           *table,
               const PslCodelists *codelists)
{
  g_autofree const char **languages = psl_text_languages_list (codelists);
  g_autofree char *shown = g_strjoinv (", ", (char **) languages);

  psl_table_add (table, PSL_TEXT_LANGUAGES);
  psl_table_add (table, psl_code_get_name (psl_codelist_find (psl_codelist_get_default ("list"), PSL_TEXT_LANGUAGES), NULL));
  psl_table_add (table, shown);
}

static PslExit
run_settings (PslCli             *cli,
              const char *const  *arguments)
{
  g_autoptr (PslSettingValues) values = psl_kind_settings_load_default ();
  g_autoptr (PslTable) table = psl_table_new (3);
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!psl_cli_open_if_there (cli, &store, &error))
    return psl_cli_fail (cli, error);
  psl_table_add (table, _("Name"));
  psl_table_add (table, _("Label"));
  psl_table_add (table, _("Value"));
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      if (psl_kinds[i]->settings != NULL)
        add_settings (table, psl_kinds[i], values);
    }
  add_languages (table, psl_cli_get_codelists (store));
  text = psl_table_to_text (table, psl_terminal_get_width (), 2);
  psl_cli_print (cli, "%s", text);
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_settings = {
  .name = "settings",
  .arguments = "",
  .summary = N_("Lists what the checks go by, as chosen in the preferences, and the register’s languages"),
  .details = N_("“entry language CODE” adds a language whose texts stand side by side with the others (--add), "
                "moves it (--move) or takes it away (--withdraw)."),
  .run = run_settings,
};
