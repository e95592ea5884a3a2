/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"

G_BEGIN_DECLS

/* For the other files of the query and of the store only. */

gboolean psl_words_add       (PslDb       *db,
                              GHashTable  *known,
                              const char  *text,
                              GError     **error);
gboolean psl_words_dup_match (PslDb       *db,
                              const char  *words,
                              char       **match,
                              GError     **error);

G_END_DECLS
