/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-codelist-private.h"

#include <stdlib.h>
#include <string.h>

#include "psl-text.h"

/* The index of a list: the texts that people may write for its entries. */

/* Words that lists, sheets and people write or leave out as they like. */
static const char *const small_words[] = {
  "and", "d", "de", "des", "du", "et", "l", "la", "le", "les", "of", "the", NULL,
};

/* Words that people shorten, in either language, and the form that stands for all the others. */
static const struct
{
  const char *word;
  const char *stem;
} stems[] = {
  { "republic", "rep" }, { "republique", "rep" }, { "democratic", "dem" }, { "democratique", "dem" },
  { "saint", "st" }, { "sainte", "st" }, { "ste", "st" }, { "islands", "is" }, { "island", "is" },
  { "federated", "fed" }, { "federal", "fed" }, { "federale", "fed" }, { "states", "sts" }, { "peoples", "people s" },
};

static const char *
find_stem (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stems); i++)
    {
      if (strcmp (stems[i].word, word) == 0)
        return stems[i].stem;
    }

  return word;
}

/**
 * psl_codelist_loosen:
 * @folded: a folded name
 *
 * Returns: (transfer full): the name without the words that people write or leave out as they
 *   like, and with the short forms of words that they shorten
 */
char *
psl_codelist_loosen (const char *folded)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  GString *loose = g_string_new (NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (g_strv_contains (small_words, words[i]))
        continue;
      if (loose->len > 0)
        g_string_append_c (loose, ' ');
      g_string_append (loose, find_stem (words[i]));
    }

  return g_string_free_and_steal (loose);
}

static int
compare_words (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * psl_codelist_sort_words:
 * @loose: a name of psl_codelist_loosen()
 *
 * Returns: (transfer full): its words in alphabetical order: the same for
 *   `Republic of Korea` and `Korea, Rep.`
 */
char *
psl_codelist_sort_words (const char *loose)
{
  g_auto (GStrv) words = g_strsplit (loose, " ", -1);

  qsort (words, g_strv_length (words), sizeof (char *), compare_words);

  return g_strjoinv (" ", words);
}

static guint
count_words (const char *folded)
{
  guint n = *folded != '\0' ? 1 : 0;

  for (const char *p = folded; *p != '\0'; p++)
    n += *p == ' ';

  return n;
}

static void
add_key (PslCodelist  *self,
         PslKeyLevel   level,
         char         *key,
         PslCodeEntry *entry)
{
  GPtrArray *entries;

  if (*key == '\0')
    {
      g_free (key);
      return;
    }

  self->longest = MAX (self->longest, count_words (key));
  entries = g_hash_table_lookup (self->by_key[level], key);
  if (entries == NULL)
    {
      entries = g_ptr_array_new ();
      g_hash_table_insert (self->by_key[level], g_strdup (key), entries);
    }
  if (!g_ptr_array_find (entries, entry, NULL))
    g_ptr_array_add (entries, entry);
  g_free (key);
}

/* Shortened words are looked up in their short form too. */
static void
add_longest (PslCodelist *self,
             const char  *folded)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  guint n_words = g_strv_length (words);

  for (guint i = 0; i < n_words; i++)
    {
      const char *forms[] = { words[i], find_stem (words[i]) };

      for (gsize j = 0; j < G_N_ELEMENTS (forms); j++)
        if (GPOINTER_TO_UINT (g_hash_table_lookup (self->longest_with, forms[j])) < n_words)
          g_hash_table_insert (self->longest_with, g_strdup (forms[j]), GUINT_TO_POINTER (n_words));
    }
}

static void
add_name (PslCodelist  *self,
          PslKeyLevel   level,
          const char   *name,
          PslCodeEntry *entry,
          GString      *words)
{
  g_autofree char *folded = psl_text_fold (name);
  g_autofree char *loose = NULL;

  g_string_append_printf (words, " %s", folded);
  add_longest (self, folded);
  loose = psl_codelist_loosen (folded);
  add_key (self, PSL_KEY_SORTED, psl_codelist_sort_words (loose), entry);
  add_key (self, PSL_KEY_LOOSE, g_steal_pointer (&loose), entry);
  add_key (self, level, g_steal_pointer (&folded), entry);
}

static void
index_entry (PslCodelist  *self,
             PslCodeEntry *entry)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autofree char *code = psl_text_fold (entry->code.code);

  g_string_append_printf (words, " %s", code);
  add_key (self, PSL_KEY_CODE, g_ascii_strdown (entry->code.code, -1), entry);

  for (guint i = 0; i < psl_names_get_n (entry->code.names); i++)
    {
      const char *name = psl_names_get_nth (entry->code.names, i, NULL);

      g_strv_builder_take (names, psl_text_fold (name));
      add_name (self, PSL_KEY_NAME, name, entry, words);
    }
  if (entry->code.names == NULL)
    g_strv_builder_add (names, code);
  entry->folded = g_strv_builder_end (names);
  for (guint i = 0; i < psl_names_get_n (entry->code.details); i++)
    {
      g_autofree char *folded = psl_text_fold (psl_names_get_nth (entry->code.details, i, NULL));

      g_string_append_printf (words, " %s", folded);
    }

  for (gsize i = 0; entry->code.aliases != NULL && entry->code.aliases[i] != NULL; i++)
    add_name (self, PSL_KEY_ALIAS, entry->code.aliases[i], entry, words);

  for (gsize i = 0; i < G_N_ELEMENTS (entry->other_codes); i++)
    {
      if (entry->other_codes[i] != NULL)
        add_name (self, PSL_KEY_ALIAS, entry->other_codes[i], entry, words);
    }

  entry->words = g_string_free_and_steal (g_steal_pointer (&words));
}

/**
 * psl_codelist_ensure_index:
 * @self: a code list
 *
 * Makes the list's index where it has none yet: most lists are only asked for
 * the names of codes, and folding all that they may be called takes far longer
 * than reading them. Any thread.
 */
void
psl_codelist_ensure_index (const PslCodelist *self)
{
  /* Nobody sees the index before it is made, and nothing else changes. */
  PslCodelist *list = (PslCodelist *) self;

  if (!g_once_init_enter (&list->indexed))
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (list->by_key); i++)
    list->by_key[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  list->longest_with = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < list->n_entries; i++)
    index_entry (list, &list->entries[i]);

  g_once_init_leave (&list->indexed, TRUE);
}
