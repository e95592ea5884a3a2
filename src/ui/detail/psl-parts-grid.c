/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-grid.h"

#include "psl-editor-text.h"
#include "psl-editor-entry.h"
#include "psl-focus.h"
#include "psl-parts-drafts.h"
#include "psl-picker.h"

/* As many rows are in view at most; those made beyond them, which a small step of the wheel
 * brings into view, are not drawn. */
#define ROWS_IN_VIEW 12
#define ROWS_AROUND 1

struct _PslPartsGrid
{
  GtkWidget parent_instance;

  GPtrArray *columns;
  PslPartsPlaces places;
  GListModel *items;
  const char *language;
  PslRegister *reg;
  gboolean wide;
  gboolean editable;

  GtkWidget *header;
  GtkWidget *strip;             /* of the headings, beside the numbers */
  GtkWidget *body;
  GPtrArray *headings;
  /* (element-type PslPartsRow): the present rows, in no order. */
  GPtrArray *rows;
  /* (element-type PslPartsRow): hidden, for the parts of the next record. */
  GPtrArray *spare_rows;
  /* Shows nothing: rows are as high as this one, unless something is typed in them. */
  GtkWidget *gauge;

  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkScrollablePolicy hscroll_policy;
  GtkScrollablePolicy vscroll_policy;
  int content_height;
  guint update_idle;
  GtkRoot *root;

