/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>

#include "psl-list-row.h"
#include "psl-search.h"
#include "psl-summary.h"

/* What stands between the lines of a row, in the template. */
#define SPACING 2

struct _PslListRow
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkLabel *title;
  GtkLabel *state;
  GtkLabel *language;
  GtkLabel *facts;
  GtkLabel *snippet;

  GtkListItem *list_item;
  PslRecordModel *model;
  PslRecordItem *item;
  char *state_class;
};

G_DEFINE_FINAL_TYPE (PslListRow, psl_list_row, GTK_TYPE_WIDGET)

static int
get_line_height (GtkLabel *label)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (label));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);

  return height;
}

/* Underlined and on a tint of the accent colour, so that it doesn't take colour
 * to see it. */
static void
mark (GtkLabel   *label,
      const char *words)
{
  const char *text = gtk_label_get_text (label);
  g_autoptr (GArray) marks = words != NULL ? psl_search_marks (text, words) : NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autoptr (GdkRGBA) accent = NULL;

  if (marks == NULL || marks->len == 0)
    {
      gtk_label_set_attributes (label, NULL);
      return;
    }

  attributes = pango_attr_list_new ();
  accent = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  for (guint i = 0; i < marks->len; i++)
    {
      const PslSearchMark *found = &g_array_index (marks, PslSearchMark, i);
      PangoAttribute *parts[] = {
        pango_attr_background_new (accent->red * 65535, accent->green * 65535, accent->blue * 65535),
        pango_attr_background_alpha_new (65535 / 4),
        pango_attr_underline_new (PANGO_UNDERLINE_SINGLE),
      };

      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        {
          parts[j]->start_index = found->start;
          parts[j]->end_index = found->end;
          pango_attr_list_insert (attributes, parts[j]);
        }
    }
  gtk_label_set_attributes (label, attributes);
}

static void
set_text (GtkLabel   *label,
          const char *text,
          const char *words)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  mark (label, words);
}

static void
set_state (PslListRow *self,
           const char *text,
           const char *state_class)
{
  if (self->state_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->state_class);
  g_set_str (&self->state_class, state_class);
  if (state_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), state_class);

  gtk_label_set_label (self->state, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), text != NULL);
}

static void
show_nothing (PslListRow *self)
{
  set_text (self->title, NULL, NULL);
  set_text (self->facts, NULL, NULL);
  set_state (self, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->language), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->snippet), FALSE);
}

static void
update (PslListRow *self)
{
  PslRecord *record = psl_record_item_get_record (self->item);
  const char *quoted = psl_record_item_get_snippet (self->item);
  PslQuery *query = psl_record_model_get_query (self->model);
  g_autoptr (PslSummary) summary = NULL;
  g_autofree char *description = NULL;
  g_autofree char *language = NULL;
  const char *words;

  if (record == NULL || query == NULL)
    {
      show_nothing (self);
      return;
    }

  words = psl_query_get_search (query);
  summary = psl_summary_new (record, psl_query_get_language (query));

  set_text (self->title, summary->title, words);
  gtk_label_set_lines (self->title, quoted != NULL ? 1 : 2);
  gtk_label_set_wrap (self->title, quoted == NULL);
  set_text (self->facts, summary->facts, words);
  set_state (self, summary->state, summary->state_class);

  if (summary->other_language != NULL)
    language = g_ascii_strup (summary->other_language, -1);
  gtk_label_set_label (self->language, language != NULL ? language : "");
  gtk_widget_set_visible (GTK_WIDGET (self->language), language != NULL);

  set_text (self->snippet, quoted, words);
  gtk_widget_set_visible (GTK_WIDGET (self->snippet), quoted != NULL);

  description = psl_summary_describe (summary);
  gtk_list_item_set_accessible_label (self->list_item, description);
  gtk_list_item_set_accessible_description (self->list_item, quoted != NULL ? quoted : "");
}

static GtkSizeRequestMode
psl_list_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Room for a title of two lines and a line of facts, or for a title of one
 * line, facts and a snippet, whatever this row shows. */
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

  gtk_widget_measure (self->content, orientation, for_size, minimum, natural, NULL, NULL);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int title = get_line_height (self->title);
      int caption = get_line_height (self->facts);
      int height = MAX (2 * title + SPACING + caption, title + 2 * (SPACING + caption));

      *minimum = MAX (*minimum, height);
      *natural = *minimum;
    }
}

static void
psl_list_row_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  gtk_widget_allocate (PSL_LIST_ROW (widget)->content, width, height, baseline, NULL);
}

static void
psl_list_row_dispose (GObject *object)
{
  PslListRow *self = PSL_LIST_ROW (object);

  psl_list_row_unbind (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_LIST_ROW);

  G_OBJECT_CLASS (psl_list_row_parent_class)->dispose (object);
}

static void
psl_list_row_finalize (GObject *object)
{
  g_free (PSL_LIST_ROW (object)->state_class);

  G_OBJECT_CLASS (psl_list_row_parent_class)->finalize (object);
}

static void
psl_list_row_class_init (PslListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_list_row_dispose;
  object_class->finalize = psl_list_row_finalize;

  widget_class->get_request_mode = psl_list_row_get_request_mode;
  widget_class->measure = psl_list_row_measure;
  widget_class->size_allocate = psl_list_row_size_allocate;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-list-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PslListRow, content);
  gtk_widget_class_bind_template_child (widget_class, PslListRow, title);
  gtk_widget_class_bind_template_child (widget_class, PslListRow, state);
  gtk_widget_class_bind_template_child (widget_class, PslListRow, language);
  gtk_widget_class_bind_template_child (widget_class, PslListRow, facts);
  gtk_widget_class_bind_template_child (widget_class, PslListRow, snippet);
  gtk_widget_class_set_css_name (widget_class, "record-row");
}

static void
psl_list_row_init (PslListRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_list_row_new:
 * @list_item: (transfer none): the list item that the row is the child of, and
 *   that outlives it
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
PslListRow *
psl_list_row_new (GtkListItem *list_item)
{
  PslListRow *self = g_object_new (PSL_TYPE_LIST_ROW, NULL);

  self->list_item = list_item;

  return self;
}

/**
 * psl_list_row_bind:
 * @model: the list that its item belongs to
 *
 * Shows the record of the list item, now or once it is read.
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
  g_signal_connect_swapped (self->item, "changed", G_CALLBACK (update), self);

  if (psl_record_item_get_record (self->item) == NULL)
    psl_record_model_request (model, self->item);
  update (self);
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
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_clear_object (&self->item);
  g_clear_object (&self->model);
}
