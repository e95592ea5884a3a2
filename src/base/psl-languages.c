/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-languages.h"

#include <string.h>

#include <unicode/uloc.h>

/* Long enough for any tag with its script, region and a few variants. */
#define MAXIMUM_TAG 128

const char *const psl_languages[] = { "fr", "en", NULL };

/* The locale that ICU has for a tag; FALSE where the tag is malformed. */
static gboolean
get_locale (const char *tag,
            char        locale[MAXIMUM_TAG])
{
  UErrorCode status = U_ZERO_ERROR;
  int32_t parsed = 0;

  uloc_forLanguageTag (tag, locale, MAXIMUM_TAG, &parsed, &status);
  return U_SUCCESS (status) && status != U_STRING_NOT_TERMINATED_WARNING &&
         parsed == (int32_t) strlen (tag) && parsed > 0;
}

static guint
get_rank (const char *tag)
{
  guint rank = 0;

  while (psl_languages[rank] != NULL && strcmp (psl_languages[rank], tag) != 0)
    rank++;
  return rank;
}

/**
 * psl_language_parse:
 * @text: a text, perhaps a BCP 47 tag, in any case
 *
 * Reads a well-formed tag: `pt-BR` of `PT-br`, `zh-Hant` of `zh-hant`, `fr` of `fra`.
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the tag as it is kept, which lives as long as the
 *   program; %NULL where @text is none
 */
const char *
psl_language_parse (const char *text)
{
  char locale[MAXIMUM_TAG];
  char tag[MAXIMUM_TAG];
  UErrorCode status = U_ZERO_ERROR;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_str_is_ascii (text) || strlen (text) < 2 || strlen (text) >= MAXIMUM_TAG || !get_locale (text, locale))
    return NULL;
  if (uloc_toLanguageTag (locale, tag, MAXIMUM_TAG, TRUE, &status) <= 0 || U_FAILURE (status) ||
      status == U_STRING_NOT_TERMINATED_WARNING)
    return NULL;
  /* ICU writes `und` before a tag that is all of private use. */
  return g_intern_string (g_str_has_prefix (tag, "und-x-") ? tag + strlen ("und-") : tag);
}

/**
 * psl_language_is_known:
 * @tag: a tag of psl_language_parse()
 *
 * Returns: whether ICU knows its language, or the language is `und` for an unknown one, or
 *   one for private use. Any thread
 */
gboolean
psl_language_is_known (const char *tag)
{
  const char *const *languages = uloc_getISOLanguages ();
  UErrorCode status = U_ZERO_ERROR;
  UChar name[MAXIMUM_TAG];
  gsize length;

  g_return_val_if_fail (tag != NULL, FALSE);

  length = strcspn (tag, "-");
  if (length == 1 || g_str_has_prefix (tag, "und") || (length == 3 && tag[0] == 'q' && tag[1] >= 'a' && tag[1] <= 't'))
    return TRUE;
  for (gsize i = 0; languages[i] != NULL; i++)
    if (strlen (languages[i]) == length && memcmp (languages[i], tag, length) == 0)
      return TRUE;

  /* ISO 639-3 has thousands more, some of which have a name in CLDR. */
  uloc_getDisplayLanguage (tag, "en", name, G_N_ELEMENTS (name), &status);
  return status == U_ZERO_ERROR;
}

/**
 * psl_language_parse_known:
 * @text: a text, perhaps a BCP 47 tag, in any case
 *
 * Reads a tag where other words could stand as well: most words of up to eight letters
 * are well-formed tags of no language.
 *
 * Returns: (transfer none) (nullable): the tag, see psl_language_parse(); %NULL where
 *   @text is none, or not psl_language_is_known(). Any thread
 */
const char *
psl_language_parse_known (const char *text)
{
  const char *tag = psl_language_parse (text);

  return tag != NULL && psl_language_is_known (tag) ? tag : NULL;
}

/**
 * psl_language_find_program:
 * @text: a tag, or the name of a locale
 *
 * Returns: (transfer none) (nullable): the member of #psl_languages that @text is of: `fr` of
 *   `fr-CA` and of `fr_FR.UTF-8`; or %NULL. Any thread
 */
const char *
psl_language_find_program (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  for (gsize i = 0; psl_languages[i] != NULL; i++)
    {
      gsize length = strlen (psl_languages[i]);

      if (g_ascii_strncasecmp (text, psl_languages[i], length) == 0 && !g_ascii_isalpha (text[length]))
        return psl_languages[i];
    }
  return NULL;
}

/**
 * psl_language_get_interface:
 *
 * Returns: (transfer none): the member of #psl_languages that the interface speaks in, by
 *   the person's locale; English where it names neither. For messages, and where no
 *   language is asked for. Any thread
 */
const char *
psl_language_get_interface (void)
{
  const char *const *names = g_get_language_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const char *language = psl_language_find_program (names[i]);

      if (language != NULL)
        return language;
    }
  return psl_language_find_program ("en");
}

/**
 * psl_language_get_program:
 * @tag: (nullable): a tag
 *
 * Returns: (transfer none): the member of #psl_languages in which the program speaks to
 *   whoever reads texts in @tag: the language of @tag, or the interface's. Any thread
 */
const char *
psl_language_get_program (const char *tag)
{
  const char *language = tag != NULL ? psl_language_find_program (tag) : NULL;

  return language != NULL ? language : psl_language_get_interface ();
}

/**
 * psl_language_compare:
 * @a: a tag
 * @b: another
 *
 * Compares tags by the order in which texts in them stand: texts in #psl_languages first,
 * then by the alphabet.
 *
 * Returns: below, at or above 0
 */
int
psl_language_compare (const char *a,
                      const char *b)
{
  guint one = get_rank (a);
  guint other = get_rank (b);

  return one != other ? (one < other ? -1 : 1) : strcmp (a, b);
}
