/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-money.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-codelist.h"
#include "psl-error.h"
#include "psl-kind.h"
#include "psl-number.h"
#include "psl-text.h"

#define NO_BREAK_SPACE "\302\240"

/* How project sheets mark the default currency; the code list knows the other
 * ways of writing currencies. Keys as currency_key() makes them. */
static const char *const dollar_keys[] = {
  "$", "us$", "$us", "$usa", "dollar", "dollars", "dollareu", "dollarseu", "dollarus", "dollarsus",
  "usdollar", "usdollars", "usd$", "$usd", NULL,
};

/* Lower case without marks, blanks and points, but with symbols: "$ US" and
 * "$US" are the same, "$" and "" are not. */
static char *
currency_key (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  g_autofree char *cased = g_utf8_casefold (decomposed, -1);
  GString *key = g_string_new (NULL);

  for (const char *p = cased; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && !g_unichar_ismark (c) && c != '.' && c != '-' && c != 0x2010 && c != 0x2011)
        g_string_append_unichar (key, c);
    }

  return g_string_free_and_steal (key);
}

/* The currency of a symbol; of one that several share none, with an error. */
static const PslCode *
find_by_symbol (const PslCodelist  *list,
                const char         *text,
                const char         *key,
                GError            **error)
{
  const PslCode *found = NULL;

  for (guint i = 0; i < psl_codelist_get_n (list); i++)
    {
      const PslCode *code = psl_codelist_get_nth (list, i);

      for (gsize j = 0; psl_languages[j] != NULL; j++)
        {
          const char *symbol = psl_currency_get_symbol (code->code, psl_languages[j]);
          g_autofree char *symbol_key = currency_key (symbol);

          if (strcmp (symbol_key, key) != 0 || found == code)
            continue;
          if (found != NULL)
            {
              g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS,
                           /* Translators: a symbol that was typed and two codes of currencies */
                           _("“%s” could be %s or %s. Write the code."), text, found->code, code->code);
              return NULL;
            }
          found = code;
        }
    }

  return found;
}

/* The currency that stands before or after an amount. */
static const char *
find_currency (const char  *text,
               GError     **error)
{
  const PslCodelist *list = psl_codelist_get ("currency");
  g_autofree char *key = currency_key (text);
  g_autofree char *singular = NULL;
  g_autoptr (GError) local_error = NULL;
  const PslCode *code;

  if (*key == '\0' || g_strv_contains (dollar_keys, key))
    return PSL_MONEY_DEFAULT_CURRENCY;

  g_return_val_if_fail (list != NULL, NULL);

  code = psl_codelist_match (list, text, &local_error);
  if (code == NULL && g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND))
    {
      g_clear_error (&local_error);
      code = find_by_symbol (list, text, key, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (code == NULL && g_str_has_suffix (key, "s"))
    {
      singular = g_strndup (key, strlen (key) - 1);
      code = psl_codelist_match (list, singular, NULL);
    }

  if (code == NULL)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                 _("“%s” is not a known currency. Write its three-letter code, such as USD or EUR."), text);

  return code != NULL ? code->code : NULL;
}

/* The currency before or after an amount; where both are written they must be
 * the same. */
static const char *
choose_currency (const char  *text,
                 const char  *before,
                 const char  *after,
                 GError     **error)
{
  const char *currency = find_currency (*before != '\0' ? before : after, error);
  const char *other;

  if (currency == NULL || *before == '\0' || *after == '\0')
    return currency;

  other = find_currency (after, error);
  if (other == NULL)
    return NULL;
  if (strcmp (currency, other) != 0)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” names two currencies. Write one."), text);
      return NULL;
    }

  return currency;
}

/* Without blanks around, of whatever width. */
static char *
take_stretch (const char *from,
              const char *to)
{
  g_autofree char *stretch = g_strndup (from, to - from);
  char *clean = psl_text_clean (stretch, FALSE);

  return clean != NULL ? clean : g_strdup ("");
}

/* Takes what was typed apart: the currency before or after, and between them
 * the amount, its sign included. */
