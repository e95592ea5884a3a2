/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void psl_combo_row_set_choices (AdwComboRow   *row,
                                GtkStringList *choices);

G_END_DECLS
