/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "psl-file.h"

static const PslCommand *const commands[] = {
  &psl_command_import,  &psl_command_export, &psl_command_list,    &psl_command_show,  &psl_command_new,
  &psl_command_set,     &psl_command_confirm, &psl_command_delete, &psl_command_recover, &psl_command_trash,
  &psl_command_history, &psl_command_undo,   &psl_command_redo,   &psl_command_check,   &psl_command_identity, &psl_command_backup,
  &psl_command_restore, &psl_command_kinds,  &psl_command_fields,  &psl_command_lists,  &psl_command_entry,
  &psl_command_settings, &psl_command_actions, &psl_command_replay, &psl_command_resolve,
};

static char *register_option;
static char *author_option;
static gboolean anew_option;

static const GOptionEntry common_entries[] = {
  { "register", 'r', 0, G_OPTION_ARG_FILENAME, &register_option, N_("The register to work on"), N_("FILE") },
  { "author", 0, 0, G_OPTION_ARG_FILENAME, &author_option, N_("Who makes the changes, for the history"), N_("NAME") },
  { "anew", 0, 0, G_OPTION_ARG_NONE, &anew_option, N_("Begin an empty register even where a former one is missing"), NULL },
  { NULL },
};

static const PslCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

static void
print_help (void)
{
  g_autofree char *default_path = g_build_filename ("$XDG_DATA_HOME", "passerelle", "register.passerelle", NULL);

  psl_cli_print_text (_("Usage:"));
  psl_cli_print_text ("\n  " PSL_CLI_PROGRAM " ");
  psl_cli_print_text (_("[--register FILE] [--author NAME] COMMAND [ARGUMENT…]"));
  psl_cli_print_text ("\n\n");
  psl_cli_print_text (_("Keeps projects and offices of a migration organisation in a register, in French and in English."));
  psl_cli_print_text ("\n\n");
  psl_cli_print_text (_("Commands:"));
  psl_cli_print_text ("\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *line = g_strdup_printf ("  %-10s %s\n", commands[i]->name, _(commands[i]->summary));

      psl_cli_print_text (line);
    }
  psl_cli_print_text ("\n");
  psl_cli_print_text (_("Options:"));
  psl_cli_print_text ("\n");
  for (const GOptionEntry *entry = common_entries; entry->long_name != NULL; entry++)
    {
      g_autofree char *option = entry->arg_description != NULL
        ? g_strdup_printf ("--%s %s", entry->long_name, _(entry->arg_description))
        : g_strdup_printf ("--%s", entry->long_name);
      g_autofree char *line = g_strdup_printf ("  %-18s %s\n", option, _(entry->description));

      psl_cli_print_text (line);
    }
  {
    g_autofree char *help = g_strdup_printf ("  %-18s %s\n", "--help", _("Shows this help; after a command, that command’s"));
    g_autofree char *version = g_strdup_printf ("  %-18s %s\n\n", "--version", _("Shows the program’s version"));
    g_autofree char *where = g_strdup_printf (_("Without --register it is %s."), default_path);

    psl_cli_print_text (help);
    psl_cli_print_text (version);
    psl_cli_print_text (where);
  }
  psl_cli_print_text ("\n");
  psl_cli_print_text (_("ID is a record’s UUID, or its identifier, such as a project ID, where that is unique."));
  psl_cli_print_text ("\n");
  psl_cli_print_text (_("Ends with 0 when done, 1 when something was refused or failed, 2 when the command is not understood."));
  psl_cli_print_text ("\n");
}

