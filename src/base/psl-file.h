/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GFile    *psl_file_new_for_argument (const char  *argument,
                                     const char  *folder);
char     *psl_file_dup_path     (const char  *argument);
void      psl_file_set_error    (const char  *path,
                                 int          error_number,
                                 GError     **error);
char     *psl_file_follow_links (const char  *path,
                                 GError     **error);
gboolean  psl_file_is_same      (const char  *one,
                                 const char  *other);
gboolean  psl_file_sync         (const char  *path,
                                 GError     **error);
GFileOutputStream *psl_file_replace (GFile        *file,
                                     GCancellable *cancellable,
                                     GError      **error);
gboolean  psl_file_move         (const char  *from,
                                 const char  *to,
                                 GError     **error);

G_END_DECLS
