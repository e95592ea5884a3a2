/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-focus.h"
#include "psl-import-dialog.h"

#include "psl-import-job.h"
#include "psl-import-problems.h"
#include "psl-import-summary.h"
#include "psl-import-table.h"
#include "psl-progress-bar.h"
#include "psl-toast.h"

struct _PslImportDialog
{
  AdwDialog parent_instance;

  GtkWidget *cancel_button;
  GtkWidget *import_button;
  AdwBanner *obstacle;
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *working;
  AdwStatusPage *failed;
  AdwViewStackPage *summary_page;
  PslImportSummary *summary;
  AdwViewStackPage *rows_page;
  PslImportTable *table;
  AdwViewStackPage *problems_page;
  PslImportProblems *problems;
  PslProgressBar *progress;

  PslRegister *reg;
  GFile *source;
  const PslKind *likely;
  GCancellable *cancellable;
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

/* An error is announced, for the focus does not move to it. */
static void
announce (PslImportDialog *self,
          const char      *message)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (self), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Why nothing can be imported, or NULL where something can be. */
static const char *
find_obstacle (const PslImportResult *result)
{
  const PslImportPlan *plan = &result->plan;

  if (result->questions->len > 0)
    return _("Answer first how the file is to be read.");
  if (result->refusal != NULL)
    return result->refusal->message;
  if (psl_import_plan_changes (plan))
    return NULL;
  if (plan->n_rows == 0)
    return _("The file has no rows below its headings.");
  if (plan->n_refused == plan->n_rows)
    return _("No row of the file can go in. “Problems” says why.");
  if (plan->n_conflicts + plan->n_left_out > 0)
    return _("Nothing would change. “Problems” says which values of the file are not taken.");
  return _("Nothing in the file is new: the register has it already.");
}

/* @obstacle is why nothing can be imported, or NULL where something can be. */
static void
show_preview (PslImportDialog *self,
              const char      *obstacle)
{
  adw_banner_set_title (self->obstacle, obstacle != NULL ? obstacle : "");
  adw_banner_set_revealed (self->obstacle, obstacle != NULL);
  gtk_widget_set_sensitive (self->import_button, obstacle == NULL);
  gtk_stack_set_visible_child_name (self->stack, "preview");
  if (obstacle != NULL)
    announce (self, obstacle);
}

/* Moves the focus to the next step, unless the person has gone elsewhere: to an open question
 * about the file, or to the import. */
static void
lead_on (PslImportDialog *self)
{
  GtkWidget *open = psl_import_summary_get_open (self->summary);

  if (psl_focus_is_in (GTK_WIDGET (self)) && !psl_focus_is_in (self->cancel_button))
    return;
  if (open != NULL)
    adw_dialog_set_focus (ADW_DIALOG (self), open);
  else if (gtk_widget_is_sensitive (self->import_button))
    adw_dialog_set_focus (ADW_DIALOG (self), self->import_button);
}

static void
show_result (PslImportDialog       *self,
             const PslImportResult *result)
{
  const char *obstacle = find_obstacle (result);

  psl_import_summary_show (self->summary, self->source, result);
  psl_import_table_show (self->table, result->mapping, G_LIST_MODEL (result->rows), result->plan.n_rows);
  psl_import_problems_show (self->problems, result);
  adw_view_stack_page_set_badge_number (self->problems_page, (guint) MIN (result->n_issues, G_MAXUINT));
  show_preview (self, obstacle);
  lead_on (self);
}

/* Where the encoding is wrong, another one can be chosen. */
static void
show_error (PslImportDialog *self,
            const GError    *error)
{
  g_autofree char *reason = g_markup_escape_text (error->message, -1);

  if (g_error_matches (error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING))
    {
      psl_import_summary_show (self->summary, self->source, NULL);
      show_preview (self, error->message);
      return;
    }

  adw_banner_set_revealed (self->obstacle, FALSE);
  psl_focus_hand_on (GTK_WIDGET (self->stack));
  adw_status_page_set_description (self->failed, reason);
  gtk_stack_set_visible_child_name (self->stack, "failed");
  announce (self, error->message);
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
  show_error (self, error);
}

static void
stop (PslImportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
start (PslImportDialog *self,
       gboolean         dry_run)
{
  g_autoptr (PslProgress) progress = psl_progress_new ();
  PslImportRequest request = { .likely = self->likely, .dry_run = dry_run };
  Run *run = g_new0 (Run, 1);

  psl_import_summary_fill_request (self->summary, &request);

  stop (self);
  self->cancellable = g_cancellable_new ();
  run->dialog = g_object_ref (self);
  run->cancellable = g_object_ref (self->cancellable);
  run->dry_run = dry_run;

  psl_focus_hand_on (self->import_button);
  gtk_widget_set_sensitive (self->import_button, FALSE);
  psl_progress_bar_start (self->progress, progress);
  psl_import_async (self->reg, self->source, &request, progress, self->cancellable, ran_cb, run);
}

static void
changed_cb (PslImportDialog *self)
{
  start (self, TRUE);
}

static void
import_clicked_cb (PslImportDialog *self)
{
  adw_status_page_set_title (self->working, _("Importing…"));
  psl_focus_hand_on (GTK_WIDGET (self->stack));
  gtk_stack_set_visible_child_name (self->stack, "working");
  start (self, FALSE);
}

static void
saved_cb (PslImportDialog *self,
          GFile           *file,
          GError          *error)
{
  g_autofree char *message = NULL;
  AdwToast *toast;

  if (error == NULL)
    {
      g_autofree char *base = g_file_get_basename (file);
      g_autofree char *name = g_filename_display_name (base);

      /* Translators: the name of a file */
      message = g_strdup_printf (_("Rows to correct saved as %s"), name);
    }
  else
    message = g_strdup_printf (_("The rows can’t be saved: %s"), error->message);

  toast = psl_toast_new (message);
  adw_toast_overlay_dismiss_all (self->toasts);
  adw_toast_overlay_add_toast (self->toasts, toast);
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
psl_import_dialog_class_init (PslImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_import_dialog_dispose;

  /**
   * PslImportDialog::imported:
   * @result: a #PslImportResult, the dialog's
   *
   * It is done.
   */
  signals[SIGNAL_IMPORTED] =
    g_signal_new ("imported", PSL_TYPE_IMPORT_DIALOG, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (PSL_TYPE_IMPORT_PROBLEMS);
  g_type_ensure (PSL_TYPE_IMPORT_SUMMARY);
  g_type_ensure (PSL_TYPE_IMPORT_TABLE);
  g_type_ensure (PSL_TYPE_PROGRESS_BAR);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, obstacle);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, working);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, summary_page);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, rows_page);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, table);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, problems_page);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, problems);
  gtk_widget_class_bind_template_child (widget_class, PslImportDialog, progress);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, saved_cb);
}

/* libadwaita names a page with the underscore of its mnemonic. */
static void
name_page (AdwViewStackPage *page)
{
  g_auto (GStrv) parts = g_strsplit (adw_view_stack_page_get_title (page), "_", -1);
  g_autofree char *name = g_strjoinv ("", parts);

  gtk_accessible_update_property (GTK_ACCESSIBLE (page), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
psl_import_dialog_init (PslImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  name_page (self->summary_page);
  name_page (self->rows_page);
  name_page (self->problems_page);
}

/**
 * psl_import_dialog_new:
 * @reg: where records go
 * @file: a CSV file
 * @likely: the kind of its rows where its columns fit several
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
  start (self, TRUE);

  return self;
}
