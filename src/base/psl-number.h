/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-conventions.h"

G_BEGIN_DECLS

/**
 * PslNumberStyle:
 * @PSL_NUMBER_INTEGER: every comma and point groups: `1,234` is 1234; only zeros
 *   may stand after a decimal mark: `3.0` is 3
 * @PSL_NUMBER_DECIMAL: one comma or point marks decimals: `1,234` is 1.234
 * @PSL_NUMBER_AMOUNT: one comma or point before three digits groups, else it
 *   marks decimals: `50,000` is 50000, `50,5` is 50.5
 * @PSL_NUMBER_AMOUNT_3: of a currency with three decimals: a point marks
 *   decimals, a comma before three digits could be either and is refused
 *
 * How a single comma or point is read, which people use either way whatever their locale.
 */
typedef enum
{
  PSL_NUMBER_INTEGER,
  PSL_NUMBER_DECIMAL,
  PSL_NUMBER_AMOUNT,
  PSL_NUMBER_AMOUNT_3,
} PslNumberStyle;

gboolean  psl_number_is_minus (gunichar    c);
char     *psl_number_parse  (const char      *text,
                             PslNumberStyle   style,
                             PslDecimalMark   mark,
                             GError         **error);
char     *psl_number_format (const char      *number,
                             gboolean         grouped);
char     *psl_number_format_count (gint64     count);
gboolean  psl_number_precedes_currency (const char *language);
gboolean  psl_number_scale  (const char      *number,
                             guint            decimals,
                             gint64          *scaled);
char     *psl_number_unscale (gint64         scaled,
                             guint            decimals);

G_END_DECLS
