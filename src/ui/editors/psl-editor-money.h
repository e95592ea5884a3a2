/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor-entry.h"

G_BEGIN_DECLS

/**
 * PslEditorMoney:
 *
 * Edits an amount with its currency: typed together (“85 000 €”), or the
 * currency picked from a list.
 */
#define PSL_TYPE_EDITOR_MONEY (psl_editor_money_get_type ())
G_DECLARE_FINAL_TYPE (PslEditorMoney, psl_editor_money, PSL, EDITOR_MONEY, PslEditorEntry)

G_END_DECLS
