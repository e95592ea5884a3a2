/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The text of a value for people, and the text that they find when they edit it. */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-date.h"
#include "psl-error.h"
#include "psl-field.h"
#include "psl-money.h"
#include "psl-number.h"

#include "tests/locale.h"
#include "values-testing.h"

static const PslField money = { .name = "money", .type = PSL_FIELD_TYPE_MONEY };
static const PslField date = { .name = "date", .type = PSL_FIELD_TYPE_DATE };

static void
check_display (const PslField *field,
               const char     *value,
               const char     *display,
               const char     *edit)
{
  g_autofree char *shown = psl_field_display (field, psl_codelists_get_default (), value, NULL);
  g_autofree char *edited = psl_field_edit_text (field, psl_codelists_get_default (), value);

  g_assert_cmpstr (shown, ==, display);
  g_assert_cmpstr (edited, ==, edit);
}

/* Examples for people are written as people write, and can be read. */
static void
check_example (const char *text)
{
  g_autofree char *example = psl_money_dup_example ();
  g_autofree char *value = psl_field_normalise (&money, psl_codelists_get_default (), example, NULL);

  g_assert_cmpstr (example, ==, text);
  g_assert_cmpstr (value, ==, "100000.00 USD");
}

static void
test_french (void)
{
  locale_set ("fr_FR.UTF-8");

  check_example ("100\xc2\xa0" "000\xc2\xa0USD");
  check_display (&money, "100000.00 USD", "100\xc2\xa0" "000\xc2\xa0$\xc2\xa0US", "100\xc2\xa0" "000 USD");
  check_display (&money, "100000.50 EUR", "100\xc2\xa0" "000,50\xc2\xa0€", "100\xc2\xa0" "000,50 EUR");
  check_display (&money, "999.00 USD", "999\xc2\xa0$\xc2\xa0US", "999 USD");
  check_display (&date, "2020", "2020", "2020");
  check_display (&date, "2020-05", "mai 2020", "05/2020");
  check_display (&date, "2020-05-17", "17 mai 2020", "17/05/2020");
  check_display (values_field ("project", "status"), "4", "Achevé", "Achevé");
  check_display (values_field ("office", "latitude"), "-9.934739", "9,934739° S", "-9,934739");
  check_display (values_field ("project", "beneficiaries"), "[{\"country\":\"MD\"},{\"country\":\"PL\"}]",
                 "République de Moldova, Pologne", "République de Moldova; Pologne");
  check_display (values_field ("project", "title"), NULL, "", "");
}

static void
check_count (gint64      count,
             const char *shown)
{
  g_autofree char *text = psl_number_format_count (count);

  g_assert_cmpstr (text, ==, shown);
}

static void
test_counts (void)
{
  locale_set ("fr_FR.UTF-8");
  check_count (0, "0");
  check_count (999, "999");
  check_count (5791, "5\xc2\xa0" "791");
  check_count (1234567, "1\xc2\xa0" "234\xc2\xa0" "567");

  locale_set ("en_GB.UTF-8");
  check_count (1234567, "1,234,567");
}

