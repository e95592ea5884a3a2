/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint psl_terminal_get_width         (void);
guint psl_terminal_measure_character (gunichar    character);
guint psl_terminal_measure           (const char *text);

G_END_DECLS
