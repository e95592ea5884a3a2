/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-import-question.h"

G_BEGIN_DECLS

/*
 * The open questions about the columns of a table, each in a row of its own, with the answers
 * to choose from.
 *
 * Signals:
 *   changed  a question was answered
 */
#define PSL_TYPE_IMPORT_QUESTIONS (psl_import_questions_get_type ())
G_DECLARE_FINAL_TYPE (PslImportQuestions, psl_import_questions, PSL, IMPORT_QUESTIONS, AdwPreferencesGroup)

void                   psl_import_questions_show        (PslImportQuestions *self,
                                                         const PslCodelists *codelists,
                                                         GPtrArray          *questions);
void                   psl_import_questions_clear       (PslImportQuestions *self);
const PslImportAnswer *psl_import_questions_get_answers (PslImportQuestions *self,
                                                         guint              *n_answers);
GtkWidget             *psl_import_questions_get_open    (PslImportQuestions *self);

G_END_DECLS
