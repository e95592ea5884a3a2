/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-codelist-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-text.h"

/* Which entry a text means; codes that no list has, and how they are told from names that
 * were mistyped. */

/* A word of capitals that has more letters is a name in capitals. */
#define MAX_LETTERS 3

/* Names of fewer characters are too short to tell a mistyped one from another word. */
#define MIN_COMPARED 4
#define MIN_COMPARED_LOOSELY 8
#define MAX_COMPARED 64

#define SIGNS ".-_"

#define MAX_SUGGESTIONS 4

#define M49_DIGITS 3

/* Texts that people write where they know nothing. */
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

static gboolean
is_three_capitals (const char *text)
{
  return strlen (text) == 3 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) && g_ascii_isupper (text[2]);
}

/* Whether all codes are three capitals, as those of currencies are. */
static gboolean
has_codes_of_three_capitals (const PslCodelist *self)
{
  for (guint i = 0; i < self->n_entries; i++)
    if (!is_three_capitals (self->entries[i].code.code))
      return FALSE;
  return self->n_entries > 0;
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
  for (gsize i = 0; entry->folded[i] != NULL; i++)
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

/* Of several entries the only one that is in use, if there is just one. */
static const PslCodeEntry *
choose_entry (GPtrArray  *entries,
              const char *text,
              GError    **error)
{
  g_autoptr (GString) names = NULL;
  const PslCodeEntry *chosen = NULL;
  guint in_use = 0;

  if (entries->len == 1)
    return g_ptr_array_index (entries, 0);

  for (guint i = 0; i < entries->len; i++)
    {
      const PslCodeEntry *entry = g_ptr_array_index (entries, i);

      if (entry->code.withdrawn)
        continue;
      chosen = entry;
      in_use++;
    }
  if (in_use == 1)
    return chosen;

  names = g_string_new (NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const PslCodeEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (names, "%s%s (%s)", i > 0 ? ", " : "",
                              psl_code_get_name (&entry->code, NULL), entry->code.code);
    }
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS,
               /* Translators: the first is what was typed, the second a list of names with codes */
               _("“%s” could be any of %s. Write the code or the whole name."), text, names->str);

  return NULL;
}

/* Restores a code of digits that a spreadsheet took for a number: `029` of `29`, `4` of
 * `4.0`. NULL where there is no such code. */
static char *
undo_spreadsheet (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  if (digits == 0)
    return NULL;
  if (strcmp (text + digits, ".0") == 0)
    return g_strndup (text, digits);
  if (text[digits] == '\0' && digits < M49_DIGITS)
    return g_strdup_printf ("%.*s%s", (int) (M49_DIGITS - digits), "00", text);

  return NULL;
}

/* Whether a text says more than a name does: `Peru?`, `<40`, `~Active`. Other marks
 * that folding drops (hyphens, apostrophes, parentheses) belong to names. */
static gboolean
is_qualified (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (strchr ("?!~^<>=", c < 128 ? (int) c : 'x') != NULL || c == 0xbf ||
          (c >= 128 && g_unichar_type (c) == G_UNICODE_MATH_SYMBOL))
        return TRUE;
    }

  return FALSE;
}

/* Entries that @text is perhaps meant for, though it names none: it is the beginning of one
 * of their names, one of their names or codes mistyped, or one of these with digits about it.
 * The entries that psl_codelist_search() finds come first. */
static GPtrArray *
find_close (const PslCodelist *self,
            const char        *text)
{
  g_autoptr (GPtrArray) close = psl_codelist_search (self, text, NULL);
  const PslCode *inside = find_inside (self, text);
  g_autofree char *typed = psl_text_fold (text);

  if (inside != NULL)
    add_once (close, inside);
  if (strlen (typed) < MIN_COMPARED || strlen (typed) >= MAX_COMPARED ||
      typed[strspn (typed, "0123456789 ")] == '\0')
    return g_steal_pointer (&close);
  for (guint i = 0; i < self->n_entries; i++)
    if (is_nearly_entry (&self->entries[i], typed))
      add_once (close, &self->entries[i].code);
  return g_steal_pointer (&close);
}

/* Whether @text, which means no entry, is a code that the list doesn't have. */
static gboolean
is_unlisted_code (const PslCodelist *self,
                  const char        *text,
                  gboolean           is_stored)
{
  g_autoptr (GPtrArray) close = NULL;

  if (has_codes_of_three_capitals (self))
    return is_three_capitals (text);
  if (!psl_codelist_is_code (text) || (is_stored ? is_qualified (text) : !is_written_as_code (self, text)))
    return FALSE;
  close = find_close (self, text);
  return close->len == 0;
}

/* Names what was perhaps meant, where that is little enough to be of help. */
static void
set_not_found (const PslCodelist  *self,
               const char         *text,
               GError            **error)
{
  g_autoptr (GPtrArray) close = find_close (self, text);
  g_autoptr (GString) names = g_string_new (NULL);

  if (close->len == 0 || close->len > MAX_SUGGESTIONS)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                   _("“%s” is not in the list. Write one of its codes or names."), text);
      return;
    }

  for (guint i = 0; i < close->len; i++)
    {
      const PslCode *code = g_ptr_array_index (close, i);

      g_string_append_printf (names, "%s%s (%s)", i > 0 ? ", " : "", psl_code_get_name (code, NULL), code->code);
    }
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
               /* Translators: the first is what was typed, the second a list of names with codes */
               _("“%s” is not in the list. What comes close: %s."), text, names->str);
}

