/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-codelist-private.h"

#include <string.h>

#include "psl-languages.h"
#include "psl-text.h"

/* Above this many entries a person searches rather than looks. */
#define LONG_LIST 20

/* How many small words a name may have beside the ones that the list has. */
#define SMALL_WORDS 4

typedef struct
{
  const PslCodeEntry *entry;
  guint rank;
  guint position;
  const char *key;
} Hit;

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const Hit *one = a;
  const Hit *other = b;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  if (one->position != other->position)
    return one->position < other->position ? -1 : 1;

  return strcmp (one->key, other->key);
}

static gboolean
has_all_words (const char        *text,
               const char *const *words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = g_strconcat (" ", words[i], NULL);

      if (strstr (text, word) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *clean = psl_text_clean (text, FALSE);

  return clean == NULL;
}

/* How well an entry that has all the words fits the typed text, 0 is best. @reader is the
 * number of the name that the person reads. */
static guint
rank_entry (const PslCodeEntry       *entry,
            const char        *typed,
            const char *const *words,
            guint              reader)
{
  g_autofree char *spaced = NULL;

  if (g_ascii_strcasecmp (entry->code.code, typed) == 0 || strcmp (entry->folded[reader], typed) == 0)
    return 0;
  if (g_str_has_prefix (entry->folded[reader], typed))
    return 1;

  spaced = g_strconcat (" ", entry->folded[reader], NULL);
  if (has_all_words (spaced, words))
    return 2;

  for (gsize i = 0; entry->folded[i] != NULL; i++)
    {
      if (g_str_has_prefix (entry->folded[i], typed))
        return 3;
    }

  return 4;
}

/**
 * psl_codelist_is_extensible:
 * @self: a code list
 *
 * Returns: whether those who keep a register add entries to the list and change them,
 *   as the list of lists says
 */
gboolean
psl_codelist_is_extensible (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->extensible;
}

/**
 * psl_codelist_has_tags:
 * @self: a code list
 *
 * Returns: whether its codes are the tags of languages, see psl_language_parse()
 */
gboolean
psl_codelist_has_tags (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->tags;
}

/**
 * psl_codelist_read_tags:
 * @self: a code list that has all its entries
 *
 * Reads the tags of languages that it lists, where it lists any.
 */
void
psl_codelist_read_tags (PslCodelist *self)
{
  g_autoptr (GPtrArray) languages = g_ptr_array_new_null_terminated (0, NULL, TRUE);

  if (!self->tags)
    return;
  for (guint i = 0; i < self->n_entries; i++)
    {
      const PslCode *code = &self->entries[i].code;
      const char *language = code->withdrawn ? NULL : psl_language_parse (code->code);

      if (language != NULL && !g_ptr_array_find (languages, language, NULL))
        g_ptr_array_add (languages, (gpointer) language);
    }
  self->languages = (const char **) g_ptr_array_free (g_steal_pointer (&languages), FALSE);
}

/**
 * psl_codelist_get_languages:
 * @self: a list whose codes are tags of languages
 *
 * Returns: (transfer none): the tags of its entries in use, as psl_language_parse() gives
 *   them, in its order, %NULL-terminated. They live as long as the list
 */
const char *const *
psl_codelist_get_languages (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL && self->tags, NULL);

  return self->languages;
}

/**
 * psl_codelist_get_name:
 * @self: a code list
 *
 * Returns: (transfer none): its name
 */
const char *
psl_codelist_get_name (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * psl_codelist_get_n:
 * @self: a code list
 *
 * Returns: the number of entries, withdrawn ones included
 */
guint
psl_codelist_get_n (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_entries;
}

/**
 * psl_codelist_get_nth:
 * @self: a code list
 * @nth: less than psl_codelist_get_n()
 *
 * Returns: (transfer none): an entry, in the order of the list's file. For the
 *   order in which people look for them, see psl_codelist_search()
 */
const PslCode *
psl_codelist_get_nth (const PslCodelist *self,
                      guint              nth)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (nth < self->n_entries, NULL);

  return &self->entries[nth].code;
}

/**
 * psl_codelist_get_position:
 * @self: a code list
 * @nth: less than psl_codelist_get_n()
 *
 * Returns: the place of the entry in the list's own order
 */
guint
psl_codelist_get_position (const PslCodelist *self,
                           guint              nth)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (nth < self->n_entries, 0);

  return self->entries[nth].position;
}

/**
 * psl_codelist_is_long:
 * @self: a code list
 *
 * Returns: whether the list is one to search in rather than to look through
 */
gboolean
psl_codelist_is_long (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_entries > LONG_LIST;
}

/**
 * psl_codelist_get_longest:
 * @self: a code list
 *
 * Returns: how many words the longest name, alias or code of the list has
 */
guint
psl_codelist_get_longest (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, 0);

  psl_codelist_ensure_index (self);
  return self->longest;
}

/**
 * psl_codelist_get_longest_with:
 * @self: a code list
 * @text: a text that may begin with a name
 *
 * Returns: how many words a name that begins with the first word of @text may
 *   have, whatever the order of its words; 0 where no name has the word, and
 *   %G_MAXUINT where it is a small word
 */
