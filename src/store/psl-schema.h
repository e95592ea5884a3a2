/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"
#include "psl-progress.h"

G_BEGIN_DECLS

/* "Pslr": marks a file as a register, at byte 68 of an SQLite file. */
#define PSL_SCHEMA_APPLICATION_ID 0x50736c72

/*
 * Scripts are numbered SQL texts, ended by NULL: the first makes version 1, each
 * further one brings the version before to its own. Their number is the version
 * the program knows. Tests pass others than the program's.
 */
GStrv    psl_schema_load_scripts     (GError            **error);
gboolean psl_schema_check_file       (const char         *path,
                                      GError            **error);
gboolean psl_schema_run_scripts      (PslDb              *db,
                                      const char *const  *scripts,
                                      gint64              version,
                                      GError            **error);
gboolean psl_schema_make_tables      (PslDb              *db,
                                      const char *const  *scripts,
                                      gint64              version,
                                      GError            **error);
gboolean psl_schema_create           (const char         *path,
                                      const char *const  *scripts,
                                      GError            **error);
gboolean psl_schema_get_version      (PslDb              *db,
                                      gint64             *version,
                                      GError            **error);
gboolean psl_schema_migrate          (PslDb              *db,
                                      const char *const  *scripts,
                                      gint64              now,
                                      gboolean            is_copy,
                                      PslProgress        *progress,
                                      GCancellable       *cancellable,
                                      GError            **error);
gboolean psl_schema_update_codelists (PslDb              *db,
                                      GError            **error);

G_END_DECLS
