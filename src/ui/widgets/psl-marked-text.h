/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PslMarkedText:
 * @layout: the text as it is drawn; %NULL before psl_marked_text_init()
 * @n_lines: how many lines it may take
 * @y: where in its widget it is drawn, in pixels; set by its owner
 * @found: (nullable): the whole text, where it has words that were searched for
 * @words: (nullable): those words
 * @found_end: where in @found the first match ends
 *
 * A text that marks the words that were searched for, and shows the part that has them where
 * there is no room for the whole. It is drawn by the widget that owns it.
 */
typedef struct
{
  PangoLayout *layout;
  guint n_lines;
  int y;
  char *found;
  char *words;
  guint found_end;
} PslMarkedText;

void           psl_marked_text_init      (PslMarkedText       *self,
                                          GtkWidget           *widget,
                                          guint                n_lines);
void           psl_marked_text_set_lines (PslMarkedText       *self,
                                          guint                n_lines);
void           psl_marked_text_clear     (PslMarkedText       *self);
void           psl_marked_text_set       (PslMarkedText       *self,
                                          const char          *text,
                                          const char          *words);
void           psl_marked_text_restyle   (PslMarkedText       *self);
int            psl_marked_text_fit       (PslMarkedText       *self,
                                          int                  width);
void           psl_marked_text_draw      (const PslMarkedText *self,
                                          GtkSnapshot         *snapshot,
                                          const GdkRGBA       *color);

PangoAttrList *psl_marked_text_new_marks (const char          *text,
                                          const char          *words,
                                          guint               *first_end);

G_END_DECLS
