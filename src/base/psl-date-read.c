/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-date.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-text.h"

/* Reading dates as people write them. Every character must have a meaning in a
 * date: `~2020` and `2020?` are no dates. */

/* Names and abbreviations of months in both languages, folded. */
static const struct
{
  const char *name;
  guint month;
} months[] = {
  { "janvier", 1 }, { "janv", 1 }, { "jan", 1 }, { "january", 1 },
  { "fevrier", 2 }, { "fevr", 2 }, { "fev", 2 }, { "february", 2 }, { "feb", 2 },
  { "mars", 3 }, { "march", 3 }, { "mar", 3 },
  { "avril", 4 }, { "avr", 4 }, { "april", 4 }, { "apr", 4 },
  { "mai", 5 }, { "may", 5 },
  { "juin", 6 }, { "june", 6 }, { "jun", 6 },
  { "juillet", 7 }, { "juil", 7 }, { "july", 7 }, { "jul", 7 },
  { "aout", 8 }, { "august", 8 }, { "aug", 8 },
  { "septembre", 9 }, { "september", 9 }, { "sept", 9 }, { "sep", 9 },
  { "octobre", 10 }, { "october", 10 }, { "oct", 10 },
  { "novembre", 11 }, { "november", 11 }, { "nov", 11 },
  { "decembre", 12 }, { "december", 12 }, { "dec", 12 },
};

/* Words around a date that don't change it. */
static const char *const fillers[] = {
  "le", "the", "of", "de", "en", "in", "on",
  "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
  "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  "lun", "mer", "jeu", "ven", "sam", "dim", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
  NULL,
};

/* The separator of two parts, without blanks. */
typedef enum
{
  BETWEEN_NOTHING,
  BETWEEN_SLASH,
  BETWEEN_HYPHEN,
  BETWEEN_POINT,
  BETWEEN_COMMA,
  BETWEEN_POINT_AND_MORE,
  BETWEEN_APOSTROPHE,
  BETWEEN_OTHER,
} Between;

/* The parts of a date: numbers in the order written, and at most one month. */
typedef struct
{
  guint numbers[3];
  gsize lengths[3];
  guint n_numbers;
  guint month;
  gboolean year_joined;       /* the last number is tied to the month before it: `May-07`, `May '07` */
  gboolean numeric;           /* no word at all */
  Between between;            /* the numbers of a numeric date */
  gboolean has_time;
} Parts;

/* A date that may exist. */
typedef struct
{
  guint year;
  guint month;
  guint day;
  gboolean has_month;
  gboolean has_day;
} Date;

typedef enum
{
  READ_DATE,
  READ_NOTHING,               /* it isn't a date */
  READ_SHORT_YEAR,            /* the year has two digits, and no century is given */
  READ_OTHER_ORDER,           /* it isn't one in this order */
} Reading;

static guint
find_month (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
    {
      if (strcmp (months[i].name, word) == 0)
        return months[i].month;
    }

  return 0;
}

static gboolean
is_ordinal_ending (const char *ending)
{
  static const char *const endings[] = { "", "er", "st", "nd", "rd", "th", NULL };

  return g_strv_contains (endings, ending);
}

/* Lower case, without accents; blanks of every width are plain ones. */
static char *
simplify (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  g_autofree char *cased = g_utf8_casefold (decomposed, -1);
  GString *simple = g_string_new (NULL);

  for (const char *p = cased; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        g_string_append_c (simple, ' ');
      else if (!g_unichar_ismark (c))
        g_string_append_unichar (simple, c);
    }

  return g_string_free_and_steal (simple);
}

static GRegex *
get_time_regex (void)
{
  static GRegex *regex;
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      regex = g_regex_new ("^(.*?[0-9a-z])(?:t|,? +(?:at +|a +)?)"
                           "(?:([0-9]{1,2})(?::([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?| ?h ?([0-9]{2})?))"
                           "(?: ?(am|pm|a\\.m\\.|p\\.m\\.))? ?(?:z|utc|gmt|[+-]([0-9]{2})(?::?([0-9]{2}))?)?$",
                           G_REGEX_OPTIMIZE, G_REGEX_MATCH_DEFAULT, NULL);
      g_assert (regex != NULL);
      g_once_init_leave (&made, 1);
    }

  return regex;
}

static gboolean
is_below (GMatchInfo *match,
          int         group,
          guint       limit)
{
  g_autofree char *digits = g_match_info_fetch (match, group);

  return digits == NULL || strtoul (digits, NULL, 10) < limit;
}

