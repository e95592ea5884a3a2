/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-application.h"

G_BEGIN_DECLS

#define PSL_TYPE_WINDOW (psl_window_get_type ())
G_DECLARE_FINAL_TYPE (PslWindow, psl_window, PSL, WINDOW, AdwApplicationWindow)

PslWindow *psl_window_new (PslApplication *application);

G_END_DECLS
