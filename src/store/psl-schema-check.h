/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"

G_BEGIN_DECLS

/* The hash of the schema that the scripts make: a register that has it is as it should be. To run
 * the scripts takes 40 ms, which is only done for another schema, to tell what differs. */
#define PSL_SCHEMA_DIGEST "a5e8336332e71f614546115b92106aae4fd6d57a7ab987331c4ee8dbc4ec9e5b"

char    *psl_schema_dup_digest    (PslDb   *db,
                                   GError **error);
gboolean psl_schema_check         (PslDb   *db,
                                   GError **error);
gboolean psl_schema_check_numbers (PslDb   *db,
                                   GError **error);

G_END_DECLS
