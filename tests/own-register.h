/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-own-registers.h"
#include "psl-provenance.h"

G_BEGIN_DECLS

/* Says that the register at a path is one's own, where there is one that can be read: it opens
 * without a question. */
static inline void
own_register_declare (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslProvenance) provenance = psl_provenance_read_file (path, NULL, &error);

  if (provenance != NULL && provenance->id != NULL)
    psl_own_registers_add (path, provenance->id);
}

G_END_DECLS
