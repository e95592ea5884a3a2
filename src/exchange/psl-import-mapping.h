/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kind.h"

G_BEGIN_DECLS

/**
 * PslImportTarget: where the cells of a column go.
 * @PSL_IMPORT_TO_UNMATCHED: nowhere; the column's heading means nothing
 * @PSL_IMPORT_TO_IGNORED: nowhere, because somebody said so
 * @PSL_IMPORT_TO_ID: the record's UUID
 * @PSL_IMPORT_TO_PART_IDS: the UUIDs of the record's parts that the field lists, in their order
 * @PSL_IMPORT_TO_FIELD: the field
 * @PSL_IMPORT_TO_AMOUNT: the amount of a money field
 * @PSL_IMPORT_TO_CURRENCY: the currency of a money field
 */
typedef enum
{
  PSL_IMPORT_TO_UNMATCHED,
  PSL_IMPORT_TO_IGNORED,
  PSL_IMPORT_TO_ID,
  PSL_IMPORT_TO_PART_IDS,
  PSL_IMPORT_TO_FIELD,
  PSL_IMPORT_TO_AMOUNT,
  PSL_IMPORT_TO_CURRENCY,
} PslImportTarget;

/**
 * PslImportColumn:
 * @nth: its place in the file, from 0
 * @heading: as it stands in the file
 * @target: where its cells go
 * @field: (nullable): the field they go to
 * @subfield: (nullable): for rows, the one sub-field that the column holds
 * @language: (nullable): for text in several languages, which
 * @currency: (nullable): the currency that the heading names, a code or, where
 *   several currencies share it, a sign
 * @exponent: for amounts, the power of ten that the heading says: 3 for thousands
 * @dates: for dates, the order that the heading says
 */
typedef struct
{
  guint nth;
  char *heading;
  PslImportTarget target;
  const PslField *field;
  const PslField *subfield;
  const char *language;
  char *currency;
  guint exponent;
  PslDateOrder dates;
} PslImportColumn;

typedef struct _PslImportMapping PslImportMapping;

PslImportMapping      *psl_import_mapping_new           (const PslKind       *kind,
                                                         const PslCodelists  *codelists,
                                                         const char *const   *headings,
                                                         const char *const   *maps,
                                                         const char          *language,
                                                         GError             **error);
void                   psl_import_mapping_free          (PslImportMapping    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslImportMapping, psl_import_mapping_free)
guint                  psl_import_mapping_get_n_columns (PslImportMapping    *self);
const PslImportColumn *psl_import_mapping_get_column    (PslImportMapping    *self,
                                                         guint                nth);
guint                  psl_import_mapping_count_matched (PslImportMapping    *self);
gboolean               psl_import_check_maps            (const PslKind       *kind,
                                                         const char *const   *maps,
                                                         GError             **error);
gboolean               psl_import_column_has_field_name (const PslImportColumn *column);

G_END_DECLS
