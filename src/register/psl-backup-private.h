/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-backup.h"
#include "psl-db.h"

G_BEGIN_DECLS

PslDb *psl_backup_open (const char  *path,
                        GError     **error);

G_END_DECLS
