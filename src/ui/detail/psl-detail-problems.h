/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-detail-head.h"
#include "psl-editor.h"
#include "psl-register.h"

G_BEGIN_DECLS

/*
 * The problems of the record on a page: each is shown once, below its field, and listed in
 * the head of the page. A field that is being typed in shows no new ones.
 */
#define PSL_TYPE_DETAIL_PROBLEMS (psl_detail_problems_get_type ())
G_DECLARE_FINAL_TYPE (PslDetailProblems, psl_detail_problems, PSL, DETAIL_PROBLEMS, GObject)

PslDetailProblems *psl_detail_problems_new         (PslDetailHead          *head,
                                                    GPtrArray              *editors,
                                                    GPtrArray              *tables);
PslEditor         *psl_detail_problems_find_editor (PslDetailProblems      *self,
                                                    const PslProblem       *problem);
void               psl_detail_problems_check       (PslDetailProblems      *self,
                                                    PslRegister            *reg,
                                                    PslRecord              *record,
                                                    const PslSettingValues *settings);
void               psl_detail_problems_show        (PslDetailProblems      *self);
void               psl_detail_problems_show_later  (PslDetailProblems      *self);
void               psl_detail_problems_forget      (PslDetailProblems      *self);
void               psl_detail_problems_set_remarks (PslDetailProblems      *self,
                                                    GPtrArray              *remarks);
void               psl_detail_problems_stop        (PslDetailProblems      *self);

G_END_DECLS
