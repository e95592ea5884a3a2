/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-export-dialog.h"
#include "psl-import-dialog.h"
#include "psl-import-job.h"
#include "psl-number.h"
#include "psl-window-private.h"

/* Tables that come in and go out. */

static void
imported_cb (PslImportDialog       *dialog,
             const PslImportResult *result,
             PslWindow             *self)
{
  guint64 n = result->plan.n_records[PSL_IMPORT_NEW] + result->plan.n_records[PSL_IMPORT_CHANGED];
  g_autofree char *number = psl_number_format_count (n);
  g_autofree char *message = NULL;

  if (self->closing)
    return;

  message = g_strdup_printf (ngettext ("%s record imported", "%s records imported", (gulong) n), number);
  if (result->plan.action > 0)
    psl_window_tell_with_undo (self, message, result->plan.action);
  else
    psl_window_tell (self, _("Nothing in the file was new"));
  psl_window_choose_place (self, psl_place_find (result->kind->name));
}

/* The next of several files, when the person is done with the one before. */
static void
import_closed_cb (PslImportDialog *dialog,
                  PslWindow       *self)
{
  g_autoptr (GFile) next = g_queue_pop_head (&self->to_import_next);

  if (next != NULL)
    psl_window_import (self, next);
}

static void
exported_cb (PslExportDialog *dialog,
             GFile           *file,
             gint64           n_records,
             PslWindow       *self)
{
  g_autofree char *number = psl_number_format_count (n_records);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *message = NULL;

  /* Translators: a number, and the name of a file */
  message = g_strdup_printf (ngettext ("%s record exported to %s", "%s records exported to %s", (gulong) n_records),
                             number, name);
  psl_window_tell_with_action (self, message, _("_Open Folder"), "win.open-folder",
                               g_variant_new_take_string (g_file_get_uri (file)));
}

static void
folder_opened_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    psl_window_tell_error (self, _("The Folder Can’t Be Opened"), error);
}

/* The parameter is the URI of a file in the folder. */
static void
open_folder_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  PslWindow *self = user_data;
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_open_containing_folder (launcher, GTK_WINDOW (self), NULL, folder_opened_cb, g_object_ref (self));
}

static void
show_import (PslWindow *self,
             GFile     *file)
{
  const PslPlace *place = psl_list_page_get_place (self->list_page);
  PslImportDialog *dialog;

  psl_detail_page_flush (self->detail_page);
  dialog = psl_import_dialog_new (self->reg, file, place->kind != NULL ? place->kind : psl_kinds[0]);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), self, 0);
  g_signal_connect_object (dialog, "closed", G_CALLBACK (import_closed_cb), self, 0);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    psl_window_import (self, file);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    psl_window_tell_error (self, _("No File Can Be Chosen"), error);
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  PslWindow *self = user_data;
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (tables, _("Tables (CSV)"));
  gtk_file_filter_add_suffix (tables, "csv");
  gtk_file_filter_add_suffix (tables, "tsv");
  gtk_file_filter_add_suffix (tables, "txt");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, tables);
  g_list_store_append (filters, all);

  gtk_file_dialog_set_title (dialog, _("Import"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (self), NULL, file_chosen_cb, g_object_ref (self));
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  PslWindow *self = user_data;
  PslRecordModel *model = psl_window_get_model (self);
  const PslPlace *place = psl_list_page_get_place (self->list_page);
  PslExportDialog *dialog;

  psl_detail_page_flush (self->detail_page);
  dialog = psl_export_dialog_new (self->reg, place, psl_record_model_get_query (model),
                                  g_list_model_get_n_items (G_LIST_MODEL (model)),
                                  psl_counts_get_total (self->counts, place));
  g_signal_connect_object (dialog, "exported", G_CALLBACK (exported_cb), self, 0);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static gboolean
dropped_cb (GtkDropTarget *target,
            const GValue  *value,
            double         x,
            double         y,
            PslWindow     *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (!g_action_group_get_action_enabled (G_ACTION_GROUP (self), "import"))
    return FALSE;

  for (GSList *l = files; l != NULL; l = l->next)
    psl_window_import (self, l->data);

  return TRUE;
}

static void
destroy_cb (PslWindow *self)
{
  g_queue_clear_full (&self->to_import_next, g_object_unref);
}

/* Adds the actions, and takes files that are dropped on the window. */
void
psl_window_install_exchange (PslWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "import", .activate = import_cb },
    { .name = "export", .activate = export_cb },
    { .name = "open-folder", .activate = open_folder_cb, .parameter_type = "s" },
  };
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (self, "destroy", G_CALLBACK (destroy_cb), NULL);
}

/**
 * psl_window_import:
 * @file: a CSV file
 *
 * Says what importing the file would do, and asks whether to do it, as soon as
 * the register is open and the person is done with the files before.
 */
void
psl_window_import (PslWindow *self,
                   GFile     *file)
{
  AdwDialog *front;

  g_return_if_fail (PSL_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->closing)
    return;

  front = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  if (self->reg == NULL && self->to_import == NULL)
    g_set_object (&self->to_import, file);
  else if (self->reg == NULL || PSL_IS_IMPORT_DIALOG (front))
    g_queue_push_tail (&self->to_import_next, g_object_ref (file));
  else if (psl_register_is_read_only (self->reg))
    psl_window_tell (self, _("This register can be read, not changed"));
  else
    show_import (self, file);
}
