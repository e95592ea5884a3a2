/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kinds.h"

G_BEGIN_DECLS

/* Kinds with parts, in the place of the program's own. */
extern const PslKind test_kind_plan;
extern const PslKind test_kind_step;
extern const PslKind test_kind_note;
extern const PslKind test_kind_share;
extern const PslKind test_kind_donor;

G_END_DECLS
