/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-csv-reader.h"
#include "psl-import-empty.h"
#include "psl-import-mapping.h"
#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslImportCells:
 * @store: the register that the rows go into
 * @kind: the kind of the rows
 * @mapping: where the columns go
 * @empty: tells which cells are empty
 * @guarded: whether all cells may have an apostrophe before them, as in a file of rows
 *   to correct
 *
 * Tells the text and the field of a table's cells, before they are read as values.
 */
typedef struct
{
  PslStore *store;
  const PslKind *kind;
  PslImportMapping *mapping;
  PslImportEmpty *empty;
  gboolean guarded;
} PslImportCells;

gboolean    psl_import_cells_may_be_guarded    (const PslImportCells  *self,
                                                guint                  nth);
const char *psl_import_cells_get               (const PslImportCells  *self,
                                                PslCsvReader          *reader,
                                                guint                  nth);
GStrv       psl_import_cells_dup_currencies    (const PslImportCells  *self,
                                                PslCsvReader          *reader,
                                                guint                  nth);
char       *psl_import_cells_dup_lone_currency (const PslImportCells  *self,
                                                PslCsvReader          *reader,
                                                guint                  nth);

G_END_DECLS
