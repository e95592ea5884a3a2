/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-backup-name.h"
#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslBackup:
 * @path: the file
 * @reason: why it was made
 * @at: when, in microseconds since 1970, UTC
 * @size: bytes
 * @records: live records in it, one number a kind in the order of #psl_kinds;
 *   -1 where the file can't be read
 *
 * A backup in the folder `backups` beside the register.
 */
typedef struct
{
  char *path;
  PslBackupReason reason;
  gint64 at;
  goffset size;
  gint64 *records;
} PslBackup;

void       psl_backup_free             (PslBackup        *backup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslBackup, psl_backup_free)

/* Automatic backups that are kept. */
#define PSL_BACKUP_KEEP 10

gboolean   psl_backup_create           (PslStore         *store,
                                        const char       *path,
                                        GCancellable     *cancellable,
                                        GError          **error);
gboolean   psl_backup_create_automatic (PslStore         *store,
                                        gint64            now,
                                        char            **path,
                                        GCancellable     *cancellable,
                                        GError          **error);
GPtrArray *psl_backup_list             (const char       *register_path,
                                        GError          **error);
gboolean   psl_backup_check            (const char       *path,
                                        GCancellable     *cancellable,
                                        GError          **error);
gboolean   psl_backup_restore          (const char       *register_path,
                                        const char       *backup,
                                        GCancellable     *cancellable,
                                        char            **set_aside,
                                        GError          **error);

G_END_DECLS
