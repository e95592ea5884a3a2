/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-codelist-private.h"

#include <string.h>

#include "psl-error.h"
#include "psl-text.h"

/* Codes that no list of the program has, and how they are told from names that were
 * mistyped. */

/* A word of capitals that has more letters is a name in capitals. */
#define MAX_LETTERS 3

/* Names of fewer characters are too short to tell a mistyped one from another word. */
#define MIN_COMPARED 4
#define MIN_COMPARED_LOOSELY 8
#define MAX_COMPARED 64

#define SIGNS ".-_"

/* What people write where they know nothing. */
static const char *const placeholders[] = {
  "NA", "NC", "ND", "NK", "NR", "NSP", "TBA", "TBC", "TBD", "XX", "XXX", NULL,
};

/* Whether all codes are numbers, or begin with one: `4.a`. */
static gboolean
has_codes_of_digits (const PslCodelist *self)
{
  for (guint i = 0; i < self->n_entries; i++)
    if (!g_ascii_isdigit (*self->entries[i].code.code))
      return FALSE;
  return TRUE;
}

/* Whether @text is written as people write codes: see psl_codelist_read(). */
static gboolean
is_written_as_code (const PslCodelist *self,
                    const char        *text)
{
  gsize length = strlen (text);
  guint n_letters = 0;
  guint n_digits = 0;

  if (length == 0 || !g_ascii_isalnum (text[0]) || !g_ascii_isalnum (text[length - 1]))
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_ascii_isupper (*at))
        n_letters++;
      else if (g_ascii_isdigit (*at))
        n_digits++;
      else if (strchr (SIGNS, *at) == NULL)
        return FALSE;
    }
  if (n_letters == 0)
    return has_codes_of_digits (self);
  if (n_digits == 0)
    return n_letters == length && length > 1 && length <= MAX_LETTERS && !g_strv_contains (placeholders, text);
  return TRUE;
}

/* How many characters are to be put in, left out, changed or swapped with the next to make
 * one text of the other; more than @limit where that is certain. Both are shorter than
 * MAX_COMPARED. */
static guint
count_changes (const char *one,
               const char *other,
               guint       limit)
{
  gsize n_one = strlen (one);
  gsize n_other = strlen (other);
  guint rows[3][MAX_COMPARED];

  if (MAX (n_one, n_other) - MIN (n_one, n_other) > limit)
    return limit + 1;

  for (guint j = 0; j <= n_other; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= n_one; i++)
    {
      guint *row = rows[i % 3];
      const guint *above = rows[(i - 1) % 3];

      row[0] = i;
      for (guint j = 1; j <= n_other; j++)
        {
          row[j] = MIN (MIN (row[j - 1], above[j]) + 1, above[j - 1] + (one[i - 1] != other[j - 1]));
          if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
            row[j] = MIN (row[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
  return rows[n_one % 3][n_other];
}

static gboolean
is_nearly (const char *typed,
           const char *name)
{
  gsize length = strlen (typed);
  guint limit = length < MIN_COMPARED_LOOSELY ? 1 : 2;

  return strlen (name) >= MIN_COMPARED && strlen (name) < MAX_COMPARED && count_changes (typed, name, limit) <= limit;
}

static gboolean
is_nearly_entry (const PslCodeEntry *entry,
                 const char         *typed)
{
  g_autofree char *code = psl_text_fold (entry->code.code);

  if (is_nearly (typed, code))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (entry->folded); i++)
    if (is_nearly (typed, entry->folded[i]))
      return TRUE;
  for (gsize i = 0; entry->code.aliases != NULL && entry->code.aliases[i] != NULL; i++)
    {
      g_autofree char *alias = psl_text_fold (entry->code.aliases[i]);

      if (is_nearly (typed, alias))
        return TRUE;
    }
  return FALSE;
}

/* The entry whose code or name @text is but for digits and signs before or after it:
 * `PE40`, `2-Active`. */
static const PslCode *
find_inside (const PslCodelist *self,
             const char        *text)
{
  static const char outside[] = "0123456789" SIGNS;
  const char *start = text + strspn (text, outside);
  gsize length = strlen (start);
  g_autofree char *inside = NULL;

  while (length > 0 && strchr (outside, start[length - 1]) != NULL)
    length--;
  if (length == 0 || length == strlen (text))
    return NULL;
  inside = g_strndup (start, length);
  return psl_codelist_match (self, inside, NULL);
}

static void
add_once (GPtrArray     *codes,
          const PslCode *code)
{
  if (!g_ptr_array_find (codes, code, NULL))
    g_ptr_array_add (codes, (gpointer) code);
}

/**
 * psl_codelist_find_close:
 * @self: a code list
 * @text: what no entry of the list is called
 *
 * Looks for entries that @text is perhaps meant for: it is the beginning of one of their
 * names, one of their names or codes mistyped, or one with digits about it.
 *
 * Returns: (transfer container) (element-type PslCode): the entries, first those that
 *   psl_codelist_search() finds. Any thread
 */
GPtrArray *
psl_codelist_find_close (const PslCodelist *self,
                         const char        *text)
{
  g_autoptr (GPtrArray) close = NULL;
  g_autofree char *typed = NULL;
  const PslCode *inside;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  close = psl_codelist_search (self, text, NULL);
  inside = find_inside (self, text);
  if (inside != NULL)
    add_once (close, inside);
  typed = psl_text_fold (text);
  if (strlen (typed) < MIN_COMPARED || strlen (typed) >= MAX_COMPARED ||
      typed[strspn (typed, "0123456789 ")] == '\0')
    return g_steal_pointer (&close);
  for (guint i = 0; i < self->n_entries; i++)
    if (is_nearly_entry (&self->entries[i], typed))
      add_once (close, &self->entries[i].code);
  return g_steal_pointer (&close);
}

/**
 * psl_codelist_read:
 * @self: a code list
 * @text: a code, a name in any language, or an alias, as people write it
 * @is_stored: whether @text comes from what the program has written, in which any code
 *   may stand, rather than from people
 * @error: return location for an error
 *
 * Finds the code that @text means, as psl_codelist_match() does, or takes @text for a code
 * that the list doesn't have. That it is where it has the form of a code (see
 * psl_codelist_is_code()) and nothing in the list is close to it. What people write
 * must look like a code, too: capitals A–Z and digits, which points, hyphens and
 * underscores may join (`A07`, `X-12`); without a digit two or three capitals
 * (`XQ`); without a capital only where all codes of the list begin with a digit. A word
 * (`Nonsense`, `nonsense`, `NONSENSE`) and a mark for nothing (`TBD`) are none. Any thread.
 *
 * Errors: %PSL_REGISTER_ERROR_NOT_FOUND, and %PSL_REGISTER_ERROR_AMBIGUOUS where
 * it could be several.
 *
 * Returns: (transfer full) (nullable): the code to store, or %NULL on error
 */
char *
psl_codelist_read (const PslCodelist  *self,
                   const char         *text,
                   gboolean            is_stored,
                   GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  const PslCode *code;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  code = psl_codelist_match (self, text, &local_error);
  if (code != NULL)
    return g_strdup (code->code);

  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND) && psl_codelist_is_code (text) &&
      (is_stored ? !psl_codelist_is_qualified (text) : is_written_as_code (self, text)))
    {
      g_autoptr (GPtrArray) close = psl_codelist_find_close (self, text);

      if (close->len == 0)
        return g_strdup (text);
    }

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
