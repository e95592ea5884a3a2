/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-setting.h"

G_BEGIN_DECLS

/* The key in which the settings of all kinds are kept. */
#define PSL_KIND_SETTINGS_KEY "kind-settings"

PslSettingValues *psl_kind_settings_load         (GSettings              *settings);
PslSettingValues *psl_kind_settings_load_default (void);
void              psl_kind_settings_store        (GSettings              *settings,
                                                  const PslSettingValues *values);
gboolean          psl_kind_settings_has_key      (const char             *key);

G_END_DECLS
