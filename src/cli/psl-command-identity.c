/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

static gboolean is_new;

static const GOptionEntry entries[] = {
  { "new", 0, 0, G_OPTION_ARG_NONE, &is_new, N_("Give the register a new UUID: it is a copy of another one’s file"), NULL },
  G_OPTION_ENTRY_NULL
};

static PslExit
run_identity (PslCli             *cli,
              const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, is_new ? PSL_STORE_NONE : PSL_STORE_READ_ONLY, &error);
  g_autofree char *id = NULL;
  g_autofree char *hash = NULL;
  gint64 number;

  if (store != NULL)
    id = is_new ? psl_store_declare_copy (store, &error) : psl_store_dup_register_id (store, &error);
  if (id == NULL || !psl_store_read_chain_end (store, &number, &hash, &error))
    return psl_cli_fail (cli, error);

  psl_cli_print (cli, _("Register: %s"), id);
  psl_cli_print (cli, "\n");
  if (hash != NULL)
    {
      g_autofree char *action = g_strdup_printf ("%" G_GINT64_FORMAT, number);

      /* Translators: a number and a SHA-256 hash. */
      psl_cli_print (cli, _("Last action: %s, hash %s"), action, hash);
      psl_cli_print (cli, "\n");
    }
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_identity = {
  .name = "identity",
  .arguments = "",
  .summary = N_("Shows the register’s UUID and the hash of its last action"),
  .details = N_("A copy of a register in which others go on working needs a UUID of its own (--new)\n"
                "before both can exchange what was done. Who has noted the hash of an action\n"
                "can tell later whether the history up to there is the same."),
  .entries = entries,
  .run = run_identity,
};
