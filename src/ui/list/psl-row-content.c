/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "psl-row-content.h"

#include "psl-marked-text.h"

/* Between the lines, and between widgets side by side, in pixels. */
#define LINE_SPACING 2
#define FACT_SPACING 6
#define ORDER_SPACING 12

#define TITLE_LINES 2

/* While the list is searched, a title is shown whole: hardly one has more. */
#define SEARCHED_TITLE_LINES 12

/* The width that the state may take, in lines' heights: about sixteen letters. */
#define STATE_WIDTH 8

/* The least widths at which the state and the facts can be read, likewise. */
#define LEAST_STATE_WIDTH 3
#define LEAST_FACTS_WIDTH 2

/* No letter is wider on the average, in lines' heights. */
#define LETTER_WIDTH 0.75

/*
 * A list draws a page of contents for each key that is typed, so that each text is laid out
 * only once: no content asks for room by its text, and the title and the snippet, which are
 * cut to the found words, are layouts of the content itself. Widgets that few rows need are
 * made where they are shown.
 */
struct _PslRowContent
{
  GtkWidget parent_instance;

  PslRowLines *lines;
  PslMarkedText title;
  PslMarkedText snippet;

  /* The line of facts. */
  GtkWidget *state;
  GtkWidget *language;
  GtkWidget *remarks;
  GtkWidget *facts;
  GtkWidget *brief;       /* in place of the facts, where their years would be cut */
  GtkWidget *order;

  char *state_class;
  char *years;
  char *words;

  /* The height of all contents while the list is searched, at the last allocation; else 0. */
  int whole_height;
};

G_DEFINE_FINAL_TYPE (PslRowContent, psl_row_content, GTK_TYPE_WIDGET)

static int
get_line_height (GtkWidget *widget)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);

  return height;
}

