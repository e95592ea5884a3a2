/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-entry-dialog.h"
#include "psl-error.h"
#include "psl-focus.h"
#include "psl-history-dialog.h"
#include "psl-kinds.h"
#include "psl-number.h"
#include "psl-preferences-dialog.h"
#include "psl-settings.h"
#include "psl-window-private.h"

/* What is done to records from menus and keys, and how it is told. */

/* Characters of a title in a toast. */
#define TITLE_CHARS 40

/* A write on its way, and what to do when it is done. */
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

/* The title, cut where a toast would have to be cut. */
static char *
dup_title (PslWindow *self)
{
  char *title = psl_record_dup_title (self->record, psl_settings_get_language (psl_settings_get_default ()));

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
  gint64 rid = psl_register_create_finish (PSL_REGISTER (source), result, &error);

  if (rid == 0)
    {
      psl_window_tell_error (self, _("The Record Was Not Made"), error);
      return;
    }

  if (doing->message != NULL)
    psl_window_tell (self, doing->message);
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
  psl_window_forget_unstored (self, kind->name);
  adw_navigation_split_view_set_show_content (self->outer_view, TRUE);
}

static void
new_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  PslWindow *self = user_data;
  const PslPlace *place = psl_list_page_get_place (self->list_page);

  show_new (self, place->kind != NULL ? place->kind : psl_place_get_nth (0)->kind);
}

/* The parameter is what psl_detail_page_get_draft() returned. */
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
      psl_window_set_place (self, psl_place_find (kind->name));
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
      psl_window_tell_error (self, _("The Change Was Not Stored"), error);
      return;
    }

  if (action != NULL)
    psl_window_tell_with_undo (self, doing->message, action->id);
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
  g_autofree char *title = dup_title (self);

  /* Translators: the title of a record */
  set_state (self, PSL_RECORD_GONE, g_strdup_printf (_("“%s” deleted"), title));
}

/* What the Delete key does. */
static void
delete_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  PslWindow *self = user_data;

  if (psl_record_get_state (self->record) == PSL_RECORD_TRASHED)
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
  g_autofree char *title = dup_title (self);

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
      psl_window_tell_error (self, _("The Trash Was Not Emptied"), error);
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
        psl_window_tell_error (self, _("The Trash Was Not Emptied"), error);
      else
        psl_window_tell (self, _("The trash is empty"));
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

  if (id == NULL)
    id = psl_record_get_id (self->record);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), id);
  message = g_strdup_printf (_("%s copied"), id);
  psl_window_tell (self, message);
}

static void
copy_link_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PslWindow *self = user_data;
  g_autofree char *link = g_strdup_printf ("passerelle:%s", psl_record_get_id (self->record));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), link);
  psl_window_tell (self, _("Link copied"));
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

static void
history_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  PslWindow *self = user_data;

  const char *language = psl_settings_get_language (psl_settings_get_default ());

  psl_detail_page_flush (self->detail_page);
  adw_dialog_present (psl_history_dialog_new (self->reg, get_rid (self), language), GTK_WIDGET (self));
}

static void
back_up_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  psl_window_back_up (user_data);
}

static void
add_entry_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PslWindow *self = user_data;
  const char *list;
  const char *code;

  g_variant_get (parameter, "(&s&s)", &list, &code);
  if (self->reg != NULL)
    adw_dialog_present (ADW_DIALOG (psl_entry_dialog_new (self, list, code)), GTK_WIDGET (self));
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
    psl_window_tell_error (self, _("The Change Was Not Stored"), error);
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

static void
restore_backup_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  PslWindow *self = user_data;
  PslPreferencesDialog *dialog = psl_preferences_dialog_new (self);

  psl_preferences_dialog_show_backups (dialog);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
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
    { .name = "history", .activate = history_cb },
    { .name = "back-up", .activate = back_up_cb },
    { .name = "restore-backup", .activate = restore_backup_cb },
    { .name = "add-entry", .activate = add_entry_cb, .parameter_type = "(ss)" },
    { .name = "confirm-text", .activate = confirm_text_cb, .parameter_type = "(xsss)" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  psl_window_install_undo (self);
  psl_window_update_actions (self);
}

/* Turns the actions on and off as the register and the chosen record are; none
 * is for what lies behind a dialog. */
void
psl_window_update_actions (PslWindow *self)
{
  gboolean in_front = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL;
  gboolean open = self->reg != NULL && in_front;
  gboolean writable = open && !psl_register_is_read_only (self->reg);
  gboolean chosen = open && self->record != NULL;
  const PslPlace *place = open ? psl_list_page_get_place (self->list_page) : NULL;
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
  set_enabled (self, "export", place != NULL && place->kind != NULL);
  set_enabled (self, "undo", writable && self->next_undo != NULL);
  set_enabled (self, "redo", writable && self->next_redo != NULL);
  set_enabled (self, "undo-step", writable && self->next_undo != NULL);
  set_enabled (self, "redo-step", writable && self->next_redo != NULL);
  set_enabled (self, "activity", open);
  set_enabled (self, "main-menu", open);
  set_enabled (self, "copy-id", chosen);
  set_enabled (self, "copy-link", chosen);
  set_enabled (self, "history", chosen);
  set_enabled (self, "back-up", open);
  set_enabled (self, "restore-backup", in_front);
  set_enabled (self, "search", open);
  set_enabled (self, "next-pane", open);
  set_enabled (self, "previous-pane", open);
  set_enabled (self, "next-record", open);
  set_enabled (self, "previous-record", open);
  set_enabled (self, "back", open && psl_trail_can_go_back (self->trail));
  set_enabled (self, "forward", open && psl_trail_can_go_forward (self->trail));
}
