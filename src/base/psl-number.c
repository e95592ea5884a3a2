/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-number.h"

#include <langinfo.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

#include "psl-error.h"

#define NO_BREAK_SPACE "\302\240"

/* The currency sign in ICU's patterns, and the longest pattern that is read. */
#define CURRENCY_SIGN 0x00A4
#define MAXIMUM_PATTERN 64

/* The separator of two runs of digits. */
typedef enum
{
  SEPARATOR_NONE,
  SEPARATOR_SPACE,
  SEPARATOR_APOSTROPHE,
  SEPARATOR_COMMA,
  SEPARATOR_POINT,
} Separator;

/* A number taken apart: run 0, separator 0, run 1, … */
typedef struct
{
  gboolean negative;
  GPtrArray *runs;
  GArray *separators;
} Parts;

static void
parts_clear (Parts *parts)
{
  g_clear_pointer (&parts->runs, g_ptr_array_unref);
  g_clear_pointer (&parts->separators, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static Separator
classify (gunichar c)
{
  switch (c)
    {
    case ',':
    case 0x066b: /* Arabic decimal separator */
      return SEPARATOR_COMMA;
    case '.':
      return SEPARATOR_POINT;
    case '\'':
    case 0x2019:
      return SEPARATOR_APOSTROPHE;
    default:
      return g_unichar_isspace (c) ? SEPARATOR_SPACE : SEPARATOR_NONE;
    }
}

static gboolean
split_parts (const char *text,
             Parts      *parts)
{
  g_autoptr (GString) run = g_string_new (NULL);
  const char *p = text;

  parts->runs = g_ptr_array_new_with_free_func (g_free);
  parts->separators = g_array_new (FALSE, FALSE, sizeof (Separator));

  if (*p == '+' || psl_number_is_minus (g_utf8_get_char (p)))
    {
      parts->negative = *p != '+';
      p = g_utf8_next_char (p);
      while (g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
    }

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      Separator separator = classify (c);

      if (g_unichar_isdigit (c))
        {
          g_string_append_c (run, '0' + g_unichar_digit_value (c));
        }
      else if (separator == SEPARATOR_NONE)
        {
          return FALSE;
        }
      else
        {
          g_ptr_array_add (parts->runs, g_strdup (run->str));
          g_array_append_val (parts->separators, separator);
          g_string_truncate (run, 0);
        }
    }
  g_ptr_array_add (parts->runs, g_strdup (run->str));

  /* `.5` may lack its zero; nothing else may be empty. */
  for (guint i = 0; i < parts->runs->len; i++)
    {
      const char *digits = g_ptr_array_index (parts->runs, i);

      if (*digits == '\0' && (i > 0 || parts->runs->len != 2 ||
                              g_array_index (parts->separators, Separator, 0) < SEPARATOR_COMMA))
        return FALSE;
    }

  return TRUE;
}

/* Whether the first @n runs are one number in groups: of three, or as in South
 * Asia of two before the last three (12,34,567). */
static gboolean
is_grouped (const Parts *parts,
            guint        n)
{
  gboolean threes = TRUE;
  gboolean twos = TRUE;
  gsize first;

  if (n == 1)
    return TRUE;

  /* Nothing is grouped behind a zero. */
  if (g_str_has_prefix (g_ptr_array_index (parts->runs, 0), "0"))
    return FALSE;

  first = strlen (g_ptr_array_index (parts->runs, 0));
  threes = first >= 1 && first <= 3;
  twos = first >= 1 && first <= 2;
  for (guint i = 1; i < n; i++)
    {
      gsize length = strlen (g_ptr_array_index (parts->runs, i));

      if (i > 1 && g_array_index (parts->separators, Separator, i - 1) !=
                   g_array_index (parts->separators, Separator, i - 2))
        return FALSE;
      threes = threes && length == 3;
      twos = twos && length == (i == n - 1 ? 3 : 2);
    }

  return threes || twos;
}

static char *
compose (const Parts *parts,
         guint        n_whole)
{
  GString *number = g_string_new (NULL);
  gsize zeros;

  for (guint i = 0; i < n_whole; i++)
    g_string_append (number, g_ptr_array_index (parts->runs, i));
  zeros = strspn (number->str, "0");
  g_string_erase (number, 0, zeros);
  if (number->len == 0)
    g_string_append_c (number, '0');

  if (n_whole < parts->runs->len)
    {
      g_string_append_c (number, '.');
      g_string_append (number, g_ptr_array_index (parts->runs, n_whole));
      while (number->str[number->len - 1] == '0')
        g_string_truncate (number, number->len - 1);
      if (number->str[number->len - 1] == '.')
        g_string_truncate (number, number->len - 1);
    }

  if (parts->negative && strcmp (number->str, "0") != 0)
    g_string_prepend_c (number, '-');

  return g_string_free_and_steal (number);
}

/* How many of the runs are the whole number, where @mark is the decimal mark. */
static guint
count_whole_runs_by_mark (const Parts    *parts,
                          PslDecimalMark  mark)
{
  guint n = parts->runs->len;
  Separator decimal = mark == PSL_DECIMAL_MARK_POINT ? SEPARATOR_POINT : SEPARATOR_COMMA;

  return n > 1 && g_array_index (parts->separators, Separator, n - 2) == decimal ? n - 1 : n;
}

/* Whether @mark stands among the first @n runs, where it would group. */
static gboolean
groups_by_mark (const Parts    *parts,
                guint           n,
                PslDecimalMark  mark)
{
  Separator decimal = mark == PSL_DECIMAL_MARK_POINT ? SEPARATOR_POINT : SEPARATOR_COMMA;

  for (guint i = 1; i < n && mark != PSL_DECIMAL_MARK_USUAL; i++)
    {
      if (g_array_index (parts->separators, Separator, i - 1) == decimal)
        return TRUE;
    }

  return FALSE;
}

/* Whether a single comma or point marks decimals. */
static gboolean
marks_decimals (const Parts     *parts,
                PslNumberStyle   style,
                gboolean        *unclear)
{
  const char *before = g_ptr_array_index (parts->runs, 0);
  const char *after = g_ptr_array_index (parts->runs, 1);
  Separator separator = g_array_index (parts->separators, Separator, 0);
  gboolean like_group = strlen (after) == 3 && strlen (before) >= 1 && strlen (before) <= 3 && *before != '0';

  switch (style)
    {
    case PSL_NUMBER_INTEGER:
      /* Spreadsheets write whole numbers as `3.0` where a column has gaps. */
      return strlen (after) < 3 && strspn (after, "0") == strlen (after);
    case PSL_NUMBER_DECIMAL:
      return TRUE;
    case PSL_NUMBER_AMOUNT_3:
      *unclear = like_group && separator == SEPARATOR_COMMA;
      return TRUE;
    case PSL_NUMBER_AMOUNT:
    default:
      return !like_group;
    }
}

/* How many of the runs are the whole number, from how the number is written. */
static guint
count_whole_runs (const Parts    *parts,
                  PslNumberStyle  style,
                  gboolean       *unclear)
{
  guint n = parts->runs->len;
  Separator last = n > 1 ? g_array_index (parts->separators, Separator, n - 2) : SEPARATOR_NONE;

  if (last != SEPARATOR_COMMA && last != SEPARATOR_POINT)
    return n;
  if (n == 2 ? marks_decimals (parts, style, unclear)
             : g_array_index (parts->separators, Separator, n - 3) != last)
    return n - 1;

  return n;
}

/* Whether there are only zeros after the decimal mark: spreadsheets write the whole numbers
 * of a column with gaps as `3.0`. */
static gboolean
has_only_zeros (const Parts *parts,
                guint        n_whole)
{
  for (guint i = n_whole; i < parts->runs->len; i++)
    {
      const char *digits = g_ptr_array_index (parts->runs, i);

      if (strspn (digits, "0") != strlen (digits))
        return FALSE;
    }

  return TRUE;
}

static void
set_not_a_number (const char  *text,
                  GError     **error)
{
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               _("“%s” is not a number. Write digits only, such as 1250 or 12.5."), text);
}

/**
 * psl_number_is_minus:
 * @c: a character
 *
 * Returns: whether people write @c for a minus: a hyphen, a dash or the minus sign
 */
gboolean
psl_number_is_minus (gunichar c)
{
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xfe63 || c == 0xff0d;
}

/**
 * psl_number_parse:
 * @text: a number as people write it, trimmed
 * @style: what a single comma or point means where @mark doesn't say
 * @mark: the mark of decimals
 * @error: return location for an error
 *
 * Reads a number written in the French or the English way, whatever the locale:
 * groups apart by spaces of any width, apostrophes, commas or points; decimals
 * after a comma or a point. Unless @mark says which, of two different marks the
 * last one marks decimals.
 * Groups have three digits, or in the South Asian way two before the last three.
 *
 * Errors: %PSL_REGISTER_ERROR_INVALID.
 *
 * Returns: (transfer full) (nullable): the number with a point, without groups,
 *   needless zeros or exponent: `-1234.5`; %NULL on error
 */
char *
psl_number_parse (const char      *text,
                  PslNumberStyle   style,
                  PslDecimalMark   mark,
                  GError         **error)
{
  g_auto (Parts) parts = { 0 };
  gboolean unclear = FALSE;
  guint n_whole;

  g_return_val_if_fail (text != NULL, NULL);

  if (!split_parts (text, &parts))
    {
      set_not_a_number (text, error);
      return NULL;
    }

  n_whole = mark == PSL_DECIMAL_MARK_USUAL ? count_whole_runs (&parts, style, &unclear)
                                           : count_whole_runs_by_mark (&parts, mark);
  if (unclear)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” could be read in two ways. Write decimals after a point, and no comma."), text);
      return NULL;
    }

  if (style == PSL_NUMBER_INTEGER &&
      (!has_only_zeros (&parts, n_whole) || !is_grouped (&parts, n_whole) ||
       (mark == PSL_DECIMAL_MARK_USUAL && n_whole < parts.runs->len && parts.runs->len > 2)))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is not a whole number. Write digits only, such as 1250."), text);
      return NULL;
    }

  if (!is_grouped (&parts, n_whole) || groups_by_mark (&parts, n_whole, mark))
    {
      set_not_a_number (text, error);
      return NULL;
    }

  return compose (&parts, n_whole);
}

