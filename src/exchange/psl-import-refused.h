/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-csv-reader.h"
#include "psl-file-writer.h"
#include "psl-import-cells.h"

G_BEGIN_DECLS

typedef struct _PslRefusedRows PslRefusedRows;

PslRefusedRows *psl_refused_rows_new          (void);
PslRefusedRows *psl_refused_rows_ref          (PslRefusedRows       *self);
void            psl_refused_rows_unref        (PslRefusedRows       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslRefusedRows, psl_refused_rows_unref)
void            psl_refused_rows_begin        (PslRefusedRows       *self,
                                               const char *const    *headings,
                                               const PslImportCells *cells,
                                               char                  delimiter);
void            psl_refused_rows_keep         (PslRefusedRows       *self,
                                               PslCsvReader         *reader);
void            psl_refused_rows_add_reason   (PslRefusedRows       *self,
                                               guint64               line,
                                               const char           *reason);
guint           psl_refused_rows_get_n        (PslRefusedRows       *self);
gboolean        psl_refused_rows_write        (PslRefusedRows       *self,
                                               PslFileWriter        *file,
                                               GCancellable         *cancellable,
                                               GError              **error);

G_END_DECLS
