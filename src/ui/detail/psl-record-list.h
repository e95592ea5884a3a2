/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-register.h"

G_BEGIN_DECLS

/**
 * PslRecordList:
 *
 * A heading and below it the records that a query finds, each a row that leads
 * to it; the first ones at once, the rest in portions. Hidden while there is
 * none.
 */
#define PSL_TYPE_RECORD_LIST (psl_record_list_get_type ())
G_DECLARE_FINAL_TYPE (PslRecordList, psl_record_list, PSL, RECORD_LIST, GtkWidget)

GtkWidget  *psl_record_list_new         (const char     *title,
                                         const PslField *link);
void        psl_record_list_show        (PslRecordList  *self,
                                         PslRegister    *reg,
                                         PslQuery       *query);
void        psl_record_list_clear       (PslRecordList  *self);
void        psl_record_list_set_summary (PslRecordList  *self,
                                         const char     *summary);

G_END_DECLS
