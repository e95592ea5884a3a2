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
 * @title: what stands above it
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

GPtrArray *psl_parts_columns_new (const PslKind *kind,
                                  const char    *language);

G_END_DECLS
