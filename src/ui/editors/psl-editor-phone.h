/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"

G_BEGIN_DECLS

/**
 * PslEditorPhone:
 *
 * Edits a telephone number and, apart, its extension.
 */
#define PSL_TYPE_EDITOR_PHONE (psl_editor_phone_get_type ())
G_DECLARE_FINAL_TYPE (PslEditorPhone, psl_editor_phone, PSL, EDITOR_PHONE, PslEditor)

G_END_DECLS
