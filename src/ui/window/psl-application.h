/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The program: one process, a window for each register that is open.
 */
#define PSL_TYPE_APPLICATION (psl_application_get_type ())
G_DECLARE_FINAL_TYPE (PslApplication, psl_application, PSL, APPLICATION, AdwApplication)

PslApplication *psl_application_new (void);

G_END_DECLS
