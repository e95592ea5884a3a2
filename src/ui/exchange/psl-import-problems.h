/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-import-job.h"

G_BEGIN_DECLS

/*
 * The issues of the rows of a table, in the order of its lines.
 *
 * Signals:
 *   saved (GFile *file, GError *error)  the rows to correct were saved, or could not be
 */
#define PSL_TYPE_IMPORT_PROBLEMS (psl_import_problems_get_type ())
G_DECLARE_FINAL_TYPE (PslImportProblems, psl_import_problems, PSL, IMPORT_PROBLEMS, AdwBin)

void psl_import_problems_show (PslImportProblems     *self,
                               const PslImportResult *result);
void psl_import_problems_save (PslImportProblems     *self,
                               GFile                 *file);

G_END_DECLS
