/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void       psl_shortcuts_install    (GtkApplication      *application);
void       psl_shortcuts_bind       (GtkWidget           *widget,
                                     const char          *name,
                                     GtkPropagationPhase  phase,
                                     GtkShortcutAction   *action);
void       psl_shortcuts_bind_class (GtkWidgetClass      *widget_class,
                                     const char          *action);
AdwDialog *psl_shortcuts_dialog_new (void);

G_END_DECLS
