/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-register.h"
#include "psl-setting.h"

G_BEGIN_DECLS

void       psl_parts_check_async  (PslRegister            *reg,
                                   PslRecord              *record,
                                   const PslSettingValues *settings,
                                   GCancellable           *cancellable,
                                   GAsyncReadyCallback     callback,
                                   gpointer                user_data);
GPtrArray *psl_parts_check_finish (PslRegister            *reg,
                                   GAsyncResult           *result,
                                   GError                **error);

G_END_DECLS
