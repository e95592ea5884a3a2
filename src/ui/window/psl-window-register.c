/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-backup.h"
#include "psl-settings.h"
#include "psl-window-private.h"

/* The register, from its opening to its end. */

struct _PslOpening
{
  PslWindow *window;
  GCancellable *cancellable;
};

static void
opening_free (PslOpening *self)
{
  g_clear_object (&self->window);
  g_object_unref (self->cancellable);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslOpening, opening_free)

static void
register_changed_cb (PslWindow           *self,
                     const PslChangedSet *set)
{
  if (set->codelists)
    psl_settings_note_codelists (psl_settings_get_default ());
  if (psl_changed_set_contains (set, psl_record_model_get_selected (psl_window_get_model (self))))
    psl_window_load_record (self);
  psl_window_update_undo (self, set->next_undo, set->next_redo);
}

static void
register_failed_cb (PslWindow    *self,
                    const GError *error)
{
  psl_window_tell_error (self, _("The Change Was Not Stored"), error);
}

static void
show_register (PslWindow   *self,
               PslRegister *reg)
{
  GSettings *settings = psl_settings_get_gsettings (psl_settings_get_default ());
  g_autofree char *name = g_settings_get_string (settings, "place");
  const PslPlace *place = psl_place_find (name);

  if (place == NULL)
    place = psl_place_get_nth (0);

  g_set_object (&self->reg, reg);
  self->opened_at = g_get_real_time ();
  g_signal_connect_object (reg, "changed", G_CALLBACK (register_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reg, "failed", G_CALLBACK (register_failed_cb), self, G_CONNECT_SWAPPED);
  psl_window_sign (self);
  /* The register has lists and languages of its own. */
  psl_settings_note_codelists (psl_settings_get_default ());
  psl_window_follow_language (self);

  psl_list_page_set_register (self->list_page, reg, self->counts);
  psl_detail_page_set_register (self->detail_page, reg);
  psl_window_set_place (self, place);
  psl_counts_set_register (self->counts, reg);
  gtk_stack_set_visible_child_name (self->stack, "register");
  psl_list_page_focus_list (self->list_page);

  if (self->to_find != NULL)
    psl_window_find (self, self->to_find);
  else
    psl_window_show_last_record (self);
  g_clear_pointer (&self->to_find, g_free);

  psl_window_be_ready (self);

  psl_window_import_next (self);
}

static void
problem_try_cb (PslWindow     *self,
                PslStoreFlags  flags)
{
  psl_window_open_register (self, flags);
}

/* The page is made when there is a problem: most windows never have one. */
static void
show_problem (PslWindow    *self,
              const GError *error)
{
  if (self->problem_page == NULL)
    {
      self->problem_page = psl_problem_page_new ();
      g_signal_connect_object (self->problem_page, "try", G_CALLBACK (problem_try_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->problem_page, "restore", G_CALLBACK (psl_window_restore), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->problem_page), "problem");
    }
  psl_problem_page_set_error (self->problem_page, self->path, error);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  psl_problem_page_focus (self->problem_page);
  psl_window_update_actions (self);
  psl_window_be_ready (self);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslOpening) opening = user_data;
  PslWindow *self = opening->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRegister) reg = psl_register_open_finish (result, &error);

  g_return_if_fail (self != NULL);

  if (self->closing)
    return;

  if (reg != NULL)
    show_register (self, reg);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error);
}

/* A backup on its way. */
typedef struct
{
  PslWindow *window;
  GFile *file;
} BackingUp;

static void
backing_up_free (BackingUp *backing_up)
{
  g_object_unref (backing_up->window);
  g_object_unref (backing_up->file);
  g_free (backing_up);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BackingUp, backing_up_free)

static void
backed_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (BackingUp) backing_up = user_data;
  g_autoptr (GError) error = NULL;

  if (psl_register_back_up_finish (PSL_REGISTER (source), result, &error))
    psl_window_tell_with_action (backing_up->window, _("The register is backed up"), _("_Open Folder"),
                                 "win.open-folder", g_variant_new_take_string (g_file_get_uri (backing_up->file)));
  else
    psl_window_tell_error (backing_up->window, _("The Register Was Not Backed Up"), error);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (psl_register_back_up_finish (PSL_REGISTER (source), result, &error))
    psl_window_tell (self, _("The backup is restored"));
  else
    psl_window_tell_error (self, _("The Backup Was Not Restored"), error);
}

/* Where the register itself can't be opened. */
static void
restore_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  char **paths = data;
  GError *error = NULL;

  if (psl_backup_restore (paths[0], paths[1], cancellable, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
file_restored_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  PslWindow *self = PSL_WINDOW (source);
  g_autoptr (GError) error = NULL;
  gboolean restored = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->closing)
    return;

  if (restored)
    psl_window_open_register (self, PSL_STORE_NONE);
  else
    psl_window_tell_error (self, _("The Backup Was Not Restored"), error);
}

/* Opens a register for a window that need not be there yet.
 * Returns: (transfer full): what psl_window_await() takes before the main loop goes on */
PslOpening *
psl_opening_new (const char    *path,
                 PslStoreFlags  flags)
{
  PslOpening *self = g_new0 (PslOpening, 1);

  self->cancellable = g_cancellable_new ();
  psl_register_open_async (path, flags, self->cancellable, opened_cb, self);

  return self;
}

