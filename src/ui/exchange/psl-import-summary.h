/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-import-job.h"

G_BEGIN_DECLS

/*
 * The effects that importing a table would have, and the choices about it.
 *
 * Signals:
 *   changed  another choice was made
 */
#define PSL_TYPE_IMPORT_SUMMARY (psl_import_summary_get_type ())
G_DECLARE_FINAL_TYPE (PslImportSummary, psl_import_summary, PSL, IMPORT_SUMMARY, AdwBin)

void psl_import_summary_show         (PslImportSummary      *self,
                                      GFile                 *file,
                                      const PslImportResult *result);
void psl_import_summary_fill_request (PslImportSummary      *self,
                                      PslImportRequest      *request);
GtkWidget *psl_import_summary_get_open (PslImportSummary *self);

G_END_DECLS
