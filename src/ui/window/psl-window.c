/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-window-private.h"

#include <glib/gi18n.h>

#include "psl-changed-set.h"
#include "psl-error.h"
#include "psl-own-registers.h"
#include "psl-settings.h"
#include "psl-text.h"

/* The window of a register: its panes, their contents, and the way between them. */

/* How long the window waits for the register before it says that the register is being
 * opened, in milliseconds. */
#define PATIENCE 300

/* Records looked at for less than this are no steps to go back to: the person
 * runs through the list with the arrow keys. Microseconds. */
#define GLANCE (G_USEC_PER_SEC * 7 / 10)

G_DEFINE_FINAL_TYPE (PslWindow, psl_window, ADW_TYPE_APPLICATION_WINDOW)

/* Cancels a request. */
static void
drop (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* Cancels the former request. Returns: (transfer none): for the new one */
static GCancellable *
renew (GCancellable **cancellable)
{
  drop (cancellable);
  *cancellable = g_cancellable_new ();

  return *cancellable;
}

/* Names the window after its contents. */
static void
update_title (PslWindow *self)
{
  const PslCollection *collection = psl_list_page_get_collection (self->list_page);
  g_autofree char *record = NULL;
  g_autofree char *program = NULL;
  g_autofree char *title = NULL;

  program = self->register_name != NULL ? g_strdup_printf ("%s — Passerelle", self->register_name)
                                        : g_strdup ("Passerelle");
  if (self->record != NULL)
    record = psl_record_dup_title (self->record, psl_register_get_codelists (self->reg),
                                   psl_register_get_language (self->reg));

  if (record != NULL)
    title = g_strdup_printf ("%s — %s", record, program);
  else if (collection != NULL)
    title = g_strdup_printf ("%s — %s", psl_collection_get_label (collection), program);

  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : program);
}

static void
restore_state (PslWindow *self)
{
  GSettings *settings = psl_settings_get_gsettings (psl_settings_get_default ());
  int width;
  int height;

  g_settings_get (settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

/* Keeps the window's size for the next time. */
static void
save_state (PslWindow *self)
{
  GSettings *settings = psl_settings_get_gsettings (psl_settings_get_default ());
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width;
  int height;

  g_settings_set_boolean (settings, "window-maximized", maximized);
  if (!maximized)
    {
      gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
      g_settings_set (settings, "window-size", "(ii)", width, height);
    }
}

static void
remember_record (PslWindow *self)
{
  const PslCollection *collection = self->record != NULL ? psl_collection_of_record (self->record) : NULL;

  if (collection != NULL)
    psl_settings_set_record (psl_settings_get_default (), collection->name, psl_record_get_id (self->record));
}

static void
record_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_register_load_finish (PSL_REGISTER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->reg == NULL)
    return;
  /* The record may have been read before the person went on to another. */
  if (record != NULL && psl_record_get_rid (record) != psl_record_model_get_selected (psl_window_get_model (self)))
    return;

  g_set_object (&self->record, record);
  if (record != NULL && psl_record_get_state (record) == PSL_RECORD_GONE)
    {
      psl_trail_forget (self->trail, psl_record_get_rid (record));
      psl_record_model_select (psl_window_get_model (self), 0);
    }

  remember_record (self);
  update_title (self);
  psl_window_update_actions (self);
}

/* Reads the chosen record, which the actions go by. */
static void
load_record (PslWindow *self)
{
  gint64 rid = psl_record_model_get_selected (psl_window_get_model (self));

  if (rid != 0 && self->reg != NULL)
    {
      psl_register_load_async (self->reg, rid, renew (&self->loading),
                               record_loaded_cb, g_object_ref (self));
      return;
    }

  drop (&self->loading);
  g_clear_object (&self->record);
  update_title (self);
  psl_window_update_actions (self);
}

/* On the way to a record. */
typedef struct
{
  PslWindow *window;
  gint64 rid;
  gboolean is_step;
} Going;

static void
going_free (Going *going)
{
  g_object_unref (going->window);
  g_free (going);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Going, going_free)

static void
arrive (PslWindow *self,
        PslRecord *record,
        gboolean   is_step)
{
  gint64 rid = psl_record_get_rid (record);

  psl_window_set_collection (self, psl_collection_of_record (record));
  /* A part stands in no list. */
  if (!psl_kind_is_part (psl_record_get_kind (record)))
    psl_list_page_reveal (self->list_page, rid);
  self->walking = is_step;
  psl_record_model_select (psl_window_get_model (self), rid);
  self->walking = FALSE;
  adw_navigation_split_view_set_show_content (self->outer_view, TRUE);
}

static void
went_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Going) going = user_data;
  PslWindow *self = going->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_register_load_finish (PSL_REGISTER (source), result, &error);

  if (self->reg == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL && !g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND))
    {
      psl_notifier_tell_error (self->notifier, _("Can’t Open the Record"), error);
    }
  else if (record == NULL || psl_record_get_state (record) == PSL_RECORD_GONE)
    {
      psl_trail_forget (self->trail, going->rid);
      psl_notifier_tell (self->notifier, _("That record is no longer in the register"));
    }
  /* The entries of lists are in the preferences. */
  else if (psl_collection_of_record (record) != NULL)
    {
      arrive (self, record, going->is_step);
    }
  psl_window_update_actions (self);
}

