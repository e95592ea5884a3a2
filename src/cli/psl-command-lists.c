/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-language-name.h"
#include "psl-languages.h"
#include "psl-table.h"
#include "psl-text-language.h"

static gboolean json_option;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json_option, N_("As JSON"), NULL },
  { NULL },
};

static void
print_table (PslCli   *cli,
             PslTable *table)
{
  g_autofree char *text = psl_table_to_text (table, 0, 0);

  psl_cli_print (cli, "%s", text);
}

static void
add_name_to_json (JsonBuilder *builder,
                  const char  *language,
                  const char  *name)
{
  g_autofree char *member = g_strconcat ("name_", language, NULL);

  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, name);
}

static void
add_to_json (JsonBuilder       *builder,
             const PslCodelist *list,
             guint              nth)
{
  const PslCode *code = psl_codelist_get_nth (list, nth);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_string_value (builder, code->code);
  for (guint i = 0; psl_languages[i] != NULL; i++)
    add_name_to_json (builder, psl_languages[i], psl_code_get_name (code, psl_languages[i]));
  for (guint i = 0; i < psl_names_get_n (code->names); i++)
    {
      const char *language;
      const char *name = psl_names_get_nth (code->names, i, &language);

      if (!g_strv_contains (psl_languages, language))
        add_name_to_json (builder, language, name);
    }
  json_builder_set_member_name (builder, "aliases");
  json_builder_begin_array (builder);
  for (gsize i = 0; code->aliases != NULL && code->aliases[i] != NULL; i++)
    json_builder_add_string_value (builder, code->aliases[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "parent");
  if (code->parent != NULL)
    json_builder_add_string_value (builder, code->parent);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "withdrawn");
  json_builder_add_boolean_value (builder, code->withdrawn);
  json_builder_end_object (builder);
}

static void
print_json (PslCli            *cli,
            const PslCodelist *list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < psl_codelist_get_n (list); i++)
    add_to_json (builder, list, i);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  psl_cli_print_json (cli, root);
}

/* One column for each language whose texts stand side by side in the register. */
static void
print_entries (PslCli             *cli,
               const PslCodelists *codelists,
               const PslCodelist  *list)
{
  g_autofree const char **languages = psl_text_languages_list (codelists);
  g_autoptr (PslTable) table = psl_table_new (2 + g_strv_length ((GStrv) languages));

  psl_table_add (table, _("Code"));
  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *label = psl_language_dup_label (languages[i], psl_language_get_interface ());

      psl_table_add (table, label);
    }
  psl_table_add (table, _("Status"));
  for (guint i = 0; i < psl_codelist_get_n (list); i++)
    {
      const PslCode *code = psl_codelist_get_nth (list, i);

      psl_table_add (table, code->code);
      for (guint j = 0; languages[j] != NULL; j++)
        {
          const char *name = psl_names_get (code->names, languages[j]);

          psl_table_add (table, name != NULL ? name : "");
        }
      psl_table_add (table, code->withdrawn ? C_("list entry", "withdrawn") : "");
    }
  print_table (cli, table);
}

static void
print_lists (PslCli *cli)
{
  const PslCodelist *lists = psl_codelist_get_default ("list");
  g_autoptr (PslTable) table = psl_table_new (3);

  psl_table_add (table, _("Name"));
  psl_table_add (table, _("Label"));
  psl_table_add (table, _("Can be changed"));
  for (guint i = 0; i < psl_codelist_get_n (lists); i++)
    {
      const PslCode *list = psl_codelist_get_nth (lists, i);

      psl_table_add (table, list->code);
      psl_table_add (table, psl_code_get_name (list, NULL));
      psl_table_add (table, psl_codelist_is_extensible (psl_codelist_get_default (list->code)) ? _("yes") : _("no"));
    }
  print_table (cli, table);
}

static PslExit
run_lists (PslCli             *cli,
           const char *const  *arguments)
{
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;
  const PslCodelists *codelists;
  const PslCodelist *list;

  if (arguments[0] == NULL)
    {
      if (json_option)
        return psl_cli_usage (cli, _("With --json, name a list."));
      print_lists (cli);
      return PSL_EXIT_DONE;
    }
  if (psl_codelist_get_default (arguments[0]) == NULL)
    return psl_cli_usage (cli, _("There is no list “%s”. “lists” names them."), arguments[0]);
  if (!psl_cli_open_if_there (cli, &store, &error))
    return psl_cli_fail (cli, error);
  codelists = psl_cli_get_codelists (store);
  list = psl_codelists_get_list (codelists, arguments[0]);
  if (json_option)
    print_json (cli, list);
  else
    print_entries (cli, codelists, list);
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_lists = {
  .name = "lists",
  .arguments = N_("[LIST]"),
  .summary = N_("Names the code lists, or the entries of one"),
  .details = N_("“entry” changes the entries of those that can be changed. What the register says of entries is exported by "
                "“export FILE --kind entry” and imported like all records."),
  .n_more = 1,
  .entries = entries,
  .run = run_lists,
};
