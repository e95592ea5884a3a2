/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/*
 * The history of the register: its actions, the newest first, to be undone.
 *
 * Signals:
 *   undo (PslAction *action)  the person wants the action undone
 *   redo (PslAction *action)  the person wants the action done again
 */
#define PSL_TYPE_ACTIVITY_DIALOG (psl_activity_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PslActivityDialog, psl_activity_dialog, PSL, ACTIVITY_DIALOG, AdwDialog)

AdwDialog *psl_activity_dialog_new (PslRegister *reg);

G_END_DECLS
