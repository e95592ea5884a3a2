/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-window-private.h"

#include <glib/gi18n.h>

#include "psl-backup.h"
#include "psl-entry-dialog.h"
#include "psl-error.h"
#include "psl-focus.h"
#include "psl-kinds.h"
#include "psl-number.h"
#include "psl-own-registers.h"
#include "psl-preferences-dialog.h"
#include "psl-properties-dialog.h"
#include "psl-settings.h"
#include "psl-text.h"

/* The actions of the window's menus and keys, but for undo and for files that come and go. */

/* Characters of a title in a toast. */
#define TITLE_CHARS 40

/* A write on its way, and what follows once it is stored. */
typedef struct
{
  PslWindow *window;
  char *message;
  gint64 rid;
  gint64 next;
} Doing;

static Doing *
doing_new (PslWindow *self,
           char      *message)
{
  Doing *doing = g_new0 (Doing, 1);

  doing->window = g_object_ref (self);
  doing->message = message;

  return doing;
}

static void
doing_free (Doing *doing)
{
  g_object_unref (doing->window);
  g_free (doing->message);
  g_free (doing);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Doing, doing_free)

static gint64
get_rid (PslWindow *self)
{
  return psl_record_model_get_selected (psl_window_get_model (self));
}

/* Whether the record that the actions go by is the chosen one: that may still be read. */
static gboolean
is_chosen_read (PslWindow *self)
{
  return self->record != NULL && psl_record_get_rid (self->record) == get_rid (self);
}

/* The title, cut where a toast would have to be cut. */
static char *
dup_title (PslWindow *self)
{
  g_autofree char *name = psl_record_dup_title (self->record, psl_register_get_codelists (self->reg),
                                                psl_register_get_language (self->reg));
  char *title = psl_text_dup_quotable (name);

  if (g_utf8_strlen (title, -1) > TITLE_CHARS)
    {
      g_autofree char *whole = title;
      g_autofree char *start = g_utf8_substring (whole, 0, TITLE_CHARS - 1);

      title = g_strconcat (g_strchomp (start), "…", NULL);
    }

  return title;
}

/* The record to show once the chosen one has left the list. */
static gint64
find_neighbour (PslWindow *self)
{
  PslRecordModel *model = psl_window_get_model (self);
  guint position = psl_record_model_find (model, get_rid (self));
  gint64 next;

  if (position == GTK_INVALID_LIST_POSITION)
    return 0;

  next = psl_record_model_get_rid (model, position + 1);
  if (next == 0 && position > 0)
    next = psl_record_model_get_rid (model, position - 1);

  return next;
}

/* A button whose action is turned off can't keep the focus. Below a dialog it has lost
 * it already, and gets it back. */
static void
hand_focus_on (PslWindow  *self,
               const char *name)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autofree char *full_name = g_strconcat ("win.", name, NULL);

  if (GTK_IS_ACTIONABLE (focus) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (focus)), full_name) == 0 &&
      adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL)
    psl_focus_hand_on (focus);
}

static void
set_enabled (PslWindow  *self,
             const char *name,
             gboolean    enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  if (!enabled)
    hand_focus_on (self, name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Doing) doing = user_data;
  PslWindow *self = doing->window;
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_register_insert_finish (PSL_REGISTER (source), result, &error);

  if (rid == 0)
    {
      psl_notifier_tell_error (self->notifier, _("The Record Was Not Made"), error);
      return;
    }

  if (doing->message != NULL)
    psl_notifier_tell (self->notifier, doing->message);
  psl_detail_page_focus_title (self->detail_page, rid);
  psl_window_go_to (self, rid);
}

static void
show_new (PslWindow     *self,
          const PslKind *kind)
{
  /* No search would find the new record. */
  psl_list_page_search (self->list_page, "");
  psl_record_model_select (psl_window_get_model (self), 0);
  psl_detail_page_show_new (self->detail_page, kind);
  adw_navigation_split_view_set_show_content (self->outer_view, TRUE);
}

static void
new_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  PslWindow *self = user_data;
  const PslCollection *collection = psl_list_page_get_collection (self->list_page);

  show_new (self, collection->kind != NULL ? collection->kind : psl_collection_get_nth (0)->kind);
}

