/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-versions.h"

G_BEGIN_DECLS

gboolean psl_versions_mark_translations (PslStore        *store,
                                         PslSights       *sights,
                                         gint64           rid,
                                         const PslField  *field,
                                         GError         **error);
gboolean psl_versions_mark_unsealed     (PslStore        *store,
                                         GError         **error);

G_END_DECLS
