/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-languages.h"

const char *const psl_languages[] = { "fr", "en", NULL };