/* The parameter is a draft of psl_detail_page_get_draft(). */
static void
show_draft_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  PslWindow *self = user_data;
  const char *draft = g_variant_get_string (parameter, NULL);
  const PslKind *kind = psl_kind_find (draft);
  guint64 rid;

  if (kind != NULL)
    {
      psl_window_set_collection (self, psl_collection_find (kind->name));
      show_new (self, kind);
    }
  else if (g_ascii_string_to_unsigned (draft, 10, 1, G_MAXINT64, &rid, NULL))
    {
      psl_detail_page_focus_title (self->detail_page, (gint64) rid);
      psl_window_go_to (self, (gint64) rid);
    }
  else
    {
      psl_window_find (self, draft);
    }
}

static void
duplicate_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PslWindow *self = user_data;

  psl_detail_page_flush (self->detail_page);
  psl_register_duplicate_async (self->reg, get_rid (self), created_cb,
                                doing_new (self, g_strdup (_("This is the copy"))));
}

static void
state_set_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Doing) doing = user_data;
  PslWindow *self = doing->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = psl_register_action_finish (PSL_REGISTER (source), result, &error);

  if (error != NULL)
    {
      psl_notifier_tell_error (self->notifier, _("The Change Was Not Stored"), error);
      return;
    }

  if (action != NULL)
    psl_notifier_tell_with_undo (self->notifier, doing->message, action->id);
  /* The person may have gone on to another record meanwhile. */
  if (self->reg != NULL && doing->rid != 0 && doing->rid == get_rid (self))
    psl_record_model_select (psl_window_get_model (self), doing->next);
}

static void
set_state (PslWindow      *self,
           PslRecordState  state,
           char           *message)
{
  gint64 rid = get_rid (self);
  Doing *doing = doing_new (self, message);

  doing->rid = rid;
  doing->next = find_neighbour (self);
  psl_register_set_state_async (self->reg, &rid, 1, state, state_set_cb, doing);
}

static void
trash_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  PslWindow *self = user_data;
  g_autofree char *title = NULL;

  if (!is_chosen_read (self))
    return;
  psl_detail_page_flush (self->detail_page);
  title = dup_title (self);
  /* Translators: the title of a record */
  set_state (self, PSL_RECORD_TRASHED, g_strdup_printf (_("“%s” moved to the trash"), title));
}

static void
remove_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  PslWindow *self = user_data;
  g_autofree char *title = NULL;

  if (!is_chosen_read (self))
    return;
  title = dup_title (self);
  /* Translators: the title of a record */
  set_state (self, PSL_RECORD_GONE, g_strdup_printf (_("“%s” deleted"), title));
}

/* The action of the Delete key. */
static void
delete_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  PslWindow *self = user_data;

  if (is_chosen_read (self) && psl_record_get_state (self->record) == PSL_RECORD_TRASHED)
    remove_cb (NULL, NULL, self);
  else
    trash_cb (NULL, NULL, self);
}

static void
restore_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  PslWindow *self = user_data;
  g_autofree char *title = NULL;

  if (!is_chosen_read (self))
    return;
  title = dup_title (self);
  /* Translators: the title of a record */
  set_state (self, PSL_RECORD_LIVE, g_strdup_printf (_("“%s” restored from the trash"), title));
}

static void
trash_listed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = psl_register_query_finish (PSL_REGISTER (source), result, &error);
  g_autofree char *number = NULL;
  g_autofree char *message = NULL;

  if (self->reg != PSL_REGISTER (source))
    return;
  if (rids == NULL)
    {
      psl_notifier_tell_error (self->notifier, _("The Trash Was Not Emptied"), error);
      return;
    }

  number = psl_number_format_count (rids->len);
  /* Translators: a number */
  message = g_strdup_printf (ngettext ("%s record deleted", "%s records deleted", rids->len), number);
  psl_register_set_state_async (self->reg, (const gint64 *) (gpointer) rids->data, rids->len,
                                PSL_RECORD_GONE, state_set_cb,
                                doing_new (self, g_steal_pointer (&message)));
}

static void
empty_trash_answered_cb (PslWindow  *self,
                         const char *response)
{
  g_autoptr (PslQuery) query = psl_query_new_trash ();

  if (g_str_equal (response, "empty") && self->reg != NULL)
    psl_register_query_async (self->reg, query, 0, NULL, trash_listed_cb, g_object_ref (self));
}

