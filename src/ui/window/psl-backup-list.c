/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-backup-list.h"

#include "psl-backup.h"
#include "psl-date.h"
#include "psl-kind.h"
#include "psl-kinds.h"
#include "psl-number.h"

struct _PslBackupList
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PslBackupList, psl_backup_list, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_RESTORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_reason (PslBackupReason reason)
{
  switch (reason)
    {
    case PSL_BACKUP_MANUAL:
      return C_("backup", "Made by hand");
    case PSL_BACKUP_BEFORE_MIGRATION:
      return C_("backup", "Before the file was brought to a newer form");
    case PSL_BACKUP_BEFORE_RESTORE:
      return C_("backup", "Before another backup was restored");
    case PSL_BACKUP_AUTOMATIC:
    default:
      return C_("backup", "Made automatically");
    }
}

static char *
describe (const PslBackup *backup)
{
  g_autoptr (GString) text = g_string_new (get_reason (backup->reason));
  g_autofree char *size = g_format_size (backup->size);

  g_string_append_printf (text, " · %s", size);
  for (guint i = 0; psl_kinds[i] != NULL && backup->records != NULL; i++)
    {
      g_autofree char *number = NULL;

      if (backup->records[i] < 0)
        {
          g_string_append_printf (text, " · %s", C_("backup", "can’t be read"));
          break;
        }
      if ((psl_kinds[i]->is_internal && backup->records[i] == 0) || psl_kind_is_part (psl_kinds[i]))
        continue;
      number = psl_number_format_count (backup->records[i]);
      g_string_append (text, " · ");
      /* Translators: how many records of a kind a backup has, as in “Projects: 25” */
      g_string_append_printf (text, C_("backup", "%s: %s"), psl_kind_get_label_plural (psl_kinds[i]), number);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
restore_clicked_cb (GtkButton     *button,
                    PslBackupList *self)
{
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0, g_object_get_data (G_OBJECT (button), "path"),
                 g_object_get_data (G_OBJECT (button), "description"));
}

static void
add_row (PslBackupList *self,
         GtkWidget     *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
add_note (PslBackupList *self,
          const char    *title,
          const char    *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  add_row (self, row);
}

static void
add_backup (PslBackupList   *self,
            const PslBackup *backup)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Restore"));
  g_autofree char *time = psl_date_display_time (backup->at);
  g_autofree char *text = describe (backup);
  g_autofree char *name = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), time);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);

  /* Translators: the time of a backup, as in “Restore the backup of 22 November 2026, 09:30” */
  name = g_strdup_printf (_("Restore the backup of %s"), time);
  /* The keyboard comes to the row before the button in it. */
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  /* The button's own label, or the row's title, would come before the name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (backup->path), g_free);
  g_object_set_data_full (G_OBJECT (button), "description", g_strdup_printf ("%s\n%s", time, text), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (restore_clicked_cb), self, 0);
  gtk_widget_set_sensitive (button, backup->records == NULL || backup->records[0] >= 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  add_row (self, row);
}

static void
list_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *backups = psl_backup_list (data, &error);

  if (backups != NULL)
    g_task_return_pointer (task, backups, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  PslBackupList *self = PSL_BACKUP_LIST (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) backups = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  if (backups == NULL)
    {
      add_note (self, _("The Backups Can’t Be Listed"), error->message);
      return;
    }

  for (guint i = 0; i < backups->len; i++)
    add_backup (self, g_ptr_array_index (backups, i));
  if (backups->len == 0)
    add_note (self, _("No Backups Yet"), _("One is made each day on which something changed."));
}

static void
psl_backup_list_dispose (GObject *object)
{
  g_cancellable_cancel (PSL_BACKUP_LIST (object)->cancellable);

  G_OBJECT_CLASS (psl_backup_list_parent_class)->dispose (object);
}

static void
psl_backup_list_finalize (GObject *object)
{
  PslBackupList *self = PSL_BACKUP_LIST (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (psl_backup_list_parent_class)->finalize (object);
}

static void
psl_backup_list_class_init (PslBackupListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psl_backup_list_dispose;
  object_class->finalize = psl_backup_list_finalize;

  /**
   * PslBackupList::restore:
   * @path: the file of a backup
   * @description: its time, and what is known of it, in lines
   *
   * The person wants that backup back.
   */
  signals[SIGNAL_RESTORE] =
    g_signal_new ("restore", PSL_TYPE_BACKUP_LIST, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
psl_backup_list_init (PslBackupList *self)
{
  self->rows = g_ptr_array_new ();
}

/**
 * psl_backup_list_load:
 * @register_path: the register whose backups to list
 *
 * Reads the list on another thread, and shows it when it is there.
 */
void
psl_backup_list_load (PslBackupList *self,
                      const char    *register_path)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PSL_IS_BACKUP_LIST (self));
  g_return_if_fail (register_path != NULL);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  task = g_task_new (self, self->cancellable, listed_cb, NULL);
  g_task_set_task_data (task, g_strdup (register_path), g_free);
  g_task_run_in_thread (task, list_thread);
}
