/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelists.h"

G_BEGIN_DECLS

/**
 * PslCurrencyText: the currencies that a text about an amount can mean.
 * @codes: (element-type utf8): the currencies that it can mean, which live as long as the
 *   code lists, or the program; %NULL for any
 * @usual: (nullable): of them, the one that it means where nothing else is said
 */
typedef struct
{
  GPtrArray *codes;
  const char *usual;
} PslCurrencyText;

void        psl_currency_text_clear  (PslCurrencyText        *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PslCurrencyText, psl_currency_text_clear)
gboolean    psl_currency_text_add    (PslCurrencyText    *self,
                                      const PslCodelists *codelists,
                                      const char         *text,
                                      gboolean            takes_unlisted,
                                      gboolean           *contradicts);
gboolean    psl_currency_text_allows (const PslCurrencyText  *self,
                                      const char             *code);

G_END_DECLS
