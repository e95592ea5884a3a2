/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-empty.h"

#include <string.h>

#include "psl-text.h"

/* What people and spreadsheets write where there is nothing. `NA` is not among them: it
 * is Namibia. Nor are words that say something, such as “unknown”. */
const char *const psl_import_usual_empty_marks[] = {
  "-", "--", "\342\200\223", "\342\200\224", "\342\200\246", "...",
  "n/a", "n.a.", "#N/A", "n/d", "n.d.", "s/o", "s.o.",
  "not applicable", "not available", "sans objet", "non applicable", "non disponible", "NULL",
  NULL,
};

static gboolean
is_among (const char        *text,
          const char *const *marks)
{
  g_autofree char *cased = g_utf8_casefold (text, -1);

  for (; marks != NULL && *marks != NULL; marks++)
    {
      g_autofree char *clean = psl_text_clean (*marks, FALSE);
      g_autofree char *mark = clean != NULL ? g_utf8_casefold (clean, -1) : NULL;

      if (g_strcmp0 (mark, cased) == 0)
        return TRUE;
    }
  return FALSE;
}

/* An amount of nothing in a spreadsheet's accounting format: `$ -`, `- €`. */
static char *
drop_currency_signs (const char *text)
{
  g_autoptr (GString) rest = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_type (c) != G_UNICODE_CURRENCY_SYMBOL && !g_unichar_isspace (c))
        g_string_append_unichar (rest, c);
    }
  return g_string_free_and_steal (g_steal_pointer (&rest));
}

/* A text may say “n/a”; a title can't. */
static gboolean
takes_usual_marks (const PslKind  *kind,
                   const PslField *field)
{
  if (field == NULL || field == psl_kind_get_title (kind))
    return TRUE;
  return field->type != PSL_FIELD_TYPE_TEXT && field->type != PSL_FIELD_TYPE_LONG_TEXT;
}

/**
 * psl_import_is_empty:
 * @marks: what stands in cells that say nothing
 * @kind: what the rows are
 * @field: (nullable): the field or sub-field that the cell goes to, or %NULL for one
 *   that goes elsewhere
 * @cell: a cell, valid UTF-8
 *
 * Returns: whether the cell says nothing: it is empty, or it holds one of the marks,
 *   whatever its case; the usual ones don't count in texts, except in titles
 */
gboolean
psl_import_is_empty (const PslImportEmptyMarks *marks,
                     const PslKind             *kind,
                     const PslField            *field,
                     const char                *cell)
{
  g_autofree char *text = NULL;
  g_autofree char *amount = NULL;
  const char *const *usual = marks->usual != NULL ? marks->usual : psl_import_usual_empty_marks;

  if (*cell == '\0')
    return TRUE;
  /* The longest mark is a few words. */
  if (strlen (cell) > 64 && (marks->more == NULL || marks->more[0] == NULL))
    return FALSE;
  text = psl_text_clean (cell, FALSE);
  if (text == NULL || is_among (text, marks->more))
    return TRUE;
  if (!takes_usual_marks (kind, field))
    return FALSE;
  if (is_among (text, usual))
    return TRUE;
  if (field == NULL || field->type != PSL_FIELD_TYPE_MONEY)
    return FALSE;

  amount = drop_currency_signs (text);
  return is_among (amount, usual);
}