static void
go (PslWindow *self,
    gint64     rid,
    gboolean   is_step)
{
  Going *going;

  if (self->reg == NULL)
    return;

  going = g_new0 (Going, 1);
  going->window = g_object_ref (self);
  going->rid = rid;
  going->is_step = is_step;
  psl_register_load_async (self->reg, rid, renew (&self->going), went_cb, going);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_register_find_finish (PSL_REGISTER (source), result, &error);

  if (rid != 0)
    psl_window_go_to (self, rid);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psl_notifier_tell_error (self->notifier, _("Can’t Open the Record"), error);
}

/* The record that was shown when the collection was left; it may be gone since. */
static void
last_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  gint64 rid = psl_register_find_finish (PSL_REGISTER (source), result, NULL);

  if (rid == 0 || self->reg == NULL || psl_record_model_get_selected (psl_window_get_model (self)) != 0)
    return;

  psl_list_page_reveal (self->list_page, rid);
  psl_record_model_select (psl_window_get_model (self), rid);
}

/* Shows the record that was shown in this collection last, where it is still there. */
static void
show_last_record (PslWindow *self)
{
  const PslCollection *collection = psl_list_page_get_collection (self->list_page);
  g_autofree char *id = psl_settings_dup_record (psl_settings_get_default (), collection->name);

  psl_record_model_select (psl_window_get_model (self), 0);
  /* A new record that is not stored is not in the list. */
  psl_detail_page_show (self->detail_page, 0);
  if (id != NULL)
    psl_register_find_async (self->reg, id, renew (&self->going), last_found_cb, g_object_ref (self));
}

/* Lists the records of a collection. */
void
psl_window_set_collection (PslWindow           *self,
                           const PslCollection *collection)
{
  psl_list_page_set_collection (self->list_page, collection);
  psl_sidebar_set_collection (self->sidebar, collection);
  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "place", collection->name);
  update_title (self);
  psl_window_update_actions (self);
}

/* Lists the records of a collection, and shows the record that was last shown there; in a
 * narrow window, behind the pane in front. */
void
psl_window_show_collection (PslWindow           *self,
                            const PslCollection *collection)
{
  if (collection == psl_list_page_get_collection (self->list_page))
    return;

  psl_window_set_collection (self, collection);
  show_last_record (self);
}

/* Notes that the record is shown, to lead back to it. */
static void
visit (PslWindow *self,
       gint64     rid)
{
  gint64 now = g_get_monotonic_time ();

  if (self->walking)
    return;

  /* The record before was only passed by. */
  if (now - self->visited_at < GLANCE && psl_trail_can_go_back (self->trail))
    psl_trail_back (self->trail);
  psl_trail_visit (self->trail, rid);
  self->visited_at = now;
}