/* Shows the register when it is open, or what is in its way. */
void
psl_window_await (PslWindow  *self,
                  PslOpening *opening)
{
  psl_window_drop (&self->opening);
  self->opening = g_object_ref (opening->cancellable);
  opening->window = g_object_ref (self);

  /* Whoever looks at the window already is told. */
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    psl_window_show_loading (self);
  else
    gtk_stack_set_visible_child_name (self->stack, "loading");
  psl_window_update_actions (self);
}

/* Opens the register of the window's path, again where it was open before. */
void
psl_window_open_register (PslWindow     *self,
                          PslStoreFlags  flags)
{
  self->closing = FALSE;
  psl_window_hide_register (self);
  psl_window_await (self, psl_opening_new (self->path, flags));
}

/* What they say is of this register, and an import is given up. */
static void
close_dialogs (PslWindow *self)
{
  g_autoptr (GListModel) model = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));
  g_autoptr (GPtrArray) dialogs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (dialogs, g_list_model_get_item (model, i));
  for (guint i = 0; i < dialogs->len; i++)
    adw_dialog_force_close (g_ptr_array_index (dialogs, i));
}

/* Lets go of the register, which stays open for as long as it has work. */
void
psl_window_hide_register (PslWindow *self)
{
  if (self->reg != NULL)
    close_dialogs (self);
  /* What they offer to undo is an action of this register. */
  adw_toast_overlay_dismiss_all (self->toasts);
  psl_window_drop (&self->going);
  psl_window_drop (&self->loading);
  psl_counts_set_register (self->counts, NULL);
  psl_list_page_set_register (self->list_page, NULL, NULL);
  psl_detail_page_set_register (self->detail_page, NULL);
  g_clear_object (&self->record);

  if (self->reg != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->reg, register_changed_cb, self);
      g_signal_handlers_disconnect_by_func (self->reg, register_failed_cb, self);
    }
  g_clear_object (&self->reg);
  psl_window_update_undo (self, NULL, NULL);
}

/* Closes the register when all that was asked of it is done, before the window
 * goes. Returns: FALSE with @error set where a change was not stored; the
 * register is closed all the same. */
gboolean
psl_window_close_register (PslWindow  *self,
                           GError    **error)
{
  g_autoptr (PslRegister) reg = NULL;

  if (self->closing)
    return TRUE;

  self->closing = TRUE;
  psl_window_save_state (self);
  if (self->reg == NULL)
    return TRUE;

  g_set_object (&reg, self->reg);
  psl_window_hide_register (self);

  return psl_register_close_now (reg, error);
}

/* Tells the register who makes the changes from now on. */
void
psl_window_sign (PslWindow *self)
{
  g_autofree char *author = psl_settings_dup_author (psl_settings_get_default ());

  if (self->reg != NULL)
    psl_register_set_author (self->reg, author);
}

/* What is led to is called by its title in the language that records are shown in. */
void
psl_window_follow_language (PslWindow *self)
{
  if (self->reg != NULL)
    psl_register_set_language (self->reg, psl_settings_get_language (psl_settings_get_default ()));
}

/**
 * psl_window_back_up:
 *
 * Makes a backup now, and tells when it is made, and where it is.
 */
void
psl_window_back_up (PslWindow *self)
{
  BackingUp *backing_up;
  g_autofree char *path = NULL;

  g_return_if_fail (PSL_IS_WINDOW (self));

  if (self->reg == NULL)
    return;

  psl_detail_page_flush (self->detail_page);
  path = psl_backup_dup_path (psl_register_get_path (self->reg), PSL_BACKUP_MANUAL, g_get_real_time ());
  backing_up = g_new (BackingUp, 1);
  backing_up->window = g_object_ref (self);
  backing_up->file = g_file_new_for_path (path);
  psl_register_back_up_async (self->reg, path, NULL, backed_up_cb, backing_up);
}

/**
 * psl_window_restore:
 * @backup: the file of a backup
 *
 * Puts the backup in the register's place, whether that could be opened or not,
 * and shows it.
 */
void
psl_window_restore (PslWindow  *self,
                    const char *backup)
{
  g_return_if_fail (PSL_IS_WINDOW (self));
  g_return_if_fail (backup != NULL);

  if (self->reg != NULL)
    {
      psl_detail_page_flush (self->detail_page);
      psl_register_restore_async (self->reg, backup, restored_cb, g_object_ref (self));
    }
  else
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, file_restored_cb, NULL);
      char *paths[] = { self->path, (char *) backup, NULL };

      g_task_set_task_data (task, g_strdupv (paths), (GDestroyNotify) g_strfreev);
      g_task_run_in_thread (task, restore_thread);
    }
}

/**
 * psl_window_shut:
 *
 * Stores what is typed and closes the register, where the window goes whatever
 * happens.
 *
 * Returns: whether everything is stored
 */
gboolean
psl_window_shut (PslWindow *self)
{
  g_autoptr (GError) error = NULL;
  gboolean flushed;

  g_return_val_if_fail (PSL_IS_WINDOW (self), FALSE);

  flushed = self->reg == NULL || psl_detail_page_flush (self->detail_page);
  if (!psl_window_close_register (self, &error))
    {
      g_printerr ("passerelle: %s\n", error->message);
      return FALSE;
    }

  return flushed;
}
