/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-focus.h"
#include "psl-list-note.h"
#include "psl-list-row.h"
#include "psl-record-view.h"

#include "psl-shortcuts.h"

/* When the rest of a list is asked for where its first page isn't drawn, as in a
 * window that nobody sees; in milliseconds. */
#define NOT_DRAWN 250

/* The height of a row before there is one, rather too low: with this program's
 * font it is 76. In pixels. */
#define ROW_HEIGHT 66

struct _PslRecordView
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *list_view;
  PslListNote *note;

  PslRecordModel *model;
  const PslCollection *collection;
  PslListRowStyle *row_style;
  gint64 to_reveal;
  gboolean to_focus;
  gboolean emptied_with_focus;
  guint tick_id;
  guint reveal_id;
  gboolean laid_out;
  guint drawn_id;
  guint not_drawn_id;
  guint position;
};

G_DEFINE_FINAL_TYPE (PslRecordView, psl_record_view, ADW_TYPE_BIN)

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_ENTERED,
  SIGNAL_CLEAR,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
get_n_items (PslRecordView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

/* The stack itself would look for the next widget after the former focus, on a page that is
 * hidden now. Where the page has no button, as for an empty trash, the keyboard goes to the
 * beginning of the page around. */
static void
focus_page (PslRecordView *self)
{
  GtkWidget *around = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_PAGE);

  if (!gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD) && around != NULL)
    gtk_widget_child_focus (around, GTK_DIR_TAB_FORWARD);
}

/* @focused is whether the keyboard was here: it stays, whatever is there now. */
static void
show_page (PslRecordView *self,
           const char    *name,
           gboolean       focused)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  if (focused && !psl_focus_is_in (gtk_stack_get_visible_child (self->stack)))
    focus_page (self);
}

/* Also where the row that had the focus is gone: then nothing has it now. In a dialog
 * above, the stack still remembers its focus, and doesn't have it. */
static gboolean
has_focus (PslRecordView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_root_get_focus (root) == NULL
         ? gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL
         : psl_focus_is_in (GTK_WIDGET (self->stack));
}

static void
clear_cb (PslRecordView *self)
{
  g_signal_emit (self, signals[SIGNAL_CLEAR], 0);
}

static void
retry_cb (PslRecordView *self)
{
  psl_record_model_retry (self->model);
}

/* Made when there is something to say: mostly there is a list. */
static PslListNote *
ensure_note (PslRecordView *self)
{
  if (self->note != NULL)
    return self->note;

  self->note = psl_list_note_new ();
  g_signal_connect_object (self->note, "clear", G_CALLBACK (clear_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->note), "note");

  return self->note;
}

/* Before the list view drops its rows, and the focus with them. */
static void
items_changed_cb (PslRecordView *self)
{
  self->emptied_with_focus = get_n_items (self) == 0 && has_focus (self);
}

static void
show_listed (PslRecordView *self)
{
  gboolean focused = has_focus (self) || self->emptied_with_focus;

  self->emptied_with_focus = FALSE;
  if (get_n_items (self) > 0)
    {
      show_page (self, "list", focused);
      return;
    }

  if (psl_record_model_is_narrowed (self->model))
    psl_list_note_show_nothing (ensure_note (self));
  else
    psl_list_note_show_empty (ensure_note (self), self->collection);
  show_page (self, "note", focused);
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

/* GTK 4.18 divides by the list's height to tell where its rows are. While the height is 0,
 * the result loses the position to scroll to, and leads the first jump of the scrollbar to a
 * list without rows: so the list is told again once it has a height. */
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

/* Rows that came just now have a height when this frame has laid them out. */
static gboolean
reveal_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  PslRecordView *self = PSL_RECORD_VIEW (widget);

  if (!self->laid_out)
    {
      self->laid_out = TRUE;
      return G_SOURCE_CONTINUE;
    }

  self->reveal_id = 0;
  scroll_to (self, self->position, GTK_LIST_SCROLL_NONE);

  return G_SOURCE_REMOVE;
}

/* Scrolls to a row that may have come just now: GTK guesses where it stands, and a
 * row at the edge may be out of view still. */
static void
reveal (PslRecordView *self,
        guint          position)
{
  scroll_to (self, position, GTK_LIST_SCROLL_NONE);
  self->laid_out = FALSE;
  if (self->reveal_id == 0)
    self->reveal_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), reveal_cb, NULL, NULL);
}

static void
stop_revealing (PslRecordView *self)
{
  guint id = self->reveal_id;

  self->reveal_id = 0;
  if (id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), id);
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
release_rest (PslRecordView *self)
{
  guint tick_id = self->tick_id;

  self->tick_id = 0;
  if (tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), tick_id);
  g_clear_handle_id (&self->drawn_id, g_source_remove);
  g_clear_handle_id (&self->not_drawn_id, g_source_remove);
  psl_record_model_release (self->model);
}

static gboolean
release_cb (gpointer user_data)
{
  release_rest (user_data);

  return G_SOURCE_REMOVE;
}

