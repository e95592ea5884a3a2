/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>
#include <gio/gunixinputstream.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "psl-codelist.h"
#include "psl-csv-reader.h"
#include "psl-encoding.h"
#include "psl-file.h"
#include "psl-import.h"
#include "psl-kinds.h"
#include "psl-table.h"
#include "psl-terminal.h"

static char *kind_option;
static char **map_option;
static char *language_option;
static char *currency_option;
static char *delimiter_option;
static char *encoding_option;
static char *missing_links_option;
static char *refused_option;
static char *dates_option;
static char *decimals_option;
static char *century_option;
static char **empty_option;
static gboolean dry_run_option;
static gboolean strict_option;
static gboolean prefer_file_option;
static gboolean verbose_option;

static const GOptionEntry entries[] = {
  { "kind", 'k', 0, G_OPTION_ARG_FILENAME, &kind_option, N_("What the rows are: a kind that “kinds” lists"), N_("KIND") },
  { "map", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &map_option, N_("Field that a column goes to, named by its heading or, as #3, by its place; - leaves it out. May be repeated"), N_("COLUMN=FIELD") },
  { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &dry_run_option, N_("Only say what would happen"), NULL },
  { "strict", 0, 0, G_OPTION_ARG_NONE, &strict_option, N_("Take nothing where one row is refused or one value can’t be read"), NULL },
  { "prefer-file", 0, 0, G_OPTION_ARG_NONE, &prefer_file_option, N_("Let the file’s values replace different ones of the register"), NULL },
  { "language", 'l', 0, G_OPTION_ARG_FILENAME, &language_option, N_("Language of text columns that don’t say theirs: fr, en, es …"), N_("LANGUAGE") },
  { "currency", 0, 0, G_OPTION_ARG_FILENAME, &currency_option, N_("Currency of amounts that name none (USD)"), N_("CODE") },
  { "delimiter", 0, 0, G_OPTION_ARG_FILENAME, &delimiter_option, N_("What stands between cells: comma, semicolon or tab; otherwise it is recognised"), N_("NAME") },
  { "encoding", 0, 0, G_OPTION_ARG_FILENAME, &encoding_option, N_("Encoding of the file: utf-8, utf-16, windows-1252, iso-8859-15, windows-1250, macintosh, or another that the system knows; otherwise it is recognised"), N_("NAME") },
  { "missing-links", 0, 0, G_OPTION_ARG_FILENAME, &missing_links_option, N_("What becomes of a link to a record that isn’t there, such as an office: empty leaves the field empty (unless --strict), create makes the record, refuse refuses the row"), N_("WHAT") },
  { "refused", 0, 0, G_OPTION_ARG_FILENAME, &refused_option, N_("Where to write the rows that were refused or not taken whole, with a column of reasons: to be corrected and imported again"), N_("FILE") },
  { "dates", 0, 0, G_OPTION_ARG_FILENAME, &dates_option, N_("Order of dates where a column doesn’t show it: dmy for day, month, year; mdy; or ymd"), N_("ORDER") },
  { "century", 0, 0, G_OPTION_ARG_FILENAME, &century_option, N_("First of the hundred years that years of two digits are in: with 1950, 50 is 1950 and 49 is 2049. 19 and 20 stand for 1900 and 2000"), N_("YEAR") },
  { "decimals", 0, 0, G_OPTION_ARG_FILENAME, &decimals_option, N_("What marks decimals where a column doesn’t show it: point or comma"), N_("MARK") },
  { "empty", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &empty_option, N_("What a cell holds that says nothing, beside the usual marks (see below). May be repeated; an empty MARK takes the usual ones away"), N_("MARK") },
  { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose_option, N_("Say what happens to each record"), NULL },
  { NULL },
};

/* The data of the report functions. */
typedef struct
{
  PslCli *cli;
  PslStore *store;
  const char *name;
  guint n_questions;
} Report;

/* The message of an issue; where a column goes to the wrong place, with the options that send
 * it elsewhere. */
