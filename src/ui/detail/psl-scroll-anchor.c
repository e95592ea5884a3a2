/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-scroll-anchor.h"

#include "psl-editor-frame.h"
#include "psl-parts-row.h"
#include "psl-parts-table.h"
#include "psl-text-view.h"

/* Longer than GTK takes to scroll to the widget that has got the focus, in microseconds. */
#define SCROLLING (G_USEC_PER_SEC / 2)

/* The space that is left above or below the page at most, in pixels: a message needs no more,
 * and a page that is shorter by more than that is another one. */
#define MAX_SPACE 160

struct _PslScrollAnchor
{
  GtkViewport *viewport;
  GtkRoot *root;
  GdkFrameClock *clock;

  /* The widget with the focus, and its place on the page at the last layout; of no height
   * before its first one. */
  GtkWidget *widget;
  graphene_rect_t place;
  /* How far the page was scrolled before the layout of this frame, which scrolls a page that
   * becomes shorter. */
  double scrolled;
  /* Whether the page shows something else since the last layout. */
  gboolean is_other;
  /* The frame in which the page was last scrolled along with it. */
  gint64 frame;
  /* When it was first laid out with the focus, as g_get_monotonic_time(); 0 before. */
  gint64 focused_at;
};

/* A table of parts scrolls by itself. */
static GtkWidget *
find_scroller_around (GtkWidget *focus)
{
  GtkWidget *grid = gtk_widget_get_ancestor (focus, PSL_TYPE_PARTS_GRID);

  return grid != NULL ? gtk_widget_get_parent (grid) : NULL;
}

/* Whether a widget is in the page's own surface, not in that of a popover. */
static gboolean
is_on_page (PslScrollAnchor *self,
            GtkWidget       *widget)
{
  return gtk_widget_get_native (widget) == gtk_widget_get_native (GTK_WIDGET (self->viewport));
}

static GtkAdjustment *
get_adjustment (PslScrollAnchor *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->viewport));
}

/* Where a widget stands on the page. */
static graphene_rect_t
get_place (PslScrollAnchor *self,
           GtkWidget       *widget)
{
  GtkWidget *page = gtk_viewport_get_child (self->viewport);
  graphene_rect_t place;

  return gtk_widget_compute_bounds (widget, page, &place) ? place : *graphene_rect_zero ();
}

/* Scrolls the least that shows the page from the top of a widget to the bottom of another, or
 * as much of that as there is room for. */
static void
show_range (PslScrollAnchor *self,
            GtkWidget       *first,
            GtkWidget       *last)
{
  graphene_rect_t from = get_place (self, first);
  graphene_rect_t to = get_place (self, last);
  int above = gtk_widget_get_margin_top (gtk_viewport_get_child (self->viewport));

  gtk_adjustment_clamp_page (get_adjustment (self), above + from.origin.y, above + to.origin.y + to.size.height);
}

/* Shows a row of a table of parts; the first one with the headings, the last one with the
 * button that adds a part. */
static void
show_row (PslScrollAnchor *self,
          PslPartsRow     *row)
{
  PslPartsTable *table = PSL_PARTS_TABLE (gtk_widget_get_ancestor (GTK_WIDGET (row), PSL_TYPE_PARTS_TABLE));
  GtkWidget *add_button = psl_parts_table_get_add_button (table);
  guint position = psl_parts_row_get_position (row);
  gboolean is_last = position + 1 >= g_list_model_get_n_items (psl_parts_table_get_items (table));

  show_range (self, position == 0 ? psl_parts_table_get_scroller (table) : GTK_WIDGET (row),
              is_last && gtk_widget_get_mapped (add_button) ? add_button : GTK_WIDGET (row));
}

/* Brings the widget with the focus into view: the field with its label and its frame, unless
 * the field is so high that it would make the page jump. Of a text, the line of the cursor: its
 * first line would be a jump for whoever clicked. */
