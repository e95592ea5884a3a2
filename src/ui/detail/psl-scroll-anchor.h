/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Scrolls a page along with the keyboard: the widget with the focus comes into view, and
 * stays in its place under the eyes of whoever types when a message comes or goes.
 */
typedef struct _PslScrollAnchor PslScrollAnchor;

PslScrollAnchor *psl_scroll_anchor_new    (GtkViewport     *viewport);
void             psl_scroll_anchor_let_go (PslScrollAnchor *self);
void             psl_scroll_anchor_free   (PslScrollAnchor *self);

G_END_DECLS
