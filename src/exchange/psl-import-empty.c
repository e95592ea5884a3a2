/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-empty.h"

#include <string.h>

#include "psl-text.h"

/* How many times as long as a mark a cell can be that is the same when its case is folded. */
#define MAXIMUM_GROWTH 4

/* Words and signs that people and spreadsheets write for nothing. `NA` is not among them: it
 * is Namibia. Nor are words that mean something, such as “unknown”. */
const char *const psl_import_usual_empty_marks[] = {
  "-", "--", "\342\200\223", "\342\200\224", "\342\200\246", "...",
  "n/a", "n.a.", "#N/A", "n/d", "n.d.", "s/o", "s.o.",
  "not applicable", "not available", "sans objet", "non applicable", "non disponible", "NULL",
  NULL,
};

/* Words that people write for an identifier that is not known yet. In texts such words may
 * mean something; rows that share one as their identifier would be taken for one record. */
const char *const psl_import_identifier_empty_marks[] = {
  "?", "NA", "N.C.", "N.R.", "TBA", "TBC", "TBD", "x", "xx", "xxx", "new", "none", "nil", "no ID", "unknown",
  "pending", "not assigned", "not known", "not yet known", "to be announced", "to be assigned", "to be completed",
  "to be confirmed", "to be decided", "to be defined", "to be determined", "to be specified", "\303\240 attribuer",
  "\303\240 compl\303\251ter", "\303\240 confirmer", "\303\240 d\303\251finir", "\303\240 d\303\251terminer",
  "\303\240 pr\303\251ciser", "\303\240 venir", "aucun", "aucune", "en attente", "en cours", "inconnu", "inconnue",
  "n\303\251ant", "nouveau", "sans num\303\251ro", "non attribu\303\251", "non d\303\251fini", "non renseign\303\251",
  NULL,
};

/* The marks as cells are compared with them. */
struct _PslImportEmpty
{
  GHashTable *more;       /* set of marks, case folded */
  GHashTable *usual;
  GHashTable *words;      /* (nullable): set of marks for identifiers, see dup_letters() */
  gsize longest;          /* bytes of the longest mark */
};

static GHashTable *
make_set (PslImportEmpty    *self,
          const char *const *marks)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (; marks != NULL && *marks != NULL; marks++)
    {
      g_autofree char *clean = psl_text_clean (*marks, FALSE);

      if (clean == NULL)
        continue;
      self->longest = MAX (self->longest, strlen (clean));
      g_hash_table_add (set, g_utf8_casefold (clean, -1));
    }
  return set;
}

/* Letters and digits alone, folded: `T.B.D.` and `A definir` are marks, too. */
static char *
dup_letters (const char *text)
{
  char *folded = psl_text_fold (text);
  gsize n = 0;

  for (const char *p = folded; *p != '\0'; p++)
    if (*p != ' ')
      folded[n++] = *p;
  folded[n] = '\0';
  return folded;
}

static GHashTable *
make_words (void)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; psl_import_usual_empty_marks[i] != NULL; i++)
    g_hash_table_add (set, dup_letters (psl_import_usual_empty_marks[i]));
  for (gsize i = 0; psl_import_identifier_empty_marks[i] != NULL; i++)
    g_hash_table_add (set, dup_letters (psl_import_identifier_empty_marks[i]));
  return set;
}

static gboolean
has_word (PslImportEmpty *self,
          const PslField *field,
          const char     *text)
{
  g_autofree char *letters = NULL;

  if (self->words == NULL || (field != NULL && field->type != PSL_FIELD_TYPE_IDENTIFIER))
    return FALSE;
  letters = dup_letters (text);
  return g_hash_table_contains (self->words, letters);
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

/* A text may say “n/a”; a title or a distinctive field can't. */
static gboolean
takes_usual_marks (const PslKind  *kind,
                   const PslField *field)
{
  if (field == NULL || field == psl_kind_get_title (kind) || psl_field_is_distinctive (field))
    return TRUE;
  return field->type != PSL_FIELD_TYPE_TEXT && field->type != PSL_FIELD_TYPE_LONG_TEXT;
}

/**
 * psl_import_empty_new:
 * @marks: the marks of empty cells; not needed after the call
 *
 * Returns: (transfer full): tells such cells
 */
PslImportEmpty *
psl_import_empty_new (const PslImportEmptyMarks *marks)
{
  PslImportEmpty *self = g_new0 (PslImportEmpty, 1);

  self->more = make_set (self, marks->more);
  self->usual = make_set (self, marks->usual != NULL ? marks->usual : psl_import_usual_empty_marks);
  /* Where no usual mark counts, only the marks that were given count. */
  if (g_hash_table_size (self->usual) > 0)
    self->words = make_words ();
  return self;
}

/**
 * psl_import_empty_free:
 *
 * Frees @self.
 */
void
psl_import_empty_free (PslImportEmpty *self)
{
  g_hash_table_unref (self->more);
  g_hash_table_unref (self->usual);
  g_clear_pointer (&self->words, g_hash_table_unref);
  g_free (self);
}

/**
 * psl_import_empty_has:
 * @kind: the kind of the rows
 * @field: (nullable): the field or sub-field that the cell goes to, or %NULL for one
 *   that goes elsewhere
 * @cell: a cell, valid UTF-8
 *
 * Returns: whether the cell says nothing: it is empty, or it holds one of the marks, whatever
 *   its case; the usual marks don't count in texts, except in titles and distinctive fields.
 *   In identifiers more words count, unless no usual mark does: see
 *   #psl_import_identifier_empty_marks
 */
gboolean
psl_import_empty_has (PslImportEmpty *self,
                      const PslKind  *kind,
                      const PslField *field,
                      const char     *cell)
{
  g_autofree char *text = NULL;
  g_autofree char *cased = NULL;
  g_autofree char *amount = NULL;

  if (*cell == '\0')
    return TRUE;
  text = psl_text_clean (cell, FALSE);
  if (text == NULL)
    return TRUE;
  if (has_word (self, field, text))
    return TRUE;
  /* An amount may have a sign or two more than its mark. */
  if (strlen (text) > MAXIMUM_GROWTH * (self->longest + 1))
    return FALSE;
  cased = g_utf8_casefold (text, -1);
  if (g_hash_table_contains (self->more, cased))
    return TRUE;
  if (!takes_usual_marks (kind, field))
    return FALSE;
  if (g_hash_table_contains (self->usual, cased))
    return TRUE;
  if (field == NULL || field->type != PSL_FIELD_TYPE_MONEY)
    return FALSE;

  amount = drop_currency_signs (cased);
  return g_hash_table_contains (self->usual, amount);
}
