/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>
#include <gio/gunixoutputstream.h>
#include <string.h>
#include <unistd.h>

#include "psl-csv-export.h"
#include "psl-file.h"
#include "psl-languages.h"
#include "psl-sheet.h"
#include "psl-where.h"

static char *kind_option;
static char **where_option;
static char *search_option;
static char *sort_option;
static char *labels_option;
static char *delimiter_option;
static gint64 limit_option = G_MAXINT64;
static gboolean bom_option;
static gboolean for_register_option;

static const GOptionEntry entries[] = {
  { "kind", 'k', 0, G_OPTION_ARG_FILENAME, &kind_option, N_("Which records: a kind that “kinds” lists"), N_("KIND") },
  { "where", 'w', 0, G_OPTION_ARG_FILENAME_ARRAY, &where_option, N_("Only records of which this holds; see “list --help”. May be repeated"), N_("FIELD=VALUE") },
  { "search", 's', 0, G_OPTION_ARG_FILENAME, &search_option, N_("Only records with these words"), N_("WORDS") },
  { "sort", 0, 0, G_OPTION_ARG_FILENAME, &sort_option, N_("In the order of a field; -FIELD or FIELD:desc the other way round"), N_("FIELD") },
  { "limit", 0, 0, G_OPTION_ARG_INT64, &limit_option, N_("At most so many"), N_("N") },
  { "labels", 0, 0, G_OPTION_ARG_FILENAME, &labels_option, N_("The language of headings and names, fr or en; else that of the program"), N_("LANGUAGE") },
  { "for-register", 0, 0, G_OPTION_ARG_NONE, &for_register_option, N_("For another register instead of a spreadsheet: names of fields, codes and UUIDs"), NULL },
  { "delimiter", 0, 0, G_OPTION_ARG_FILENAME, &delimiter_option, N_("What to write between cells: comma, semicolon or tab; else what spreadsheets here expect, or a comma for a register"), N_("NAME") },
  { "bom", 0, 0, G_OPTION_ARG_NONE, &bom_option, N_("Begin with a byte order mark, as files for spreadsheets do; needed for standard output only"), NULL },
  { NULL },
};

static gint64
export (PslStore                *store,
        PslQuery                *query,
        const char              *path,
        const PslExportOptions  *options,
        GError                 **error)
{
  g_autoptr (GFile) file = NULL;

  if (strcmp (path, "-") == 0)
    {
      g_autoptr (GOutputStream) stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);

      return psl_csv_export (store, query, limit_option, stream, options, NULL, error);
    }

  file = psl_file_new_for_argument (path, NULL);
  return psl_csv_export_file (store, query, limit_option, file, options, NULL, error);
}

static PslExit
run_export (PslCli             *cli,
            const char *const  *arguments)
{
  const PslKind *kind = psl_cli_find_kind (cli, kind_option);
  gboolean is_stdout = strcmp (arguments[0], "-") == 0;
  PslExportOptions options = { .delimiter = ',', .byte_order_mark = bom_option };
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslQuery) query = NULL;
  gint64 n_records;

  if (!for_register_option)
    {
      options.labels = labels_option != NULL ? labels_option : psl_language_get_interface ();
      options.delimiter = psl_sheet_get_delimiter ();
      options.byte_order_mark = bom_option || !is_stdout;
    }
  if (kind == NULL || !psl_cli_parse_delimiter (cli, delimiter_option, &options.delimiter) ||
      !psl_cli_check_limit (cli, limit_option))
    return PSL_EXIT_USAGE;
  if (labels_option != NULL && !g_strv_contains (psl_languages, labels_option))
    return psl_cli_usage (cli, _("“%s” is not a language that names of code lists are in: choose fr or en."), labels_option);
  if (labels_option != NULL && for_register_option)
    return psl_cli_usage (cli, "%s", _("A file for another register has no labels: leave out --labels or --for-register."));

  store = psl_cli_open (cli, PSL_STORE_READ_ONLY, &error);
  if (store == NULL)
    return psl_cli_fail (cli, error);
  query = psl_where_build_query (store, kind, (const char *const *) where_option, search_option, sort_option, &error);
  if (query == NULL)
    return psl_cli_usage (cli, "%s", error->message);

  n_records = export (store, query, arguments[0], &options, &error);
  if (n_records < 0)
    {
      psl_cli_complain (cli, "%s: %s", arguments[0], error->message);
      return PSL_EXIT_REFUSED;
    }
  if (!is_stdout)
    {
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, n_records);

      psl_cli_print (cli, g_dngettext (GETTEXT_PACKAGE, "%s: %s record exported.", "%s: %s records exported.",
                                       (gulong) n_records),
                     arguments[0], count);
      psl_cli_print (cli, "\n");
    }
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_export = {
  .name = "export",
  .arguments = N_("FILE --kind KIND"),
  .summary = N_("Writes records to a CSV file"),
  .details = N_("FILE is written as UTF-8; - is standard output. It is made for a spreadsheet: with the labels and names "
                "that people read, numbers as they are written here, amounts and currencies in two columns, and an "
                "apostrophe before what a spreadsheet would run as a formula. Importing it gives the same values; records "
                "are known again by their identifier, such as a project ID, or title.\n"
                "With --for-register, columns are named after the fields, code lists have their codes, and records and the parts "
                "that they list their UUIDs: importing the file gives the same records, whatever they are called. Parts that "
                "no column lists, and remarks, are exported by their own kinds: import those files after it."),
  .n_arguments = 1,
  .entries = entries,
  .run = run_export,
};
