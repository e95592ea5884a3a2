/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-store.h"

G_BEGIN_DECLS

/*
 * Two buttons that undo and redo, and name the action.
 */
#define PSL_TYPE_UNDO_BUTTONS (psl_undo_buttons_get_type ())
G_DECLARE_FINAL_TYPE (PslUndoButtons, psl_undo_buttons, PSL, UNDO_BUTTONS, GtkBox)

void psl_undo_buttons_set_next (PslUndoButtons  *self,
                                const PslAction *next_undo,
                                const PslAction *next_redo);

G_END_DECLS
