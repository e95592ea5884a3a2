/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-editor.h"

G_BEGIN_DECLS

/**
 * PslRowBox:
 *
 * One entry of a #PslEditorRows: an editor a sub-field, and a menu.
 *
 * Signals:
 *   changed ()          a sub-field was committed: psl_row_box_get_row()
 *   removed ()          the person takes the entry away
 *   moved (int offset)  the person moves it up (-1) or down (1)
 */
#define PSL_TYPE_ROW_BOX (psl_row_box_get_type ())
G_DECLARE_FINAL_TYPE (PslRowBox, psl_row_box, PSL, ROW_BOX, GtkWidget)

GtkWidget         *psl_row_box_new     (const PslField     *field);
void               psl_row_box_bind    (PslRowBox          *self,
                                        const char *const  *row,
                                        const char         *language);
const char *const *psl_row_box_get_row (PslRowBox          *self);
void               psl_row_box_set_nth (PslRowBox          *self,
                                        guint               nth,
                                        guint               n);
gboolean           psl_row_box_flush   (PslRowBox          *self);

G_END_DECLS