/* The same, in front. */
void
psl_window_choose_collection (PslWindow           *self,
                              const PslCollection *collection)
{
  adw_navigation_split_view_set_show_content (self->inner_view, TRUE);
  psl_window_show_collection (self, collection);
}

/* Shows a record of the trail, which is no new step on it. */
void
psl_window_step (PslWindow *self,
                 gint64     rid)
{
  if (rid != 0)
    go (self, rid, TRUE);
}

/* Tells the register who makes the changes from now on. */
static void
sign (PslWindow *self)
{
  g_autofree char *author = psl_settings_dup_author (psl_settings_get_default ());

  if (self->reg != NULL)
    psl_register_set_author (self->reg, author);
}

/* Linked records are named by their titles in the language that records are shown in. */
static void
follow_language (PslWindow *self)
{
  if (self->reg != NULL)
    psl_register_set_language (self->reg, psl_settings_get_language (psl_settings_get_default (),
                                                                     psl_register_get_codelists (self->reg)));
}

static void
language_changed_cb (PslWindow *self)
{
  psl_list_page_set_language (self->list_page, psl_register_get_language (self->reg));
  update_title (self);
}

static void
register_changed_cb (PslWindow           *self,
                     const PslChangedSet *set)
{
  if (self->record == NULL || psl_changed_set_touches_record (set, self->record) ||
      psl_record_get_rid (self->record) != psl_record_model_get_selected (psl_window_get_model (self)))
    load_record (self);
}

static void
register_failed_cb (PslWindow    *self,
                    const GError *error)
{
  psl_notifier_tell_error (self->notifier, _("The Change Was Not Stored"), error);
}

/* Puts a new window before the person: it can show the register, or why that can't be opened.
 * The list has been asked for, and is mostly read by the time that the window is laid out. */
static void
be_ready (PslWindow *self)
{
  if (self->appear_source == 0)
    return;

  g_clear_handle_id (&self->appear_source, g_source_remove);
  /* A window that was destroyed may still get an answer. */
  if (gtk_window_get_application (GTK_WINDOW (self)) != NULL)
    gtk_window_present (GTK_WINDOW (self));
}

static void
opened_cb (PslWindow   *self,
           PslRegister *reg)
{
  GSettings *settings = psl_settings_get_gsettings (psl_settings_get_default ());
  g_autofree char *name = g_settings_get_string (settings, "place");
  const PslCollection *collection = psl_collection_find (name);

  if (self->closing)
    return;

  if (collection == NULL)
    collection = psl_collection_get_nth (0);

  g_set_object (&self->reg, reg);
  g_signal_connect_object (reg, "changed", G_CALLBACK (register_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reg, "failed", G_CALLBACK (register_failed_cb), self, G_CONNECT_SWAPPED);
  sign (self);
  follow_language (self);
  language_changed_cb (self);
  g_signal_connect_object (reg, "codelists-changed", G_CALLBACK (follow_language), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reg, "language-changed", G_CALLBACK (language_changed_cb), self, G_CONNECT_SWAPPED);

  psl_undo_manager_set_register (self->undo, reg);
  psl_work_bar_set_register (self->work_bar, reg);
  psl_list_page_set_register (self->list_page, reg, self->counts);
  psl_detail_page_set_register (self->detail_page, reg);
  psl_window_set_collection (self, collection);
  psl_counts_set_register (self->counts, reg);
  gtk_stack_set_visible_child_name (self->stack, "register");
  psl_focus_keeper_set_list (self->focus_keeper, self->list_page);
  psl_list_page_focus_list (self->list_page);

  if (self->to_find != NULL)
    psl_window_find (self, self->to_find);
  else
    show_last_record (self);
  g_clear_pointer (&self->to_find, g_free);

  be_ready (self);

  psl_file_exchange_set_register (self->exchange, reg);
}

/* libadwaita 1.7 goes on using a dialog's sheet after it was closed where animations are
 * turned off, unless an event of its own keeps the dialog: the close button, activated by
 * keyboard or by a screen reader, does not. */
static void
dialog_closed_cb (AdwDialog *dialog)
{
  g_idle_add_once (g_object_unref, g_object_ref (dialog));
}

static void
dialogs_changed_cb (PslWindow  *self,
                    guint       position,
                    guint       removed,
                    guint       added,
                    GListModel *dialogs)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i);

      g_signal_handlers_disconnect_by_func (dialog, dialog_closed_cb, NULL);
      g_signal_connect (dialog, "closed", G_CALLBACK (dialog_closed_cb), NULL);
    }
  psl_window_update_actions (self);
}

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
static void
hide_register (PslWindow *self)
{
  if (self->reg != NULL)
    close_dialogs (self);
  psl_focus_keeper_set_list (self->focus_keeper, NULL);
  /* Their buttons undo actions of this register. */
  psl_notifier_dismiss_all (self->notifier);
  drop (&self->going);
  drop (&self->loading);
  psl_counts_set_register (self->counts, NULL);
  psl_list_page_set_register (self->list_page, NULL, NULL);
  psl_detail_page_set_register (self->detail_page, NULL);
  g_clear_object (&self->record);

  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_data (self->reg, self);
  g_clear_object (&self->reg);
  psl_file_exchange_set_register (self->exchange, NULL);
  psl_undo_manager_set_register (self->undo, NULL);
  psl_work_bar_set_register (self->work_bar, NULL);
}

