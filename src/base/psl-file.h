/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the name of a part adds to that of its file: see psl-file-part.c. */
#define PSL_FILE_PART_TEMPLATE ".passerelle-XXXXXX.part"
#define PSL_FILE_PART_PATTERN ".passerelle-??????.part*"

GFile      *psl_file_new_for_argument (const char  *argument,
                                       const char  *folder);
char       *psl_file_dup_path         (const char  *argument);
const char *psl_file_find_part        (const char  *name);
char       *psl_file_dup_display_name (const char  *path);
void        psl_file_set_error        (const char  *path,
                                       int          error_number,
                                       GError     **error);
char       *psl_file_follow_links     (const char  *path,
                                       GError     **error);
gboolean    psl_file_is_same          (const char  *one,
                                       const char  *other);
gboolean    psl_file_sync             (const char  *path,
                                       GError     **error);
gboolean    psl_file_sync_folder      (const char  *path,
                                       GError     **error);
gboolean    psl_file_move             (const char  *from,
                                       const char  *to,
                                       GError     **error);

G_END_DECLS
