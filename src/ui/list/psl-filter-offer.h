/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelist.h"
#include "psl-query.h"

G_BEGIN_DECLS

/**
 * PslFilterShape: how the values of a filter are chosen.
 * @PSL_FILTER_SHAPE_CODES: several of a code list
 * @PSL_FILTER_SHAPE_RECORDS: several records
 * @PSL_FILTER_SHAPE_YEARS: from a year to a year
 * @PSL_FILTER_SHAPE_MONEY: from an amount to an amount
 * @PSL_FILTER_SHAPE_NONE: only whether there is a value, or one that is not outdated
 */
typedef enum
{
  PSL_FILTER_SHAPE_CODES,
  PSL_FILTER_SHAPE_RECORDS,
  PSL_FILTER_SHAPE_YEARS,
  PSL_FILTER_SHAPE_MONEY,
  PSL_FILTER_SHAPE_NONE,
} PslFilterShape;

/**
 * PslFilterOffer:
 * @kind: the kind of the records
 * @name: the name of the field in #PslFilter
 * @label: its name for people
 * @shape: how its values are chosen
 * @field: (nullable): the field that the values belong to; for rows, their
 *   first sub-field; for a wider list, its field; %NULL for the years
 *
 * A filter that the records of a kind can be filtered by.
 */
typedef struct
{
  const PslKind *kind;
  char *name;
  char *label;
  PslFilterShape shape;
  const PslField *field;
} PslFilterOffer;

GPtrArray      *psl_filter_offers_new     (const PslKind        *kind);
PslFilterOffer *psl_filter_offers_find    (GPtrArray            *offers,
                                           const char           *name);
PslFilterOffer *psl_filter_offer_copy     (const PslFilterOffer *self);
void            psl_filter_offer_free     (PslFilterOffer       *self);
gboolean        psl_filter_offer_can_be_empty (const PslFilterOffer *self);
gboolean        psl_filter_offer_can_be_outdated (const PslFilterOffer *self);
char           *psl_filter_offer_describe (const PslFilterOffer *self,
                                           const PslCodelists   *codelists,
                                           const PslFilter      *filter,
                                           const char *const    *titles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslFilterOffer, psl_filter_offer_free)

G_END_DECLS
