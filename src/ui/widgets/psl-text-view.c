/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-text-view.h"

/* Pixels; a few letters. */
#define MIN_WIDTH 60

struct _PslTextView
{
  GtkTextView parent_instance;

  char *placeholder;
  PangoLayout *layout;
  guint scroll_idle;
  /* (nullable): gives the text its language. */
  GtkTextTag *language;
};

G_DEFINE_FINAL_TYPE (PslTextView, psl_text_view, GTK_TYPE_TEXT_VIEW)

static gboolean
is_empty (PslTextView *self)
{
  return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self))) == 0;
}

/* The same text in the same font and width as the view's own layout, which
 * knows its height only once it is allocated. */
static PangoLayout *
ensure_layout (PslTextView *self)
{
  g_autofree char *text = NULL;

  if (self->layout != NULL)
    return self->layout;

  text = is_empty (self) ? g_strdup (self->placeholder) : psl_text_view_dup_text (self);
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  return self->layout;
}

static gboolean
scroll_idle_cb (gpointer data)
{
  PslTextView *self = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  /* The page: a table on it scrolls by itself. */
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  GtkWidget *content;
  GtkAdjustment *adjustment;
  GtkTextIter iter;
  GdkRectangle cursor;
  graphene_point_t point;

  self->scroll_idle = 0;
  if (viewport == NULL || !gtk_widget_has_focus (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;

  /* The cursor's place on the page, which needs no frame to be drawn, as its place in the
   * window does. */
  content = gtk_viewport_get_child (GTK_VIEWPORT (viewport));
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (self), &iter, &cursor);
  if (!gtk_widget_compute_point (GTK_WIDGET (self), content,
                                 &GRAPHENE_POINT_INIT (cursor.x, cursor.y), &point))
    return G_SOURCE_REMOVE;

  gtk_adjustment_clamp_page (adjustment, point.y - cursor.height, point.y + 2 * cursor.height);
  return G_SOURCE_REMOVE;
}

static void
buffer_changed_cb (GtkTextBuffer *buffer,
                   PslTextView   *self)
{
  GtkTextIter start, end;

  if (self->language != NULL)
    {
      gtk_text_buffer_get_bounds (buffer, &start, &end);
      gtk_text_buffer_apply_tag (buffer, self->language, &start, &end);
    }
  g_clear_object (&self->layout);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
cursor_moved_cb (GtkTextBuffer *buffer,
                 GParamSpec    *pspec,
                 PslTextView   *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (self)))
    psl_text_view_show_cursor (self);
}

static GtkSizeRequestMode
psl_text_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
psl_text_view_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  PangoLayout *layout = ensure_layout (PSL_TEXT_VIEW (widget));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* It takes the room it is given: its contents do not move other widgets. */
      *minimum = *natural = MIN_WIDTH;
    }
  else
    {
      pango_layout_set_width (layout, for_size < 0 ? -1 : for_size * PANGO_SCALE);
      pango_layout_get_pixel_size (layout, NULL, natural);
      *minimum = *natural;
    }
}

static void
psl_text_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PslTextView *self = PSL_TEXT_VIEW (widget);
  PangoLayout *layout;
  GdkRGBA colour;

  GTK_WIDGET_CLASS (psl_text_view_parent_class)->snapshot (widget, snapshot);

  if (self->placeholder == NULL || !is_empty (self))
    return;

  layout = ensure_layout (self);
  pango_layout_set_width (layout, gtk_widget_get_width (widget) * PANGO_SCALE);
  gtk_widget_get_color (widget, &colour);
  colour.alpha *= 0.55;
  gtk_snapshot_append_layout (snapshot, layout, &colour);
}

static void
psl_text_view_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (psl_text_view_parent_class)->css_changed (widget, change);

  g_clear_object (&PSL_TEXT_VIEW (widget)->layout);
}

static void
psl_text_view_system_setting_changed (GtkWidget        *widget,
                                      GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (psl_text_view_parent_class)->system_setting_changed (widget, setting);

  g_clear_object (&PSL_TEXT_VIEW (widget)->layout);
}

