/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-picker.h"
#include "psl-register.h"

G_BEGIN_DECLS

/**
 * PslCodePicker:
 *
 * Picks from a code list, by names in the interface's language. An entry shows the wider
 * entry that it belongs to.
 */
#define PSL_TYPE_CODE_PICKER (psl_code_picker_get_type ())
G_DECLARE_FINAL_TYPE (PslCodePicker, psl_code_picker, PSL, CODE_PICKER, PslPicker)

PslPicker  *psl_code_picker_new  (const char         *codelist,
                                  const char         *wider);
void        psl_code_picker_set_register  (PslCodePicker      *self,
                                           PslRegister        *reg);
void        psl_code_picker_set_unoffered (PslCodePicker      *self,
                                          const char *const  *codes);
char       *psl_code_picker_dup_detail    (const PslCodelist  *wider,
                                           const PslCode      *code);

G_END_DECLS
