/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

PslStore *psl_cli_open_store (const char     *path,
                              PslStoreFlags   flags,
                              GError        **error);

G_END_DECLS
