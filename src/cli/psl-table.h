/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PslTable PslTable;

PslTable *psl_table_new     (guint       n_columns);
void      psl_table_free    (PslTable   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslTable, psl_table_free)
void      psl_table_add     (PslTable   *self,
                             const char *cell);
char     *psl_table_to_text (PslTable   *self,
                             guint       width,
                             guint       flexible);

G_END_DECLS
