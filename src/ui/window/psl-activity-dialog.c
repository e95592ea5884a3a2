/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-activity-dialog.h"

#include <glib/gi18n.h>

#include "psl-focus.h"
#include "psl-work-bar.h"

/* Actions that are read at once: a list box holds the rows of all of them. */
#define PAGE 100

struct _PslActivityDialog
{
  AdwDialog parent_instance;

  GtkStack *stack;
  AdwStatusPage *failed;
  GtkListBox *list;
  GtkWidget *older;
  PslWorkBar *work_bar;

  PslRegister *reg;
  GCancellable *cancellable;
  GPtrArray *actions;

  /* The request that is being read. */
  gint64 before;
  guint limit;
};

G_DEFINE_FINAL_TYPE (PslActivityDialog, psl_activity_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_UNDO,
  SIGNAL_REDO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A request for @limit actions before the action with the number @before; 0 for the
 * latest. */
typedef struct
{
  gint64 before;
  guint limit;
} Request;

static gpointer
read_actions (PslStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Request *request = data;

  return psl_store_list_actions (store, request->before, request->limit, error);
}

/* The time of an action, its author and whether it was undone: “22 November 2026 at 09:30 ·
 * Ama Mensah”. */
static char *
describe_circumstances (const PslAction *action)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *time = psl_action_dup_time (action);

  g_ptr_array_add (parts, time);
  if (*action->author != '\0')
    g_ptr_array_add (parts, action->author);
  if (action->undone)
    g_ptr_array_add (parts, (gpointer) C_("history", "undone"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
clicked_cb (GtkWidget         *button,
            PslActivityDialog *self)
{
  const PslAction *action = g_object_get_data (G_OBJECT (button), "action");

  g_signal_emit (self, signals[action->undone ? SIGNAL_REDO : SIGNAL_UNDO], 0, action);
}

static GtkWidget *
make_row (PslActivityDialog *self,
          const PslAction   *action)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (action->undone ? C_("history", "Redo") : C_("history", "Undo"));
  g_autofree char *what = psl_action_describe (action);
  g_autofree char *circumstances = describe_circumstances (action);
  g_autofree char *name = action->undone ? g_strdup_printf (C_("button", "Redo: %s"), what)
                                         : g_strdup_printf (C_("button", "Undo: %s"), what);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), what);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), circumstances);
  if (action->undone)
    gtk_widget_add_css_class (row, "dimmed");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_sensitive (button, !psl_register_is_read_only (self->reg));
  g_object_set_data (G_OBJECT (button), "action", (gpointer) action);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  /* The button's own label, or the row's title, would come before the name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

/* The action in whose row the keyboard is, %NULL for none. */
static const PslAction *
get_focused (PslActivityDialog *self)
{
  for (guint i = 0; i < self->actions->len; i++)
    if (psl_focus_is_in (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i))))
      return self->actions->pdata[i];

  return NULL;
}

/* The place in @actions of @action, which was read at another time; the place of the oldest
 * action where newer ones have pushed it out. */
static guint
find_action (GPtrArray       *actions,
             const PslAction *action)
{
  for (guint i = 0; i < actions->len; i++)
    if (((const PslAction *) actions->pdata[i])->id == action->id)
      return i;

  return actions->len - 1;
}

/* Makes rows of @actions after all others, the first one at @place. */
static void
add_rows (PslActivityDialog *self,
          GPtrArray         *actions,
          guint              place)
{
  for (guint i = 0; i < actions->len; i++)
    gtk_list_box_insert (self->list, make_row (self, actions->pdata[i]), (int) (place + i));
}

static void
focus_row (PslActivityDialog *self,
           guint              place)
{
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) place)));
}

/* Shows actions after those on show; takes @actions over. The keyboard goes on to them
 * from the button that asked for them. */
static void
show_older (PslActivityDialog *self,
            GPtrArray         *actions)
{
  guint n_before = self->actions->len;

  add_rows (self, actions, n_before);
  if (actions->len > 0 && psl_focus_is_in (self->older))
    focus_row (self, n_before);
  g_ptr_array_extend_and_steal (self->actions, actions);
}

/* Shows actions in place of those on show; takes @actions over. The keyboard stays with
 * the action that it is at: it goes to the new row before the old one is taken away,
 * since a focus that GTK is about to move from a row that is gone can be lost on its
 * way. */
