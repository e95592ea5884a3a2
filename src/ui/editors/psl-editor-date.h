/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor-entry.h"

G_BEGIN_DECLS

/**
 * PslEditorDate:
 *
 * Edits a date of which the day, or month and day, may be unknown: typed, or
 * picked from a calendar.
 */
#define PSL_TYPE_EDITOR_DATE (psl_editor_date_get_type ())
G_DECLARE_FINAL_TYPE (PslEditorDate, psl_editor_date, PSL, EDITOR_DATE, PslEditorEntry)

G_END_DECLS
