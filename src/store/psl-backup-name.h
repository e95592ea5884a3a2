/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PslBackupReason: why a backup was made.
 * @PSL_BACKUP_AUTOMATIC: once a day when something changed; the last ten are kept
 * @PSL_BACKUP_MANUAL: asked for; kept for ever, like the two below
 * @PSL_BACKUP_BEFORE_MIGRATION: before the file was brought to a newer schema
 * @PSL_BACKUP_BEFORE_RESTORE: the register before a backup was restored
 */
typedef enum
{
  PSL_BACKUP_AUTOMATIC,
  PSL_BACKUP_MANUAL,
  PSL_BACKUP_BEFORE_MIGRATION,
  PSL_BACKUP_BEFORE_RESTORE,
} PslBackupReason;

char     *psl_backup_dup_folder (const char       *register_path);
char     *psl_backup_dup_path   (const char       *register_path,
                                 PslBackupReason   reason,
                                 gint64            at);
gboolean  psl_backup_name_parse (const char       *register_path,
                                 const char       *name,
                                 PslBackupReason  *reason,
                                 gint64           *at);

G_END_DECLS
