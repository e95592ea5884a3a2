/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-heading.h"

#include <string.h>

#include "psl-text.h"

/* The column of reasons in each language: an import passes over it in any. */
static const char *const reasons_headings[] = {
  "Import problems",
  "Problèmes d’importation",
};

const PslHeadingWord psl_import_amount_words[] = {
  { "en", "amount" },
  { "fr", "montant" },
  { "es", "importe" },
  { NULL },
};

const PslHeadingWord psl_import_currency_words[] = {
  { "en", "currency" },
  { "fr", "devise" },
  { "fr", "monnaie" },
  { "es", "moneda" },
  { "es", "divisa" },
  { NULL },
};

/**
 * psl_import_heading_split:
 * @heading: a heading
 *
 * Returns: (transfer full): its words, with the symbols and marks that may mean
 *   something: `Budget`, `k€`; `Start`, `dd/mm/yyyy`
 */
GStrv
psl_import_heading_split (const char *heading)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *p = heading;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean apart = c == '\0' || g_unichar_isspace (c) || (c < 128 && strchr ("_()[]{},;:*?!#\"", (int) c) != NULL);

      /* “d’euros”, “USD’000” */
      if (!apart && (c == '\'' || c == 0x2019) && word->len > 0 && g_unichar_isalnum (g_utf8_get_char (g_utf8_next_char (p))))
        apart = TRUE;
      if (!apart)
        {
          g_string_append_unichar (word, c);
          continue;
        }
      if (word->len > 0)
        g_strv_builder_add (words, word->str);
      g_string_truncate (word, 0);
      if (c == '\0')
        return g_strv_builder_end (words);
    }
}

/**
 * psl_import_heading_is_plain:
 * @heading: a heading
 *
 * Returns: whether it holds no sign that is lost when it is folded: of a currency, of
 *   a percentage, of mathematics
 */
gboolean
psl_import_heading_is_plain (const char *heading)
{
  for (const char *p = heading; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (c == '%' || c == 0x2030 || type == G_UNICODE_CURRENCY_SYMBOL || (type == G_UNICODE_MATH_SYMBOL && c != '|'))
        return FALSE;
    }

  return TRUE;
}

/**
 * psl_import_heading_is_reasons:
 * @heading: a heading
 *
 * Returns: whether it names the column of reasons that psl_refused_rows_write() adds, in
 *   any language
 */
gboolean
psl_import_heading_is_reasons (const char *heading)
{
  g_autofree char *folded = psl_text_fold (heading);
  gboolean found = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (reasons_headings) && !found; i++)
    {
      g_autofree char *other = psl_text_fold (reasons_headings[i]);

      found = strcmp (folded, other) == 0;
    }
  return found;
}

/**
 * psl_import_heading_dup_part_ids:
 * @field: a field that lists parts
 *
 * Returns: (transfer full): what the column of their UUIDs is called. No language has the
 *   tag `uuid`: a list of them in a language stands under another name
 */
char *
psl_import_heading_dup_part_ids (const PslField *field)
{
  return g_strdup_printf ("%s.uuid", field->name);
}

/**
 * psl_import_heading_currency_word:
 * @language: the tag of a language
 *
 * Returns: (transfer none): the heading of the column beside an amount's in that language, or
 *   in the first; an import knows the column by it
 */
const char *
psl_import_heading_currency_word (const char *language)
{
  for (const PslHeadingWord *known = psl_import_currency_words; known->word != NULL; known++)
    if (strcmp (known->language, language) == 0)
      return known->word;
  return psl_import_currency_words[0].word;
}
