/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"
#include "psl-kind.h"

G_BEGIN_DECLS

/* How the value of one field lies in the columns of the register's tables. */

const PslField *psl_stored_field_find       (const PslKind  *kind,
                                             const char     *name);
gboolean        psl_stored_field_is_column  (const PslField *field);
gboolean        psl_stored_field_is_indexed (const PslKind  *kind,
                                             const PslField *field);
int             psl_stored_field_bind       (const PslField *field,
                                             PslStatement   *statement,
                                             int             parameter,
                                             const char     *value,
                                             gint64          link);
char           *psl_stored_field_dup_value  (const PslField *field,
                                             PslStatement   *statement,
                                             int             column);

G_END_DECLS