static void
set_closing (PslWindow *self,
             gboolean   closing)
{
  self->closing = closing;
  psl_notifier_set_silent (self->notifier, closing);
}

/* Leaves the panes for the page of the register that is being opened, or opened again. */
static void
opening_cb (PslWindow *self)
{
  set_closing (self, FALSE);
  hide_register (self);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->opening_page));
  /* Whoever looks at the window already is told. */
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    psl_opening_page_show_waiting (self->opening_page);
  psl_window_update_actions (self);
}

/* A copy is shown from now on, in the stead of the register that it was made of. */
static void
copied_cb (PslWindow *self)
{
  g_autofree char *name = psl_own_registers_dup_name (psl_opening_page_get_path (self->opening_page));

  psl_window_set_register_name (self, name);
}

static void
opening_failed_cb (PslWindow *self)
{
  psl_window_update_actions (self);
  be_ready (self);
}

/* Closes the register when all that was asked of it is done, before the window
 * goes. Returns: FALSE with @error set where a change was not stored; the
 * register is closed all the same. */
static gboolean
close_register (PslWindow  *self,
                GError    **error)
{
  g_autoptr (PslRegister) reg = NULL;

  if (self->closing)
    return TRUE;

  set_closing (self, TRUE);
  save_state (self);
  if (self->reg == NULL)
    return TRUE;

  g_set_object (&reg, self->reg);
  hide_register (self);

  return psl_register_close_now (reg, error);
}

static void
selected_cb (PslWindow *self)
{
  gint64 rid = psl_record_model_get_selected (psl_window_get_model (self));

  if (rid != 0)
    visit (self, rid);
  psl_detail_page_show (self->detail_page, rid);
  load_record (self);
}

static void
list_loaded_cb (PslWindow *self)
{
  psl_detail_page_set_has_choice (self->detail_page,
                                  g_list_model_get_n_items (G_LIST_MODEL (psl_window_get_model (self))) > 0);
}

static void
list_activated_cb (PslWindow *self)
{
  adw_navigation_split_view_set_show_content (self->outer_view, TRUE);
}

static void
list_entered_cb (PslWindow *self)
{
  psl_detail_page_enter (self->detail_page, psl_record_model_get_selected (psl_window_get_model (self)));
}

static void
collapsed_cb (PslWindow *self)
{
  psl_detail_page_set_narrow (self->detail_page,
                              adw_navigation_split_view_get_collapsed (self->outer_view));
}

