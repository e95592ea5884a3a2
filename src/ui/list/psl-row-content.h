/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-summary.h"

G_BEGIN_DECLS

/* Heights of lines, in pixels, the sizes of states and the widths of years by their
 * texts: the same for all rows of a list, and far more work to find out than to keep. */
typedef struct
{
  int title;
  int caption;
  GHashTable *states;
  GHashTable *years;
} PslRowLines;

int  psl_row_lines_get_height (const PslRowLines *lines);
void psl_row_lines_clear      (PslRowLines       *lines);

/* The looks of a row of the list: title, state, facts, and the text around the words that
 * were searched for. */
#define PSL_TYPE_ROW_CONTENT (psl_row_content_get_type ())
G_DECLARE_FINAL_TYPE (PslRowContent, psl_row_content, PSL, ROW_CONTENT, GtkWidget)

GtkWidget  *psl_row_content_new              (PslRowLines       *lines);
void        psl_row_content_show             (PslRowContent        *self,
                                            const PslSummary   *summary,
                                            const char         *quoted,
                                            const char         *words);
void        psl_row_content_measure_lines    (PslRowContent        *self,
                                            PslRowLines       *lines);
int         psl_row_content_get_whole_height (PslRowContent        *self);
const char *psl_row_content_get_title        (PslRowContent        *self);
const char *psl_row_content_get_snippet      (PslRowContent        *self);

G_END_DECLS
