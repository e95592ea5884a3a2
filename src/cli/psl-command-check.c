/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-check.h"
#include "psl-check-head.h"
#include "psl-error.h"
#include "psl-head-note.h"
#include "psl-kind-settings.h"

static gboolean head_option;
static gboolean json_option;

static const GOptionEntry entries[] = {
  { "head", 0, 0, G_OPTION_ARG_NONE, &head_option,
    N_("Show the last action’s hash, to be noted elsewhere; or look for a hash that was noted"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json_option, N_("As JSON"), NULL },
  G_OPTION_ENTRY_NULL
};

static void
print_finding (PslCli           *cli,
               const PslFinding *finding)
{
  const char *level = psl_finding_level_get_label (finding->level);
  g_autofree char *name = finding->field != NULL ? psl_field_dup_text_name (finding->field, finding->language) : NULL;

  if (finding->title != NULL && name != NULL)
    /* Translators: how bad it is, the title and UUID of a record, a field, and what is wrong */
    psl_cli_print (cli, C_("finding", "%s: %s (%s): %s: %s"), level, finding->title, finding->id,
                   name, finding->message);
  else if (finding->title != NULL)
    psl_cli_print (cli, C_("finding", "%s: %s (%s): %s"), level, finding->title, finding->id, finding->message);
  else
    psl_cli_print (cli, C_("finding", "%s: %s"), level, finding->message);
  psl_cli_print (cli, "\n");
}

static void
set_string (JsonObject *object,
            const char *name,
            const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
finding_to_json (const PslFinding *finding)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "level", psl_finding_level_get_name (finding->level));
  set_string (object, "record", finding->id);
  set_string (object, "kind", finding->kind != NULL ? finding->kind->name : NULL);
  set_string (object, "title", finding->title);
  set_string (object, "field", finding->field != NULL ? finding->field->name : NULL);
  set_string (object, "language", finding->language);
  json_object_set_string_member (object, "message", finding->message);
  return object;
}

static guint
count_level (GPtrArray       *findings,
             PslFindingLevel  level)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += ((const PslFinding *) g_ptr_array_index (findings, i))->level == level;
  return n;
}

static void
print_json (PslCli    *cli,
            GPtrArray *findings)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < findings->len; i++)
    json_array_add_object_element (array, finding_to_json (g_ptr_array_index (findings, i)));
  json_node_init_array (node, array);
  psl_cli_print_json (cli, node);
}

static void
print_text (PslCli    *cli,
            GPtrArray *findings)
{
  guint n_to_look_at = count_level (findings, PSL_FINDING_TO_LOOK_AT);

  for (guint i = 0; i < findings->len; i++)
    print_finding (cli, g_ptr_array_index (findings, i));
  if (findings->len == 0)
    psl_cli_print (cli, "%s\n", _("Nothing is wrong."));
  if (n_to_look_at == 0 || count_level (findings, PSL_FINDING_DAMAGE) > 0)
    return;
  psl_cli_print (cli, g_dngettext (GETTEXT_PACKAGE, "The register is whole; %u value is to be looked at.",
                                   "The register is whole; %u values are to be looked at.", n_to_look_at),
                 n_to_look_at);
  psl_cli_print (cli, "\n");
}

/* Says why the program does not end with 0. */
static PslExit
conclude (PslCli    *cli,
          GPtrArray *findings)
{
  if (count_level (findings, PSL_FINDING_DAMAGE) > 0)
    {
      psl_cli_complain (cli, _("The register is damaged. “restore” puts a backup in its place."));
      return PSL_EXIT_REFUSED;
    }
  if (count_level (findings, PSL_FINDING_DERIVED) > 0)
    {
      psl_cli_complain (cli, _("No word is lost. What searching and sorting need is to be made again in the places above."));
      return PSL_EXIT_TO_MAKE_AGAIN;
    }
  return PSL_EXIT_DONE;
}

/* Prints the head of the journal, which then stays as it is noted. */
static PslExit
print_head (PslCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_NONE, &error);
  g_autofree char *line = store != NULL ? psl_store_seal_head (store, &error) : NULL;

  if (line == NULL)
    return psl_cli_fail (cli, error);
  psl_cli_print (cli, "%s\n", line);
  return PSL_EXIT_DONE;
}

/* Looks for a hash that was noted elsewhere.
 * @words: the hash, or the words of a whole note */
static PslExit
find_head (PslCli             *cli,
           const char *const  *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = NULL;
  g_autofree char *noted = g_strjoinv (" ", (char **) words);
  g_autofree char *name = NULL;

  if (!psl_check_head_is_valid (noted))
    return psl_cli_usage (cli, _("“%s” is neither a hash nor a line of “check --head”."), noted);
  store = psl_cli_open (cli, PSL_STORE_READ_ONLY, &error);
  if (store != NULL)
    name = psl_check_head (store, noted, &error);
  if (name != NULL)
    {
      /* Translators: a number and, in parentheses, what the action did and when. */
      psl_cli_print (cli, _("The history has this hash, of action %s, and is whole up to there."), name);
      psl_cli_print (cli, "\n");
      return PSL_EXIT_DONE;
    }
  psl_cli_fail (cli, error);
  return store != NULL && g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND) ? PSL_EXIT_NOT_FOUND
                                                                                                   : PSL_EXIT_REFUSED;
}

static PslExit
check_register (PslCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_READ_ONLY, &error);
  g_autoptr (PslSettingValues) settings = psl_kind_settings_load_default ();
  g_autoptr (GPtrArray) findings = store != NULL ? psl_check_integrity (store, NULL, &error) : NULL;
  g_autoptr (GPtrArray) warnings = NULL;

  if (findings != NULL)
    warnings = psl_check_rules (store, settings, NULL, NULL, NULL, &error);
  if (warnings == NULL)
    return psl_cli_fail (cli, error);
  g_ptr_array_extend_and_steal (findings, g_steal_pointer (&warnings));
  if (json_option)
    print_json (cli, findings);
  else
    print_text (cli, findings);
  return conclude (cli, findings);
}

static PslExit
run_check (PslCli             *cli,
           const char *const  *arguments)
{
  if (!head_option && arguments[0] != NULL)
    return psl_cli_usage (cli, _("A hash is looked for with “--head”."));
  if (head_option && json_option)
    return psl_cli_usage (cli, _("“--head” and “--json” don’t go together."));
  if (!head_option)
    return check_register (cli);
  return arguments[0] != NULL ? find_head (cli, arguments) : print_head (cli);
}

const PslCommand psl_command_check = {
  .name = "check",
  .arguments = N_("[--head [HASH]]"),
  .summary = N_("Checks the register’s file, and the records against the rules"),
  .details = N_("Ends with 0 where nothing is damaged, 1 where words are lost or altered, and 3 where only\n"
                "what follows from the records (search, order of lists) is to be made again.\n"
                "Values that break a rule are listed and allowed. In JSON these three levels are\n"
                "“damage”, “derived” and “to-look-at”.\n"
                "With --head it shows the hash of the last action on a line that can be noted elsewhere\n"
                "or, with such a line or hash, says whether the history still has it: 4 where not."),
  .n_more = 3,
  .entries = entries,
  .run = run_check,
};
