/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *psl_language_get_name       (const char *language);
char       *psl_language_dup_text_label (const char *label,
                                         const char *language);

G_END_DECLS
