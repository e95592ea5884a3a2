/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-codelist-private.h"

#include <stdlib.h>
#include <string.h>

#include "psl-kind.h"
#include "psl-model-resources.h"
#include "psl-text.h"

/* The list of lists says what they are called and how they are used. */
#define LIST_OF_LISTS "list"

/* Words that lists, sheets and people write or leave out as they like. */
static const char *const small_words[] = {
  "and", "d", "de", "des", "du", "et", "l", "la", "le", "les", "of", "the", NULL,
};

/* Words that people shorten, in either language, and what stands for all their
 * forms. */
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

static guint
column_index (const char *const *header,
              const char        *name)
{
  guint i = 0;

  while (header[i] != NULL && strcmp (header[i], name) != 0)
    i++;

  return i;
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
  g_autofree char *code = psl_text_fold (entry->code.code);

  g_string_append_printf (words, " %s", code);
  add_key (self, PSL_KEY_CODE, g_ascii_strdown (entry->code.code, -1), entry);

  for (gsize i = 0; i < G_N_ELEMENTS (entry->code.names); i++)
    {
      entry->folded[i] = psl_text_fold (entry->code.names[i]);
      add_name (self, PSL_KEY_NAME, entry->code.names[i], entry, words);
      if (entry->code.details[i] != NULL)
        {
          g_autofree char *folded = psl_text_fold (entry->code.details[i]);

          g_string_append_printf (words, " %s", folded);
        }
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

/* Takes a cell out of a line; an empty one is NULL. */
static char *
take_cell (GStrv  cells,
           guint  n_cells,
           guint  column)
{
  char *cell;

  if (column >= n_cells)
    return NULL;

  cell = g_steal_pointer (&cells[column]);
  cells[column] = g_strdup ("");
  if (*cell == '\0')
    g_clear_pointer (&cell, g_free);

  return cell;
}

static gboolean
take_mark (GStrv  cells,
           guint  n_cells,
           guint  column)
{
  g_autofree char *cell = take_cell (cells, n_cells, column);

  return cell != NULL && strcmp (cell, "0") != 0;
}

/* The strings belong to the list, which lives as long as the process. */
static void
read_entry (PslCodelist       *self,
            PslCodeEntry      *entry,
            const char *const *header,
            const char        *line)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
  guint n_cells = g_strv_length (cells);
  g_autofree char *aliases = take_cell (cells, n_cells, column_index (header, "aliases"));
  g_autofree char *position = take_cell (cells, n_cells, column_index (header, "position"));
  g_autofree char *digits = take_cell (cells, n_cells, column_index (header, "digits"));

  entry->code.code = take_cell (cells, n_cells, column_index (header, "code"));
  entry->code.parent = take_cell (cells, n_cells, column_index (header, "parent"));
  entry->other_codes[0] = take_cell (cells, n_cells, column_index (header, "iso3"));
  entry->other_codes[1] = take_cell (cells, n_cells, column_index (header, "m49"));
  for (gsize i = 0; psl_languages[i] != NULL; i++)
    {
      g_autofree char *capital = g_strconcat ("capital_", psl_languages[i], NULL);
      g_autofree char *symbol = g_strconcat ("symbol_", psl_languages[i], NULL);

      entry->code.names[i] = take_cell (cells, n_cells, column_index (header, psl_languages[i]));
      entry->code.details[i] = take_cell (cells, n_cells, column_index (header, capital));
      entry->symbols[i] = take_cell (cells, n_cells, column_index (header, symbol));
      if (entry->code.names[i] == NULL)
        g_error ("Code list %s: line “%s” lacks a name", self->name, line);
    }
  if (entry->code.code == NULL)
    g_error ("Code list %s: line “%s” lacks a code", self->name, line);

  if (aliases != NULL)
    entry->code.aliases = (const char *const *) g_strsplit (aliases, "|", -1);
  entry->code.withdrawn = take_mark (cells, n_cells, column_index (header, "withdrawn"));
  entry->extensible = take_mark (cells, n_cells, column_index (header, "extensible"));
  entry->alphabetical = take_mark (cells, n_cells, column_index (header, "alphabetical"));
  entry->tags = take_mark (cells, n_cells, column_index (header, "tags"));
  entry->position = position != NULL ? (guint) strtoul (position, NULL, 10) : 0;
  entry->digits = digits != NULL ? (guint) strtoul (digits, NULL, 10) : 2;

  g_hash_table_insert (self->by_code, (gpointer) entry->code.code, entry);
}

static void
read_use (PslCodelist *self)
{
  const PslCodelist *lists;
  const PslCodeEntry *entry;

  if (strcmp (self->name, LIST_OF_LISTS) == 0)
    return;
  lists = psl_codelist_get_default (LIST_OF_LISTS);
  entry = g_hash_table_lookup (lists->by_code, self->name);
  if (entry == NULL)
    g_error ("Code list %s: the list of lists lacks it", self->name);
  self->alphabetical = entry->alphabetical;
  self->extensible = entry->extensible;
  self->tags = entry->tags;
}

/**
 * psl_codelist_loosen:
 * @folded: a folded name
 *
 * Returns: (transfer full): the name without the words that people write or
 *   leave out as they like, those that they shorten shortened
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
 * @loose: what psl_codelist_loosen() made
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

/**
 * psl_codelist_load:
 * @name: name of a file in %PSL_CODELIST_FOLDER, without its suffix
 *
 * Reads a list that came with the program; a fault in it is the program's. What is a CSV
 * file in the sources comes with tabs between cells: see `codelist-tabs`.
 *
 * Returns: (transfer full): the list, for the life of the process
 */
PslCodelist *
psl_codelist_load (const char *name)
{
  PslCodelist *self = g_new0 (PslCodelist, 1);
  g_autofree char *path = g_strconcat (PSL_CODELIST_FOLDER "/", name, PSL_CODELIST_SUFFIX, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (psl_model_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) header = NULL;

  g_assert (bytes != NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);

  self->name = g_strdup (name);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  self->n_entries = g_strv_length (lines) - 1;
  self->entries = g_new0 (PslCodeEntry, self->n_entries);

  header = g_strsplit (lines[0], "\t", -1);
  for (guint i = 0; i < self->n_entries; i++)
    read_entry (self, &self->entries[i], (const char *const *) header, lines[i + 1]);
  read_use (self);

  return self;
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
