/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-import-job.h"
#include "psl-store.h"

G_BEGIN_DECLS

char *psl_effects_describe_import (GArray              *effects,
                                   const PslImportPlan *plan);
char *psl_effects_describe_undo   (GArray              *effects);

G_END_DECLS
