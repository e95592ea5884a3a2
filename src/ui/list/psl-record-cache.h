/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-record-item.h"

G_BEGIN_DECLS

/*
 * The records that rows have shown lately, at most a given number of them: the
 * longest unused goes first.
 */
typedef struct _PslRecordCache PslRecordCache;

PslRecordCache *psl_record_cache_new    (guint           most);
void            psl_record_cache_free   (PslRecordCache *self);
void            psl_record_cache_put    (PslRecordCache *self,
                                         PslRecord      *record,
                                         const char     *snippet);
gboolean        psl_record_cache_contains (PslRecordCache *self,
                                         gint64          rid);
gboolean        psl_record_cache_fill   (PslRecordCache *self,
                                         PslRecordItem  *item);
void            psl_record_cache_remove (PslRecordCache *self,
                                         gint64          rid);
void            psl_record_cache_clear  (PslRecordCache *self);

G_END_DECLS
