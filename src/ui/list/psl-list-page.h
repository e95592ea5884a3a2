/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-counts.h"
#include "psl-collection.h"
#include "psl-record-model.h"

G_BEGIN_DECLS

/*
 * The list of a collection: search, filters, order, and the records.
 *
 * Signals:
 *   activated           the person went for the selected record
 *   entered             and wants to go on in it, by keyboard
 *   search-changed (const char *words)  other words are searched for
 */
#define PSL_TYPE_LIST_PAGE (psl_list_page_get_type ())
G_DECLARE_FINAL_TYPE (PslListPage, psl_list_page, PSL, LIST_PAGE, AdwNavigationPage)

void            psl_list_page_set_register  (PslListPage    *self,
                                             PslRegister    *reg,
                                             PslCounts      *counts);
void            psl_list_page_set_collection     (PslListPage    *self,
                                             const PslCollection *collection);
const PslCollection *psl_list_page_get_collection     (PslListPage    *self);
void            psl_list_page_set_language  (PslListPage    *self,
                                             const char     *language);
PslRecordModel *psl_list_page_get_model     (PslListPage    *self);
void            psl_list_page_search        (PslListPage    *self,
                                             const char     *words);
void            psl_list_page_focus_search  (PslListPage    *self);
void            psl_list_page_focus_list    (PslListPage    *self);
void            psl_list_page_clear_filters (PslListPage    *self);
void            psl_list_page_show_action   (PslListPage    *self,
                                             gint64          action);
void            psl_list_page_reveal        (PslListPage    *self,
                                             gint64          rid);

G_END_DECLS
