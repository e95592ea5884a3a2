/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-import-mapping.h"

G_BEGIN_DECLS

/**
 * PslImportDestination:
 * @name: its name in a map: `title_fr`, `budget_currency`, `functions.covers`
 * @target: the part of a record that it is
 * @field: (nullable): the field
 * @subfield: (nullable): for rows, one sub-field
 * @language: (nullable): for text in several languages, which
 *
 * Where a column can go.
 */
typedef struct
{
  char *name;
  PslImportTarget target;
  const PslField *field;
  const PslField *subfield;
  const char *language;
} PslImportDestination;

void                  psl_import_destination_free (PslImportDestination  *destination);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslImportDestination, psl_import_destination_free)
PslImportDestination *psl_import_destination_of   (const PslImportColumn *column);
GPtrArray            *psl_import_destinations_new (const PslKind      *kind,
                                                   const PslCodelists *codelists,
                                                   PslImportMapping   *mapping);

G_END_DECLS
