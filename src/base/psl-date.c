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

#define FIRST_YEAR 1000
#define LAST_YEAR 9999

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

static guint
days_in_month (guint year,
               guint month)
{
  return g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
}

/**
 * psl_date_exists:
 * @year: a year
 * @month: a month, or 0 where only the year is known
 * @day: a day, or 0 where it isn't known
 *
 * Returns: whether there is such a date, in a year of four digits
 */
gboolean
psl_date_exists (guint year,
                 guint month,
                 guint day)
{
  if (year < FIRST_YEAR || year > LAST_YEAR || month > 12 || (month == 0 && day > 0))
    return FALSE;

  return day == 0 || day <= days_in_month (year, month);
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
  g_return_val_if_fail (psl_date_exists (year, month, day), NULL);

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
  if ((length > 4 && *month == 0) || (length > 7 && *day == 0) || !psl_date_exists (*year, *month, *day))
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
 * psl_date_display_time:
 * @at: microseconds since 1970, UTC
 *
 * Returns: (transfer full): the day and the minute in local time for people, in the form
 *   of their locale: `22 November 2026 at 09:30`; “?” for a time that no calendar has
 */
char *
psl_date_display_time (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (at);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *value = local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  if (value == NULL)
    return g_strdup ("?");
  day = psl_date_display (value);
  time = g_date_time_format (local, "%H:%M");
  /* Translators: a day and a time of day */
  return g_strdup_printf (C_("date and time", "%s at %s"), day, time);
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