static GtkWidget *
make_label (PslRowContent *self,
            const char    *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

/* An inscription asks for no room by its text, so that the text can be chosen when there
 * is room. */
static GtkWidget *
make_brief (PslRowContent *self)
{
  GtkWidget *brief = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (brief), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (brief, "caption");
  gtk_widget_add_css_class (brief, "dimmed");
  gtk_widget_set_parent (brief, GTK_WIDGET (self));

  return brief;
}

static void
set_line (GtkWidget  *label,
          const char *text,
          const char *words)
{
  g_autoptr (PangoAttrList) marks = psl_marked_text_new_marks (text, words, NULL);

  gtk_label_set_attributes (GTK_LABEL (label), marks);
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

static const char *
get_facts_text (PslRowContent *self)
{
  return gtk_label_get_label (GTK_LABEL (self->facts));
}

static int
measure_fact (PslRowContent *self,
              const char    *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (self->facts, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

/* Whether @text has room; most of it need not be laid out to tell. */
static gboolean
fits (PslRowContent *self,
      const char    *text,
      int            width)
{
  return (double) g_utf8_strlen (text, -1) * self->lines->caption * LETTER_WIDTH <= width ||
         measure_fact (self, text) <= width;
}

/* The same few years stand in most rows. */
static int
get_years_width (PslRowContent *self)
{
  gpointer width;

  if (self->years == NULL)
    return 0;
  if (self->lines->years == NULL)
    self->lines->years = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_lookup_extended (self->lines->years, self->years, NULL, &width))
    {
      width = GINT_TO_POINTER (measure_fact (self, self->years));
      g_hash_table_insert (self->lines->years, g_strdup (self->years), width);
    }

  return GPOINTER_TO_INT (width);
}

/* Where the years stand in the facts, or NULL: an identifier may have the same digits. */
static const char *
find_years (PslRowContent *self)
{
  const char *facts = get_facts_text (self);
  const char *years = self->years != NULL ? strstr (facts, self->years) : NULL;

  while (years != NULL && years > facts &&
         ((gsize) (years - facts) < strlen (PSL_SUMMARY_SEPARATOR) ||
          !g_str_has_prefix (years - strlen (PSL_SUMMARY_SEPARATOR), PSL_SUMMARY_SEPARATOR)))
    years = strstr (years + 1, self->years);

  return years;
}

/* Whether the years would be cut at their place among the facts. */
static gboolean
cuts_years (PslRowContent *self,
            int            width)
{
  const char *facts = get_facts_text (self);
  const char *years = find_years (self);
  const char *after = years != NULL ? years + strlen (self->years) : NULL;
  g_autofree char *before = years != NULL ? g_strndup (facts, (gsize) (after - facts)) : NULL;
  g_autofree char *cut = NULL;

  if (years == NULL)
    return FALSE;
  cut = g_strconcat (before, *after != '\0' ? "…" : "", NULL);

  return !fits (self, cut, width);
}

/* The facts with the years first, or the years alone. */
static char *
dup_brief (PslRowContent *self,
           int            width)
{
  const char *facts = get_facts_text (self);
  const char *years = find_years (self);
  const char *after = years + strlen (self->years);
  gsize before = years > facts ? (gsize) (years - facts) - strlen (PSL_SUMMARY_SEPARATOR) : 0;
  g_autofree char *cut = g_strconcat (self->years, PSL_SUMMARY_SEPARATOR "…", NULL);

  if (!fits (self, cut, width))
    return g_strdup (self->years);

  return g_strdup_printf ("%s%s%.*s%s", self->years, before > 0 ? PSL_SUMMARY_SEPARATOR : "", (int) before, facts, after);
}

/* Returns the facts, or their brief form, whichever has room. */
static GtkWidget *
choose_facts (PslRowContent *self,
              int            width)
{
  gboolean is_brief = cuts_years (self, width);
  g_autofree char *text = is_brief ? dup_brief (self, width) : NULL;
  g_autoptr (PangoAttrList) marks = psl_marked_text_new_marks (text, self->words, NULL);

  if (is_brief)
    {
      gtk_inscription_set_text (GTK_INSCRIPTION (self->brief), text);
      gtk_inscription_set_attributes (GTK_INSCRIPTION (self->brief), marks);
    }

  return is_brief ? self->brief : self->facts;
}

static void
set_state (PslRowContent *self,
           const char    *text,
           const char    *state_class)
{
  if (text == NULL && self->state == NULL)
    return;

  if (self->state == NULL)
    self->state = make_label (self, "state");
  if (g_strcmp0 (self->state_class, state_class) != 0)
    {
      if (self->state_class != NULL)
        gtk_widget_remove_css_class (self->state, self->state_class);
      if (state_class != NULL)
        gtk_widget_add_css_class (self->state, state_class);
      g_set_str (&self->state_class, state_class);
    }

  gtk_label_set_label (GTK_LABEL (self->state), text != NULL ? text : "");
  gtk_widget_set_visible (self->state, text != NULL);
}

/* Marks a title that is in another language, or older than the text in another. */
static void
set_language (PslRowContent *self,
              const char    *shown,
              const char    *newer)
{
  const char *tag = shown != NULL ? shown : newer;

  if (tag == NULL && self->language == NULL)
    return;

  if (self->language == NULL)
    self->language = make_label (self, "language");
  if (tag != NULL)
    {
      g_autofree char *name = g_ascii_strup (tag, -1);
      g_autofree char *text = shown != NULL ? g_steal_pointer (&name) : g_strconcat ("↻ ", name, NULL);

      gtk_label_set_label (GTK_LABEL (self->language), text);
      gtk_widget_set_tooltip_text (self->language,
                                   shown != NULL ? _("Not translated into the language that records are shown in")
                                                 : _("Older than the text in this language"));
    }
  gtk_widget_set_visible (self->language, tag != NULL);
}

/* Marks a record that there are remarks on. */
static void
set_remarks (PslRowContent *self,
             const char    *count)
{
  if (count == NULL && self->remarks == NULL)
    return;

  if (self->remarks == NULL)
    {
      self->remarks = gtk_image_new_from_icon_name ("psl-remark-symbolic");
      gtk_widget_set_parent (self->remarks, GTK_WIDGET (self));
    }
  gtk_widget_set_tooltip_text (self->remarks, count);
  gtk_widget_set_visible (self->remarks, count != NULL);
}

static void
set_order (PslRowContent *self,
           const char    *text)
{
  if (text == NULL && self->order == NULL)
    return;

  if (self->order == NULL)
    {
      self->order = make_label (self, "caption");
      gtk_widget_add_css_class (self->order, "numeric");
    }
  gtk_label_set_label (GTK_LABEL (self->order), text != NULL ? text : "");
  gtk_widget_set_visible (self->order, text != NULL);
}

/* In the fonts of the facts, as it stands among them. */
static void
set_snippet (PslRowContent *self,
             const char    *text,
             const char    *words)
{
  if (text == NULL)
    {
      psl_marked_text_clear (&self->snippet);
      return;
    }

  if (self->snippet.layout == NULL)
    psl_marked_text_init (&self->snippet, self->facts, 1);
  psl_marked_text_set (&self->snippet, text, words);
}

static void
get_natural_size (GtkWidget      *widget,
                  GtkRequisition *size)
{
  *size = (GtkRequisition) { 0 };
  if (widget == NULL || !gtk_widget_get_visible (widget))
    return;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &size->width, NULL, NULL);
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, size->width, NULL, &size->height, NULL, NULL);
}

/* There are few states, and most rows have one. */
static const GtkRequisition *
get_state_size (PslRowContent *self)
{
  const char *text = self->state != NULL ? gtk_label_get_label (GTK_LABEL (self->state)) : "";
  GtkRequisition *size;

  if (self->lines->states == NULL)
    self->lines->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                 (GDestroyNotify) gtk_requisition_free);

  size = g_hash_table_lookup (self->lines->states, text);
  if (size == NULL)
    {
      size = gtk_requisition_new ();
      get_natural_size (self->state, size);
      size->width = MIN (size->width, STATE_WIDTH * self->lines->caption);
      g_hash_table_insert (self->lines->states, g_strdup (text), size);
    }

  return size;
}

