/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-export-dialog.h"

#include "psl-export-job.h"
#include "psl-focus.h"
#include "psl-progress-bar.h"
#include "psl-settings.h"

struct _PslExportDialog
{
  AdwDialog parent_instance;

  GtkWidget *export_button;
  AdwBanner *failed;
  GtkWidget *page;
  AdwActionRow *shown_row;
  AdwActionRow *all_row;
  GtkCheckButton *only_shown;
  GtkCheckButton *in_words;
  PslProgressBar *progress;

  PslRegister *reg;
  const PslCollection *collection;
  PslQuery *shown;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PslExportDialog, psl_export_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_EXPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A file on its way. */
typedef struct
{
  PslExportDialog *dialog;
  GFile *file;
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->dialog);
  g_object_unref (writing->file);
  g_free (writing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

/* All records of the place, in the order of the list. */
static PslQuery *
make_query (PslExportDialog *self)
{
  gboolean descending;
  const char *sort = psl_query_get_sort (self->shown, &descending);
  PslQuery *query;

  if (gtk_check_button_get_active (self->only_shown))
    return g_object_ref (self->shown);

  query = psl_collection_new_query (self->collection);
  psl_query_set_sort (query, sort, descending);
  psl_query_set_language (query, psl_query_get_language (self->shown));

  return query;
}

static void
set_busy (PslExportDialog *self,
          gboolean         busy)
{
  if (busy)
    {
      psl_focus_hand_on (self->page);
      psl_focus_hand_on (self->export_button);
    }
  gtk_widget_set_sensitive (self->export_button, !busy);
  gtk_widget_set_sensitive (self->page, !busy);
}

static void
show_failure (PslExportDialog *self,
              const GError    *error)
{
  adw_banner_set_title (self->failed, error->message);
  adw_banner_set_revealed (self->failed, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), error->message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Writing) writing = user_data;
  PslExportDialog *self = writing->dialog;
  g_autoptr (GError) error = NULL;
  gint64 n_records = psl_export_finish (PSL_REGISTER (source), result, &error);

  if (n_records >= 0)
    {
      g_signal_emit (self, signals[SIGNAL_EXPORTED], 0, writing->file, n_records);
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  psl_progress_bar_stop (self->progress);
  set_busy (self, FALSE);
  show_failure (self, error);
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (PslExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (self->reg == NULL)
    return;

  set_busy (self, FALSE);
  if (file != NULL)
    psl_export_dialog_write (self, file);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    show_failure (self, error);
}

static void
export_clicked_cb (PslExportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = g_strdup_printf ("%s.csv", psl_collection_get_label (self->collection));

  set_busy (self, TRUE);
  gtk_file_dialog_set_title (dialog, _("Export"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable,
                        file_chosen_cb, g_object_ref (self));
}

static void
cancel_clicked_cb (PslExportDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
closed_cb (PslExportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->reg);
}

static void
psl_export_dialog_dispose (GObject *object)
{
  PslExportDialog *self = PSL_EXPORT_DIALOG (object);

  closed_cb (self);
  g_clear_object (&self->shown);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_EXPORT_DIALOG);

  G_OBJECT_CLASS (psl_export_dialog_parent_class)->dispose (object);
}

static void
psl_export_dialog_finalize (GObject *object)
{
  g_object_unref (PSL_EXPORT_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (psl_export_dialog_parent_class)->finalize (object);
}

static void
psl_export_dialog_class_init (PslExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_export_dialog_dispose;
  object_class->finalize = psl_export_dialog_finalize;

  /**
   * PslExportDialog::exported:
   * @file: where the records were written
   * @n_records: how many
   *
   * It is done.
   */
  signals[SIGNAL_EXPORTED] =
    g_signal_new ("exported", PSL_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_FILE, G_TYPE_INT64);

  g_type_ensure (PSL_TYPE_PROGRESS_BAR);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PslExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, PslExportDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, PslExportDialog, page);
  gtk_widget_class_bind_template_child (widget_class, PslExportDialog, shown_row);
  gtk_widget_class_bind_template_child (widget_class, PslExportDialog, all_row);
  gtk_widget_class_bind_template_child (widget_class, PslExportDialog, only_shown);
  gtk_widget_class_bind_template_child (widget_class, PslExportDialog, in_words);
  gtk_widget_class_bind_template_child (widget_class, PslExportDialog, progress);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked_cb);
}

static void
psl_export_dialog_init (PslExportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_export_dialog_new:
 * @reg: where the records are
 * @place: the listed collection
 * @shown: the query of the list
 * @n_shown: how many records the list shows
 * @total: how many the place has; -1 where that isn't known
 *
 * Returns: (transfer floating): the dialog
 */
PslExportDialog *
psl_export_dialog_new (PslRegister    *reg,
                       const PslCollection *collection,
                       PslQuery       *shown,
                       guint           n_shown,
                       gint64          total)
{
  PslExportDialog *self = g_object_new (PSL_TYPE_EXPORT_DIALOG, NULL);
  g_autofree char *part = psl_collection_format_count (collection, n_shown, total);
  g_autofree char *all = total >= 0 ? psl_collection_format_count (collection, (guint) total, -1) : NULL;
  gboolean is_part = psl_query_get_search (shown) != NULL || psl_query_get_filters (shown)->len > 0;

  g_set_object (&self->reg, reg);
  self->collection = collection;
  self->shown = psl_query_copy (shown);
  adw_action_row_set_subtitle (self->shown_row, part);
  if (all != NULL)
    adw_action_row_set_subtitle (self->all_row, all);
  gtk_widget_set_visible (GTK_WIDGET (self->shown_row), is_part);
  gtk_check_button_set_active (self->only_shown, is_part && n_shown > 0);

  return self;
}

/**
 * psl_export_dialog_write:
 * @file: where to
 *
 * Writes the chosen records.
 */
void
psl_export_dialog_write (PslExportDialog *self,
                         GFile           *file)
{
  g_autoptr (PslProgress) progress = psl_progress_new ();
  g_autoptr (PslQuery) query = NULL;
  const char *labels = NULL;
  Writing *writing;

  g_return_if_fail (PSL_IS_EXPORT_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));

  query = make_query (self);
  if (gtk_check_button_get_active (self->in_words))
    labels = psl_language_get_program (psl_register_get_language (self->reg));

  writing = g_new0 (Writing, 1);
  writing->dialog = g_object_ref (self);
  writing->file = g_object_ref (file);
  adw_banner_set_revealed (self->failed, FALSE);
  set_busy (self, TRUE);
  psl_progress_bar_start (self->progress, progress);
  psl_export_async (self->reg, query, file, labels, progress, self->cancellable, written_cb, writing);
}
