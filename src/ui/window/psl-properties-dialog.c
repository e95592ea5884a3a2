/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-properties-dialog.h"

#include <string.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "psl-collection.h"
#include "psl-failure.h"
#include "psl-file-writer.h"
#include "psl-head-note.h"
#include "psl-number.h"
#include "psl-own-registers.h"
#include "psl-provenance.h"

struct _PslPropertiesDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *failed;
  AdwActionRow *name;
  AdwActionRow *place;
  AdwActionRow *id;
  AdwActionRow *first;
  AdwActionRow *last;
  AdwActionRow *size;
  AdwPreferencesGroup *counts;
  AdwActionRow *head;

  PslRegister *reg;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (PslPropertiesDialog, psl_properties_dialog, ADW_TYPE_DIALOG)

/* What is read of the register.
 * @counts: (element-type gint64): the records of each collection of the sidebar
 * @size: of the file and its log, in bytes */
typedef struct
{
  PslProvenance *provenance;
  char *head;
  GArray *counts;
  guint64 size;
} Properties;

static void
properties_free (Properties *properties)
{
  g_clear_pointer (&properties->provenance, psl_provenance_free);
  g_free (properties->head);
  g_array_unref (properties->counts);
  g_free (properties);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Properties, properties_free)

/* The head of the journal on its way to somewhere else.
 * @file: (nullable): where it is written to
 * @is_sealed: whether the register can be written: a later edit goes on with no action that
 *   is noted elsewhere */
typedef struct
{
  GFile *file;
  gboolean is_sealed;
} Noting;

static void
noting_free (Noting *noting)
{
  g_clear_object (&noting->file);
  g_free (noting);
}

static guint64
get_size (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf status;
  guint64 size = 0;

  if (g_stat (path, &status) == 0)
    size += (guint64) status.st_size;
  if (g_stat (log, &status) == 0)
    size += (guint64) status.st_size;
  return size;
}

static gboolean
read_counts (PslStore  *store,
             GArray    *counts,
             GError   **error)
{
  for (guint i = 0; i < psl_collection_get_n (); i++)
    {
      g_autoptr (PslQuery) query = psl_collection_new_query (psl_collection_get_nth (i));
      gint64 count = psl_store_count (store, query, error);

      if (count < 0)
        return FALSE;
      g_array_append_val (counts, count);
    }
  return TRUE;
}

static gpointer
read_properties (PslStore      *store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (Properties) properties = g_new0 (Properties, 1);

  properties->counts = g_array_new (FALSE, FALSE, sizeof (gint64));
  properties->size = get_size (psl_store_get_path (store));
  properties->provenance = psl_store_read_provenance (store, error);
  if (properties->provenance == NULL)
    return NULL;
  properties->head = psl_store_dup_head_note (store, error);
  if (properties->head == NULL || !read_counts (store, properties->counts, error))
    return NULL;
  return g_steal_pointer (&properties);
}

static gboolean
write_line (GFile         *file,
            const char    *line,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  g_autoptr (PslFileWriter) writer = psl_file_writer_new (file, cancellable, error);

  return writer != NULL &&
         g_output_stream_write_all (G_OUTPUT_STREAM (writer), text, strlen (text), NULL, cancellable, error) &&
         psl_file_writer_finish (writer, cancellable, error);
}

static gpointer
note_head (PslStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Noting *noting = data;
  g_autofree char *line = noting->is_sealed ? psl_store_seal_head (store, error) : psl_store_dup_head_note (store, error);

  if (line == NULL || (noting->file != NULL && !write_line (noting->file, line, cancellable, error)))
    return NULL;
  return g_steal_pointer (&line);
}

static void
add_count (PslPropertiesDialog *self,
           const char          *label,
           gint64               count)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = psl_number_format_count (count);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), number);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (self->counts, row);
}

static void
show (PslPropertiesDialog *self,
      const Properties    *properties)
{
  const PslProvenance *provenance = properties->provenance;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *size = g_format_size (properties->size);

  if (provenance->has_actions)
    {
      first = psl_provenance_describe (provenance->first_at, provenance->first_author);
      last = psl_provenance_describe (provenance->last_at, provenance->last_author);
    }
  adw_action_row_set_subtitle (self->id, provenance->id != NULL ? provenance->id : "");
  adw_action_row_set_subtitle (self->first, first != NULL ? first : _("Nothing was entered yet"));
  adw_action_row_set_subtitle (self->last, last != NULL ? last : "");
  gtk_widget_set_visible (GTK_WIDGET (self->last), last != NULL);
  adw_action_row_set_subtitle (self->size, size);
  adw_action_row_set_subtitle (self->head, properties->head);
  for (guint i = 0; i < properties->counts->len; i++)
    add_count (self, psl_collection_get_label (psl_collection_get_nth (i)), g_array_index (properties->counts, gint64, i));
  gtk_stack_set_visible_child_name (self->stack, "properties");
}

