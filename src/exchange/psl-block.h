/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/*
 * Blocks of cells between a table of parts and a spreadsheet, as the clipboard has them:
 * cells with tabs between them, lines with line ends.
 */

/**
 * PslBlockColumn:
 * @field: the field in a column
 * @language: (nullable): for a multilingual field, the language of its texts
 */
typedef struct
{
  const PslField *field;
  const char *language;
} PslBlockColumn;

/**
 * PslBlockFault:
 * @rid: the part
 * @column: which of the columns
 * @text: (owned): the cell as it was pasted
 *
 * A cell that can't be read as a value of its field.
 */
typedef struct
{
  gint64 rid;
  guint column;
  char *text;
} PslBlockFault;

/**
 * PslBlockResult:
 * @faults: (element-type PslBlockFault): the cells that could not be read
 * @surplus: (element-type utf8): the cells beyond the last column, but for empty ones
 * @first_beyond: the part that the first row beyond the given ones went into; 0 where there
 *   is no such row
 */
typedef struct
{
  GPtrArray *faults;
  GPtrArray *surplus;
  gint64 first_beyond;
} PslBlockResult;

gboolean        psl_block_has_cells   (const char            *text);
PslBlockResult *psl_block_paste       (PslStore              *store,
                                       const PslKind         *kind,
                                       const char            *owner,
                                       const PslBlockColumn  *columns,
                                       guint                  n_columns,
                                       GArray                *rids,
                                       const char            *first_id,
                                       const char            *text,
                                       GCancellable          *cancellable,
                                       GError               **error);
void            psl_block_result_free (PslBlockResult        *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslBlockResult, psl_block_result_free)
char           *psl_block_copy        (PslStore              *store,
                                       const PslBlockColumn  *columns,
                                       guint                  n_columns,
                                       GArray                *rids,
                                       const char            *language,
                                       GCancellable          *cancellable,
                                       GError               **error);

G_END_DECLS
