/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-backup.h"
#include "psl-db.h"

G_BEGIN_DECLS

/* The end of the names of unfinished copies; those that a crash has left go after a day. */
#define PSL_BACKUP_PART_EXTENSION ".part"

PslDb *psl_backup_open            (const char  *path,
                                   GError     **error);
void   psl_backup_remove_prepared (const char  *register_path,
                                   gint64       before);

G_END_DECLS
