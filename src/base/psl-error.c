/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-error.h"

G_DEFINE_QUARK (psl-register-error-quark, psl_register_error)
