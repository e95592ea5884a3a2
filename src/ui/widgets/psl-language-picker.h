/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-picker.h"

G_BEGIN_DECLS

/**
 * PslLanguagePicker:
 *
 * Picks a language, whose tag is the value, by its name in the interface's language, by its
 * name in the language itself, or by its tag.
 */
#define PSL_TYPE_LANGUAGE_PICKER (psl_language_picker_get_type ())
G_DECLARE_FINAL_TYPE (PslLanguagePicker, psl_language_picker, PSL, LANGUAGE_PICKER, PslPicker)

PslPicker     *psl_language_picker_new       (const char *const *left_out);
PslPickerItem *psl_language_picker_find_only (PslLanguagePicker *self,
                                              const char        *text);

G_END_DECLS
