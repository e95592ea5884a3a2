/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-parts-table.h"

G_BEGIN_DECLS

/**
 * PslDetailSheet:
 *
 * The page of records of one kind, made from the kind's description: made once,
 * and bound to one record after another.
 *
 * Signals:
 *   committed (PslEditor *editor, const char *value)  to be stored
 *   text-view-chosen (const char *view, gboolean wide)  which long texts to show
 */
#define PSL_TYPE_DETAIL_SHEET (psl_detail_sheet_get_type ())
G_DECLARE_FINAL_TYPE (PslDetailSheet, psl_detail_sheet, PSL, DETAIL_SHEET, GtkWidget)

GtkWidget  *psl_detail_sheet_new           (const PslKind      *kind,
                                            const PslCodelists *codelists,
                                            const char *const  *languages);
gboolean    psl_detail_sheet_has_languages (PslDetailSheet   *self,
                                            const char *const *languages);
void        psl_detail_sheet_adapt         (PslDetailSheet   *self,
                                            int               width);
GPtrArray  *psl_detail_sheet_get_editors   (PslDetailSheet   *self);
PslEditor  *psl_detail_sheet_find_editor   (PslDetailSheet   *self,
                                            const PslField   *field,
                                            const char       *language);
PslEditor  *psl_detail_sheet_find_around   (PslDetailSheet   *self,
                                            GtkWidget        *widget);
PslPartsTable *psl_detail_sheet_find_table (PslDetailSheet   *self,
                                            const PslField   *field);
PslEditor  *psl_detail_sheet_find_refused  (PslDetailSheet   *self);
guint       psl_detail_sheet_count_unstored (PslDetailSheet *self);
const PslField *psl_detail_sheet_find_unstored_parts (PslDetailSheet *self);
void        psl_detail_sheet_bind          (PslDetailSheet   *self,
                                            PslRegister      *reg,
                                            PslRecord        *record);
void        psl_detail_sheet_unbind        (PslDetailSheet   *self);
void            psl_detail_sheet_show_remarks (PslDetailSheet *self,
                                               GPtrArray      *remarks);
void        psl_detail_sheet_show_facts    (PslDetailSheet   *self,
                                            PslRegister      *reg,
                                            PslRecord        *record,
                                            const PslSettingValues *settings);
void        psl_detail_sheet_show_problems (PslDetailSheet   *self);
void        psl_detail_sheet_leave_fields (PslDetailSheet *self);
void        psl_detail_sheet_set_editable  (PslDetailSheet   *self,
                                            gboolean          editable);
void        psl_detail_sheet_set_text_view (PslDetailSheet   *self,
                                            const char       *wide,
                                            const char       *narrow);
double      psl_detail_sheet_get_scrolled  (PslDetailSheet   *self);
void        psl_detail_sheet_scroll        (PslDetailSheet   *self,
                                            double            top);
gboolean    psl_detail_sheet_flush         (PslDetailSheet   *self);

G_END_DECLS
