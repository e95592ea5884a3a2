/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

typedef struct _PslSearchCheck PslSearchCheck;

PslSearchCheck *psl_search_check_new        (PslStore        *store,
                                             GCancellable    *cancellable,
                                             GError         **error);
void            psl_search_check_free       (PslSearchCheck  *self);
gboolean        psl_search_check_add        (PslSearchCheck  *self,
                                             PslRecord       *record,
                                             GError         **error);
GArray         *psl_search_check_list_wrong (PslSearchCheck  *self,
                                             GCancellable    *cancellable,
                                             GError         **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslSearchCheck, psl_search_check_free)

G_END_DECLS
