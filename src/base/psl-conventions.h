/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PslDateOrder:
 * @PSL_DATE_ORDER_USUAL: day, month, year, or month, day, year where that is the
 *   only date there is; for what a person types and sees read at once
 * @PSL_DATE_ORDER_DMY: day, month, year
 * @PSL_DATE_ORDER_MDY: month, day, year
 * @PSL_DATE_ORDER_YMD: year, month, day
 *
 * The order in which the numbers of a date stand. A year of four digits before
 * the month and the day is read as one in every order.
 */
typedef enum
{
  PSL_DATE_ORDER_USUAL,
  PSL_DATE_ORDER_DMY,
  PSL_DATE_ORDER_MDY,
  PSL_DATE_ORDER_YMD,
} PslDateOrder;

/**
 * PslDecimalMark:
 * @PSL_DECIMAL_MARK_USUAL: as the number itself shows, see #PslNumberStyle; for
 *   what a person types and sees read at once
 * @PSL_DECIMAL_MARK_POINT: a point marks decimals, a comma groups
 * @PSL_DECIMAL_MARK_COMMA: a comma marks decimals, a point groups
 *
 * The mark of a number's decimals. Spaces and apostrophes always group.
 */
typedef enum
{
  PSL_DECIMAL_MARK_USUAL,
  PSL_DECIMAL_MARK_POINT,
  PSL_DECIMAL_MARK_COMMA,
} PslDecimalMark;

/**
 * PslConventions:
 * @dates: the order of dates
 * @century: the first of the hundred years that years of two digits are in: with
 *   1950, `49` is 2049 and `50` is 1950; 0 where they are refused
 * @decimals: the mark of decimals
 * @exponent: the power of ten that amounts are in: 3 for thousands
 * @named: (nullable) (array zero-terminated=1): currencies as people write them
 *   (`EUR`, `€`, `$`) that stand beside the amount, in the heading say: the
 *   amount's own must be the same
 * @currency: (nullable): code of the currency of amounts that name none, or a sign that
 *   several currencies share; else the register's
 * @is_stored: whether the values are as the program writes them: any code may be among them,
 *   also one that no list has; else only texts that people write as a code
 * @kept: (nullable) (array zero-terminated=1): codes that the field holds already: they are
 *   taken whatever its list has
 *
 * How values are read whose writing leaves their meaning open. All zero: as
 * people type them.
 */
typedef struct
{
  PslDateOrder dates;
  guint century;
  PslDecimalMark decimals;
  guint exponent;
  const char *const *named;
  const char *currency;
  gboolean is_stored;
  const char *const *kept;
} PslConventions;

G_END_DECLS
