/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-effects.h"
#include "psl-export-dialog.h"
#include "psl-import-dialog.h"
#include "psl-import-job.h"
#include "psl-kinds.h"
#include "psl-number.h"
#include "psl-toast.h"
#include "psl-window-private.h"

/* Tables that come in and go out. */

/* Tells of the import, with a button that lists what came in beside the one that
 * undoes it. */
static void
tell_imported (PslWindow     *self,
               const char    *message,
               const PslKind *kind,
               gint64         action)
{
  AdwToast *toast = psl_toast_new (message);

  /* Parts are shown by what they belong to. */
  if (psl_place_find (kind->name) != NULL)
    psl_toast_add_button (toast, _("_Show Imported"), "win.show-imported", g_variant_new ("(sx)", kind->name, action));
  psl_toast_add_button (toast, _("_Undo"), "win.undo-action", g_variant_new_int64 (action));
  adw_toast_set_timeout (toast, 0);
  psl_window_show_toast (self, toast);
}

/* What an import counted, until it is read what it did. */
typedef struct
{
  PslWindow *window;
  const PslKind *kind;
  PslImportPlan plan;
} Imported;

static void
imported_free (Imported *imported)
{
  g_object_unref (imported->window);
  g_free (imported);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Imported, imported_free)

static void
effects_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Imported) imported = user_data;
  PslWindow *self = imported->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) effects = psl_register_effects_finish (PSL_REGISTER (source), result, &error);
  g_autofree char *message = NULL;

  if (self->closing || self->reg != PSL_REGISTER (source))
    return;
  if (effects == NULL)
    {
      psl_window_tell_error (self, _("What Was Imported Can’t Be Read"), error);
      return;
    }
  message = psl_effects_describe_import (effects, &imported->plan);
  tell_imported (self, message, imported->kind, imported->plan.action);
}

static void
imported_cb (PslImportDialog       *dialog,
             const PslImportResult *result,
             PslWindow             *self)
{
  const PslPlace *place = psl_place_of_kind (result->kind);

  if (self->closing)
    return;

  if (result->plan.action > 0)
    {
      Imported *imported = g_new0 (Imported, 1);

      imported->window = g_object_ref (self);
      imported->kind = result->kind;
      imported->plan = result->plan;
      psl_register_effects_async (self->reg, result->plan.action, effects_read_cb, imported);
    }
  else
    {
      g_autofree char *message = psl_effects_describe_import (NULL, &result->plan);

      psl_window_tell (self, message);
    }
  if (place != NULL)
    psl_window_choose_place (self, place);
}

/* The parameter is the name of a kind, and the action that brought records of it. */
static void
show_imported_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  PslWindow *self = user_data;
  const char *kind;
  gint64 imported;

  if (self->reg == NULL)
    return;

  /* The person may have gone elsewhere since. */
  g_variant_get (parameter, "(&sx)", &kind, &imported);
  adw_navigation_split_view_set_show_content (self->outer_view, FALSE);
  psl_window_choose_place (self, psl_place_find (kind));
  psl_list_page_show_action (self->list_page, imported);
  psl_list_page_focus_list (self->list_page);
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

static gboolean
import_next_cb (gpointer user_data)
{
  PslWindow *self = user_data;
  g_autoptr (GFile) file = NULL;

  self->import_source = 0;
  /* When the register is open, or the dialog in front has closed, this comes again. */
  if (self->closing || self->reg == NULL ||
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    return G_SOURCE_REMOVE;

  file = g_queue_pop_head (&self->to_import);
  if (file != NULL && psl_register_is_read_only (self->reg))
    {
      g_queue_clear_full (&self->to_import, g_object_unref);
      psl_window_tell (self, _("This register can be read, not changed"));
    }
  else if (file != NULL)
    {
      show_import (self, file);
    }
  return G_SOURCE_REMOVE;
}

static void
destroy_cb (PslWindow *self)
{
  g_clear_handle_id (&self->import_source, g_source_remove);
  g_queue_clear_full (&self->to_import, g_object_unref);
}

/* Adds the actions, and takes files that are dropped on the window. */
void
psl_window_install_exchange (PslWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "import", .activate = import_cb },
    { .name = "export", .activate = export_cb },
    { .name = "show-imported", .activate = show_imported_cb, .parameter_type = "(sx)" },
    { .name = "open-folder", .activate = open_folder_cb, .parameter_type = "s" },
  };
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (self, "notify::visible-dialog", G_CALLBACK (psl_window_import_next), NULL);
  g_signal_connect (self, "destroy", G_CALLBACK (destroy_cb), NULL);
}

/* Goes on with the files that wait to be imported: one after the other, when no
 * dialog is in front. */
void
psl_window_import_next (PslWindow *self)
{
  if (self->import_source == 0 && !g_queue_is_empty (&self->to_import))
    self->import_source = g_idle_add (import_next_cb, self);
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
  g_return_if_fail (PSL_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->closing)
    return;

  g_queue_push_tail (&self->to_import, g_object_ref (file));
  psl_window_import_next (self);
}
