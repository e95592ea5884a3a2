/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-progress.h"

G_BEGIN_DECLS

/* How far work on another thread is, for as long as it goes on. */
#define PSL_TYPE_PROGRESS_BAR (psl_progress_bar_get_type ())
G_DECLARE_FINAL_TYPE (PslProgressBar, psl_progress_bar, PSL, PROGRESS_BAR, AdwBin)

void psl_progress_bar_start (PslProgressBar *self,
                             PslProgress    *progress);
void psl_progress_bar_stop  (PslProgressBar *self);

G_END_DECLS
