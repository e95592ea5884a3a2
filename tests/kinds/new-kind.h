/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kinds.h"

G_BEGIN_DECLS

/* A kind that the program doesn't have, beside those that it has: a program linked with
 * it in the place of psl-kinds.c has it in all that it does. */
extern const PslKind new_kind;

G_END_DECLS
