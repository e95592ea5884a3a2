/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libintl.h>

#include "psl-codelist.h"
#include "psl-date.h"
#include "psl-kinds.h"
#include "psl-money.h"
#include "psl-number.h"
#include "psl-rows.h"

#include "tests/locale.h"
#include "values-testing.h"

#define ROUNDS 300

static const PslField extra_fields[] = {
  { .name = "integer", .type = PSL_FIELD_TYPE_INTEGER },
  { .name = "decimal", .type = PSL_FIELD_TYPE_DECIMAL },
  { .name = "url", .type = PSL_FIELD_TYPE_URL },
  { NULL },
};

static char *
pick (const char *const *strings)
{
  return g_strdup (strings[g_test_rand_int_range (0, g_strv_length ((GStrv) strings))]);
}

static char *
random_text (gboolean multiline)
{
  static const char *const words[] = {
    "Projet", "“guillemets”", "\"quote\"", "back\\slash", "été", "main-d’œuvre", "100\xc2\xa0" "000", "[", "]", "{}",
    "a;b", "c|d", "e,f", "日本", "\xf0\x9f\x98\x80", NULL,
  };
  g_autoptr (GString) text = g_string_new ("Mot");
  int n = g_test_rand_int_range (0, 6);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *word = pick (words);

      g_string_append (text, multiline && g_test_rand_bit () ? "\n" : " ");
      g_string_append (text, word);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
random_date (void)
{
  guint month = g_test_rand_int_range (0, 13);

  return psl_date_build (g_test_rand_int_range (1000, 10000), month,
                         month > 0 ? g_test_rand_int_range (0, 29) : 0);
}

static char *
random_money (void)
{
  static const char *const currencies[] = { "USD", "EUR", "CHF", "JPY", "GBP", "KWD", "XAF", "INR", NULL };
  g_autofree char *currency = pick (currencies);
  gint64 minor = g_test_rand_int_range (0, G_MAXINT32);

  if (g_test_rand_bit ())
    minor = minor % 1000;
  else if (g_test_rand_bit ())
    minor *= g_test_rand_int_range (1, 100000);
  if (g_test_rand_bit ())
    minor -= minor % 100;

  return psl_money_format_canonical (minor, currency);
}

static char *
random_number (int   maximum,
               guint decimals)
{
  g_autofree char *exact = psl_number_unscale (g_test_rand_int_range (0, maximum), decimals);

  return psl_number_parse (exact, PSL_NUMBER_DECIMAL, PSL_DECIMAL_MARK_USUAL, NULL);
}

static char *
random_degrees (int limit)
{
  g_autofree char *exact = psl_number_unscale (g_test_rand_int_range (-limit * 1000000, limit * 1000000), 6);

  return psl_number_parse (exact, PSL_NUMBER_DECIMAL, PSL_DECIMAL_MARK_USUAL, NULL);
}

static char *
random_code (const PslField *field)
{
  const PslCodelist *list = psl_codelist_get_default (field->codelist);

  return g_strdup (psl_codelist_get_nth (list, g_test_rand_int_range (0, psl_codelist_get_n (list)))->code);
}

static char *random_value (const PslField *field);

static char *
random_rows (const PslField *field)
{
  g_autoptr (GPtrArray) rows = psl_rows_new ();
  guint n_columns = psl_rows_get_n_columns (field);
  g_autoptr (GHashTable) firsts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  int n = g_test_rand_int_range (1, 7);

  for (int i = 0; i < n; i++)
    {
      g_auto (GStrv) owned = g_new0 (char *, n_columns + 1);

      for (guint j = 0; j < n_columns; j++)
        owned[j] = j == 0 || g_test_rand_bit () ? random_value (&field->rows[j]) : g_strdup ("");
      if (g_hash_table_add (firsts, g_strdup (owned[0])) || !(field->flags & PSL_FIELD_FLAT))
        g_ptr_array_add (rows, psl_rows_row_new (field, (const char *const *) owned));
    }

  return psl_rows_build (field, rows);
}

/* A value in its canonical form. */
static char *
random_value (const PslField *field)
{
  static const char *const identifiers[] = { "PO.0160", "W34-805", "CR99P0513", "x/y", NULL };
  static const char *const emails[] = { "office@example.org", "a.b+c@d.example.org", NULL };
  static const char *const urls[] = { "https://www.example.org/a?b=c", "mailto:office@example.org", NULL };
  static const char *const phones[] = { "+41 22 717 91 11", "+41 22 717 91 11;ext=234", "202 555 0100", NULL };

  switch (field->type)
    {
    case PSL_FIELD_TYPE_TEXT:
    case PSL_FIELD_TYPE_LONG_TEXT:
      return random_text (field->type == PSL_FIELD_TYPE_LONG_TEXT);
    case PSL_FIELD_TYPE_IDENTIFIER:
      return pick (identifiers);
    case PSL_FIELD_TYPE_DATE:
      return random_date ();
    case PSL_FIELD_TYPE_YEAR:
      return g_strdup_printf ("%d", g_test_rand_int_range (1000, 10000));
    case PSL_FIELD_TYPE_INTEGER:
      return g_strdup_printf ("%d", g_test_rand_int_range (field->minimum, field->maximum > 0 ? field->maximum + 1 : G_MAXINT32));
    case PSL_FIELD_TYPE_DECIMAL:
      return random_number (field->maximum > 0 ? field->maximum * 1000 + 1 : G_MAXINT32, 3);
    case PSL_FIELD_TYPE_MONEY:
      return random_money ();
    case PSL_FIELD_TYPE_CODE:
      return random_code (field);
    case PSL_FIELD_TYPE_LINK:
      return g_uuid_string_random ();
    case PSL_FIELD_TYPE_EMAIL:
      return pick (emails);
    case PSL_FIELD_TYPE_URL:
      return pick (urls);
    case PSL_FIELD_TYPE_PHONE:
      return pick (phones);
    case PSL_FIELD_TYPE_LATITUDE:
      return random_degrees (90);
    case PSL_FIELD_TYPE_LONGITUDE:
      return random_degrees (180);
    case PSL_FIELD_TYPE_ROWS:
    case PSL_FIELD_TYPE_PARTS:
      return random_rows (field);
    default:
      g_assert_not_reached ();
    }
}

/* Displayed values can be typed again, but for amounts of which three decimals look like a
 * group or in one of the two francs CFA, rows that are more than names, and “Taiwan, China”,
 * which is what some call the former. */
static gboolean
display_reads_back (const PslField *field,
                    const char     *value)
{
  if (field->type == PSL_FIELD_TYPE_MONEY)
    return !g_str_has_suffix (value, "KWD") && !g_str_has_suffix (value, "XAF");
  if (field->rows != NULL)
    return (field->flags & PSL_FIELD_FLAT) && strstr (value, "percentage") == NULL &&
           strstr (value, "{\"country\":\"TW\"},{\"country\":\"CN\"}") == NULL;

  return TRUE;
}

static void
assert_reads_back (const PslField *field,
                   const char     *text,
                   const char     *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *read = psl_field_normalise (field, psl_codelists_get_default (), text, &error);

  if (g_strcmp0 (read, value) != 0)
    g_error ("%s: “%s” of “%s” reads back as “%s” (%s)", field->name, text, value, read,
             error != NULL ? error->message : "no error");
}

static void
check_values (const PslField *field)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *value = random_value (field);
      g_autofree char *edited = psl_field_edit_text (field, psl_codelists_get_default (), value);

      assert_reads_back (field, value, value);
      g_assert_true (psl_field_is_valid (field, psl_codelists_get_default (), value));
      assert_reads_back (field, edited, value);
      for (gsize j = 0; psl_languages[j] != NULL; j++)
        {
          g_autofree char *shown = psl_field_display (field, psl_codelists_get_default (), value, psl_languages[j]);

          g_assert_true (g_utf8_validate (shown, -1, NULL));
          if (display_reads_back (field, value))
            assert_reads_back (field, shown, value);
        }
    }
}

