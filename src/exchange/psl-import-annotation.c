/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-annotation.h"

#include <string.h>

#include "psl-codelist.h"
#include "psl-import-heading.h"
#include "psl-money-currency.h"
#include "psl-text.h"

/* Words for a power of ten, folded. A French “billion” is not an English one, and
 * “M” alone could be thousands. */
static const struct
{
  const char *word;
  guint exponent;
} powers[] = {
  { "k", 3 }, { "000", 3 }, { "000s", 3 }, { "thousand", 3 }, { "thousands", 3 }, { "millier", 3 }, { "milliers", 3 },
  { "mio", 6 }, { "million", 6 }, { "millions", 6 },
  { "milliard", 9 }, { "milliards", 9 }, { "md", 9 }, { "mds", 9 },
};

/* Words that join others, folded. */
static const char *const fillers[] = { "in", "en", "of", "de", "des", "d", "du", "the", NULL };

/* Codes and signs of currencies that are more often words or other abbreviations in
 * headings: `Budget (all)`, `Budget (fr)`. Folded. */
static const char *const homographs[] = {
  "all", "bam", "bob", "cad", "cop", "cup", "fr", "gel", "gip", "mad", "mur", "pen", "php", "ron", "sar", "sdg", "sos",
  "std", "top", "try", NULL,
};

static const char *const percent_words[] = { "percent", "per cent", "pour cent", NULL };

static guint
find_power (const char *folded)
{
  for (gsize i = 0; i < G_N_ELEMENTS (powers); i++)
    {
      if (strcmp (powers[i].word, folded) == 0)
        return powers[i].exponent;
    }

  return 0;
}

/* `k€`, `MUSD`: a power of ten against a currency. */
static guint
split_power (const PslCodelists  *codelists,
             const char          *word,
             const char         **currency)
{
  gboolean contradicts;
  g_auto (PslCurrencyText) known = { NULL };
  guint exponent = *word == 'k' || *word == 'K' ? 3 : *word == 'M' ? 6 : 0;

  if (exponent == 0 || word[1] == '\0' || strlen (word) == 3 ||
      !psl_currency_text_add (&known, codelists, word + 1, FALSE, &contradicts))
    return 0;
  *currency = word + 1;

  return exponent;
}