static gboolean
split_money (const char  *text,
             char       **before,
             char       **amount,
             char       **after)
{
  const char *first = NULL;
  const char *end = NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_unichar_isdigit (g_utf8_get_char (p)))
        continue;
      if (first == NULL)
        first = p;
      end = g_utf8_next_char (p);
    }
  if (first == NULL)
    return FALSE;

  if (first > text && first[-1] == '.' && (first - 1 == text || g_ascii_isspace (first[-2])))
    first--;

  *before = take_stretch (text, first);
  *amount = g_strndup (first, end - first);
  *after = take_stretch (end, end + strlen (end));

  return TRUE;
}

static gboolean
is_sign (const char *text)
{
  const char *last = text + strlen (text);

  if (g_str_has_prefix (text, "-") || g_str_has_prefix (text, "\342\210\222") || g_str_has_prefix (text, "("))
    return TRUE;
  last = g_utf8_find_prev_char (text, last);

  return last != NULL && (*last == '-' || g_utf8_get_char (last) == 0x2212);
}

/**
 * psl_money_parse:
 * @text: an amount as people write it, trimmed
 * @error: return location for an error
 *
 * Reads an amount written in the French or the English way, whatever the locale,
 * with its currency's code, name or symbol before or after it, or without one:
 *
 * - `100 000,50`, `100,000.50`, `100.000,50` and `100'000.50` are the same
 * - a single comma or point before exactly three digits groups (`50,000` is
 *   fifty thousand), otherwise it marks decimals (`50,5`, `85000.00`); in
 *   currencies with three decimals see %PSL_NUMBER_AMOUNT_3
 * - more decimals than the currency has are refused, unless they are zeros
 * - without a currency it is in USD, and so it is with a mere dollar sign
 * - nothing is below zero
 *
 * Errors: %PSL_REGISTER_ERROR_INVALID.
 *
 * Returns: (transfer full) (nullable): the canonical value `100000.00 USD`, or
 *   %NULL on error
 */
char *
psl_money_parse (const char  *text,
                 GError     **error)
{
  g_autofree char *before = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *after = NULL;
  g_autofree char *number = NULL;
  const char *currency;
  gint64 minor;
  guint digits;

  g_return_val_if_fail (text != NULL, NULL);

  if (!split_money (text, &before, &amount, &after))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is not an amount. Write a number and a currency, such as 100000 USD."), text);
      return NULL;
    }

  if (is_sign (before))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("An amount can’t be below zero. Write it without the minus sign."));
      return NULL;
    }

  currency = choose_currency (text, before, after, error);
  if (currency == NULL)
    return NULL;

  digits = psl_currency_get_digits (currency);
  number = psl_number_parse (amount, digits == 3 ? PSL_NUMBER_AMOUNT_3 : PSL_NUMBER_AMOUNT, error);
  if (number == NULL)
    return NULL;

  if (!psl_number_scale (number, digits, &minor))
    {
      const char *point = strchr (number, '.');

      if (point != NULL && strlen (point + 1) > digits)
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                     g_dngettext (GETTEXT_PACKAGE,
                                  "“%s” has too many decimals: amounts in %s have at most %u.",
                                  "“%s” has too many decimals: amounts in %s have at most %u.", digits),
                     text, currency, digits);
      else
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                     _("“%s” is more than an amount can be. Check the number of zeros."), text);
      return NULL;
    }

  return psl_money_format_canonical (minor, currency);
}

/**
 * psl_money_parse_canonical:
 * @value: a canonical value: `100000.00 USD`
 * @minor: (out): return location for the amount in the currency's minor unit
 * @currency: return location for the ISO 4217 code
 *
 * Returns: whether @value is canonical; the currency is not looked up
 */
