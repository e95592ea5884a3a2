/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-import-mapping.h"

G_BEGIN_DECLS

/* The first rows of a file as an import reads them, and the outcome of each. */
#define PSL_TYPE_IMPORT_TABLE (psl_import_table_get_type ())
G_DECLARE_FINAL_TYPE (PslImportTable, psl_import_table, PSL, IMPORT_TABLE, AdwBin)

void psl_import_table_show (PslImportTable   *self,
                            PslImportMapping *mapping,
                            GListModel       *rows,
                            guint64           n_rows);

G_END_DECLS
