/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PslTextView:
 *
 * A text view that stands in a page as a label would: as high as its text at
 * the width it is given, with a placeholder, and scrolling the page so that the
 * cursor stays in sight.
 */
#define PSL_TYPE_TEXT_VIEW (psl_text_view_get_type ())
G_DECLARE_FINAL_TYPE (PslTextView, psl_text_view, PSL, TEXT_VIEW, GtkTextView)

GtkWidget  *psl_text_view_new              (void);
char       *psl_text_view_dup_text         (PslTextView  *self);
void        psl_text_view_set_text         (PslTextView  *self,
                                            const char   *text);
void        psl_text_view_set_placeholder  (PslTextView  *self,
                                            const char   *placeholder);
void        psl_text_view_set_language     (PslTextView  *self,
                                            const char   *language);
void        psl_text_view_show_cursor      (PslTextView  *self);

G_END_DECLS
