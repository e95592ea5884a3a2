/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-date.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-text.h"

#define FIRST_YEAR 1000

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

/* The words of a date: numbers in the order written, and at most one month. */
typedef struct
{
  guint numbers[3];
  gsize lengths[3];
  guint n_numbers;
  guint month;
} Words;

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

static gboolean
read_words (const char *text,
            Words      *words)
{
  g_autofree char *folded = psl_text_fold (text);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      gsize length = strspn (parts[i], "0123456789");
      guint month = find_month (parts[i]);

      if (length > 0 && length <= 8 && is_ordinal_ending (parts[i] + length) && words->n_numbers < 3)
        {
          words->lengths[words->n_numbers] = length;
          words->numbers[words->n_numbers++] = (guint) strtoul (parts[i], NULL, 10);
        }
      else if (month > 0 && words->month == 0)
        {
          words->month = month;
        }
      else if (length > 0 || !g_strv_contains ((const char *const *) fillers, parts[i]))
        {
          return FALSE;
        }
    }

  return TRUE;
}

/* Whether @text begins as @shape says, where 0 stands for any digit. */
static gboolean
has_shape (const char *text,
           const char *shape)
{
  for (gsize i = 0; shape[i] != '\0'; i++)
    {
      if (shape[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
        return FALSE;
    }

  return TRUE;
}

/* Takes off what spreadsheets add: the time of a day (`2020-05-17T00:00:00`, or
 * with a blank), and the decimals of a year in a column with gaps (`2020.0`). */
static char *
drop_additions (const char *text)
{
  static const char shape[] = "0000-00-00";
  gsize i = strlen (shape);

  if (has_shape (text, "0000") && strcmp (text + strlen ("0000"), ".0") == 0)
    return g_strndup (text, strlen ("0000"));
  if (!has_shape (text, shape))
    return g_strdup (text);

  if ((text[i] == 'T' || text[i] == ' ') && g_ascii_isdigit (text[i + 1]) &&
      strspn (text + i + 1, "0123456789:.,+-Z") == strlen (text + i + 1) && strchr (text + i, ':') != NULL)
    return g_strndup (text, i);

  return g_strdup (text);
}

static guint
days_in_month (guint year,
               guint month)
{
  return g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
}

/* The number that is written as a year is, or how many there are. */
static guint
find_year (const Words *words)
{
  guint at = 0;

  while (at < words->n_numbers && words->lengths[at] != 4)
    at++;

  return at;
}

/* Day and month where both are numbers. */
static gboolean
arrange_numbers (const Words *words,
                 guint        year_at,
                 guint       *month,
                 guint       *day)
{
  const guint *numbers = words->numbers;
  gboolean month_first;

  switch (words->n_numbers)
    {
    case 1:
      return TRUE;
    case 2:
      *month = numbers[1 - year_at];
      return TRUE;
    case 3:
      if (year_at == 1)
        return FALSE;
      /* After the year the month comes first, as in ISO 8601; before it the
       * day, as in French and British use, unless it can't be. */
      month_first = year_at == 0 || (numbers[1] > 12 && numbers[0] <= 12);
      if (year_at == 0)
        numbers++;
      *month = numbers[month_first ? 0 : 1];
      *day = numbers[month_first ? 1 : 0];
      return TRUE;
    default:
      return FALSE;
    }
}

/* Puts the words into year, month and day; FALSE where they are no date. */
static gboolean
arrange_words (const Words *words,
               guint       *year,
               guint       *month,
               guint       *day,
               gboolean    *short_year)
{
  guint n = words->n_numbers;
  guint year_at = find_year (words);

  *month = words->month;

  if (n == 1 && words->lengths[0] == 8 && words->month == 0)
    {
      *year = words->numbers[0] / 10000;
      *month = words->numbers[0] / 100 % 100;
      *day = words->numbers[0] % 100;
      return TRUE;
    }

  if (year_at == n)
    {
      *short_year = n > 0;
      return FALSE;
    }
  *year = words->numbers[year_at];
  for (guint i = 0; i < n; i++)
    {
      if (i != year_at && words->lengths[i] > 2)
        return FALSE;
    }

  if (words->month == 0)
    return arrange_numbers (words, year_at, month, day);

  if (n == 2)
    *day = words->numbers[1 - year_at];

  return n <= 2;
}

/* Whether day and month exist, where they are part of what was written. */
static gboolean
exists (guint    year,
        guint    month,
        guint    day,
        gboolean has_month,
        gboolean has_day)
{
  if (year < FIRST_YEAR)
    return FALSE;
  if (has_month && (month < 1 || month > 12))
    return FALSE;

  return !has_day || (day >= 1 && day <= days_in_month (year, month));
}

/**
 * psl_date_parse:
 * @text: a date as people write it, trimmed
 * @error: return location for an error
 *
 * Reads a date of any of the three precisions written in French or English,
 * whatever the locale: `2020`, `05/2020`, `2020-05`, `mai 2020`, `17 mai 2020`,
 * `1er mai 2020`, `May 17, 2020`, `17/05/2020`, `2020-05-17`. Of two numbers that
 * could both be the month the second one is: `03/04/2020` is in April. Years have
 * four digits.
 *
 * Errors: %PSL_REGISTER_ERROR_INVALID.
 *
 * Returns: (transfer full) (nullable): the canonical value, or %NULL on error
 */
char *
psl_date_parse (const char  *text,
                GError     **error)
{
  g_autofree char *date = NULL;
  Words words = { 0 };
  guint year = 0;
  guint month = 0;
  guint day = 0;
  gboolean short_year = FALSE;
  gboolean has_month;
  gboolean has_day;

  g_return_val_if_fail (text != NULL, NULL);

  date = drop_additions (text);
  if (!read_words (date, &words) || !arrange_words (&words, &year, &month, &day, &short_year))
    {
      if (short_year)
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                     _("The year in “%s” is unclear. Write it with four digits, such as 2020."), text);
      else
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                     _("“%s” is not a date. Write a year, a month or a day, such as 2020, 05/2020 or 17/05/2020."),
                     text);
      return NULL;
    }

  has_day = words.n_numbers == 3 || (words.month > 0 && words.n_numbers == 2) || words.lengths[0] == 8;
  has_month = has_day || words.month > 0 || words.n_numbers == 2;
  if (!exists (year, month, day, has_month, has_day))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("There is no such date as “%s”. Check the day and the month."), text);
      return NULL;
    }

  return psl_date_build (year, has_month ? month : 0, has_day ? day : 0);
}

