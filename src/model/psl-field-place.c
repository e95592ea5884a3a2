/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-field-type.h"
#include "psl-number.h"
#include "psl-text.h"

/* A hundred thousandth of a degree is about a metre; one more for rounding. */
#define DECIMALS 6
#define UNIT 1000000

/* How a side of the equator or the meridian is written, folded; in French the
 * west is “ouest”. */
static const struct
{
  const char *word;
  gboolean latitude;
  int sign;
} sides[] = {
  { "n", TRUE, 1 }, { "nord", TRUE, 1 }, { "north", TRUE, 1 },
  { "s", TRUE, -1 }, { "sud", TRUE, -1 }, { "south", TRUE, -1 },
  { "e", FALSE, 1 }, { "est", FALSE, 1 }, { "east", FALSE, 1 },
  { "w", FALSE, -1 }, { "west", FALSE, -1 }, { "o", FALSE, -1 }, { "ouest", FALSE, -1 },
};

/* How many degrees, minutes and seconds make a degree. */
static const int divisors[] = { 1, 60, 3600 };

typedef struct
{
  double degrees;
  guint n_parts;              /* read so far: degrees, minutes, seconds */
  gboolean has_decimals;      /* in the last part read */
  int sign;
  gboolean has_side;
} Angle;

/* The mark after a number: 0 degrees, 1 minutes, 2 seconds, -1 none. Two
 * apostrophes are seconds. */
static int
read_mark (const char **text)
{
  gunichar c = g_utf8_get_char (*text);

  switch (c)
    {
    case 0xb0: /* ° */
    case 0xba: /* º */
    case 0x2da: /* ˚ */
      *text = g_utf8_next_char (*text);
      return 0;
    case '\'':
    case 0x2019: /* ’ */
    case 0x2032: /* ′ */
    case 0xb4: /* ´ */
      *text = g_utf8_next_char (*text);
      if (g_utf8_get_char (*text) != c)
        return 1;
      *text = g_utf8_next_char (*text);
      return 2;
    case '"':
    case 0x201d: /* ” */
    case 0x2033: /* ″ */
      *text = g_utf8_next_char (*text);
      return 2;
    default:
      return -1;
    }
}

static gboolean
read_side (const char  *word,
           gboolean     latitude,
           Angle       *angle)
{
  g_autofree char *folded = psl_text_fold (word);

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      if (strcmp (sides[i].word, folded) != 0 || sides[i].latitude != latitude || angle->has_side)
        continue;
      angle->sign *= sides[i].sign;
      angle->has_side = TRUE;
      return TRUE;
    }

  return FALSE;
}

/* Only the last part may have decimals, and no part reach the next larger. */
static gboolean
read_part (const char **text,
           Angle       *angle)
{
  gsize length = strspn (*text, "0123456789.,");
  g_autofree char *digits = g_strndup (*text, length);
  g_autofree char *number = psl_number_parse (digits, PSL_NUMBER_DECIMAL, PSL_DECIMAL_MARK_USUAL, NULL);
  const char *blank;
  double part;
  int mark;

  if (number == NULL || angle->n_parts == G_N_ELEMENTS (divisors))
    return FALSE;
  *text += length;

  blank = *text;
  while (g_unichar_isspace (g_utf8_get_char (blank)))
    blank = g_utf8_next_char (blank);
  mark = read_mark (&blank);
  if (mark >= 0)
    *text = blank;
  if (mark >= 0 && (guint) mark != angle->n_parts)
    return FALSE;

  part = g_ascii_strtod (number, NULL);
  if (angle->has_decimals || (angle->n_parts > 0 && part >= 60))
    return FALSE;
  angle->degrees += part / divisors[angle->n_parts++];
  angle->has_decimals = part != floor (part);

  return TRUE;
}

