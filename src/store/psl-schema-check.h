/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"

G_BEGIN_DECLS

gboolean psl_schema_check         (PslDb   *db,
                                   GError **error);
gboolean psl_schema_check_numbers (PslDb   *db,
                                   GError **error);

G_END_DECLS