/* Spaces that group digits must not break, and are of one width in a text. */
static char *
locale_mark (nl_item     item,
             const char *fallback)
{
  g_autofree char *mark = g_locale_to_utf8 (nl_langinfo (item), -1, NULL, NULL, NULL);

  if (mark == NULL || *mark == '\0')
    return g_strdup (fallback);
  if (g_unichar_isspace (g_utf8_get_char (mark)))
    return g_strdup (NO_BREAK_SPACE);

  return g_steal_pointer (&mark);
}

/**
 * psl_number_format:
 * @number: a number as psl_number_parse() returns it; further zeros at the end
 *   are kept
 * @grouped: whether to put thousands apart
 *
 * Returns: (transfer full): the number in the form of the person's locale, with
 *   no-break spaces where it groups by spaces
 */
char *
psl_number_format (const char *number,
                   gboolean    grouped)
{
  g_autofree char *decimal = NULL;
  g_autofree char *group = NULL;
  GString *text;
  const char *point;
  const char *p;

  g_return_val_if_fail (number != NULL, NULL);

  decimal = locale_mark (RADIXCHAR, ".");
  group = locale_mark (THOUSEP, strcmp (decimal, ".") == 0 ? "," : NO_BREAK_SPACE);

  point = strchr (number, '.');
  if (point == NULL)
    point = number + strlen (number);

  text = g_string_new (NULL);
  for (p = number; p < point; p++)
    {
      g_string_append_c (text, *p);
      if (grouped && g_ascii_isdigit (*p) && (point - p) % 3 == 1 && point - p > 1)
        g_string_append (text, group);
    }
  if (*p == '.')
    {
      g_string_append (text, decimal);
      g_string_append (text, p + 1);
    }

  return g_string_free_and_steal (text);
}

