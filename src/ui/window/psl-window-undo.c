/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-activity-dialog.h"
#include "psl-editor.h"
#include "psl-effects.h"
#include "psl-error.h"
#include "psl-number.h"
#include "psl-shortcuts.h"
#include "psl-window-private.h"

/* Undo and redo: by the keys and the buttons, of what was done in this window since
 * its register was opened; from toasts and the history, of any action. */

/* Says what was undone or redone, offers the opposite, and shows the record. */
static void
tell_reversed (PslWindow       *self,
               const PslAction *action,
               const GError    *error)
{
  g_autofree char *what = NULL;
  g_autofree char *message = NULL;

  if (error != NULL)
    {
      if (g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING))
        psl_window_tell (self, error->message);
      else
        psl_window_tell_error (self, _("That Can’t Be Undone"), error);
      return;
    }
  if (action == NULL)
    return;

  what = psl_action_describe (action);
  message = action->undone
            /* Translators: what was undone, as in “Undone: Edit budget of “Title”” */
            ? g_strdup_printf (_("Undone: %s"), what)
            /* Translators: what was done again, as in “Redone: Edit budget of “Title”” */
            : g_strdup_printf (_("Redone: %s"), what);
  psl_window_tell_with_action (self, message, action->undone ? _("_Redo") : _("_Undo"),
                               action->undone ? "win.redo-action" : "win.undo-action",
                               g_variant_new_int64 (action->id));
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (PslRecord) record = psl_register_load_finish (PSL_REGISTER (source), result, NULL);

  /* A record that undoing took away is not to be shown. */
  if (record != NULL && self->reg == PSL_REGISTER (source) && psl_record_get_state (record) != PSL_RECORD_GONE &&
      !psl_detail_page_shows_part (self->detail_page, record))
    psl_window_go_to (self, psl_record_get_rid (record));
}

/* Ends undoing or redoing: tells, and leads to the record. */
static void
finish_reversal (PslWindow       *self,
                 PslRegister     *reg,
                 const PslAction *action,
                 const GError    *error)
{
  tell_reversed (self, action, error);
  if (action == NULL || self->reg != reg)
    return;

  if (self->activity != NULL)
    adw_dialog_force_close (self->activity);
  if (action->rid != 0 && action->rid != psl_record_model_get_selected (psl_window_get_model (self)))
    psl_register_load_async (reg, action->rid, NULL, looked_up_cb, g_object_ref (self));
}

static void
reversed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = psl_register_action_finish (PSL_REGISTER (source), result, &error);

  finish_reversal (self, PSL_REGISTER (source), action, error);
}

static void
undo_answered_cb (AdwAlertDialog *dialog,
                  const char     *response,
                  PslWindow      *self)
{
  const gint64 *action = g_object_get_data (G_OBJECT (dialog), "action");

  if (g_str_equal (response, "undo") && self->reg != NULL)
    psl_register_undo_async (self->reg, *action, reversed_cb, g_object_ref (self));
}

/* An action, until it is read what undoing it would do. */
typedef struct
{
  PslWindow *window;
  PslAction *action;
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->window);
  psl_action_free (asking->action);
  g_free (asking);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

/* Names an action that changed much, or long ago, and asks whether to undo it. */
static void
show_question (PslWindow       *self,
               const PslAction *action,
               GArray          *effects)
{
  g_autofree char *what = psl_action_describe (action);
  g_autofree char *time = psl_action_dup_time (action);
  g_autofree char *consequence = psl_effects_describe_undo (effects);
  g_autofree char *body = NULL;
  gboolean imported = action->verb == PSL_VERB_IMPORT;
  AdwDialog *dialog;

  /* Translators: the sentence of an action, its date and time, and what undoing it does */
  body = g_strdup_printf (_("“%s” was done on %s. %s"), what, time, consequence);
  dialog = adw_alert_dialog_new (imported ? _("Undo This Import?") : _("Undo This Change?"), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  /* Not “Cancel”: in French that is the word for “Undo”. */
                                  "cancel", imported ? _("_Keep the Import") : _("_Keep the Change"),
                                  "undo", imported ? _("_Undo the Import") : _("_Undo the Change"),
                                  NULL);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "action", g_memdup2 (&action->id, sizeof action->id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (undo_answered_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
effects_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Asking) asking = user_data;
  PslWindow *self = asking->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) effects = psl_register_effects_finish (PSL_REGISTER (source), result, &error);

  /* Asked already, or closed meanwhile. */
  if (self->reg != PSL_REGISTER (source) ||
      ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self))))
    return;
  if (effects != NULL)
    show_question (self, asking->action, effects);
  else
    psl_window_tell_error (self, _("That Can’t Be Undone"), error);
}

