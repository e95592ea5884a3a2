/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/**
 * PslEntriesPage:
 *
 * The entries of a code list that can be extended, in their order, with their names in both
 * languages: they can be added, moved, withdrawn and restored, and each leads to a page on
 * which it is renamed. A page of an #AdwPreferencesDialog.
 */
#define PSL_TYPE_ENTRIES_PAGE (psl_entries_page_get_type ())
G_DECLARE_FINAL_TYPE (PslEntriesPage, psl_entries_page, PSL, ENTRIES_PAGE, AdwNavigationPage)

PslEntriesPage *psl_entries_page_new (PslRegister *reg,
                                      const char  *list);

G_END_DECLS
