/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-summary.h"

#include <glib/gi18n.h>

#include "psl-combo-row.h"
#include "psl-import-columns.h"
#include "psl-import-questions.h"
#include "psl-import-reading.h"
#include "psl-kinds.h"
#include "psl-number.h"

struct _PslImportSummary
{
  AdwBin parent_instance;

  AdwActionRow *file;
  AdwComboRow *kind;
  AdwActionRow *unmatched_columns;
  GtkWidget *outcomes;
  AdwActionRow *new_records;
  AdwActionRow *changed_records;
  AdwActionRow *same_records;
  AdwActionRow *merged_rows;
  AdwActionRow *created_records;
  AdwActionRow *unlisted_values;
  AdwActionRow *conflict_values;
  AdwActionRow *left_out_values;
  AdwActionRow *refused_rows;
  AdwSwitchRow *prefer_file;
  PslImportQuestions *questions;
  PslImportReading *reading;
  PslImportColumns *columns;

  GStrv maps;
  gboolean has_columns;
  gboolean has_chosen_kind;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (PslImportSummary, psl_import_summary, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_count (AdwActionRow *row,
           guint64       count)
{
  g_autofree char *text = psl_number_format_count (count);

  adw_action_row_set_subtitle (row, text);
}

static const char *
name_delimiter (char delimiter)
{
  switch (delimiter)
    {
    case ';':
      return C_("delimiter", "semicolons");
    case '\t':
      return C_("delimiter", "tabs");
    case ',':
    default:
      return C_("delimiter", "commas");
    }
}

static void
show_file (PslImportSummary      *self,
           GFile                 *file,
           const PslImportResult *result)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *rows = NULL;
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  if (result == NULL || result->refusal != NULL)
    {
      adw_action_row_set_subtitle (self->file, name);
      return;
    }

  rows = psl_number_format_count (result->plan.n_rows);
  count = g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) result->plan.n_rows), rows);
  /* Translators: a file, how many rows it has, what its cells are separated by, and
   * its encoding, as in “projects.csv · 27 rows · commas · UTF-8” */
  text = g_strdup_printf (_("%s · %s · %s · %s"), name, count, name_delimiter (result->plan.delimiter),
                          result->plan.encoding);
  adw_action_row_set_subtitle (self->file, text);
}

static void
show_kind (PslImportSummary *self,
           const PslKind    *kind)
{
  for (guint i = 0; psl_kinds[i] != NULL; i++)
    {
      if (psl_kinds[i] == kind)
        adw_combo_row_set_selected (self->kind, i);
    }
}

/* Shows the columns that go nowhere before the counts of the rest: the columns themselves are
 * out of view. */
static void
show_unmatched (PslImportSummary *self,
                PslImportMapping *mapping)
{
  g_auto (GStrv) names = psl_import_columns_dup_unmatched (mapping);
  guint n = g_strv_length (names);
  g_autofree char *number = psl_number_format_count (n);
  g_autofree char *list = g_strjoinv (", ", names);
  /* Translators: how many columns are left out, and which, as in “2: Town, Remark” */
  g_autofree char *text = g_strdup_printf (C_("columns left out", "%s: %s"), number, list);

  adw_action_row_set_subtitle (self->unmatched_columns, text);
  gtk_widget_set_visible (GTK_WIDGET (self->unmatched_columns), n > 0);
}

static void
show_outcomes (PslImportSummary    *self,
               const PslImportPlan *plan)
{
  const guint64 *n = plan->n_records;

  set_count (self->new_records, n[PSL_IMPORT_NEW]);
  set_count (self->changed_records, n[PSL_IMPORT_CHANGED]);
  set_count (self->same_records, n[PSL_IMPORT_IDENTICAL] + n[PSL_IMPORT_CONFLICT]);
  set_count (self->merged_rows, plan->n_merged);
  set_count (self->created_records, plan->n_created);
  set_count (self->unlisted_values, plan->n_unlisted);
  set_count (self->conflict_values, plan->n_remarks);
  set_count (self->left_out_values, plan->n_left_out);
  set_count (self->refused_rows, plan->n_refused);
  /* Counts that are mostly 0 are shown only where they are not. */
  gtk_widget_set_visible (GTK_WIDGET (self->merged_rows), plan->n_merged > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->created_records), plan->n_created > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->unlisted_values), plan->n_unlisted > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->conflict_values), plan->n_remarks > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out_values), plan->n_left_out > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->prefer_file),
                          plan->n_conflicts > 0 || adw_switch_row_get_active (self->prefer_file));
}

