/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-import-columns.h"
#include "psl-import-dialog.h"
#include "psl-import-job.h"
#include "psl-progress-bar.h"
#include "psl-string-factory.h"

struct _PslImportDialog
{
  AdwDialog parent_instance;

  GtkWidget *import_button;
  AdwBanner *refusal;
  GtkStack *stack;
  AdwStatusPage *working;
  AdwStatusPage *failed;
  AdwActionRow *file;
  AdwComboRow *kind;
  GtkWidget *outcomes;
  AdwActionRow *new_records;
  AdwActionRow *changed_records;
  AdwActionRow *same_records;
  AdwActionRow *refused_rows;
  AdwSwitchRow *prefer_file;
  PslImportColumns *columns;
  AdwPreferencesGroup *issues;
  PslProgressBar *progress;

  PslRegister *reg;
  GFile *source;
  const PslKind *likely;
  GPtrArray *issue_rows;
  GCancellable *cancellable;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (PslImportDialog, psl_import_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_IMPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One run on the register's thread. */
typedef struct
{
  PslImportDialog *dialog;
  GCancellable *cancellable;
  gboolean dry_run;
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->dialog);
  g_object_unref (run->cancellable);
  g_free (run);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
set_count (AdwActionRow *row,
           guint64       count)
{
  g_autofree char *text = g_strdup_printf ("%'" G_GUINT64_FORMAT, count);

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
show_file (PslImportDialog       *self,
           const PslImportResult *result)
{
  g_autofree char *base = g_file_get_basename (self->source);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *rows = g_strdup_printf ("%'" G_GUINT64_FORMAT, result->plan.n_rows);
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  if (result->refusal != NULL)
    {
      adw_action_row_set_subtitle (self->file, name);
      return;
    }

  count = g_strdup_printf (ngettext ("%s row", "%s rows", (gulong) result->plan.n_rows), rows);
  /* Translators: a file, how many rows it has, and what its cells are separated
   * by, as in “projects.csv · 27 rows · commas” */
  text = g_strdup_printf (_("%s · %s · %s"), name, count, name_delimiter (result->plan.delimiter));
  adw_action_row_set_subtitle (self->file, text);
}

static void
show_kind (PslImportDialog *self,
           const PslKind   *kind)
{
  for (guint i = 0; psl_kinds[i] != NULL; i++)
    {
      if (psl_kinds[i] == kind)
        adw_combo_row_set_selected (self->kind, i);
    }
}

static void
add_issue_row (PslImportDialog *self,
               const char      *title,
               const char      *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (self->issues, row);
  g_ptr_array_add (self->issue_rows, row);
}

static void
add_issue (PslImportDialog      *self,
           const PslImportIssue *issue)
{
  g_autofree char *message = psl_import_issue_dup_message (issue);
  g_autofree char *line = g_strdup_printf ("%'" G_GUINT64_FORMAT, issue->line);
  g_autofree char *title = NULL;

  if (issue->field != NULL)
    /* Translators: where in a file something is, as in “Line 14: Budget” */
    title = g_strdup_printf (_("Line %s: %s"), line, psl_field_get_label (issue->field));
  else
    title = g_strdup_printf (_("Line %s"), line);
  add_issue_row (self, title, message);
}

static void
show_issues (PslImportDialog       *self,
             const PslImportResult *result)
{
  for (guint i = 0; i < self->issue_rows->len; i++)
    adw_preferences_group_remove (self->issues, g_ptr_array_index (self->issue_rows, i));
  g_ptr_array_set_size (self->issue_rows, 0);

  for (guint i = 0; i < result->issues->len; i++)
    add_issue (self, g_ptr_array_index (result->issues, i));
  if (result->n_issues > result->issues->len)
    {
      guint64 more = result->n_issues - result->issues->len;
      g_autofree char *number = g_strdup_printf ("%'" G_GUINT64_FORMAT, more);
      g_autofree char *text = g_strdup_printf (ngettext ("… and %s more", "… and %s more", (gulong) more), number);

      add_issue_row (self, text, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->issues), result->n_issues > 0);
}

/* Nothing moves the focus to what went wrong. */
static void
announce (PslImportDialog *self,
          const GError    *error)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_result (PslImportDialog       *self,
             const PslImportResult *result)
{
  const PslImportPlan *plan = &result->plan;
  const guint64 *n = plan->n_records;

  self->filling = TRUE;
  show_file (self, result);
  show_kind (self, result->kind);
  psl_import_columns_show (self->columns, result->kind, result->mapping);
  self->filling = FALSE;

  set_count (self->new_records, n[PSL_IMPORT_NEW]);
  set_count (self->changed_records, n[PSL_IMPORT_CHANGED]);
  set_count (self->same_records, n[PSL_IMPORT_IDENTICAL] + n[PSL_IMPORT_CONFLICT]);
  set_count (self->refused_rows, plan->n_refused);
  gtk_widget_set_visible (GTK_WIDGET (self->prefer_file),
                          plan->n_conflicts > 0 || adw_switch_row_get_active (self->prefer_file));
  show_issues (self, result);

  adw_banner_set_title (self->refusal, result->refusal != NULL ? result->refusal->message : "");
  adw_banner_set_revealed (self->refusal, result->refusal != NULL);
  gtk_widget_set_visible (self->outcomes, result->refusal == NULL);
  gtk_widget_set_sensitive (self->import_button,
                            result->refusal == NULL && n[PSL_IMPORT_NEW] + n[PSL_IMPORT_CHANGED] > 0);
  gtk_stack_set_visible_child_name (self->stack, "preview");
  if (result->refusal != NULL)
    announce (self, result->refusal);
}

static void
ran_cb (GObject      *source,
        GAsyncResult *async_result,
        gpointer      user_data)
{
  g_autoptr (Run) run = user_data;
  PslImportDialog *self = run->dialog;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslImportResult) result = psl_import_finish (PSL_REGISTER (source), async_result, &error);
  g_autofree char *reason = NULL;

  if (result != NULL && !run->dry_run)
    {
      g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, result);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  /* Closed, or asked for something else meanwhile. */
  if (run->cancellable != self->cancellable || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  psl_progress_bar_stop (self->progress);
  if (result != NULL)
    {
      show_result (self, result);
      return;
    }
  reason = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->failed, reason);
  gtk_stack_set_visible_child_name (self->stack, "failed");
  announce (self, error);
}

static void
stop (PslImportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
start (PslImportDialog *self,
       const PslKind   *kind,
       gboolean         dry_run)
{
  g_autoptr (PslProgress) progress = psl_progress_new ();
  g_auto (GStrv) maps = kind != NULL ? psl_import_columns_dup_maps (self->columns) : NULL;
  PslImportRequest request = {
    .kind = kind,
    .likely = self->likely,
    .maps = (const char *const *) maps,
    .headings = kind != NULL ? psl_import_columns_get_headings (self->columns) : NULL,
    .prefer_file = adw_switch_row_get_active (self->prefer_file),
    .dry_run = dry_run,
  };
  Run *run = g_new0 (Run, 1);

  stop (self);
  self->cancellable = g_cancellable_new ();
  run->dialog = g_object_ref (self);
  run->cancellable = g_object_ref (self->cancellable);
  run->dry_run = dry_run;

  gtk_widget_set_sensitive (self->import_button, FALSE);
  psl_progress_bar_start (self->progress, progress);
  psl_import_async (self->reg, self->source, &request, progress, self->cancellable, ran_cb, run);
}

static const PslKind *
get_kind (PslImportDialog *self)
{
  return psl_kinds[adw_combo_row_get_selected (self->kind)];
}

/* Other fields: what columns were sent to says nothing any more. */
static void
kind_selected_cb (PslImportDialog *self)
{
  if (self->filling)
    return;

  psl_import_columns_clear (self->columns);
  start (self, get_kind (self), TRUE);
}

static void
changed_cb (PslImportDialog *self)
{
  if (!self->filling)
    start (self, get_kind (self), TRUE);
}

static void
import_clicked_cb (PslImportDialog *self)
{
  adw_status_page_set_title (self->working, _("Importing…"));
  gtk_stack_set_visible_child_name (self->stack, "working");
  start (self, get_kind (self), FALSE);
}

static void
cancel_clicked_cb (PslImportDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
closed_cb (PslImportDialog *self)
{
  stop (self);
}

static void
psl_import_dialog_dispose (GObject *object)
{
  PslImportDialog *self = PSL_IMPORT_DIALOG (object);

  stop (self);
  g_clear_object (&self->reg);
  g_clear_object (&self->source);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_IMPORT_DIALOG);

  G_OBJECT_CLASS (psl_import_dialog_parent_class)->dispose (object);
}

static void
psl_import_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (PSL_IMPORT_DIALOG (object)->issue_rows);

  G_OBJECT_CLASS (psl_import_dialog_parent_class)->finalize (object);
}

static void
psl_import_dialog_class_init (PslImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_import_dialog_dispose;
  object_class->finalize = psl_import_dialog_finalize;

  /**
   * PslImportDialog::imported:
   * @result: a #PslImportResult, the dialog's
   *
   * It is done.
   */
  signals[SIGNAL_IMPORTED] =
    g_signal_new ("imported", PSL_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (PSL_TYPE_IMPORT_COLUMNS);
  g_type_ensure (PSL_TYPE_PROGRESS_BAR);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, refusal);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, working);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, file);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, outcomes);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, new_records);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, changed_records);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, same_records);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, refused_rows);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, prefer_file);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, issues);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, progress);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
psl_import_dialog_init (PslImportDialog *self)
{
  g_autoptr (GtkStringList) kinds = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) factory = psl_string_factory_new ();

  self->issue_rows = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    gtk_string_list_append (kinds, psl_kind_get_label_plural (psl_kinds[i]));
  adw_combo_row_set_factory (self->kind, factory);
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (kinds));
  self->filling = FALSE;
}

/**
 * psl_import_dialog_new:
 * @reg: where records go
 * @file: a CSV file
 * @likely: what its rows are where its columns fit several kinds
 *
 * Returns: (transfer floating): the dialog, which begins to read
 */
PslImportDialog *
psl_import_dialog_new (PslRegister   *reg,
                       GFile         *file,
                       const PslKind *likely)
{
  PslImportDialog *self = g_object_new (PSL_TYPE_IMPORT_DIALOG, NULL);

  g_set_object (&self->reg, reg);
  g_set_object (&self->source, file);
  self->likely = likely;
  adw_status_page_set_title (self->working, _("Reading the File…"));
  start (self, NULL, TRUE);

  return self;
}