static void
trash_counted_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 n_records = psl_register_count_finish (PSL_REGISTER (source), result, &error);
  g_autofree char *number = psl_number_format_count (n_records);
  g_autofree char *heading = NULL;
  AdwDialog *dialog;

  if (self->reg != PSL_REGISTER (source))
    return;
  if (n_records <= 0)
    {
      if (error != NULL)
        psl_notifier_tell_error (self->notifier, _("The Trash Was Not Emptied"), error);
      else
        psl_notifier_tell (self->notifier, _("The trash is empty"));
      return;
    }

  /* Translators: a number */
  heading = g_strdup_printf (ngettext ("Delete %s Record?", "Delete %s Records?", (gulong) n_records), number);
  dialog = adw_alert_dialog_new (heading,
                                 ngettext ("The record leaves the trash, and the fields that lead to it are emptied. "
                                           "The history of the register keeps it: there, this can be undone.",
                                           "The records leave the trash, and the fields that lead to them are emptied. "
                                           "The history of the register keeps them: there, this can be undone.",
                                           (gulong) n_records));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "cancel", _("_Cancel"),
                                  "empty", _("_Empty Trash"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "empty", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (empty_trash_answered_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* Says how many records are in the trash, and asks whether to delete them. */
static void
empty_trash_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  PslWindow *self = user_data;
  g_autoptr (PslQuery) query = psl_query_new_trash ();

  psl_register_count_async (self->reg, query, NULL, trash_counted_cb, g_object_ref (self));
}

static void
copy_id_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  PslWindow *self = user_data;
  const PslKind *kind = psl_record_get_kind (self->record);
  const char *id = kind->identifier != NULL ? psl_record_get_by_name (self->record, kind->identifier) : NULL;
  g_autofree char *message = NULL;

  if (!is_chosen_read (self))
    return;
  if (id == NULL)
    id = psl_record_get_id (self->record);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), id);
  message = g_strdup_printf (_("%s copied"), id);
  psl_notifier_tell (self->notifier, message);
}

static void
copy_link_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PslWindow *self = user_data;
  g_autofree char *link = g_strdup_printf ("passerelle:%s", psl_record_get_id (self->record));

  if (!is_chosen_read (self))
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), link);
  psl_notifier_tell (self->notifier, _("Link copied"));
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
  psl_window_choose_collection (self, psl_collection_find (kind));
  psl_list_page_show_action (self->list_page, imported);
  psl_list_page_focus_list (self->list_page);
}

static void
back_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  PslWindow *self = user_data;

  psl_window_step (self, psl_trail_back (self->trail));
}

static void
forward_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  PslWindow *self = user_data;

  psl_window_step (self, psl_trail_forward (self->trail));
}

static void
search_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  PslWindow *self = user_data;

  adw_navigation_split_view_set_show_content (self->outer_view, FALSE);
  adw_navigation_split_view_set_show_content (self->inner_view, TRUE);
  psl_list_page_focus_search (self->list_page);
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
    psl_notifier_tell_with_action (backing_up->window->notifier, _("The register is backed up"), _("_Open Folder"),
                                   "win.open-folder", g_variant_new_take_string (g_file_get_uri (backing_up->file)));
  else
    psl_notifier_tell_error (backing_up->window->notifier, _("The Register Was Not Backed Up"), error);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (psl_register_back_up_finish (PSL_REGISTER (source), result, &error))
    {
      /* It has a new UUID. */
      psl_own_registers_remember (PSL_REGISTER (source));
      psl_notifier_tell (self->notifier, _("The backup is restored"));
    }
  else
    {
      psl_notifier_tell_error (self->notifier, _("The Backup Was Not Restored"), error);
    }
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

/* Whether a register at that place was one's own, whatever is there now. */
static gboolean
is_own_place (const char *path)
{
  g_auto (GStrv) known = psl_own_registers_dup_known (path);

  return known == NULL || known[0] != NULL;
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

  if (restored && is_own_place (psl_window_get_path (self)))
    psl_opening_page_open_own (self->opening_page);
  else if (restored)
    psl_window_open_register (self);
  else
    psl_notifier_tell_error (self->notifier, _("The Backup Was Not Restored"), error);
}

