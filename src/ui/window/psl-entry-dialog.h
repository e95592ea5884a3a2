/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/**
 * PslEntryDialog:
 *
 * Asks for the names of a code that a record has and its list doesn't, and adds it to the
 * list.
 *
 * Signal:
 *   added (const char *what, gint64 action)  the code is in the list: what was done, for a
 *                                            message, and the action that did it
 */
#define PSL_TYPE_ENTRY_DIALOG (psl_entry_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PslEntryDialog, psl_entry_dialog, PSL, ENTRY_DIALOG, AdwDialog)

PslEntryDialog *psl_entry_dialog_new (PslRegister *reg,
                                      const char  *list,
                                      const char  *code);

G_END_DECLS