guint
psl_codelist_get_longest_with (const PslCodelist *self,
                               const char        *text)
{
  g_autofree char *folded = NULL;
  g_autofree char *loose = NULL;
  guint n_words;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (text != NULL, 0);

  psl_codelist_ensure_index (self);
  folded = psl_text_fold (text);
  folded[strcspn (folded, " ")] = '\0';
  loose = psl_codelist_loosen (folded);
  if (*loose == '\0')
    return G_MAXUINT;
  n_words = GPOINTER_TO_UINT (g_hash_table_lookup (self->longest_with, folded));

  return n_words > 1 ? n_words + SMALL_WORDS : n_words;
}

/**
 * psl_codelist_find:
 * @self: a code list
 * @code: a code as it is stored
 *
 * Returns: (transfer none) (nullable): the entry of exactly this code
 */
const PslCode *
psl_codelist_find (const PslCodelist *self,
                   const char        *code)
{
  const PslCodeEntry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  entry = g_hash_table_lookup (self->by_code, code);

  return entry != NULL ? &entry->code : NULL;
}

/**
 * psl_codelist_is_code:
 * @text: any text
 *
 * Whether @text has the form of a code, be it in a list or not: up to %PSL_CODE_MAX_LENGTH
 * characters, in NFC, none of them blank or invisible. A register written with other lists
 * has codes that no list of this program has; a sentence is none. Any thread.
 *
 * Returns: whether it could be a code
 */
gboolean
psl_codelist_is_code (const char *text)
{
  g_autofree char *composed = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  if (*text == '\0' || !g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > PSL_CODE_MAX_LENGTH)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      /* Separators of lines and paragraphs are graphic to GLib. */
      if (!g_unichar_isgraph (character) || g_unichar_isspace (character))
        return FALSE;
    }
  composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  return strcmp (composed, text) == 0;
}

/**
 * psl_codelist_search:
 * @self: a code list
 * @words: the text typed so far; blanks or "" for all entries; signs without any letter or
 *   digit find none
 * @language: (nullable): whose names the person reads, the interface's if %NULL
 *
 * The entries to offer, without those withdrawn: all words begin a word of the names in any
 * language, the code, an alias or the capital. The best match comes first, then follow the
 * list's own order, or names in alphabetical order where it has none.
 *
 * Returns: (transfer container) (element-type PslCode): the entries
 */
GPtrArray *
psl_codelist_search (const PslCodelist *self,
                     const char        *words,
                     const char        *language)
{
  g_autofree char *typed = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GArray) hits = NULL;
  GPtrArray *codes;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (words != NULL, NULL);

  psl_codelist_ensure_index (self);
  typed = psl_text_fold (words);
  parts = g_strsplit (typed, " ", -1);

  hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  for (guint i = 0; i < self->n_entries && (parts[0] != NULL || is_blank (words)); i++)
    {
      const PslCodeEntry *entry = &self->entries[i];
      guint reader = psl_names_choose (entry->code.names, language);
      Hit hit = { .entry = entry, .key = entry->folded[reader] };

      if (!self->alphabetical)
        hit.position = entry->position;
      if (entry->code.withdrawn || !has_all_words (entry->words, (const char *const *) parts))
        continue;
      if (*typed != '\0')
        hit.rank = rank_entry (entry, typed, (const char *const *) parts, reader);
      g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);

  codes = g_ptr_array_sized_new (hits->len);
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (codes, (gpointer) &g_array_index (hits, Hit, i).entry->code);

  return codes;
}

/**
 * psl_code_get_name:
 * @self: an entry of a code list
 * @language: (nullable): a BCP 47 tag; the interface's if %NULL
 *
 * Returns: (transfer none): the entry's name for whoever reads @language, see
 *   psl_names_choose(); its code where it has no name
 */
const char *
psl_code_get_name (const PslCode *self,
                   const char    *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->names != NULL ? psl_names_get_nth (self->names, psl_names_choose (self->names, language), NULL) : self->code;
}

/**
 * psl_code_list_names:
 *
 * Returns: (transfer container): the names of the entry, %NULL-terminated: its names in all
 *   languages, or its code where it has none, and then its other names
 */
const char **
psl_code_list_names (const PslCode *self)
{
  GPtrArray *names = g_ptr_array_new ();

  if (psl_names_get_n (self->names) == 0)
    g_ptr_array_add (names, (gpointer) self->code);
  for (guint i = 0; i < psl_names_get_n (self->names); i++)
    g_ptr_array_add (names, (gpointer) psl_names_get_nth (self->names, i, NULL));
  for (guint i = 0; self->aliases != NULL && self->aliases[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) self->aliases[i]);
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (names, FALSE);
}

/**
 * psl_code_dup_search_text:
 *
 * Returns: (transfer full): the texts that a person may type to find a code, see
 *   psl_code_list_names(), folded
 */
char *
psl_code_dup_search_text (const PslCode *self)
{
  g_autofree const char **names = psl_code_list_names (self);
  g_autofree char *joined = g_strjoinv (" ", (char **) names);

  return psl_text_fold (joined);
}
