/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-row-content.h"
#include "psl-list-row.h"

#include "psl-summary.h"

/* Around a content, as the style sheet has it: above and below. */
#define PADDING 16

/* Narrower than any list: a row takes the width that it is given. */
#define MINIMUM_WIDTH 160

/* The row whose fonts tell the height of all. Its measures hold until they are asked for
 * again: a content may need them in between. */
struct _PslListRowStyle
{
  PslListRow *measured_row;
  PslRowLines lines;
  gboolean measured;
};

struct _PslListRow
{
  GtkWidget parent_instance;

  GtkWidget *content;

  GtkListItem *list_item;
  PslListRowStyle *style;
  PslRecordModel *model;
  PslRecordItem *item;

  /* The summary of the record, and whether the content still shows another. */
  PslSummary *summary;
  gboolean stale;

  /* How much higher it is than other rows, for a title that is shown whole; in pixels. */
  int extra_height;
  guint resize_idle;
};

G_DEFINE_FINAL_TYPE (PslListRow, psl_list_row, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
released_cb (PslListRow *self,
             int         n_press,
             double      x,
             double      y)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    g_signal_emit (self, signals[SIGNAL_CLICKED], 0);
}

/* Made for rows in view: of the two hundred that a list view keeps, most never are. */
static void
ensure_content (PslListRow *self)
{
  if (self->content != NULL)
    return;

  self->content = psl_row_content_new (&self->style->lines);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

static void
show_record (PslListRow *self)
{
  gboolean is_read = self->summary != NULL;

  ensure_content (self);
  psl_row_content_show (PSL_ROW_CONTENT (self->content), self->summary,
                        is_read ? psl_record_item_get_snippet (self->item) : NULL,
                        is_read ? psl_query_get_search (psl_record_model_get_query (self->model)) : NULL);
  self->stale = FALSE;
  /* The row looks then how high the content should be. */
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* The record is there, or another state of it. A screen reader is told of rows out of
 * view, too; the rest waits until the row is mapped. */
static void
changed_cb (PslListRow *self)
{
  PslRecord *record = psl_record_item_get_record (self->item);
  const char *quoted = psl_record_item_get_snippet (self->item);
  PslQuery *query = psl_record_model_get_query (self->model);
  g_autofree char *description = NULL;

  g_clear_pointer (&self->summary, psl_summary_free);
  if (record != NULL && query != NULL)
    {
      const PslCodelists *codelists = psl_register_get_codelists (psl_record_model_get_register (self->model));

      self->summary = psl_summary_new (record, codelists, psl_query_get_language (query));
      psl_summary_set_order (self->summary, record, codelists, psl_query_get_sort (query, NULL));
      description = psl_summary_describe (self->summary);
      gtk_list_item_set_accessible_label (self->list_item, description);
      gtk_list_item_set_accessible_description (self->list_item, quoted != NULL ? quoted : "");
    }

  if (self->extra_height != 0 && query != NULL && psl_query_get_search (query) == NULL)
    {
      self->extra_height = 0;
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_record (self);
}

static void
ensure_lines (PslListRow *self)
{
  PslListRowStyle *style = self->style;

  if (style->measured_row == NULL)
    {
      ensure_content (self);
      style->measured_row = self;
      style->measured = FALSE;
    }
  if (!style->measured)
    psl_row_content_measure_lines (PSL_ROW_CONTENT (style->measured_row->content), &style->lines);
  style->measured = TRUE;
}

static int
get_height (PslListRow *self)
{
  ensure_lines (self);

  return psl_row_lines_get_height (&self->style->lines);
}

static gboolean
resize_cb (gpointer data)
{
  PslListRow *self = data;

  self->resize_idle = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* A row knows how high it should be once it has its width. It can't ask for another
 * height while it is allocated. */
static void
update_height (PslListRow *self)
{
  int extra = MAX (0, psl_row_content_get_whole_height (PSL_ROW_CONTENT (self->content)) - get_height (self));

  if (extra == self->extra_height)
    return;

  self->extra_height = extra;
  if (self->resize_idle == 0)
    self->resize_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, resize_cb, self, NULL);
}

static void
psl_list_row_map (GtkWidget *widget)
{
  PslListRow *self = PSL_LIST_ROW (widget);

  if (self->stale)
    show_record (self);

  GTK_WIDGET_CLASS (psl_list_row_parent_class)->map (widget);
}

static void
psl_list_row_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  PslListRow *self = PSL_LIST_ROW (widget);

  GTK_WIDGET_CLASS (psl_list_row_parent_class)->css_changed (widget, change);

  if (self->style == NULL || self->style->measured_row != self)
    return;

  self->style->measured = FALSE;
  g_clear_pointer (&self->style->lines.states, g_hash_table_unref);
  g_clear_pointer (&self->style->lines.years, g_hash_table_unref);
}

static GtkSizeRequestMode
psl_list_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
psl_list_row_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  PslListRow *self = PSL_LIST_ROW (widget);

  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? get_height (self) + self->extra_height : MINIMUM_WIDTH;
  *natural = *minimum;
}

static void
psl_list_row_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  PslListRow *self = PSL_LIST_ROW (widget);

  ensure_lines (self);
  if (self->content == NULL)
    return;
  gtk_widget_allocate (self->content, width, height, baseline, NULL);
  update_height (self);
}

