/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-record-item.h"
#include "psl-register.h"

G_BEGIN_DECLS

/*
 * The records that a query finds, as a list model that is its own selection.
 *
 *   query ──▶ first page ─▶ all ids ──▶ GListModel of PslRecordItem
 *                              │              │ request (rows on show)
 *   changed ──▶ all ids ──▶ splices           ▼
 *                                     batches of records ─▶ bounded cache
 *
 * The first page of a query is put in the place of as many rows of the list before,
 * which goes when the page is drawn; psl_record_model_hold() tells.
 *
 * Ids are an array, so that a position is an id at once; an item exists only while somebody
 * holds it; its record is read when a row asks for it. When records change, only records that
 * moved, came or went are announced. The selection hangs on the record and not on the
 * position.
 *
 * Signals:
 *   loaded (gboolean fresh)  the list is there: all of it, or its first page;
 *                            @fresh where it answers another query than before
 *   moved                    the chosen record stands among others than before
 *   failed (GError *error)   the list, or records of it, can't be read
 *
 * Properties:
 *   selected (gint64)  the chosen record, or 0; it may stand outside the list
 */
#define PSL_TYPE_RECORD_MODEL (psl_record_model_get_type ())
G_DECLARE_FINAL_TYPE (PslRecordModel, psl_record_model, PSL, RECORD_MODEL, GObject)

PslRecordModel *psl_record_model_new          (void);
void            psl_record_model_set_register (PslRecordModel *self,
                                               PslRegister    *reg);
void            psl_record_model_set_query    (PslRecordModel *self,
                                               PslQuery       *query);
void            psl_record_model_set_page     (PslRecordModel *self,
                                               guint           n);
void            psl_record_model_retry        (PslRecordModel *self);
const GError   *psl_record_model_get_error    (PslRecordModel *self);
PslRegister    *psl_record_model_get_register (PslRecordModel *self);
PslQuery       *psl_record_model_get_query    (PslRecordModel *self);
gboolean        psl_record_model_is_narrowed  (PslRecordModel *self);
gboolean        psl_record_model_is_loading   (PslRecordModel *self);
gboolean        psl_record_model_is_complete  (PslRecordModel *self);
void            psl_record_model_hold         (PslRecordModel *self);
void            psl_record_model_release      (PslRecordModel *self);
gint64          psl_record_model_get_rid      (PslRecordModel *self,
                                               guint           position);
guint           psl_record_model_find         (PslRecordModel *self,
                                               gint64          rid);
gint64          psl_record_model_get_selected (PslRecordModel *self);
gint64          psl_record_model_get_neighbour (PslRecordModel *self,
                                                gboolean        after);
void            psl_record_model_select       (PslRecordModel *self,
                                               gint64          rid);
void            psl_record_model_keep         (PslRecordModel *self,
                                               gint64          rid);
void            psl_record_model_request      (PslRecordModel *self,
                                               PslRecordItem  *item);

G_END_DECLS
