/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"
#include "psl-store-entry.h"

G_BEGIN_DECLS

/**
 * PslEntryPage:
 *
 * The names of an entry of a code list, or the form for a new one. A page of an
 * #AdwPreferencesDialog.
 *
 * Signals:
 *   edited (PslEntryEdit *edit)  what the person wants changed
 */
#define PSL_TYPE_ENTRY_PAGE (psl_entry_page_get_type ())
G_DECLARE_FINAL_TYPE (PslEntryPage, psl_entry_page, PSL, ENTRY_PAGE, AdwNavigationPage)

PslEntryPage *psl_entry_page_new        (PslRegister  *reg,
                                         const char   *list,
                                         const char   *code);
PslEntryPage *psl_entry_page_new_adding (PslRegister  *reg,
                                         const char   *list,
                                         const char   *code);
GtkWidget    *psl_entry_page_get_first  (PslEntryPage *self);
void          psl_entry_page_refuse     (PslEntryPage *self,
                                         const GError *error);

void          psl_entry_page_write      (const PslEntryEdit  *edit,
                                         PslRegister         *reg,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
char         *psl_entry_page_describe   (const PslEntryEdit *edit,
                                         const PslCodelists *codelists);

G_END_DECLS
