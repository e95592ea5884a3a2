/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-problems.h"

#include <glib/gi18n.h>

#include "psl-focus.h"
#include "psl-import-columns.h"
#include "psl-number.h"

struct _PslImportProblems
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwPreferencesGroup *issues;
  GtkWidget *save_button;

  GPtrArray *rows;
  PslRefusedRows *refused;
};

G_DEFINE_FINAL_TYPE (PslImportProblems, psl_import_problems, ADW_TYPE_BIN)

enum
{
  SIGNAL_SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
add_row (PslImportProblems *self,
         const char        *title,
         const char        *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (self->issues, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_issue (PslImportProblems    *self,
           const PslCodelists   *codelists,
           const PslImportIssue *issue)
{
  g_autofree char *message = psl_import_issue_dup_message (issue, codelists);
  g_autofree char *line = psl_number_format_count (issue->line);
  g_autofree char *field = NULL;
  g_autofree char *title = NULL;

  if (issue->field != NULL)
    {
      const PslImportDestination place = {
        .target = PSL_IMPORT_TO_FIELD,
        .field = issue->field,
        .subfield = issue->subfield,
        .language = issue->language,
      };

      field = psl_import_columns_describe (&place);
      /* Translators: where in a file something is, as in “Line 14: Budget” */
      title = g_strdup_printf (_("Line %s: %s"), line, field);
    }
  else
    title = g_strdup_printf (_("Line %s"), line);
  add_row (self, title, message);
}

static void
save_func (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  GFile *file = g_object_get_data (G_OBJECT (task), "file");
  GError *error = NULL;
  g_autoptr (PslFileWriter) writer = psl_file_writer_new (file, cancellable, &error);

  if (writer != NULL && psl_refused_rows_write (data, writer, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  PslImportProblems *self = PSL_IMPORT_PROBLEMS (source);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  gtk_widget_set_sensitive (self->save_button, TRUE);
  g_signal_emit (self, signals[SIGNAL_SAVED], 0, g_object_get_data (G_OBJECT (result), "file"), error);
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (PslImportProblems) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    psl_import_problems_save (self, file);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    g_signal_emit (self, signals[SIGNAL_SAVED], 0, NULL, error);
}

static void
save_clicked_cb (PslImportProblems *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _("Save Rows to Correct"));
  gtk_file_dialog_set_initial_name (dialog, _("rows to correct.csv"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL,
                        file_chosen_cb, g_object_ref (self));
}

static void
psl_import_problems_finalize (GObject *object)
{
  PslImportProblems *self = PSL_IMPORT_PROBLEMS (object);

  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->refused, psl_refused_rows_unref);

  G_OBJECT_CLASS (psl_import_problems_parent_class)->finalize (object);
}

static void
psl_import_problems_class_init (PslImportProblemsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = psl_import_problems_finalize;

  /**
   * PslImportProblems::saved:
   * @file: (nullable): where the rows to correct were to be written
   * @error: (nullable): why they could not be
   *
   * The rows were saved, or could not be.
   */
  signals[SIGNAL_SAVED] =
    g_signal_new ("saved", PSL_TYPE_IMPORT_PROBLEMS, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_FILE, G_TYPE_ERROR);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-import-problems.ui");
  gtk_widget_class_bind_template_child (widget_class, PslImportProblems, stack);
  gtk_widget_class_bind_template_child (widget_class, PslImportProblems, issues);
  gtk_widget_class_bind_template_child (widget_class, PslImportProblems, save_button);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
}

static void
psl_import_problems_init (PslImportProblems *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  /* With large letters, the button's words are wider than a narrow window. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->save_button))), TRUE);
}

/**
 * psl_import_problems_show:
 *
 * Shows the issues of @result.
 */
void
psl_import_problems_show (PslImportProblems     *self,
                          const PslImportResult *result)
{
  g_return_if_fail (PSL_IS_IMPORT_PROBLEMS (self));

  psl_focus_hand_on (GTK_WIDGET (self->stack));
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->issues, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < result->issues->len; i++)
    add_issue (self, result->codelists, g_ptr_array_index (result->issues, i));
  if (result->n_issues > result->issues->len)
    {
      guint64 more = result->n_issues - result->issues->len;
      g_autofree char *number = psl_number_format_count (more);
      g_autofree char *text = g_strdup_printf (ngettext ("… and %s more", "… and %s more", (gulong) more), number);

      add_row (self, text, NULL);
    }
  g_clear_pointer (&self->refused, psl_refused_rows_unref);
  self->refused = psl_refused_rows_ref (result->refused);
  /* A hidden suffix would still leave the space of a heading above the rows. */
  adw_preferences_group_set_header_suffix (self->issues,
                                           psl_refused_rows_get_n (self->refused) > 0 ? self->save_button : NULL);
  gtk_stack_set_visible_child_name (self->stack, result->n_issues > 0 ? "list"
                                               : result->questions->len > 0 ? "open" : "none");
}

/**
 * psl_import_problems_save:
 * @file: is replaced when all is written
 *
 * Writes the rows that were refused or not taken whole on another thread; then
 * “saved” tells how that ended.
 */
void
psl_import_problems_save (PslImportProblems *self,
                          GFile             *file)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PSL_IS_IMPORT_PROBLEMS (self));
  g_return_if_fail (self->refused != NULL);

  psl_focus_hand_on (self->save_button);
  gtk_widget_set_sensitive (self->save_button, FALSE);
  task = g_task_new (self, NULL, saved_cb, NULL);
  g_object_set_data_full (G_OBJECT (task), "file", g_object_ref (file), g_object_unref);
  g_task_set_task_data (task, psl_refused_rows_ref (self->refused), (GDestroyNotify) psl_refused_rows_unref);
  g_task_run_in_thread (task, save_func);
}
