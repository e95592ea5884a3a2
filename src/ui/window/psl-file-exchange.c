/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-file-exchange.h"

#include <glib/gi18n.h>

#include "psl-effects.h"
#include "psl-export-dialog.h"
#include "psl-import-dialog.h"
#include "psl-import-job.h"
#include "psl-kinds.h"
#include "psl-number.h"
#include "psl-toast.h"

struct _PslFileExchange
{
  GObject parent_instance;

  AdwApplicationWindow *window; /* weak, like the widgets of the window below */
  PslListPage *list;
  PslDetailPage *page;
  PslCounts *counts;
  PslNotifier *notifier;

  PslRegister *reg;             /* (nullable): while it is open */
  /* Files (#GFile) to import: one after the other, while no dialog is in front. */
  GQueue to_import;
  guint import_source;
};

G_DEFINE_FINAL_TYPE (PslFileExchange, psl_file_exchange, G_TYPE_OBJECT)

enum
{
  SIGNAL_IMPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Tells of the import, with a button that lists the imported records beside the button that
 * undoes the import. */
static void
tell_imported (PslFileExchange *self,
               const char      *message,
               const PslKind   *kind,
               gint64           action)
{
  AdwToast *toast = psl_toast_new (message);

  /* Parts have no list of their own, only their owners have. */
  if (psl_collection_find (kind->name) != NULL)
    psl_toast_add_button (toast, _("_Show Imported"), "win.show-imported", g_variant_new ("(sx)", kind->name, action));
  psl_toast_add_button (toast, _("_Undo"), "win.undo-action", g_variant_new_int64 (action));
  psl_notifier_show_toast (self->notifier, toast);
}

/* The counts of an import, kept until its effects are read. */
typedef struct
{
  PslFileExchange *exchange;
  const PslKind *kind;
  PslImportPlan plan;
} Imported;

static void
imported_free (Imported *imported)
{
  g_object_unref (imported->exchange);
  g_free (imported);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Imported, imported_free)

static void
effects_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Imported) imported = user_data;
  PslFileExchange *self = imported->exchange;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) effects = psl_register_effects_finish (PSL_REGISTER (source), result, &error);
  g_autofree char *message = NULL;

  if (self->reg != PSL_REGISTER (source))
    return;
  if (effects == NULL)
    {
      psl_notifier_tell_error (self->notifier, _("What Was Imported Can’t Be Read"), error);
      return;
    }
  message = psl_effects_describe_import (effects, &imported->plan);
  tell_imported (self, message, imported->kind, imported->plan.action);
}

static void
imported_cb (PslImportDialog       *dialog,
             const PslImportResult *result,
             PslFileExchange       *self)
{
  const PslCollection *collection = psl_collection_of_kind (result->kind);

  if (self->reg == NULL)
    return;

  if (result->plan.action > 0)
    {
      Imported *imported = g_new0 (Imported, 1);

      imported->exchange = g_object_ref (self);
      imported->kind = result->kind;
      imported->plan = result->plan;
      psl_register_effects_async (self->reg, result->plan.action, effects_read_cb, imported);
    }
  else
    {
      g_autofree char *message = psl_effects_describe_import (NULL, &result->plan);

      psl_notifier_tell (self->notifier, message);
    }
  if (collection != NULL)
    g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, collection);
}

static void
exported_cb (PslExportDialog *dialog,
             GFile           *file,
             gint64           n_records,
             PslFileExchange *self)
{
  g_autofree char *number = psl_number_format_count (n_records);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *message = NULL;

  /* Translators: a number, and the name of a file */
  message = g_strdup_printf (ngettext ("%s record exported to %s", "%s records exported to %s", (gulong) n_records),
                             number, name);
  psl_notifier_tell_with_action (self->notifier, message, _("_Open Folder"), "win.open-folder",
                                 g_variant_new_take_string (g_file_get_uri (file)));
}

static void
folder_opened_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PslFileExchange) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    psl_notifier_tell_error (self->notifier, _("The Folder Can’t Be Opened"), error);
}

/* The parameter is the URI of a file in the folder. */
static void
open_folder_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  PslFileExchange *self = user_data;
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_open_containing_folder (launcher, GTK_WINDOW (self->window), NULL, folder_opened_cb, g_object_ref (self));
}

static void
show_import (PslFileExchange *self,
             GFile           *file)
{
  const PslCollection *collection = psl_list_page_get_collection (self->list);
  PslImportDialog *dialog;

  psl_detail_page_flush (self->page);
  dialog = psl_import_dialog_new (self->reg, file, collection->kind != NULL ? collection->kind : psl_kinds[0]);
  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), self, 0);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->window));
}

static void
file_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (PslFileExchange) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    psl_file_exchange_import (self, file);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    psl_notifier_tell_error (self->notifier, _("No File Can Be Chosen"), error);
}

static void
import_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  PslFileExchange *self = user_data;
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
  gtk_file_dialog_open (dialog, GTK_WINDOW (self->window), NULL, file_chosen_cb, g_object_ref (self));
}

