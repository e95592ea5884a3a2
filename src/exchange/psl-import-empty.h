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
 * @usual: (nullable) (array zero-terminated=1): the marks of psl_import_usual_empty_marks
 *   that count; %NULL for all. Unless it is empty, identifiers have
 *   psl_import_identifier_empty_marks besides
 *
 * The marks that make a cell count as empty.
 */
typedef struct
{
  const char *const *more;
  const char *const *usual;
} PslImportEmptyMarks;

extern const char *const psl_import_usual_empty_marks[];
extern const char *const psl_import_identifier_empty_marks[];

typedef struct _PslImportEmpty PslImportEmpty;

PslImportEmpty *psl_import_empty_new  (const PslImportEmptyMarks *marks);
void            psl_import_empty_free (PslImportEmpty            *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslImportEmpty, psl_import_empty_free)
gboolean        psl_import_empty_has  (PslImportEmpty            *self,
                                       const PslKind             *kind,
                                       const PslField            *field,
                                       const char                *cell);

G_END_DECLS