static char *
dup_message (const PslImportIssue *issue,
             const PslCodelists   *codelists)
{
  g_autofree char *message = psl_import_issue_dup_message (issue, codelists);
  g_autofree char *left_out = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *left_out_argument = NULL;
  g_autofree char *sent_argument = NULL;

  if (issue->type != PSL_IMPORT_ISSUE_REFUSED || issue->column == NULL || issue->field != NULL)
    return g_steal_pointer (&message);
  left_out = g_strdup_printf ("%s=-", issue->column);
  sent = g_strdup_printf ("%s=%s", issue->column, _("FIELD"));
  left_out_argument = g_shell_quote (left_out);
  sent_argument = g_shell_quote (sent);
  /* Translators: a message, and twice what follows an option, as in “'ID=-' or --map 'ID=FIELD'” */
  return g_strdup_printf (_("%s Say it with --map %s or --map %s."), message, left_out_argument, sent_argument);
}

static void
report_cb (const PslImportIssue *issue,
           gpointer              user_data)
{
  Report *report = user_data;
  g_autofree char *field = psl_import_issue_dup_field (issue);
  g_autofree char *message = dup_message (issue, psl_store_get_codelists (report->store));
  g_autoptr (GString) place = g_string_new (NULL);

  g_string_append_printf (place, "%s:%" G_GUINT64_FORMAT ": ", report->name, issue->line);
  if (field != NULL)
    g_string_append_printf (place, "%s: ", field);
  if (issue->type == PSL_IMPORT_ISSUE_REFUSED || issue->type == PSL_IMPORT_ISSUE_LEFT_OUT)
    psl_cli_complain (report->cli, "%s%s", place->str, message);
  else
    psl_cli_print (report->cli, "%s%s\n", place->str, message);
}

/* An answer as its option takes it. */
static char *
dup_answer (PslImportQuestionType type,
            guint                 answer)
{
  switch (type)
    {
    case PSL_IMPORT_QUESTION_DATES:
      return g_strdup (answer == PSL_DATE_ORDER_DMY ? "dmy" : answer == PSL_DATE_ORDER_MDY ? "mdy" : "ymd");
    case PSL_IMPORT_QUESTION_DECIMALS:
      return g_strdup (answer == PSL_DECIMAL_MARK_POINT ? "point" : "comma");
    case PSL_IMPORT_QUESTION_CENTURY:
      return g_strdup_printf ("%u", answer);
    default:
      g_assert_not_reached ();
    }
}

static void
question_cb (const PslImportQuestion *question,
             gpointer                 user_data)
{
  static const char *const options[] = {
    [PSL_IMPORT_QUESTION_DATES] = "--dates",
    [PSL_IMPORT_QUESTION_DECIMALS] = "--decimals",
    [PSL_IMPORT_QUESTION_CENTURY] = "--century",
  };
  Report *report = user_data;
  g_autofree char *text = psl_import_question_dup_text (question);
  g_autoptr (GString) answers = g_string_new (NULL);

  for (guint i = 0; i < question->n_answers; i++)
    {
      g_autofree char *answer = dup_answer (question->type, question->answers[i]);

      if (i > 0)
        g_string_append (answers, i + 1 < question->n_answers ? C_("list of options", ", ") : C_("list of options", " or "));
      g_string_append_printf (answers, "%s %s", options[question->type], answer);
    }
  /* Translators: a file, a question, and options such as “--dates dmy or --dates mdy” */
  psl_cli_complain (report->cli, _("%s: %s Say it with %s."), report->name, text, answers->str);
  report->n_questions++;
}

static void
record_cb (PslRecord        *record,
           PslImportOutcome  outcome,
           gpointer          user_data)
{
  Report *report = user_data;
  static const char *const names[PSL_IMPORT_N_OUTCOMES] = {
    [PSL_IMPORT_NEW] = NC_("import", "new"),
    [PSL_IMPORT_CHANGED] = NC_("import", "changed"),
    [PSL_IMPORT_CONFLICT] = NC_("import", "conflict"),
    [PSL_IMPORT_IDENTICAL] = NC_("import", "identical"),
  };
  g_autofree char *name = psl_record_dup_name (record, psl_store_get_codelists (report->store));

  psl_cli_print (report->cli, C_("label and value", "%s: %s"), g_dpgettext2 (GETTEXT_PACKAGE, "import", names[outcome]), name);
  psl_cli_print (report->cli, "\n");
}