static void
export_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  PslFileExchange *self = user_data;
  PslRecordModel *model = psl_list_page_get_model (self->list);
  const PslCollection *collection = psl_list_page_get_collection (self->list);
  PslExportDialog *dialog;

  psl_detail_page_flush (self->page);
  dialog = psl_export_dialog_new (self->reg, collection, psl_record_model_get_query (model),
                                  g_list_model_get_n_items (G_LIST_MODEL (model)),
                                  psl_counts_get_total (self->counts, collection));
  g_signal_connect_object (dialog, "exported", G_CALLBACK (exported_cb), self, 0);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->window));
}

static gboolean
dropped_cb (PslFileExchange *self,
            const GValue    *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (!g_action_group_get_action_enabled (G_ACTION_GROUP (self->window), "import"))
    return FALSE;

  for (GSList *l = files; l != NULL; l = l->next)
    psl_file_exchange_import (self, l->data);

  return TRUE;
}

static gboolean
import_next_cb (gpointer user_data)
{
  PslFileExchange *self = user_data;
  g_autoptr (GFile) file = NULL;

  self->import_source = 0;
  /* When the register is open, or the dialog in front has closed, this comes again. */
  if (self->reg == NULL ||
      adw_application_window_get_visible_dialog (self->window) != NULL)
    return G_SOURCE_REMOVE;

  file = g_queue_pop_head (&self->to_import);
  if (file != NULL && psl_register_is_read_only (self->reg))
    {
      g_queue_clear_full (&self->to_import, g_object_unref);
      psl_notifier_tell (self->notifier, _("This register can be read, not changed"));
    }
  else if (file != NULL)
    {
      show_import (self, file);
    }
  return G_SOURCE_REMOVE;
}

/* Goes on with the files that wait. */
static void
import_next (PslFileExchange *self)
{
  if (self->import_source == 0 && !g_queue_is_empty (&self->to_import))
    self->import_source = g_idle_add (import_next_cb, self);
}

static void
psl_file_exchange_dispose (GObject *object)
{
  PslFileExchange *self = PSL_FILE_EXCHANGE (object);

  g_clear_handle_id (&self->import_source, g_source_remove);
  g_queue_clear_full (&self->to_import, g_object_unref);
  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->list);
  g_clear_weak_pointer (&self->page);
  g_clear_object (&self->counts);
  g_clear_object (&self->notifier);
  g_clear_object (&self->reg);

  G_OBJECT_CLASS (psl_file_exchange_parent_class)->dispose (object);
}

static void
psl_file_exchange_class_init (PslFileExchangeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_file_exchange_dispose;

  /**
   * PslFileExchange::imported:
   * @collection: a #PslCollection
   *
   * A file of records that are listed there was imported, whether or not any was new.
   */
  signals[SIGNAL_IMPORTED] =
    g_signal_new ("imported", PSL_TYPE_FILE_EXCHANGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
psl_file_exchange_init (PslFileExchange *self)
{
}

/**
 * psl_file_exchange_new:
 * @window: a window, which gets the actions and owns the exchange
 * @list: its list, which is exported
 * @page: where records are edited in it
 * @counts: how many records there are
 * @notifier: tells of imports and exports
 *
 * Returns: (transfer full): an exchange without a register
 */
PslFileExchange *
psl_file_exchange_new (AdwApplicationWindow *window,
                       PslListPage          *list,
                       PslDetailPage        *page,
                       PslCounts            *counts,
                       PslNotifier          *notifier)
{
  static const GActionEntry entries[] = {
    { .name = "import", .activate = import_cb },
    { .name = "export", .activate = export_cb },
    { .name = "open-folder", .activate = open_folder_cb, .parameter_type = "s" },
  };
  PslFileExchange *self = g_object_new (PSL_TYPE_FILE_EXCHANGE, NULL);
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->list, list);
  g_set_weak_pointer (&self->page, page);
  self->counts = g_object_ref (counts);
  self->notifier = g_object_ref (notifier);

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (window, "notify::visible-dialog", G_CALLBACK (import_next), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * psl_file_exchange_set_register:
 * @reg: (nullable): the register that the window shows from now on; %NULL for none
 *
 * Goes on with the files that wait for a register.
 */
void
psl_file_exchange_set_register (PslFileExchange *self,
                                PslRegister     *reg)
{
  g_return_if_fail (PSL_IS_FILE_EXCHANGE (self));

  g_set_object (&self->reg, reg);
  import_next (self);
}

/**
 * psl_file_exchange_import:
 * @file: a CSV file
 *
 * Shows the effects of importing the file, and asks whether to do it, as soon as the register
 * is open and the person is done with the files before.
 */
void
psl_file_exchange_import (PslFileExchange *self,
                          GFile           *file)
{
  g_return_if_fail (PSL_IS_FILE_EXCHANGE (self));
  g_return_if_fail (G_IS_FILE (file));

  g_queue_push_tail (&self->to_import, g_object_ref (file));
  import_next (self);
}
