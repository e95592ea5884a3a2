/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-money.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-languages.h"
#include "psl-money-currency.h"
#include "psl-number.h"
#include "psl-text.h"

#define NO_BREAK_SPACE "\302\240"

/* The amount of examples, in cents. */
#define EXAMPLE_MINOR 10000000

/* As psl_text_fold() gives them. */
static const char *const minus_words[] = { "minus", "moins", NULL };

/* Narrows @known down to the currencies of @named, which stands in @text or beside it. */
static gboolean
add_named (PslCurrencyText     *known,
           const PslCodelists  *codelists,
           const char          *text,
           const char          *named,
           gboolean             beside,
           GError             **error)
{
  gboolean contradicts = FALSE;

  if (*named == '\0')
    return TRUE;
  if (!psl_currency_text_add (known, codelists, named, TRUE, &contradicts))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   /* Translators: an amount that was typed, and the part of it, or beside it, that can’t be read */
                   _("“%s” is not an amount: “%s” is neither a number nor a known currency. "
                     "Write currencies by their code, such as USD or EUR."),
                   text, named);
      return FALSE;
    }
  if (contradicts && beside)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                 /* Translators: an amount such as “500 USD”, and what the heading or another cell says, such as “EUR” */
                 _("“%s” contradicts the currency that stands beside it, “%s”. Write the right one in both places."),
                 text, named);
  else if (contradicts)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                 _("“%s” names two currencies. Write one."), text);

  return !contradicts;
}

/* The currency of an amount that names none, or a sign that several share. */
static const char *
complete_currency (const char             *text,
                   const PslCurrencyText  *known,
                   const PslConventions   *conventions,
                   GError                **error)
{
  const char *currency = conventions->currency;

  if (currency != NULL && psl_currency_text_allows (known, currency))
    return currency;
  if (currency != NULL)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS,
                   /* Translators: an amount such as “$500”, and the code of a currency such as EUR */
                   _("“%s” can’t be in %s. Write the code of its currency."), text, currency);
      return NULL;
    }
  if (known->codes == NULL || psl_currency_text_allows (known, PSL_MONEY_DEFAULT_CURRENCY))
    return PSL_MONEY_DEFAULT_CURRENCY;
  if (known->usual != NULL)
    return known->usual;

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS,
               /* Translators: an amount that was typed, and the codes of two currencies */
               _("The currency of “%s” could be %s or %s. Write the code."), text,
               (const char *) g_ptr_array_index (known->codes, 0), (const char *) g_ptr_array_index (known->codes, 1));

  return NULL;
}

/* The currency before or after an amount, and beside it: all must be the same. */
static const char *
choose_currency (const char            *text,
                 const PslCodelists    *codelists,
                 const char            *before,
                 const char            *after,
                 const PslConventions  *conventions,
                 GError               **error)
{
  g_auto (PslCurrencyText) known = { NULL };

  if (!add_named (&known, codelists, text, before, FALSE, error) ||
      !add_named (&known, codelists, text, after, FALSE, error))
    return NULL;
  for (gsize i = 0; conventions->named != NULL && conventions->named[i] != NULL; i++)
    {
      if (!add_named (&known, codelists, text, conventions->named[i], TRUE, error))
        return NULL;
    }

  if (known.codes != NULL && known.codes->len == 1)
    return g_intern_string (g_ptr_array_index (known.codes, 0));

  return complete_currency (text, &known, conventions, error);
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

/* Whether the text on one side of an amount has a minus at either end, or ends with the word
 * for one: “moins de 5 EUR” is not below zero. */
static gboolean
has_minus (const char *side)
{
  const char *last = g_utf8_find_prev_char (side, side + strlen (side));
  g_autofree char *folded = NULL;
  const char *blank;

  if (last == NULL)
    return FALSE;
  folded = psl_text_fold (side);
  blank = strrchr (folded, ' ');
  return psl_number_is_minus (g_utf8_get_char (side)) || psl_number_is_minus (g_utf8_get_char (last)) ||
         g_strv_contains (minus_words, blank != NULL ? blank + 1 : folded);
}

/* Whether the text around an amount makes it less than nothing: a minus on either side, or
 * parentheses as accountants write them. */
static gboolean
is_below_zero (const char *before,
               const char *after)
{
  return has_minus (before) || has_minus (after) ||
         (strchr (before, '(') != NULL && strchr (before, ')') == NULL && strchr (after, ')') != NULL);
}

/* Takes off the sign for no cents: `500.–`, `500,-`. */
static void
drop_no_cents (char **after)
{
  const char *p = *after;
  const char *end;
  char *rest;

  if (*p != '.' && *p != ',')
    return;
  p++;
  for (end = p; psl_number_is_minus (g_utf8_get_char (end)) && g_utf8_pointer_to_offset (p, end) < 2; end = g_utf8_next_char (end))
    ;
  if (end == p)
    return;

  rest = take_stretch (end, end + strlen (end));
  g_free (*after);
  *after = rest;
}

/* Takes off punctuation around a currency: `500 (EUR)`, `EUR: 500`. */
static void
drop_punctuation (char **named)
{
  gsize length = strlen (*named);
  const char *start = *named;
  char *rest;

  if (length > 2 && start[0] == '(' && start[length - 1] == ')')
    {
      start++;
      length -= 2;
    }
  else if (length > 1 && start[length - 1] == ':')
    {
      length--;
    }

  rest = take_stretch (start, start + length);
  g_free (*named);
  *named = rest;
}

static gboolean
scale_amount (const char           *text,
              const char           *number,
              const char           *currency,
              guint                 exponent,
              gint64               *minor,
              GError              **error)
{
  guint digits = psl_currency_get_digits (currency);
  const char *point = strchr (number, '.');

  if (psl_number_scale (number, digits + exponent, minor))
    return TRUE;

  if (point != NULL && strlen (point + 1) > digits + exponent)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                 g_dngettext (GETTEXT_PACKAGE,
                              "“%s” has too many decimals: amounts in %s have at most %u.",
                              "“%s” has too many decimals: amounts in %s have at most %u.", digits + exponent),
                 text, currency, digits + exponent);
  else
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                 _("“%s” is more than an amount can be. Check the number of zeros."), text);

  return FALSE;
}