static gboolean
has_group (GMatchInfo *match,
           int         group)
{
  g_autofree char *text = g_match_info_fetch (match, group);

  return text != NULL && *text != '\0';
}

/* Whether there is such a time: 24:00 ends a day, and no clock is more than 14 hours from UTC. */
static gboolean
is_time (GMatchInfo *match)
{
  gboolean is_end = !is_below (match, 2, 24);
  guint hours = has_group (match, 6) ? 13 : 25;

  return is_below (match, 2, hours) && is_below (match, 3, is_end ? 1 : 60) && is_below (match, 4, is_end ? 1 : 61) &&
         is_below (match, 5, is_end ? 1 : 60) && is_below (match, 7, 15) && is_below (match, 8, 60);
}

/* Takes off the time of a day, as programs write it behind a date:
 * `2020-05-17T00:00:00Z`, `17/05/2020 12:00:00 AM`, `17/05/2020 à 14 h 30`. */
static char *
drop_time (const char *text,
           gboolean   *has_time)
{
  g_autoptr (GMatchInfo) match = NULL;

  *has_time = FALSE;
  if (strpbrk (text, ":h") == NULL || !g_regex_match (get_time_regex (), text, 0, &match))
    return g_strdup (text);
  if (!is_time (match))
    return g_strdup (text);

  *has_time = TRUE;

  return g_match_info_fetch (match, 1);
}

/* The decimals of a year in a spreadsheet's column with gaps: `2020.0`. */
static void
drop_zero (char *text)
{
  if (strlen (text) == 6 && strspn (text, "0123456789") == 4 && strcmp (text + 4, ".0") == 0)
    text[4] = '\0';
}

static Between
read_between (const char **text)
{
  g_autoptr (GString) marks = g_string_new (NULL);

  while (**text != '\0' && !g_unichar_isalnum (g_utf8_get_char (*text)))
    {
      gunichar c = g_utf8_get_char (*text);

      if ((c >= 0x2010 && c <= 0x2013) || c == 0x2212)
        c = '-';
      if (c == 0x2019)
        c = '\'';
      if (c != ' ')
        g_string_append_unichar (marks, c);
      *text = g_utf8_next_char (*text);
    }

  if (marks->len == 0)
    return BETWEEN_NOTHING;
  if (strcmp (marks->str, "/") == 0)
    return BETWEEN_SLASH;
  if (strcmp (marks->str, "-") == 0)
    return BETWEEN_HYPHEN;
  if (strcmp (marks->str, ".") == 0)
    return BETWEEN_POINT;
  if (strcmp (marks->str, ",") == 0)
    return BETWEEN_COMMA;
  if (strcmp (marks->str, ".,") == 0 || strcmp (marks->str, ".-") == 0 || strcmp (marks->str, "./") == 0)
    return BETWEEN_POINT_AND_MORE;
  if (strcmp (marks->str, "'") == 0)
    return BETWEEN_APOSTROPHE;

  return BETWEEN_OTHER;
}

static gboolean
add_number (Parts      *parts,
            const char *part,
            gsize       length)
{
  if (length > 8 || !is_ordinal_ending (part + length) || parts->n_numbers == 3)
    return FALSE;

  parts->lengths[parts->n_numbers] = length;
  parts->numbers[parts->n_numbers++] = (guint) strtoul (part, NULL, 10);

  return TRUE;
}

static gboolean
add_word (Parts      *parts,
          const char *part)
{
  guint month = find_month (part);

  parts->numeric = FALSE;
  if (month > 0 && parts->month == 0)
    {
      parts->month = month;
      return TRUE;
    }

  return g_strv_contains (fillers, part);
}

/* Whether @between may stand before a part. The numbers of a numeric date have one separator. */
static gboolean
fits (Parts    *parts,
      Between   between,
      gboolean  first,
      gboolean  after_word,
      gboolean  number)
{
  if (between == BETWEEN_OTHER)
    return FALSE;
  if (between == BETWEEN_APOSTROPHE)
    return number;
  if (first)
    return between == BETWEEN_NOTHING;
  if (between == BETWEEN_POINT_AND_MORE)
    return after_word;
  if (after_word || !number)
    return TRUE;
  if (parts->numeric && parts->n_numbers == 2)
    return between == parts->between;
  if (parts->numeric)
    parts->between = between;

  return parts->numeric ? between != BETWEEN_COMMA : between == BETWEEN_COMMA || between == BETWEEN_NOTHING;
}

