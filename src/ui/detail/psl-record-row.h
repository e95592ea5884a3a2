/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-record.h"

G_BEGIN_DECLS

/**
 * PslRecordRow:
 *
 * A row of a list box that leads to another record.
 */
#define PSL_TYPE_RECORD_ROW (psl_record_row_get_type ())
G_DECLARE_FINAL_TYPE (PslRecordRow, psl_record_row, PSL, RECORD_ROW, GtkListBoxRow)

GtkWidget  *psl_record_row_new       (void);
void        psl_record_row_bind      (PslRecordRow       *self,
                                      PslRecord          *record,
                                      const PslField     *link,
                                      const PslCodelists *codelists,
                                      const char         *language);
gint64      psl_record_row_get_rid   (PslRecordRow    *self);
const char *psl_record_row_get_owner (PslRecordRow    *self);

G_END_DECLS