static gboolean
has_lower_case (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_islower (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

/* Whether @text is a word that also is a currency's code, and is not told from it by its
 * capitals. */
static gboolean
is_homograph (const PslCodelists *codelists,
              const char         *text,
              const char         *heading)
{
  g_autofree char *folded = psl_text_fold (text);

  if (!g_strv_contains (homographs, folded))
    return FALSE;

  return psl_codelist_find (psl_codelists_get_list (codelists, "currency"), text) == NULL || !has_lower_case (heading);
}

/* The code of what @text means, or @text where several currencies share it; NULL
 * where it is no currency. Three capitals that no list has are none: in headings they are
 * words (`TTC`). */
static char *
find_currency (const PslCodelists *codelists,
               const char         *text,
               const char         *heading)
{
  g_auto (PslCurrencyText) known = { NULL };
  gboolean contradicts;

  if (is_homograph (codelists, text, heading) || !psl_currency_text_add (&known, codelists, text, FALSE, &contradicts))
    return NULL;

  return g_strdup (known.codes->len == 1 ? g_ptr_array_index (known.codes, 0) : text);
}

/* The order that a pattern shows: `dd/mm/yyyy`, `jj.mm.aaaa`, `yyyy-mm-dd`; `mm/yyyy`
 * shows none. FALSE where it isn't a pattern. */
static gboolean
read_pattern (const char   *text,
              PslDateOrder *order)
{
  g_autofree char *folded = psl_text_fold (text);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autoptr (GString) letters = g_string_new (NULL);

  for (char **part = parts; *part != NULL; part++)
    {
      const char first = **part;
      gsize length = strlen (*part);

      if (first == '\0' || length > 4 || strspn (*part, (char[]) { first, '\0' }) != length)
        return FALSE;
      g_string_append_c (letters, first == 'j' ? 'd' : first == 'a' ? 'y' : first);
    }

  *order = PSL_DATE_ORDER_USUAL;
  if (strcmp (letters->str, "dmy") == 0)
    *order = PSL_DATE_ORDER_DMY;
  else if (strcmp (letters->str, "mdy") == 0)
    *order = PSL_DATE_ORDER_MDY;
  else if (strcmp (letters->str, "ymd") == 0)
    *order = PSL_DATE_ORDER_YMD;
  else
    return strcmp (letters->str, "my") == 0 || strcmp (letters->str, "ym") == 0 || strcmp (letters->str, "y") == 0;

  return TRUE;
}

/* Takes powers of ten and small words off an annotation of amounts, and returns the rest. */
static char *
take_powers (PslImportAnnotation *self,
             const PslCodelists  *codelists,
             const char *const   *words)
{
  GString *rest = g_string_new (NULL);

  for (; *words != NULL; words++)
    {
      g_autofree char *folded = psl_text_fold (*words);
      const char *word = *words;
      guint exponent = psl_import_heading_is_plain (word) ? find_power (folded) : 0;

      if (exponent == 0)
        exponent = split_power (codelists, *words, &word);
      self->exponent = MAX (self->exponent, exponent);
      if ((exponent > 0 && word == *words) || (*folded != '\0' && g_strv_contains (fillers, folded)))
        continue;
      g_string_append_printf (rest, "%s%s", rest->len > 0 ? " " : "", word);
    }

  return g_string_free_and_steal (rest);
}

/**
 * psl_import_annotation_clear:
 * @self: an annotation
 *
 * Empties @self.
 */
void
psl_import_annotation_clear (PslImportAnnotation *self)
{
  g_clear_pointer (&self->currency, g_free);
  self->exponent = 0;
  self->dates = PSL_DATE_ORDER_USUAL;
}

/**
 * psl_import_annotation_read:
 * @self: an empty annotation
 * @codelists: the lists of the register that the table goes into
 * @field: the field that the rest of the heading names
 * @heading: the whole heading: capitals say nothing where it is all in capitals
 * @words: the words beside the name, as psl_import_heading_split() gives them
 *
 * Returns: whether all of @words is understood, so that nothing a heading says is
 *   lost; @self is to be cleared in any case
 */
gboolean
psl_import_annotation_read (PslImportAnnotation *self,
                            const PslCodelists  *codelists,
                            const PslField      *field,
                            const char          *heading,
                            const char *const   *words)
{
  g_autofree char *joined = g_strjoinv (" ", (char **) words);
  g_autofree char *rest = NULL;
  g_autofree char *folded = NULL;

  if (*joined == '\0')
    return TRUE;

  switch ((int) field->type)
    {
    case PSL_FIELD_TYPE_MONEY:
      rest = take_powers (self, codelists, words);
      if (*rest != '\0')
        self->currency = find_currency (codelists, rest, heading);
      return *rest == '\0' || self->currency != NULL;
    case PSL_FIELD_TYPE_DATE:
    case PSL_FIELD_TYPE_YEAR:
      return read_pattern (joined, &self->dates);
    case PSL_FIELD_TYPE_DECIMAL:
      folded = psl_text_fold (joined);
      return g_strcmp0 (field->unit, "%") == 0 && (strcmp (joined, "%") == 0 || g_strv_contains (percent_words, folded));
    default:
      return FALSE;
    }
}

/**
 * psl_import_annotation_find:
 * @self: an empty annotation
 * @codelists: the lists of the register that the table goes into
 * @field: the field that somebody said the column goes to
 * @heading: the whole heading
 *
 * Finds the annotations in a heading whose own words don't name the field: `Total cost (k€)`.
 * A currency is a symbol, a code in capitals or a code that comes last.
 */
void
psl_import_annotation_find (PslImportAnnotation *self,
                            const PslCodelists  *codelists,
                            const PslField      *field,
                            const char          *heading)
{
  g_auto (GStrv) split = psl_import_heading_split (heading);

  for (char **words = split; *words != NULL; words++)
    {
      const char *one[] = { *words, NULL };
      g_auto (PslImportAnnotation) found = { NULL };
      gboolean is_code = strlen (*words) == 3 && (words[1] == NULL || !g_ascii_islower (**words));
      gboolean is_short = strlen (*words) < 3 || !psl_import_heading_is_plain (*words);

      if (!psl_import_annotation_read (&found, codelists, field, heading, one))
        continue;
      self->exponent = MAX (self->exponent, found.exponent);
      if (found.dates != PSL_DATE_ORDER_USUAL)
        self->dates = found.dates;
      if (found.currency != NULL && (is_code || is_short || found.exponent > 0))
        g_set_str (&self->currency, found.currency);
    }
}
