/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-record.h"

G_BEGIN_DECLS

#define PSL_JOURNAL_AGREED "$agreed"

char *psl_journal_content_new       (PslRecord      *record,
                                     const char     *owner,
                                     gint64          position);
char *psl_journal_content_new_patch (const PslField *field,
                                     const char     *language,
                                     const char     *value);

G_END_DECLS
