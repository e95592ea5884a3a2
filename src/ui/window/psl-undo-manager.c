/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-undo-manager.h"

#include <glib/gi18n.h>

#include "psl-activity-dialog.h"
#include "psl-editor.h"
#include "psl-effects.h"
#include "psl-error.h"
#include "psl-history-dialog.h"
#include "psl-shortcuts.h"
#include "psl-text.h"

struct _PslUndoManager
{
  GObject parent_instance;

  AdwApplicationWindow *window; /* weak, like the widgets of the window below */
  PslDetailPage *page;
  PslRecordModel *model;
  PslNotifier *notifier;

  PslRegister *reg;             /* (nullable): while it is open */
  gint64 opened_at;             /* when the register was opened here */
  PslAction *next_undo;
  PslAction *next_redo;

  GtkWidget *typed_into;        /* weak: the widget with the focus, perhaps a text that is typed into */
  AdwDialog *history;           /* weak: that of the register or of a record, while it is on show */
};

G_DEFINE_FINAL_TYPE (PslUndoManager, psl_undo_manager, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SHOW_RECORD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWidget *
get_focus (PslUndoManager *self)
{
  return gtk_window_get_focus (GTK_WINDOW (self->window));
}

static AdwDialog *
get_dialog (PslUndoManager *self)
{
  return adw_application_window_get_visible_dialog (self->window);
}

/* Says which action was undone or redone, and offers the opposite. @refused is the heading
 * of an error. */
static void
tell_reversed (PslUndoManager  *self,
               const char      *refused,
               const PslAction *action,
               const GError    *error)
{
  g_autofree char *what = NULL;
  g_autofree char *message = NULL;

  if (error != NULL)
    {
      if (g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING))
        psl_notifier_tell (self->notifier, error->message);
      else
        psl_notifier_tell_error (self->notifier, refused, error);
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
  psl_notifier_tell_with_action (self->notifier, message, action->undone ? _("_Redo") : _("_Undo"),
                                 action->undone ? "win.redo-action" : "win.undo-action",
                                 g_variant_new_int64 (action->id));
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PslUndoManager) self = user_data;
  g_autoptr (PslRecord) record = psl_register_load_finish (PSL_REGISTER (source), result, NULL);

  /* A record that undoing took away is not to be shown. */
  if (record != NULL && self->reg == PSL_REGISTER (source) && psl_record_get_state (record) != PSL_RECORD_GONE &&
      !psl_detail_page_shows_part (self->page, record))
    g_signal_emit (self, signals[SIGNAL_SHOW_RECORD], 0, psl_record_get_rid (record));
}

/* Ends undoing or redoing: tells, and leads to the record. */
static void
finish_reversal (PslUndoManager  *self,
                 PslRegister     *reg,
                 const char      *refused,
                 const PslAction *action,
                 const GError    *error)
{
  tell_reversed (self, refused, action, error);
  if (action == NULL || self->reg != reg)
    return;

  if (self->history != NULL)
    adw_dialog_force_close (self->history);
  if (action->rid != 0 && action->rid != psl_record_model_get_selected (self->model))
    psl_register_load_async (reg, action->rid, NULL, looked_up_cb, g_object_ref (self));
}

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslUndoManager) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = psl_register_action_finish (PSL_REGISTER (source), result, &error);

  finish_reversal (self, PSL_REGISTER (source), _("That Can’t Be Undone"), action, error);
}

static void
redone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslUndoManager) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = psl_register_action_finish (PSL_REGISTER (source), result, &error);

  finish_reversal (self, PSL_REGISTER (source), _("That Can’t Be Done Again"), action, error);
}

static void
undo_answered_cb (AdwAlertDialog *dialog,
                  const char     *response,
                  PslUndoManager *self)
{
  const gint64 *action = g_object_get_data (G_OBJECT (dialog), "action");

  if (g_str_equal (response, "undo") && self->reg != NULL)
    psl_register_undo_async (self->reg, *action, undone_cb, g_object_ref (self));
}

/* An action, kept until the effects of undoing it are read. */
typedef struct
{
  PslUndoManager *manager;
  PslAction *action;
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->manager);
  psl_action_free (asking->action);
  g_free (asking);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