static void
properties_read_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (PslPropertiesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Properties) properties = psl_register_finish (PSL_REGISTER (source), result, &error);

  if (g_cancellable_is_cancelled (self->reading))
    return;
  if (properties != NULL)
    {
      show (self, properties);
    }
  else
    {
      g_autofree char *reason = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed, reason);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
}

static void
tell (PslPropertiesDialog *self,
      const char          *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Gives the head to somewhere else. */
static void
note (PslPropertiesDialog *self,
      GFile               *file,
      GAsyncReadyCallback  callback)
{
  Noting *noting = g_new0 (Noting, 1);

  noting->file = file != NULL ? g_object_ref (file) : NULL;
  noting->is_sealed = !psl_register_is_read_only (self->reg);
  if (noting->is_sealed)
    psl_register_write_async (self->reg, note_head, noting, (GDestroyNotify) noting_free, g_free, NULL, callback,
                              g_object_ref (self));
  else
    psl_register_read_async (self->reg, PSL_LANE_LONG, note_head, noting, (GDestroyNotify) noting_free, g_free, NULL,
                             callback, g_object_ref (self));
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslPropertiesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = psl_register_finish (PSL_REGISTER (source), result, &error);

  if (g_cancellable_is_cancelled (self->reading))
    return;
  if (line == NULL)
    {
      psl_failure_tell (GTK_WIDGET (self), _("The Head Was Not Copied"), error);
      return;
    }
  adw_action_row_set_subtitle (self->head, line);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), line);
  tell (self, _("The head is copied"));
}

static void
copy_clicked_cb (PslPropertiesDialog *self)
{
  note (self, NULL, copied_cb);
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PslPropertiesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = psl_register_finish (PSL_REGISTER (source), result, &error);

  if (g_cancellable_is_cancelled (self->reading))
    return;
  if (line == NULL)
    {
      psl_failure_tell (GTK_WIDGET (self), _("The Head Was Not Exported"), error);
      return;
    }
  adw_action_row_set_subtitle (self->head, line);
  tell (self, _("The head is exported"));
}

static void
file_named_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PslPropertiesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (g_cancellable_is_cancelled (self->reading))
    return;
  if (file != NULL)
    note (self, file, exported_cb);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    psl_failure_tell (GTK_WIDGET (self), _("The Head Was Not Exported"), error);
}

static void
export_activated_cb (PslPropertiesDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  /* Translators: the name of a file with the head of the journal of the register that is named */
  g_autofree char *name = g_strdup_printf (C_("file name", "head of %s.txt"), adw_action_row_get_subtitle (self->name));

  g_strdelimit (name, "/", '-');
  gtk_file_dialog_set_title (dialog, _("Export the Head"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, file_named_cb,
                        g_object_ref (self));
}

static void
psl_properties_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (PSL_PROPERTIES_DIALOG (dialog)->reading);
}

static void
psl_properties_dialog_dispose (GObject *object)
{
  PslPropertiesDialog *self = PSL_PROPERTIES_DIALOG (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reg);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_PROPERTIES_DIALOG);

  G_OBJECT_CLASS (psl_properties_dialog_parent_class)->dispose (object);
}

static void
psl_properties_dialog_finalize (GObject *object)
{
  g_object_unref (PSL_PROPERTIES_DIALOG (object)->reading);

  G_OBJECT_CLASS (psl_properties_dialog_parent_class)->finalize (object);
}

static void
psl_properties_dialog_class_init (PslPropertiesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_properties_dialog_dispose;
  object_class->finalize = psl_properties_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = psl_properties_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-properties-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, name);
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, place);
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, id);
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, first);
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, last);
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, size);
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, counts);
  gtk_widget_class_bind_template_child (widget_class, PslPropertiesDialog, head);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_activated_cb);
}

static void
psl_properties_dialog_init (PslPropertiesDialog *self)
{
  self->reading = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_properties_dialog_new:
 * @reg: a register, which may be read-only
 *
 * Returns: (transfer floating): a dialog that reads what it shows
 */
PslPropertiesDialog *
psl_properties_dialog_new (PslRegister *reg)
{
  PslPropertiesDialog *self = g_object_new (PSL_TYPE_PROPERTIES_DIALOG, NULL);
  const char *path = psl_register_get_path (reg);
  g_autofree char *name = psl_own_registers_dup_name (path);
  g_autofree char *place = g_filename_display_name (path);

  self->reg = g_object_ref (reg);
  /* Translators: the register that the program makes at its first start, as a name of a register */
  adw_action_row_set_subtitle (self->name, name != NULL ? name : C_("file name", "register"));
  adw_action_row_set_subtitle (self->place, place);
  psl_register_read_async (reg, PSL_LANE_LONG, read_properties, NULL, NULL, (GDestroyNotify) properties_free,
                           self->reading, properties_read_cb, g_object_ref (self));
  return self;
}
