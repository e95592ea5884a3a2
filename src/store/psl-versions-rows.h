/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-versions.h"

G_BEGIN_DECLS

char *psl_versions_merge_rows (GPtrArray      *versions,
                               PslSights      *sights,
                               const PslField *field,
                               gboolean       *differs);
gboolean psl_versions_revert_rows
                              (const PslField *field,
                               const char     *before,
                               const char     *after,
                               const char     *present,
                               char          **reverted);

G_END_DECLS