/* Names an action that changed much, or long ago, and asks whether to undo it. */
static void
show_question (PslUndoManager  *self,
               const PslAction *action,
               GArray          *effects)
{
  g_autofree char *sentence = psl_action_describe (action);
  g_autofree char *what = psl_text_dup_quotable (sentence);
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
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "undo", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "action", g_memdup2 (&action->id, sizeof action->id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (undo_answered_cb), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

static void
effects_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Asking) asking = user_data;
  PslUndoManager *self = asking->manager;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) effects = psl_register_effects_finish (PSL_REGISTER (source), result, &error);

  /* Asked already, or closed meanwhile. */
  if (self->reg != PSL_REGISTER (source) ||
      ADW_IS_ALERT_DIALOG (get_dialog (self)))
    return;
  if (effects != NULL)
    show_question (self, asking->action, effects);
  else
    psl_notifier_tell_error (self->notifier, _("That Can’t Be Undone"), error);
}

static void
ask_to_undo (PslUndoManager  *self,
             const PslAction *action)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->manager = g_object_ref (self);
  asking->action = psl_action_copy (action);
  psl_register_effects_async (self->reg, action->id, effects_read_cb, asking);
}

static void
stepped_back_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (PslUndoManager) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = psl_register_action_finish (PSL_REGISTER (source), result, &error);

  if (action == NULL || action->undone)
    finish_reversal (self, PSL_REGISTER (source), _("That Can’t Be Undone"), action, error);
  else if (self->reg == PSL_REGISTER (source) &&
           get_dialog (self) == NULL)
    ask_to_undo (self, action);
}

static void
step_back (PslUndoManager *self)
{
  psl_detail_page_flush (self->page);
  psl_register_undo_edit_async (self->reg, stepped_back_cb, g_object_ref (self));
}

static void
step_forward (PslUndoManager *self)
{
  psl_detail_page_flush (self->page);
  psl_register_redo_async (self->reg, 0, redone_cb, g_object_ref (self));
}

/* Undoes, or redoes, the typing since the focus came into a text. Returns: whether there was
 * any. */
static gboolean
reverse_typing (PslUndoManager *self,
                const char *action)
{
  GtkWidget *focus = get_focus (self);
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

/* Text typed before the focus went elsewhere is the register's to undo. */
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
focus_moved_cb (PslUndoManager *self)
{
  GtkWidget *focus = get_focus (self);

  if (focus == self->typed_into)
    return;
  if (self->typed_into != NULL)
    forget_typing (self->typed_into);
  g_set_weak_pointer (&self->typed_into, focus);
}

/* Whether the last typed text has made the record on show, or makes it now. To take the text
 * back would leave a record with nothing in it, or lose the text for good. */
static gboolean
has_typed_record (PslUndoManager *self)
{
  GtkWidget *focus = get_focus (self);
  GtkWidget *editor = focus != NULL ? gtk_widget_get_ancestor (focus, PSL_TYPE_EDITOR) : NULL;

  if (editor != NULL && psl_editor_is_touched (PSL_EDITOR (editor)) && psl_detail_page_is_new (self->page) &&
      psl_editor_flush (PSL_EDITOR (editor)))
    return TRUE;
  return editor != NULL && !psl_editor_is_touched (PSL_EDITOR (editor)) && self->next_undo != NULL &&
         self->next_undo->verb == PSL_VERB_CREATE &&
         self->next_undo->rid == psl_record_model_get_selected (self->model);
}

/* Shows the stored value again in the field that has the keyboard, where it holds a text that
 * can't be stored. Returns: whether it did. */
static gboolean
drop_unstored (PslUndoManager *self)
{
  GtkWidget *focus = get_focus (self);
  GtkWidget *editor = focus != NULL ? gtk_widget_get_ancestor (focus, PSL_TYPE_EDITOR) : NULL;

  if (editor == NULL ||
      (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)) == NULL && psl_editor_flush (PSL_EDITOR (editor))))
    return FALSE;
  psl_editor_revert (PSL_EDITOR (editor));
  return TRUE;
}

static void
undo_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  if (has_typed_record (user_data) || (!reverse_typing (user_data, "text.undo") && !drop_unstored (user_data)))
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

/* The actions of the buttons, which name an action, whatever is being typed. */
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
  PslUndoManager *self = user_data;

  if (self->reg != NULL)
    psl_register_undo_async (self->reg, g_variant_get_int64 (parameter), undone_cb, g_object_ref (self));
}

