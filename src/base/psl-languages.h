/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The languages a register is kept in, NULL-terminated BCP 47 tags: the
 * vocabulary of IATI narratives. Each has sort columns in every kind's table. */
extern const char *const psl_languages[];

G_END_DECLS
