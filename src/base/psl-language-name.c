/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-language-name.h"

#include <string.h>

#include <unicode/uldnames.h>
#include <unicode/uloc.h>

#include "psl-languages.h"
#include "psl-text.h"

/* Long enough for any name that ICU has. */
#define MAXIMUM_NAME 256

static char *
dup_name (const char      *tag,
          const char      *reader,
          UDisplayContext  context)
{
  UChar name[MAXIMUM_NAME];
  UErrorCode status = U_ZERO_ERROR;
  ULocaleDisplayNames *names = uldn_openForContext (reader, &context, 1, &status);
  int32_t length = uldn_localeDisplayName (names, tag, name, MAXIMUM_NAME, &status);
  g_autofree char *text = NULL;

  uldn_close (names);
  if (U_SUCCESS (status) && length > 0 && length < MAXIMUM_NAME)
    text = g_utf16_to_utf8 ((const gunichar2 *) name, length, NULL, NULL, NULL);
  /* Where it has no name, ICU gives the tag, with a capital where a name begins with one. */
  return text != NULL && g_ascii_strcasecmp (text, tag) != 0 ? g_steal_pointer (&text) : g_strdup (tag);
}

/**
 * psl_language_list:
 *
 * Returns: (transfer none): the tags of all languages that ICU has names of, without countries
 *   and scripts. Any thread
 */
const char *const *
psl_language_list (void)
{
  static gsize list = 0;

  if (g_once_init_enter (&list))
    {
      const char *const *languages = uloc_getISOLanguages ();
      GPtrArray *tags = g_ptr_array_new ();

      for (gsize i = 0; languages[i] != NULL; i++)
        {
          const char *tag = psl_language_parse (languages[i]);

          /* Some have two codes. */
          if (tag != NULL && !g_ptr_array_find (tags, tag, NULL))
            g_ptr_array_add (tags, (gpointer) tag);
        }
      g_ptr_array_add (tags, NULL);
      g_once_init_leave (&list, (gsize) g_ptr_array_free (tags, FALSE));
    }
  return (const char *const *) list;
}

static void
add_name (GHashTable *names,
          const char *language,
          const char *reader)
{
  g_autofree char *name = psl_language_dup_name (language, reader);
  g_autofree char *folded = psl_text_fold (name);

  /* A name that two languages share means neither. */
  if (*folded == '\0')
    return;
  if (g_hash_table_contains (names, folded) && strcmp (g_hash_table_lookup (names, folded), language) != 0)
    g_hash_table_insert (names, g_steal_pointer (&folded), (gpointer) "");
  else
    g_hash_table_insert (names, g_steal_pointer (&folded), (gpointer) language);
}

/* Folded name → tag: of all languages of psl_language_list(), in French, in English and in
 * the language itself. */
static GHashTable *
get_names (void)
{
  static gsize names = 0;

  if (g_once_init_enter (&names))
    {
      GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      const char *const *languages = psl_language_list ();

      for (gsize i = 0; languages[i] != NULL; i++)
        {
          for (gsize j = 0; psl_languages[j] != NULL; j++)
            add_name (table, languages[i], psl_languages[j]);
          add_name (table, languages[i], languages[i]);
        }
      g_once_init_leave (&names, (gsize) table);
    }
  return (GHashTable *) names;
}

/**
 * psl_language_find:
 * @words: folded words, see psl_text_fold()
 *
 * Returns: (transfer none) (nullable): the tag of the language that is called so in
 *   French, in English or by its speakers; %NULL for none, or several. Any thread
 */
const char *
psl_language_find (const char *words)
{
  const char *tag;

  g_return_val_if_fail (words != NULL, NULL);

  tag = g_hash_table_lookup (get_names (), words);
  return tag != NULL && *tag != '\0' ? tag : NULL;
}

/**
 * psl_language_read:
 * @text: valid UTF-8
 *
 * Reads a language as a person writes it: its tag, or else its name.
 *
 * Returns: (transfer none) (nullable): the tag, see psl_language_parse_known() and
 *   psl_language_find(); %NULL where @text is of no language. Any thread
 */
const char *
psl_language_read (const char *text)
{
  const char *tag;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  tag = psl_language_parse_known (text);
  folded = psl_text_fold (text);
  return tag != NULL ? tag : psl_language_find (folded);
}

/**
 * psl_language_dup_name:
 * @tag: a tag, perhaps of no known language
 * @reader: the tag of the language to name it in
 *
 * Returns: (transfer full): the name of the language within a line: `portugais (Brésil)`;
 *   @tag where it has no name. Any thread
 */
char *
psl_language_dup_name (const char *tag,
                       const char *reader)
{
  g_return_val_if_fail (tag != NULL, NULL);
  g_return_val_if_fail (reader != NULL, NULL);

  return dup_name (tag, reader, UDISPCTX_CAPITALIZATION_NONE);
}

/**
 * psl_language_dup_label:
 * @tag: a tag, perhaps of no known language
 * @reader: the tag of the language to name it in
 *
 * Returns: (transfer full): the name of the language where it stands by itself: `Portugais
 *   (Brésil)`; @tag where it has no name. Any thread
 */
char *
psl_language_dup_label (const char *tag,
                        const char *reader)
{
  g_return_val_if_fail (tag != NULL, NULL);
  g_return_val_if_fail (reader != NULL, NULL);

  return dup_name (tag, reader, UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU);
}
