/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-register.h"

G_BEGIN_DECLS

PslChangedSet *psl_changed_set_new             (void);
PslChangedSet *psl_changed_set_new_all         (void);
void           psl_changed_set_free            (PslChangedSet       *set);
void           psl_changed_set_set_all         (PslChangedSet       *set);
void           psl_changed_set_add_rid         (PslChangedSet       *set,
                                                gint64               rid);
gboolean       psl_changed_set_touches_targets (const PslChangedSet *set,
                                                const PslKind       *kind);
gboolean       psl_changed_set_touches_record  (const PslChangedSet *set,
                                                PslRecord           *record);
gboolean       psl_changed_set_touches_rows    (const PslChangedSet *set,
                                                const PslKind       *kind);

G_END_DECLS
