/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/**
 * PslListsPage:
 *
 * The page of the preferences that names the code lists which can be extended, and leads to
 * a page for each.
 */
#define PSL_TYPE_LISTS_PAGE (psl_lists_page_get_type ())
G_DECLARE_FINAL_TYPE (PslListsPage, psl_lists_page, PSL, LISTS_PAGE, AdwPreferencesPage)

void psl_lists_page_set_register (PslListsPage *self,
                                  PslRegister  *reg);

G_END_DECLS
