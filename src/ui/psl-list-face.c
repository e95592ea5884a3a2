/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "psl-list-face.h"
#include "psl-search.h"

/* Between the lines, and between what stands side by side, in pixels. */
#define LINE_SPACING 2
#define STATE_SPACING 12
#define LANGUAGE_SPACING 6

#define TITLE_LINES 2

/* The width that the state may take, in lines' heights: about sixteen letters. */
#define STATE_WIDTH 8

/* What is shown of a title whose beginning would leave out what was searched for. */
#define EXCERPT_CHARS 40

/*
 * A list draws a page of faces for each key that is typed, so that a text is laid
 * out once: no face asks for room by its text, and the title, which may take two
 * lines, is a layout of the face's own. What few rows have is made where it is
 * shown.
 */
struct _PslListFace
{
  GtkWidget parent_instance;

  PslListLines *lines;
  PangoLayout *title;
  int title_y;
  /* The whole title, where it has what was searched for; that; and where in the
   * title the first of it ends. */
  char *found;
  char *words;
  guint found_end;
  GtkWidget *state;
  GtkWidget *language;
  GtkWidget *facts;
  GtkWidget *snippet;

  char *state_class;
};

G_DEFINE_FINAL_TYPE (PslListFace, psl_list_face, GTK_TYPE_WIDGET)

static int
get_line_height (GtkWidget *widget)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);

  return height;
}

/* Underlined and on a tint of the accent colour, so that it doesn't take colour
 * to see it. @first_end is set where there are any. */
static PangoAttrList *
make_marks (const char *text,
            const char *words,
            guint      *first_end)
{
  g_autoptr (GArray) marks = words != NULL && text != NULL ? psl_search_marks (text, words) : NULL;
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autoptr (GdkRGBA) accent = NULL;

  if (marks == NULL || marks->len == 0)
    return NULL;

  if (first_end != NULL)
    *first_end = g_array_index (marks, PslSearchMark, 0).end;
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

  return g_steal_pointer (&attributes);
}

