/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/* Says what a register is, who made it and what it holds, and gives the head of its journal
 * away. */
#define PSL_TYPE_PROPERTIES_DIALOG (psl_properties_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PslPropertiesDialog, psl_properties_dialog, PSL, PROPERTIES_DIALOG, AdwDialog)

PslPropertiesDialog *psl_properties_dialog_new (PslRegister *reg);

G_END_DECLS
