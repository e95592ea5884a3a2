/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-collection.h"
#include "psl-register.h"

G_BEGIN_DECLS

/*
 * Asks which records to write to a file, and for whom, and writes them.
 *
 * Signals:
 *   exported (GFile *file, gint64 n_records)  it is done
 */
#define PSL_TYPE_EXPORT_DIALOG (psl_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PslExportDialog, psl_export_dialog, PSL, EXPORT_DIALOG, AdwDialog)

PslExportDialog *psl_export_dialog_new   (PslRegister     *reg,
                                          const PslCollection  *collection,
                                          PslQuery        *shown,
                                          guint            n_shown,
                                          gint64           total);
void             psl_export_dialog_write (PslExportDialog *self,
                                          GFile           *file);

G_END_DECLS
