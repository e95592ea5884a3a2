/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-kind.h"

G_BEGIN_DECLS

/*
 * The settings of a kind, each in an entry. A typed value is stored on Enter, when the focus
 * leaves and when the group goes out of sight; a wrong value stays, with its fault below, and
 * keeps no other setting from being stored.
 */
#define PSL_TYPE_KIND_SETTINGS_GROUP (psl_kind_settings_group_get_type ())
G_DECLARE_FINAL_TYPE (PslKindSettingsGroup, psl_kind_settings_group, PSL, KIND_SETTINGS_GROUP, AdwPreferencesGroup)

GtkWidget *psl_kind_settings_group_new (const PslKind *kind);

G_END_DECLS
