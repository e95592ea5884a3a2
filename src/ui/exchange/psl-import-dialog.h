/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/*
 * Shows the effects of importing a table, lets the person change them, and imports it.
 *
 * Signals:
 *   imported (PslImportResult *result)  it is done
 */
#define PSL_TYPE_IMPORT_DIALOG (psl_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PslImportDialog, psl_import_dialog, PSL, IMPORT_DIALOG, AdwDialog)

PslImportDialog *psl_import_dialog_new (PslRegister   *reg,
                                        GFile         *file,
                                        const PslKind *likely);

G_END_DECLS
