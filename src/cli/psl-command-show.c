/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-kind-settings.h"
#include "psl-languages.h"
#include "psl-record-json.h"
#include "psl-remark.h"
#include "psl-rows.h"
#include "psl-terminal.h"
#include "psl-travel.h"

static gboolean json_option;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json_option, N_("As JSON"), NULL },
  { NULL },
};

/* A value under its label; further lines stand below its first. */
static void
print_value (PslCli     *cli,
             const char *label,
             guint       width,
             const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  psl_cli_print (cli, "  %s", label);
  for (guint pad = psl_terminal_measure (label); pad < width + 2; pad++)
    psl_cli_print (cli, " ");
  for (char **line = lines; *line != NULL; line++)
    psl_cli_print (cli, "%s%s\n", line == lines || **line == '\0' ? "" : "    ", *line);
}

/* Rows with several parts, a line each. */
static char *
show_rows (const PslField     *field,
           const PslCodelists *codelists,
           const char         *value)
{
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, value, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  if (rows == NULL || (field->flags & PSL_FIELD_FLAT))
    return psl_field_display (field, codelists, value, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);
      gboolean open = FALSE;

      for (guint j = 0; j < psl_rows_get_n_columns (field); j++)
        {
          g_autofree char *shown = cells[j] != NULL ? psl_field_display (&field->rows[j], codelists, cells[j], NULL) : NULL;

          if (shown == NULL)
            continue;
          g_string_append_printf (text, "%s%s", open ? " · " : text->len > 0 ? "\n" : "", shown);
          open = TRUE;
        }
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *show_value (PslRecord          *record,
                         const PslCodelists *codelists,
                         const PslField     *field,
                         const char         *language);

/* A part in a line: the values of its fields in their order. */
static void
append_part (GString            *text,
             const PslCodelists *codelists,
             PslRecord          *part)
{
  const char *language = psl_language_get_interface ();
  gboolean open = FALSE;

  for (const PslField *field = psl_record_get_kind (part)->fields; field->name != NULL; field++)
    {
      const char *shown_language = NULL;
      g_autofree char *shown = NULL;

      if (field->flags & PSL_FIELD_OWNER)
        continue;
      if ((field->flags & PSL_FIELD_MULTILINGUAL) && psl_record_get_text (part, field, language, &shown_language) == NULL)
        continue;
      shown = show_value (part, codelists, field, shown_language);
      if (shown == NULL)
        continue;
      g_string_append_printf (text, "%s%s", open ? " · " : text->len > 0 ? "\n" : "", shown);
      open = TRUE;
    }
}

static char *
show_parts (GPtrArray          *parts,
            const PslCodelists *codelists)
{
  GString *text = NULL;

  if (parts == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint i = 0; i < parts->len; i++)
    append_part (text, codelists, g_ptr_array_index (parts, i));
  return g_string_free_and_steal (text);
}

static char *
show_value (PslRecord          *record,
            const PslCodelists *codelists,
            const PslField     *field,
            const char         *language)
{
  const char *value;

  if (field->type == PSL_FIELD_TYPE_PARTS)
    return show_parts (psl_record_get_parts (record, field), codelists);
  value = psl_record_get (record, field, language);
  if (value == NULL)
    return NULL;
  if (field->type == PSL_FIELD_TYPE_ROWS)
    return show_rows (field, codelists, value);
  if (field->type == PSL_FIELD_TYPE_LINK && psl_record_get_link_title (record, field) != NULL)
    return g_strdup_printf ("%s (%s)", psl_record_get_link_title (record, field), value);
  return psl_field_display (field, codelists, value, NULL);
}

typedef void (*ValueFunc) (PslCli     *cli,
                           const char *label,
                           guint       width,
                           const char *text);

/* Calls @each for every field of @group that has a value. Returns the width of
 * the widest label. */
static guint
each_value (PslCli              *cli,
            const PslCodelists  *codelists,
            PslRecord           *record,
            const PslFieldGroup *group,
            guint                width,
            ValueFunc            each)
{
  guint widest = 0;

  for (const PslField *field = psl_record_get_kind (record)->fields; field->name != NULL; field++)
    {
      g_autofree const char **languages = psl_record_list_languages (record, field);
      /* Parts say their languages themselves. */
      gboolean multilingual = (field->flags & PSL_FIELD_MULTILINGUAL) && field->type != PSL_FIELD_TYPE_PARTS;

      if (g_strcmp0 (field->group, group->name) != 0)
        continue;
      for (gsize i = 0; multilingual ? languages[i] != NULL : i == 0; i++)
        {
          g_autofree char *text = show_value (record, codelists, field, languages[i]);
          g_autofree char *label = psl_cli_dup_field_label (field, languages[i]);

          if (text == NULL)
            continue;
          widest = MAX (widest, psl_terminal_measure (label));
          if (each != NULL)
            each (cli, label, width, text);
        }
    }
  return widest;
}

static void
print_line (PslCli     *cli,
            const char *label,
            const char *value)
{
  /* Translators: a kind of record and what this one is called, or a field and its value. */
  psl_cli_print (cli, C_("label and value", "%s: %s"), label, value);
  psl_cli_print (cli, "\n");
}

static void
print_head (PslCli             *cli,
            const PslCodelists *codelists,
            PslRecord          *record)
{
  g_autofree char *title = psl_record_dup_title (record, codelists, psl_language_get_interface ());
  g_autofree char *created = psl_cli_dup_time (psl_record_get_created (record));
  g_autofree char *changed = psl_cli_dup_time (psl_record_get_changed (record));

  print_line (cli, psl_kind_get_label (psl_record_get_kind (record)), title);
  print_line (cli, "UUID", psl_record_get_id (record));
  print_line (cli, C_("record", "Created"), created);
  print_line (cli, C_("record", "Last changed"), changed);
  if (psl_record_get_state (record) == PSL_RECORD_TRASHED)
    psl_cli_print (cli, "%s\n", _("In the trash"));
}

/* Each with its field before it. */
static void
print_remarks (PslCli             *cli,
               const PslCodelists *codelists,
               PslRecord          *record)
{
  const PslKind *kind = psl_record_get_kind (record);
  GPtrArray *remarks = kind->remarks != NULL ? psl_record_get_parts (record, kind->remarks) : NULL;

  if (remarks == NULL)
    return;
  psl_cli_print (cli, "\n%s\n", psl_field_get_label (kind->remarks));
  for (guint i = 0; i < remarks->len; i++)
    {
      PslRecord *remark = g_ptr_array_index (remarks, i);
      const char *language = NULL;
      const PslField *field = psl_remark_find_field (remark, kind, &language);
      g_autofree char *label = field != NULL ? psl_cli_dup_field_label (field, language)
                                             : g_strdup (psl_kind_get_label (kind));
      g_autofree char *title = psl_record_dup_title (remark, codelists, psl_language_get_interface ());
      g_autofree char *signature = psl_remark_dup_signature (remark);
      g_autofree char *text = signature != NULL ? g_strdup_printf ("%s\n— %s", title, signature)
                                                : g_strdup (title);

      print_value (cli, label, psl_terminal_measure (label), text);
    }
}

static void
print_problem (PslCli           *cli,
               const PslProblem *problem)
{
  g_autofree char *label = psl_cli_dup_field_label (problem->field, problem->language);

  psl_cli_print (cli, "  ");
  print_line (cli, label, problem->message);
}

/* A value that is to be decided on, of the record on show or of a part of it: what it is of,
 * and the command that decides. */
static gboolean
print_conflict (PslCli             *cli,
                PslStore           *store,
                PslRecord          *shown,
                const PslConflict  *conflict,
                GError            **error)
{
  g_autoptr (PslRecord) record = psl_store_read (store, conflict->rid, error);
  g_autofree char *name = conflict->field != NULL ? psl_field_dup_text_name (conflict->field, conflict->language)
                                                  : g_strdup (PSL_CLI_STATE);
  g_autofree char *message = psl_conflict_dup_message (conflict);
  g_autofree char *label = NULL;
  g_autofree char *title = NULL;

  if (record == NULL)
    return FALSE;
  label = conflict->field != NULL ? psl_cli_dup_field_label (conflict->field, conflict->language)
                                  : g_strdup (psl_kind_get_label (psl_record_get_kind (record)));
  psl_cli_print (cli, "  ");
  if (conflict->rid != psl_record_get_rid (shown))
    {
      title = psl_record_dup_title (record, psl_store_get_codelists (store), psl_language_get_interface ());
      psl_cli_print (cli, "%s · ", title);
    }
  print_line (cli, label, message);
  /* Translators: a record’s UUID and the name of a field: what to write on the command line */
  psl_cli_print (cli, _("    “resolve %s %s VALUE” decides."), psl_record_get_id (record), name);
  psl_cli_print (cli, "\n");
  return TRUE;
}

static gboolean
print_findings (PslCli     *cli,
                PslStore   *store,
                PslRecord  *record,
                GError    **error)
{
  g_autoptr (PslSettingValues) settings = psl_kind_settings_load_default ();
  g_autoptr (GPtrArray) problems = psl_kind_check (psl_record_get_kind (record), record,
                                                   psl_store_get_codelists (store), settings);
  g_autoptr (GPtrArray) conflicts = psl_store_list_conflicts_of (store, psl_record_get_rid (record), error);
  GPtrArray *of_imports = conflicts != NULL ? psl_store_list_import_conflicts (store, psl_record_get_rid (record), error)
                                            : NULL;

  if (of_imports == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (conflicts, of_imports);
  if (conflicts->len > 0 || problems->len > 0)
    psl_cli_print (cli, "\n%s\n", _("To be looked at"));
  for (guint i = 0; i < conflicts->len; i++)
    {
      if (!print_conflict (cli, store, record, g_ptr_array_index (conflicts, i), error))
        return FALSE;
    }
  for (guint i = 0; i < problems->len; i++)
    print_problem (cli, g_ptr_array_index (problems, i));
  return TRUE;
}

static gboolean
print_record (PslCli     *cli,
              PslStore   *store,
              PslRecord  *record,
              GError    **error)
{
  const PslCodelists *codelists = psl_store_get_codelists (store);
  const PslKind *kind = psl_record_get_kind (record);

  print_head (cli, codelists, record);
  for (const PslFieldGroup *group = kind->groups; group->name != NULL; group++)
    {
      guint width = each_value (cli, codelists, record, group, 0, NULL);

      if (width == 0)
        continue;
      psl_cli_print (cli, "\n%s\n", g_dpgettext2 (GETTEXT_PACKAGE, "field group", group->label));
      each_value (cli, codelists, record, group, width, print_value);
    }

  print_remarks (cli, codelists, record);
  return print_findings (cli, store, record, error);
}

static PslExit
run_show (PslCli             *cli,
          const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_READ_ONLY, &error);
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (store != NULL)
    record = psl_cli_read_record (store, arguments[0], &error);
  if (record == NULL || !psl_store_read_parts (store, record, &error))
    return psl_cli_fail (cli, error);

  if (!json_option)
    return print_record (cli, store, record, &error) ? PSL_EXIT_DONE : psl_cli_fail (cli, error);
  node = psl_record_to_json (record, psl_store_get_codelists (store));
  psl_cli_print_json (cli, node);
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_show = {
  .name = "show",
  .arguments = "ID",
  .summary = N_("Shows a record"),
  .n_arguments = 1,
  .entries = entries,
  .run = run_show,
};