static void
collection_selected_cb (PslWindow           *self,
                        const PslCollection *collection)
{
  psl_window_show_collection (self, collection);
}

static void
collection_chosen_cb (PslWindow           *self,
                      const PslCollection *collection)
{
  psl_window_choose_collection (self, collection);
}

static void
search_changed_cb (PslWindow  *self,
                   const char *words)
{
  psl_counts_set_search (self->counts, words);
}

static void
open_record_cb (PslWindow *self,
                gint64     rid)
{
  psl_window_go_to (self, rid);
}

/* Nobody sees a record that was made for a link to lead to, unless they are told. */
static void
record_made_cb (PslWindow *self,
                PslRecord *record,
                gint64     action)
{
  g_autofree char *name = psl_record_dup_title (record, psl_register_get_codelists (self->reg),
                                                psl_register_get_language (self->reg));
  g_autofree char *title = psl_text_dup_quotable (name);
  /* Translators: a kind of record and its title: “Office “Chisinau” created” */
  g_autofree char *message = g_strdup_printf (_("%s “%s” created"), psl_kind_get_label (psl_record_get_kind (record)),
                                              title);

  psl_notifier_tell_with_undo (self->notifier, message, action);
}

/* A new record has its place in the list now. */
static void
record_stored_cb (PslWindow *self,
                  gint64     rid)
{
  const PslCollection *collection = psl_list_page_get_collection (self->list_page);

  if (collection->kind == NULL)
    {
      psl_window_go_to (self, rid);
      return;
    }

  psl_list_page_reveal (self->list_page, rid);
  psl_record_model_keep (psl_window_get_model (self), rid);
}

static void
told_cb (PslWindow  *self,
         const char *message,
         gint64      action)
{
  if (action != 0)
    psl_notifier_tell_with_undo (self->notifier, message, action);
  else
    psl_notifier_tell (self->notifier, message);
}

/* Notes which pane was used last: a window that is made narrow goes on showing that. */
static void
use_pane (PslWindow *self,
          gboolean   is_record)
{
  gboolean is_there = psl_record_model_get_selected (psl_window_get_model (self)) != 0 ||
                      psl_detail_page_is_new (self->detail_page);

  if (!adw_navigation_split_view_get_collapsed (self->outer_view))
    adw_navigation_split_view_set_show_content (self->outer_view, is_record && is_there);
}

/* Whoever reads a record may leave the keyboard in the list. */
static void
record_pressed_cb (PslWindow *self)
{
  use_pane (self, TRUE);
}

static gboolean
record_scrolled_cb (PslWindow *self)
{
  use_pane (self, TRUE);
  return GDK_EVENT_PROPAGATE;
}

static void
lists_pressed_cb (PslWindow *self)
{
  use_pane (self, FALSE);
}

static void
overtaken_cb (PslWindow  *self,
              const char *message)
{
  psl_notifier_tell_with_action (self->notifier, message, _("_History"), "win.history", NULL);
}

static void
button_pressed_cb (PslWindow       *self,
                   int              n_press,
                   double           x,
                   double           y,
                   GtkGestureClick *gesture)
{
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  /* The buttons for back and forward that many mice have. */
  if (button == 8)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
  else if (button == 9)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.forward", NULL);
  else
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* Closes the register and lets the window go, unless a change on its way to the register was
 * not stored: the person must hear of it, and see what the register holds now. */
static gboolean
close_or_stay (PslWindow *self)
{
  g_autoptr (GError) error = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (close_register (self, &error))
    return TRUE;

  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  psl_window_open_register (self);
  psl_notifier_tell_error (self->notifier, _("The Change Was Not Stored"), error);
  return FALSE;
}

static void
close_answered_cb (AdwAlertDialog *dialog,
                   const char     *response,
                   PslWindow      *self)
{
  if (g_str_equal (response, "show"))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.show-draft", "s",
                                  psl_detail_page_get_draft (self->detail_page));
      return;
    }
  if (!g_str_equal (response, "close"))
    return;

  if (close_or_stay (self))
    gtk_window_destroy (GTK_WINDOW (self));
}

