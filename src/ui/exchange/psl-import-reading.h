/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-import-job.h"

G_BEGIN_DECLS

/*
 * How a table is read: its encoding, the marks of empty cells, the currency of bare amounts,
 * and how to treat links to records that aren't there.
 *
 * Signals:
 *   changed           another choice was made, but for the encoding
 *   encoding-changed  another encoding was chosen: headings may be others
 */
#define PSL_TYPE_IMPORT_READING (psl_import_reading_get_type ())
G_DECLARE_FINAL_TYPE (PslImportReading, psl_import_reading, PSL, IMPORT_READING, AdwPreferencesGroup)

void psl_import_reading_show         (PslImportReading      *self,
                                      const PslImportResult *result);
void psl_import_reading_fill_request (PslImportReading      *self,
                                      PslImportRequest      *request);

G_END_DECLS
