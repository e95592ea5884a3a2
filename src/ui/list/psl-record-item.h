/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-record.h"

G_BEGIN_DECLS

/*
 * A place in a list of records: which record stands there, and the record
 * itself once it is read. The same object stands for a record as long as anyone
 * holds it, through edits, new orders and other filters.
 *
 * Signals:
 *   changed  the record was read, or read again
 */
#define PSL_TYPE_RECORD_ITEM (psl_record_item_get_type ())
G_DECLARE_FINAL_TYPE (PslRecordItem, psl_record_item, PSL, RECORD_ITEM, GObject)

PslRecordItem *psl_record_item_new         (gint64         rid);
gint64         psl_record_item_get_rid     (PslRecordItem *self);
PslRecord     *psl_record_item_get_record  (PslRecordItem *self);
const char    *psl_record_item_get_snippet (PslRecordItem *self);
void           psl_record_item_set_record  (PslRecordItem *self,
                                            PslRecord     *record,
                                            const char    *snippet);

G_END_DECLS