/* A value with a few characters lost, doubled or put in. */
static char *
spoil (const char *value)
{
  static const char *const pieces[] = {
    " ", "-", ".", ",", "/", "0", "9", "'", "°", "\"", "[", "]", "{", "}", "\\", ";", "|", "(", ")", "+", "é", "\n",
    "\xc2\xa0", "\xcc\x81", "%", "$", "@", "x", NULL,
  };
  g_autoptr (GString) text = g_string_new (value);
  int n = g_test_rand_int_range (1, 4);

  for (int i = 0; i < n; i++)
    {
      glong length = g_utf8_strlen (text->str, -1);
      glong at = length > 0 ? g_test_rand_int_range (0, length) : 0;
      gssize from = g_utf8_offset_to_pointer (text->str, at) - text->str;
      g_autofree char *piece = pick (pieces);

      if (length > 0 && g_test_rand_bit ())
        g_string_erase (text, from, g_utf8_next_char (text->str + from) - (text->str + from));
      if (g_test_rand_bit ())
        g_string_insert (text, from, piece);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Whatever is typed is refused with a reason, or becomes a value that is valid,
 * stays as it is and can be shown. */
static void
check_spoilt (const PslField *field)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autofree char *value = random_value (field);
      g_autofree char *edited = psl_field_edit_text (field, psl_codelists_get_default (), value);
      g_autofree char *typed = spoil (g_test_rand_bit () ? value : edited);
      g_autoptr (GError) error = NULL;
      g_autofree char *read = psl_field_normalise (field, psl_codelists_get_default (), typed, &error);
      g_autofree char *shown = NULL;

      g_assert_true (read == NULL || error == NULL);
      if (error != NULL)
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
      if (read == NULL)
        continue;
      if (!psl_field_is_valid (field, psl_codelists_get_default (), read))
        g_error ("%s: “%s” became “%s”, which isn’t valid", field->name, typed, read);
      shown = psl_field_display (field, psl_codelists_get_default (), read, NULL);
      g_assert_cmpstr (shown, !=, "");
    }
}

