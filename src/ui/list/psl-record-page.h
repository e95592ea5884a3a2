/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslRecordPage:
 * @records: (element-type PslRecord): records with their listed fields
 * @snippets: (element-type utf8): for each, where something is searched for, the
 *   text around it that its summary doesn't have, or ""
 *
 * What rows show of some records.
 */
typedef struct
{
  GPtrArray *records;
  GPtrArray *snippets;
} PslRecordPage;

PslRecordPage *psl_record_page_read        (PslStore             *store,
                                            const gint64         *rids,
                                            gsize                 n_rids,
                                            const char           *language,
                                            const char           *search,
                                            GCancellable         *cancellable,
                                            GError              **error);
const char    *psl_record_page_get_snippet (const PslRecordPage  *page,
                                            guint                 nth);
void           psl_record_page_free        (PslRecordPage        *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslRecordPage, psl_record_page_free)

G_END_DECLS
