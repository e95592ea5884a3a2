/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The requests of the program to the desktop: file dialogs, and other programs. A test that
 * is linked with this asks nobody: the functions of GTK are replaced. */

void  outside_set_folder  (const char *folder);
void  outside_set_answer  (gboolean    answers);
guint outside_get_n_asked (void);

G_END_DECLS
