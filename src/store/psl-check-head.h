/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/* Whether the journal still has a head that was noted elsewhere (psl-head-note.h). */

gboolean  psl_check_head_is_valid (const char  *noted);
char     *psl_check_head          (PslStore    *store,
                                   const char  *noted,
                                   GError     **error);

G_END_DECLS
