/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-detail-sheet.h"

G_BEGIN_DECLS

/**
 * PslDetailSheets:
 *
 * The sheets of a page, made when they are needed: one for each kind of record and set of
 * languages that its texts are in.
 */
typedef struct _PslDetailSheets PslDetailSheets;

/* Called with each sheet that is made. */
typedef void (*PslDetailSheetMade) (PslDetailSheet *sheet,
                                    gpointer        data);

PslDetailSheets *psl_detail_sheets_new    (GtkStack           *stack,
                                           PslDetailSheetMade  made,
                                           gpointer            data);
void             psl_detail_sheets_free   (PslDetailSheets    *self);
PslDetailSheet  *psl_detail_sheets_ensure (PslDetailSheets    *self,
                                           PslRegister        *reg,
                                           PslRecord          *record,
                                           PslDetailSheet     *present);
void             psl_detail_sheets_clear  (PslDetailSheets    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslDetailSheets, psl_detail_sheets_free)

G_END_DECLS
