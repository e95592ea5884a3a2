/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kind.h"

G_BEGIN_DECLS

/**
 * PslImportEmptyMarks:
 * @more: (nullable) (array zero-terminated=1): marks of this file
 * @usual: (nullable) (array zero-terminated=1): those of psl_import_usual_empty_marks that
 *   count; %NULL for all
 *
 * What stands in cells that say nothing, beside nothing.
 */
typedef struct
{
  const char *const *more;
  const char *const *usual;
} PslImportEmptyMarks;

extern const char *const psl_import_usual_empty_marks[];

gboolean psl_import_is_empty (const PslImportEmptyMarks  *marks,
                              const PslKind              *kind,
                              const PslField             *field,
                              const char                 *cell);

G_END_DECLS