/**
 * psl_number_format_count:
 * @count: a count
 *
 * printf()'s `%'d` can't be used: glibc groups French numbers by U+202F, which the rest of
 * the program never writes. Any thread.
 *
 * Returns: (transfer full): the number in the form of the person's locale, with
 *   U+00A0 where it groups by spaces
 */
char *
psl_number_format_count (gint64 count)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  return psl_number_format (digits, TRUE);
}

/* By the pattern that ICU has for amounts: `#,##0.00 ¤` of French, `¤#,##0.00` of English. */
static gboolean
read_precedes_currency (const char *language)
{
  UErrorCode status = U_ZERO_ERROR;
  UNumberFormat *format = unum_open (UNUM_CURRENCY, NULL, 0, language, NULL, &status);
  UChar pattern[MAXIMUM_PATTERN];
  int32_t length = unum_toPattern (format, FALSE, pattern, MAXIMUM_PATTERN, &status);
  const UChar *sign = U_SUCCESS (status) ? u_memchr (pattern, CURRENCY_SIGN, length) : NULL;
  const UChar *digit = U_SUCCESS (status) ? u_memchr (pattern, '0', length) : NULL;

  unum_close (format);
  return sign != NULL && digit != NULL && digit < sign;
}

/**
 * psl_number_precedes_currency:
 * @language: the tag of a language
 *
 * Returns: whether amounts are written with the currency behind the number in that
 *   language. Any thread
 */
