/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>

#include "psl-list-face.h"
#include "psl-search.h"

struct _PslListFace
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *state;
  GtkLabel *language;
  GtkLabel *facts;
  GtkLabel *snippet;

  char *state_class;
};

G_DEFINE_FINAL_TYPE (PslListFace, psl_list_face, GTK_TYPE_BOX)

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
set_state (PslListFace *self,
           const char  *text,
           const char  *state_class)
{
  if (g_strcmp0 (self->state_class, state_class) != 0)
    {
      if (self->state_class != NULL)
        gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->state_class);
      if (state_class != NULL)
        gtk_widget_add_css_class (GTK_WIDGET (self->state), state_class);
      g_set_str (&self->state_class, state_class);
    }

  gtk_label_set_label (self->state, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), text != NULL);
}

static void
set_language (PslListFace *self,
              const char  *tag)
{
  g_autofree char *text = tag != NULL ? g_ascii_strup (tag, -1) : g_strdup ("");

  gtk_label_set_label (self->language, text);
  gtk_widget_set_visible (GTK_WIDGET (self->language), tag != NULL);
}

static void
psl_list_face_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_LIST_FACE);

  G_OBJECT_CLASS (psl_list_face_parent_class)->dispose (object);
}

static void
psl_list_face_finalize (GObject *object)
{
  g_free (PSL_LIST_FACE (object)->state_class);

  G_OBJECT_CLASS (psl_list_face_parent_class)->finalize (object);
}

static void
psl_list_face_class_init (PslListFaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_list_face_dispose;
  object_class->finalize = psl_list_face_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-list-face.ui");
  gtk_widget_class_bind_template_child (widget_class, PslListFace, title);
  gtk_widget_class_bind_template_child (widget_class, PslListFace, state);
  gtk_widget_class_bind_template_child (widget_class, PslListFace, language);
  gtk_widget_class_bind_template_child (widget_class, PslListFace, facts);
  gtk_widget_class_bind_template_child (widget_class, PslListFace, snippet);
}

static void
psl_list_face_init (PslListFace *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_list_face_new:
 *
 * Returns: (transfer floating): a face that shows nothing yet
 */
GtkWidget *
psl_list_face_new (void)
{
  return g_object_new (PSL_TYPE_LIST_FACE, NULL);
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

  set_text (self->title, summary != NULL ? summary->title : NULL, words);
  gtk_label_set_lines (self->title, quoted != NULL ? 1 : 2);
  gtk_label_set_wrap (self->title, quoted == NULL);
  set_text (self->facts, summary != NULL ? summary->facts : NULL, words);
  set_state (self, summary != NULL ? summary->state : NULL, summary != NULL ? summary->state_class : NULL);
  set_language (self, summary != NULL ? summary->other_language : NULL);
  set_text (self->snippet, quoted, words);
  gtk_widget_set_visible (GTK_WIDGET (self->snippet), quoted != NULL);
}

/**
 * psl_list_face_get_height:
 *
 * Returns: room for a title of two lines and a line of facts, or for a title of
 *   one line, facts and a snippet, whatever this face shows; in pixels
 */
int
psl_list_face_get_height (PslListFace *self)
{
  int spacing, title, caption;

  g_return_val_if_fail (PSL_IS_LIST_FACE (self), 0);

  spacing = gtk_box_get_spacing (GTK_BOX (self));
  title = get_line_height (self->title);
  caption = get_line_height (self->facts);

  return MAX (2 * title + spacing + caption, title + 2 * (spacing + caption));
}

/**
 * psl_list_face_is_filled:
 *
 * Returns: whether it shows a record
 */
gboolean
psl_list_face_is_filled (PslListFace *self)
{
  g_return_val_if_fail (PSL_IS_LIST_FACE (self), FALSE);

  return gtk_label_get_label (self->title)[0] != '\0';
}
