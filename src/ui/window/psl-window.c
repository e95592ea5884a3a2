/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-settings.h"
#include "psl-toast.h"
#include "psl-window-private.h"

/* What the register is waited for before the window says that it is being opened,
 * in milliseconds. */
#define PATIENCE 300

G_DEFINE_FINAL_TYPE (PslWindow, psl_window, ADW_TYPE_APPLICATION_WINDOW)

static void
remember_record (PslWindow *self)
{
  const PslPlace *place = self->record != NULL ? psl_place_of_record (self->record) : NULL;

  if (place != NULL)
    psl_settings_set_record (psl_settings_get_default (), place->name, psl_record_get_id (self->record));
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
  /* It may have been read before the person went on to another. */
  if (record != NULL && psl_record_get_rid (record) != psl_record_model_get_selected (psl_window_get_model (self)))
    return;

  g_set_object (&self->record, record);
  if (record != NULL && psl_record_get_state (record) == PSL_RECORD_GONE)
    {
      psl_trail_forget (self->trail, psl_record_get_rid (record));
      psl_record_model_select (psl_window_get_model (self), 0);
    }

  if (record != NULL)
    {
      g_autofree char *draft = g_strdup_printf ("%" G_GINT64_FORMAT, psl_record_get_rid (record));

      psl_window_forget_unstored (self, draft);
    }
  remember_record (self);
  psl_window_update_title (self);
  psl_window_update_actions (self);
}

static void
selected_cb (PslWindow *self)
{
  gint64 rid = psl_record_model_get_selected (psl_window_get_model (self));

  if (rid != 0)
    psl_window_visit (self, rid);
  psl_detail_page_show (self->detail_page, rid);
  psl_window_load_record (self);
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
place_selected_cb (PslWindow      *self,
                   const PslPlace *place)
{
  psl_window_show_place (self, place);
}

static void
place_chosen_cb (PslWindow      *self,
                 const PslPlace *place)
{
  psl_window_choose_place (self, place);
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
  g_autofree char *title = psl_record_dup_title (record, psl_settings_get_language (psl_settings_get_default ()));
  /* Translators: a kind of record and its title: “Office “Chisinau” created” */
  g_autofree char *message = g_strdup_printf (_("%s “%s” created"), psl_kind_get_label (psl_record_get_kind (record)),
                                              title);

  psl_window_tell_with_undo (self, message, action);
}

/* A new record has its place in the list now. */
static void
record_stored_cb (PslWindow *self,
                  gint64     rid)
{
  const PslPlace *place = psl_list_page_get_place (self->list_page);

  if (place->kind == NULL)
    {
      psl_window_go_to (self, rid);
      return;
    }

  psl_list_page_reveal (self->list_page, rid);
  psl_record_model_keep (psl_window_get_model (self), rid);
}

static void
left_unstored_cb (PslWindow  *self,
                  const char *draft)
{
  psl_window_tell_unstored (self, draft);
}

/* A toast leads to what is kept, and interrupts nobody who types elsewhere by now. */
static void
change_failed_cb (PslWindow    *self,
                  const GError *error)
{
  if (psl_detail_page_get_draft (self->detail_page) == NULL)
    psl_window_tell_error (self, _("The Change Was Not Stored"), error);
}

static void
told_cb (PslWindow  *self,
         const char *message,
         gint64      action)
{
  if (action != 0)
    psl_window_tell_with_undo (self, message, action);
  else
    psl_window_tell (self, message);
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

static void
language_changed_cb (PslWindow *self)
{
  psl_list_page_set_language (self->list_page, psl_settings_get_language (psl_settings_get_default ()));
  psl_window_update_title (self);
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

  psl_window_shut (self);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Something is typed that its field can't hold, on the page or in a record that was
 * left. */
static void
ask_to_close (PslWindow *self,
              gboolean   on_page)
{
  AdwDialog *dialog;

  /* Asked already. */
  if (ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self))))
    return;

  dialog = adw_alert_dialog_new (_("Close and Lose What Is Typed?"),
                                 on_page ? _("A field holds something that can’t be stored. It is marked on the page.")
                                         : _("A record that you left holds something that can’t be stored."));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _("_Keep Editing"));
  if (!on_page)
    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "show", _("_Show"));
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (close_answered_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static gboolean
psl_window_close_request (GtkWindow *window)
{
  PslWindow *self = PSL_WINDOW (window);
  gboolean on_page = self->reg != NULL && !psl_detail_page_flush (self->detail_page);
  g_autoptr (GError) error = NULL;

  if (on_page || psl_detail_page_get_draft (self->detail_page) != NULL)
    {
      ask_to_close (self, on_page);
      return GDK_EVENT_STOP;
    }

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (!psl_window_close_register (self, &error))
    {
      /* The person must hear of it, and see what the register holds now. */
      gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
      psl_window_open_register (self, PSL_STORE_NONE);
      psl_window_tell_error (self, _("The Change Was Not Stored"), error);
      return GDK_EVENT_STOP;
    }

  return GTK_WINDOW_CLASS (psl_window_parent_class)->close_request (window);
}

static gboolean
patience_cb (gpointer user_data)
{
  psl_window_show_loading (user_data);
  psl_window_be_ready (user_data);

  return G_SOURCE_REMOVE;
}

static void
psl_window_dispose (GObject *object)
{
  PslWindow *self = PSL_WINDOW (object);

  g_clear_handle_id (&self->appear_source, g_source_remove);
  self->closing = TRUE;
  psl_window_forget_focus (self);
  psl_window_drop (&self->opening);
  if (self->dialogs != NULL)
    g_signal_handlers_disconnect_by_data (self->dialogs, self);
  g_clear_object (&self->dialogs);
  if (self->list_page != NULL)
    psl_window_hide_register (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_WINDOW);

  G_OBJECT_CLASS (psl_window_parent_class)->dispose (object);
}

static void
psl_window_finalize (GObject *object)
{
  PslWindow *self = PSL_WINDOW (object);

  g_clear_weak_pointer (&self->typed_into);
  g_clear_weak_pointer (&self->activity);
  g_clear_weak_pointer (&self->toast);
  g_hash_table_unref (self->unstored);
  g_object_unref (self->counts);
  psl_trail_free (self->trail);
  g_free (self->path);
  g_free (self->register_name);
  g_free (self->to_find);

  G_OBJECT_CLASS (psl_window_parent_class)->finalize (object);
}

static gboolean
psl_window_focus (GtkWidget        *widget,
                  GtkDirectionType  direction)
{
  psl_window_find_focus (PSL_WINDOW (widget));

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

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PslWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, loading_page);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, outer_view);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, inner_view);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, list_page);
  gtk_widget_class_bind_template_child (widget_class, PslWindow, detail_page);
  gtk_widget_class_bind_template_callback (widget_class, place_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, collapsed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_record_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_stored_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_unstored_cb);
  gtk_widget_class_bind_template_callback (widget_class, record_made_cb);
  gtk_widget_class_bind_template_callback (widget_class, change_failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, told_cb);
  gtk_widget_class_bind_template_callback (widget_class, button_pressed_cb);
}