/* Allocates @child in the reading direction, in the middle of a line; @x from where
 * the line begins. */
static void
place (PslRowContent *self,
       GtkWidget     *child,
       int            x,
       int            y,
       int            width,
       int            height,
       int            line)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation area = { x, y + (line - height) / 2, width, height };

  if (child == NULL || !gtk_widget_get_visible (child))
    return;
  if (mirrored)
    area.x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  gtk_widget_size_allocate (child, &area, -1);
}

static int
get_facts_height (PslRowContent *self)
{
  GtkRequisition language, remarks;

  get_natural_size (self->language, &language);
  get_natural_size (self->remarks, &remarks);

  return MAX (MAX (self->lines->caption, remarks.height), MAX (get_state_size (self)->height, language.height));
}

/* The width that the sorted value may have: half of the line, or more where that leaves the
 * years and some of the state. */
static int
get_order_room (PslRowContent *self,
                int            width)
{
  int state = MIN (get_state_size (self)->width, LEAST_STATE_WIDTH * self->lines->caption);
  int room = width - get_years_width (self) - ORDER_SPACING;

  return MIN (room, MAX (width / 2, room - state - FACT_SPACING));
}

/* Places @child between @x and @x + @width, unless that is less than @least, where it
 * would be cut; returns where the next begins. */
static int
place_fact (PslRowContent *self,
            GtkWidget     *child,
            int            least,
            int            x,
            int            y,
            int            width,
            int            height,
            int            line)
{
  gboolean has_room = width > 0 && width >= least;

  if (child == NULL)
    return x;
  gtk_widget_set_child_visible (child, has_room);
  if (!has_room)
    return x;
  place (self, child, x, y, width, height, line);

  return x + width + FACT_SPACING;
}

/* Places a mark that is shown whole or not at all before @end; returns where the next
 * begins. */
static int
place_mark (PslRowContent *self,
            GtkWidget     *mark,
            int            x,
            int            y,
            int            end,
            int            line)
{
  GtkRequisition size;

  get_natural_size (mark, &size);
  return place_fact (self, mark, size.width, x, y, MIN (size.width, end - x), size.height, line);
}

/* Places state, marks and facts, and at the line's end the value that the list is sorted by.
 * Where all that is too much, the years stay whole, and nothing is cut without an
 * ellipsis. */
static void
place_facts (PslRowContent *self,
             gboolean       shown,
             int            width,
             int            y,
             int            line)
{
  GtkWidget *parts[] = { self->state, self->language, self->remarks, self->facts, self->brief,
                         self->order };
  const GtkRequisition *state = get_state_size (self);
  GtkRequisition order;
  GtkWidget *facts;
  int caption = self->lines->caption;
  int least = LEAST_STATE_WIDTH * caption;
  int years = get_years_width (self);
  int x = 0;
  int end = width;
  int room;

  for (guint i = 0; !shown && i < G_N_ELEMENTS (parts); i++)
    {
      if (parts[i] != NULL)
        gtk_widget_set_child_visible (parts[i], FALSE);
    }
  if (!shown)
    return;

  get_natural_size (self->order, &order);
  room = MIN (order.width, get_order_room (self, width));
  if (place_fact (self, self->order, MIN (order.width, least), width - room, y, room, order.height, line) > width)
    end -= room + ORDER_SPACING;

  years += years > 0 ? FACT_SPACING : 0;
  x = place_fact (self, self->state, MIN (state->width, least), x, y, MIN (state->width, end - years), state->height, line);
  x = place_mark (self, self->language, x, y, end - years, line);
  x = place_mark (self, self->remarks, x, y, end - years, line);

  facts = choose_facts (self, end - x);
  gtk_widget_set_child_visible (facts == self->facts ? self->brief : self->facts, FALSE);
  place_fact (self, facts, LEAST_FACTS_WIDTH * caption, x, y, end - x, caption, line);
}

