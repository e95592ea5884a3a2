/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Keys, pressed without a keyboard: whatever would be asked about a key is asked, from the
 * window to the focus and back. Typed letters and mnemonics, which only GTK can make of a
 * real event, are left out; journeys send real events. */

gboolean   keys_press     (GtkWindow       *window,
                           guint            keyval,
                           GdkModifierType  modifiers);
GPtrArray *keys_list_path (GtkWidget       *widget);

G_END_DECLS
