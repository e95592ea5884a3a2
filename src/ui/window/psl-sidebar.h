/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-counts.h"

G_BEGIN_DECLS

/*
 * The collections: one a kind of record, and the trash.
 *
 * Signals:
 *   chosen (gpointer collection)  the person went to a #PslCollection
 */
#define PSL_TYPE_SIDEBAR (psl_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (PslSidebar, psl_sidebar, PSL, SIDEBAR, AdwNavigationPage)

void psl_sidebar_set_register_name (PslSidebar          *self,
                                    const char          *name);
void psl_sidebar_set_counts        (PslSidebar          *self,
                                    PslCounts           *counts);
void psl_sidebar_focus             (PslSidebar          *self);
void psl_sidebar_open_menu         (PslSidebar          *self);
void psl_sidebar_set_collection    (PslSidebar          *self,
                                    const PslCollection *collection);

G_END_DECLS
