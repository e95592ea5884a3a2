/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-text-reader.h"

G_BEGIN_DECLS

typedef struct _PslCsvReader PslCsvReader;

PslCsvReader *psl_csv_reader_new           (GInputStream  *stream,
                                            char           delimiter,
                                            const char    *encoding,
                                            GCancellable  *cancellable,
                                            GError       **error);
void          psl_csv_reader_free          (PslCsvReader  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslCsvReader, psl_csv_reader_free)
gboolean      psl_csv_reader_next          (PslCsvReader  *self,
                                            GCancellable  *cancellable,
                                            GError       **error);
guint         psl_csv_reader_get_n_cells   (PslCsvReader  *self);
const char   *psl_csv_reader_get_cell      (PslCsvReader  *self,
                                            guint          nth);
guint64       psl_csv_reader_get_line      (PslCsvReader  *self);
char          psl_csv_reader_get_delimiter (PslCsvReader  *self);
const char   *psl_csv_reader_get_encoding  (PslCsvReader  *self);
gboolean      psl_csv_reader_is_encoding_guessed (PslCsvReader *self);
guint64       psl_csv_reader_get_garbled_line (PslCsvReader *self);
guint64       psl_csv_reader_get_overruled_line (PslCsvReader *self);
gboolean      psl_csv_reader_rewind        (PslCsvReader  *self,
                                            GCancellable  *cancellable,
                                            GError       **error);
double        psl_csv_reader_get_fraction  (PslCsvReader  *self);

G_END_DECLS
