/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a register leaves behind that is not at its place any more. */
char     *psl_former_find          (const char  *register_path);
char     *psl_former_dup_path      (const char  *register_path);
gboolean  psl_former_set_log_aside (const char  *register_path,
                                    GError     **error);

G_END_DECLS
