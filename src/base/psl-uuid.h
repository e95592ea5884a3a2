/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PSL_UUID_LENGTH 36

char     *psl_uuid_new      (void);
gboolean  psl_uuid_is_valid (const char *text);

G_END_DECLS
