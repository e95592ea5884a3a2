/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The backups of a register, the latest first, each to be restored.
 *
 * Signals:
 *   restore (const char *path, const char *description)  the person wants that backup back
 */
#define PSL_TYPE_BACKUP_LIST (psl_backup_list_get_type ())
G_DECLARE_FINAL_TYPE (PslBackupList, psl_backup_list, PSL, BACKUP_LIST, AdwPreferencesGroup)

void psl_backup_list_load (PslBackupList *self,
                           const char    *register_path);

G_END_DECLS
