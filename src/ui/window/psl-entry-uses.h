/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-register.h"

G_BEGIN_DECLS

/* How many records of each kind have an entry of a code list. */

void  psl_entry_uses_read_async  (PslRegister          *reg,
                                  const char           *list,
                                  const char           *code,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
char *psl_entry_uses_read_finish (PslRegister          *reg,
                                  GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
