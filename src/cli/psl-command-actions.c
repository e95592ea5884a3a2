/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "psl-error.h"
#include "psl-file-writer.h"
#include "psl-file.h"
#include "psl-travel.h"

static gboolean is_seen;
static char *seen_path;

static const GOptionEntry entries[] = {
  { "seen", 0, 0, G_OPTION_ARG_NONE, &is_seen, N_("Write only which actions the register has"), NULL },
  { "since", 0, 0, G_OPTION_ARG_FILENAME, &seen_path, N_("Leave out what the other register has, as its “actions --seen” says"),
    N_("FILE") },
  G_OPTION_ENTRY_NULL
};

static PslExit
print_seen (PslCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_READ_ONLY, &error);
  g_autofree char *seen = store != NULL ? psl_store_dup_seen (store, &error) : NULL;

  if (seen == NULL)
    return psl_cli_fail (cli, error);
  psl_cli_print (cli, "%s\n", seen);
  return PSL_EXIT_DONE;
}

/* Writes what @seen lacks to a file, which is then whole, or to standard output. */
static gboolean
write_actions (PslStore    *store,
               const char  *seen,
               const char  *path,
               GError     **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (PslFileWriter) writer = NULL;

  if (path == NULL || strcmp (path, "-") == 0)
    {
      g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

      return psl_store_read_actions_since (store, seen, stream, error);
    }
  file = psl_file_new_for_argument (path, NULL);
  if (g_file_peek_path (file) != NULL && psl_file_is_same (g_file_peek_path (file), psl_store_get_path (store)))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("This file is the register itself. Write to another."));
      return FALSE;
    }
  writer = psl_file_writer_new (file, NULL, error);
  return writer != NULL && psl_store_read_actions_since (store, seen, G_OUTPUT_STREAM (writer), error) &&
         psl_file_writer_finish (writer, NULL, error);
}

static PslExit
run_actions (PslCli             *cli,
             const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = NULL;
  g_autofree char *seen = NULL;

  if (is_seen)
    return print_seen (cli);
  if (seen_path != NULL && !g_file_get_contents (seen_path, &seen, NULL, &error))
    return psl_cli_fail (cli, error);
  store = psl_cli_open (cli, PSL_STORE_NONE, &error);
  if (store == NULL || !write_actions (store, seen, arguments[0], &error))
    return psl_cli_fail (cli, error);
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_actions = {
  .name = "actions",
  .arguments = N_("[FILE]"),
  .summary = N_("Writes what was done in the register, for another one to take over"),
  .details = N_("FILE is whole or not there; without it, or with -, they go to standard output. "
                "The other register takes it over with “replay”. Lines of JSON: see HACKING.md."),
  .n_more = 1,
  .entries = entries,
  .run = run_actions,
};
