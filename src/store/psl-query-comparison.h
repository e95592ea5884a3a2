/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-query-private.h"
#include "psl-sql.h"

G_BEGIN_DECLS

/* For the query's SQL only. */

void psl_comparison_append       (PslSql                *sql,
                                  const PslCodelists    *codelists,
                                  const PslFilterTarget *target,
                                  const PslFilter       *filter,
                                  const PslField        *field,
                                  const char            *column);
void psl_comparison_append_words (PslSql             *sql,
                                  const PslCodelists *codelists,
                                  const PslField     *field,
                                  const char         *column,
                                  const char         *words);

G_END_DECLS