/* Says how many values are typed that their fields can't hold, on the page and in records
 * that were left. */
static char *
describe_unstored (guint n_on_page,
                   guint n_left)
{
  g_autofree char *on_page =
    g_strdup_printf (ngettext ("A value typed on the page can’t be stored. It is marked there.",
                               "%u values typed on the page can’t be stored. They are marked there.", n_on_page),
                     n_on_page);
  g_autofree char *left =
    g_strdup_printf (ngettext ("A record that you left holds something that can’t be stored.",
                               "%u records that you left hold something that can’t be stored.", n_left),
                     n_left);

  if (n_left == 0)
    return g_steal_pointer (&on_page);
  return n_on_page == 0 ? g_steal_pointer (&left) : g_strdup_printf ("%s %s", on_page, left);
}

static void
ask_to_close (PslWindow *self)
{
  guint n_on_page = psl_detail_page_count_unstored (self->detail_page);
  g_autofree char *body = describe_unstored (n_on_page, psl_detail_page_count_drafts (self->detail_page));
  AdwDialog *dialog;

  /* Asked already. */
  if (ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self))))
    return;

  dialog = adw_alert_dialog_new (_("Lose What Is Typed?"), body);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _("_Keep Editing"));
  if (n_on_page == 0)
    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "show", _("_Show"));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_answered_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* A dialog that can't be closed asks whether to store the text typed there. */
static gboolean
is_kept_by_dialog (PslWindow *self)
{
  g_autoptr (GListModel) dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));

  for (guint i = 0; i < g_list_model_get_n_items (dialogs); i++)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i);

      if (!ADW_IS_ALERT_DIALOG (dialog) && !adw_dialog_get_can_close (dialog))
        return !adw_dialog_close (dialog);
    }
  return FALSE;
}

static gboolean
psl_window_close_request (GtkWindow *window)
{
  PslWindow *self = PSL_WINDOW (window);
  gboolean on_page = self->reg != NULL && !psl_detail_page_flush (self->detail_page);

  if (is_kept_by_dialog (self))
    return GDK_EVENT_STOP;
  if (on_page || psl_detail_page_get_draft (self->detail_page) != NULL)
    {
      ask_to_close (self);
      return GDK_EVENT_STOP;
    }

  return close_or_stay (self) ? GTK_WINDOW_CLASS (psl_window_parent_class)->close_request (window) : GDK_EVENT_STOP;
}

static gboolean
patience_cb (gpointer user_data)
{
  PslWindow *self = user_data;

  psl_opening_page_show_waiting (self->opening_page);
  be_ready (self);

  return G_SOURCE_REMOVE;
}

static void
psl_window_dispose (GObject *object)
{
  PslWindow *self = PSL_WINDOW (object);

  g_clear_handle_id (&self->appear_source, g_source_remove);
  set_closing (self, TRUE);
  if (self->opening_page != NULL)
    psl_opening_page_give_up (self->opening_page);
  if (self->dialogs != NULL)
    g_signal_handlers_disconnect_by_data (self->dialogs, self);
  g_clear_object (&self->dialogs);
  if (self->list_page != NULL)
    hide_register (self);
  g_clear_object (&self->focus_keeper);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_WINDOW);

  G_OBJECT_CLASS (psl_window_parent_class)->dispose (object);
}

static void
psl_window_finalize (GObject *object)
{
  PslWindow *self = PSL_WINDOW (object);

  g_object_unref (self->exchange);
  g_object_unref (self->undo);
  g_object_unref (self->notifier);
  g_object_unref (self->counts);
  psl_trail_free (self->trail);
  g_free (self->register_name);
  g_free (self->to_find);

  G_OBJECT_CLASS (psl_window_parent_class)->finalize (object);
}

static gboolean
psl_window_focus (GtkWidget        *widget,
                  GtkDirectionType  direction)
{
  PslWindow *self = PSL_WINDOW (widget);

  if (self->focus_keeper != NULL)
    psl_focus_keeper_repair_chain (self->focus_keeper);

  return GTK_WIDGET_CLASS (psl_window_parent_class)->focus (widget, direction);
}

