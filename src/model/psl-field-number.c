/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-date.h"
#include "psl-error.h"
#include "psl-field-type.h"
#include "psl-money.h"
#include "psl-number.h"

/* More decimals than any share or quantity here needs are a slip. */
#define MAX_DECIMALS 6

static char *
date_normalise (const PslField        *field,
                const PslCodelists    *codelists,
                const char            *text,
                const PslConventions  *conventions,
                GError               **error)
{
  return psl_date_read (text, conventions, error);
}

static char *
date_display (const PslField     *field,
              const PslCodelists *codelists,
              const char         *value,
              const char         *language)
{
  return psl_date_display (value);
}

static char *
date_edit_text (const PslField     *field,
                const PslCodelists *codelists,
                const char         *value)
{
  return psl_date_edit_text (value);
}

static char *
year_normalise (const PslField        *field,
                const PslCodelists    *codelists,
                const char            *text,
                const PslConventions  *conventions,
                GError               **error)
{
  g_autofree char *date = psl_date_read (text, conventions, NULL);

  if (date != NULL && psl_date_get_precision (date) == PSL_DATE_YEAR)
    return g_steal_pointer (&date);

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               _("“%s” is not a year. Write four digits, such as 2020."), text);

  return NULL;
}

/* Checks that a number is within the limits of its type and its field. */
static gboolean
check_limits (const PslField  *field,
              const char      *text,
              gint64           number,
              gint64           unit,
              GError         **error)
{
  if (field->minimum != field->maximum &&
      (number < field->minimum * unit || number > field->maximum * unit))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is out of range. Write a number from %d to %d."), text, field->minimum, field->maximum);
      return FALSE;
    }

  if (number < 0)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is below zero. Write it without the minus sign."), text);
      return FALSE;
    }

  return TRUE;
}

static char *
integer_normalise (const PslField        *field,
                   const PslCodelists    *codelists,
                   const char            *text,
                   const PslConventions  *conventions,
                   GError               **error)
{
  g_autofree char *number = psl_number_parse (text, PSL_NUMBER_INTEGER, conventions->decimals, error);
  gint64 scaled;

  if (number == NULL)
    return NULL;

  if (!psl_number_scale (number, 0, &scaled))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is too large a number. Check its digits."), text);
      return NULL;
    }

  return check_limits (field, text, scaled, 1, error) ? g_steal_pointer (&number) : NULL;
}

static char *
integer_display (const PslField     *field,
                 const PslCodelists *codelists,
                 const char         *value,
                 const char         *language)
{
  return psl_number_format (value, TRUE);
}

static char *
integer_edit_text (const PslField     *field,
                   const PslCodelists *codelists,
                   const char         *value)
{
  return psl_number_format (value, TRUE);
}

static void
trim_end (char *text)
{
  const char *last;

  while ((last = g_utf8_find_prev_char (text, text + strlen (text))) != NULL &&
         g_unichar_isspace (g_utf8_get_char (last)))
    text[last - text] = '\0';
}

static char *
decimal_normalise (const PslField        *field,
                   const PslCodelists    *codelists,
                   const char            *text,
                   const PslConventions  *conventions,
                   GError               **error)
{
  g_autofree char *bare = g_strdup (text);
  g_autofree char *number = NULL;
  gint64 scaled;
  gint64 unit = 1;

  if (field->unit != NULL && g_str_has_suffix (bare, field->unit))
    {
      bare[strlen (bare) - strlen (field->unit)] = '\0';
      trim_end (bare);
    }

  number = psl_number_parse (bare, PSL_NUMBER_DECIMAL, conventions->decimals, error);
  if (number == NULL)
    return NULL;

  if (!psl_number_scale (number, MAX_DECIMALS, &scaled))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” has too many digits. Write at most %d after the decimal mark."), text, MAX_DECIMALS);
      return NULL;
    }
  for (guint i = 0; i < MAX_DECIMALS; i++)
    unit *= 10;

  return check_limits (field, text, scaled, unit, error) ? g_steal_pointer (&number) : NULL;
}

/* Without groups: one group would read as decimals. */
static char *
decimal_display (const PslField     *field,
                 const PslCodelists *codelists,
                 const char         *value,
                 const char         *language)
{
  g_autofree char *number = psl_number_format (value, FALSE);

  if (field->unit == NULL)
    return g_steal_pointer (&number);

  /* Translators: a number and its unit, such as “40%”; in French a no-break space stands between */
  return g_strdup_printf (C_("number and unit", "%s%s"), number, field->unit);
}

static char *
decimal_edit_text (const PslField     *field,
                   const PslCodelists *codelists,
                   const char         *value)
{
  return psl_number_format (value, FALSE);
}

static char *
money_normalise (const PslField        *field,
                 const PslCodelists    *codelists,
                 const char            *text,
                 const PslConventions  *conventions,
                 GError               **error)
{
  return psl_money_read (text, codelists, conventions, error);
}

static char *
money_display (const PslField     *field,
               const PslCodelists *codelists,
               const char         *value,
               const char         *language)
{
  char currency[4];
  gint64 minor;

  if (!psl_money_parse_canonical (value, &minor, currency))
    return g_strdup (value);

  return psl_money_display (minor, currency);
}

static char *
money_edit_text (const PslField     *field,
                 const PslCodelists *codelists,
                 const char         *value)
{
  g_autofree char *amount = NULL;
  char currency[4];
  gint64 minor;

  if (!psl_money_parse_canonical (value, &minor, currency))
    return g_strdup (value);

  amount = psl_money_format_amount (minor, currency);

  return g_strconcat (amount, " ", currency, NULL);
}

const PslFieldClass psl_field_date_class = {
  .normalise = date_normalise,
  .display = date_display,
  .edit_text = date_edit_text,
};

const PslFieldClass psl_field_year_class = {
  .normalise = year_normalise,
};

const PslFieldClass psl_field_integer_class = {
  .normalise = integer_normalise,
  .display = integer_display,
  .edit_text = integer_edit_text,
};

const PslFieldClass psl_field_decimal_class = {
  .normalise = decimal_normalise,
  .display = decimal_display,
  .edit_text = decimal_edit_text,
};

const PslFieldClass psl_field_money_class = {
  .normalise = money_normalise,
  .display = money_display,
  .edit_text = money_edit_text,
};
