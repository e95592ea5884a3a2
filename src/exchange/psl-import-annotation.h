/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-field.h"

G_BEGIN_DECLS

/**
 * PslImportAnnotation:
 * @currency: (nullable): the currency of the amounts, a code or, where several
 *   share it, a sign
 * @exponent: the power of ten of the amounts: 3 for thousands
 * @dates: the order of the dates
 *
 * The part of a heading beside the name of its field: `Budget (k€)`, `Start (dd/mm/yyyy)`.
 */
typedef struct
{
  char *currency;
  guint exponent;
  PslDateOrder dates;
} PslImportAnnotation;

void     psl_import_annotation_clear (PslImportAnnotation  *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PslImportAnnotation, psl_import_annotation_clear)
gboolean psl_import_annotation_read  (PslImportAnnotation *self,
                                      const PslCodelists  *codelists,
                                      const PslField      *field,
                                      const char          *heading,
                                      const char *const   *words);
void     psl_import_annotation_find  (PslImportAnnotation *self,
                                      const PslCodelists  *codelists,
                                      const PslField      *field,
                                      const char          *heading);

G_END_DECLS
