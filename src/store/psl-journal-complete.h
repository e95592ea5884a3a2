/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

gboolean psl_journal_complete (PslStore  *self,
                               GError   **error);

G_END_DECLS
