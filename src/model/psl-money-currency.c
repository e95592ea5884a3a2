/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-money-currency.h"

#include <string.h>

#include "psl-codelist-private.h"
#include "psl-kind.h"

/* Signs and words that several currencies share, as currency_key() makes them. The text
 * beside them decides, and else the usual currency. */
static const struct
{
  const char *keys[4];
  const char *codes;
  const char *usual;
} shared_signs[] = {
  { { "$", "dollar", "dollars" },
    "USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD MXN NAD NIO NZD SBD SGD SRD "
    "TTD TWD UYU WST XCD", NULL },
  { { "£" }, "GBP EGP FKP GIP LBP SDG SHP SSP SYP", "GBP" },
  { { "¥" }, "JPY CNY", "JPY" },
  { { "kr" }, "DKK ISK NOK SEK", NULL },
  { { "rs" }, "INR LKR MUR NPR PKR SCR", NULL },
  { { "fcfa", "cfa", "francscfa", "franccfa" }, "XAF XOF", NULL },
  { { "franc", "francs" }, "BIF CDF CHF DJF GNF KMF RWF XAF XOF XPF", NULL },
  { { "leu", "lei" }, "MDL RON", NULL },
};

/* Forms of US dollars in project sheets, beside the names in the code list. */
static const char *const us_dollar_keys[] = {
  "us$", "$us", "$usa", "dollareu", "dollarseu", "dollarus", "dollarsus", "usdollar", "usdollars", "usd$", "$usd", NULL,
};

static const PslCodeEntry *
find_entry (const char *currency)
{
  return g_hash_table_lookup (psl_codelist_get_default ("currency")->by_code, currency);
}

/**
 * psl_currency_get_digits:
 * @currency: an ISO 4217 code
 *
 * Returns: how many decimals the currency's minor unit has: 2 for most
 */
guint
psl_currency_get_digits (const char *currency)
{
  const PslCodeEntry *entry;

  g_return_val_if_fail (currency != NULL, 2);

  entry = find_entry (currency);
  return entry != NULL ? entry->digits : 2;
}

/**
 * psl_currency_get_symbol:
 * @currency: an ISO 4217 code
 * @language: (nullable): as for psl_code_get_name()
 *
 * Returns: (transfer none): how amounts in the currency are marked in that
 *   language: its symbol where it has one of its own, else the code
 */
const char *
psl_currency_get_symbol (const char *currency,
                         const char *language)
{
  const PslCodeEntry *entry;
  const char *symbol;

  g_return_val_if_fail (currency != NULL, NULL);

  entry = find_entry (currency);
  symbol = entry != NULL ? psl_names_get (entry->symbols, psl_language_get_program (language)) : NULL;
  return symbol != NULL ? symbol : currency;
}

static gboolean
is_hyphen (gunichar c)
{
  return c == '-' || c == 0x2010 || c == 0x2011;
}

/* Lower case without marks, blanks and points, but with symbols: "$ US" and
 * "$US" are the same, "$" and "" are not. A hyphen goes only between letters, as in
 * "dollars É.-U.". */
static char *
currency_key (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  g_autofree char *cased = g_utf8_casefold (decomposed, -1);
  GString *key = g_string_new (NULL);
  gboolean after_letter = FALSE;

  for (const char *p = cased; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_ismark (c) || c == '.')
        continue;
      if (is_hyphen (c) && after_letter && g_unichar_isalpha (g_utf8_get_char (g_utf8_next_char (p))))
        continue;
      after_letter = g_unichar_isalpha (c);
      g_string_append_unichar (key, c);
    }

  return g_string_free_and_steal (key);
}

/* Whether a text is words only, so that folding it drops nothing that means
 * something. */
static gboolean
is_words (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalpha (c) && !g_unichar_isspace (c) && !g_unichar_ismark (c) &&
          (c > 127 ? c != 0x2019 && !is_hyphen (c) : strchr (".'-()", (int) c) == NULL))
        return FALSE;
    }

  return TRUE;
}

static void
add_key (GHashTable    *keys,
         const char    *text,
         const PslCode *code)
{
  char *key = currency_key (text);
  GPtrArray *codes = g_hash_table_lookup (keys, key);

  if (codes == NULL)
    {
      codes = g_ptr_array_new ();
      g_hash_table_insert (keys, g_strdup (key), codes);
    }
  if (!g_ptr_array_find (codes, code->code, NULL))
    g_ptr_array_add (codes, (gpointer) code->code);
  g_free (key);
}

/* Symbols and other ways of writing currencies → their codes. */
static gpointer
list_keys (gpointer unused)
{
  const PslCodelist *list = psl_codelist_get_default ("currency");
  GHashTable *keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < psl_codelist_get_n (list); i++)
    {
      const PslCode *code = psl_codelist_get_nth (list, i);

      for (gsize j = 0; psl_languages[j] != NULL; j++)
        add_key (keys, psl_currency_get_symbol (code->code, psl_languages[j]), code);
      for (gsize j = 0; code->aliases != NULL && code->aliases[j] != NULL; j++)
        add_key (keys, code->aliases[j], code);
    }

  return keys;
}

