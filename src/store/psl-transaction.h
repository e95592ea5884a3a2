/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store-private.h"

G_BEGIN_DECLS

gboolean        psl_store_begin_action     (PslStore         *self,
                                            PslVerb           verb,
                                            const char       *subject,
                                            guint64           session,
                                            GError          **error);
gboolean        psl_store_begin_receipt    (PslStore         *self,
                                            GError          **error);
gboolean        psl_store_commit_receipt   (PslStore         *self,
                                            GError          **error);
gboolean        psl_store_check_action     (PslStore         *self,
                                            GError          **error);
gboolean        psl_store_note_failure     (PslStore         *self,
                                            GError           *failure,
                                            GError          **error);
gboolean        psl_transaction_has_made   (const PslTransaction *self,
                                            gint64            rid);
gboolean        psl_store_note_subject     (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            const PslField   *field,
                                            GError          **error);
gboolean        psl_store_touch_owners     (PslStore         *self,
                                            const PslKind    *kind,
                                            gint64            owner,
                                            GError          **error);
gboolean        psl_store_touch            (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            const PslField   *field,
                                            GError          **error);

G_END_DECLS
