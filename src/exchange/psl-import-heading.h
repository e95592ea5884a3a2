/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-field.h"

G_BEGIN_DECLS

/* Between the UUIDs of parts in a cell. */
#define PSL_IMPORT_ID_SEPARATOR ";"

/* A word that says which half of an amount a column holds. */
typedef struct
{
  const char *language;
  const char *word;
} PslHeadingWord;

/* Ended by one without a word. */
extern const PslHeadingWord psl_import_amount_words[];
extern const PslHeadingWord psl_import_currency_words[];

GStrv       psl_import_heading_split         (const char *heading);
gboolean    psl_import_heading_is_plain      (const char *heading);
gboolean    psl_import_heading_is_reasons    (const char *heading);
char       *psl_import_heading_dup_part_ids  (const PslField *field);
const char *psl_import_heading_currency_word (const char *language);

G_END_DECLS
