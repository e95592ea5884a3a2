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
} PslListLines;

int  psl_list_lines_get_height (const PslListLines *lines);
void psl_list_lines_clear      (PslListLines       *lines);

/* What a row of the list looks like: title, state, facts, and the text around
 * what was searched for. */
#define PSL_TYPE_LIST_FACE (psl_list_face_get_type ())
G_DECLARE_FINAL_TYPE (PslListFace, psl_list_face, PSL, LIST_FACE, GtkWidget)

GtkWidget  *psl_list_face_new              (PslListLines       *lines);
void        psl_list_face_show             (PslListFace        *self,
                                            const PslSummary   *summary,
                                            const char         *quoted,
                                            const char         *words);
void        psl_list_face_measure_lines    (PslListFace        *self,
                                            PslListLines       *lines);
int         psl_list_face_get_whole_height (PslListFace        *self);
const char *psl_list_face_get_title        (PslListFace        *self);
const char *psl_list_face_get_snippet      (PslListFace        *self);

G_END_DECLS
