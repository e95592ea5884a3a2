/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor-list.h"

G_BEGIN_DECLS

/**
 * PslEditorChips:
 *
 * Edits a list of codes (countries, goals) as chips: a button after the last
 * opens a picker to add and take away; a chip opens to show more of its entry,
 * to take further sub-fields (a percentage), and to be removed.
 */
#define PSL_TYPE_EDITOR_CHIPS (psl_editor_chips_get_type ())
G_DECLARE_FINAL_TYPE (PslEditorChips, psl_editor_chips, PSL, EDITOR_CHIPS, PslEditorList)

G_END_DECLS
