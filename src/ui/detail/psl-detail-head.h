/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-editor.h"

G_BEGIN_DECLS

/**
 * PslDetailHead:
 *
 * The top of a record's page: its title in both languages, the facts people ask for first,
 * and the problems, each once.
 *
 * Signals:
 *   problem-activated (PslProblem *problem)  the person wants to see the field
 */
#define PSL_TYPE_DETAIL_HEAD (psl_detail_head_get_type ())
G_DECLARE_FINAL_TYPE (PslDetailHead, psl_detail_head, PSL, DETAIL_HEAD, GtkBox)

GtkWidget  *psl_detail_head_new          (const PslKind  *kind,
                                          const char *const *languages,
                                          GPtrArray      *editors);
void        psl_detail_head_show         (PslDetailHead      *self,
                                          PslRecord          *record,
                                          const PslCodelists *codelists);
void        psl_detail_head_set_problems (PslDetailHead  *self,
                                          GPtrArray      *problems);

G_END_DECLS
