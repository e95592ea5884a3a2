/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/*
 * The preferences, and the backups of the register.
 *
 * Signals:
 *   back-up ()                  the person wants a backup made now
 *   restore (const char *path)  the person wants that backup in the register's place
 */
#define PSL_TYPE_PREFERENCES_DIALOG (psl_preferences_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PslPreferencesDialog, psl_preferences_dialog, PSL, PREFERENCES_DIALOG, AdwPreferencesDialog)

PslPreferencesDialog *psl_preferences_dialog_new          (PslRegister          *reg,
                                                           const char           *path);
void                  psl_preferences_dialog_show_backups (PslPreferencesDialog *self);

G_END_DECLS
