/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-text-difference.h"

#include <string.h>

/* How many bytes of whole characters both texts begin with. */
static gsize
get_common_beginning (const char *one,
                      const char *other)
{
  const char *at = one;

  while (*at != '\0' && g_utf8_get_char (at) == g_utf8_get_char (other + (at - one)))
    at = g_utf8_next_char (at);
  return (gsize) (at - one);
}

/* How many bytes of whole characters both texts end with, after their first @beginning bytes. */
static gsize
get_common_end (const char *one,
                const char *other,
                gsize       beginning)
{
  gsize n_one = strlen (one);
  gsize n_other = strlen (other);
  gsize n = 0;

  while (n < MIN (n_one, n_other) - beginning && one[n_one - n - 1] == other[n_other - n - 1])
    n++;
  while (n > 0 && (one[n_one - n] & 0xc0) == 0x80)
    n--;
  return n;
}

/* The beginning of the word that is @context characters or a little more before @at. */
static const char *
find_word_begin (const char *text,
                 const char *at,
                 gsize       context)
{
  for (gsize i = 0; at > text && (i < context || !g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (at)))); i++)
    at = g_utf8_prev_char (at);
  return at;
}

/* The end of the word that is @context characters or a little more after @at. */
static const char *
find_word_end (const char *at,
               gsize       context)
{
  for (gsize i = 0; *at != '\0' && (i < context || !g_unichar_isspace (g_utf8_get_char (at))); i++)
    at = g_utf8_next_char (at);
  return at;
}

static void
cut (char  **text,
     gsize   beginning,
     gsize   end,
     gsize   context)
{
  const char *first = find_word_begin (*text, *text + beginning, context);
  const char *last = find_word_end (*text + strlen (*text) - end, context);
  char *part = g_strdup_printf ("%s%.*s%s", first > *text ? "…" : "", (int) (last - first), first,
                                *last != '\0' ? "…" : "");

  g_free (*text);
  *text = part;
}

/**
 * psl_text_cut_to_difference:
 * @one: (inout): valid UTF-8
 * @other: (inout): valid UTF-8
 * @context: how many characters that the texts share stand before and after those that differ
 *
 * Cuts two texts that share their beginning or their end to the words that differ, and to the
 * words around them, with an ellipsis where something was cut.
 */
void
psl_text_cut_to_difference (char  **one,
                            char  **other,
                            gsize   context)
{
  gsize beginning, end;

  g_return_if_fail (one != NULL && *one != NULL);
  g_return_if_fail (other != NULL && *other != NULL);

  beginning = get_common_beginning (*one, *other);
  end = get_common_end (*one, *other, beginning);
  cut (one, beginning, end, context);
  cut (other, beginning, end, context);
}
