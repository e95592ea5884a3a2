/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-picker.h"
#include "psl-register.h"

G_BEGIN_DECLS

/**
 * PslRecordPicker:
 *
 * Picks a record of one kind; the values are records' UUIDs.
 */
#define PSL_TYPE_RECORD_PICKER (psl_record_picker_get_type ())
G_DECLARE_FINAL_TYPE (PslRecordPicker, psl_record_picker, PSL, RECORD_PICKER, PslPicker)

PslPicker  *psl_record_picker_new    (const PslKind    *kind);
void        psl_record_picker_set_up (PslRecordPicker  *self,
                                      PslRegister      *reg,
                                      const char       *language,
                                      gint64            but);

G_END_DECLS