static GtkSizeRequestMode
psl_row_content_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* The row tells the height of a content, and a content takes any width. */
static void
psl_row_content_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
}

/* Lays out the title in as many lines as there is room for, with all below it; returns
 * its height. While the list is searched, it is whole as soon as the row is high enough. */
static int
fit_title (PslRowContent *self,
           int            width,
           int            height,
           int            below)
{
  int title;

  self->whole_height = 0;
  if (self->words != NULL)
    {
      psl_marked_text_set_lines (&self->title, SEARCHED_TITLE_LINES);
      title = psl_marked_text_fit (&self->title, width);
      self->whole_height = title + below;
      if (self->whole_height <= height)
        return title;
    }

  psl_marked_text_set_lines (&self->title, TITLE_LINES);
  return psl_marked_text_fit (&self->title, width);
}

static void
psl_row_content_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  PslRowContent *self = PSL_ROW_CONTENT (widget);
  gboolean quotes = self->snippet.layout != NULL;
  gboolean facts;
  int title, snippet, line, y;

  snippet = quotes ? psl_marked_text_fit (&self->snippet, width) : 0;
  line = get_facts_height (self);
  title = fit_title (self, width, height, LINE_SPACING + line + (quotes ? LINE_SPACING + snippet : 0));

  /* In a row that is as high as all contents, the found text or the facts have room below a
   * title of two lines. */
  facts = !quotes || (self->whole_height > 0 && self->whole_height <= height) ||
          pango_layout_get_line_count (self->title.layout) < TITLE_LINES;
  y = MAX (0, (height - title - (facts ? LINE_SPACING + line : 0) - (quotes ? LINE_SPACING + snippet : 0)) / 2);
  self->title.y = y;

  y += title + LINE_SPACING;
  place_facts (self, facts, width, y, line);

  self->snippet.y = facts ? y + line + LINE_SPACING : y;
}

static void
psl_row_content_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  PslRowContent *self = PSL_ROW_CONTENT (widget);
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  psl_marked_text_draw (&self->title, snapshot, &color);
  psl_marked_text_draw (&self->snippet, snapshot, &color);

  GTK_WIDGET_CLASS (psl_row_content_parent_class)->snapshot (widget, snapshot);
}

static void
psl_row_content_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  PslRowContent *self = PSL_ROW_CONTENT (widget);

  GTK_WIDGET_CLASS (psl_row_content_parent_class)->css_changed (widget, change);

  psl_marked_text_restyle (&self->title);
  psl_marked_text_restyle (&self->snippet);
  gtk_widget_queue_allocate (widget);
}

static void
psl_row_content_dispose (GObject *object)
{
  PslRowContent *self = PSL_ROW_CONTENT (object);

  g_clear_pointer (&self->state, gtk_widget_unparent);
  g_clear_pointer (&self->language, gtk_widget_unparent);
  g_clear_pointer (&self->remarks, gtk_widget_unparent);
  g_clear_pointer (&self->facts, gtk_widget_unparent);
  g_clear_pointer (&self->brief, gtk_widget_unparent);
  g_clear_pointer (&self->order, gtk_widget_unparent);

  G_OBJECT_CLASS (psl_row_content_parent_class)->dispose (object);
}

static void
psl_row_content_finalize (GObject *object)
{
  PslRowContent *self = PSL_ROW_CONTENT (object);

  psl_marked_text_clear (&self->title);
  psl_marked_text_clear (&self->snippet);
  g_free (self->state_class);
  g_free (self->years);
  g_free (self->words);

  G_OBJECT_CLASS (psl_row_content_parent_class)->finalize (object);
}

static void
psl_row_content_class_init (PslRowContentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_row_content_dispose;
  object_class->finalize = psl_row_content_finalize;

  widget_class->get_request_mode = psl_row_content_get_request_mode;
  widget_class->measure = psl_row_content_measure;
  widget_class->size_allocate = psl_row_content_size_allocate;
  widget_class->snapshot = psl_row_content_snapshot;
  widget_class->css_changed = psl_row_content_css_changed;

  gtk_widget_class_set_css_name (widget_class, "row-content");
}

