/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PslDatePopover:
 *
 * A calendar in which the day, and the month, can be left out: pressing the
 * chosen one again takes it away.
 *
 * Signals:
 *   picked (const char *value)  a canonical date; NULL for none
 */
#define PSL_TYPE_DATE_POPOVER (psl_date_popover_get_type ())
G_DECLARE_FINAL_TYPE (PslDatePopover, psl_date_popover, PSL, DATE_POPOVER, GtkPopover)

PslDatePopover *psl_date_popover_new       (void);
void            psl_date_popover_set_value (PslDatePopover *self,
                                            const char     *value);

G_END_DECLS
