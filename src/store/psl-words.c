/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The words that occur in the search text.
 *
 * A search finds words by their beginnings. For beginnings of up to three
 * letters the search index keeps lists of its own; for a longer one it would
 * have to merge the lists of every word that begins so before it gives the
 * first record, which takes the longer the more records there are. So the words
 * themselves are kept, and a longer beginning is looked up here and asked for as
 * a choice of whole words, which the index reads as lazily as one word.
 *
 * Words are only ever added: a word that no record has any more finds nothing.
 */

#include "config.h"

#include "psl-words.h"

#include <string.h>

#include "psl-search.h"

/* Beginnings of up to this many letters have lists in the search index: see
 * `prefix` in the schema. */
#define INDEXED_LENGTH 3

/* A beginning of more words than this is left to the search index to merge. */
#define MAX_CHOICE 256

/* Words remembered as stored, so that they need not be offered again. */
#define MAX_KNOWN 200000

/* Words of fewer bytes are looked at without taking memory. */
#define MAX_WORD_ON_STACK 256

static gboolean
is_long (const char *word)
{
  return g_utf8_strlen (word, -1) > INDEXED_LENGTH;
}

/* The smallest string above all that begin with @word. */
static char *
dup_upper_bound (const char *word)
{
  return g_strconcat (word, "\xf4\x8f\xbf\xbf", NULL);
}

/* Appends the MATCH term for the beginning @word: the words that begin so, or, where it is
 * short or they are many, the beginning itself. */
static gboolean
append_choice (PslDb       *db,
               GString     *match,
               const char  *word,
               GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GString) choice = g_string_new (NULL);
  g_autofree char *bound = dup_upper_bound (word);
  guint n = 0;

  statement = psl_db_prepare (db, "SELECT word FROM search_word WHERE word >= ? AND word < ? LIMIT ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, word);
  psl_statement_bind_text (statement, 2, bound);
  psl_statement_bind_int64 (statement, 3, MAX_CHOICE + 1);
  while (is_long (word) && n <= MAX_CHOICE && psl_statement_step (statement, error))
    {
      g_string_append_printf (choice, "%s\"%s\"", n > 0 ? " OR " : "", psl_statement_get_text (statement, 0));
      n++;
    }
  if (psl_statement_has_failed (statement))
    return FALSE;

  if (n == 0 || n > MAX_CHOICE)
    g_string_append_printf (match, "\"%s\" *", word);
  else
    g_string_append_printf (match, "(%s)", choice->str);
  return TRUE;
}

/* Keeps one word, which is @length bytes long. Nearly all are known already, so
 * that is found out without taking memory. */
static gboolean
add_word (PslDb       *db,
          GHashTable  *known,
          const char  *text,
          gsize        length,
          GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;
  char buffer[MAX_WORD_ON_STACK];
  g_autofree char *owned = NULL;
  const char *word = buffer;

  if (length < sizeof buffer)
    {
      memcpy (buffer, text, length);
      buffer[length] = '\0';
    }
  else
    {
      owned = g_strndup (text, length);
      word = owned;
    }
  if (!is_long (word) || g_hash_table_contains (known, word))
    return TRUE;

  statement = psl_db_prepare (db, "INSERT OR IGNORE INTO search_word (word) VALUES (?)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, word);
  if (!psl_statement_run (statement, error))
    return FALSE;
  if (g_hash_table_size (known) >= MAX_KNOWN)
    g_hash_table_remove_all (known);
  g_hash_table_add (known, g_strdup (word));
  return TRUE;
}

/**
 * psl_words_dup_match:
 * @words: (nullable): the text that a person typed into a search field
 * @match: (out) (transfer full) (nullable): an expression for FTS5's MATCH, or
 *   %NULL where there is nothing to look for
 *
 * Makes an expression that every record matches which has all the words, in any
 * order and language, or words that begin with them.
 *
 * Returns: whether the register could be read
 */
gboolean
psl_words_dup_match (PslDb       *db,
                     const char  *words,
                     char       **match,
                     GError     **error)
{
  g_auto (GStrv) split = psl_search_split (words);
  g_autoptr (GString) text = g_string_new (NULL);

  *match = NULL;
  for (guint i = 0; split[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (text, " AND ");
      if (!append_choice (db, text, split[i], error))
        return FALSE;
    }
  if (text->len > 0)
    *match = g_string_free_and_steal (g_steal_pointer (&text));
  return TRUE;
}

/**
 * psl_words_add:
 * @known: words that are known to be kept; this adds to it. It is to be emptied
 *   when a transaction is given up
 * @text: search text, folded
 *
 * Keeps the words of a record's search text, as part of the action that is being
 * made.
 *
 * Returns: whether they could be stored
 */
gboolean
psl_words_add (PslDb       *db,
               GHashTable  *known,
               const char  *text,
               GError     **error)
{
  const char *at = text;

  while (*at != '\0')
    {
      gsize length = strcspn (at, " ");

      if (!add_word (db, known, at, length, error))
        return FALSE;
      at += length;
      at += strspn (at, " ");
    }
  return TRUE;
}
