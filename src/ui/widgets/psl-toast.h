/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *psl_toast_new        (const char *message);
void      psl_toast_add_button (AdwToast   *toast,
                                const char *label,
                                const char *action,
                                GVariant   *target);

G_END_DECLS