static GtkWidget *
make_label (PslListFace *self,
            const char  *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

/* Made in its place: elsewhere its fonts would be looked up for nothing. */
static void
ensure_parts (PslListFace *self)
{
  if (self->title != NULL)
    return;

  self->title = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_wrap (self->title, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);

  self->facts = make_label (self, "caption");
  gtk_widget_add_css_class (self->facts, "dimmed");
}

/* Returns: whether words were found in the text */
static gboolean
set_title_text (PslListFace *self,
                const char  *text,
                const char  *words,
                guint       *first_end)
{
  g_autoptr (PangoAttrList) marks = make_marks (text, words, first_end);

  pango_layout_set_text (self->title, text, -1);
  pango_layout_set_attributes (self->title, marks);

  return marks != NULL;
}

/* Where the title is cut off, as an index into its text. */
static int
find_cut (PangoLayout *title)
{
  int last = pango_layout_get_line_count (title) - 1;

  if (!pango_layout_is_ellipsized (title))
    return G_MAXINT;

  for (GSList *l = pango_layout_get_line_readonly (title, last)->runs; l != NULL; l = l->next)
    {
      const PangoGlyphItem *run = l->data;

      if ((run->item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) != 0)
        return run->item->offset;
    }

  return G_MAXINT;
}

/* Where the words that were searched for stand in the part that is cut off, that part
 * is shown. */
static void
fit_title (PslListFace *self)
{
  g_autofree char *part = NULL;

  if (self->found == NULL)
    return;

  if (!g_str_equal (pango_layout_get_text (self->title), self->found))
    set_title_text (self, self->found, self->words, NULL);
  if ((int) self->found_end <= find_cut (self->title))
    return;

  part = psl_search_snippet (self->found, self->words, EXCERPT_CHARS, NULL);
  set_title_text (self, part, self->words, NULL);
}

static void
set_title (PslListFace *self,
           const char  *title,
           const char  *words,
           int          lines)
{
  gboolean found = set_title_text (self, title != NULL ? title : "", words, &self->found_end);

  g_set_str (&self->found, found ? title : NULL);
  g_set_str (&self->words, found ? words : NULL);
  pango_layout_set_height (self->title, -lines);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_line (GtkWidget  *label,
          const char *text,
          const char *words)
{
  g_autoptr (PangoAttrList) marks = make_marks (text, words, NULL);

  gtk_label_set_attributes (GTK_LABEL (label), marks);
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

static void
set_state (PslListFace *self,
           const char  *text,
           const char  *state_class)
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

static void
set_language (PslListFace *self,
              const char  *tag)
{
  if (tag == NULL && self->language == NULL)
    return;

  if (self->language == NULL)
    {
      self->language = make_label (self, "language");
      gtk_widget_set_tooltip_text (self->language,
                                   _("Not translated into the language that records are shown in"));
    }
  if (tag != NULL)
    {
      g_autofree char *text = g_ascii_strup (tag, -1);

      gtk_label_set_label (GTK_LABEL (self->language), text);
    }
  gtk_widget_set_visible (self->language, tag != NULL);
}

static void
set_snippet (PslListFace *self,
             const char  *text,
             const char  *words)
{
  if (text == NULL && self->snippet == NULL)
    return;

  if (self->snippet == NULL)
    self->snippet = make_label (self, "caption");
  set_line (self->snippet, text, words);
  gtk_widget_set_visible (self->snippet, text != NULL);
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
get_state_size (PslListFace *self)
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

/* Allocates @child in the reading direction; @x from where a line begins. */
static void
place (PslListFace *self,
       GtkWidget   *child,
       int          x,
       int          y,
       int          width,
       int          height)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation area = { x, y, width, height };

  if (child == NULL || !gtk_widget_get_visible (child))
    return;
  if (mirrored)
    area.x = gtk_widget_get_width (GTK_WIDGET (self)) - x - width;
  gtk_widget_size_allocate (child, &area, -1);
}

static GtkSizeRequestMode
psl_list_face_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* Its row knows how high it is, and it takes the width that there is. */
static void
psl_list_face_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
}

static void
psl_list_face_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  PslListFace *self = PSL_LIST_FACE (widget);
  gboolean quotes = self->snippet != NULL && gtk_widget_get_visible (self->snippet);
  const GtkRequisition *state;
  GtkRequisition language;
  int caption, title_width, title_height, first, second, y;

  ensure_parts (self);
  caption = self->lines->caption;
  state = get_state_size (self);
  get_natural_size (self->language, &language);

  title_width = MAX (0, width - (state->width > 0 ? state->width + STATE_SPACING : 0));
  pango_layout_set_width (self->title, title_width * PANGO_SCALE);
  fit_title (self);
  pango_layout_get_pixel_size (self->title, NULL, &title_height);

  first = MAX (title_height, state->height);
  second = MAX (caption, language.height);
  y = MAX (0, (height - first - LINE_SPACING - second - (quotes ? LINE_SPACING + caption : 0)) / 2);
  self->title_y = y;
  place (self, self->state, width - state->width, y, state->width, state->height);

  y += first + LINE_SPACING;
  place (self, self->language, 0, y + (second - language.height) / 2, language.width, language.height);
  language.width += language.width > 0 ? LANGUAGE_SPACING : 0;
  place (self, self->facts, language.width, y + (second - caption) / 2, MAX (0, width - language.width), caption);

  y += second + LINE_SPACING;
  place (self, self->snippet, 0, y, width, caption);
}

static void
psl_list_face_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PslListFace *self = PSL_LIST_FACE (widget);
  GdkRGBA color;
  int x = 0;

  ensure_parts (self);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - PANGO_PIXELS (pango_layout_get_width (self->title));

  gtk_widget_get_color (widget, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, self->title_y));
  gtk_snapshot_append_layout (snapshot, self->title, &color);
  gtk_snapshot_restore (snapshot);

  GTK_WIDGET_CLASS (psl_list_face_parent_class)->snapshot (widget, snapshot);
}

static void
psl_list_face_css_changed (GtkWidget         *widget,
                           GtkCssStyleChange *change)
{
  PslListFace *self = PSL_LIST_FACE (widget);

  GTK_WIDGET_CLASS (psl_list_face_parent_class)->css_changed (widget, change);

  if (self->title != NULL)
    pango_layout_context_changed (self->title);
  gtk_widget_queue_allocate (widget);
}

static void
psl_list_face_dispose (GObject *object)
{
  PslListFace *self = PSL_LIST_FACE (object);

  g_clear_pointer (&self->state, gtk_widget_unparent);
  g_clear_pointer (&self->language, gtk_widget_unparent);
  g_clear_pointer (&self->facts, gtk_widget_unparent);
  g_clear_pointer (&self->snippet, gtk_widget_unparent);

  G_OBJECT_CLASS (psl_list_face_parent_class)->dispose (object);
}