  /* Where the keyboard goes as soon as the part there is read; -1 for no column. */
  gboolean to_focus;
  guint focus_position;
  int focus_column;
  /* The rows that are copied together: from the one to the other. */
  gboolean has_selection;
  guint anchor;
  guint selected;
  /* Text typed for parts that are not in rows; NULL without a register. */
  PslPartsDrafts *drafts;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (PslPartsGrid, psl_parts_grid, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

enum
{
  PROP_CONTENT_HEIGHT = 1,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  WANTED,
  COMMITTED,
  MOVE,
  REMOVE,
  COPY,
  PASTE,
  PASSED_END,
  EMPTIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
get_n (PslPartsGrid *self)
{
  return g_list_model_get_n_items (self->items);
}

static int
get_row_height (PslPartsGrid *self)
{
  int height;

  gtk_widget_measure (self->gauge, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  return MAX (height, 1);
}

static int
measure_row (PslPartsRow *row,
             int          least)
{
  int height;

  gtk_widget_measure (GTK_WIDGET (row), GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  return MAX (height, least);
}

/* How much higher than others the rows above a position are together. */
static int
get_extra (PslPartsGrid *self,
           guint         position)
{
  int height = get_row_height (self);
  int extra = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (psl_parts_row_get_position (self->rows->pdata[i]) < position)
        extra += measure_row (self->rows->pdata[i], height) - height;
    }
  return extra;
}

static int
get_top (PslPartsGrid *self,
         guint         position)
{
  return (int) position * get_row_height (self) + get_extra (self, position);
}

static int
get_header_height (PslPartsGrid *self)
{
  int height;

  if (!self->wide)
    return 0;

  gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  return height;
}

static int
get_least_width (PslPartsGrid *self)
{
  int width = PSL_PARTS_ROW_START + PSL_PARTS_ROW_END;

  for (guint i = 0; i < self->columns->len; i++)
    width += ((PslPartsColumn *) self->columns->pdata[i])->width;
  return width;
}

/* Shares out the room among the columns. */
static void
share_width (PslPartsGrid *self,
             int           width)
{
  int left = MAX (0, width - get_least_width (self));
  int stretch = 0;

  for (guint i = 0; i < self->columns->len; i++)
    stretch += ((PslPartsColumn *) self->columns->pdata[i])->stretch;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const PslPartsColumn *column = self->columns->pdata[i];

      g_array_index (self->places.widths, int, i) =
        column->width + (stretch > 0 ? left * column->stretch / stretch : left / (int) self->columns->len);
    }
}

static int
get_content_height (PslPartsGrid *self)
{
  return get_header_height (self) + (int) MIN (get_n (self), ROWS_IN_VIEW) * get_row_height (self) +
         get_extra (self, G_MAXUINT);
}

static void
update_content_height (PslPartsGrid *self)
{
  int height = get_content_height (self);

  if (self->content_height == height)
    return;

  self->content_height = height;
  g_object_notify (G_OBJECT (self), "content-height");
}

/* Whether a row shows a part already; a part that was just stored has a new item. */
static gboolean
shows_part (PslPartsRow   *row,
            PslRecordItem *item)
{
  gint64 rid = psl_parts_row_get_rid (row);

  return psl_parts_row_get_item (row) == item || (rid != 0 && rid == psl_record_item_get_rid (item));
}

/* Where a part stands that is not in view; looks through all of them. */
static gboolean
find_position (PslPartsGrid *self,
               PslPartsRow  *row,
               guint        *position)
{
  for (guint i = 0; i < get_n (self); i++)
    {
      g_autoptr (PslRecordItem) item = g_list_model_get_item (self->items, i);

      if (shows_part (row, item))
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* Keeps the text typed in a row, which is going to show another part. Text typed for a part
 * that is gone, goes. */
static void
keep_drafts (PslPartsGrid *self,
             PslPartsRow  *row)
{
  guint position;

  for (guint i = 0; self->drafts != NULL && psl_parts_row_get_cell (row, i) != NULL; i++)
    {
      g_autoptr (GVariant) draft = NULL;

      psl_parts_cell_flush (psl_parts_row_get_cell (row, i));
      draft = psl_parts_cell_dup_draft (psl_parts_row_get_cell (row, i));
      if (draft != NULL && find_position (self, row, &position))
        psl_parts_drafts_keep (self->drafts, psl_parts_row_get_rid (row),
                               psl_record_item_get_record (psl_parts_row_get_item (row)), self->columns->pdata[i], draft);
    }
}

static void
put_drafts_back (PslPartsGrid *self,
                 PslPartsRow  *row)
{
  PslRecord *part = psl_record_item_get_record (psl_parts_row_get_item (row));

  if (self->drafts == NULL || part == NULL)
    return;

  for (guint i = 0; psl_parts_row_get_cell (row, i) != NULL; i++)
    {
      g_autoptr (GVariant) draft = psl_parts_drafts_take (self->drafts, psl_parts_row_get_rid (row), part,
                                                          self->columns->pdata[i]);

      if (draft != NULL)
        psl_parts_cell_set_draft (psl_parts_row_get_cell (row, i), draft);
    }
}

static void
committed_cb (PslPartsRow  *row,
              PslEditor    *editor,
              const char   *value,
              PslPartsGrid *self)
{
  g_signal_emit (self, signals[COMMITTED], 0, row, editor, value);
}

static void
move_cb (PslPartsRow  *row,
         int           offset,
         PslPartsGrid *self)
{
  g_signal_emit (self, signals[MOVE], 0, row, offset);
}

static void
remove_cb (PslPartsRow  *row,
           PslPartsGrid *self)
{
  g_signal_emit (self, signals[REMOVE], 0, row);
}

static void
show_selection (PslPartsGrid *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      guint position = psl_parts_row_get_position (self->rows->pdata[i]);

      psl_parts_row_set_selected (self->rows->pdata[i],
                                  self->has_selection && position >= MIN (self->anchor, self->selected) &&
                                  position <= MAX (self->anchor, self->selected));
    }
}

static void
select_to (PslPartsGrid *self,
           guint         position,
           gboolean      extend)
{
  if (!extend || !self->has_selection)
    self->anchor = position;
  self->has_selection = TRUE;
  self->selected = position;
  show_selection (self);
}

/* The menu of a row copies that row, unless it is one of several that are selected. */
static void
copy_cb (PslPartsRow  *row,
         PslPartsGrid *self)
{
  guint position = psl_parts_row_get_position (row);

  if (!self->has_selection || position < MIN (self->anchor, self->selected) ||
      position > MAX (self->anchor, self->selected))
    select_to (self, position, FALSE);
  g_signal_emit (self, signals[COPY], 0);
}

/* Scrolls the least that shows the range. */
static void
scroll_to (GtkAdjustment *adjustment,
           double         from,
           double         to)
{
  double value = gtk_adjustment_get_value (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);

  if (to > value + page)
    value = to - page;
  if (from < value)
    value = from;
  /* Rows that have just come are not counted yet. */
  if (to > gtk_adjustment_get_upper (adjustment))
    gtk_adjustment_set_upper (adjustment, to);
  gtk_adjustment_set_value (adjustment, value);
}

static void
show_position (PslPartsGrid *self,
               guint         position,
               int           column)
{
  PslPartsRow *row = psl_parts_grid_find_row (self, position);
  int height = row != NULL ? measure_row (row, get_row_height (self)) : get_row_height (self);
  int top = get_top (self, position);
  int left = 0;

  if (gtk_adjustment_get_page_size (self->vadjustment) > 0)
    scroll_to (self->vadjustment, top, top + height);
  if (!self->wide || column < 0 || gtk_adjustment_get_page_size (self->hadjustment) <= 0)
    return;

  /* The numbers stay in view before the columns, and the menus after them. */
  for (int i = 0; i < column; i++)
    left += g_array_index (self->places.widths, int, i);
  scroll_to (self->hadjustment, left,
             PSL_PARTS_ROW_START + left + g_array_index (self->places.widths, int, column) + PSL_PARTS_ROW_END);
}

/* Puts the keyboard where it is to go, where the part there is read. */
static void
take_focus (PslPartsGrid *self)
{
  PslPartsRow *row;

  if (!self->to_focus)
    return;

  row = psl_parts_grid_find_row (self, self->focus_position);
  if (row == NULL || psl_record_item_get_record (psl_parts_row_get_item (row)) == NULL)
    return;

  self->to_focus = FALSE;
  if (self->focus_column < 0)
    psl_parts_row_focus_number (row);
  else
    psl_parts_row_focus_cell (row, (guint) self->focus_column);
}

static void
read_cb (PslPartsRow  *row,
         PslPartsGrid *self)
{
  put_drafts_back (self, row);
  take_focus (self);
}

static PslPartsRow *
new_row (PslPartsGrid *self)
{
  GtkWidget *row;

  if (self->spare_rows->len > 0)
    {
      row = g_ptr_array_steal_index (self->spare_rows, 0);
      psl_parts_row_scroll (PSL_PARTS_ROW (row));
      psl_parts_row_set_wide (PSL_PARTS_ROW (row), self->wide);
      gtk_widget_set_visible (row, TRUE);
      return PSL_PARTS_ROW (row);
    }

  row = psl_parts_row_new (self->columns, &self->places, self->language);
  g_signal_connect_object (row, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (row, "move", G_CALLBACK (move_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (row, "copy", G_CALLBACK (copy_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (row, "read", G_CALLBACK (read_cb), self, G_CONNECT_DEFAULT);
  psl_parts_row_set_wide (PSL_PARTS_ROW (row), self->wide);
  gtk_widget_set_parent (row, self->body);
  return PSL_PARTS_ROW (row);
}

/* The row in which the keyboard is. */
static PslPartsRow *
find_focused (PslPartsGrid *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      if (psl_focus_is_in (self->rows->pdata[i]))
        return self->rows->pdata[i];
    }
  return NULL;
}

/* Takes the row that shows the part already out of @rows. */
static PslPartsRow *
take_row_of (GPtrArray     *rows,
             PslRecordItem *item)
{
  for (guint i = 0; i < rows->len; i++)
    {
      if (shows_part (rows->pdata[i], item))
        return g_ptr_array_steal_index_fast (rows, i);
    }
  return NULL;
}

/* The widget of the nearest row above a position. */
static GtkWidget *
find_above (PslPartsGrid *self,
            guint         position)
{
  PslPartsRow *above = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      PslPartsRow *row = self->rows->pdata[i];

      if (psl_parts_row_get_position (row) < position &&
          (above == NULL || psl_parts_row_get_position (row) > psl_parts_row_get_position (above)))
        above = row;
    }
  return above != NULL ? GTK_WIDGET (above) : self->gauge;
}

static gboolean
stands_after (GtkWidget *row,
              GtkWidget *above)
{
  while (above != NULL && above != row)
    above = gtk_widget_get_next_sibling (above);
  return above != NULL;
}

/* Assistive technology reads the rows in the order of the widgets. A row that shows its part
 * already is moved only where it has come to stand above those before it. */
static void
put_in_order (PslPartsGrid *self,
              PslPartsRow  *row,
              guint         position,
              gboolean      shown)
{
  GtkWidget *widget = GTK_WIDGET (row);
  GtkWidget *above = find_above (self, position);

  if (shown ? !stands_after (widget, above) : gtk_widget_get_prev_sibling (widget) != above)
    gtk_widget_insert_after (widget, self->body, above);
}

static void
fill_row (PslPartsGrid  *self,
          PslPartsRow   *row,
          PslRecordItem *item,
          guint          position)
{
  gboolean shown = psl_parts_row_get_item (row) != NULL && shows_part (row, item);

  if (psl_parts_row_get_item (row) != NULL && !shown)
    keep_drafts (self, row);
  put_in_order (self, row, position, shown);
  psl_parts_row_show (row, self->reg, item, position, get_n (self));
  psl_parts_row_set_editable (row, self->editable);
  if (psl_record_item_get_record (item) == NULL)
    g_signal_emit (self, signals[WANTED], 0, item);
  put_drafts_back (self, row);
  g_ptr_array_add (self->rows, row);
}

/* The row with the keyboard stays where it has scrolled out of view. */
static void
keep_focused (PslPartsGrid *self,
              GPtrArray    *left)
{
  for (guint i = 0; i < left->len; i++)
    {
      PslPartsRow *row = left->pdata[i];
      g_autoptr (PslRecordItem) item = NULL;
      guint position;

      if (!psl_focus_is_in (GTK_WIDGET (row)) || !find_position (self, row, &position))
        continue;

      item = g_list_model_get_item (self->items, position);
      g_ptr_array_remove_index_fast (left, i);
      fill_row (self, row, item, position);
      return;
    }
}

static void schedule_update (PslPartsGrid *self);

static void
focus_cell (PslPartsGrid *self,
            guint         position,
            int           column)
{
  PslPartsRow *row;

  self->to_focus = TRUE;
  self->focus_position = position;
  self->focus_column = column;
  show_position (self, position, column);
  schedule_update (self);
  row = psl_parts_grid_find_row (self, position);
  take_focus (self);
  if (self->to_focus && row != NULL)
    psl_parts_row_focus_number (row);
}

/* The part with the keyboard is gone: the one in its place gets it. */
static void
hand_focus_on (PslPartsGrid *self,
               GPtrArray    *left)
{
  for (guint i = 0; i < left->len; i++)
    {
      PslPartsRow *row = left->pdata[i];

      if (!psl_focus_is_in (GTK_WIDGET (row)))
        continue;

      if (get_n (self) == 0)
        g_signal_emit (self, signals[EMPTIED], 0);
      else
        focus_cell (self, MIN (psl_parts_row_get_position (row), get_n (self) - 1), psl_parts_row_find_focus (row));
      return;
    }
}

static void
remove_row (PslPartsGrid *self,
            PslPartsRow  *row)
{
  keep_drafts (self, row);
  psl_focus_hand_on (GTK_WIDGET (row));
  if (self->spare_rows->len > ROWS_IN_VIEW + ROWS_AROUND)
    {
      gtk_widget_unparent (GTK_WIDGET (row));
      return;
    }

  psl_parts_row_clear (row);
  gtk_widget_set_visible (GTK_WIDGET (row), FALSE);
  g_ptr_array_add (self->spare_rows, row);
}

/* Which rows are to be there, from the first to before the last. */
static void
get_range (PslPartsGrid *self,
           guint        *first,
           guint        *last)
{
  guint top;

  /* Where the keyboard is to go may be out of view, or the grid may have no place yet. */
  if (self->to_focus && psl_parts_grid_find_row (self, self->focus_position) == NULL)
    show_position (self, self->focus_position, self->focus_column);
  top = (guint) (gtk_adjustment_get_value (self->vadjustment) / get_row_height (self));
  *last = MIN (get_n (self), top + ROWS_IN_VIEW + 1 + ROWS_AROUND);
  /* Fewer parts than there were: the table has not scrolled yet. */
  *first = MIN (top > ROWS_AROUND ? top - ROWS_AROUND : 0, *last > ROWS_IN_VIEW ? *last - ROWS_IN_VIEW : 0);
}

static void
update_rows (PslPartsGrid *self)
{
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint first, last;

  g_clear_handle_id (&self->update_idle, g_source_remove);
  get_range (self, &first, &last);
  left = g_steal_pointer (&self->rows);
  self->rows = g_ptr_array_new ();
  for (guint i = first; i < last; i++)
    {
      PslRecordItem *item = g_list_model_get_item (self->items, i);
      PslPartsRow *row = take_row_of (left, item);

      g_ptr_array_add (items, item);
      if (row != NULL)
        fill_row (self, row, item, i);
    }
  keep_focused (self, left);

  /* Rows of parts that have left are used for parts that have come, but for the row with the
   * keyboard. */
  for (guint i = first; i < last; i++)
    {
      PslPartsRow *row = NULL;

      if (psl_parts_grid_find_row (self, i) != NULL)
        continue;
      for (guint j = 0; j < left->len && row == NULL; j++)
        {
          if (!psl_focus_is_in (left->pdata[j]))
            row = g_ptr_array_steal_index (left, j);
        }
      fill_row (self, row != NULL ? row : new_row (self), items->pdata[i - first], i);
    }

  hand_focus_on (self, left);
  take_focus (self);
  for (guint i = 0; i < left->len; i++)
    remove_row (self, left->pdata[i]);
  show_selection (self);
  update_content_height (self);
  gtk_widget_queue_allocate (self->body);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_COUNT, (int) get_n (self) + 1, -1);
}

/* Parts that have come or gone since are not in the rows yet. */
static void
catch_up (PslPartsGrid *self)
{
  if (self->update_idle != 0)
    update_rows (self);
}

static gboolean
update_idle_cb (gpointer data)
{
  PslPartsGrid *self = data;

  self->update_idle = 0;
  update_rows (self);
  return G_SOURCE_REMOVE;
}

/* Before the next frame: a change may come in several pieces. */
static void
schedule_update (PslPartsGrid *self)
{
  if (self->update_idle == 0)
    self->update_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_idle_cb, self, NULL);
}

static void
items_changed_cb (PslPartsGrid *self)
{
  self->has_selection = FALSE;
  schedule_update (self);
}

static void
scrolled_cb (PslPartsGrid *self)
{
  int offset = (int) gtk_adjustment_get_value (self->hadjustment);

  schedule_update (self);
  gtk_widget_queue_allocate (self->body);
  if (self->places.offset == offset)
    return;

  self->places.offset = offset;
  gtk_widget_queue_allocate (self->strip);
  for (guint i = 0; i < self->rows->len; i++)
    psl_parts_row_scroll (self->rows->pdata[i]);
}

static void
set_adjustment (PslPartsGrid   *self,
                GtkAdjustment **place,
                GtkAdjustment  *adjustment)
{
  if (*place != NULL)
    g_signal_handlers_disconnect_by_func (*place, scrolled_cb, self);
  g_clear_object (place);
  *place = g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_object (*place, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

static void
focus_moved_cb (PslPartsGrid *self)
{
  PslPartsRow *row = find_focused (self);

  if (row == NULL)
    {
      /* The person has gone elsewhere meanwhile. */
      self->to_focus = self->to_focus && gtk_root_get_focus (self->root) == NULL;
      return;
    }
  if (gtk_widget_get_native (gtk_root_get_focus (self->root)) != gtk_widget_get_native (GTK_WIDGET (self)))
    return;
  show_position (self, psl_parts_row_get_position (row), psl_parts_row_find_focus (row));
}

/* Goes on to another cell. Returns: whether there is one */
static gboolean
step (PslPartsGrid *self,
      guint         position,
      int           column,
      int           step)
{
  int n_columns = (int) self->columns->len;

  column += step;
  if (column >= n_columns && position + 1 < get_n (self))
    {
      psl_parts_grid_focus (self, position + 1, 0);
      return TRUE;
    }
  if (column < 0 && position > 0)
    {
      psl_parts_grid_focus (self, position - 1, n_columns - 1);
      return TRUE;
    }
  if (column < 0 || column >= n_columns)
    return FALSE;

  psl_parts_grid_focus (self, position, column);
  return TRUE;
}

/* Enter ends a line of a long text, and opens a field that is chosen from. */
static gboolean
takes_enter (PslPartsGrid *self,
             int           column)
{
  const PslField *field = ((PslPartsColumn *) self->columns->pdata[column])->field;
  GtkWidget *focus = gtk_root_get_focus (self->root);

  return field->type == PSL_FIELD_TYPE_LONG_TEXT || !(GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus));
}

static void
go_down (PslPartsGrid *self,
         guint         position,
         int           column)
{
  if (position + 1 < get_n (self))
    psl_parts_grid_focus (self, position + 1, column);
  else
    g_signal_emit (self, signals[PASSED_END], 0, (guint) MAX (column, 0));
}

/* From number to number; with Shift, the rows between are selected. */
static gboolean
step_number (PslPartsGrid    *self,
             guint            position,
             int              offset,
             GdkModifierType  state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if ((offset < 0 && position == 0) || (offset > 0 && position + 1 >= get_n (self)))
    return GDK_EVENT_STOP;

  if ((state & GDK_SHIFT_MASK) != 0 && !self->has_selection)
    select_to (self, position, FALSE);
  select_to (self, position + (guint) offset, (state & GDK_SHIFT_MASK) != 0);
  psl_parts_grid_focus (self, position + (guint) offset, -1);
  return GDK_EVENT_STOP;
}

/* Tab in the picker of a cell leads to the next cell, as soon as the picker is closed. */
static void
leave_picker_cb (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  PslPartsGrid *self = PSL_PARTS_GRID (widget);
  GtkWidget *focus = gtk_root_get_focus (self->root);
  GtkWidget *picker = focus != NULL ? gtk_widget_get_ancestor (focus, PSL_TYPE_PICKER) : NULL;
  guint position;
  int column;

  if (picker != NULL && psl_picker_leave (PSL_PICKER (picker)) && psl_parts_grid_find_focus (self, &position, &column))
    step (self, position, column, g_variant_get_boolean (parameter) ? -1 : 1);
}

/* Whether a key is @letter with Control, as for copying and pasting in every entry. */
gboolean
psl_parts_grid_is_key (guint           letter,
                       guint           key,
                       GdkModifierType state)
{
  return gdk_keyval_to_lower (key) == letter &&
         (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK)) == GDK_CONTROL_MASK;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                PslPartsGrid          *self)
{
  GtkWidget *focus = gtk_root_get_focus (self->root);
  guint position;
  int column;

  /* A picker has keys of its own. */
  if (focus == NULL || gtk_widget_get_native (focus) != gtk_widget_get_native (GTK_WIDGET (self)) ||
      !psl_parts_grid_find_focus (self, &position, &column))
    return GDK_EVENT_PROPAGATE;

  if (column < 0 && psl_parts_grid_is_key (GDK_KEY_c, key, state))
    {
      copy_cb (psl_parts_grid_find_row (self, position), self);
      return GDK_EVENT_STOP;
    }
  if (psl_parts_grid_is_key (GDK_KEY_v, key, state))
    {
      g_signal_emit (self, signals[PASTE], 0, position, (guint) MAX (column, 0));
      return GDK_EVENT_STOP;
    }
  if (column < 0 && (key == GDK_KEY_Up || key == GDK_KEY_KP_Up))
    return step_number (self, position, -1, state);
  if (column < 0 && (key == GDK_KEY_Down || key == GDK_KEY_KP_Down))
    return step_number (self, position, 1, state);
  if (column < 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
      return step (self, position, column, (state & GDK_SHIFT_MASK) != 0 ? -1 : 1);
    case GDK_KEY_ISO_Left_Tab:
      return step (self, position, column, -1);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if ((state & GDK_SHIFT_MASK) != 0 || takes_enter (self, column))
        return GDK_EVENT_PROPAGATE;
      go_down (self, position, column);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static GtkWidget *
new_heading (const char *title)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_COLUMN_HEADER, NULL);

  gtk_label_set_label (GTK_LABEL (label), title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (label, title);
  gtk_widget_add_css_class (label, "column-heading");
  return label;
}

static void
strip_measure (GtkWidget      *widget,
               GtkOrientation  orientation,
               int             for_size,
               int            *minimum,
               int            *natural,
               int            *minimum_baseline,
               int            *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int height;

      gtk_widget_measure (child, orientation, -1, &height, NULL, NULL, NULL);
      *minimum = MAX (*minimum, height);
    }
  *natural = *minimum;
}

static void
strip_allocate (GtkWidget *widget,
                int        width,
                int        height,
                int        baseline)
{
  PslPartsGrid *self = PSL_PARTS_GRID (gtk_widget_get_ancestor (widget, PSL_TYPE_PARTS_GRID));
  int x = -self->places.offset;

  for (guint i = 0; i < self->headings->len; i++)
    {
      int column_width = g_array_index (self->places.widths, int, i);

      gtk_widget_size_allocate (self->headings->pdata[i], &(GtkAllocation) { x, 0, column_width, height }, -1);
      x += column_width;
    }
}

static void
body_measure (GtkWidget      *widget,
              GtkOrientation  orientation,
              int             for_size,
              int            *minimum,
              int            *natural,
              int            *minimum_baseline,
              int            *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
body_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  PslPartsGrid *self = PSL_PARTS_GRID (gtk_widget_get_parent (widget));
  int y = -(int) gtk_adjustment_get_value (self->vadjustment);

  for (guint i = 0; i < self->rows->len; i++)
    {
      PslPartsRow *row = self->rows->pdata[i];
      int top = y + get_top (self, psl_parts_row_get_position (row));

      gtk_widget_size_allocate (GTK_WIDGET (row),
                                &(GtkAllocation) { 0, top, width, measure_row (row, get_row_height (self)) }, -1);
    }
  gtk_widget_size_allocate (self->gauge, &(GtkAllocation) { 0, 0, width, get_row_height (self) }, -1);
}

static void
psl_parts_grid_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  PslPartsGrid *self = PSL_PARTS_GRID (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *natural = self->content_height;
  else if (self->wide)
    *natural = get_least_width (self);
}

static void
psl_parts_grid_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  PslPartsGrid *self = PSL_PARTS_GRID (widget);
  int header_height = get_header_height (self);
  int body_height = MAX (0, height - header_height);
  int least = self->wide ? get_least_width (self) : 0;
  int content;

  share_width (self, width);
  content = get_top (self, get_n (self));
  g_object_freeze_notify (G_OBJECT (self->hadjustment));
  g_object_freeze_notify (G_OBJECT (self->vadjustment));
  gtk_adjustment_configure (self->hadjustment, gtk_adjustment_get_value (self->hadjustment), 0, MAX (width, least),
                            width * 0.1, width * 0.9, width);
  gtk_adjustment_configure (self->vadjustment, gtk_adjustment_get_value (self->vadjustment), 0,
                            MAX (body_height, content), get_row_height (self), body_height * 0.9, body_height);
  if (gtk_widget_get_visible (self->header))
    gtk_widget_size_allocate (self->header, &(GtkAllocation) { 0, 0, width, header_height }, -1);
  gtk_widget_size_allocate (self->body, &(GtkAllocation) { 0, header_height, width, body_height }, -1);
  g_object_thaw_notify (G_OBJECT (self->hadjustment));
  g_object_thaw_notify (G_OBJECT (self->vadjustment));

  /* Something is typed that makes its row higher. */
  if (get_content_height (self) != self->content_height || self->to_focus)
    schedule_update (self);
}

static void
psl_parts_grid_root (GtkWidget *widget)
{
  PslPartsGrid *self = PSL_PARTS_GRID (widget);

  GTK_WIDGET_CLASS (psl_parts_grid_parent_class)->root (widget);

  self->root = gtk_widget_get_root (widget);
  g_signal_connect_object (self->root, "notify::focus-widget", G_CALLBACK (focus_moved_cb), self, G_CONNECT_SWAPPED);
}

static void
psl_parts_grid_unroot (GtkWidget *widget)
{
  PslPartsGrid *self = PSL_PARTS_GRID (widget);

  g_signal_handlers_disconnect_by_func (self->root, focus_moved_cb, self);
  self->root = NULL;

  GTK_WIDGET_CLASS (psl_parts_grid_parent_class)->unroot (widget);
}

static void
psl_parts_grid_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (psl_parts_grid_parent_class)->css_changed (widget, change);

  schedule_update (PSL_PARTS_GRID (widget));
}

static void
psl_parts_grid_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  PslPartsGrid *self = PSL_PARTS_GRID (object);

  switch (id)
    {
    case PROP_CONTENT_HEIGHT:
      g_value_set_int (value, self->content_height);
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
psl_parts_grid_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  PslPartsGrid *self = PSL_PARTS_GRID (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, &self->hadjustment, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, &self->vadjustment, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
psl_parts_grid_dispose (GObject *object)
{
  PslPartsGrid *self = PSL_PARTS_GRID (object);

  g_clear_handle_id (&self->update_idle, g_source_remove);
  if (self->items != NULL)
    g_signal_handlers_disconnect_by_func (self->items, items_changed_cb, self);
  g_clear_object (&self->items);
  if (self->hadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->hadjustment, scrolled_cb, self);
  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->vadjustment, scrolled_cb, self);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->spare_rows, 0);
  g_clear_pointer (&self->gauge, gtk_widget_unparent);
  g_clear_pointer (&self->header, gtk_widget_unparent);
  g_clear_pointer (&self->body, gtk_widget_unparent);
  g_clear_object (&self->reg);

  G_OBJECT_CLASS (psl_parts_grid_parent_class)->dispose (object);
}

static void
psl_parts_grid_finalize (GObject *object)
{
  PslPartsGrid *self = PSL_PARTS_GRID (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->spare_rows);
  g_ptr_array_unref (self->headings);
  g_ptr_array_unref (self->columns);
  g_array_unref (self->places.widths);

  G_OBJECT_CLASS (psl_parts_grid_parent_class)->finalize (object);
}

static void
psl_parts_grid_class_init (PslPartsGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_parts_grid_dispose;
  object_class->finalize = psl_parts_grid_finalize;
  object_class->get_property = psl_parts_grid_get_property;
  object_class->set_property = psl_parts_grid_set_property;
  widget_class->root = psl_parts_grid_root;
  widget_class->unroot = psl_parts_grid_unroot;
  widget_class->css_changed = psl_parts_grid_css_changed;
  widget_class->measure = psl_parts_grid_measure;
  widget_class->size_allocate = psl_parts_grid_size_allocate;

  g_object_class_install_property (object_class, PROP_CONTENT_HEIGHT,
                                   g_param_spec_int ("content-height", NULL, NULL, 0, G_MAXINT, 0,
                                                     G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  signals[WANTED] = g_signal_new ("wanted", PSL_TYPE_PARTS_GRID, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, PSL_TYPE_RECORD_ITEM);
  signals[COMMITTED] = g_signal_new ("committed", PSL_TYPE_PARTS_GRID, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 3, PSL_TYPE_PARTS_ROW, PSL_TYPE_EDITOR, G_TYPE_STRING);
  signals[MOVE] = g_signal_new ("move", PSL_TYPE_PARTS_GRID, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_PARTS_ROW, G_TYPE_INT);
  signals[REMOVE] = g_signal_new ("remove", PSL_TYPE_PARTS_GRID, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, PSL_TYPE_PARTS_ROW);
  signals[COPY] = g_signal_new ("copy", PSL_TYPE_PARTS_GRID, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PASTE] = g_signal_new ("paste", PSL_TYPE_PARTS_GRID, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[PASSED_END] = g_signal_new ("passed-end", PSL_TYPE_PARTS_GRID, G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[EMPTIED] = g_signal_new ("emptied", PSL_TYPE_PARTS_GRID, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, PSL_PICKER_LEAVE, "b", leave_picker_cb);
  gtk_widget_class_set_css_name (widget_class, "partsgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
}

static void
psl_parts_grid_init (PslPartsGrid *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->wide = TRUE;
  self->editable = TRUE;
  self->rows = g_ptr_array_new ();
  self->spare_rows = g_ptr_array_new ();
  self->headings = g_ptr_array_new ();
  self->places.widths = g_array_new (FALSE, TRUE, sizeof (int));
  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);

  self->body = g_object_new (GTK_TYPE_BOX, NULL);
  gtk_widget_set_layout_manager (self->body, gtk_custom_layout_new (NULL, body_measure, body_allocate));
  gtk_widget_set_overflow (self->body, GTK_OVERFLOW_HIDDEN);
  self->header = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ROW, NULL);
  gtk_widget_add_css_class (self->header, "column-headings");
  self->strip = g_object_new (GTK_TYPE_BOX, NULL);
  gtk_widget_set_layout_manager (self->strip, gtk_custom_layout_new (NULL, strip_measure, strip_allocate));
  gtk_widget_set_overflow (self->strip, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_margin_start (self->strip, PSL_PARTS_ROW_START);
  gtk_widget_set_margin_end (self->strip, PSL_PARTS_ROW_END);
  gtk_widget_set_hexpand (self->strip, TRUE);
  gtk_box_append (GTK_BOX (self->header), self->strip);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
  gtk_widget_set_parent (self->body, GTK_WIDGET (self));

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

/**
 * psl_parts_grid_new:
 * @columns: (element-type PslPartsColumn): its columns
 * @items: (element-type PslRecordItem): the parts
 * @language: (transfer none): the language of records, there as long as the grid
 * @name: its name for assistive technology
 *
 * Returns: (transfer floating): the grid
 */
PslPartsGrid *
psl_parts_grid_new (GPtrArray  *columns,
                    GListModel *items,
                    const char *language,
                    const char *name)
{
  PslPartsGrid *self = g_object_new (PSL_TYPE_PARTS_GRID, NULL);

  self->columns = g_ptr_array_ref (columns);
  self->language = language;
  g_array_set_size (self->places.widths, columns->len);
  for (guint i = 0; i < columns->len; i++)
    {
      GtkWidget *heading = new_heading (((PslPartsColumn *) columns->pdata[i])->title);

      g_array_index (self->places.widths, int, i) = ((PslPartsColumn *) columns->pdata[i])->width;
      g_ptr_array_add (self->headings, heading);
      gtk_widget_set_parent (heading, self->strip);
    }
  self->gauge = psl_parts_row_new (columns, &self->places, language);
  gtk_widget_set_parent (self->gauge, self->body);
  gtk_widget_set_child_visible (self->gauge, FALSE);
  self->items = g_object_ref (items);
  g_signal_connect_object (items, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return self;
}

/**
 * psl_parts_grid_set_register:
 * @self: a grid
 * @reg: (nullable): where the parts are
 */
void
psl_parts_grid_set_register (PslPartsGrid *self,
                             PslRegister  *reg)
{
  g_return_if_fail (PSL_IS_PARTS_GRID (self));

  g_set_object (&self->reg, reg);
  self->drafts = reg != NULL ? psl_parts_drafts_get (reg) : NULL;
}

/**
 * psl_parts_grid_set_wide:
 * @self: a grid
 * @wide: whether there is room for cells
 */
void
psl_parts_grid_set_wide (PslPartsGrid *self,
                         gboolean      wide)
{
  g_return_if_fail (PSL_IS_PARTS_GRID (self));

  if (self->wide == wide)
    return;

  self->wide = wide;
  gtk_widget_set_visible (self->header, wide);
  psl_parts_row_set_wide (PSL_PARTS_ROW (self->gauge), wide);
  for (guint i = 0; i < self->rows->len; i++)
    {
      PslPartsRow *row = self->rows->pdata[i];
      gboolean focused = psl_focus_is_in (GTK_WIDGET (row));

      if (!wide)
        keep_drafts (self, row);
      psl_parts_row_set_wide (row, wide);
      psl_parts_row_set_editable (row, self->editable);
      if (focused)
        psl_parts_row_focus_cell (row, 0);
    }
  schedule_update (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * psl_parts_grid_set_editable:
 * @self: a grid
 * @editable: whether the parts may be changed
 */
void
psl_parts_grid_set_editable (PslPartsGrid *self,
                             gboolean      editable)
{
  g_return_if_fail (PSL_IS_PARTS_GRID (self));

  if (self->editable == editable)
    return;

  self->editable = editable;
  schedule_update (self);
}

/**
 * psl_parts_grid_find_row:
 * @self: a grid
 * @position: a position, from 0
 *
 * Returns: (transfer none) (nullable): the row there, where it is in view
 */
PslPartsRow *
psl_parts_grid_find_row (PslPartsGrid *self,
                         guint         position)
{
  g_return_val_if_fail (PSL_IS_PARTS_GRID (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (psl_parts_row_get_position (self->rows->pdata[i]) == position)
        return self->rows->pdata[i];
    }
  return NULL;
}

/**
 * psl_parts_grid_find_part:
 * @self: a grid
 * @rid: a part; 0 where it is not in the register
 * @part: (nullable): the part, where it is not in the register
 *
 * Returns: (transfer none) (nullable): its row, where it is in view
 */
PslPartsRow *
psl_parts_grid_find_part (PslPartsGrid *self,
                          gint64        rid,
                          PslRecord    *part)
{
  g_return_val_if_fail (PSL_IS_PARTS_GRID (self), NULL);

  catch_up (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      PslPartsRow *row = self->rows->pdata[i];

      if (psl_parts_row_get_rid (row) == rid &&
          (rid != 0 || psl_record_item_get_record (psl_parts_row_get_item (row)) == part))
        return row;
    }
  return NULL;
}

/**
 * psl_parts_grid_count_rows:
 * @self: a grid
 *
 * Returns: how many rows are widgets
 */
guint
psl_parts_grid_count_rows (PslPartsGrid *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_GRID (self), 0);

  return self->rows->len;
}

/**
 * psl_parts_grid_find_focus:
 * @self: a grid
 * @position: (out): the row that the keyboard is in, from 0
 * @column: (out): and the cell; -1 for its number or its menu
 *
 * Returns: whether the keyboard is in the grid
 */
gboolean
psl_parts_grid_find_focus (PslPartsGrid *self,
                           guint        *position,
                           int          *column)
{
  PslPartsRow *row;

  g_return_val_if_fail (PSL_IS_PARTS_GRID (self), FALSE);

  row = find_focused (self);
  if (row == NULL)
    return FALSE;

  *position = psl_parts_row_get_position (row);
  *column = psl_parts_row_find_focus (row);
  return TRUE;
}

/**
 * psl_parts_grid_focus:
 * @self: a grid
 * @position: a row, from 0
 * @column: a cell of it; -1 for its number
 *
 * Puts the keyboard there, as soon as the part is read; where there are fewer rows, into
 * the last one.
 */
void
psl_parts_grid_focus (PslPartsGrid *self,
                      guint         position,
                      int           column)
{
  g_return_if_fail (PSL_IS_PARTS_GRID (self));

  catch_up (self);
  focus_cell (self, get_n (self) > 0 ? MIN (position, get_n (self) - 1) : position, column);
}

/**
 * psl_parts_grid_get_selected:
 * @self: a grid
 * @first, @last: (out): the rows that are to be copied together, from 0; where none
 *   are, the one with the keyboard, or none: @first is above @last
 */
void
psl_parts_grid_get_selected (PslPartsGrid *self,
                             guint        *first,
                             guint        *last)
{
  int column;

  g_return_if_fail (PSL_IS_PARTS_GRID (self));

  *first = MIN (self->anchor, self->selected);
  *last = MAX (self->anchor, self->selected);
  if (self->has_selection)
    return;

  if (psl_parts_grid_find_focus (self, first, &column))
    {
      *last = *first;
      return;
    }
  *first = 1;
  *last = 0;
}

/**
 * psl_parts_grid_put_drafts_back:
 * @self: a grid
 *
 * Shows the drafts in the register's #PslPartsDrafts for cells in view.
 */
void
psl_parts_grid_put_drafts_back (PslPartsGrid *self)
{
  g_return_if_fail (PSL_IS_PARTS_GRID (self));

  schedule_update (self);
}

/**
 * psl_parts_grid_find_unstored:
 * @self: a grid
 * @position, @column: (out): the first cell with something typed that can't be stored
 *
 * Returns: how many cells have such
 */
guint
psl_parts_grid_find_unstored (PslPartsGrid *self,
                              guint        *position,
                              guint        *column)
{
  guint n;

  g_return_val_if_fail (PSL_IS_PARTS_GRID (self), 0);

  *position = G_MAXUINT;
  n = self->drafts != NULL ? psl_parts_drafts_count (self->drafts, self->items, self->columns, position, column) : 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      PslPartsRow *row = self->rows->pdata[i];

      for (guint j = 0; psl_parts_row_get_cell (row, j) != NULL; j++)
        {
          if (psl_parts_cell_get_error (psl_parts_row_get_cell (row, j)) == NULL)
            continue;
          n++;
          if (psl_parts_row_get_position (row) >= *position)
            continue;
          *position = psl_parts_row_get_position (row);
          *column = j;
        }
    }
  return n;
}

/**
 * psl_parts_grid_keep_drafts:
 * @self: a grid
 *
 * The parts are shown no longer: typed text that can't be stored is put back when they are
 * shown again.
 */
void
psl_parts_grid_keep_drafts (PslPartsGrid *self)
{
  g_return_if_fail (PSL_IS_PARTS_GRID (self));

  for (guint i = 0; i < self->rows->len; i++)
    keep_drafts (self, self->rows->pdata[i]);
}

/**
 * psl_parts_grid_flush:
 * @self: a grid
 *
 * Commits the typed text.
 *
 * Returns: whether nothing is left uncommitted
 */
gboolean
psl_parts_grid_flush (PslPartsGrid *self)
{
  gboolean done;

  g_return_val_if_fail (PSL_IS_PARTS_GRID (self), FALSE);

  catch_up (self);
  done = self->drafts == NULL || psl_parts_drafts_count (self->drafts, self->items, self->columns, NULL, NULL) == 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      for (guint j = 0; psl_parts_row_get_cell (self->rows->pdata[i], j) != NULL; j++)
        done = psl_parts_cell_flush (psl_parts_row_get_cell (self->rows->pdata[i], j)) && done;
    }
  return done;
}
