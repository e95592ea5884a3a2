/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"
#include "psl-register.h"

G_BEGIN_DECLS

/**
 * PslDetailEdit:
 * @reg: the register where it is stored, there as long as the value is on its way
 * @rid: the record's number; 0 for a new record
 * @record: (nullable): the new record
 * @field: the field
 * @language: (nullable): for a multilingual field, the language of the text
 * @before: (nullable): the stored value; of a record that was not read yet, not known
 * @value: (nullable): the value that was entered
 *
 * A value on its way to the register.
 */
typedef struct
{
  PslRegister *reg;
  gint64 rid;
  PslRecord *record;
  const PslField *field;
  char *language;
  char *before;
  char *value;
} PslDetailEdit;

/*
 * The values that are on their way from a page, or a table on it, to the register, in their
 * order. A new record is stored with its first value; further values are stored by its UUID
 * until its number is known.
 *
 * Signals:
 *   refused (const PslDetailEdit *edit, GError *error)  a value is not stored, and no later one
 *                                                       for the same place is on its way
 *   inserted (PslRecord *record)                        a new record has its number, or has
 *                                                       been refused and has none
 *   caught-up                                           no value is on its way by UUID any more
 *   made (PslRecord *record, gint64 action)             a record was made for a link to lead to
 */
#define PSL_TYPE_DETAIL_EDITS (psl_detail_edits_get_type ())
G_DECLARE_FINAL_TYPE (PslDetailEdits, psl_detail_edits, PSL, DETAIL_EDITS, GObject)

PslDetailEdits *psl_detail_edits_new           (gpointer        holder);
void            psl_detail_edits_store         (PslDetailEdits *self,
                                                PslRegister    *reg,
                                                PslRecord      *record,
                                                gint64          rid,
                                                PslEditor      *editor,
                                                const char     *value);
void            psl_detail_edits_apply         (PslDetailEdits *self,
                                                PslRegister    *reg,
                                                PslRecord      *record);
void            psl_detail_edits_begin_storing (PslDetailEdits *self,
                                                PslRecord      *record);
void            psl_detail_edits_end_storing   (PslDetailEdits *self,
                                                PslRecord      *record,
                                                gint64          rid);
PslRecord      *psl_detail_edits_get_storing   (PslDetailEdits *self);
gboolean        psl_detail_edits_is_behind     (PslDetailEdits *self);
guint           psl_detail_edits_count         (PslDetailEdits *self);

G_END_DECLS
