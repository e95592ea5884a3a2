/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether the dialog of the keys tells the truth: it lists the keys that the program
 * binds, in whatever widget, and no others. */

typedef struct _KeyList KeyList;

KeyList *key_list_new          (void);
void     key_list_free         (KeyList   *list);
void     key_list_check        (KeyList   *list,
                                GtkWidget *widget);
void     key_list_assert_bound (KeyList   *list);

G_END_DECLS
