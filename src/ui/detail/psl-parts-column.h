/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kind.h"

G_BEGIN_DECLS

/**
 * PslPartsColumn:
 * @field: the field of the parts that it shows
 * @language: (nullable): for a multilingual field, the language of its texts
 * @title: its heading
 * @width: the least width that a value is read in, in pixels
 * @stretch: its share of the room that is left
 *
 * A column of a table of parts.
 */
typedef struct
{
  const PslField *field;
  const char *language;
  char *title;
  int width;
  int stretch;
} PslPartsColumn;

/**
 * PslPartsPlaces:
 * @widths: (element-type int): the widths of the columns, in pixels
 * @offset: how far they are scrolled to the left, in pixels
 *
 * Where the columns of a table stand, the same in all rows.
 */
typedef struct
{
  GArray *widths;
  int offset;
} PslPartsPlaces;

GPtrArray *psl_parts_columns_new          (const PslKind      *kind,
                                           const PslCodelists *codelists,
                                           const char         *language);
char      *psl_parts_column_dup_cell_name (const PslPartsColumn *column,
                                           guint                 position);

G_END_DECLS
