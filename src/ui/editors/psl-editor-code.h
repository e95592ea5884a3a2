/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor-choice.h"

G_BEGIN_DECLS

/**
 * PslEditorCode:
 *
 * Edits a code of a code list.
 */
#define PSL_TYPE_EDITOR_CODE (psl_editor_code_get_type ())
G_DECLARE_FINAL_TYPE (PslEditorCode, psl_editor_code, PSL, EDITOR_CODE, PslEditorChoice)

G_END_DECLS
