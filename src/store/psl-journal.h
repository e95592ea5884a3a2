/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-hash.h"
#include "psl-plan.h"
#include "psl-store.h"

G_BEGIN_DECLS

gboolean        psl_store_journal          (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            const PslField   *field,
                                            const char       *language,
                                            const char       *old_value,
                                            const char       *new_value,
                                            GError          **error);
gboolean        psl_store_journal_made     (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            const char       *id,
                                            const char       *content,
                                            GError          **error);
gboolean        psl_store_insert_received_change
                                           (PslStore         *self,
                                            gint64            rid,
                                            gint64            action,
                                            gint64            base,
                                            const PslHashedChange *change,
                                            GError          **error);
gboolean        psl_store_write_undone     (PslStore         *self,
                                            gint64            action,
                                            gint64            undo,
                                            GError          **error);

G_END_DECLS