static void
psl_row_content_init (PslRowContent *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "heading");
  self->facts = make_label (self, "caption");
  gtk_widget_add_css_class (self->facts, "dimmed");
  self->brief = make_brief (self);
  psl_marked_text_init (&self->title, GTK_WIDGET (self), TITLE_LINES);
}

/**
 * psl_row_lines_get_height:
 *
 * Returns: room for a title of two lines and one more line, or for a title of one line, facts
 *   and a snippet: the least height of a content, in pixels
 */
int
psl_row_lines_get_height (const PslRowLines *lines)
{
  g_return_val_if_fail (lines != NULL, 0);

  return MAX (TITLE_LINES * lines->title + LINE_SPACING + lines->caption,
              lines->title + 2 * (LINE_SPACING + lines->caption));
}

/**
 * psl_row_lines_clear:
 *
 * Forgets the measures.
 */
void
psl_row_lines_clear (PslRowLines *lines)
{
  g_return_if_fail (lines != NULL);

  g_clear_pointer (&lines->states, g_hash_table_unref);
  g_clear_pointer (&lines->years, g_hash_table_unref);
  *lines = (PslRowLines) { 0 };
}

/**
 * psl_row_content_new:
 * @lines: the measures of the list's lines, at the latest when the content is allocated; has
 *   to outlive it
 *
 * Returns: (transfer floating): a content that shows nothing yet
 */
GtkWidget *
psl_row_content_new (PslRowLines *lines)
{
  PslRowContent *self;

  g_return_val_if_fail (lines != NULL, NULL);

  self = g_object_new (PSL_TYPE_ROW_CONTENT, NULL);
  self->lines = lines;

  return GTK_WIDGET (self);
}

/**
 * psl_row_content_show:
 * @summary: (nullable): the contents of the row; %NULL for none
 * @quoted: (nullable): the text around the words that were searched for, where @summary
 *   doesn't have them
 * @words: (nullable): the words that were searched for, to be marked
 */
void
psl_row_content_show (PslRowContent    *self,
                      const PslSummary *summary,
                      const char       *quoted,
                      const char       *words)
{
  g_return_if_fail (PSL_IS_ROW_CONTENT (self));

  psl_marked_text_set (&self->title, summary != NULL ? summary->title : "", words);
  set_line (self->facts, summary != NULL ? summary->facts : NULL, words);
  g_set_str (&self->years, summary != NULL ? summary->years : NULL);
  g_set_str (&self->words, words);
  set_state (self, summary != NULL ? summary->state : NULL, summary != NULL ? summary->state_class : NULL);
  set_language (self, summary != NULL ? summary->other_language : NULL,
                summary != NULL ? summary->newer_language : NULL);
  set_remarks (self, summary != NULL ? summary->remarks : NULL);
  set_order (self, summary != NULL ? summary->order : NULL);
  set_snippet (self, quoted, words);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * psl_row_content_measure_lines:
 * @lines: (inout): the measures of the lines in this content's fonts, from now on
 */
void
psl_row_content_measure_lines (PslRowContent *self,
                               PslRowLines   *lines)
{
  int title, caption;

  g_return_if_fail (PSL_IS_ROW_CONTENT (self));
  g_return_if_fail (lines != NULL);

  title = get_line_height (GTK_WIDGET (self));
  caption = get_line_height (self->facts);
  if (title != lines->title || caption != lines->caption)
    psl_row_lines_clear (lines);
  lines->title = title;
  lines->caption = caption;
}

/**
 * psl_row_content_get_whole_height:
 *
 * Returns: the height that the content needs to show all while the list is searched, as of
 *   its last allocation, in pixels; 0 while it is not
 */
int
psl_row_content_get_whole_height (PslRowContent *self)
{
  g_return_val_if_fail (PSL_IS_ROW_CONTENT (self), 0);

  return self->whole_height;
}

/**
 * psl_row_content_get_title:
 *
 * Returns: (transfer none): the title, from where it is shown
 */
const char *
psl_row_content_get_title (PslRowContent *self)
{
  g_return_val_if_fail (PSL_IS_ROW_CONTENT (self), NULL);

  return self->title.layout != NULL ? pango_layout_get_text (self->title.layout) : "";
}

/**
 * psl_row_content_get_snippet:
 *
 * Returns: (transfer none): the text around the words that were searched for, from where it
 *   is shown
 */
const char *
psl_row_content_get_snippet (PslRowContent *self)
{
  g_return_val_if_fail (PSL_IS_ROW_CONTENT (self), NULL);

  return self->snippet.layout != NULL ? pango_layout_get_text (self->snippet.layout) : "";
}
