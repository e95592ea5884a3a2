/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelists.h"
#include "psl-csv-reader.h"

G_BEGIN_DECLS

GStrv psl_import_read_headings (PslCsvReader        *reader,
                                const PslCodelists  *codelists,
                                guint64             *tag_line,
                                guint               *n_above,
                                GCancellable        *cancellable,
                                GError             **error);

G_END_DECLS
