/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelists.h"
#include "psl-conventions.h"

G_BEGIN_DECLS

/* The currency of an amount that names none. */
#define PSL_MONEY_DEFAULT_CURRENCY "USD"

char     *psl_money_read             (const char            *text,
                                      const PslCodelists    *codelists,
                                      const PslConventions  *conventions,
                                      GError               **error);
gboolean  psl_money_split            (const char         *text,
                                      char              **before,
                                      char              **amount,
                                      char              **after);
char     *psl_money_complete         (const char         *text,
                                      const PslCodelists *codelists,
                                      const char         *currency);
gboolean  psl_money_parse_canonical  (const char         *value,
                                      gint64             *minor,
                                      char                currency[4]);
char     *psl_money_format_canonical (gint64              minor,
                                      const char         *currency);
char     *psl_money_format_amount    (gint64              minor,
                                      const char         *currency);
char     *psl_money_display          (gint64              minor,
                                      const char         *currency);
char     *psl_money_display_totals   (const char *const  *values);
char     *psl_money_dup_example      (void);

G_END_DECLS