/* Makes a backup now, and tells when it is made, and where it is. */
static void
back_up (PslWindow *self)
{
  BackingUp *backing_up;
  g_autofree char *path = NULL;

  if (self->reg == NULL)
    return;

  psl_detail_page_flush (self->detail_page);
  path = psl_backup_dup_path (psl_register_get_path (self->reg), PSL_BACKUP_MANUAL, g_get_real_time ());
  backing_up = g_new (BackingUp, 1);
  backing_up->window = g_object_ref (self);
  backing_up->file = g_file_new_for_path (path);
  psl_register_back_up_async (self->reg, path, NULL, backed_up_cb, backing_up);
}

static void
back_up_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  back_up (user_data);
}

static void
add_entry_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PslWindow *self = user_data;
  PslEntryDialog *dialog;
  const char *list;
  const char *code;

  if (self->reg == NULL)
    return;

  g_variant_get (parameter, "(&s&s)", &list, &code);
  dialog = psl_entry_dialog_new (self->reg, list, code);
  g_signal_connect_object (dialog, "added", G_CALLBACK (psl_notifier_tell_with_undo), self->notifier,
                           G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

typedef struct
{
  gint64 rid;
  const PslField *field;
  const char *language;
} Confirmation;

static gpointer
confirm_text (PslStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Confirmation *confirmation = data;

  psl_store_confirm_text (store, confirmation->rid, confirmation->field, confirmation->language, error);
  return NULL;
}

static void
text_confirmed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  psl_register_finish (PSL_REGISTER (source), result, &error);
  if (error != NULL)
    psl_notifier_tell_error (self->notifier, _("The Change Was Not Stored"), error);
}

static void
confirm_text_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  PslWindow *self = user_data;
  Confirmation *confirmation = g_new0 (Confirmation, 1);
  const char *kind;
  const char *field;
  const char *language;

  g_variant_get (parameter, "(x&s&s&s)", &confirmation->rid, &kind, &field, &language);
  confirmation->field = psl_kind_find_field (psl_kind_find (kind), field);
  confirmation->language = g_intern_string (language);
  psl_register_write_async (self->reg, confirm_text, confirmation, g_free, NULL, NULL, text_confirmed_cb,
                            g_object_ref (self));
}

static PslPreferencesDialog *
new_preferences (PslWindow *self)
{
  PslPreferencesDialog *dialog =
    psl_preferences_dialog_new (self->reg, psl_window_is_asking (self) ? NULL : psl_window_get_path (self));

  g_signal_connect_object (dialog, "back-up", G_CALLBACK (back_up), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "restore", G_CALLBACK (psl_window_restore), self, G_CONNECT_SWAPPED);
  return dialog;
}

static void
restore_backup_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  PslWindow *self = user_data;
  PslPreferencesDialog *dialog = new_preferences (self);

  psl_preferences_dialog_show_backups (dialog);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
properties_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  PslWindow *self = user_data;

  psl_detail_page_flush (self->detail_page);
  adw_dialog_present (ADW_DIALOG (psl_properties_dialog_new (self->reg)), GTK_WIDGET (self));
}

/* Asks again what to do with a register that is only looked at. */
static void
ask_again_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  psl_window_open_register (user_data);
}

/* In the order of F6. */
typedef enum
{
  PANE_SIDEBAR,
  PANE_LIST,
  PANE_RECORD,
  N_PANES
} Pane;

static gboolean
has_focus (PslWindow *self,
           gpointer   pane)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && gtk_widget_is_ancestor (focus, pane);
}

/* Where the keyboard is; %N_PANES for nowhere. */
static Pane
get_pane (PslWindow *self)
{
  if (has_focus (self, self->sidebar))
    return PANE_SIDEBAR;
  if (has_focus (self, self->list_page))
    return PANE_LIST;

  return has_focus (self, self->detail_page) ? PANE_RECORD : N_PANES;
}

static gboolean
is_there (PslWindow *self,
          Pane       pane)
{
  return pane != PANE_RECORD || get_rid (self) != 0 || psl_detail_page_is_new (self->detail_page);
}

/* Puts the keyboard into a pane, which a narrow window brings to the front. */
static void
enter_pane (PslWindow *self,
            Pane       pane)
{
  adw_navigation_split_view_set_show_content (self->inner_view, pane != PANE_SIDEBAR);
  adw_navigation_split_view_set_show_content (self->outer_view, pane == PANE_RECORD);

  if (pane == PANE_SIDEBAR)
    psl_sidebar_focus (self->sidebar);
  else if (pane == PANE_LIST)
    psl_list_page_focus_list (self->list_page);
  else
    psl_detail_page_enter (self->detail_page, get_rid (self));
}