/* Whether the text after the last part may stand there: the point of an abbreviation, or of
 * an ordinal number as in `17. 5. 2020.`. */
static gboolean
ends_well (const Parts *parts,
           Between      between,
           gboolean     after_word)
{
  if (between == BETWEEN_NOTHING)
    return TRUE;

  return between == BETWEEN_POINT &&
         (after_word || (parts->numeric && parts->n_numbers == 3 && parts->between == BETWEEN_POINT));
}

static gboolean
split_parts (const char *text,
             Parts      *parts)
{
  gboolean after_word = FALSE;
  gboolean apostrophe = FALSE;
  gboolean first = TRUE;
  Between between;

  parts->numeric = TRUE;
  while (TRUE)
    {
      const char *start;
      g_autofree char *part = NULL;
      gsize length;

      between = read_between (&text);
      if (*text == '\0')
        break;

      start = text;
      while (*text != '\0' && g_unichar_isalnum (g_utf8_get_char (text)))
        text = g_utf8_next_char (text);
      part = g_strndup (start, text - start);
      length = strspn (part, "0123456789");

      if (apostrophe || !fits (parts, between, first, after_word, length > 0))
        return FALSE;
      if (length > 0 ? !add_number (parts, part, length) : !add_word (parts, part))
        return FALSE;

      /* An apostrophe stands for the century, and the year comes last. */
      apostrophe = between == BETWEEN_APOSTROPHE;
      if (apostrophe && length != 2)
        return FALSE;
      parts->year_joined = after_word && length > 0 && between != BETWEEN_NOTHING && between != BETWEEN_COMMA;
      after_word = length == 0;
      first = FALSE;
    }

  return ends_well (parts, between, after_word);
}

static guint
complete_year (guint number,
               guint century)
{
  guint year = century - century % 100 + number;

  return year < century ? year + 100 : year;
}

/* The number that is written as a year is, or how many there are. */
static guint
find_long_year (const Parts *parts)
{
  guint at = 0;

  while (at < parts->n_numbers && parts->lengths[at] != 4)
    at++;

  return at;
}

/* Where the year of two digits stands, or how many numbers there are: `17 mai`
 * is a day, and `05/07` could be anything. */
static guint
find_short_year (const Parts  *parts,
                 PslDateOrder  order)
{
  gboolean two_numbers = parts->n_numbers == 2 && parts->month == 0;
  gboolean day_and_month = parts->n_numbers == 1 && parts->month > 0 && !parts->year_joined;
  guint at = parts->n_numbers - 1;

  if (two_numbers || day_and_month)
    return parts->n_numbers;
  if (parts->n_numbers == 3)
    at = order == PSL_DATE_ORDER_YMD ? 0 : 2;

  return parts->lengths[at] == 2 ? at : parts->n_numbers;
}

/* Day and month of three numbers, one of them the year. */
static Reading
arrange_numbers (const Parts  *parts,
                 guint         year_at,
                 gboolean      long_year,
                 PslDateOrder  order,
                 Date         *date)
{
  const guint *two = parts->numbers + (year_at == 0 ? 1 : 0);
  gboolean month_first = TRUE;

  if (year_at == 1)
    return READ_NOTHING;

  /* After the year the month comes first, as in ISO 8601. */
  if (year_at != 0)
    {
      if (long_year && order == PSL_DATE_ORDER_YMD)
        return READ_OTHER_ORDER;
      month_first = order == PSL_DATE_ORDER_MDY ||
                    (order == PSL_DATE_ORDER_USUAL && two[1] > 12 && two[0] <= 12);
    }
  date->month = two[month_first ? 0 : 1];
  date->day = two[month_first ? 1 : 0];
  date->has_month = date->has_day = TRUE;

  return READ_DATE;
}

