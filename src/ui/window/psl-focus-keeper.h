/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-list-page.h"

G_BEGIN_DECLS

/*
 * Keeps the focus of a window from resting on nothing: it goes back to the page when a dialog
 * or a toast goes, and on in the list or in the dialog in front when the widget that had it
 * is gone.
 */
#define PSL_TYPE_FOCUS_KEEPER (psl_focus_keeper_get_type ())
G_DECLARE_FINAL_TYPE (PslFocusKeeper, psl_focus_keeper, PSL, FOCUS_KEEPER, GObject)

PslFocusKeeper *psl_focus_keeper_new            (AdwApplicationWindow *window,
                                                 GtkWidget            *page);
void            psl_focus_keeper_set_list       (PslFocusKeeper *self,
                                                 PslListPage    *list);
void            psl_focus_keeper_return_to_page (PslFocusKeeper *self);
void            psl_focus_keeper_repair_chain   (PslFocusKeeper *self);

G_END_DECLS
