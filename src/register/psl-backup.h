/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslBackupReason: why a backup was made.
 * @PSL_BACKUP_AUTOMATIC: once a day when something changed; the last ten are kept
 * @PSL_BACKUP_MANUAL: asked for; kept for ever, like the two below
 * @PSL_BACKUP_BEFORE_MIGRATION: before the file was brought to a newer schema
 * @PSL_BACKUP_BEFORE_RESTORE: what stood there before a backup was restored
 */
typedef enum
{
  PSL_BACKUP_AUTOMATIC,
  PSL_BACKUP_MANUAL,
  PSL_BACKUP_BEFORE_MIGRATION,
  PSL_BACKUP_BEFORE_RESTORE,
} PslBackupReason;

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

char      *psl_backup_dup_folder       (const char       *register_path);
char      *psl_backup_dup_path         (const char       *register_path,
                                        PslBackupReason   reason,
                                        gint64            at);
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