static void
show_focus (PslScrollAnchor *self)
{
  GtkWidget *focus = gtk_root_get_focus (self->root);
  GtkWidget *row, *frame;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->viewport)) || !is_on_page (self, focus))
    return;

  row = gtk_widget_get_ancestor (focus, PSL_TYPE_PARTS_ROW);
  frame = gtk_widget_get_ancestor (focus, PSL_TYPE_EDITOR_FRAME);
  if (row != NULL)
    show_row (self, PSL_PARTS_ROW (row));
  else if (PSL_IS_TEXT_VIEW (focus))
    psl_text_view_show_cursor (PSL_TEXT_VIEW (focus));
  else if (frame != NULL && 4 * gtk_widget_get_height (frame) <= gtk_widget_get_height (GTK_WIDGET (self->viewport)))
    show_range (self, frame, frame);
  else
    show_range (self, focus, focus);
}

/* Notes the widget with the focus, if it is on the page. A popover over the page goes above
 * or below what it was opened from as it grows: that is the widget to hold. */
static void
drop_anchor (PslScrollAnchor *self)
{
  GtkWidget *focus = gtk_root_get_focus (self->root);

  if (focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->viewport)))
    focus = NULL;
  while (focus != NULL && !is_on_page (self, focus))
    focus = gtk_widget_get_parent (GTK_WIDGET (gtk_widget_get_native (focus)));
  if (focus != NULL && find_scroller_around (focus) != NULL)
    focus = find_scroller_around (focus);
  g_set_weak_pointer (&self->widget, focus);
  if (focus != NULL)
    self->place = get_place (self, focus);
}

/* Scrolls the page, beyond its beginning or its end where it has become too short: there is
 * space above or below it then. */
static void
scroll_to (PslScrollAnchor *self,
           double           wanted)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  GtkWidget *page = gtk_viewport_get_child (self->viewport);
  double last = MAX (0, gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment));
  int above = gtk_widget_get_margin_top (page);
  int below = gtk_widget_get_margin_bottom (page);
  int more_above = self->is_other ? 0 : CLAMP (-(int) wanted, 0, MAX_SPACE - above);
  int more_below = self->is_other ? 0 : CLAMP ((int) (wanted - last), 0, MAX_SPACE - below);

  gtk_widget_set_margin_top (page, above + more_above);
  gtk_widget_set_margin_bottom (page, below + more_below);
  gtk_adjustment_set_upper (adjustment, gtk_adjustment_get_upper (adjustment) + more_above + more_below);
  gtk_adjustment_set_value (adjustment, wanted + more_above);
}

/* Before each layout: takes the space above or below the page away once it is out of view. */
static void
note_scrolled (PslScrollAnchor *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  GtkWidget *page = gtk_viewport_get_child (self->viewport);
  double bottom = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment);
  int above = gtk_widget_get_margin_top (page);

  if (bottom <= gtk_adjustment_get_upper (adjustment) - gtk_widget_get_margin_bottom (page))
    gtk_widget_set_margin_bottom (page, 0);
  if (above > 0 && gtk_adjustment_get_value (adjustment) >= above)
    {
      gtk_widget_set_margin_top (page, 0);
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) - above);
    }
  self->scrolled = gtk_adjustment_get_value (adjustment);
}

/* After each layout: a message that comes or goes must not move the widget with the focus, under
 * the eyes of whoever types or the pointer of whoever clicks. What was made or changed along
 * with the move of the focus has its place only now. */
