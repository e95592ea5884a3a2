/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _PslCsvWriter PslCsvWriter;

PslCsvWriter *psl_csv_writer_new     (GOutputStream  *stream,
                                      char            delimiter,
                                      gboolean        byte_order_mark);
void          psl_csv_writer_free    (PslCsvWriter   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslCsvWriter, psl_csv_writer_free)
void          psl_csv_writer_add     (PslCsvWriter   *self,
                                      const char     *cell);
gboolean      psl_csv_writer_end_row (PslCsvWriter   *self,
                                      GCancellable   *cancellable,
                                      GError        **error);
gboolean      psl_csv_writer_finish  (PslCsvWriter   *self,
                                      GCancellable   *cancellable,
                                      GError        **error);

G_END_DECLS
