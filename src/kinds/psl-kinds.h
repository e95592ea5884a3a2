/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kind.h"

G_BEGIN_DECLS

/* One file each: psl-kind-project.c, psl-kind-office.c. */
extern const PslKind psl_kind_project;
extern const PslKind psl_kind_office;

/* All kinds in the order of the sidebar, NULL-terminated. */
extern const PslKind *const psl_kinds[];

const PslKind *psl_kind_find (const char *name);

G_END_DECLS
