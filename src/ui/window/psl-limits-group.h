/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The limits of the fund, each in an entry. What is typed is stored on Enter, when
 * the focus leaves and when the group goes out of sight; what is wrong stays, with
 * what is wrong with it below, and keeps no other limit from being stored.
 */
#define PSL_TYPE_LIMITS_GROUP (psl_limits_group_get_type ())
G_DECLARE_FINAL_TYPE (PslLimitsGroup, psl_limits_group, PSL, LIMITS_GROUP, AdwPreferencesGroup)

G_END_DECLS
