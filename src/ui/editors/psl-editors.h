/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"

G_BEGIN_DECLS

PslEditor *psl_editor_new (const PslField *field,
                           const char     *language);

G_END_DECLS