static gboolean
read_angle (const char *text,
            gboolean    latitude,
            Angle      *angle)
{
  gboolean negative = FALSE;
  gboolean has_sign = FALSE;

  angle->sign = 1;
  while (*text != '\0')
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_isspace (c))
        {
          text = g_utf8_next_char (text);
        }
      else if ((c == '+' || psl_number_is_minus (c)) && angle->n_parts == 0 && !has_sign)
        {
          has_sign = TRUE;
          negative = c != '+';
          text = g_utf8_next_char (text);
        }
      else if (g_ascii_isdigit (*text))
        {
          if (!read_part (&text, angle))
            return FALSE;
        }
      else
        {
          const char *end = text;
          g_autofree char *word = NULL;

          while (g_unichar_isalpha (g_utf8_get_char (end)))
            end = g_utf8_next_char (end);
          word = g_strndup (text, end - text);
          if (end == text || !read_side (word, latitude, angle))
            return FALSE;
          text = g_str_has_prefix (end, ".") ? end + 1 : end;
        }
    }

  if (has_sign && angle->has_side)
    return FALSE;
  if (negative)
    angle->sign = -1;

  return angle->n_parts > 0;
}

static char *
drop_zeros (char *number)
{
  gsize length = strlen (number);

  while (number[length - 1] == '0')
    number[--length] = '\0';
  if (number[length - 1] == '.')
    number[--length] = '\0';

  return number;
}

static char *
place_normalise (const char  *text,
                 gboolean     latitude,
                 GError     **error)
{
  Angle angle = { 0 };
  int limit = latitude ? 90 : 180;

  if (!read_angle (text, latitude, &angle))
    {
      if (latitude)
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                     _("“%s” is not a latitude. Write degrees, such as 46.2276 or 46° 13′ 39″ N."), text);
      else
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                     _("“%s” is not a longitude. Write degrees, such as 6.1376 or 6° 8′ 15″ E."), text);
      return NULL;
    }

  if (angle.degrees > limit)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   latitude ? _("“%s” is out of range. A latitude is between -%d and %d degrees.")
                            : _("“%s” is out of range. A longitude is between -%d and %d degrees."),
                   text, limit, limit);
      return NULL;
    }

  return drop_zeros (psl_number_unscale (angle.sign * llround (angle.degrees * UNIT), DECIMALS));
}

static char *
latitude_normalise (const PslField        *field,
                    const PslCodelists    *codelists,
                    const char            *text,
                    const PslConventions  *conventions,
                    GError               **error)
{
  return place_normalise (text, TRUE, error);
}

static char *
longitude_normalise (const PslField        *field,
                     const PslCodelists    *codelists,
                     const char            *text,
                     const PslConventions  *conventions,
                     GError               **error)
{
  return place_normalise (text, FALSE, error);
}

static char *
latitude_display (const PslField     *field,
                  const PslCodelists *codelists,
                  const char         *value,
                  const char         *language)
{
  gboolean south = *value == '-';
  g_autofree char *degrees = psl_number_format (south ? value + 1 : value, FALSE);

  return south ? g_strdup_printf (C_("latitude", "%s° S"), degrees)
               : g_strdup_printf (C_("latitude", "%s° N"), degrees);
}

static char *
longitude_display (const PslField     *field,
                   const PslCodelists *codelists,
                   const char         *value,
                   const char         *language)
{
  gboolean west = *value == '-';
  g_autofree char *degrees = psl_number_format (west ? value + 1 : value, FALSE);

  return west ? g_strdup_printf (C_("longitude", "%s° W"), degrees)
              : g_strdup_printf (C_("longitude", "%s° E"), degrees);
}

static char *
place_edit_text (const PslField     *field,
                 const PslCodelists *codelists,
                 const char         *value)
{
  return psl_number_format (value, FALSE);
}

const PslFieldClass psl_field_latitude_class = {
  .normalise = latitude_normalise,
  .display = latitude_display,
  .edit_text = place_edit_text,
};

const PslFieldClass psl_field_longitude_class = {
  .normalise = longitude_normalise,
  .display = longitude_display,
  .edit_text = place_edit_text,
};
