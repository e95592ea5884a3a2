/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/* The long work of a register, see psl_register_get_work(): its name and progress, and a
 * button that stops it. It is visible only while that goes on for a while. */
#define PSL_TYPE_WORK_BAR (psl_work_bar_get_type ())
G_DECLARE_FINAL_TYPE (PslWorkBar, psl_work_bar, PSL, WORK_BAR, AdwBin)

GtkWidget *psl_work_bar_new          (PslRegister *reg);
void       psl_work_bar_set_register (PslWorkBar  *self,
                                      PslRegister *reg);

G_END_DECLS
