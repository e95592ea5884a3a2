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

static void
add_name (GHashTable *names,
          const char *language,
          const char *reader)
{
  g_autofree char *name = psl_language_dup_name (language, reader);
  g_autofree char *folded = psl_text_fold (name);

  /* What two languages are called is the name of neither. */
  if (*folded == '\0')
    return;
  if (g_hash_table_contains (names, folded) && strcmp (g_hash_table_lookup (names, folded), language) != 0)
    g_hash_table_insert (names, g_steal_pointer (&folded), (gpointer) "");
  else
    g_hash_table_insert (names, g_steal_pointer (&folded), (gpointer) language);
}

/* Folded name → tag: of all languages that ICU knows, in French, in English and in the
 * language itself. */
static GHashTable *
get_names (void)
{
  static gsize names = 0;

  if (g_once_init_enter (&names))
    {
      GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      const char *const *languages = uloc_getISOLanguages ();

      for (gsize i = 0; languages[i] != NULL; i++)
        {
          const char *language = psl_language_parse (languages[i]);

          if (language == NULL)
            continue;
          for (gsize j = 0; psl_languages[j] != NULL; j++)
            add_name (table, language, psl_languages[j]);
          add_name (table, language, language);
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
 * psl_language_dup_name:
 * @tag: a tag, perhaps of no known language
 * @reader: the tag of the language to name it in
 *
 * Returns: (transfer full): what the language is called within a line: `portugais
 *   (Brésil)`; @tag where it has no name. Any thread
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
 * Returns: (transfer full): what the language is called where its name stands by itself:
 *   `Portugais (Brésil)`; @tag where it has no name. Any thread
 */
char *
psl_language_dup_label (const char *tag,
                        const char *reader)
{
  g_return_val_if_fail (tag != NULL, NULL);
  g_return_val_if_fail (reader != NULL, NULL);

  return dup_name (tag, reader, UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU);
}
