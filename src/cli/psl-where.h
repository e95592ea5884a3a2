/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

PslQuery       *psl_where_build_query (PslStore            *store,
                                       const PslKind       *kind,
                                       const char *const   *conditions,
                                       const char          *words,
                                       const char          *sort,
                                       GError             **error);
const PslField *psl_where_find_field  (const PslKind       *kind,
                                       const char          *name,
                                       const char         **language);
char           *psl_where_read_value  (PslStore            *store,
                                       const PslField      *field,
                                       const char          *text,
                                       GError             **error);

G_END_DECLS