static void
redo_action_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  PslUndoManager *self = user_data;

  if (self->reg != NULL)
    psl_register_redo_async (self->reg, g_variant_get_int64 (parameter), redone_cb, g_object_ref (self));
}

/* Undoes an action that was chosen in a history; where @ask is set, once the person has agreed. */
static void
undo_chosen (PslUndoManager  *self,
             const PslAction *action,
             gboolean         ask)
{
  if (ask)
    ask_to_undo (self, action);
  else
    psl_register_undo_async (self->reg, action->id, undone_cb, g_object_ref (self));
}

static void
listed_undo_cb (PslActivityDialog *dialog,
                const PslAction   *action,
                PslUndoManager    *self)
{
  undo_chosen (self, action, action->records > 1 || action->at < self->opened_at);
}

/* The person sees what the action did to this record, and not what it did to others. */
static void
change_undo_cb (PslHistoryDialog *dialog,
                const PslChange  *change,
                PslUndoManager   *self)
{
  const PslAction *action = change->action;

  undo_chosen (self, action,
               action->rid != change->rid && action->rid != psl_history_dialog_get_rid (dialog));
}

static void
listed_redo_cb (PslActivityDialog *dialog,
                const PslAction   *action,
                PslUndoManager    *self)
{
  psl_register_redo_async (self->reg, action->id, redone_cb, g_object_ref (self));
}

static void
present_history (PslUndoManager *self,
                 AdwDialog      *dialog)
{
  g_set_weak_pointer (&self->history, dialog);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
}

static void
history_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  PslUndoManager *self = user_data;
  AdwDialog *dialog;

  psl_detail_page_flush (self->page);
  dialog = psl_history_dialog_new (self->reg, psl_record_model_get_selected (self->model),
                                   psl_register_get_language (self->reg));
  g_signal_connect_object (dialog, "undo", G_CALLBACK (change_undo_cb), self, G_CONNECT_DEFAULT);
  present_history (self, dialog);
}

static void
activity_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  PslUndoManager *self = user_data;
  AdwDialog *dialog;

  psl_detail_page_flush (self->page);
  dialog = psl_activity_dialog_new (self->reg);
  g_signal_connect_object (dialog, "undo", G_CALLBACK (listed_undo_cb), self, 0);
  g_signal_connect_object (dialog, "redo", G_CALLBACK (listed_redo_cb), self, 0);
  present_history (self, dialog);
}

/* The keys, where neither a text nor the actions took them: there is nothing to undo
 * or redo here, but there may be in the history. */
static gboolean
tell_nothing (PslUndoManager *self,
              const char     *message)
{
  if (self->reg == NULL || get_dialog (self) != NULL)
    return GDK_EVENT_PROPAGATE;

  if (psl_register_is_read_only (self->reg))
    psl_notifier_tell (self->notifier, _("This register can be read, not changed"));
  else
    psl_notifier_tell_with_action (self->notifier, message, _("_History"), "win.activity", NULL);
  return GDK_EVENT_STOP;
}

static gboolean
nothing_to_undo_cb (GtkWidget *widget,
                    GVariant  *parameter,
                    gpointer   user_data)
{
  return drop_unstored (user_data) || tell_nothing (user_data, _("Nothing to undo since the window was opened"));
}

static gboolean
nothing_to_redo_cb (GtkWidget *widget,
                    GVariant  *parameter,
                    gpointer   user_data)
{
  return tell_nothing (user_data, _("Nothing to redo"));
}

/* Takes over the actions that undo and redo would take now. */
static void
set_next (PslUndoManager  *self,
          const PslAction *next_undo,
          const PslAction *next_redo)
{
  g_clear_pointer (&self->next_undo, psl_action_free);
  g_clear_pointer (&self->next_redo, psl_action_free);
  if (next_undo != NULL)
    self->next_undo = psl_action_copy (next_undo);
  if (next_redo != NULL)
    self->next_redo = psl_action_copy (next_redo);

  if (self->page != NULL)
    psl_detail_page_set_next (self->page, next_undo, next_redo);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
register_changed_cb (PslUndoManager      *self,
                     const PslChangedSet *set)
{
  set_next (self, set->next_undo, set->next_redo);
}

static void
psl_undo_manager_dispose (GObject *object)
{
  PslUndoManager *self = PSL_UNDO_MANAGER (object);

  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->page);
  g_clear_weak_pointer (&self->typed_into);
  g_clear_weak_pointer (&self->history);
  g_clear_object (&self->model);
  g_clear_object (&self->notifier);
  g_clear_object (&self->reg);
  g_clear_pointer (&self->next_undo, psl_action_free);
  g_clear_pointer (&self->next_redo, psl_action_free);

  G_OBJECT_CLASS (psl_undo_manager_parent_class)->dispose (object);
}

