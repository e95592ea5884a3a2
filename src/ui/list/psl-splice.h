/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PslSplice:
 * @position: where, in the list as the splices before it left it
 * @removed: how many go
 * @added: how many come
 *
 * A step from one list of record ids to another.
 */
typedef struct
{
  guint position;
  guint removed;
  guint added;
} PslSplice;

GArray *psl_splice_diff (GArray *before,
                         GArray *after,
                         guint   most);

G_END_DECLS