static void
print_count (PslCli     *cli,
             guint64     count,
             const char *format)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  psl_cli_print (cli, "  %s%s%s\n", parts[0], number, parts[1] != NULL ? parts[1] : "");
}

static void
print_summary (PslCli              *cli,
               const char          *name,
               const PslImportPlan *plan)
{
  gboolean refused = strict_option && plan->n_refused > 0;

  if (refused)
    psl_cli_print (cli, _("%s: nothing was imported, because a row was refused."), name);
  else if (dry_run_option)
    psl_cli_print (cli, _("%s: this is what importing it would do."), name);
  else
    psl_cli_print (cli, _("%s: imported."), name);
  psl_cli_print (cli, "\n");
  if (plan->encoding_is_guessed)
    psl_cli_print (cli, _("  The file was read as %s. If its accents are wrong, say another encoding with --encoding.\n"),
                   plan->encoding);

  /* Translators: each of the following begins with a number, in the import's report. */
  print_count (cli, plan->n_rows, g_dngettext (GETTEXT_PACKAGE, "%s row", "%s rows", plan->n_rows));
  print_count (cli, plan->n_records[PSL_IMPORT_NEW],
               g_dngettext (GETTEXT_PACKAGE, "%s new record", "%s new records", plan->n_records[PSL_IMPORT_NEW]));
  print_count (cli, plan->n_records[PSL_IMPORT_CHANGED],
               g_dngettext (GETTEXT_PACKAGE, "%s changed record", "%s changed records",
                            plan->n_records[PSL_IMPORT_CHANGED]));
  print_count (cli, plan->n_records[PSL_IMPORT_CONFLICT],
               g_dngettext (GETTEXT_PACKAGE, "%s record left as it was, in conflict",
                            "%s records left as they were, in conflict", plan->n_records[PSL_IMPORT_CONFLICT]));
  print_count (cli, plan->n_records[PSL_IMPORT_IDENTICAL],
               g_dngettext (GETTEXT_PACKAGE, "%s identical record", "%s identical records",
                            plan->n_records[PSL_IMPORT_IDENTICAL]));
  print_count (cli, plan->n_conflicts,
               g_dngettext (GETTEXT_PACKAGE, "%s conflict", "%s conflicts", plan->n_conflicts));
  if (plan->n_merged > 0)
    print_count (cli, plan->n_merged,
                 g_dngettext (GETTEXT_PACKAGE, "%s row went into the record of an earlier row",
                              "%s rows went into the records of earlier rows", plan->n_merged));
  if (plan->n_created > 0)
    print_count (cli, plan->n_created,
                 g_dngettext (GETTEXT_PACKAGE, "%s record made because a link names it",
                              "%s records made because links name them", plan->n_created));
  if (plan->n_unlisted > 0)
    print_count (cli, plan->n_unlisted,
                 g_dngettext (GETTEXT_PACKAGE, "%s value kept although no list has its code",
                              "%s values kept although no list has their codes", plan->n_unlisted));
  if (plan->n_left_out > 0)
    print_count (cli, plan->n_left_out,
                 g_dngettext (GETTEXT_PACKAGE, "%s value left out", "%s values left out", plan->n_left_out));
  print_count (cli, plan->n_refused,
               g_dngettext (GETTEXT_PACKAGE, "%s row refused", "%s rows refused", plan->n_refused));
}

static gboolean
parse_missing_links (PslCli          *cli,
                     PslMissingLinks *missing)
{
  static const struct
  {
    const char *name;
    PslMissingLinks missing;
  } known[] = {
    { "empty", PSL_MISSING_LINKS_EMPTY },
    { "create", PSL_MISSING_LINKS_CREATE },
    { "refuse", PSL_MISSING_LINKS_REFUSE },
  };

  if (missing_links_option == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (missing_links_option, known[i].name) == 0)
      {
        *missing = known[i].missing;
        return TRUE;
      }
  psl_cli_usage (cli, _("“%s” is none of empty, create and refuse."), missing_links_option);
  return FALSE;
}

/* Begins the file of refused rows: nothing is imported where they would have no place. They
 * don't go over the file that they come from, nor over the register. */
