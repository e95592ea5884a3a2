/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-date.h"
#include "psl-error.h"
#include "psl-money.h"
#include "psl-number.h"
#include "psl-rows.h"

#include "tests/locale.h"
#include "values-testing.h"

/* The helpers below fields: parts of values for those who store, compare and
 * add them up. */

static const struct
{
  const char *value;
  PslDatePrecision precision;
  const char *first;
  const char *last;
} dates[] = {
  { "2020", PSL_DATE_YEAR, "2020-01-01", "2020-12-31" },
  { "2020-02", PSL_DATE_MONTH, "2020-02-01", "2020-02-29" },
  { "2021-02", PSL_DATE_MONTH, "2021-02-01", "2021-02-28" },
  { "1900-02", PSL_DATE_MONTH, "1900-02-01", "1900-02-28" },
  { "2020-05-17", PSL_DATE_DAY, "2020-05-17", "2020-05-17" },
  { "2020-13", PSL_DATE_NONE, NULL, NULL },
  { "2020-00", PSL_DATE_NONE, NULL, NULL },
  { "2020-02-30", PSL_DATE_NONE, NULL, NULL },
  { "2020-5", PSL_DATE_NONE, NULL, NULL },
  { "0000", PSL_DATE_NONE, NULL, NULL },
  { "20x0", PSL_DATE_NONE, NULL, NULL },
  { "", PSL_DATE_NONE, NULL, NULL },
};

static void
test_dates (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *first = psl_date_first_day (dates[i].value);
      g_autofree char *last = psl_date_last_day (dates[i].value);

      g_assert_cmpint (psl_date_get_precision (dates[i].value), ==, dates[i].precision);
      g_assert_cmpstr (first, ==, dates[i].first);
      g_assert_cmpstr (last, ==, dates[i].last);
    }

  g_assert_true (psl_date_is_before ("2020-04", "2020-05-17"));
  g_assert_true (psl_date_is_before ("2019", "2020-01-01"));
  g_assert_false (psl_date_is_before ("2020", "2020-05-17"));
  g_assert_false (psl_date_is_before ("2020-05-17", "2020"));
  g_assert_false (psl_date_is_before ("2020-05-17", "2020-05-17"));
}

static const struct
{
  const char *number;
  guint decimals;
  gboolean fits;
  gint64 scaled;
} scales[] = {
  { "0", 2, TRUE, 0 },
  { "12.5", 2, TRUE, 1250 },
  { "-12.5", 1, TRUE, -125 },
  { "12.5", 0, FALSE, 0 },
  { "9223372036854775807", 0, TRUE, G_MAXINT64 },
  { "-9223372036854775808", 0, TRUE, G_MININT64 },
  { "9223372036854775808", 0, FALSE, 0 },
  { "92233720368547758.07", 2, TRUE, G_MAXINT64 },
  { "92233720368547758.08", 2, FALSE, 0 },
};

static void
test_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      gint64 scaled = 0;
      g_autofree char *exact = NULL;
      g_autofree char *number = NULL;

      g_assert_true (psl_number_scale (scales[i].number, scales[i].decimals, &scaled) == scales[i].fits);
      if (!scales[i].fits)
        continue;
      g_assert_cmpint (scaled, ==, scales[i].scaled);
      exact = psl_number_unscale (scaled, scales[i].decimals);
      number = psl_number_parse (exact, PSL_NUMBER_DECIMAL, PSL_DECIMAL_MARK_USUAL, NULL);
      g_assert_cmpstr (number, ==, scales[i].number);
    }
}

static void
test_money (void)
{
  static const char *const refused[] = {
    "", " ", "USD", "100 USD", "100.0 USD", "100.00", "100.00USD", "100.00 USDX", "-1.00 USD", "1,000.00 USD",
    "1.2.3 USD", "5000.00 JPY", " USD 5", NULL,
  };
  static const char *const totals[] = { "320000.00 USD", "20500.00 EUR", NULL };
  static const char *const nothing[] = { NULL };
  g_autofree char *shown = psl_money_display_totals (totals);
  g_autofree char *empty = psl_money_display_totals (nothing);
  g_autofree char *yen = psl_money_format_canonical (5000, "JPY");
  g_autofree char *cents = psl_money_format_canonical (5, "USD");
  char currency[4];
  gint64 minor;

  for (gsize i = 0; refused[i] != NULL; i++)
    g_assert_false (psl_money_parse_canonical (refused[i], &minor, currency));

  g_assert_true (psl_money_parse_canonical ("100000.05 USD", &minor, currency));
  g_assert_cmpint (minor, ==, 10000005);
  g_assert_cmpstr (currency, ==, "USD");
  g_assert_cmpstr (yen, ==, "5000 JPY");
  g_assert_cmpstr (cents, ==, "0.05 USD");
  g_assert_cmpstr (shown, ==, "US$320,000, €20,500");
  g_assert_cmpstr (empty, ==, "");
}

/* Text that a person types beside a chosen currency, and the value that it is read as. */
static void
test_money_complete (void)
{
  static const struct
  {
    const char *typed;
    const char *currency;
    const char *text;
  } cases[] = {
    { "500", "CAD", "500 CAD" },
    { "$500", "CAD", "500 CAD" },
    { "$500", "EUR", "$500" },
    { "US$500", "CAD", "US$500" },
    { "500 £", "EGP", "500 EGP" },
    { "500 EUR", "EUR", "500 EUR" },
    { "500", "QQQ", "500 QQQ" },
    { "500 QQQ", "EUR", "500 QQQ" },
    { "-500", "EUR", "-500" },
    { "500?", "EUR", "500?" },
    { "some", "EUR", "some" },
    { "", "EUR", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = psl_money_complete (cases[i].typed, psl_codelists_get_default (), cases[i].currency);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_rows (void)
{
  const PslField *field = values_field ("project", "results");
  static const char *const cells[] = { "1", "“Quoted” \"text\"\\", "", NULL, "é/è" };
  g_autoptr (GPtrArray) rows = psl_rows_new ();
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GPtrArray) none = psl_rows_parse (field, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  g_autofree char *empty = psl_rows_build (field, none);
  const char *const *row;

  g_assert_cmpuint (psl_rows_get_n_columns (field), ==, G_N_ELEMENTS (cells));
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (empty);

  g_ptr_array_add (rows, psl_rows_row_new (field, cells));
  value = psl_rows_build (field, rows);
  g_assert_cmpstr (value, ==,
                   "[{\"level\":\"1\",\"indicator\":\"“Quoted” \\\"text\\\"\\\\\",\"actual\":\"é/è\"}]");
  g_assert_true (psl_field_is_valid (field, psl_codelists_get_default (), value));

  read = psl_rows_parse (field, value, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 1);
  row = g_ptr_array_index (read, 0);
  g_assert_cmpstr (row[1], ==, cells[1]);
  g_assert_null (row[2]);
  g_assert_null (row[3]);
  g_assert_cmpstr (row[4], ==, cells[4]);

  g_assert_null (psl_rows_parse (field, "{}", &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  locale_set ("en_GB.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/values/dates", test_dates);
  g_test_add_func ("/values/numbers", test_numbers);
  g_test_add_func ("/values/money", test_money);
  g_test_add_func ("/values/money-complete", test_money_complete);
  g_test_add_func ("/values/rows", test_rows);

  return g_test_run ();
}
