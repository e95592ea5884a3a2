/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-import-destination.h"

G_BEGIN_DECLS

/*
 * Where the columns of a table go, each in a row of its own: columns that match no field in
 * view, the others folded away.
 *
 * Signals:
 *   changed  a column goes elsewhere
 */
#define PSL_TYPE_IMPORT_COLUMNS (psl_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (PslImportColumns, psl_import_columns, PSL, IMPORT_COLUMNS, AdwPreferencesGroup)

void               psl_import_columns_show          (PslImportColumns   *self,
                                                     const PslCodelists *codelists,
                                                     const PslKind      *kind,
                                                     PslImportMapping   *mapping);
void               psl_import_columns_clear         (PslImportColumns           *self);
const char *const *psl_import_columns_get_headings  (PslImportColumns           *self);
GStrv              psl_import_columns_dup_maps      (PslImportColumns           *self);
GStrv              psl_import_columns_dup_unmatched (PslImportMapping           *mapping);
char              *psl_import_columns_describe      (const PslImportDestination *target);

G_END_DECLS