static void
test_english (void)
{
  locale_set ("en_GB.UTF-8");

  check_display (&money, "100000.00 USD", "US$100,000", "100,000 USD");
  check_display (&money, "100000.50 EUR", "€100,000.50", "100,000.50 EUR");
  check_display (&money, "1234.500 KWD", "KWD\xc2\xa0" "1,234.500", "1,234.500 KWD");
  check_display (&money, "5000 JPY", "¥5,000", "5,000 JPY");
  check_display (&date, "2020-05", "May 2020", "05/2020");
  check_display (&date, "2020-05-17", "17 May 2020", "17/05/2020");
  check_display (values_field ("project", "type"), "CT", "Counter Trafficking", "Counter Trafficking");
  check_display (values_field ("office", "longitude"), "-84.08", "84.08° W", "-84.08");
  check_display (values_field ("office", "phone"), "+41 22 717 91 11;ext=234", "+41 22 717 91 11 ext. 234",
                 "+41 22 717 91 11 ext. 234");
  check_display (values_field ("project", "beneficiaries"),
                 "[{\"country\":\"MD\",\"percentage\":\"33.33\"},{\"country\":\"PL\"}]",
                 "Republic of Moldova (33.33%), Poland", "Republic of Moldova (33.33%); Poland");
  check_display (values_field ("office", "functions"), "[{\"function\":\"coordination\",\"covers\":\"029\"}]",
                 "Coordination (Caribbean)", "[{\"function\":\"coordination\",\"covers\":\"029\"}]");
  check_display (values_field ("office", "former_names"), "[{\"name\":\"Astana\",\"valid_to\":\"2019-03\"}]",
                 "Astana (Valid to: March 2019)", "[{\"name\":\"Astana\",\"valid_to\":\"2019-03\"}]");
}

static void
assert_time (const char *locale,
             guint       month,
             guint       day,
             const char *expected)
{
  g_autoptr (GDateTime) time = g_date_time_new_local (2026, (int) month, (int) day, 9, 5, 7);
  g_autofree char *shown = NULL;

  locale_set (locale);
  shown = psl_date_display_time (g_date_time_to_unix_usec (time));
  g_assert_cmpstr (shown, ==, expected);
}

static void
test_times (void)
{
  g_autofree char *never = NULL;

  assert_time ("en_GB.UTF-8", 11, 22, "22 November 2026 at 09:05");
  assert_time ("en_GB.UTF-8", 3, 1, "1 March 2026 at 09:05");
  never = psl_date_display_time (G_MAXINT64);
  g_assert_cmpstr (never, ==, "?");
}

/* An error names the part of an amount that is wrong. */
static void
assert_said (const char *locale,
             const char *typed,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  locale_set (locale);
  value = psl_field_normalise (&money, psl_codelists_get_default (), typed, &error);
  g_assert_null (value);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, typed));
  if (strstr (error->message, expected) == NULL)
    g_test_fail_printf ("“%s” does not say “%s”", error->message, expected);
}

static void
test_refused_amounts (void)
{
  static const char *const below_zero[] = {
    "-5 EUR", "−5 EUR", "–\xc2\xa0" "5\xc2\xa0" "EUR", "EUR −5", "5 EUR -", "(5) EUR", "(5 EUR)", "moins 5 EUR",
    "Moins\xc2\xa0" "5\xe2\x80\xaf" "000,50 €", "minus 5 EUR", "5 EUR moins",
  };
  const char *folder = g_getenv ("PASSERELLE_LOCALES");

  if (folder == NULL)
    {
      g_test_skip ("PASSERELLE_LOCALES is not set");
      return;
    }
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS (below_zero); i++)
    {
      assert_said ("en_GB.UTF-8", below_zero[i], "below zero");
      assert_said ("fr_FR.UTF-8", below_zero[i], "inférieur à zéro");
    }
  assert_said ("en_GB.UTF-8", "about 5 EUR", "“about” is neither a number nor a known currency");
  assert_said ("en_GB.UTF-8", "5 EURO-ish", "“EURO-ish” is neither");
  assert_said ("fr_FR.UTF-8", "environ 5 EUR", "«\xc2\xa0" "environ\xc2\xa0» n’est ni un nombre ni une devise connue");
  assert_said ("fr_FR.UTF-8", "moins de 5 EUR", "«\xc2\xa0" "moins de\xc2\xa0» n’est ni");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/field/display/fr", test_french);
  g_test_add_func ("/field/display/en", test_english);
  g_test_add_func ("/field/display/counts", test_counts);
  g_test_add_func ("/field/display/times", test_times);
  g_test_add_func ("/field/display/refused-amounts", test_refused_amounts);

  return g_test_run ();
}