/**
 * psl_date_build:
 * @year: a year of four digits
 * @month: 1 to 12, or 0 where only the year is known
 * @day: a day of the month, or 0 where it isn't known
 *
 * Returns: (transfer full): the canonical value
 */
char *
psl_date_build (guint year,
                guint month,
                guint day)
{
  g_return_val_if_fail (year >= FIRST_YEAR && year <= 9999, NULL);
  g_return_val_if_fail (month <= 12, NULL);
  g_return_val_if_fail (day == 0 || (month > 0 && day <= days_in_month (year, month)), NULL);

  if (month == 0)
    return g_strdup_printf ("%04u", year);
  if (day == 0)
    return g_strdup_printf ("%04u-%02u", year, month);

  return g_strdup_printf ("%04u-%02u-%02u", year, month, day);
}

/**
 * psl_date_split:
 * @value: a canonical value
 * @year: (out): return location for the year
 * @month: (out): return location for the month, 0 where it isn't known
 * @day: (out): return location for the day, 0 where it isn't known
 *
 * Returns: the precision; %PSL_DATE_NONE where @value isn't canonical
 */
PslDatePrecision
psl_date_split (const char *value,
                guint      *year,
                guint      *month,
                guint      *day)
{
  gsize length;

  g_return_val_if_fail (value != NULL, PSL_DATE_NONE);
  g_return_val_if_fail (year != NULL && month != NULL && day != NULL, PSL_DATE_NONE);

  *year = *month = *day = 0;

  length = strlen (value);
  if (length != 4 && length != 7 && length != 10)
    return PSL_DATE_NONE;
  if (!has_shape (value, length == 4 ? "0000" : length == 7 ? "0000-00" : "0000-00-00"))
    return PSL_DATE_NONE;

  *year = (guint) strtoul (value, NULL, 10);
  if (length > 4)
    *month = (guint) strtoul (value + 5, NULL, 10);
  if (length > 7)
    *day = (guint) strtoul (value + 8, NULL, 10);
  if (!exists (*year, *month, *day, length > 4, length > 7))
    return PSL_DATE_NONE;

  return length == 4 ? PSL_DATE_YEAR : length == 7 ? PSL_DATE_MONTH : PSL_DATE_DAY;
}

/**
 * psl_date_get_precision:
 * @value: a canonical value
 *
 * Returns: how much of the date is known; %PSL_DATE_NONE where @value isn't
 *   canonical
 */
