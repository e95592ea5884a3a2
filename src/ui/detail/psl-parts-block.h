/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-block.h"
#include "psl-register.h"

G_BEGIN_DECLS

/* Cells of a table of parts on their way from the register to the clipboard, and back. */

void  psl_parts_block_copy_async  (PslRegister          *reg,
                                   GPtrArray            *columns,
                                   GArray               *rids,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
void  psl_parts_block_paste_async (PslRegister          *reg,
                                   PslRecord            *owner,
                                   const PslKind        *kind,
                                   GPtrArray            *columns,
                                   guint                 first_column,
                                   GArray               *rids,
                                   const char           *entered,
                                   const char           *text,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data);
char *psl_parts_block_dup_message (const PslBlockResult *pasted);

G_END_DECLS
