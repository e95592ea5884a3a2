/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-versions.h"

G_BEGIN_DECLS

gboolean psl_use_add_owners (PslStore    *store,
                             GHashTable  *rids,
                             GError     **error);
gboolean psl_use_is_apart   (PslStore    *store,
                             PslSights   *sights,
                             gint64       rid,
                             GPtrArray   *removals,
                             gboolean    *used,
                             GError     **error);

G_END_DECLS
