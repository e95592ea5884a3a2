/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-import-cells.h"
#include "psl-import-question.h"

G_BEGIN_DECLS

/**
 * PslLoneCurrencies:
 * @currency: (nullable): the currency, where all cells of the column name the same
 * @n_rows: rows that name a currency and have no amount
 * @line: line of the first of them
 *
 * The currencies of a column that stand beside no amount.
 */
typedef struct
{
  const char *currency;
  guint64 n_rows;
  guint64 line;
} PslLoneCurrencies;

typedef struct _PslImportSurvey PslImportSurvey;

PslImportSurvey      *psl_import_survey_new             (const PslImportCells   *cells,
                                                         const PslConventions   *conventions,
                                                         const PslImportAnswer  *answers,
                                                         guint                   n_answers);
void                  psl_import_survey_free            (PslImportSurvey        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslImportSurvey, psl_import_survey_free)
gboolean              psl_import_survey_is_needed       (PslImportSurvey        *self);
void                  psl_import_survey_add             (PslImportSurvey        *self,
                                                         PslCsvReader           *reader);
GPtrArray            *psl_import_survey_conclude        (PslImportSurvey        *self);
const PslConventions *psl_import_survey_get_conventions (PslImportSurvey        *self,
                                                         guint                   nth);
PslLoneCurrencies     psl_import_survey_get_lone        (PslImportSurvey        *self,
                                                         guint                   nth);

G_END_DECLS