static void
layout_cb (PslScrollAnchor *self)
{
  gint64 frame = gdk_frame_clock_get_frame_counter (self->clock);
  gint64 now = g_get_monotonic_time ();
  graphene_rect_t before = self->place;
  gboolean is_first = self->focused_at == 0;
  gboolean is_shorter = gtk_adjustment_get_value (get_adjustment (self)) < self->scrolled;

  /* Once a frame: scrolling asks for another layout. */
  if (self->widget == NULL || !gtk_widget_get_mapped (self->widget) || self->frame == frame)
    return;

  self->place = get_place (self, self->widget);
  if (is_first)
    self->focused_at = now;
  else if (self->place.origin.y == before.origin.y && self->place.size.height == before.size.height && !is_shorter)
    {
      self->is_other = FALSE;
      return;
    }

  self->frame = frame;
  if (before.size.height > 0 && (self->place.origin.y != before.origin.y || is_shorter))
    scroll_to (self, self->scrolled + self->place.origin.y - before.origin.y);
  self->is_other = FALSE;
  /* Setting the value ends the scrolling that is under way. */
  if (now - self->focused_at < SCROLLING)
    show_focus (self);
}

/* In a menu the keyboard would not move on, were the page laid out for each step. */
static void
focus_moved_cb (PslScrollAnchor *self)
{
  drop_anchor (self);
  if (self->widget == NULL || !is_on_page (self, gtk_root_get_focus (self->root)))
    {
      self->focused_at = g_get_monotonic_time ();
      return;
    }
  self->focused_at = 0;
  gtk_widget_queue_allocate (GTK_WIDGET (self->viewport));
}

static void
root_changed_cb (PslScrollAnchor *self)
{
  if (self->root != NULL)
    g_signal_handlers_disconnect_by_data (self->root, self);
  self->root = gtk_widget_get_root (GTK_WIDGET (self->viewport));
  if (self->root != NULL)
    g_signal_connect_swapped (self->root, "notify::focus-widget", G_CALLBACK (focus_moved_cb), self);
}

static void
realized_cb (PslScrollAnchor *self)
{
  self->clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->viewport));
  g_signal_connect_swapped (self->clock, "before-paint", G_CALLBACK (note_scrolled), self);
  /* Scrolling that is under way goes on here. */
  g_signal_connect_data (self->clock, "update", G_CALLBACK (note_scrolled), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_data (self->clock, "layout", G_CALLBACK (layout_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
unrealized_cb (PslScrollAnchor *self)
{
  g_signal_handlers_disconnect_by_data (self->clock, self);
  self->clock = NULL;
}

/**
 * psl_scroll_anchor_new:
 * @viewport: (transfer none): what scrolls the page, without a root yet; there as long
 *   as the anchor
 *
 * Returns: (transfer full): brings the widget with the keyboard into view, and keeps it in
 *   its place when a message comes or goes
 */
PslScrollAnchor *
psl_scroll_anchor_new (GtkViewport *viewport)
{
  PslScrollAnchor *self;

  g_return_val_if_fail (GTK_IS_VIEWPORT (viewport), NULL);

  self = g_new0 (PslScrollAnchor, 1);
  self->viewport = viewport;
  gtk_viewport_set_scroll_to_focus (viewport, FALSE);
  g_signal_connect_swapped (viewport, "notify::root", G_CALLBACK (root_changed_cb), self);
  g_signal_connect_swapped (viewport, "realize", G_CALLBACK (realized_cb), self);
  g_signal_connect_swapped (viewport, "unrealize", G_CALLBACK (unrealized_cb), self);
  return self;
}

/**
 * psl_scroll_anchor_let_go:
 * @self: an anchor
 *
 * The page shows something else: takes the space above and below it away, and adds none for
 * its being shorter.
 */
void
psl_scroll_anchor_let_go (PslScrollAnchor *self)
{
  GtkWidget *page = gtk_viewport_get_child (self->viewport);

  gtk_widget_set_margin_top (page, 0);
  gtk_widget_set_margin_bottom (page, 0);
  self->is_other = TRUE;
}

/**
 * psl_scroll_anchor_free:
 * @self: (transfer full): an anchor
 */
void
psl_scroll_anchor_free (PslScrollAnchor *self)
{
  g_signal_handlers_disconnect_by_data (self->viewport, self);
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  if (self->root != NULL)
    g_signal_handlers_disconnect_by_data (self->root, self);
  g_clear_weak_pointer (&self->widget);
  g_free (self);
}