static void
check_fields (const PslField *fields,
              void          (*check) (const PslField *field))
{
  for (const PslField *field = fields; field->name != NULL; field++)
    {
      check (field);
      if (field->rows != NULL)
        check_fields (field->rows, check);
    }
}

static void
check_all (const char *locale,
           void      (*check) (const PslField *field))
{
  locale_set (locale);
  check_fields (extra_fields, check);
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    check_fields (psl_kinds[i]->fields, check);
}

/* In French as it is translated, which brings forms of its own: “1er mai 2020”,
 * “poste 234”, “84,08° O”. */
static void
test_translated (gconstpointer locale)
{
  const char *folder = g_getenv ("PASSERELLE_LOCALES");
  g_autofree char *phone = NULL;

  if (folder == NULL)
    {
      g_test_skip ("PASSERELLE_LOCALES is not set");
      return;
    }

  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  check_all (locale, check_values);

  phone = psl_field_display (values_field ("office", "phone"), psl_codelists_get_default (), "+41 22 717 91 11;ext=234", NULL);
  g_assert_nonnull (strstr (phone, "poste"));
}

static void
test_round_trip (gconstpointer locale)
{
  check_all (locale, check_values);
}

static void
test_spoilt (gconstpointer locale)
{
  check_all (locale, check_spoilt);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/field/round-trip/fr", "fr_FR.UTF-8", test_round_trip);
  g_test_add_data_func ("/field/round-trip/en", "en_GB.UTF-8", test_round_trip);
  g_test_add_data_func ("/field/round-trip/C", "C.UTF-8", test_round_trip);
  g_test_add_data_func ("/field/translated/fr", "fr_FR.UTF-8", test_translated);
  g_test_add_data_func ("/field/spoilt/fr", "fr_FR.UTF-8", test_spoilt);
  g_test_add_data_func ("/field/spoilt/en", "en_GB.UTF-8", test_spoilt);

  return g_test_run ();
}