/* The command's options, and the options of all commands. */
static GOptionContext *
make_context (const PslCommand *command)
{
  GOptionContext *context = g_option_context_new (*command->arguments != '\0' ? _(command->arguments) : NULL);
  g_autoptr (GString) summary = g_string_new (_(command->summary));

  if (command->details != NULL)
    g_string_append_printf (summary, "\n\n%s", _(command->details));
  g_option_context_set_summary (context, summary->str);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (command->describe != NULL)
    {
      g_autofree char *description = command->describe ();

      g_option_context_set_description (context, description);
    }
  if (command->entries != NULL)
    g_option_context_add_main_entries (context, command->entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common_entries, GETTEXT_PACKAGE);
  /* Values may begin with a minus sign: a latitude, say. Words that are neither options nor
   * numbers are refused below. */
  g_option_context_set_ignore_unknown_options (context, TRUE);
  return context;
}

static gboolean
looks_like_option (const char *argument)
{
  return argument[0] == '-' && argument[1] != '\0' && !g_ascii_isdigit (argument[1]) && argument[1] != '.' &&
         argument[1] != ',';
}

/* Takes the arguments that are left, as UTF-8. NULL after a complaint. */
static GStrv
collect_arguments (PslCli  *self,
                   int      argc,
                   char   **argv)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean only_arguments = FALSE;
  int n = 0;

  for (int i = 1; i < argc; i++)
    {
      char *text;

      if (!only_arguments && strcmp (argv[i], "--") == 0)
        {
          only_arguments = TRUE;
          continue;
        }
      if (!only_arguments && looks_like_option (argv[i]))
        {
          psl_cli_usage (self, _("“%s” is not an option of this command."), argv[i]);
          return NULL;
        }
      text = psl_cli_dup_text (argv[i]);
      if (text == NULL)
        {
          psl_cli_usage (self, _("An argument is not text in this locale’s character set."));
          return NULL;
        }
      g_strv_builder_take (builder, text);
      n++;
    }

  if (n < self->command->n_arguments)
    {
      psl_cli_usage (self, _("Something is missing after “%s”."), self->command->name);
      return NULL;
    }
  if (self->command->n_more >= 0 && n > self->command->n_arguments + self->command->n_more)
    {
      psl_cli_usage (self, _("There is too much after “%s”."), self->command->name);
      return NULL;
    }
  return g_strv_builder_end (builder);
}

/* Brings a text that an option was given to UTF-8. */
static gboolean
take_text (char **text)
{
  char *utf8;

  if (*text == NULL)
    return TRUE;
  utf8 = psl_cli_dup_text (*text);
  if (utf8 == NULL)
    return FALSE;
  g_free (*text);
  *text = utf8;
  return TRUE;
}

/* Texts are taken from the command line as they are: GLib would refuse accents
 * where the locale has none. */
static gboolean
take_option_texts (PslCli             *self,
                   const GOptionEntry *entries)
{
  gboolean is_text = TRUE;

  for (; entries != NULL && entries->long_name != NULL && is_text; entries++)
    {
      if (entries->arg == G_OPTION_ARG_FILENAME)
        is_text = take_text (entries->arg_data);
      else if (entries->arg == G_OPTION_ARG_FILENAME_ARRAY)
        for (char **text = *(char ***) entries->arg_data; text != NULL && *text != NULL && is_text; text++)
          is_text = take_text (text);
    }
  if (!is_text)
    psl_cli_usage (self, _("An argument is not text in this locale’s character set."));
  return is_text;
}

static PslExit
run_command (PslCli  *self,
             int      argc,
             char   **argv)
{
  g_autoptr (GOptionContext) context = make_context (self->command);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s %s", PSL_CLI_PROGRAM, self->command->name);
  g_auto (GStrv) arguments = NULL;
  PslExit status;

  /* The name of the program in the help. */
  g_set_prgname (name);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return psl_cli_usage (self, "%s", error->message);
  g_set_prgname (PSL_CLI_PROGRAM);

  arguments = collect_arguments (self, argc, argv);
  if (arguments == NULL || !take_option_texts (self, self->command->entries))
    return PSL_EXIT_USAGE;
  if (!take_text (&author_option))
    return psl_cli_usage (self, _("An argument is not text in this locale’s character set."));
  g_set_str (&self->author, author_option);
  self->anew = anew_option;
  if (register_option != NULL)
    {
      g_free (self->path);
      self->path = psl_file_dup_path (register_option);
    }
  status = self->command->run (self, (const char *const *) arguments);
  if (status != PSL_EXIT_DONE)
    psl_cli_remove_made (self);
  return status;
}

