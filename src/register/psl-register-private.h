/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-register.h"
#include "psl-worker.h"

G_BEGIN_DECLS

/* Functions of psl-register.c for the calls in the other psl-register-*.c. */

void psl_register_read     (PslRegister         *self,
                            PslLane              lane,
                            gpointer             source_tag,
                            PslStoreFunc         func,
                            gpointer             data,
                            GDestroyNotify       destroy_data,
                            GDestroyNotify       destroy_result,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
void psl_register_write    (PslRegister         *self,
                            gpointer             source_tag,
                            PslJobFlags          flags,
                            PslStoreFunc         func,
                            gint64               rid,
                            gpointer             data,
                            GDestroyNotify       destroy_data,
                            GDestroyNotify       destroy_result,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
void psl_register_replace  (PslRegister         *self,
                            gpointer             source_tag,
                            PslStoreFunc         func,
                            gpointer             data,
                            GDestroyNotify       destroy_data,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);

G_END_DECLS
