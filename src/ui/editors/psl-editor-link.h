/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor-choice.h"

G_BEGIN_DECLS

/**
 * PslEditorLink:
 *
 * Edits a link to another record, and follows it.
 */
#define PSL_TYPE_EDITOR_LINK (psl_editor_link_get_type ())
G_DECLARE_FINAL_TYPE (PslEditorLink, psl_editor_link, PSL, EDITOR_LINK, PslEditorChoice)

PslRecord *psl_editor_link_get_made (PslEditorLink *self,
                                     const char    *value);

G_END_DECLS
