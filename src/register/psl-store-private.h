/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"
#include "psl-store.h"

G_BEGIN_DECLS

/* For the other files of the store only. */

PslDb      *psl_store_get_db       (PslStore *self);
const char *psl_store_get_language (PslStore *self);

G_END_DECLS