static gboolean
open_refused_file (PslCli         *cli,
                   const char     *path,
                   PslFileWriter **writer)
{
  g_autoptr (GFile) file = refused_option != NULL ? psl_file_new_for_argument (refused_option, NULL) : NULL;
  const char *name = file != NULL ? g_file_peek_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return TRUE;
  if (name != NULL && (psl_file_is_same (name, path) || psl_file_is_same (name, cli->path)))
    {
      psl_cli_usage (cli, _("Write the refused rows to another file than %s."), refused_option);
      return FALSE;
    }
  *writer = psl_file_writer_new (file, NULL, &error);
  if (*writer == NULL)
    psl_cli_usage (cli, "%s: %s", refused_option, error->message);
  return *writer != NULL;
}

static gboolean
parse_dates (PslCli           *cli,
             PslImportOptions *options)
{
  static const char *const names[] = { "", "dmy", "mdy", "ymd" };

  for (guint i = 0; dates_option != NULL && i < G_N_ELEMENTS (names); i++)
    if (i > PSL_DATE_ORDER_USUAL && g_ascii_strcasecmp (dates_option, names[i]) == 0)
      options->dates = i;
  if (dates_option != NULL && options->dates == PSL_DATE_ORDER_USUAL)
    psl_cli_usage (cli, _("“%s” is no order of dates: write dmy, mdy or ymd."), dates_option);
  return dates_option == NULL || options->dates != PSL_DATE_ORDER_USUAL;
}

static gboolean
parse_decimals (PslCli           *cli,
                PslImportOptions *options)
{
  if (decimals_option == NULL)
    return TRUE;
  if (strcmp (decimals_option, "point") == 0 || strcmp (decimals_option, ".") == 0)
    options->decimals = PSL_DECIMAL_MARK_POINT;
  else if (strcmp (decimals_option, "comma") == 0 || strcmp (decimals_option, ",") == 0)
    options->decimals = PSL_DECIMAL_MARK_COMMA;
  else
    psl_cli_usage (cli, _("“%s” does not mark decimals: write point or comma."), decimals_option);
  return options->decimals != PSL_DECIMAL_MARK_USUAL;
}

static gboolean
parse_century (PslCli           *cli,
               PslImportOptions *options)
{
  guint64 year = 0;

  if (century_option == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (century_option, 10, 1000, 9900, &year, NULL))
    options->century = (guint) year;
  else if (g_ascii_string_to_unsigned (century_option, 10, 19, 20, &year, NULL))
    options->century = (guint) year * 100;
  else
    psl_cli_usage (cli, _("“%s” is no first year: write four digits, such as 1950 for 1950 to 2049."), century_option);
  return options->century > 0;
}

static void
take_empty_marks (PslImportOptions *options)
{
  static const char *const none[] = { NULL };

  options->empty.more = (const char *const *) empty_option;
  for (char **mark = empty_option; mark != NULL && *mark != NULL; mark++)
    if (**mark == '\0')
      options->empty.usual = none;
}

/* Options that name something; FALSE after a complaint. */
static gboolean
check_options (PslCli            *cli,
               const PslKind     *kind,
               PslImportOptions  *options)
{
  g_autoptr (GError) error = NULL;

  if (language_option != NULL && psl_language_parse_known (language_option) == NULL)
    {
      psl_cli_usage (cli, _("“%s” is not the tag of a language, such as fr, es or pt-BR."), language_option);
      return FALSE;
    }
  if (currency_option != NULL && psl_codelist_find (psl_codelist_get_default ("currency"), currency_option) == NULL)
    {
      psl_cli_usage (cli, _("“%s” is not the code of a currency."), currency_option);
      return FALSE;
    }
  if (!psl_import_check_maps (kind, (const char *const *) map_option, &error))
    {
      psl_cli_usage (cli, "%s", error->message);
      return FALSE;
    }
  if (!psl_cli_parse_delimiter (cli, delimiter_option, &options->delimiter))
    return FALSE;
  if (encoding_option != NULL && psl_encoding_find (encoding_option, &error) == NULL)
    {
      psl_cli_usage (cli, "%s", error->message);
      return FALSE;
    }
  if (!parse_dates (cli, options) || !parse_decimals (cli, options) || !parse_century (cli, options))
    return FALSE;
  take_empty_marks (options);
  options->encoding = encoding_option;
  if (!parse_missing_links (cli, &options->missing_links))
    return FALSE;
  options->maps = (const char *const *) map_option;
  options->language = language_option != NULL ? psl_language_parse_known (language_option) : NULL;
  options->currency = currency_option;
  options->strict = strict_option;
  options->dry_run = dry_run_option;
  options->prefer_file = prefer_file_option;
  options->report = report_cb;
  options->question = question_cb;
  options->record = verbose_option ? record_cb : NULL;
  return TRUE;
}

