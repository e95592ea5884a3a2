/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-query-order.h"
#include "psl-query.h"
#include "psl-sql.h"

G_BEGIN_DECLS

/* For the other files of the store only. */

gboolean psl_query_append_from   (PslQuery            *self,
                                  const PslCodelists  *codelists,
                                  const PslOrder      *order,
                                  const GArray        *found,
                                  PslSql              *sql,
                                  GError             **error);
void     psl_query_add_functions (PslStore        *store);

G_END_DECLS
