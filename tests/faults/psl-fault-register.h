/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"
#include "tests/folder.h"

G_BEGIN_DECLS

char     *fault_make_folder        (void);
void      fault_copy_register      (const char  *from,
                                    const char  *to);
PslStore *fault_open               (const char  *path);
gint64    fault_add_projects       (PslStore    *store,
                                    PslVerb      verb,
                                    const char  *prefix,
                                    guint        n,
                                    GError     **error);
gint64    fault_find_project       (PslStore    *store,
                                    const char  *project_id);
gboolean  fault_set                (PslStore    *store,
                                    gint64       rid,
                                    const char  *field,
                                    const char  *value,
                                    GError     **error);
char     *fault_dump               (PslStore    *store);
void      fault_assert_whole       (PslStore    *store);

G_END_DECLS
