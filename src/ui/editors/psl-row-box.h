/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor-item.h"

G_BEGIN_DECLS

/**
 * PslRowBox:
 *
 * An entry of a list of entries, such as a function of an office: editors of its
 * cells beside each other, and a menu that moves and removes it.
 */
#define PSL_TYPE_ROW_BOX (psl_row_box_get_type ())
G_DECLARE_FINAL_TYPE (PslRowBox, psl_row_box, PSL, ROW_BOX, PslEditorItem)

G_END_DECLS
