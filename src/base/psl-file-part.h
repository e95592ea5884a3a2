/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PslFilePartFlags:
 * @PSL_FILE_PART_NONE: the file has the permissions of the one that it replaces; a new one
 *   those that the umask leaves
 * @PSL_FILE_PART_PRIVATE: only its owner can read it
 * @PSL_FILE_PART_NEW: it replaces none; where there is a file of its name in the end, that
 *   is an error
 */
typedef enum
{
  PSL_FILE_PART_NONE = 0,
  PSL_FILE_PART_PRIVATE = 1 << 0,
  PSL_FILE_PART_NEW = 1 << 1,
} PslFilePartFlags;

typedef struct _PslFilePart PslFilePart;

PslFilePart *psl_file_part_new         (const char        *path,
                                        PslFilePartFlags   flags,
                                        GError           **error);
void         psl_file_part_free        (PslFilePart       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslFilePart, psl_file_part_free)
const char  *psl_file_part_get_path    (PslFilePart       *self);
gboolean     psl_file_part_finish      (PslFilePart       *self,
                                        GError           **error);
void         psl_file_part_remove_left (const char        *folder,
                                        gint64             now);

G_END_DECLS
