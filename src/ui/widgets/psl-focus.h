/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

gboolean psl_focus_is_in       (GtkWidget  *widget);
gboolean psl_focus_move        (GtkWidget        *widget,
                                GtkDirectionType  direction);
void     psl_focus_hand_on     (GtkWidget  *widget);
void     psl_focus_hide        (GtkWidget  *widget);
void     psl_focus_begin_in    (AdwDialog  *dialog,
                                GtkWidget  *to);
void     psl_focus_return_from (GtkPopover *popover,
                                GtkWidget  *to);

G_END_DECLS