static void
psl_window_init (PslWindow *self)
{
  PslSettings *settings = psl_settings_get_default ();

  self->counts = psl_counts_new ();
  self->unstored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->trail = psl_trail_new ();
  /* Before any part of the window reads records again. */
  g_signal_connect_object (settings, "language-changed",
                           G_CALLBACK (psl_window_follow_language), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));

  psl_sidebar_set_counts (self->sidebar, self->counts);
  g_signal_connect_object (psl_window_get_model (self), "notify::selected",
                           G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (psl_window_get_model (self), "loaded",
                           G_CALLBACK (list_loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "language-changed",
                           G_CALLBACK (language_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "author-changed",
                           G_CALLBACK (psl_window_sign), self, G_CONNECT_SWAPPED);

  psl_window_install_exchange (self);
  psl_window_install_panes (self);
  psl_window_install_actions (self);
  /* What a dialog asks comes before what the window's keys do. When it closes, the focus
   * goes back to a button, which must be sensitive by then: the list of dialogs changes
   * before, the visible dialog after. */
  self->dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));
  g_signal_connect_swapped (self->dialogs, "items-changed", G_CALLBACK (psl_window_update_actions), self);
  psl_window_install_focus (self);
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
  /* Asked for first: it is read while the window is built. */
  PslOpening *opening = psl_opening_new (path, flags);
  PslWindow *self = g_object_new (PSL_TYPE_WINDOW,
                                  "application", application,
                                  NULL);

  self->path = g_strdup (path);
  psl_window_await (self, opening);

  return self;
}

/**
 * psl_window_set_register_name:
 * @name: (nullable): what the register is called; %NULL where it is the person's own
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
  psl_window_update_title (self);
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

/* Says that the register is being opened. Most are open before anybody could read
 * that. */
void
psl_window_show_loading (PslWindow *self)
{
  if (adw_bin_get_child (self->loading_page) == NULL)
    {
      GtkWidget *view = adw_toolbar_view_new ();
      GtkWidget *spinner = adw_spinner_new ();

      gtk_accessible_update_property (GTK_ACCESSIBLE (spinner),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _("Opening the register"), -1);
      adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
      adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), spinner);
      adw_bin_set_child (self->loading_page, view);
    }
  gtk_stack_set_visible_child_name (self->stack, "loading");
}

