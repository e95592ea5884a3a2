/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PSL_TYPE_REFUSAL_ROW (psl_refusal_row_get_type ())
G_DECLARE_FINAL_TYPE (PslRefusalRow, psl_refusal_row, PSL, REFUSAL_ROW, AdwActionRow)

PslRefusalRow *psl_refusal_row_new    (AdwEntryRow   *entry);
void           psl_refusal_row_refuse (PslRefusalRow *self,
                                       const char    *message);
void           psl_refusal_row_accept (PslRefusalRow *self);

G_END_DECLS