/**
 * psl_money_read:
 * @text: an amount as people write it, trimmed
 * @codelists: the lists of the register it is for
 * @conventions: the mark of decimals, and the facts known of the currency
 * @error: return location for an error
 *
 * Reads an amount written in the French or the English way, whatever the locale,
 * with its currency's code, name or symbol before or after it, or without one:
 *
 * - `100 000,50`, `100,000.50`, `100.000,50` and `100'000.50` are the same
 * - unless @conventions has a mark of decimals, a single comma or point before exactly three
 *   digits groups (`50,000` is fifty thousand), otherwise it marks decimals (`50,5`,
 *   `85000.00`); in currencies with three decimals see %PSL_NUMBER_AMOUNT_3
 * - more decimals than the currency has are refused, unless they are zeros
 * - all names of a currency must agree; a sign that several share, such as a mere `$`, takes
 *   the currency that stands beside, then the one of @conventions, then the register's
 * - nothing is below zero; `500.–` has no cents
 * - three capitals are a currency even where no list has them (`500 QQQ`), with two decimals
 *
 * Errors: %PSL_REGISTER_ERROR_INVALID, %PSL_REGISTER_ERROR_AMBIGUOUS where it
 * could be in several currencies.
 *
 * Returns: (transfer full) (nullable): the canonical value `100000.00 USD`, or
 *   %NULL on error
 */
char *
psl_money_read (const char            *text,
                const PslCodelists    *codelists,
                const PslConventions  *conventions,
                GError               **error)
{
  g_autofree char *before = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *after = NULL;
  g_autofree char *number = NULL;
  PslNumberStyle style;
  const char *currency;
  gint64 minor;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (conventions != NULL, NULL);

  if (!psl_money_split (text, &before, &amount, &after))
    {
      g_autofree char *example = psl_money_dup_example ();

      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   /* Translators: what was typed, and an amount such as “100,000 USD” */
                   _("“%s” is not an amount. Write a number and a currency, such as %s."), text, example);
      return NULL;
    }
  if (is_below_zero (before, after))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s”: an amount can’t be below zero. Write it without a minus or parentheses."), text);
      return NULL;
    }

  currency = choose_currency (text, codelists, before, after, conventions, error);
  if (currency == NULL)
    return NULL;

  style = psl_currency_get_digits (currency) == 3 ? PSL_NUMBER_AMOUNT_3 : PSL_NUMBER_AMOUNT;
  number = psl_number_parse (amount, style, conventions->decimals, error);
  if (number == NULL || !scale_amount (text, number, currency, conventions->exponent, &minor, error))
    return NULL;

  return psl_money_format_canonical (minor, currency);
}

/**
 * psl_money_split:
 * @text: an amount as people write it
 * @before: (out) (transfer full): the text before the number
 * @amount: (out) (transfer full): the number, without a sign
 * @after: (out) (transfer full): the text after it
 *
 * Returns: %FALSE where there is no number
 */
gboolean
psl_money_split (const char  *text,
                 char       **before,
                 char       **amount,
                 char       **after)
{
  const char *first = NULL;
  const char *end = NULL;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (before != NULL && amount != NULL && after != NULL, FALSE);

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
  drop_no_cents (after);
  drop_punctuation (before);
  drop_punctuation (after);

  return TRUE;
}

/**
 * psl_money_complete:
 * @text: an amount as people write it
 * @codelists: the lists of the register it is for
 * @currency: an ISO 4217 code
 *
 * Returns: (transfer full): the amount in that currency where @text names none, or
 *   a sign that it shares with others; otherwise @text
 */
char *
psl_money_complete (const char         *text,
                    const PslCodelists *codelists,
                    const char         *currency)
{
  g_auto (PslCurrencyText) known = { NULL };
  g_autofree char *before = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *after = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (currency != NULL, NULL);

  if (!psl_money_split (text, &before, &amount, &after) ||
      !add_named (&known, codelists, text, before, FALSE, NULL) || !add_named (&known, codelists, text, after, FALSE, NULL) ||
      !psl_currency_text_allows (&known, currency))
    return g_strdup (text);

  return g_strconcat (amount, " ", currency, NULL);
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
  const char *language = psl_language_get_interface ();
  g_autofree char *amount = NULL;
  const char *symbol;

  g_return_val_if_fail (currency != NULL, NULL);

  amount = psl_money_format_amount (minor, currency);
  symbol = psl_currency_get_symbol (currency, language);

  if (psl_number_precedes_currency (language))
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

/**
 * psl_money_dup_example:
 *
 * Returns: (transfer full): an amount as a person may write it, in the form of their
 *   locale: `100,000 USD`; in French `100 000 USD`, with no-break spaces
 */
char *
psl_money_dup_example (void)
{
  g_autofree char *amount = psl_money_format_amount (EXAMPLE_MINOR, PSL_MONEY_DEFAULT_CURRENCY);

  return g_strconcat (amount, NO_BREAK_SPACE, PSL_MONEY_DEFAULT_CURRENCY, NULL);
}
