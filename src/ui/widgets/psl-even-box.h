/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PslEvenBox:
 *
 * Sets widgets beside each other in columns of one width, on as few lines as
 * there is room for and with the lines filled as evenly as can be, so that four
 * are 4, 2 + 2 or one below another, and never 3 + 1.
 */
#define PSL_TYPE_EVEN_BOX (psl_even_box_get_type ())
G_DECLARE_FINAL_TYPE (PslEvenBox, psl_even_box, PSL, EVEN_BOX, GtkWidget)

GtkWidget *psl_even_box_new    (int         column_width);
void       psl_even_box_append (PslEvenBox *self,
                                GtkWidget  *child,
                                guint       columns);

G_END_DECLS
