/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-list-row.h"
#include "psl-record-view.h"

struct _PslRecordView
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkListView *list_view;
  AdwStatusPage *empty_page;
  GtkWidget *empty_buttons;
  GtkButton *empty_button;
  AdwStatusPage *failed_page;

  PslRecordModel *model;
  PslListRowStyle *row_style;
  gint64 to_reveal;
  gboolean to_focus;
  guint position;
};

G_DEFINE_FINAL_TYPE (PslRecordView, psl_record_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_CLEAR,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
get_n_items (PslRecordView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static gboolean
is_narrowed (PslRecordView *self)
{
  PslQuery *query = psl_record_model_get_query (self->model);

  return query != NULL && (psl_query_get_search (query) != NULL || psl_query_get_filters (query)->len > 0);
}

static void
show_page (PslRecordView *self,
           const char    *name)
{
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0)
    return;

  gtk_stack_set_visible_child_name (self->stack, name);
  /* The keyboard stays where it was, whatever is there now. */
  if (focused)
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
scroll_to (PslRecordView      *self,
           guint               position,
           GtkListScrollFlags  flags)
{
  if (position >= get_n_items (self))
    return;

  self->position = position;
  gtk_list_view_scroll_to (self->list_view, position, flags, NULL);
}

/* GTK 4.18 divides by the list's height to tell where rows stand in it. What it
 * computes while there is none loses the place to scroll to, and leads the first jump
 * of the scrollbar to a list without rows: so it is told again once there is one. */
static gboolean
laid_out_cb (GtkWidget     *list_view,
             GdkFrameClock *clock,
             gpointer       user_data)
{
  PslRecordView *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list_view));

  if (gtk_adjustment_get_page_size (adjustment) == 0)
    return G_SOURCE_CONTINUE;

  if (gtk_adjustment_get_value (adjustment) > 0)
    g_signal_emit_by_name (adjustment, "value-changed");
  else
    scroll_to (self, self->position, GTK_LIST_SCROLL_NONE);

  return G_SOURCE_REMOVE;
}

static void
list_mapped_cb (PslRecordView *self)
{
  g_signal_handlers_disconnect_by_func (self->list_view, list_mapped_cb, self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->list_view), laid_out_cb, self, NULL);
}

static guint
find_selected (PslRecordView *self)
{
  return psl_record_model_find (self->model, psl_record_model_get_selected (self->model));
}

static void
loaded_cb (PslRecordView *self,
           gboolean       fresh)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (get_n_items (self) > 0)
    show_page (self, "list");
  else
    show_page (self, is_narrowed (self) ? "nothing" : "empty");

  if (self->to_reveal != 0)
    position = psl_record_model_find (self->model, self->to_reveal);
  if (position != GTK_INVALID_LIST_POSITION)
    scroll_to (self, position, GTK_LIST_SCROLL_NONE);
  else if (fresh)
    scroll_to (self, 0, GTK_LIST_SCROLL_NONE);

  if (position != GTK_INVALID_LIST_POSITION || psl_record_model_is_complete (self->model))
    self->to_reveal = 0;
  if (self->to_focus)
    psl_record_view_focus (self);
}

/* Where an edit puts the chosen record elsewhere, the list goes with it. */
static void
moved_cb (PslRecordView *self)
{
  scroll_to (self, find_selected (self), GTK_LIST_SCROLL_NONE);
}

/* The keyboard, where it is in the list, goes with the selection. */
static void
selected_cb (PslRecordView *self)
{
  if (gtk_widget_get_focus_child (GTK_WIDGET (self->list_view)) != NULL)
    scroll_to (self, find_selected (self), GTK_LIST_SCROLL_FOCUS);
}

static void
failed_cb (PslRecordView *self,
           const GError  *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->failed_page, text);
  show_page (self, "failed");
}

static void
clear_clicked_cb (PslRecordView *self)
{
  g_signal_emit (self, signals[SIGNAL_CLEAR], 0);
}

static void
retry_clicked_cb (PslRecordView *self)
{
  psl_record_model_retry (self->model);
}

static void
activate_cb (PslRecordView *self,
             guint          position)
{
  psl_record_model_select (self->model, psl_record_model_get_rid (self->model, position));
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

/* On a narrow window a click on the row that is selected already has to lead to
 * the record again. */
static void
row_clicked_cb (GtkListItem *list_item,
                PslListRow  *row)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (row), PSL_TYPE_RECORD_VIEW);

  if (view != NULL)
    activate_cb (PSL_RECORD_VIEW (view), gtk_list_item_get_position (list_item));
}

static void
setup_cb (PslRecordView *self,
          GtkListItem   *list_item)
{
  PslListRow *row = psl_list_row_new (list_item, self->row_style);

  g_signal_connect_object (row, "clicked", G_CALLBACK (row_clicked_cb), list_item, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, GTK_WIDGET (row));
}

static void
bind_cb (PslRecordView *self,
         GtkListItem   *list_item)
{
  psl_list_row_bind (PSL_LIST_ROW (gtk_list_item_get_child (list_item)), self->model);
}

static void
unbind_cb (PslRecordView *self,
           GtkListItem   *list_item)
{
  psl_list_row_unbind (PSL_LIST_ROW (gtk_list_item_get_child (list_item)));
}