static void
ask_to_undo (PslWindow       *self,
             const PslAction *action)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->window = g_object_ref (self);
  asking->action = psl_action_copy (action);
  psl_register_effects_async (self->reg, action->id, effects_read_cb, asking);
}

static void
stepped_back_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = psl_register_action_finish (PSL_REGISTER (source), result, &error);

  if (action == NULL || action->undone)
    finish_reversal (self, PSL_REGISTER (source), action, error);
  else if (self->reg == PSL_REGISTER (source) &&
           adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) == NULL)
    ask_to_undo (self, action);
}

static void
step_back (PslWindow *self)
{
  psl_detail_page_flush (self->detail_page);
  psl_register_undo_edit_async (self->reg, stepped_back_cb, g_object_ref (self));
}

static void
step_forward (PslWindow *self)
{
  psl_detail_page_flush (self->detail_page);
  psl_register_redo_async (self->reg, 0, reversed_cb, g_object_ref (self));
}

/* Undoes, or redoes, what was typed since the focus came into a text. Returns: whether
 * there was something. */
static gboolean
reverse_typing (PslWindow  *self,
                const char *action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  g_autofree char *before = NULL;

  if (GTK_IS_TEXT (focus))
    {
      before = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
      gtk_widget_activate_action (focus, action, NULL);
      return !g_str_equal (before, gtk_editable_get_text (GTK_EDITABLE (focus)));
    }
  if (GTK_IS_TEXT_VIEW (focus))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));
      gboolean possible = g_str_equal (action, "text.undo") ? gtk_text_buffer_get_can_undo (buffer)
                                                            : gtk_text_buffer_get_can_redo (buffer);

      if (possible)
        gtk_widget_activate_action (focus, action, NULL);
      return possible;
    }
  return FALSE;
}

/* What was typed before the focus went elsewhere is the register's to undo. */
static void
forget_typing (GtkWidget *widget)
{
  if (GTK_IS_TEXT (widget) && gtk_editable_get_enable_undo (GTK_EDITABLE (widget)))
    {
      gtk_editable_set_enable_undo (GTK_EDITABLE (widget), FALSE);
      gtk_editable_set_enable_undo (GTK_EDITABLE (widget), TRUE);
    }
  else if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));

      if (!gtk_text_buffer_get_enable_undo (buffer))
        return;
      gtk_text_buffer_set_enable_undo (buffer, FALSE);
      gtk_text_buffer_set_enable_undo (buffer, TRUE);
    }
}

static void
focus_moved_cb (PslWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus == self->typed_into)
    return;
  if (self->typed_into != NULL)
    forget_typing (self->typed_into);
  g_set_weak_pointer (&self->typed_into, focus);
}

/* Whether what was typed last has made the record on show. To take the text back would leave
 * a record with nothing in it. */
static gboolean
has_typed_record (PslWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *editor = focus != NULL ? gtk_widget_get_ancestor (focus, PSL_TYPE_EDITOR) : NULL;

  return editor != NULL && !psl_editor_is_touched (PSL_EDITOR (editor)) && self->next_undo != NULL &&
         self->next_undo->verb == PSL_VERB_CREATE &&
         self->next_undo->rid == psl_record_model_get_selected (psl_window_get_model (self));
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  if (has_typed_record (user_data) || !reverse_typing (user_data, "text.undo"))
    step_back (user_data);
}

static void
redo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  if (!reverse_typing (user_data, "text.redo"))
    step_forward (user_data);
}

/* What the buttons do: they name an action, whatever is being typed. */
static void
undo_step_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  step_back (user_data);
}