static void
next_pane_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PslWindow *self = user_data;
  Pane pane = get_pane (self);

  pane = pane == N_PANES ? PANE_LIST : (pane + 1) % N_PANES;
  enter_pane (self, is_there (self, pane) ? pane : PANE_SIDEBAR);
}

static void
previous_pane_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  PslWindow *self = user_data;
  Pane pane = get_pane (self);

  pane = pane == N_PANES ? PANE_LIST : (pane + N_PANES - 1) % N_PANES;
  enter_pane (self, is_there (self, pane) ? pane : PANE_LIST);
}

/* In a narrow window the menu is a page away. */
static void
main_menu_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PslWindow *self = user_data;

  if (adw_navigation_split_view_get_collapsed (self->inner_view))
    enter_pane (self, PANE_SIDEBAR);
  psl_sidebar_open_menu (self->sidebar);
}

/* Whoever types in a field goes on in the same field of the other record. */
static void
go_to_neighbour (PslWindow *self,
                 gboolean   after)
{
  PslRecordModel *model = psl_window_get_model (self);
  gint64 rid = psl_record_model_get_neighbour (model, after);
  gboolean typing = get_pane (self) == PANE_RECORD;

  if (rid == 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  if (typing)
    psl_detail_page_enter (self->detail_page, rid);
  psl_record_model_select (model, rid);
  psl_list_page_reveal (self->list_page, rid);
}

static void
next_record_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  go_to_neighbour (user_data, TRUE);
}

static void
previous_record_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  go_to_neighbour (user_data, FALSE);
}

/* Whoever goes back to the sidebar in a narrow window is in its list, not in the buttons above. */
static void
sidebar_shown_cb (PslWindow *self)
{
  if (adw_navigation_split_view_get_collapsed (self->inner_view) && get_pane (self) == PANE_SIDEBAR)
    psl_sidebar_focus (self->sidebar);
}

/* A window that is made narrow goes on showing the record that the keyboard is in. */
static void
focus_moved_cb (PslWindow *self)
{
  if (get_pane (self) == PANE_RECORD && !adw_navigation_split_view_get_collapsed (self->outer_view))
    adw_navigation_split_view_set_show_content (self->outer_view, TRUE);
}

/* Tells of a failure in a widget of the window: see psl-failure.c. */
static void
tell_failure_cb (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  PslWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  const char *heading;
  const char *message;
  gboolean is_stopped;

  g_variant_get (parameter, "(&s&sb)", &heading, &message, &is_stopped);
  error = is_stopped ? g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, message)
                     : g_error_new_literal (PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED, message);
  psl_notifier_tell_error (self->notifier, heading, error);
}

/* Adds the window's actions. */
void
psl_window_install_actions (PslWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "new", .activate = new_cb },
    { .name = "show-draft", .activate = show_draft_cb, .parameter_type = "s" },
    { .name = "duplicate", .activate = duplicate_cb },
    { .name = "delete", .activate = delete_cb },
    { .name = "trash", .activate = trash_cb },
    { .name = "remove", .activate = remove_cb },
    { .name = "restore", .activate = restore_cb },
    { .name = "empty-trash", .activate = empty_trash_cb },
    { .name = "copy-id", .activate = copy_id_cb },
    { .name = "copy-link", .activate = copy_link_cb },
    { .name = "back", .activate = back_cb },
    { .name = "forward", .activate = forward_cb },
    { .name = "search", .activate = search_cb },
    { .name = "back-up", .activate = back_up_cb },
    { .name = "restore-backup", .activate = restore_backup_cb },
    { .name = "properties", .activate = properties_cb },
    { .name = "ask-again", .activate = ask_again_cb },
    { .name = "add-entry", .activate = add_entry_cb, .parameter_type = "(ss)" },
    { .name = "next-pane", .activate = next_pane_cb },
    { .name = "previous-pane", .activate = previous_pane_cb },
    { .name = "main-menu", .activate = main_menu_cb },
    { .name = "next-record", .activate = next_record_cb },
    { .name = "previous-record", .activate = previous_record_cb },
    { .name = "show-imported", .activate = show_imported_cb, .parameter_type = "(sx)" },
    { .name = "tell-failure", .activate = tell_failure_cb, .parameter_type = "(ssb)" },
    { .name = "confirm-text", .activate = confirm_text_cb, .parameter_type = "(xsss)" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->sidebar, "shown", G_CALLBACK (sidebar_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_moved_cb), NULL);
  psl_window_update_actions (self);
}

