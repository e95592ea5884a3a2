/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"
#include "psl-kind.h"

G_BEGIN_DECLS

/* The tables and indexes that the descriptions of kinds ask for, and the script that adds the
 * missing ones to a register. */
char *psl_kind_tables_dup_script (PslDb                 *db,
                                  const PslKind *const  *kinds,
                                  GError               **error);

G_END_DECLS