static void
redo_step_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  step_forward (user_data);
}

static void
undo_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  PslWindow *self = user_data;

  if (self->reg != NULL)
    psl_register_undo_async (self->reg, g_variant_get_int64 (parameter), reversed_cb, g_object_ref (self));
}

static void
redo_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  PslWindow *self = user_data;

  if (self->reg != NULL)
    psl_register_redo_async (self->reg, g_variant_get_int64 (parameter), reversed_cb, g_object_ref (self));
}

static void
listed_undo_cb (PslActivityDialog *dialog,
                const PslAction   *action,
                PslWindow         *self)
{
  if (action->records > 1 || action->at < self->opened_at)
    ask_to_undo (self, action);
  else
    psl_register_undo_async (self->reg, action->id, reversed_cb, g_object_ref (self));
}

static void
listed_redo_cb (PslActivityDialog *dialog,
                const PslAction   *action,
                PslWindow         *self)
{
  psl_register_redo_async (self->reg, action->id, reversed_cb, g_object_ref (self));
}

static void
activity_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  PslWindow *self = user_data;
  AdwDialog *dialog;

  psl_detail_page_flush (self->detail_page);
  dialog = psl_activity_dialog_new (self->reg);
  g_set_weak_pointer (&self->activity, dialog);
  g_signal_connect_object (dialog, "undo", G_CALLBACK (listed_undo_cb), self, 0);
  g_signal_connect_object (dialog, "redo", G_CALLBACK (listed_redo_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* The keys, where neither a text nor the actions took them: there is nothing to undo
 * or redo here, but there may be in the history. */
static gboolean
tell_nothing (PslWindow  *self,
              const char *message)
{
  if (self->reg == NULL || adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self)) != NULL)
    return GDK_EVENT_PROPAGATE;

  if (psl_register_is_read_only (self->reg))
    psl_window_tell (self, _("This register can be read, not changed"));
  else
    psl_window_tell_with_action (self, message, _("_History"), "win.activity", NULL);
  return GDK_EVENT_STOP;
}

static gboolean
nothing_to_undo_cb (GtkWidget *widget,
                    GVariant  *parameter,
                    gpointer   user_data)
{
  return tell_nothing (PSL_WINDOW (widget), _("Nothing to undo since the window was opened"));
}

static gboolean
nothing_to_redo_cb (GtkWidget *widget,
                    GVariant  *parameter,
                    gpointer   user_data)
{
  return tell_nothing (PSL_WINDOW (widget), _("Nothing to redo"));
}

/* Adds the actions of undo, redo and the history, and follows the focus. */
void
psl_window_install_undo (PslWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "undo", .activate = undo_cb },
    { .name = "redo", .activate = redo_cb },
    { .name = "undo-step", .activate = undo_step_cb },
    { .name = "redo-step", .activate = redo_step_cb },
    { .name = "undo-action", .activate = undo_action_cb, .parameter_type = "x" },
    { .name = "redo-action", .activate = redo_action_cb, .parameter_type = "x" },
    { .name = "activity", .activate = activity_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  psl_shortcuts_bind (GTK_WIDGET (self), "win.undo", GTK_PHASE_BUBBLE,
                      gtk_callback_action_new (nothing_to_undo_cb, NULL, NULL));
  psl_shortcuts_bind (GTK_WIDGET (self), "win.redo", GTK_PHASE_BUBBLE,
                      gtk_callback_action_new (nothing_to_redo_cb, NULL, NULL));
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (focus_moved_cb), NULL);
}

/* Takes over what undo and redo would do now. */
void
psl_window_update_undo (PslWindow       *self,
                        const PslAction *next_undo,
                        const PslAction *next_redo)
{
  g_clear_pointer (&self->next_undo, psl_action_free);
  g_clear_pointer (&self->next_redo, psl_action_free);
  if (next_undo != NULL)
    self->next_undo = psl_action_copy (next_undo);
  if (next_redo != NULL)
    self->next_redo = psl_action_copy (next_redo);

  psl_detail_page_set_next (self->detail_page, next_undo, next_redo);
  psl_window_update_actions (self);
}
