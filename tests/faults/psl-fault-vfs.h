/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A SQLite VFS that passes everything on to the system's own and can fail: the
 * Nth operation that would change the disk (write, truncate, sync, delete, the
 * making of a file, a growing shared memory), and all that follow until it is
 * disarmed, as a full disk does. SQLITE_FULL never fails a sync: a full disk
 * refuses the write before it. One counter for the process.
 */
void     psl_fault_vfs_install  (void);
void     psl_fault_vfs_arm      (guint nth,
                                 int   result);
gboolean psl_fault_vfs_disarm   (void);

G_END_DECLS
