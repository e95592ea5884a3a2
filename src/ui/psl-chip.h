/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-editor.h"

G_BEGIN_DECLS

/**
 * PslChip:
 *
 * One code of a #PslEditorChips, as a pill. It opens a popover with what is
 * known of the code, editors of the row's further sub-fields, and a button that
 * removes it; Delete removes it at once.
 *
 * Signals:
 *   changed ()  a further sub-field was committed: psl_chip_get_row()
 *   removed ()  the person takes it away
 */
#define PSL_TYPE_CHIP (psl_chip_get_type ())
G_DECLARE_FINAL_TYPE (PslChip, psl_chip, PSL, CHIP, GtkWidget)

GtkWidget         *psl_chip_new      (const PslField     *field);
void               psl_chip_bind     (PslChip            *self,
                                      const char *const  *row);
const char *const *psl_chip_get_row  (PslChip            *self);
const char        *psl_chip_get_code (PslChip            *self);
gboolean           psl_chip_flush    (PslChip            *self);

G_END_DECLS
