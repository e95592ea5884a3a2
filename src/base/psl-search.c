/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-search.h"

#include <string.h>

#include "psl-text.h"

/* The folded form of a text, and for each of its bytes the piece of the text it
 * comes from. */
typedef struct
{
  GString *folded;
  GArray *sources;
} FoldMap;

static void
fold_map_clear (FoldMap *map)
{
  g_string_free (map->folded, TRUE);
  g_array_unref (map->sources);
}

static void
fold_map_append (FoldMap    *map,
                 const char *folded,
                 guint       start,
                 guint       end)
{
  PslSearchMark source = { start, end };

  for (const char *p = folded; *p != '\0'; p++)
    {
      g_string_append_c (map->folded, *p);
      g_array_append_val (map->sources, source);
    }
}

/* Marks and invisible characters belong to the letter before them. */
static gboolean
joins_previous (gunichar c)
{
  return g_unichar_ismark (c) || g_unichar_type (c) == G_UNICODE_FORMAT;
}

static void
fold_map_init (FoldMap    *map,
               const char *text)
{
  const char *p = text;

  map->folded = g_string_sized_new (strlen (text) + 1);
  map->sources = g_array_sized_new (FALSE, FALSE, sizeof (PslSearchMark), strlen (text) + 1);

  while (*p != '\0')
    {
      const char *end = g_utf8_next_char (p);
      g_autofree char *piece = NULL;
      g_autofree char *folded = NULL;

      while (*end != '\0' && joins_previous (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);

      piece = g_strndup (p, end - p);
      folded = psl_text_fold (piece);
      fold_map_append (map, folded[0] != '\0' ? folded : " ", p - text, end - text);
      p = end;
    }
}

static gboolean
begins_word (const GString *folded,
             gsize          at)
{
  return folded->str[at] != ' ' && (at == 0 || folded->str[at - 1] == ' ');
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const PslSearchMark *one = a;
  const PslSearchMark *other = b;

  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  return one->end < other->end ? -1 : one->end > other->end;
}

/* Sorts marks and joins touching ones. */
static void
join_marks (GArray *marks)
{
  guint n_joined = 0;

  g_array_sort (marks, compare_marks);
  for (guint i = 0; i < marks->len; i++)
    {
      PslSearchMark mark = g_array_index (marks, PslSearchMark, i);
      PslSearchMark *last = n_joined > 0 ? &g_array_index (marks, PslSearchMark, n_joined - 1) : NULL;

      if (last != NULL && mark.start <= last->end)
        last->end = MAX (last->end, mark.end);
      else
        g_array_index (marks, PslSearchMark, n_joined++) = mark;
    }
  g_array_set_size (marks, n_joined);
}

static const char *
skip_spaces (const char *text)
{
  while (g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

/* Where the excerpt begins: a third of it stands before the match, from the
 * beginning of a word. */
static const char *
find_excerpt_start (const char *text,
                    const char *match,
                    glong       max_chars)
{
  glong before = g_utf8_pointer_to_offset (text, match);
  glong after = g_utf8_strlen (match, -1);
  glong skipped = MAX (before - max_chars / 3, 0);
  const char *start;
  const char *word;

  /* Near the end of the text, more of the text before the match fits. */
  skipped = MIN (skipped, MAX (before + after - max_chars, 0));
  if (skipped == 0)
    return text;

  start = g_utf8_offset_to_pointer (text, skipped);
  for (word = start; word < match && !g_unichar_isspace (g_utf8_get_char (word));)
    word = g_utf8_next_char (word);
  return word < match ? skip_spaces (word) : start;
}

/* Where it ends: after a word that still fits, else wherever it must. */
static const char *
find_excerpt_end (const char *start,
                  const char *match_end,
                  glong       max_chars)
{
  const char *end = start;
  const char *word_end = NULL;
  glong n_chars = 0;

  for (; *end != '\0' && n_chars < max_chars; n_chars++)
    {
      if (end >= match_end && g_unichar_isspace (g_utf8_get_char (end)))
        word_end = end;
      end = g_utf8_next_char (end);
    }

  if (*end == '\0' || word_end == NULL || g_unichar_isspace (g_utf8_get_char (end)))
    return end;
  return word_end;
}

/* Signs that people put beside words without meaning them: for a word, for any letters,
 * or at the end of a sentence. */
#define UNMEANT_SIGNS "&*?!"

/* The first sign in @piece that is searched for, or 0. A slash between two words sets them
 * apart. */
static gunichar
find_sign (const char *piece)
{
  gunichar before = 0;

  for (const char *p = piece; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gunichar after = g_utf8_get_char (g_utf8_next_char (p));
      gboolean is_between = g_unichar_isalnum (before) && g_unichar_isalnum (after);

      if (psl_text_is_sign (c) && g_utf8_strchr (UNMEANT_SIGNS, -1, c) == NULL && !(c == '/' && is_between))
        return c;
      before = c;
    }

  return 0;
}

/* Whether @text has the signs of @piece, in the same place beside the same letters. */
static gboolean
has_signs_of (const char *text,
              const char *piece)
{
  char sign[6 + 1] = "";
  g_autofree char *key = NULL;
  g_autofree char *wanted = NULL;

  /* Nearly all texts have no such sign, and their keys are not made for that. */
  g_unichar_to_utf8 (find_sign (piece), sign);
  if (strstr (text, sign) == NULL)
    return FALSE;
  key = psl_text_identity_key (text);
  wanted = psl_text_identity_key (piece);

  return key != NULL && wanted != NULL && strstr (key, wanted) != NULL;
}

/**
 * psl_search_split:
 * @words: (nullable): the text that a person typed into a search field
 *
 * Splits the typed text into the words that are searched for: folded, each at letters and
 * digits only, as the search index keeps them. `PO.0160` are two.
 *
 * Returns: (transfer full): the words, none where nothing can be looked for
 */
GStrv
psl_search_split (const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words != NULL ? words : "", -1);
  g_autofree char *folded = psl_text_fold (valid);

  return g_strsplit (folded, " ", -1);
}

/**
 * psl_search_split_signs:
 * @text: (nullable): the text that a person typed
 *
 * Splits a text of which psl_search_split() makes no words, such as `%` or `😀`.
 *
 * Returns: (transfer full): the pieces between blanks, as they were typed; none where there
 *   are only blanks
 */
GStrv
psl_search_split_signs (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *clean = psl_text_clean (valid, FALSE);

  return g_strsplit (clean != NULL ? clean : "", " ", -1);
}

/**
 * psl_search_split_signed:
 * @words: (nullable): the text that a person typed
 *
 * Splits off the pieces with signs, which the words of psl_search_split() don't have: `50 %
 * of C++` has the signed pieces `%` and `C++`. Signs that tell titles apart are searched for,
 * too; dashes, brackets, quotation marks, `&`, `*`, `?`, `!`, `.`, `,`, `:` and `;` are not,
 * nor is a slash between two words.
 *
 * Returns: (transfer full): the pieces between blanks that have such a sign, in NFKC
 */
GStrv
psl_search_split_signed (const char *words)
{
  g_auto (GStrv) pieces = psl_search_split_signs (words);
  g_autoptr (GStrvBuilder) signed_pieces = g_strv_builder_new ();

  for (gsize i = 0; pieces[i] != NULL; i++)
    {
      g_autofree char *composed = g_utf8_normalize (pieces[i], -1, G_NORMALIZE_NFKC);
      g_auto (GStrv) parts = g_strsplit (composed, "&", -1);

      for (gsize j = 0; parts[j] != NULL; j++)
        if (find_sign (parts[j]) != 0)
          g_strv_builder_add (signed_pieces, parts[j]);
    }

  return g_strv_builder_end (signed_pieces);
}

/**
 * psl_search_has_signs:
 * @text: a text, UTF-8
 * @words: the text that a person typed
 *
 * Returns: whether @text has all the signed pieces of @words, whatever their case,
 *   accents and blanks: “c++” is in “Cours de C ++”
 */
gboolean
psl_search_has_signs (const char *text,
                      const char *words)
{
  g_auto (GStrv) pieces = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  pieces = psl_search_split_signed (words);
  for (gsize i = 0; pieces[i] != NULL; i++)
    if (!has_signs_of (text, pieces[i]))
      return FALSE;

  return TRUE;
}

/**
 * psl_search_marks:
 * @text: a text as it is shown, UTF-8
 * @words: (nullable): the text that a person typed into a search field
 *
 * Finds the pieces to mark in a shown text: the beginnings of its words that the search words
 * match, accents and ligatures aside (“oeuv” marks “œuv” in “mise en œuvre”).
 *
 * Returns: (transfer full) (element-type PslSearchMark): the pieces in order,
 *   which don't touch; none where nothing matches
 */
GArray *
psl_search_marks (const char *text,
                  const char *words)
{
  g_auto (GStrv) split = psl_search_split (words);
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (PslSearchMark));
  FoldMap map;

  g_return_val_if_fail (text != NULL, marks);

  if (split[0] == NULL)
    return marks;

  fold_map_init (&map, text);
  for (gsize at = 0; at < map.folded->len; at++)
    {
      if (!begins_word (map.folded, at))
        continue;
      for (gsize i = 0; split[i] != NULL; i++)
        {
          gsize length = strlen (split[i]);
          PslSearchMark mark;

          if (!g_str_has_prefix (map.folded->str + at, split[i]))
            continue;
          mark.start = g_array_index (map.sources, PslSearchMark, at).start;
          mark.end = g_array_index (map.sources, PslSearchMark, at + length - 1).end;
          g_array_append_val (marks, mark);
        }
    }
  fold_map_clear (&map);
  join_marks (marks);

  return marks;
}

/**
 * psl_search_snippet:
 * @text: a long text, UTF-8
 * @words: (nullable): the text that a person typed into a search field
 * @max_chars: how many characters the excerpt may have, without ellipses
 * @marks: (out) (optional) (transfer full) (element-type PslSearchMark): the pieces to mark
 *   in the excerpt
 *
 * Cuts an excerpt from a long text around the first match, at words where that
 * can be, with an ellipsis where text was left out. Line ends become blanks.
 *
 * Returns: (transfer full) (nullable): the excerpt on one line, or %NULL where
 *   nothing matches
 */
char *
psl_search_snippet (const char  *text,
                    const char  *words,
                    guint        max_chars,
                    GArray     **marks)
{
  g_autoptr (GArray) found = NULL;
  g_autofree char *excerpt = NULL;
  const PslSearchMark *first;
  const char *start;
  const char *end;
  char *snippet;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (max_chars > 0, NULL);

  found = psl_search_marks (text, words);
  if (found->len == 0)
    return NULL;

  first = &g_array_index (found, PslSearchMark, 0);
  start = find_excerpt_start (text, text + first->start, max_chars);
  end = find_excerpt_end (start, text + first->end, max_chars);
  excerpt = g_strndup (start, end - start);
  g_strstrip (g_strdelimit (excerpt, "\n\t", ' '));

  snippet = g_strconcat (start > text ? "…" : "", excerpt, *end != '\0' ? "…" : "", NULL);
  if (marks != NULL)
    *marks = psl_search_marks (snippet, words);
  return snippet;
}
