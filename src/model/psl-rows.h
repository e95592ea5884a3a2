/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-field.h"

G_BEGIN_DECLS

/*
 * Values of fields of rows, taken apart.
 *
 * In memory rows are a GPtrArray of `char **`, one a row, each with a cell a
 * sub-field in the sub-fields' order; an empty cell is NULL. A row is one block
 * of memory, freed with g_free().
 */

guint      psl_rows_get_n_columns  (const PslField     *field);
GPtrArray *psl_rows_new            (void);
char     **psl_rows_row_new        (const PslField     *field,
                                    const char *const  *cells);
char     **psl_rows_row_with       (const PslField     *field,
                                    const char *const  *row,
                                    guint               nth,
                                    const char         *value);
gboolean   psl_rows_row_is_empty   (const PslField     *field,
                                    const char *const  *row);
gboolean   psl_rows_row_contains   (const PslField     *field,
                                    const char *const  *row,
                                    const char *const  *part);
GPtrArray *psl_rows_parse          (const PslField     *field,
                                    const char         *value,
                                    GError            **error);
char      *psl_rows_build          (const PslField     *field,
                                    GPtrArray          *rows);
GPtrArray *psl_rows_read_list      (const PslField      *field,
                                    const PslCodelists  *codelists,
                                    const char          *text,
                                    GError             **error);

G_END_DECLS
