/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-query.h"

G_BEGIN_DECLS

/* For the other files of the query, and for the files that make SQL of it. */

/**
 * PslFilterTarget:
 * @field: (nullable): the field, NULL for the years
 * @row: (nullable): the sub-field, where @field is rows
 * @language: (nullable): the one language to look at
 * @is_years: whether the filter is by %PSL_FIELD_YEARS
 * @is_action: whether it is by %PSL_FIELD_ACTION
 * @wider: (nullable): where the filter is by entries of a wider list, their field
 * @rest: (nullable): where @field is a link or parts, the name of the field of the records at
 *   its other end that the filter compares
 *
 * The meaning of the name in a filter.
 */
typedef struct
{
  const PslField *field;
  const PslField *row;
  const char *language;
  gboolean is_years;
  gboolean is_action;
  const PslField *wider;
  const char *rest;
} PslFilterTarget;

gboolean        psl_filter_resolve         (const PslFilter  *filter,
                                            const PslKind    *kind,
                                            PslFilterTarget  *target,
                                            GError          **error);
gboolean        psl_filter_validate        (const PslFilter     *filter,
                                            const PslKind       *kind,
                                            const PslCodelists  *codelists,
                                            GError             **error);
const PslField *psl_query_get_sort_field   (PslQuery         *self);
const char     *psl_query_get_owner        (PslQuery         *self);

G_END_DECLS