/* The frame begins. Work after it, such as reading a million ids, would slow it down. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  PslRecordView *self = PSL_RECORD_VIEW (widget);

  self->tick_id = 0;
  self->drawn_id = g_idle_add_full (GDK_PRIORITY_REDRAW, release_cb, self, NULL);

  return G_SOURCE_REMOVE;
}

/* Whether the person writes elsewhere by now, as in the search, and goes on there. */
static gboolean
is_typing (PslRecordView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && GTK_IS_EDITABLE (gtk_root_get_focus (root));
}

/* The first page is drawn before the rest of the list is even asked for. */
static void
hold_rest (PslRecordView *self)
{
  psl_record_model_hold (self->model);
  if (self->not_drawn_id != 0)
    return;

  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  self->not_drawn_id = g_timeout_add (NOT_DRAWN, release_cb, self);
}

static void
loaded_cb (PslRecordView *self,
           gboolean       fresh)
{
  guint position = GTK_INVALID_LIST_POSITION;

  show_listed (self);
  if (self->to_reveal != 0)
    position = psl_record_model_find (self->model, self->to_reveal);
  if (position != GTK_INVALID_LIST_POSITION)
    reveal (self, position);
  else if (fresh)
    scroll_to (self, 0, GTK_LIST_SCROLL_NONE);

  if (position != GTK_INVALID_LIST_POSITION || psl_record_model_is_complete (self->model))
    self->to_reveal = 0;
  if (self->to_focus && !is_typing (self))
    psl_record_view_focus (self);
  self->to_focus = FALSE;
  if (!psl_record_model_is_complete (self->model))
    hold_rest (self);
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
  if (psl_focus_is_in (GTK_WIDGET (self->list_view)))
    scroll_to (self, find_selected (self), GTK_LIST_SCROLL_FOCUS);
}

static void
failed_cb (PslRecordView *self,
           const GError  *error)
{
  gboolean focused = has_focus (self);

  psl_list_note_show_failed (ensure_note (self), error);
  show_page (self, "note", focused);
}

static void
activate (PslRecordView *self,
          guint          position)
{
  psl_record_model_select (self->model, psl_record_model_get_rid (self->model, position));
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

/* By Enter, or by a double click. */
static void
activate_cb (PslRecordView *self,
             guint          position)
{
  activate (self, position);
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0);
}

/* On a narrow window a click on the row that is selected already has to lead to
 * the record again. */
static void
row_clicked_cb (GtkListItem *list_item,
                PslListRow  *row)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (row), PSL_TYPE_RECORD_VIEW);

  if (view != NULL)
    activate (PSL_RECORD_VIEW (view), gtk_list_item_get_position (list_item));
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
   * PslRecordView::entered:
   *
   * The person wants to go on in the selected record, which was activated.
   */
  signals[SIGNAL_ENTERED] =
    g_signal_new ("entered", PSL_TYPE_RECORD_VIEW, G_SIGNAL_RUN_LAST, 0,
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
  gtk_widget_class_bind_template_child (widget_class, PslRecordView, scroller);
  gtk_widget_class_bind_template_child (widget_class, PslRecordView, list_view);
  gtk_widget_class_bind_template_callback (widget_class, list_mapped_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
psl_record_view_init (PslRecordView *self)
{
  self->row_style = psl_list_row_style_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  psl_shortcuts_bind (GTK_WIDGET (self->list_view), "list.delete", GTK_PHASE_BUBBLE,
                      gtk_named_action_new ("win.delete"));
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
    {
      release_rest (self);
      stop_revealing (self);
      g_signal_handlers_disconnect_by_data (self->model, self);
    }
  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (model));
  g_set_object (&self->model, model);
  if (model == NULL)
    return;

  g_signal_connect_object (model, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * psl_record_view_set_collection:
 * @collection: whose records are listed
 *
 * Chooses the note that is shown where there are none.
 */
void
psl_record_view_set_collection (PslRecordView       *self,
                           const PslCollection *collection)
{
  g_return_if_fail (PSL_IS_RECORD_VIEW (self));
  g_return_if_fail (collection != NULL);

  self->to_reveal = 0;
  self->collection = collection;
}

/**
 * psl_record_view_count_rows:
 *
 * Returns: how many records the view has room for, rather one or two more; 0 where
 *   that isn't known
 */
guint
psl_record_view_count_rows (PslRecordView *self)
{
  GtkRoot *root;
  int row, height;

  g_return_val_if_fail (PSL_IS_RECORD_VIEW (self), 0);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  row = psl_list_row_style_get_height (self->row_style);
  height = (int) gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (self->scroller));
  if (height == 0 && GTK_IS_WINDOW (root) && !gtk_window_is_maximized (GTK_WINDOW (root)))
    gtk_window_get_default_size (GTK_WINDOW (root), NULL, &height);

  return height > 0 ? height / (row > 0 ? row : ROW_HEIGHT) + 2 : 0;
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
    reveal (self, position);
  else
    self->to_reveal = rid;
}

/**
 * psl_record_view_focus:
 *
 * Puts the keyboard into the list, or the note there instead of it, as soon as that is known.
 */
void
psl_record_view_focus (PslRecordView *self)
{
  g_return_if_fail (PSL_IS_RECORD_VIEW (self));

  self->to_focus = psl_record_model_is_loading (self->model);
  if (!self->to_focus)
    focus_page (self);
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
