/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-json-text.h"
#include "psl-languages.h"
#include "psl-record-json.h"
#include "psl-table.h"
#include "psl-terminal.h"
#include "psl-where.h"

static char **where_option;
static char *search_option;
static char *sort_option;
static gint64 limit_option = G_MAXINT64;
static gboolean json_option;

static const GOptionEntry entries[] = {
  { "where", 'w', 0, G_OPTION_ARG_FILENAME_ARRAY, &where_option, N_("Only records of which this holds. May be repeated"), N_("FIELD=VALUE") },
  { "search", 's', 0, G_OPTION_ARG_FILENAME, &search_option, N_("Only records with these words, in any language"), N_("WORDS") },
  { "sort", 0, 0, G_OPTION_ARG_FILENAME, &sort_option, N_("In the order of a field; -FIELD or FIELD:desc the other way round"), N_("FIELD") },
  { "limit", 0, 0, G_OPTION_ARG_INT64, &limit_option, N_("At most so many"), N_("N") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json_option, N_("As JSON"), NULL },
  { NULL },
};

static PslExit
print_json (PslCli   *cli,
            PslStore *store,
            GArray   *rids)
{
  /* A record at a time: the list may be long. */
  psl_cli_print (cli, "[");
  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PslRecord) record = psl_store_read (store, g_array_index (rids, gint64, i), &error);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *text = NULL;

      if (record == NULL || !psl_store_read_parts (store, record, &error))
        return psl_cli_fail (cli, error);
      node = psl_record_to_json (record, psl_store_get_codelists (store));
      text = psl_json_to_text (node);
      psl_cli_print (cli, "%s\n%s", i > 0 ? "," : "", text);
    }
  psl_cli_print (cli, "%s]\n", rids->len > 0 ? "\n" : "");
  return PSL_EXIT_DONE;
}

/* A column a listed field: the identifier first, then the title. */
static GPtrArray *
list_columns (const PslKind *kind)
{
  GPtrArray *columns = g_ptr_array_new ();
  const PslField *title = psl_kind_get_title (kind);

  if (kind->identifier != NULL)
    g_ptr_array_add (columns, (gpointer) psl_kind_find_field (kind, kind->identifier));
  g_ptr_array_add (columns, (gpointer) title);
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if ((field->flags & PSL_FIELD_LISTED) && !g_ptr_array_find (columns, field, NULL))
      g_ptr_array_add (columns, (gpointer) field);
  return columns;
}

static PslExit
print_table (PslCli        *cli,
             PslStore      *store,
             const PslKind *kind,
             GArray        *rids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) columns = list_columns (kind);
  g_autoptr (PslTable) table = psl_table_new (columns->len);
  g_autoptr (GPtrArray) records = psl_store_read_listed (store, (const gint64 *) (gpointer) rids->data, rids->len, &error);
  const char *language = psl_language_get_interface ();
  guint flexible = 0;
  g_autofree char *text = NULL;

  if (records == NULL)
    return psl_cli_fail (cli, error);
  if (rids->len == 0)
    return PSL_EXIT_DONE;

  for (guint i = 0; i < columns->len; i++)
    {
      const PslField *field = g_ptr_array_index (columns, i);

      psl_table_add (table, psl_field_get_label (field));
      if (field == psl_kind_get_title (kind))
        flexible = i;
    }
  for (guint j = 0; j < records->len; j++)
    for (guint i = 0; i < columns->len; i++)
      {
        const PslField *field = g_ptr_array_index (columns, i);
        const char *value = psl_record_get_text (g_ptr_array_index (records, j), field, language, NULL);
        g_autofree char *shown = psl_field_display (field, psl_store_get_codelists (store), value, language);

        psl_table_add (table, shown);
      }
  text = psl_table_to_text (table, psl_terminal_get_width (), flexible);
  psl_cli_print (cli, "%s", text);
  return PSL_EXIT_DONE;
}

static PslExit
run_list (PslCli             *cli,
          const char *const  *arguments)
{
  const PslKind *kind = psl_cli_find_kind (cli, arguments[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslQuery) query = NULL;
  g_autoptr (GArray) rids = NULL;

  if (kind == NULL || !psl_cli_check_limit (cli, limit_option))
    return PSL_EXIT_USAGE;
  store = psl_cli_open (cli, PSL_STORE_READ_ONLY, &error);
  if (store == NULL)
    return psl_cli_fail (cli, error);
  query = psl_where_build_query (store, kind, (const char *const *) where_option, search_option, sort_option, &error);
  if (query == NULL)
    return psl_cli_usage (cli, "%s", error->message);
  rids = psl_store_query (store, query, limit_option, &error);
  if (rids == NULL)
    return psl_cli_fail (cli, error);
  return json_option ? print_json (cli, store, rids) : print_table (cli, store, kind, rids);
}

const PslCommand psl_command_list = {
  .name = "list",
  .arguments = "KIND",
  .summary = N_("Lists records"),
  .details = N_("--where takes a field’s name or label, and then:\n"
                "  =VALUE      this value: a code, or a name in either language; A|B for one of several\n"
                "  !=VALUE     another value, or none; A|B for none of several\n"
                "  =FROM..TO   from one to the other; either may be missing. Also >=FROM and <=TO\n"
                "  ~WORDS      a text with these words\n"
                "  =           no value\n"
                "  !=          any value\n"
                "In a value \\| is a bar, \\. a point and \\\\ a backslash.\n"
                "FIELD may also be years (=2018..2020: under way then; >=2018: ends in 2018 or later; <=2020: ends in 2020 "
                "or earlier), a part of a list (functions.covers), title_fr for one language, beneficiaries.area or country.area "
                "for a part of the world, and a field of the record that a link leads to (office.country)."),
  .n_arguments = 1,
  .entries = entries,
  .run = run_list,
};