static void
psl_undo_manager_class_init (PslUndoManagerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_undo_manager_dispose;

  /**
   * PslUndoManager::changed:
   *
   * Undo and redo would do something else now.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_UNDO_MANAGER, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslUndoManager::show-record:
   * @rid: a record
   *
   * The record shows what was undone or redone.
   */
  signals[SIGNAL_SHOW_RECORD] =
    g_signal_new ("show-record", PSL_TYPE_UNDO_MANAGER, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
psl_undo_manager_init (PslUndoManager *self)
{
}

/* Binds the keys of @action where nothing else takes them. */
static void
bind_rest (PslUndoManager  *self,
           const char      *action,
           GtkShortcutFunc  callback)
{
  psl_shortcuts_bind (GTK_WIDGET (self->window), action, GTK_PHASE_BUBBLE,
                      gtk_callback_action_new (callback, g_object_ref (self), g_object_unref));
}

/**
 * psl_undo_manager_new:
 * @window: a window, which gets the actions and owns the manager
 * @page: where records are edited in it
 * @model: its list
 * @notifier: tells of the actions undone and redone
 *
 * Returns: (transfer full): a manager without a register
 */
PslUndoManager *
psl_undo_manager_new (AdwApplicationWindow *window,
                      PslDetailPage        *page,
                      PslRecordModel       *model,
                      PslNotifier          *notifier)
{
  static const GActionEntry entries[] = {
    { .name = "undo", .activate = undo_cb },
    { .name = "redo", .activate = redo_cb },
    { .name = "undo-step", .activate = undo_step_cb },
    { .name = "redo-step", .activate = redo_step_cb },
    { .name = "undo-action", .activate = undo_action_cb, .parameter_type = "x" },
    { .name = "redo-action", .activate = redo_action_cb, .parameter_type = "x" },
    { .name = "history", .activate = history_cb },
    { .name = "activity", .activate = activity_cb },
  };
  PslUndoManager *self = g_object_new (PSL_TYPE_UNDO_MANAGER, NULL);

  g_set_weak_pointer (&self->window, window);
  g_set_weak_pointer (&self->page, page);
  self->model = g_object_ref (model);
  self->notifier = g_object_ref (notifier);

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  bind_rest (self, "win.undo", nothing_to_undo_cb);
  bind_rest (self, "win.redo", nothing_to_redo_cb);
  g_signal_connect_object (window, "notify::focus-widget", G_CALLBACK (focus_moved_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * psl_undo_manager_set_register:
 * @reg: (nullable): the register that the window shows from now on; %NULL for none
 *
 * Begins anew: earlier actions are in the history only.
 */
void
psl_undo_manager_set_register (PslUndoManager *self,
                               PslRegister    *reg)
{
  g_return_if_fail (PSL_IS_UNDO_MANAGER (self));

  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_func (self->reg, register_changed_cb, self);
  g_set_object (&self->reg, reg);
  self->opened_at = g_get_real_time ();
  if (reg != NULL)
    g_signal_connect_object (reg, "changed", G_CALLBACK (register_changed_cb), self, G_CONNECT_SWAPPED);
  set_next (self, NULL, NULL);
}

/**
 * psl_undo_manager_can_undo:
 *
 * Returns: whether something was done here since the register was opened
 */
gboolean
psl_undo_manager_can_undo (PslUndoManager *self)
{
  g_return_val_if_fail (PSL_IS_UNDO_MANAGER (self), FALSE);

  return self->next_undo != NULL;
}

/**
 * psl_undo_manager_can_redo:
 *
 * Returns: whether something was undone since
 */
gboolean
psl_undo_manager_can_redo (PslUndoManager *self)
{
  g_return_val_if_fail (PSL_IS_UNDO_MANAGER (self), FALSE);

  return self->next_redo != NULL;
}
