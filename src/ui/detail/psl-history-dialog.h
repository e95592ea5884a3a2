/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/*
 * The changes of a record, the newest first, each of which can be taken back.
 *
 * Signals:
 *   undo (PslChange *change)  the person wants the action of the change undone
 */
#define PSL_TYPE_HISTORY_DIALOG (psl_history_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PslHistoryDialog, psl_history_dialog, PSL, HISTORY_DIALOG, AdwDialog)

AdwDialog *psl_history_dialog_new     (PslRegister      *reg,
                                       gint64            rid,
                                       const char       *language);
gint64     psl_history_dialog_get_rid (PslHistoryDialog *self);

G_END_DECLS
