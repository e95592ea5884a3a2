/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-field.h"

G_BEGIN_DECLS

/**
 * PslImportQuestionType: the types of open questions about a column.
 * @PSL_IMPORT_QUESTION_DATES: the order of its dates; answers are #PslDateOrder
 * @PSL_IMPORT_QUESTION_DECIMALS: the mark of decimals; answers are #PslDecimalMark
 * @PSL_IMPORT_QUESTION_CENTURY: the century of its years of two digits; answers are
 *   the first of a hundred years
 */
typedef enum
{
  PSL_IMPORT_QUESTION_DATES,
  PSL_IMPORT_QUESTION_DECIMALS,
  PSL_IMPORT_QUESTION_CENTURY,
} PslImportQuestionType;

#define PSL_IMPORT_MAX_ANSWERS 3

/**
 * PslImportQuestion:
 * @type: its type
 * @column: the column, from 0
 * @heading: its heading
 * @field: the field or sub-field that its cells go to
 * @example: a cell that can be read in several ways
 * @contrary: (nullable): a cell that can't be read in any way that @example can: the
 *   column holds both, and whichever is chosen the others are left out
 * @answers: the possible answers
 * @n_answers: how many answers there are
 *
 * A question that a person must answer before a file can be read. An answer is given back as
 * a #PslImportAnswer.
 */
typedef struct
{
  PslImportQuestionType type;
  guint column;
  char *heading;
  const PslField *field;
  char *example;
  char *contrary;
  guint answers[PSL_IMPORT_MAX_ANSWERS];
  guint n_answers;
} PslImportQuestion;

/**
 * PslImportAnswer:
 * @type: the type of the question
 * @column: the column, from 0
 * @answer: one of the answers, or for the century any first year
 *
 * How a column is read.
 */
typedef struct
{
  PslImportQuestionType type;
  guint column;
  guint answer;
} PslImportAnswer;

PslImportQuestion *psl_import_question_copy        (const PslImportQuestion  *self);
void               psl_import_question_free        (PslImportQuestion        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslImportQuestion, psl_import_question_free)
char              *psl_import_question_dup_text    (const PslImportQuestion  *self);
char              *psl_import_question_dup_label   (const PslImportQuestion  *self,
                                                    guint                     nth);
char              *psl_import_question_dup_reading (const PslImportQuestion *self,
                                                    const PslCodelists      *codelists,
                                                    guint                    nth);

G_END_DECLS
