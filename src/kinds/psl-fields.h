/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-field.h"

G_BEGIN_DECLS

/* Fields that fields of several kinds refer to. */

/* The M49 area that a country lies in. */
extern const PslField psl_field_area;

G_END_DECLS