static void
show_latest (PslActivityDialog *self,
             GPtrArray         *actions)
{
  const PslAction *focused = get_focused (self);
  guint n_before = self->actions->len;

  add_rows (self, actions, n_before);
  if (focused != NULL && actions->len > 0)
    focus_row (self, n_before + find_action (actions, focused));
  for (guint i = 0; i < n_before; i++)
    gtk_list_box_remove (self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  g_ptr_array_unref (self->actions);
  self->actions = actions;
}

static void
show_actions (PslActivityDialog *self,
              GPtrArray         *actions)
{
  gboolean more = actions->len == self->limit;

  if (self->before == 0)
    show_latest (self, actions);
  else
    show_older (self, actions);

  gtk_stack_set_visible_child_name (self->stack, self->actions->len > 0 ? "list" : "empty");
  if (more)
    gtk_widget_set_visible (self->older, TRUE);
  else
    psl_focus_hide (self->older);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PslActivityDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *actions = psl_register_finish (PSL_REGISTER (source), result, &error);
  g_autofree char *reason = NULL;

  if (actions != NULL)
    {
      show_actions (self, actions);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  reason = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->failed, reason);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

/* Reads @limit actions before the action with that number, or the latest. */
static void
load (PslActivityDialog *self,
      gint64             before,
      guint              limit)
{
  Request *request = g_new0 (Request, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->before = before;
  self->limit = limit;

  request->before = before;
  request->limit = limit;
  psl_register_read_async (self->reg, PSL_LANE_SHORT, read_actions, request, g_free, (GDestroyNotify) g_ptr_array_unref,
                           self->cancellable, read_cb, g_object_ref (self));
}

static void
older_cb (PslActivityDialog *self)
{
  const PslAction *last = g_ptr_array_index (self->actions, self->actions->len - 1);

  load (self, last->id, PAGE);
}

static void
changed_cb (PslRegister       *reg,
            PslChangedSet     *set,
            PslActivityDialog *self)
{
  load (self, 0, MAX (PAGE, self->actions->len));
}

static void
psl_activity_dialog_dispose (GObject *object)
{
  PslActivityDialog *self = PSL_ACTIVITY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_data (self->reg, self);
  g_clear_object (&self->reg);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_ACTIVITY_DIALOG);

  G_OBJECT_CLASS (psl_activity_dialog_parent_class)->dispose (object);
}

static void
psl_activity_dialog_finalize (GObject *object)
{
  g_ptr_array_unref (PSL_ACTIVITY_DIALOG (object)->actions);

  G_OBJECT_CLASS (psl_activity_dialog_parent_class)->finalize (object);
}

static void
psl_activity_dialog_class_init (PslActivityDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_activity_dialog_dispose;
  object_class->finalize = psl_activity_dialog_finalize;

  /**
   * PslActivityDialog::undo:
   * @action: a #PslAction
   *
   * The person wants the action undone.
   */
  signals[SIGNAL_UNDO] =
    g_signal_new ("undo", PSL_TYPE_ACTIVITY_DIALOG, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  /**
   * PslActivityDialog::redo:
   * @action: a #PslAction that is undone
   *
   * The person wants the action done again.
   */
  signals[SIGNAL_REDO] =
    g_signal_new ("redo", PSL_TYPE_ACTIVITY_DIALOG, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (PSL_TYPE_WORK_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-activity-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PslActivityDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PslActivityDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, PslActivityDialog, list);
  gtk_widget_class_bind_template_child (widget_class, PslActivityDialog, older);
  gtk_widget_class_bind_template_child (widget_class, PslActivityDialog, work_bar);
  gtk_widget_class_bind_template_callback (widget_class, older_cb);
}

static void
psl_activity_dialog_init (PslActivityDialog *self)
{
  self->actions = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_action_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_activity_dialog_new:
 * @reg: the register
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
psl_activity_dialog_new (PslRegister *reg)
{
  PslActivityDialog *self;

  g_return_val_if_fail (PSL_IS_REGISTER (reg), NULL);

  self = g_object_new (PSL_TYPE_ACTIVITY_DIALOG, NULL);
  self->reg = g_object_ref (reg);
  g_signal_connect_object (reg, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  psl_work_bar_set_register (self->work_bar, reg);
  load (self, 0, PAGE);
  return ADW_DIALOG (self);
}
