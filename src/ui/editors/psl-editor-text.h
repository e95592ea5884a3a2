/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"

G_BEGIN_DECLS

/**
 * PslEditorText:
 *
 * Edits text and long text, of one language where the field is multilingual. It wraps and
 * grows with its content. While there is no text, the text of the other language stands there
 * dimly.
 */
#define PSL_TYPE_EDITOR_TEXT (psl_editor_text_get_type ())
G_DECLARE_FINAL_TYPE (PslEditorText, psl_editor_text, PSL, EDITOR_TEXT, PslEditor)

G_END_DECLS