gboolean
psl_number_precedes_currency (const char *language)
{
  static GMutex mutex;
  static GHashTable *known = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  gpointer precedes;

  g_return_val_if_fail (language != NULL, FALSE);

  if (known == NULL)
    known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_lookup_extended (known, language, NULL, &precedes))
    {
      precedes = GINT_TO_POINTER (read_precedes_currency (language));
      g_hash_table_insert (known, g_strdup (language), precedes);
    }
  return GPOINTER_TO_INT (precedes);
}

/**
 * psl_number_scale:
 * @number: a number as psl_number_parse() returns it
 * @decimals: how many decimals to make whole
 * @scaled: (out): return location for @number × 10^@decimals
 *
 * Returns: whether the number has no more decimals than that, and fits
 */
gboolean
psl_number_scale (const char *number,
                  guint       decimals,
                  gint64     *scaled)
{
  g_autoptr (GString) digits = NULL;
  const char *point;

  g_return_val_if_fail (number != NULL, FALSE);
  g_return_val_if_fail (scaled != NULL, FALSE);

  point = strchr (number, '.');
  if (point != NULL && strlen (point + 1) > decimals)
    return FALSE;

  digits = g_string_new_len (number, point != NULL ? point - number : -1);
  if (point != NULL)
    g_string_append (digits, point + 1);
  for (gsize i = point != NULL ? strlen (point + 1) : 0; i < decimals; i++)
    g_string_append_c (digits, '0');

  return g_ascii_string_to_signed (digits->str, 10, G_MININT64, G_MAXINT64, scaled, NULL);
}

/**
 * psl_number_unscale:
 * @scaled: a number × 10^@decimals
 * @decimals: how many decimals it has
 *
 * Returns: (transfer full): the number with exactly that many decimals
 */
char *
psl_number_unscale (gint64 scaled,
                    guint  decimals)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean negative = scaled < 0;

  /* Unsigned, for the smallest number has no positive counterpart. */
  g_string_printf (digits, "%0*" G_GUINT64_FORMAT, (int) decimals + 1,
                   negative ? -(guint64) scaled : (guint64) scaled);
  if (decimals > 0)
    g_string_insert_c (digits, digits->len - decimals, '.');
  if (negative)
    g_string_prepend_c (digits, '-');

  return g_string_free_and_steal (g_steal_pointer (&digits));
}
