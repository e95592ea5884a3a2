/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-csv-reader.h"
#include "psl-import-cells.h"
#include "psl-import-issue.h"
#include "psl-import-outcome.h"
#include "psl-record.h"

G_BEGIN_DECLS

/* Rows that a preview keeps; the others are only counted. */
#define PSL_IMPORT_PREVIEW_MAX_ROWS 200

/*
 * A row of a file that is being imported: its line, the values that its cells were read as,
 * which of them are left out, and the outcome. One cell a column of the mapping.
 */
#define PSL_TYPE_IMPORT_PREVIEW_ROW (psl_import_preview_row_get_type ())
G_DECLARE_FINAL_TYPE (PslImportPreviewRow, psl_import_preview_row, PSL, IMPORT_PREVIEW_ROW, GObject)

PslImportPreviewRow *psl_import_preview_row_new            (const PslImportCells *cells,
                                                            PslCsvReader         *reader);
void                 psl_import_preview_row_set_record     (PslImportPreviewRow  *self,
                                                            const PslImportCells *cells,
                                                            PslRecord            *record);
void                 psl_import_preview_row_leave_out      (PslImportPreviewRow  *self,
                                                            const PslImportIssue *issue);
void                 psl_import_preview_row_set_conflict   (PslImportPreviewRow  *self,
                                                            PslImportMapping     *mapping,
                                                            const PslImportIssue *issue);
void                 psl_import_preview_row_set_joined     (PslImportPreviewRow  *self,
                                                            const PslImportIssue *issue);
guint64              psl_import_preview_row_get_earlier_line (PslImportPreviewRow *self);
guint64              psl_import_preview_row_get_line       (PslImportPreviewRow  *self);
const char          *psl_import_preview_row_get_cell       (PslImportPreviewRow  *self,
                                                            guint                 nth);
gboolean             psl_import_preview_row_is_left_out    (PslImportPreviewRow  *self,
                                                            guint                 nth);
guint                psl_import_preview_row_get_n_left_out (PslImportPreviewRow  *self);
PslImportOutcome     psl_import_preview_row_get_outcome    (PslImportPreviewRow  *self);
void                 psl_import_preview_row_set_outcome    (PslImportPreviewRow  *self,
                                                            PslImportOutcome      outcome);

G_END_DECLS