gboolean
psl_money_parse_canonical (const char *value,
                           gint64     *minor,
                           char        currency[4])
{
  g_autofree char *number = NULL;
  const char *blank;
  const char *point;
  guint digits;

  g_return_val_if_fail (value != NULL, FALSE);
  g_return_val_if_fail (minor != NULL, FALSE);
  g_return_val_if_fail (currency != NULL, FALSE);

  blank = strchr (value, ' ');
  if (blank == NULL || blank == value || strlen (blank + 1) != 3)
    return FALSE;
  for (const char *p = value; p < blank; p++)
    {
      if (!g_ascii_isdigit (*p) && *p != '.')
        return FALSE;
    }
  memcpy (currency, blank + 1, 4);

  number = g_strndup (value, blank - value);
  digits = psl_currency_get_digits (currency);
  point = strchr (number, '.');
  if ((point != NULL ? strlen (point + 1) : 0) != digits)
    return FALSE;

  return psl_number_scale (number, digits, minor);
}

/**
 * psl_money_format_canonical:
 * @minor: an amount in the currency's minor unit
 * @currency: an ISO 4217 code
 *
 * Returns: (transfer full): the canonical value: `100000.00 USD`
 */
char *
psl_money_format_canonical (gint64      minor,
                            const char *currency)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (currency != NULL, NULL);

  number = psl_number_unscale (minor, psl_currency_get_digits (currency));

  return g_strconcat (number, " ", currency, NULL);
}

/**
 * psl_money_format_amount:
 * @minor: an amount in the currency's minor unit
 * @currency: an ISO 4217 code
 *
 * Decimals that are all zero are left out, but where there are three: they would
 * be mistaken for a group.
 *
 * Returns: (transfer full): the number alone in the form of the person's locale
 */
char *
psl_money_format_amount (gint64      minor,
                         const char *currency)
{
  g_autofree char *number = NULL;
  guint digits;
  char *point;

  g_return_val_if_fail (currency != NULL, NULL);

  digits = psl_currency_get_digits (currency);
  number = psl_number_unscale (minor, digits);
  point = strchr (number, '.');
  if (point != NULL && digits != 3 && strspn (point + 1, "0") == digits)
    *point = '\0';

  return psl_number_format (number, TRUE);
}

/**
 * psl_money_display:
 * @minor: an amount in the currency's minor unit
 * @currency: an ISO 4217 code
 *
 * Returns: (transfer full): the amount for people, in the form of their locale
 *   and interface: `US$100,000`; in French `100 000 $ US` with no-break spaces
 */
char *
psl_money_display (gint64      minor,
                   const char *currency)
{
  const char *language = psl_text_interface_language ();
  g_autofree char *amount = NULL;
  const char *symbol;

  g_return_val_if_fail (currency != NULL, NULL);

  amount = psl_money_format_amount (minor, currency);
  symbol = psl_currency_get_symbol (currency, language);

  if (strcmp (language, "fr") == 0)
    {
      g_auto (GStrv) words = g_strsplit (symbol, " ", -1);
      g_autofree char *unbroken = g_strjoinv (NO_BREAK_SPACE, words);

      return g_strconcat (amount, NO_BREAK_SPACE, unbroken, NULL);
    }

  /* A symbol stands against the number, a code or an abbreviation apart. */
  if (g_ascii_isalpha (symbol[strlen (symbol) - 1]) || symbol[strlen (symbol) - 1] == '.')
    return g_strconcat (symbol, NO_BREAK_SPACE, amount, NULL);

  return g_strconcat (symbol, amount, NULL);
}

/**
 * psl_money_display_totals:
 * @values: canonical values, one a currency
 *
 * Returns: (transfer full): the sums for people, one after the other, for they
 *   can't be added up: `US$320,000, €20,500`; "" where there are none
 */
char *
psl_money_display_totals (const char *const *values)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (values != NULL, NULL);

  for (gsize i = 0; values[i] != NULL; i++)
    {
      g_autofree char *shown = NULL;
      char currency[4];
      gint64 minor;

      if (!psl_money_parse_canonical (values[i], &minor, currency))
        continue;
      shown = psl_money_display (minor, currency);
      if (text->len > 0)
        /* Translators: between two totals in different currencies */
        g_string_append (text, C_("list of totals", ", "));
      g_string_append (text, shown);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}
