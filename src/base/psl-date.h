/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-conventions.h"

G_BEGIN_DECLS

/* Years outside these are kept, with a warning. */
#define PSL_DATE_FIRST_USUAL_YEAR 1900
#define PSL_DATE_LAST_USUAL_YEAR 2100

/**
 * PslDatePrecision:
 * @PSL_DATE_NONE: not a date
 * @PSL_DATE_YEAR: `2020`
 * @PSL_DATE_MONTH: `2020-05`
 * @PSL_DATE_DAY: `2020-05-17`
 *
 * How much of a date is known.
 */
typedef enum
{
  PSL_DATE_NONE,
  PSL_DATE_YEAR,
  PSL_DATE_MONTH,
  PSL_DATE_DAY,
} PslDatePrecision;

/* psl-date-read.c */
char             *psl_date_read          (const char            *text,
                                          const PslConventions  *conventions,
                                          GError               **error);

/* psl-date.c */
gboolean          psl_date_exists        (guint        year,
                                          guint        month,
                                          guint        day);
char             *psl_date_build         (guint        year,
                                          guint        month,
                                          guint        day);
PslDatePrecision  psl_date_split         (const char  *value,
                                          guint       *year,
                                          guint       *month,
                                          guint       *day);
PslDatePrecision  psl_date_get_precision (const char  *value);
char             *psl_date_first_day     (const char  *value);
char             *psl_date_last_day      (const char  *value);
gboolean          psl_date_is_before     (const char  *one,
                                          const char  *other);
char             *psl_date_display       (const char  *value);
char             *psl_date_display_time  (gint64       at);
char             *psl_date_edit_text     (const char  *value);

G_END_DECLS