/* Puts the parts into year, month and day. */
static Reading
arrange (const Parts          *parts,
         const PslConventions *conventions,
         Date                 *date)
{
  guint n = parts->n_numbers;
  guint year_at = find_long_year (parts);
  gboolean long_year = year_at < n;

  if (n == 1 && parts->lengths[0] == 8 && parts->numeric)
    {
      *date = (Date) { parts->numbers[0] / 10000, parts->numbers[0] / 100 % 100, parts->numbers[0] % 100, TRUE, TRUE };
      return READ_DATE;
    }
  if (n == 0)
    return READ_NOTHING;
  if (!long_year)
    year_at = find_short_year (parts, conventions->dates);
  for (guint i = 0; i < n; i++)
    {
      if (parts->lengths[i] > 2 && !(long_year && i == year_at))
        return READ_NOTHING;
    }
  if (year_at == n)
    return conventions->century > 0 && n == 3 ? READ_OTHER_ORDER : READ_SHORT_YEAR;
  if (!long_year && conventions->century == 0)
    return READ_SHORT_YEAR;

  date->year = long_year ? parts->numbers[year_at] : complete_year (parts->numbers[year_at], conventions->century);
  if (parts->month > 0)
    {
      date->month = parts->month;
      date->has_month = TRUE;
      date->has_day = n == 2;
      date->day = n == 2 ? parts->numbers[1 - year_at] : 0;
      return n <= 2 ? READ_DATE : READ_NOTHING;
    }
  if (n == 3)
    return arrange_numbers (parts, year_at, long_year, conventions->dates, date);
  if (n == 2)
    {
      /* `2020.05` is as likely a number. */
      if (year_at == 0 && parts->between == BETWEEN_POINT)
        return READ_NOTHING;
      date->month = parts->numbers[1 - year_at];
      date->has_month = TRUE;
    }

  return READ_DATE;
}

static const char *
get_order_name (PslDateOrder order)
{
  switch (order)
    {
    case PSL_DATE_ORDER_MDY:
      return C_("order of dates", "month, day, year");
    case PSL_DATE_ORDER_YMD:
      return C_("order of dates", "year, month, day");
    case PSL_DATE_ORDER_USUAL:
    case PSL_DATE_ORDER_DMY:
    default:
      return C_("order of dates", "day, month, year");
    }
}

static void
set_error (const char            *text,
           Reading                reading,
           const PslConventions  *conventions,
           GError               **error)
{
  switch (reading)
    {
    case READ_SHORT_YEAR:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("The year in “%s” is unclear. Write it with four digits, such as 2020."), text);
      return;
    case READ_OTHER_ORDER:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   /* Translators: a date that was typed, and “day, month, year” */
                   _("“%s” is not a date in the order %s."), text, get_order_name (conventions->dates));
      return;
    case READ_DATE:
      if (conventions->dates != PSL_DATE_ORDER_USUAL)
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                     _("There is no such date as “%s” in the order %s."), text, get_order_name (conventions->dates));
      else
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                     _("There is no such date as “%s”. Check the day and the month."), text);
      return;
    case READ_NOTHING:
    default:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is not a date. Write a year, a month or a day, such as 2020, 05/2020 or 17/05/2020."),
                   text);
      return;
    }
}

/**
 * psl_date_read:
 * @text: a date as people write it, trimmed
 * @conventions: the order of its numbers, and the century of years of two digits
 * @error: return location for an error
 *
 * Reads a date of any of the three precisions written in French or English,
 * whatever the locale: `2020`, `05/2020`, `2020-05`, `mai 2020`, `17 mai 2020`,
 * `1er mai 2020`, `May 17, 2020`, `17/05/2020`, `2020-05-17`, `1-May-07`. A time
 * of day after a day is left out. Anything else in @text makes it no date, such
 * as a sign that limits it (`<2020`, `2020?`).
 *
 * Errors: %PSL_REGISTER_ERROR_INVALID.
 *
 * Returns: (transfer full) (nullable): the canonical value, or %NULL on error
 */
char *
psl_date_read (const char            *text,
               const PslConventions  *conventions,
               GError               **error)
{
  g_autofree char *simple = NULL;
  g_autofree char *bare = NULL;
  Parts parts = { 0 };
  Date date = { 0 };
  Reading reading = READ_NOTHING;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (conventions != NULL, NULL);

  if (psl_date_get_precision (text) != PSL_DATE_NONE)
    return g_strdup (text);

  simple = simplify (text);
  bare = drop_time (simple, &parts.has_time);
  drop_zero (bare);
  if (split_parts (bare, &parts))
    reading = arrange (&parts, conventions, &date);
  if (reading == READ_DATE && parts.has_time && !date.has_day)
    reading = READ_NOTHING;

  if (reading != READ_DATE || (date.has_month && date.month == 0) || (date.has_day && date.day == 0) ||
      !psl_date_exists (date.year, date.month, date.day))
    {
      set_error (text, reading, conventions, error);
      return NULL;
    }

  return psl_date_build (date.year, date.month, date.day);
}
