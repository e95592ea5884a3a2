/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/*
 * The form in which records are written for a spreadsheet: headings and names in
 * words, numbers as the locale writes them, nothing that a spreadsheet runs. An
 * import reads it back as the same values.
 */
typedef struct _PslSheet PslSheet;

PslSheet   *psl_sheet_new            (PslStore        *store,
                                      const char      *language);
void        psl_sheet_free           (PslSheet        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslSheet, psl_sheet_free)
char       *psl_sheet_dup_heading    (PslSheet        *self,
                                      const PslField  *field,
                                      const char      *language);
char       *psl_sheet_dup_currency_heading (PslSheet       *self,
                                            const PslField *field);
char       *psl_sheet_dup_cell       (PslSheet        *self,
                                      const PslField  *field,
                                      const char      *value,
                                      GError         **error);
char        psl_sheet_get_delimiter  (void);
char       *psl_sheet_guard          (const char      *text);
const char *psl_sheet_unguard        (const char      *cell);

G_END_DECLS
