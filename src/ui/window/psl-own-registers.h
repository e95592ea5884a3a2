/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-register.h"

G_BEGIN_DECLS

/*
 * The registers that were made here, or that somebody here has said to use. A register is one
 * of them by its place and its UUID together: a file says its UUID itself, so that a file from
 * elsewhere could say that of one's own, and a place alone may hold another file tomorrow. Kept
 * among the settings. Main thread only.
 */

char    *psl_own_registers_dup_default_path (void);
char    *psl_own_registers_dup_name         (const char  *path);
GStrv    psl_own_registers_dup_known        (const char  *path);
void     psl_own_registers_add              (const char  *path,
                                             const char  *id);
void     psl_own_registers_remember         (PslRegister *reg);

G_END_DECLS
