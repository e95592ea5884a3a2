/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The registers in whose windows everything is pressed. */

void press_register_make_empty      (const char *path);
void press_register_make_filled     (const char *path);
void press_register_make_unreadable (const char *path);

G_END_DECLS
