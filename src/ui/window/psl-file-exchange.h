/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-counts.h"
#include "psl-detail-page.h"
#include "psl-list-page.h"
#include "psl-notifier.h"

G_BEGIN_DECLS

/*
 * Tables that come into a window's register and go out of it, by the menu and by files
 * dropped on the window. Its actions are the window's: import, export, open-folder.
 *
 * Signals:
 *   imported (gpointer collection)  records came into a #PslCollection, or would have
 */
#define PSL_TYPE_FILE_EXCHANGE (psl_file_exchange_get_type ())
G_DECLARE_FINAL_TYPE (PslFileExchange, psl_file_exchange, PSL, FILE_EXCHANGE, GObject)

PslFileExchange *psl_file_exchange_new          (AdwApplicationWindow *window,
                                                 PslListPage          *list,
                                                 PslDetailPage        *page,
                                                 PslCounts            *counts,
                                                 PslNotifier          *notifier);
void             psl_file_exchange_set_register (PslFileExchange *self,
                                                 PslRegister     *reg);
void             psl_file_exchange_import       (PslFileExchange *self,
                                                 GFile           *file);

G_END_DECLS