static void
changed_cb (PslImportSummary *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The targets of the former columns, and how they are read, hold no longer. */
static void
forget_columns (PslImportSummary *self)
{
  psl_import_columns_clear (self->columns);
  psl_import_questions_clear (self->questions);
  self->has_columns = FALSE;
}

/* Fields are others then. */
static void
kind_selected_cb (PslImportSummary *self)
{
  if (self->filling)
    return;

  self->has_chosen_kind = TRUE;
  forget_columns (self);
  changed_cb (self);
}

/* Headings are others then. */
static void
encoding_changed_cb (PslImportSummary *self)
{
  forget_columns (self);
  changed_cb (self);
}

static void
psl_import_summary_finalize (GObject *object)
{
  g_strfreev (PSL_IMPORT_SUMMARY (object)->maps);

  G_OBJECT_CLASS (psl_import_summary_parent_class)->finalize (object);
}

static void
psl_import_summary_class_init (PslImportSummaryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = psl_import_summary_finalize;

  /**
   * PslImportSummary::changed:
   *
   * Another choice was made.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_IMPORT_SUMMARY, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PSL_TYPE_IMPORT_COLUMNS);
  g_type_ensure (PSL_TYPE_IMPORT_QUESTIONS);
  g_type_ensure (PSL_TYPE_IMPORT_READING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-import-summary.ui");
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, file);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, kind);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, unmatched_columns);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, outcomes);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, new_records);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, changed_records);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, same_records);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, merged_rows);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, created_records);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, unlisted_values);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, conflict_values);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, left_out_values);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, refused_rows);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, prefer_file);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, questions);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, reading);
  gtk_widget_class_bind_template_child (widget_class, PslImportSummary, columns);
  gtk_widget_class_bind_template_callback (widget_class, kind_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, encoding_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
psl_import_summary_init (PslImportSummary *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    gtk_string_list_append (kinds, psl_kind_get_label_plural (psl_kinds[i]));
  psl_combo_row_set_choices (self->kind, kinds);
  self->filling = FALSE;
}

/**
 * psl_import_summary_show:
 * @file: the table
 * @result: (nullable): the effects of importing it; %NULL where it can't be read as it is
 *   read now
 *
 * Shows @result. Choices that the person made stay.
 */
void
psl_import_summary_show (PslImportSummary      *self,
                         GFile                 *file,
                         const PslImportResult *result)
{
  g_return_if_fail (PSL_IS_IMPORT_SUMMARY (self));

  self->filling = TRUE;
  show_file (self, file, result);
  psl_import_reading_show (self->reading, result);
  if (result != NULL)
    {
      show_kind (self, result->kind);
      show_unmatched (self, result->mapping);
      psl_import_questions_show (self->questions, result->codelists, result->questions);
      psl_import_columns_show (self->columns, result->codelists, result->kind, result->mapping);
      self->has_columns = TRUE;
    }
  self->filling = FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self->kind), result != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->columns), result != NULL);
  if (result == NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->unmatched_columns), FALSE);
  gtk_widget_set_visible (self->outcomes, result != NULL && result->refusal == NULL);
  if (result != NULL)
    show_outcomes (self, &result->plan);
}

/**
 * psl_import_summary_fill_request:
 * @request: (inout): filled with the person's choices, which stay the summary's and hold
 *   until the next call
 */
void
psl_import_summary_fill_request (PslImportSummary *self,
                                 PslImportRequest *request)
{
  g_return_if_fail (PSL_IS_IMPORT_SUMMARY (self));

  psl_import_reading_fill_request (self->reading, request);
  request->prefer_file = adw_switch_row_get_active (self->prefer_file);
  /* Until columns are known, the kind is guessed from them, unless the person knows it. */
  if (self->has_columns || self->has_chosen_kind)
    request->kind = psl_kinds[adw_combo_row_get_selected (self->kind)];
  if (!self->has_columns)
    return;

  request->headings = psl_import_columns_get_headings (self->columns);
  g_strfreev (self->maps);
  self->maps = psl_import_columns_dup_maps (self->columns);
  request->maps = (const char *const *) self->maps;
  request->answers = psl_import_questions_get_answers (self->questions, &request->n_answers);
}

/**
 * psl_import_summary_get_open:
 *
 * Returns: (transfer none) (nullable): where the first question is answered that is not
 *   answered yet
 */
GtkWidget *
psl_import_summary_get_open (PslImportSummary *self)
{
  g_return_val_if_fail (PSL_IS_IMPORT_SUMMARY (self), NULL);

  return psl_import_questions_get_open (self->questions);
}
