/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/*
 * The remarks on a record or on one of its fields: read, added to, edited and deleted. A text
 * that is not stored is neither lost nor stored with the dialog, which asks before it closes.
 */
#define PSL_TYPE_REMARKS_DIALOG (psl_remarks_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PslRemarksDialog, psl_remarks_dialog, PSL, REMARKS_DIALOG, AdwDialog)

PslRemarksDialog *psl_remarks_dialog_new (PslRegister     *reg,
                                          PslRecord       *record,
                                          const PslField  *field,
                                          const char      *language);
void              psl_remarks_dialog_go_to (PslRemarksDialog *self,
                                            gint64            remark);

void       psl_remarks_dialog_read_async  (PslRegister          *reg,
                                           PslRecord            *record,
                                           GCancellable         *cancellable,
                                           GAsyncReadyCallback   callback,
                                           gpointer              user_data);
GPtrArray *psl_remarks_dialog_read_finish (PslRegister          *reg,
                                           GAsyncResult         *result,
                                           GError              **error);
char      *psl_remarks_dialog_dup_summary (GPtrArray            *remarks,
                                           const PslKind        *kind);

G_END_DECLS
