/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-languages.h"
#include "psl-table.h"
#include "psl-terminal.h"

static PslExit
run_trash (PslCli             *cli,
           const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_READ_ONLY, &error);
  g_autoptr (PslQuery) query = psl_query_new_trash ();
  g_autoptr (GArray) rids = store != NULL ? psl_store_query (store, query, -1, &error) : NULL;
  g_autoptr (PslTable) table = psl_table_new (3);
  g_autofree char *text = NULL;

  if (rids == NULL)
    return psl_cli_fail (cli, error);
  if (rids->len == 0)
    return PSL_EXIT_DONE;

  psl_table_add (table, _("Kind"));
  psl_table_add (table, "UUID");
  psl_table_add (table, _("Title"));
  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (PslRecord) record = psl_store_read (store, g_array_index (rids, gint64, i), &error);
      g_autofree char *title = NULL;

      if (record == NULL)
        return psl_cli_fail (cli, error);
      title = psl_record_dup_title (record, psl_store_get_codelists (store), psl_language_get_interface ());
      psl_table_add (table, psl_kind_get_label (psl_record_get_kind (record)));
      psl_table_add (table, psl_record_get_id (record));
      psl_table_add (table, title);
    }
  text = psl_table_to_text (table, psl_terminal_get_width (), 2);
  psl_cli_print (cli, "%s", text);
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_trash = {
  .name = "trash",
  .arguments = "",
  .summary = N_("Lists what is in the trash"),
  .run = run_trash,
};