static void
psl_list_face_finalize (GObject *object)
{
  PslListFace *self = PSL_LIST_FACE (object);

  g_clear_object (&self->title);
  g_free (self->found);
  g_free (self->words);
  g_free (self->state_class);

  G_OBJECT_CLASS (psl_list_face_parent_class)->finalize (object);
}

static void
psl_list_face_class_init (PslListFaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_list_face_dispose;
  object_class->finalize = psl_list_face_finalize;

  widget_class->get_request_mode = psl_list_face_get_request_mode;
  widget_class->measure = psl_list_face_measure;
  widget_class->size_allocate = psl_list_face_size_allocate;
  widget_class->snapshot = psl_list_face_snapshot;
  widget_class->css_changed = psl_list_face_css_changed;

  gtk_widget_class_set_css_name (widget_class, "record-face");
}

static void
psl_list_face_init (PslListFace *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "heading");
}

/**
 * psl_list_lines_get_height:
 *
 * Returns: room for a title of two lines and a line of facts, or for a title of
 *   one line, facts and a snippet, whatever a face shows; in pixels
 */
int
psl_list_lines_get_height (const PslListLines *lines)
{
  g_return_val_if_fail (lines != NULL, 0);

  return MAX (TITLE_LINES * lines->title + LINE_SPACING + lines->caption,
              lines->title + 2 * (LINE_SPACING + lines->caption));
}

/**
 * psl_list_lines_clear:
 *
 * Forgets what was measured.
 */
void
psl_list_lines_clear (PslListLines *lines)
{
  g_return_if_fail (lines != NULL);

  g_clear_pointer (&lines->states, g_hash_table_unref);
  *lines = (PslListLines) { 0 };
}

/**
 * psl_list_face_new:
 * @lines: what the list's lines measure, at the latest when the face is allocated;
 *   has to outlive it
 *
 * Returns: (transfer floating): a face that shows nothing yet
 */
GtkWidget *
psl_list_face_new (PslListLines *lines)
{
  PslListFace *self;

  g_return_val_if_fail (lines != NULL, NULL);

  self = g_object_new (PSL_TYPE_LIST_FACE, NULL);
  self->lines = lines;

  return GTK_WIDGET (self);
}

/**
 * psl_list_face_show:
 * @summary: (nullable): what the row says; %NULL for nothing
 * @quoted: (nullable): the text around what was searched for, where @summary
 *   doesn't have it
 * @words: (nullable): what was searched for, to be marked
 */
void
psl_list_face_show (PslListFace      *self,
                    const PslSummary *summary,
                    const char       *quoted,
                    const char       *words)
{
  g_return_if_fail (PSL_IS_LIST_FACE (self));

  ensure_parts (self);
  set_title (self, summary != NULL ? summary->title : NULL, words, quoted != NULL ? 1 : TITLE_LINES);
  set_line (self->facts, summary != NULL ? summary->facts : NULL, words);
  set_state (self, summary != NULL ? summary->state : NULL, summary != NULL ? summary->state_class : NULL);
  set_language (self, summary != NULL ? summary->other_language : NULL);
  set_snippet (self, quoted, words);
}

/**
 * psl_list_face_measure_lines:
 * @lines: (inout): what the lines measure in this face's fonts, from now on
 */
void
psl_list_face_measure_lines (PslListFace  *self,
                             PslListLines *lines)
{
  int title, caption;

  g_return_if_fail (PSL_IS_LIST_FACE (self));
  g_return_if_fail (lines != NULL);

  ensure_parts (self);
  title = get_line_height (GTK_WIDGET (self));
  caption = get_line_height (self->facts);
  if (title != lines->title || caption != lines->caption)
    psl_list_lines_clear (lines);
  lines->title = title;
  lines->caption = caption;
}

/**
 * psl_list_face_get_title:
 *
 * Returns: (transfer none): the title, from where it is shown
 */
const char *
psl_list_face_get_title (PslListFace *self)
{
  g_return_val_if_fail (PSL_IS_LIST_FACE (self), NULL);

  return self->title != NULL ? pango_layout_get_text (self->title) : "";
}