static void
psl_list_row_dispose (GObject *object)
{
  PslListRow *self = PSL_LIST_ROW (object);

  psl_list_row_unbind (self);
  g_clear_handle_id (&self->resize_idle, g_source_remove);
  if (self->style != NULL && self->style->measured_row == self)
    self->style->measured_row = NULL;
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->style, psl_list_row_style_unref);

  G_OBJECT_CLASS (psl_list_row_parent_class)->dispose (object);
}

static void
psl_list_row_class_init (PslListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_list_row_dispose;

  widget_class->map = psl_list_row_map;
  widget_class->css_changed = psl_list_row_css_changed;
  widget_class->get_request_mode = psl_list_row_get_request_mode;
  widget_class->measure = psl_list_row_measure;
  widget_class->size_allocate = psl_list_row_size_allocate;

  /**
   * PslListRow::clicked:
   *
   * The person clicked the row.
   */
  signals[SIGNAL_CLICKED] =
    g_signal_new ("clicked", PSL_TYPE_LIST_ROW, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "record-row");
}

static void
psl_list_row_init (PslListRow *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  g_signal_connect_object (gesture, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

/**
 * psl_list_row_style_new:
 *
 * Returns: (transfer full): the measures that the rows of one list share
 */
PslListRowStyle *
psl_list_row_style_new (void)
{
  return g_rc_box_new0 (PslListRowStyle);
}

/**
 * psl_list_row_style_get_height:
 *
 * Returns: how high a row is, about, in pixels; 0 before there was one
 */
int
psl_list_row_style_get_height (PslListRowStyle *style)
{
  return style->lines.title != 0 ? psl_row_lines_get_height (&style->lines) + PADDING : 0;
}

static void
style_clear (gpointer style)
{
  psl_row_lines_clear (&((PslListRowStyle *) style)->lines);
}

/**
 * psl_list_row_style_unref:
 * @style: (transfer full): the shared measures
 */
void
psl_list_row_style_unref (PslListRowStyle *style)
{
  g_rc_box_release_full (style, style_clear);
}

/**
 * psl_list_row_new:
 * @list_item: (transfer none): the list item that the row is the child of, and
 *   that outlives it
 * @style: the measures that it shares with the other rows of its list
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
PslListRow *
psl_list_row_new (GtkListItem     *list_item,
                  PslListRowStyle *style)
{
  PslListRow *self = g_object_new (PSL_TYPE_LIST_ROW, NULL);

  self->list_item = list_item;
  self->style = g_rc_box_acquire (style);

  return self;
}

/**
 * psl_list_row_bind:
 * @model: the list that its item belongs to
 *
 * Shows the record of the list item, once it is read and the row in view.
 */
void
psl_list_row_bind (PslListRow     *self,
                   PslRecordModel *model)
{
  g_return_if_fail (PSL_IS_LIST_ROW (self));
  g_return_if_fail (PSL_IS_RECORD_MODEL (model));

  psl_list_row_unbind (self);

  self->model = g_object_ref (model);
  self->item = g_object_ref (gtk_list_item_get_item (self->list_item));
  g_signal_connect_object (self->item, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  /* Rows out of view, too: they are scrolled to next. */
  if (psl_record_item_get_record (self->item) == NULL)
    psl_record_model_request (model, self->item);
  changed_cb (self);
}

/**
 * psl_list_row_unbind:
 *
 * Lets go of the record.
 */
void
psl_list_row_unbind (PslListRow *self)
{
  g_return_if_fail (PSL_IS_LIST_ROW (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, changed_cb, self);
  g_clear_object (&self->item);
  g_clear_object (&self->model);
  g_clear_pointer (&self->summary, psl_summary_free);
  self->stale = FALSE;
}

/**
 * psl_list_row_is_filled:
 *
 * Returns: whether it shows its record, or that there is none
 */
gboolean
psl_list_row_is_filled (PslListRow *self)
{
  g_return_val_if_fail (PSL_IS_LIST_ROW (self), FALSE);

  return !self->stale && self->item != NULL &&
         (self->summary != NULL || psl_record_item_get_rid (self->item) == 0);
}