/**
 * psl_codelist_match:
 * @self: a code list
 * @text: a code, a name in any language, or an alias, as people write it
 * @error: return location for an error
 *
 * Finds the entry that @text means, whatever its case, accents, punctuation and
 * small words. A code goes before a name and a name before an alias. A text with a
 * sign that limits it (`Peru?`, `~4`) means none.
 *
 * Errors: %PSL_REGISTER_ERROR_NOT_FOUND, and %PSL_REGISTER_ERROR_AMBIGUOUS where
 * it could be several.
 *
 * Returns: (transfer none) (nullable): the entry, or %NULL on error
 */
const PslCode *
psl_codelist_match (const PslCodelist  *self,
                    const char         *text,
                    GError            **error)
{
  g_autofree char *code = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *loose = NULL;
  g_autofree char *spreadsheet = NULL;
  const PslCodeEntry *entry;
  GPtrArray *entries;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  /* The stored form, which most values of an import have. */
  entry = g_hash_table_lookup (self->by_code, text);
  if (entry != NULL)
    return &entry->code;

  if (is_qualified (text))
    {
      if (error != NULL)
        set_not_found (self, text, error);
      return NULL;
    }

  psl_codelist_ensure_index (self);
  code = g_strstrip (g_ascii_strdown (text, -1));
  entries = g_hash_table_lookup (self->by_key[PSL_KEY_CODE], code);
  if (entries == NULL)
    {
      folded = psl_text_fold (text);
      entries = g_hash_table_lookup (self->by_key[PSL_KEY_NAME], folded);
    }
  if (entries == NULL)
    entries = g_hash_table_lookup (self->by_key[PSL_KEY_ALIAS], folded);
  if (entries == NULL)
    {
      loose = psl_codelist_loosen (folded);
      entries = g_hash_table_lookup (self->by_key[PSL_KEY_LOOSE], loose);
    }
  if (entries == NULL && strpbrk (text, ",(") != NULL)
    {
      g_autofree char *sorted = psl_codelist_sort_words (loose);

      entries = g_hash_table_lookup (self->by_key[PSL_KEY_SORTED], sorted);
    }

  if (entries != NULL)
    {
      entry = choose_entry (entries, text, error);
      return entry != NULL ? &entry->code : NULL;
    }

  spreadsheet = undo_spreadsheet (text);
  if (spreadsheet != NULL)
    {
      entry = g_hash_table_lookup (self->by_code, spreadsheet);
      entries = entry == NULL ? g_hash_table_lookup (self->by_key[PSL_KEY_ALIAS], spreadsheet) : NULL;
      if (entries != NULL)
        entry = choose_entry (entries, text, NULL);
      if (entry != NULL)
        return &entry->code;
    }

  if (error != NULL)
    set_not_found (self, text, error);

  return NULL;
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
 * (`Nonsense`, `nonsense`, `NONSENSE`) and a mark for nothing (`TBD`) are none. Where all
 * codes of the list are three capitals, as those of currencies are, any three capitals are
 * a code, and nothing else is, whoever wrote it. Any thread.
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

  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND) &&
      is_unlisted_code (self, text, is_stored))
    return g_strdup (text);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
is_called (const PslCodelist *list,
           const PslCode     *code,
           const char        *folded)
{
  for (guint i = 0; i < psl_names_get_n (code->names); i++)
    {
      g_autofree char *name = psl_text_fold (psl_names_get_nth (code->names, i, NULL));

      if (g_str_equal (name, folded))
        return TRUE;
    }
  for (guint i = 0; code->aliases != NULL && code->aliases[i] != NULL; i++)
    {
      g_autofree char *alias = psl_text_fold (code->aliases[i]);

      if (g_str_equal (alias, folded))
        return TRUE;
    }
  if (!psl_codelist_has_tags (list))
    {
      g_autofree char *text = psl_text_fold (code->code);

      return g_str_equal (text, folded);
    }
  return FALSE;
}

/**
 * psl_codelist_find_named:
 * @self: a code list
 * @name: a name or an alias
 * @code: the code of the entry that is to have it
 *
 * Nobody could tell two entries of one name apart. Case and accents do not count. The name of a
 * language may be the tag of another.
 *
 * Returns: (transfer none) (nullable): another entry that has @name as a name in whatever
 *   language, as an alias or as its code
 */
const PslCode *
psl_codelist_find_named (const PslCodelist *self,
                         const char        *name,
                         const char        *code)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  folded = psl_text_fold (name);
  for (guint i = 0; i < psl_codelist_get_n (self); i++)
    {
      const PslCode *other = psl_codelist_get_nth (self, i);

      if (!g_str_equal (other->code, code) && is_called (self, other, folded))
        return other;
    }
  return NULL;
}
