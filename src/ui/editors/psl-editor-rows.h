/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor-list.h"

G_BEGIN_DECLS

/**
 * PslEditorRows:
 *
 * Edits a list of entries of several sub-fields (functions, results, documents,
 * former names): each has editors of its own, and can be moved and removed.
 */
#define PSL_TYPE_EDITOR_ROWS (psl_editor_rows_get_type ())
G_DECLARE_FINAL_TYPE (PslEditorRows, psl_editor_rows, PSL, EDITOR_ROWS, PslEditorList)

G_END_DECLS