/* Turns the actions on and off as the register and the chosen record are; all are off behind
 * a dialog. */
void
psl_window_update_actions (PslWindow *self)
{
  gboolean in_front = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL;
  gboolean open = self->reg != NULL && in_front;
  gboolean writable = open && !psl_register_is_read_only (self->reg);
  gboolean looked_at = self->reg != NULL && psl_register_is_looked_at (self->reg);
  gboolean chosen = open && self->record != NULL;
  const PslCollection *collection = open ? psl_list_page_get_collection (self->list_page) : NULL;
  gboolean trashed = chosen && psl_record_get_state (self->record) == PSL_RECORD_TRASHED;

  set_enabled (self, "new", writable);
  /* The answer of a dialog leads there, too. */
  set_enabled (self, "show-draft", self->reg != NULL);
  set_enabled (self, "duplicate", writable && chosen && !trashed);
  set_enabled (self, "delete", writable && chosen);
  set_enabled (self, "trash", writable && chosen && !trashed);
  set_enabled (self, "remove", writable && trashed);
  set_enabled (self, "restore", writable && trashed);
  set_enabled (self, "empty-trash", writable);
  set_enabled (self, "add-entry", writable);
  set_enabled (self, "confirm-text", writable);
  set_enabled (self, "import", writable);
  set_enabled (self, "export", collection != NULL && collection->kind != NULL);
  set_enabled (self, "undo", writable && psl_undo_manager_can_undo (self->undo));
  set_enabled (self, "redo", writable && psl_undo_manager_can_redo (self->undo));
  set_enabled (self, "undo-step", writable && psl_undo_manager_can_undo (self->undo));
  set_enabled (self, "redo-step", writable && psl_undo_manager_can_redo (self->undo));
  set_enabled (self, "activity", open);
  set_enabled (self, "main-menu", open);
  set_enabled (self, "copy-id", chosen);
  set_enabled (self, "copy-link", chosen);
  set_enabled (self, "history", chosen);
  set_enabled (self, "back-up", open && !looked_at);
  set_enabled (self, "restore-backup", in_front && !looked_at && !psl_window_is_asking (self));
  set_enabled (self, "properties", open);
  set_enabled (self, "ask-again", open && looked_at);
  set_enabled (self, "search", open);
  set_enabled (self, "next-pane", open);
  set_enabled (self, "previous-pane", open);
  set_enabled (self, "next-record", open);
  set_enabled (self, "previous-record", open);
  set_enabled (self, "back", open && psl_trail_can_go_back (self->trail));
  set_enabled (self, "forward", open && psl_trail_can_go_forward (self->trail));
}

/**
 * psl_window_show_preferences:
 *
 * Opens the preferences.
 */
void
psl_window_show_preferences (PslWindow *self)
{
  g_return_if_fail (PSL_IS_WINDOW (self));

  adw_dialog_present (ADW_DIALOG (new_preferences (self)), GTK_WIDGET (self));
}

/**
 * psl_window_restore:
 * @backup: the file of a backup
 *
 * Puts the backup in the register's place, whether that could be opened or not,
 * and shows it. Nothing is put in the place of a register that is only looked at, nor of one
 * that the person is asked about.
 */
void
psl_window_restore (PslWindow  *self,
                    const char *backup)
{
  g_return_if_fail (PSL_IS_WINDOW (self));
  g_return_if_fail (backup != NULL);

  if (psl_window_is_asking (self) || (self->reg != NULL && psl_register_is_looked_at (self->reg)))
    return;
  if (self->reg != NULL)
    {
      psl_detail_page_flush (self->detail_page);
      psl_register_restore_async (self->reg, backup, restored_cb, g_object_ref (self));
    }
  else
    {
      g_autoptr (GTask) task = g_task_new (self, NULL, file_restored_cb, NULL);
      char *paths[] = { (char *) psl_window_get_path (self), (char *) backup, NULL };

      g_task_set_task_data (task, g_strdupv (paths), (GDestroyNotify) g_strfreev);
      g_task_run_in_thread (task, restore_thread);
    }
}