static void
psl_text_view_dispose (GObject *object)
{
  PslTextView *self = PSL_TEXT_VIEW (object);

  g_clear_handle_id (&self->scroll_idle, g_source_remove);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (psl_text_view_parent_class)->dispose (object);
}

static void
psl_text_view_finalize (GObject *object)
{
  g_free (PSL_TEXT_VIEW (object)->placeholder);

  G_OBJECT_CLASS (psl_text_view_parent_class)->finalize (object);
}

static void
psl_text_view_class_init (PslTextViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_text_view_dispose;
  object_class->finalize = psl_text_view_finalize;
  widget_class->get_request_mode = psl_text_view_get_request_mode;
  widget_class->measure = psl_text_view_measure;
  widget_class->snapshot = psl_text_view_snapshot;
  widget_class->css_changed = psl_text_view_css_changed;
  widget_class->system_setting_changed = psl_text_view_system_setting_changed;
}

static void
psl_text_view_init (PslTextView *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (buffer_changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self, G_CONNECT_DEFAULT);
}

GtkWidget *
psl_text_view_new (void)
{
  return g_object_new (PSL_TYPE_TEXT_VIEW, NULL);
}

/**
 * psl_text_view_dup_text:
 * @self: a text view
 *
 * Returns: (transfer full): the text; "" where there is none
 */
char *
psl_text_view_dup_text (PslTextView *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (PSL_IS_TEXT_VIEW (self), NULL);

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/**
 * psl_text_view_set_text:
 * @self: a text view
 * @text: (nullable): the text
 *
 * Replaces the text where it differs, keeping the cursor at its place.
 */
void
psl_text_view_set_text (PslTextView *self,
                        const char  *text)
{
  GtkTextBuffer *buffer;
  g_autofree char *old = NULL;
  GtkTextIter iter;
  int offset;

  g_return_if_fail (PSL_IS_TEXT_VIEW (self));

  if (text == NULL)
    text = "";
  old = psl_text_view_dup_text (self);
  if (g_str_equal (old, text))
    return;

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  g_object_get (buffer, "cursor-position", &offset, NULL);
  gtk_text_buffer_set_text (buffer, text, -1);
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    offset = 0;
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  gtk_text_buffer_place_cursor (buffer, &iter);
}

/**
 * psl_text_view_set_placeholder:
 * @self: a text view
 * @placeholder: (nullable): a hint, shown dim while there is no text
 */
void
psl_text_view_set_placeholder (PslTextView *self,
                               const char  *placeholder)
{
  g_return_if_fail (PSL_IS_TEXT_VIEW (self));

  if (!g_set_str (&self->placeholder, placeholder))
    return;

  if (placeholder != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, placeholder, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER);
  if (is_empty (self))
    {
      g_clear_object (&self->layout);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
}

/**
 * psl_text_view_set_language:
 * @language: the tag of the language of the text
 *
 * Fonts, line breaks and assistive technologies go by it.
 */
void
psl_text_view_set_language (PslTextView *self,
                            const char  *language)
{
  GtkTextBuffer *buffer;

  g_return_if_fail (PSL_IS_TEXT_VIEW (self));
  g_return_if_fail (language != NULL);

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  if (self->language == NULL)
    self->language = gtk_text_buffer_create_tag (buffer, NULL, NULL);
  g_object_set (self->language, "language", language, NULL);
  buffer_changed_cb (buffer, self);
}

/**
 * psl_text_view_show_cursor:
 * @self: a text view with the focus
 *
 * Scrolls the page that it is on until the line of the cursor is in view, once the
 * text is laid out.
 */
void
psl_text_view_show_cursor (PslTextView *self)
{
  g_return_if_fail (PSL_IS_TEXT_VIEW (self));

  if (self->scroll_idle == 0)
    self->scroll_idle = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, scroll_idle_cb, self, NULL);
}