/* Puts a new window before the person: there is something to show, the register or
 * what is wrong with it. The list has been asked for, and is mostly read by the
 * time that the window is laid out. */
void
psl_window_be_ready (PslWindow *self)
{
  if (self->appear_source == 0)
    return;

  g_clear_handle_id (&self->appear_source, g_source_remove);
  /* A window that was destroyed may still get an answer. */
  if (gtk_window_get_application (GTK_WINDOW (self)) != NULL)
    gtk_window_present (GTK_WINDOW (self));
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

  return self->path;
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

/* Cancels what was asked for before. */
GCancellable *
psl_window_renew (GCancellable **cancellable)
{
  psl_window_drop (cancellable);
  *cancellable = g_cancellable_new ();

  return *cancellable;
}

/* Cancels what was asked for. */
void
psl_window_drop (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* Returns: (transfer none): the records that are listed, and the chosen one. */
PslRecordModel *
psl_window_get_model (PslWindow *self)
{
  return psl_list_page_get_model (self->list_page);
}

/* Names the window after what it shows. */
void
psl_window_update_title (PslWindow *self)
{
  const PslPlace *place = psl_list_page_get_place (self->list_page);
  g_autofree char *record = NULL;
  g_autofree char *program = NULL;
  g_autofree char *title = NULL;

  program = self->register_name != NULL ? g_strdup_printf ("%s — Passerelle", self->register_name)
                                        : g_strdup ("Passerelle");
  if (self->record != NULL)
    record = psl_record_dup_title (self->record, psl_settings_get_language (psl_settings_get_default ()));

  if (record != NULL)
    title = g_strdup_printf ("%s — %s", record, program);
  else if (place != NULL)
    title = g_strdup_printf ("%s — %s", psl_place_get_label (place), program);

  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : program);
}

/* Reads the chosen record, which the actions go by. */
void
psl_window_load_record (PslWindow *self)
{
  gint64 rid = psl_record_model_get_selected (psl_window_get_model (self));

  if (rid != 0 && self->reg != NULL)
    {
      psl_register_load_async (self->reg, rid, psl_window_renew (&self->loading),
                               record_loaded_cb, g_object_ref (self));
      return;
    }

  psl_window_drop (&self->loading);
  g_clear_object (&self->record);
  psl_window_update_title (self);
  psl_window_update_actions (self);
}

/* Keeps the window's size for the next time. */
void
psl_window_save_state (PslWindow *self)
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

/* Shows a toast without taking others away. */
void
psl_window_add_toast (PslWindow *self,
                      AdwToast  *toast)
{
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (psl_window_return_from_toast), self, G_CONNECT_SWAPPED);
  /* Of a window that is closed nobody waits for news. */
  if (self->closing)
    g_object_unref (g_object_ref_sink (toast));
  else
    adw_toast_overlay_add_toast (self->toasts, toast);
}

/* Shows a toast in place of the one before: what it offers is about the latest
 * change. One that stays comes back after it. */
void
psl_window_show_toast (PslWindow *self,
                       AdwToast  *toast)
{
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  if (g_hash_table_size (self->unstored) > 0)
    adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  psl_window_add_toast (self, toast);
}

/**
 * psl_window_tell:
 * @message: a short sentence
 *
 * Tells the person something in passing.
 */
void
psl_window_tell (PslWindow  *self,
                 const char *message)
{
  g_return_if_fail (PSL_IS_WINDOW (self));

  psl_window_show_toast (self, psl_toast_new (message));
}

/* Tells the person what was done, and offers an action of the window on @target,
 * which may be floating. */
void
psl_window_tell_with_action (PslWindow  *self,
                             const char *message,
                             const char *label,
                             const char *action,
                             GVariant   *target)
{
  AdwToast *toast = psl_toast_new (message);

  psl_toast_add_button (toast, label, action, target);
  psl_window_show_toast (self, toast);
}

/* Tells the person what was done, and offers to undo it. */
void
psl_window_tell_with_undo (PslWindow  *self,
                           const char *message,
                           gint64      action)
{
  psl_window_tell_with_action (self, message, _("_Undo"), "win.undo-action", g_variant_new_int64 (action));
}

/* Tells the person that something went wrong, and waits until it is read. */
void
psl_window_tell_error (PslWindow    *self,
                       const char   *what,
                       const GError *error)
{
  AdwDialog *dialog;

  if (self->closing)
    return;

  dialog = adw_alert_dialog_new (what, error->message);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}
