/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

void psl_text_cut_to_difference (char  **one,
                                 char  **other,
                                 gsize   context);

G_END_DECLS
