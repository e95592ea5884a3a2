/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

GArray *psl_identity_find       (PslStore        *store,
                                 PslRecord       *record,
                                 gint64           before,
                                 GError         **error);
GArray *psl_identity_find_named (PslStore        *store,
                                 const PslKind   *kind,
                                 const char      *name,
                                 GError         **error);

G_END_DECLS
