/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PSL_TYPE_FILE_WRITER (psl_file_writer_get_type ())
G_DECLARE_FINAL_TYPE (PslFileWriter, psl_file_writer, PSL, FILE_WRITER, GOutputStream)

PslFileWriter *psl_file_writer_new    (GFile          *file,
                                       GCancellable   *cancellable,
                                       GError        **error);
gboolean       psl_file_writer_finish (PslFileWriter  *self,
                                       GCancellable   *cancellable,
                                       GError        **error);

G_END_DECLS
