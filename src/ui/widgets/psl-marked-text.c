/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-marked-text.h"

#include <adwaita.h>

#include "psl-search.h"

/* Excerpts of a text whose beginning would leave out the words that were searched for: the
 * most characters a line, and the least, however narrow the widget is. */
#define EXCERPT_CHARS 40
#define SHORTEST_EXCERPT 10

static void
set_layout (PangoLayout *layout,
            const char  *text,
            const char  *words,
            guint       *first_end)
{
  g_autoptr (PangoAttrList) marks = psl_marked_text_new_marks (text, words, first_end);

  pango_layout_set_text (layout, text, -1);
  pango_layout_set_attributes (layout, marks);
}

/* Where a text is cut off, as an index into it. */
static int
find_cut (PangoLayout *layout)
{
  int last = pango_layout_get_line_count (layout) - 1;

  if (!pango_layout_is_ellipsized (layout))
    return G_MAXINT;

  for (GSList *l = pango_layout_get_line_readonly (layout, last)->runs; l != NULL; l = l->next)
    {
      const PangoGlyphItem *run = l->data;

      if ((run->item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS) != 0)
        return run->item->offset;
    }

  return G_MAXINT;
}

/**
 * psl_marked_text_new_marks:
 * @text: (nullable): a text
 * @words: (nullable): the words that are searched for
 * @first_end: (out) (optional): where the first match ends; set where there is one
 *
 * Marks are underlined and on a tint of the accent colour, so that it doesn't take
 * colour to see them.
 *
 * Returns: (transfer full) (nullable): attributes that mark @words in @text; %NULL
 *   where it doesn't have them
 */
PangoAttrList *
psl_marked_text_new_marks (const char *text,
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

/**
 * psl_marked_text_init:
 * @self: an empty text: all zero
 * @widget: the widget whose fonts it is drawn in
 * @n_lines: how many lines it may take
 *
 * Called where @widget has its place: elsewhere its fonts would be looked up for
 * nothing.
 */
void
psl_marked_text_init (PslMarkedText *self,
                      GtkWidget     *widget,
                      guint          n_lines)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (n_lines > 0);

  self->layout = gtk_widget_create_pango_layout (widget, NULL);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  psl_marked_text_set_lines (self, n_lines);
}

/**
 * psl_marked_text_set_lines:
 * @n_lines: how many lines it may take from now on
 */
void
psl_marked_text_set_lines (PslMarkedText *self,
                           guint          n_lines)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->layout != NULL);
  g_return_if_fail (n_lines > 0);

  self->n_lines = n_lines;
  pango_layout_set_height (self->layout, -(int) n_lines);
}

/**
 * psl_marked_text_clear:
 *
 * Makes it an empty text again.
 */
void
psl_marked_text_clear (PslMarkedText *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->layout);
  g_clear_pointer (&self->found, g_free);
  g_clear_pointer (&self->words, g_free);
}

/**
 * psl_marked_text_set:
 * @text: the text
 * @words: (nullable): the words that are searched for
 */
void
psl_marked_text_set (PslMarkedText *self,
                     const char    *text,
                     const char    *words)
{
  gboolean found;

  g_return_if_fail (self != NULL);
  g_return_if_fail (self->layout != NULL);
  g_return_if_fail (text != NULL);

  self->found_end = 0;
  set_layout (self->layout, text, words, &self->found_end);
  found = self->found_end > 0;
  g_set_str (&self->found, found ? text : NULL);
  g_set_str (&self->words, found ? words : NULL);
}

/**
 * psl_marked_text_restyle:
 *
 * The style of its widget is another.
 */
void
psl_marked_text_restyle (PslMarkedText *self)
{
  g_return_if_fail (self != NULL);

  if (self->layout != NULL)
    pango_layout_context_changed (self->layout);
}

/**
 * psl_marked_text_fit:
 * @width: in pixels
 *
 * Lays the text out in @width: the whole, or as much of its beginning as there is
 * room for, or a part around the first match where that would be cut off.
 *
 * Returns: the height that it takes, in pixels
 */
int
psl_marked_text_fit (PslMarkedText *self,
                     int            width)
{
  guint end;
  int height;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (self->layout != NULL, 0);

  pango_layout_set_width (self->layout, width * PANGO_SCALE);
  end = self->found_end;
  if (self->found != NULL && !g_str_equal (pango_layout_get_text (self->layout), self->found))
    set_layout (self->layout, self->found, self->words, NULL);

  for (guint n_chars = self->n_lines * EXCERPT_CHARS;
       self->found != NULL && n_chars >= SHORTEST_EXCERPT && (int) end > find_cut (self->layout);
       n_chars /= 2)
    {
      g_autofree char *part = psl_search_snippet (self->found, self->words, n_chars, NULL);

      set_layout (self->layout, part, self->words, &end);
    }
  pango_layout_get_pixel_size (self->layout, NULL, &height);

  return height;
}

/**
 * psl_marked_text_draw:
 * @snapshot: the snapshot of its widget
 * @color: the colour of the text
 */
void
psl_marked_text_draw (const PslMarkedText *self,
                      GtkSnapshot         *snapshot,
                      const GdkRGBA       *color)
{
  g_return_if_fail (self != NULL);

  if (self->layout == NULL)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, self->y));
  gtk_snapshot_append_layout (snapshot, self->layout, color);
  gtk_snapshot_restore (snapshot);
}