static void
psl_window_class_init (PslWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = psl_window_dispose;
  object_class->finalize = psl_window_finalize;
  widget_class->focus = psl_window_focus;
  window_class->close_request = psl_window_close_request;

  g_type_ensure (PSL_TYPE_DETAIL_PAGE);
  g_type_ensure (PSL_TYPE_LIST_PAGE);
  g_type_ensure (PSL_TYPE_SIDEBAR);
  g_type_ensure (PSL_TYPE_WORK_BAR);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PslWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, outer_view);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, inner_view);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, list_page);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, detail_page);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, work_bar);
  gtk_widget_class_bind_template_callback (widget_class, collection_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, collection_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, collapsed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_record_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_stored_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_made_cb);
  gtk_widget_class_bind_template_callback (widget_class, told_cb);
  gtk_widget_class_bind_template_callback (widget_class, overtaken_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_scrolled_cb);
  gtk_widget_class_bind_template_callback (widget_class, lists_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, button_pressed_cb);
}

/* Makes the objects that do parts of the window's work. */
static void
make_helpers (PslWindow *self)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (self);

  self->notifier = psl_notifier_new (self->toasts);
  self->focus_keeper = psl_focus_keeper_new (window, adw_toast_overlay_get_child (self->toasts));
  self->undo = psl_undo_manager_new (window, self->detail_page, psl_window_get_model (self), self->notifier);
  self->exchange = psl_file_exchange_new (window, self->list_page, self->detail_page, self->counts, self->notifier);
  g_signal_connect_object (self->notifier, "dismissed",
                           G_CALLBACK (psl_focus_keeper_return_to_page), self->focus_keeper, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->undo, "changed", G_CALLBACK (psl_window_update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->undo, "show-record", G_CALLBACK (psl_window_go_to), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->exchange, "imported",
                           G_CALLBACK (psl_window_choose_collection), self, G_CONNECT_SWAPPED);
}

static void
psl_window_init (PslWindow *self)
{
  PslSettings *settings = psl_settings_get_default ();

  self->counts = psl_counts_new ();
  self->trail = psl_trail_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  psl_sidebar_set_counts (self->sidebar, self->counts);
  g_signal_connect_object (psl_window_get_model (self), "notify::selected",
                           G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (psl_window_get_model (self), "loaded",
                           G_CALLBACK (list_loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "language-changed",
                           G_CALLBACK (follow_language), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "author-changed",
                           G_CALLBACK (sign), self, G_CONNECT_SWAPPED);

  make_helpers (self);
  psl_window_install_actions (self);
  /* A dialog's question comes before the window's keys. When the dialog closes, the focus
   * goes back to a button, which must be sensitive by then: the list of dialogs changes
   * before, the visible dialog after. */
  self->dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));
  g_signal_connect_object (self->dialogs, "items-changed", G_CALLBACK (dialogs_changed_cb), self, G_CONNECT_SWAPPED);
  restore_state (self);
}

/**
 * psl_window_new:
 * @application: the application
 * @path: a register
 * @flags: %PSL_STORE_CREATE to make it where there is none
 *
 * Returns: (transfer none): a window that opens the register, or says why it
 *   can't
 */