static GHashTable *
get_keys (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, list_keys, NULL);
}

/* The shared sign of that key, or -1. */
static int
find_shared_sign (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shared_signs); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (shared_signs[i].keys) && shared_signs[i].keys[j] != NULL; j++)
        {
          if (strcmp (shared_signs[i].keys[j], key) == 0)
            return (int) i;
        }
    }

  return -1;
}

static void
add_code (GPtrArray  *codes,
          const char *text)
{
  const PslCode *code = psl_codelist_find (psl_codelist_get_default ("currency"), text);

  if (code != NULL)
    g_ptr_array_add (codes, (gpointer) code->code);
}

/* Also finds the plural of a name. */
static const PslCode *
match_name (const PslCodelists *codelists,
            const char         *text)
{
  const PslCodelist *list = psl_codelists_get_list (codelists, "currency");
  const PslCode *code = psl_codelist_match (list, text, NULL);

  if (code == NULL && (g_str_has_suffix (text, "s") || g_str_has_suffix (text, "S")))
    {
      g_autofree char *singular = g_strndup (text, strlen (text) - 1);

      code = psl_codelist_match (list, singular, NULL);
    }

  return code;
}

/* A code that the list doesn't have, for as long as the program runs. */
static const char *
read_unlisted (const PslCodelists *codelists,
               const char         *text)
{
  g_autofree char *code = psl_codelist_read (psl_codelists_get_list (codelists, "currency"), text, FALSE, NULL);

  return g_intern_string (code);
}

/* The currencies that @text can mean; empty where it is none. */
static GPtrArray *
find_codes (const PslCodelists  *codelists,
            const char          *text,
            gboolean             takes_unlisted,
            const char         **usual)
{
  g_autofree char *key = currency_key (text);
  GPtrArray *codes = g_ptr_array_new ();
  int sign = find_shared_sign (key);
  GPtrArray *same_key = g_hash_table_lookup (get_keys (), key);

  *usual = NULL;
  if (sign >= 0)
    {
      g_auto (GStrv) shared = g_strsplit (shared_signs[sign].codes, " ", -1);

      for (char **one = shared; *one != NULL; one++)
        add_code (codes, *one);
      *usual = shared_signs[sign].usual;
    }
  else if (g_strv_contains (us_dollar_keys, key))
    {
      add_code (codes, "USD");
    }
  else if (same_key != NULL)
    {
      g_ptr_array_extend (codes, same_key, NULL, NULL);
    }
  else if (is_words (text))
    {
      const PslCode *named = match_name (codelists, text);
      const char *code = named != NULL ? named->code : takes_unlisted ? read_unlisted (codelists, text) : NULL;

      if (code != NULL)
        g_ptr_array_add (codes, (gpointer) code);
    }

  return codes;
}

/**
 * psl_currency_text_clear:
 * @self: currencies
 *
 * Empties @self: any currency is possible.
 */
void
psl_currency_text_clear (PslCurrencyText *self)
{
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  self->usual = NULL;
}

/**
 * psl_currency_text_add:
 * @self: the currencies that the texts so far can mean
 * @codelists: the lists of the register that the amount is for
 * @text: a currency as people write it: code, name or symbol
 * @takes_unlisted: whether a code that no list has is a currency, too; see psl_codelist_read()
 * @contradicts: (out): whether @text can't mean any of the currencies so far;
 *   @self is then as it was
 *
 * Narrows the currencies down to those that @text can mean, too: `$` leaves
 * dollars, and of them `CAD` the Canadian one.
 *
 * Returns: %FALSE where @text is no currency
 */
gboolean
psl_currency_text_add (PslCurrencyText    *self,
                       const PslCodelists *codelists,
                       const char         *text,
                       gboolean            takes_unlisted,
                       gboolean           *contradicts)
{
  g_autoptr (GPtrArray) both = g_ptr_array_new ();
  g_autoptr (GPtrArray) codes = NULL;
  const char *usual;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (contradicts != NULL, FALSE);

  *contradicts = FALSE;
  codes = find_codes (codelists, text, takes_unlisted, &usual);
  if (codes->len == 0)
    return FALSE;

  for (guint i = 0; i < codes->len; i++)
    {
      if (psl_currency_text_allows (self, g_ptr_array_index (codes, i)))
        g_ptr_array_add (both, g_ptr_array_index (codes, i));
    }
  *contradicts = both->len == 0;
  if (*contradicts)
    return TRUE;

  g_clear_pointer (&self->codes, g_ptr_array_unref);
  self->codes = g_steal_pointer (&both);
  if (usual != NULL)
    self->usual = usual;
  if (self->usual != NULL && !psl_currency_text_allows (self, self->usual))
    self->usual = NULL;

  return TRUE;
}

/**
 * psl_currency_text_allows:
 * @self: currencies
 * @code: an ISO 4217 code
 *
 * Returns: whether the amount can be in that currency
 */
gboolean
psl_currency_text_allows (const PslCurrencyText *self,
                          const char            *code)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (code != NULL, FALSE);

  return self->codes == NULL || g_ptr_array_find_with_equal_func (self->codes, code, g_str_equal, NULL);
}
