/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-progress.h"
#include "psl-register.h"

G_BEGIN_DECLS

void   psl_export_async  (PslRegister          *reg,
                          PslQuery             *query,
                          GFile                *file,
                          const char           *labels,
                          PslProgress          *progress,
                          GCancellable         *cancellable,
                          GAsyncReadyCallback   callback,
                          gpointer              user_data);
gint64 psl_export_finish (PslRegister          *reg,
                          GAsyncResult         *result,
                          GError              **error);

G_END_DECLS
