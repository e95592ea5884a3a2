/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/*
 * The page right of the list: one record, every field of it edited in place.
 *
 * Signals:
 *   open-record (gint64 rid)         a link to another record was followed
 *   stored (gint64 rid)              a new record is in the register
 *   overtaken (const char *message)  a value that is typed in has become another one
 */
#define PSL_TYPE_DETAIL_PAGE (psl_detail_page_get_type ())
G_DECLARE_FINAL_TYPE (PslDetailPage, psl_detail_page, PSL, DETAIL_PAGE, AdwNavigationPage)

PslDetailPage *psl_detail_page_new          (void);
void           psl_detail_page_set_register (PslDetailPage *self,
                                             PslRegister   *reg);
void           psl_detail_page_show         (PslDetailPage *self,
                                             gint64         rid);
void           psl_detail_page_show_new     (PslDetailPage *self,
                                             const PslKind *kind);
gboolean       psl_detail_page_is_new       (PslDetailPage *self);
guint          psl_detail_page_count_unstored (PslDetailPage *self);
guint          psl_detail_page_count_drafts (PslDetailPage *self);
const char    *psl_detail_page_get_draft    (PslDetailPage *self);
gboolean       psl_detail_page_shows_part   (PslDetailPage *self,
                                             PslRecord     *part);
void           psl_detail_page_set_has_choice (PslDetailPage *self,
                                               gboolean       has_choice);
void           psl_detail_page_focus_title  (PslDetailPage *self,
                                             gint64         rid);
void           psl_detail_page_enter        (PslDetailPage *self,
                                             gint64         rid);
gboolean       psl_detail_page_flush        (PslDetailPage *self);
void           psl_detail_page_set_next     (PslDetailPage   *self,
                                             const PslAction *next_undo,
                                             const PslAction *next_redo);
void           psl_detail_page_set_narrow   (PslDetailPage *self,
                                             gboolean       narrow);

G_END_DECLS