PslWindow *
psl_window_new (PslApplication *application,
                const char     *path,
                PslStoreFlags   flags)
{
  PslOpeningPage *page = psl_opening_page_new ();
  PslWindow *self;

  /* Asked for first: it is read while the window is built. */
  psl_opening_page_open (page, path, flags);
  self = g_object_new (PSL_TYPE_WINDOW,
                       "application", application,
                       NULL);

  self->opening_page = page;
  gtk_stack_add_named (self->stack, GTK_WIDGET (page), "opening");
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
  g_signal_connect_object (page, "opening", G_CALLBACK (opening_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "failed", G_CALLBACK (opening_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "restore", G_CALLBACK (psl_window_restore), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "copied", G_CALLBACK (copied_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * psl_window_set_register_name:
 * @name: (nullable): the name of the register; %NULL where it is the person's own
 *
 * Tells windows of several registers apart.
 */
void
psl_window_set_register_name (PslWindow  *self,
                              const char *name)
{
  g_return_if_fail (PSL_IS_WINDOW (self));

  g_set_str (&self->register_name, name);
  psl_sidebar_set_register_name (self->sidebar, name);
  update_title (self);
}

/**
 * psl_window_appear:
 *
 * Puts the window before the person: a new one as soon as its register is open, so
 * that the first frame is the one they wait for, or soon without.
 */
void
psl_window_appear (PslWindow *self)
{
  g_return_if_fail (PSL_IS_WINDOW (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_window_present (GTK_WINDOW (self));
  else if (self->appear_source == 0)
    self->appear_source = g_timeout_add (PATIENCE, patience_cb, self);
}

/**
 * psl_window_get_path:
 *
 * Returns: (transfer none): the file of the register
 */
const char *
psl_window_get_path (PslWindow *self)
{
  g_return_val_if_fail (PSL_IS_WINDOW (self), NULL);

  return psl_opening_page_get_path (self->opening_page);
}

/**
 * psl_window_get_register:
 *
 * Returns: (transfer none) (nullable): the register; %NULL where it isn't open
 */
PslRegister *
psl_window_get_register (PslWindow *self)
{
  g_return_val_if_fail (PSL_IS_WINDOW (self), NULL);

  return self->reg;
}

/**
 * psl_window_get_notifier:
 *
 * Returns: (transfer none): tells the person who looks at the window
 */
PslNotifier *
psl_window_get_notifier (PslWindow *self)
{
  g_return_val_if_fail (PSL_IS_WINDOW (self), NULL);

  return self->notifier;
}

/* Returns: whether the window asks what to do with a register that is not the person's own, in
 * the place of which nothing is put. */
gboolean
psl_window_is_asking (PslWindow *self)
{
  return self->opening_page != NULL && psl_opening_page_is_asking (self->opening_page);
}

/* Opens the register again, which was open before or stood in the way of being opened. */
void
psl_window_open_register (PslWindow *self)
{
  psl_opening_page_open (self->opening_page, psl_opening_page_get_path (self->opening_page), PSL_STORE_NONE);
}

/* Returns: (transfer none): the records that are listed, and the chosen one. */
PslRecordModel *
psl_window_get_model (PslWindow *self)
{
  return psl_list_page_get_model (self->list_page);
}

/**
 * psl_window_go_to:
 * @rid: a record
 *
 * Shows the record, in the collection where it is listed.
 */
void
psl_window_go_to (PslWindow *self,
                  gint64     rid)
{
  g_return_if_fail (PSL_IS_WINDOW (self));

  go (self, rid, FALSE);
}

/**
 * psl_window_find:
 * @id: a record's UUID, or its identifier
 *
 * Shows the record, as soon as the register is open.
 */
void
psl_window_find (PslWindow  *self,
                 const char *id)
{
  g_return_if_fail (PSL_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  if (self->reg != NULL)
    psl_register_find_async (self->reg, id, renew (&self->going), found_cb, g_object_ref (self));
  else
    g_set_str (&self->to_find, id);
}
/**
 * psl_window_import:
 * @file: a CSV file
 *
 * Shows the effects of importing the file, and asks whether to do it, as soon as the register
 * is open and the person is done with the files before.
 */
void
psl_window_import (PslWindow *self,
                   GFile     *file)
{
  g_return_if_fail (PSL_IS_WINDOW (self));

  psl_file_exchange_import (self->exchange, file);
}

/**
 * psl_window_shut:
 *
 * Stores the typed text and closes the register, where the window goes whatever happens.
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
  if (!close_register (self, &error))
    {
      g_printerr ("passerelle: %s\n", error->message);
      return FALSE;
    }

  return flushed;
}
