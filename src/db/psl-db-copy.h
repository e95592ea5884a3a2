/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"

G_BEGIN_DECLS

gboolean psl_db_copy_to         (PslDb         *self,
                                 const char    *path,
                                 GCancellable  *cancellable,
                                 GError       **error);
gboolean psl_db_copy_from       (PslDb         *self,
                                 PslDb         *source,
                                 GCancellable  *cancellable,
                                 GError       **error);
gboolean psl_db_check_soundness (PslDb         *self,
                                 gboolean       thoroughly,
                                 GError       **error);

G_END_DECLS
