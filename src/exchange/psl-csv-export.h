/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslExportOptions:
 * @labels: (nullable): for a spreadsheet (see #PslSheet), the language of headings
 *   and names; %NULL for another register: UUIDs, names of fields and codes
 * @delimiter: `,`, `;` or a tab
 * @byte_order_mark: whether to begin with one, as some spreadsheets need
 * @progress: (nullable): told how much is written, from 0 to 1
 */
typedef struct
{
  const char *labels;
  char delimiter;
  gboolean byte_order_mark;
  void (*progress) (double   fraction,
                    gpointer user_data);
  gpointer user_data;
} PslExportOptions;

gint64 psl_csv_export (PslStore                *store,
                       PslQuery                *query,
                       gint64                   limit,
                       GOutputStream           *stream,
                       const PslExportOptions  *options,
                       GCancellable            *cancellable,
                       GError                 **error);
gint64 psl_csv_export_file (PslStore                *store,
                            PslQuery                *query,
                            gint64                   limit,
                            GFile                   *file,
                            const PslExportOptions  *options,
                            GCancellable            *cancellable,
                            GError                 **error);

G_END_DECLS
