/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-collection.h"
#include "psl-record-model.h"

G_BEGIN_DECLS

/*
 * The records of a list, or a note instead of them: that there are none, that none fit, that
 * they can't be read.
 *
 * Signals:
 *   activated  the person went for the selected record
 *   entered    and wants to go on in it, by keyboard
 *   clear      the person wants no search and no filters
 */
#define PSL_TYPE_RECORD_VIEW (psl_record_view_get_type ())
G_DECLARE_FINAL_TYPE (PslRecordView, psl_record_view, PSL, RECORD_VIEW, AdwBin)

void     psl_record_view_set_model      (PslRecordView       *self,
                                         PslRecordModel      *model);
void     psl_record_view_set_collection (PslRecordView       *self,
                                         const PslCollection *collection);
guint    psl_record_view_count_rows     (PslRecordView       *self);
void     psl_record_view_reveal         (PslRecordView       *self,
                                         gint64               rid);
void     psl_record_view_focus          (PslRecordView       *self);
gboolean psl_record_view_enter          (PslRecordView       *self);

G_END_DECLS