PslDatePrecision
psl_date_get_precision (const char *value)
{
  guint year;
  guint month;
  guint day;

  return psl_date_split (value, &year, &month, &day);
}

/**
 * psl_date_first_day:
 * @value: a canonical value
 *
 * Returns: (transfer full) (nullable): the first day it can stand for:
 *   `2020-01-01` for `2020`; %NULL where @value isn't canonical
 */
char *
psl_date_first_day (const char *value)
{
  guint year;
  guint month;
  guint day;

  if (psl_date_split (value, &year, &month, &day) == PSL_DATE_NONE)
    return NULL;

  return psl_date_build (year, MAX (month, 1), MAX (day, 1));
}

/**
 * psl_date_last_day:
 * @value: a canonical value
 *
 * Returns: (transfer full) (nullable): the last day it can stand for:
 *   `2020-12-31` for `2020`; %NULL where @value isn't canonical
 */
char *
psl_date_last_day (const char *value)
{
  guint year;
  guint month;
  guint day;

  if (psl_date_split (value, &year, &month, &day) == PSL_DATE_NONE)
    return NULL;

  if (month == 0)
    month = 12;

  return psl_date_build (year, month, day > 0 ? day : days_in_month (year, month));
}

/**
 * psl_date_is_before:
 * @one: a canonical value
 * @other: a canonical value
 *
 * Returns: whether @one is before @other for certain, whatever the days they
 *   stand for: `2020-04` is before `2020-05-17`, `2020` may be after it
 */
gboolean
psl_date_is_before (const char *one,
                    const char *other)
{
  g_autofree char *last = NULL;
  g_autofree char *first = NULL;

  g_return_val_if_fail (one != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  last = psl_date_last_day (one);
  first = psl_date_first_day (other);

  return last != NULL && first != NULL && strcmp (last, first) < 0;
}

/* Whether the locale writes the month before the day. */
static gboolean
is_month_first (void)
{
  const char *format = nl_langinfo (D_FMT);

  return g_str_has_prefix (format, "%m") || g_str_has_prefix (format, "%-m") || g_str_has_prefix (format, "%D");
}

/**
 * psl_date_display:
 * @value: a canonical value
 *
 * Returns: (transfer full): the date for people, with what is known of it, in
 *   the form of their locale: `2020`, `May 2020`, `17 May 2020`
 */
char *
psl_date_display (const char *value)
{
  g_autoptr (GDateTime) date = NULL;
  const char *format;
  guint year;
  guint month;
  guint day;

  g_return_val_if_fail (value != NULL, NULL);

  switch (psl_date_split (value, &year, &month, &day))
    {
    case PSL_DATE_MONTH:
      /* Translators: a date of which only month and year are known; see g_date_time_format() */
      format = C_("date", "%B %Y");
      break;
    case PSL_DATE_DAY:
      if (is_month_first ())
        /* Translators: a date in locales that put the month before the day */
        format = C_("date", "%B %-d, %Y");
      else if (day == 1)
        /* Translators: a date on the first day of a month, in locales that put the day before
         * the month; in French “1er %B %Y” */
        format = C_("date, first of the month", "%-d %B %Y");
      else
        /* Translators: a date in locales that put the day before the month */
        format = C_("date", "%-d %B %Y");
      break;
    case PSL_DATE_NONE:
    case PSL_DATE_YEAR:
    default:
      return g_strdup (value);
    }

  date = g_date_time_new_utc (year, month, MAX (day, 1), 0, 0, 0);

  return g_date_time_format (date, format);
}

/**
 * psl_date_edit_text:
 * @value: a canonical value
 *
 * Returns: (transfer full): the date as a person would type it: `17/05/2020`,
 *   or the ISO form in locales that don't put the day first, where `05/03/2020`
 *   would be misread. psl_date_parse() reads it back
 */
char *
psl_date_edit_text (const char *value)
{
  const char *format = nl_langinfo (D_FMT);
  guint year;
  guint month;
  guint day;

  g_return_val_if_fail (value != NULL, NULL);

  if (!g_str_has_prefix (format, "%d") && !g_str_has_prefix (format, "%e"))
    return g_strdup (value);

  switch (psl_date_split (value, &year, &month, &day))
    {
    case PSL_DATE_MONTH:
      return g_strdup_printf ("%02u/%04u", month, year);
    case PSL_DATE_DAY:
      return g_strdup_printf ("%02u/%02u/%04u", day, month, year);
    case PSL_DATE_NONE:
    case PSL_DATE_YEAR:
    default:
      return g_strdup (value);
    }
}