/* The options before the command. Returns where the command is, or -1 where
 * there is nothing left to do, with @status set. */
static int
take_common_options (int       argc,
                     char    **argv,
                     PslCli   *self,
                     PslExit  *status)
{
  for (int i = 1; i < argc; i++)
    {
      const char *argument = argv[i];
      gboolean matched = FALSE;

      if (argument[0] != '-')
        return i;
      if (strcmp (argument, "--help") == 0 || strcmp (argument, "-h") == 0)
        {
          print_help ();
          *status = PSL_EXIT_DONE;
          return -1;
        }
      if (strcmp (argument, "--version") == 0)
        {
          psl_cli_print_text ("Passerelle " PACKAGE_VERSION "\n");
          *status = PSL_EXIT_DONE;
          return -1;
        }
      for (const GOptionEntry *entry = common_entries; entry->long_name != NULL && !matched; entry++)
        {
          g_autofree char *option = g_strdup_printf ("--%s", entry->long_name);
          g_autofree char *joined = g_strdup_printf ("--%s=", entry->long_name);
          char **value = entry->arg == G_OPTION_ARG_NONE ? NULL : entry->arg_data;

          if (entry->arg == G_OPTION_ARG_NONE)
            {
              matched = strcmp (argument, option) == 0;
              if (matched)
                *(gboolean *) entry->arg_data = TRUE;
            }
          else if (g_str_has_prefix (argument, joined))
            {
              g_set_str (value, argument + strlen (joined));
              matched = TRUE;
            }
          else if (strcmp (argument, option) == 0 || (entry->short_name != 0 && argument[1] == entry->short_name &&
                                                      argument[2] == '\0'))
            {
              if (i + 1 == argc)
                {
                  *status = psl_cli_usage (self, _("Something is missing after “%s”."), argument);
                  return -1;
                }
              g_set_str (value, argv[++i]);
              matched = TRUE;
            }
        }
      if (!matched)
        {
          *status = psl_cli_usage (self, _("“%s” is not an option of this program."), argument);
          return -1;
        }
    }
  *status = psl_cli_usage (self, _("Say what to do: a command is missing."));
  return -1;
}

static char *
dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "passerelle", "register.passerelle", NULL);
}

static PslExit
run (PslCli  *self,
     int      argc,
     char   **argv)
{
  PslExit status = PSL_EXIT_USAGE;
  int at = take_common_options (argc, argv, self, &status);

  if (at < 0)
    return status;

  self->command = find_command (argv[at]);
  if (self->command == NULL && strcmp (argv[at], "help") == 0)
    {
      print_help ();
      return PSL_EXIT_DONE;
    }
  if (self->command == NULL)
    return psl_cli_usage (self, _("There is no command “%s”."), argv[at]);
  return run_command (self, argc - at, argv + at);
}

/**
 * psl_cli_main:
 *
 * Runs the program: takes the options, finds the command and runs it.
 *
 * Returns: the exit code of the process
 */
int
psl_cli_main (int    argc,
              char **argv)
{
  g_autofree PslCli *self = g_new0 (PslCli, 1);
  PslExit status;
  int output_error;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (PSL_CLI_PROGRAM);

  self->path = dup_default_path ();
  status = run (self, argc, argv);
  output_error = psl_cli_finish_output ();
  if (output_error != 0)
    {
      psl_cli_complain (self, _("The output can’t be written: %s"), g_strerror (output_error));
      status = PSL_EXIT_REFUSED;
    }
  g_free (self->path);
  g_free (self->made_folder);
  g_free (self->author);
  g_clear_pointer (&register_option, g_free);
  g_clear_pointer (&author_option, g_free);
  return (int) status;
}
