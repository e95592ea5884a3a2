/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-languages.h"
#include "psl-store-entry.h"

static gboolean add_option;
static char *french_option;
static char *english_option;
static char **name_option;
static char **alias_option;
static gboolean withdraw_option;
static gboolean restore_option;
static gint move_option;

static const GOptionEntry entries[] = {
  { "add", 0, 0, G_OPTION_ARG_NONE, &add_option, N_("Add the entry, which the list does not have yet"), NULL },
  { "name-fr", 0, 0, G_OPTION_ARG_FILENAME, &french_option, N_("Its name in French"), N_("NAME") },
  { "name-en", 0, 0, G_OPTION_ARG_FILENAME, &english_option, N_("Its name in English"), N_("NAME") },
  { "name", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &name_option,
    N_("Its name in a language, by its tag: es=Nombre. May be repeated"), N_("LANGUAGE=NAME") },
  { "alias", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &alias_option,
    N_("Another name that it is known by, in place of those before. May be repeated"), N_("NAME") },
  { "withdraw", 0, 0, G_OPTION_ARG_NONE, &withdraw_option, N_("Do not offer it any more; records keep it"), NULL },
  { "restore", 0, 0, G_OPTION_ARG_NONE, &restore_option, N_("Offer it again"), NULL },
  { "move", 0, 0, G_OPTION_ARG_INT, &move_option, N_("By how many places it goes down, or up where below zero"), N_("N") },
  { NULL },
};

/* Takes the names that are given as LANGUAGE=NAME; FALSE where one is not. */
static gboolean
take_names (PslCli        *cli,
            PslEntryEdit  *edit)
{
  for (gsize i = 0; name_option != NULL && name_option[i] != NULL; i++)
    {
      const char *equals = strchr (name_option[i], '=');
      g_autofree char *tag = equals != NULL ? g_strndup (name_option[i], (gsize) (equals - name_option[i])) : NULL;
      const char *language = tag != NULL ? psl_language_parse_known (tag) : NULL;

      if (language == NULL)
        {
          psl_cli_usage (cli, _("“%s” does not give a name in a language: write es=NAME."), name_option[i]);
          return FALSE;
        }
      psl_names_set (&edit->names, language, equals + 1);
    }
  return TRUE;
}

static PslEntryEdit *
make_edit (const char *list,
           const char *code)
{
  PslEntryEdit *edit = psl_entry_edit_new (list, code);

  edit->is_new = add_option;
  psl_names_set (&edit->names, "fr", french_option);
  psl_names_set (&edit->names, "en", english_option);
  edit->aliases = alias_option != NULL ? g_strjoinv ("\n", alias_option) : NULL;
  edit->move = move_option;
  if (withdraw_option)
    edit->status = PSL_CODE_STATUS_WITHDRAWN;
  else if (restore_option)
    edit->status = PSL_CODE_STATUS_IN_USE;
  return edit;
}

static PslExit
run_entry (PslCli             *cli,
           const char *const  *arguments)
{
  g_autoptr (PslEntryEdit) edit = make_edit (arguments[0], arguments[1]);
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (!take_names (cli, edit))
    return PSL_EXIT_USAGE;
  if (withdraw_option && restore_option)
    return psl_cli_usage (cli, _("An entry can’t be withdrawn and restored at once."));
  store = psl_cli_open (cli, PSL_STORE_CREATE, &error);
  if (store == NULL || psl_store_edit_entry (store, edit, &error) < 0)
    return psl_cli_fail (cli, error);
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_entry = {
  .name = "entry",
  .arguments = N_("LIST CODE"),
  .summary = N_("Adds, renames, moves or withdraws an entry of a code list"),
  .details = N_("“lists” names the lists and says which can be changed. An empty name (\"\") brings that of the program back."),
  .n_arguments = 2,
  .entries = entries,
  .run = run_entry,
};