static void
psl_record_view_dispose (GObject *object)
{
  PslRecordView *self = PSL_RECORD_VIEW (object);

  if (self->list_view != NULL)
    psl_record_view_set_model (self, NULL);
  /* Disposing of the template takes its child from the bin, which isn't told. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_RECORD_VIEW);

  G_OBJECT_CLASS (psl_record_view_parent_class)->dispose (object);
}

static void
psl_record_view_finalize (GObject *object)
{
  psl_list_row_style_unref (PSL_RECORD_VIEW (object)->row_style);

  G_OBJECT_CLASS (psl_record_view_parent_class)->finalize (object);
}

static void
psl_record_view_class_init (PslRecordViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_record_view_dispose;
  object_class->finalize = psl_record_view_finalize;

  /**
   * PslRecordView::activated:
   *
   * The person went for the selected record.
   */
  signals[SIGNAL_ACTIVATED] =
    g_signal_new ("activated", PSL_TYPE_RECORD_VIEW, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslRecordView::clear:
   *
   * The person wants no search and no filters.
   */
  signals[SIGNAL_CLEAR] =
    g_signal_new ("clear", PSL_TYPE_RECORD_VIEW, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-record-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PslRecordView, stack);
  gtk_widget_class_bind_template_child (widget_class, PslRecordView, list_view);
  gtk_widget_class_bind_template_child (widget_class, PslRecordView, empty_page);
  gtk_widget_class_bind_template_child (widget_class, PslRecordView, empty_buttons);
  gtk_widget_class_bind_template_child (widget_class, PslRecordView, empty_button);
  gtk_widget_class_bind_template_child (widget_class, PslRecordView, failed_page);
  gtk_widget_class_bind_template_callback (widget_class, list_mapped_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
}

static void
psl_record_view_init (PslRecordView *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  self->row_style = psl_list_row_style_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Not the whole window's: in an entry the key deletes a letter. */
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                          gtk_named_action_new ("win.delete")));
  gtk_widget_add_controller (GTK_WIDGET (self->list_view), shortcuts);
}

/**
 * psl_record_view_set_model:
 * @model: (nullable): the list, which is also its selection
 */
void
psl_record_view_set_model (PslRecordView  *self,
                           PslRecordModel *model)
{
  g_return_if_fail (PSL_IS_RECORD_VIEW (self));

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (model));
  g_set_object (&self->model, model);
  if (model == NULL)
    return;

  g_signal_connect_swapped (model, "loaded", G_CALLBACK (loaded_cb), self);
  g_signal_connect_swapped (model, "moved", G_CALLBACK (moved_cb), self);
  g_signal_connect_swapped (model, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect_swapped (model, "failed", G_CALLBACK (failed_cb), self);
}

/**
 * psl_record_view_set_place:
 * @place: whose records are listed
 *
 * Says what there is to say where there are none.
 */
void
psl_record_view_set_place (PslRecordView  *self,
                           const PslPlace *place)
{
  g_return_if_fail (PSL_IS_RECORD_VIEW (self));
  g_return_if_fail (place != NULL);

  self->to_reveal = 0;
  adw_status_page_set_icon_name (self->empty_page, place->icon);
  adw_status_page_set_title (self->empty_page, psl_place_get_empty_title (place));
  adw_status_page_set_description (self->empty_page, psl_place_get_empty_text (place));
  gtk_button_set_label (self->empty_button, psl_place_get_new_label (place));
  gtk_widget_set_visible (self->empty_buttons, place->kind != NULL);
}

/**
 * psl_record_view_reveal:
 * @rid: a record
 *
 * Scrolls to the record, as soon as the list has it.
 */
void
psl_record_view_reveal (PslRecordView *self,
                        gint64         rid)
{
  guint position;

  g_return_if_fail (PSL_IS_RECORD_VIEW (self));

  position = psl_record_model_is_loading (self->model) ? GTK_INVALID_LIST_POSITION
                                                       : psl_record_model_find (self->model, rid);
  if (position != GTK_INVALID_LIST_POSITION)
    scroll_to (self, position, GTK_LIST_SCROLL_NONE);
  else
    self->to_reveal = rid;
}

/**
 * psl_record_view_focus:
 *
 * Puts the keyboard into the list, or what stands there instead of it, as soon
 * as that is known.
 */
void
psl_record_view_focus (PslRecordView *self)
{
  g_return_if_fail (PSL_IS_RECORD_VIEW (self));

  self->to_focus = psl_record_model_is_loading (self->model);
  if (!self->to_focus)
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

/**
 * psl_record_view_enter:
 *
 * Puts the keyboard on the selected record, or selects the first one.
 *
 * Returns: whether there was one
 */
gboolean
psl_record_view_enter (PslRecordView *self)
{
  guint position;

  g_return_val_if_fail (PSL_IS_RECORD_VIEW (self), FALSE);

  if (get_n_items (self) == 0)
    return FALSE;

  position = find_selected (self);
  scroll_to (self, position != GTK_INVALID_LIST_POSITION ? position : 0,
             GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT);
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));

  return TRUE;
}