static GInputStream *
open_file (const char  *path,
           GError     **error)
{
  g_autoptr (GFile) file = NULL;

  if (strcmp (path, "-") == 0)
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = psl_file_new_for_argument (path, NULL);
  return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

/* Trying an import where there is no register yet must not leave one behind. */
static PslStore *
open_scratch (char   **folder,
              GError **error)
{
  g_autofree char *path = NULL;

  *folder = g_dir_make_tmp ("passerelle-XXXXXX", error);
  if (*folder == NULL)
    return NULL;
  path = g_build_filename (*folder, "register.passerelle", NULL);
  return psl_store_open (path, PSL_STORE_CREATE, error);
}

static void
remove_scratch (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_scratch (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

/* Writes the rows to correct, where there are any. */
static gboolean
save_refused (PslCli         *cli,
              PslRefusedRows *refused,
              PslFileWriter  *writer)
{
  g_autoptr (GError) error = NULL;
  guint n_rows = refused != NULL ? psl_refused_rows_get_n (refused) : 0;

  if (n_rows == 0)
    return TRUE;
  if (!psl_refused_rows_write (refused, writer, NULL, &error))
    {
      psl_cli_complain (cli, "%s: %s", refused_option, error->message);
      return FALSE;
    }
  psl_cli_print (cli, g_dngettext (GETTEXT_PACKAGE, "%s: %u row to correct and import again.\n",
                                   "%s: %u rows to correct and import again.\n", n_rows),
                 refused_option, n_rows);
  return TRUE;
}

static PslExit
import (PslCli                  *cli,
        PslStore                *store,
        const PslKind           *kind,
        const char              *path,
        const PslImportOptions  *options,
        PslFileWriter           *refused_file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = open_file (path, &error);
  Report *report = options->user_data;
  PslImportPlan plan;

  report->store = store;
  if (stream == NULL || !psl_import_csv (store, kind, stream, report->name, options, &plan, NULL, &error))
    {
      if (report->n_questions > 0)
        psl_cli_complain (cli, _("%s: nothing was imported."), report->name);
      else
        psl_cli_complain (cli, "%s: %s", report->name, error->message);
      if (g_error_matches (error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING))
        psl_cli_complain (cli, _("The encoding is said by --encoding NAME: windows-1252, utf-8 or another."));
      return PSL_EXIT_REFUSED;
    }
  print_summary (cli, report->name, &plan);
  if (!save_refused (cli, options->refused, refused_file))
    return PSL_EXIT_REFUSED;
  return plan.n_refused + plan.n_left_out > 0 ? PSL_EXIT_REFUSED : PSL_EXIT_DONE;
}

static PslExit
run_import (PslCli             *cli,
            const char *const  *arguments)
{
  const PslKind *kind = psl_cli_find_kind (cli, kind_option);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (arguments[0]);
  g_autofree char *scratch = NULL;
  g_autoptr (PslRefusedRows) refused = NULL;
  g_autoptr (PslFileWriter) refused_file = NULL;
  PslImportOptions options = { NULL };
  Report report = { .cli = cli, .name = strcmp (arguments[0], "-") == 0 ? "stdin" : name };
  PslStore *store;
  PslExit status;

  if (kind == NULL || !check_options (cli, kind, &options) || !open_refused_file (cli, arguments[0], &refused_file))
    return PSL_EXIT_USAGE;
  if (refused_option != NULL)
    refused = psl_refused_rows_new ();
  options.refused = refused;
  options.user_data = &report;

  if (dry_run_option && !g_file_test (cli->path, G_FILE_TEST_EXISTS))
    store = open_scratch (&scratch, &error);
  else
    store = psl_cli_open (cli, PSL_STORE_CREATE, &error);
  if (store != NULL)
    {
      status = import (cli, store, kind, arguments[0], &options, refused_file);
      psl_store_close (store);
    }
  else
    status = psl_cli_fail (cli, error);

  if (scratch != NULL)
    remove_scratch (scratch);
  return status;
}

static void
add_column (PslTable   *table,
            const char *name,
            const char *label)
{
  psl_table_add (table, name);
  psl_table_add (table, label);
}

static void
add_suffixed (PslTable       *table,
              const PslField *field,
              const char     *suffix)
{
  g_autofree char *name = g_strconcat (field->name, suffix, NULL);

  add_column (table, name, psl_field_get_label (field));
}

/* The columns of a field, by the names that --map takes. */
static void
add_columns (PslTable       *table,
             const PslField *field)
{
  if (field->flags & PSL_FIELD_MULTILINGUAL)
    for (int i = 0; psl_languages[i] != NULL; i++)
      {
        g_autofree char *suffix = g_strconcat ("_", psl_languages[i], NULL);

        add_suffixed (table, field, suffix);
      }
  else
    add_column (table, field->name, psl_field_get_label (field));
  if (field->type == PSL_FIELD_TYPE_MONEY)
    {
      add_suffixed (table, field, "_amount");
      add_suffixed (table, field, "_currency");
    }
  for (const PslField *part = field->rows; part != NULL && part->name != NULL; part++)
    {
      g_autofree char *name = g_strconcat (field->name, ".", part->name, NULL);

      add_column (table, name, psl_field_get_label (part));
    }
}

/* The end of the help: the columns. */
static char *
describe_columns (void)
{
  g_autofree char *marks = g_strjoinv (" ", (char **) psl_import_usual_empty_marks);
  g_autofree char *identifier_marks = g_strjoinv (", ", (char **) psl_import_identifier_empty_marks);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _("Cells that say nothing, but in texts other than titles and cities: %s"), marks);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _("In identifiers also: %s"), identifier_marks);
  for (int i = 0; psl_kinds[i] != NULL; i++)
    {
      g_autoptr (PslTable) table = psl_table_new (2);
      g_autofree char *columns = NULL;

      /* Translators: in the help of “import”, above the columns of a kind of record */
      g_string_append (text, "\n\n");
      g_string_append_printf (text, _("Columns of --kind %s:"), psl_kinds[i]->name);
      g_string_append_c (text, '\n');
      add_column (table, "id", "UUID");
      for (const PslField *field = psl_kinds[i]->fields; field->name != NULL; field++)
        if (psl_field_has_value (field))
          add_columns (table, field);
      columns = psl_table_to_text (table, psl_terminal_get_width (), 1);
      g_string_append (text, columns);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

const PslCommand psl_command_import = {
  .name = "import",
  .arguments = N_("FILE --kind KIND"),
  .summary = N_("Takes the rows of a CSV file into the register"),
  .details = N_("FILE is CSV: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; - is standard input. "
                "Its first row names the columns: fields (title_fr), their labels in either language, or what --map says. "
                "A text in a further language has its tag behind the field’s name (title_es, title[pt-BR]) or its name behind the label (Title (Spanish)). "
                "Rows of one record are merged, and named; a title alone does not make two rows one record where their places, identifiers or other titles differ; a value that differs from what is there is reported and not taken; "
                "empty cells take nothing away; a value that can’t be read is reported and left out; "
                "a code that no list has is kept and named where it is written like one, as in A07 or XQ; "
                "a row without a usable identity is reported and the others go in. "
                "What a date or a number means is settled by its whole column; where that doesn’t show it, nothing is imported and the option is named. "
                "A bare $ takes the currency of its heading, of the cell beside it, of --currency or of the register. "
                "The whole import is one action: “undo” takes it back. "
                "Ends with 0 where all went in, 1 where a row was refused, a value left out or a question left open, 2 where the command is not understood."),
  .n_arguments = 1,
  .entries = entries,
  .describe = describe_columns,
  .run = run_import,
};
