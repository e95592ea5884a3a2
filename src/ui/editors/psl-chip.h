/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor-item.h"

G_BEGIN_DECLS

/**
 * PslChip:
 *
 * One code of a #PslEditorChips, as a pill. It opens a popover with the facts known of the
 * code and editors of the row's further cells; the cross at its end removes it, and so does
 * Delete. Tab goes from chip to chip, Right to the cross.
 */
#define PSL_TYPE_CHIP (psl_chip_get_type ())
G_DECLARE_FINAL_TYPE (PslChip, psl_chip, PSL, CHIP, PslEditorItem)

const char *psl_chip_get_code (PslChip *self);
const char *psl_chip_get_name (PslChip *self);

G_END_DECLS
