/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-codelist.h"
#include "psl-error.h"
#include "psl-languages.h"
#include "psl-text.h"

#include "tests/locale.h"

static const struct
{
  const char *list;
  const char *typed;
  const char *code;
} matches[] = {
  { "type", "Counter Trafficking Projects", "CT" },
  { "type", "TCMMCB", "TC" },
  { "type", "po", "PO" },
  { "type", "Activités de politique migratoire", "PO" },
  { "status", "Achevé", "4" },
  { "status", "acheve", "4" },
  { "status", "Completed", "4" },
  { "status", "Active", "2" },
  { "status", "Actif", "2" },
  { "coverage", "Régional", "2" },
  { "coverage", "Regional", "2" },
  { "region", "Amérique latine et Caraïbes", "latin-america-caribbean" },
  { "region", "Asia & Oceania", "asia-oceania" },
  { "region", "Monde", "global" },
  { "country", "Viet Nam", "VN" },
  { "country", "Vietnam", "VN" },
  { "country", "Russie", "RU" },
  { "country", "Birmanie", "MM" },
  { "country", "Kirghizistan", "KG" },
  { "country", "Côte d'Ivoire", "CI" },
  { "country", "Cote d’Ivoire", "CI" },
  { "country", "the Republic of Moldova", "MD" },
  { "country", "SLV", "SV" },
  { "country", "Korea, Rep.", "KR" },
  { "country", "Korea, Dem. People's Rep.", "KP" },
  { "country", "Congo, Dem. Rep.", "CD" },
  { "country", "Congo, Rep.", "CG" },
  { "country", "Congo (République du)", "CG" },
  { "country", "Rép. dém. du Congo", "CD" },
  { "country", "Egypt, Arab Rep.", "EG" },
  { "country", "Égypte, République arabe d’", "EG" },
  { "country", "Iran (Islamic Republic of)", "IR" },
  { "country", "Iran, Islamic Rep.", "IR" },
  { "country", "Bolivia, Plurinational State of", "BO" },
  { "country", "Macedonia, FYR", "MK" },
  { "country", "Macedonia, the former Yugoslav Republic of", "MK" },
  { "country", "Hong Kong SAR, China", "HK" },
  { "country", "RAS de Macao, Chine", "MO" },
  { "country", "Yemen, Rep.", "YE" },
  { "country", "Gambia, The", "GM" },
  { "country", "Lao PDR", "LA" },
  { "country", "RDP lao", "LA" },
  { "country", "St. Lucia", "LC" },
  { "country", "Ste-Lucie", "LC" },
  { "country", "St. Vincent and the Grenadines", "VC" },
  { "country", "Micronesia, Fed. Sts.", "FM" },
  { "country", "Venezuela, RB", "VE" },
  { "country", "West Bank and Gaza", "PS" },
  { "country", "Palestine, State of", "PS" },
  { "country", "Taiwan, China", "TW" },
  { "country", "Solomon Is.", "SB" },
  { "country", "4", "AF" },
  { "country", "068", "BO" },
  { "country", "68", "BO" },
  { "currency", "usd", "USD" },
  { "sdg", "10.7", "10.7" },
  { "office-kind", "Bureau auxiliaire", "sub-office" },
  { "area", "Caribbean", "029" },
  { "area", "29", "029" },
  { "area", "2", "002" },
  { "status", "4.0", "4" },
};

static void
test_match (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (matches); i++)
    {
      g_autoptr (GError) error = NULL;
      const PslCodelist *list = psl_codelist_get_default (matches[i].list);
      const PslCode *code = psl_codelist_match (list, matches[i].typed, &error);

      g_test_message ("%s", matches[i].typed);
      g_assert_no_error (error);
      g_assert_cmpstr (code->code, ==, matches[i].code);
    }
}

static void
test_no_match (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (psl_codelist_match (psl_codelist_get_default ("country"), "Atlantis", &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (psl_codelist_match (psl_codelist_get_default ("country"), "", &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
  g_assert_null (psl_codelist_find (psl_codelist_get_default ("country"), "md"));
  g_assert_null (psl_codelist_get_default ("nothing"));
}

/* A text that no list has is a code where it is written like one and close to nothing. */
static void
test_unlisted (void)
{
  static const struct
  {
    const char *list;
    const char *typed;
    gboolean is_typed;          /* whether what people write so is kept */
    gboolean is_stored;         /* whether what the program wrote so is */
  } cases[] = {
    { "country", "XQ", TRUE, TRUE },
    { "country", "XQX", TRUE, TRUE },
    { "country", "A07", TRUE, TRUE },
    { "country", "X-12.b", FALSE, TRUE },
    { "currency", "ZQD", TRUE, TRUE },
    { "currency", "XXX", TRUE, TRUE },
    /* The beginning of Suriname’s dollar, and the code of a rouble of former times. */
    { "currency", "SUR", TRUE, TRUE },
    { "currency", "zqd", FALSE, FALSE },
    { "currency", "ZQ", FALSE, FALSE },
    { "currency", "ZQDX", FALSE, FALSE },
    { "currency", "Z07", FALSE, FALSE },
    { "currency", "ÀÉÎ", FALSE, FALSE },
    { "status", "99", TRUE, TRUE },
    { "sdg", "4.99", TRUE, TRUE },
    { "region", "caucasus", FALSE, TRUE },
    { "status", "Nonsense", FALSE, TRUE },
    { "status", "nonsense", FALSE, TRUE },
    { "status", "NONSENSE", FALSE, TRUE },
    { "status", "X", FALSE, TRUE },
    { "status", "TBD", FALSE, TRUE },
    { "country", "999", FALSE, TRUE },
    { "country", "40%", FALSE, FALSE },
    { "country", "XQ?", FALSE, FALSE },
    { "country", "-XQ", FALSE, TRUE },
    { "country", "X K", FALSE, FALSE },
    /* Perhaps meant for an entry: names begun, mistyped, in capitals, with digits. */
    { "country", "TAN", FALSE, FALSE },
    { "country", "Boliva", FALSE, FALSE },
    { "country", "GUATAMALA", FALSE, FALSE },
    { "country", "Gutaemala", FALSE, FALSE },
    { "country", "PE40", FALSE, FALSE },
    { "country", "PERU2", FALSE, FALSE },
    { "status", "Activ", FALSE, FALSE },
    { "status", "2-ACTIVE", FALSE, FALSE },
    { "region", "latin-america-carribean", FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PslCodelist *list = psl_codelist_get_default (cases[i].list);

      for (int is_stored = FALSE; is_stored <= TRUE; is_stored++)
        {
          gboolean is_kept = is_stored ? cases[i].is_stored : cases[i].is_typed;
          g_autoptr (GError) error = NULL;
          g_autofree char *code = NULL;

          g_test_message ("%s: %s, %s", cases[i].list, cases[i].typed, is_stored ? "stored" : "typed");
          code = psl_codelist_read (list, cases[i].typed, is_stored, &error);
          g_assert_null (psl_codelist_match (list, cases[i].typed, NULL));
          g_assert_cmpstr (code, ==, is_kept ? cases[i].typed : NULL);
          if (!is_kept)
            g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
        }
    }
}

/* A name that was mistyped is refused with what it is perhaps meant for. */
static void
test_close (void)
{
  static const char *const typed[] = { "Boliva", "PE40", "BOLVIA" };
  static const char *const meant[] = { "(BO)", "(PE)", "(BO)" };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (psl_codelist_read (psl_codelist_get_default ("country"), typed[i], FALSE, &error));
      g_assert_nonnull (strstr (error->message, meant[i]));
    }
}

/* Every code, every name in either language and every alias leads to its own
 * entry; nothing is ambiguous. */
static void
test_complete (void)
{
  const char *const *names = psl_codelist_names ();

  g_assert_cmpuint (g_strv_length ((GStrv) names), >=, 11);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const PslCodelist *list = psl_codelist_get_default (names[i]);

      g_assert_cmpstr (psl_codelist_get_name (list), ==, names[i]);
      for (guint j = 0; j < psl_codelist_get_n (list); j++)
        {
          const PslCode *code = psl_codelist_get_nth (list, j);
          g_autoptr (GPtrArray) writings = g_ptr_array_new ();

          g_assert_true (psl_codelist_find (list, code->code) == code);
          g_assert_true (code->parent == NULL || *code->parent != '\0');
          g_ptr_array_add (writings, (gpointer) code->code);
          for (guint k = 0; k < psl_names_get_n (code->names); k++)
            g_ptr_array_add (writings, (gpointer) psl_names_get_nth (code->names, k, NULL));
          for (gsize k = 0; code->aliases != NULL && code->aliases[k] != NULL; k++)
            g_ptr_array_add (writings, (gpointer) code->aliases[k]);

          for (guint k = 0; k < writings->len; k++)
            {
              g_autoptr (GError) error = NULL;
              const char *writing = g_ptr_array_index (writings, k);
              const PslCode *found = psl_codelist_match (list, writing, &error);

              if (found != code && !code->withdrawn)
                g_test_fail_printf ("%s: “%s” of %s leads to %s (%s)", names[i], writing, code->code,
                                    found != NULL ? found->code : "nothing",
                                    error != NULL ? error->message : "no error");
            }
        }
    }
}

static void
check_first (const char *list,
             const char *words,
             const char *language,
             const char *code)
{
  g_autoptr (GPtrArray) found = psl_codelist_search (psl_codelist_get_default (list), words, language);

  g_test_message ("%s", words);
  g_assert_cmpuint (found->len, >, 0);
  g_assert_cmpstr (((const PslCode *) g_ptr_array_index (found, 0))->code, ==, code);
}

static void
test_code_form (void)
{
  static const char *const codes[] = { "ZZ", "99", "18.1", "liaison-x", "Zürich", "中", "a/b_c" };
  static const char *const others[] = { "", " ", "Z Z", " ZZ", "ZZ\n", "a sentence", "Z\302\240Z", "Z\342\200\213Z",
                                        "Z\342\200\250Z", "Z\342\200\251Z",
                                        "Z\001", "Zu\314\210rich", "\377" };
  g_autofree char *longest = g_strnfill (PSL_CODE_MAX_LENGTH, 'x');
  g_autofree char *longer = g_strnfill (PSL_CODE_MAX_LENGTH + 1, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_test_message ("“%s”", codes[i]);
      g_assert_true (psl_codelist_is_code (codes[i]));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_false (psl_codelist_is_code (others[i]));
    }
  g_assert_true (psl_codelist_is_code (longest));
  g_assert_false (psl_codelist_is_code (longer));
}

static void
test_search (void)
{
  g_autoptr (GPtrArray) none = psl_codelist_search (psl_codelist_get_default ("country"), "zzz", "fr");
  g_autoptr (GPtrArray) signs = psl_codelist_search (psl_codelist_get_default ("country"), "😀", "fr");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (signs->len, ==, 0);
  check_first ("country", "mold", "fr", "MD");
  check_first ("country", "chisinau", "fr", "MD");
  check_first ("country", "niger", "en", "NE");
  check_first ("country", "ni", "fr", "NI");
  check_first ("country", "cote ivoire", "fr", "CI");
  check_first ("country", "birm", "en", "MM");
  check_first ("type", "traite", "fr", "CT");
  check_first ("status", "", "fr", "1");
}

/* Countries in the order of their names in the reader's language, É with E. */
static void
test_order (void)
{
  for (gsize i = 0; psl_languages[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) all = psl_codelist_search (psl_codelist_get_default ("country"), "", psl_languages[i]);
      g_autofree char *previous = g_strdup ("");

      g_assert_cmpuint (all->len, >, 190);
      for (guint j = 0; j < all->len; j++)
        {
          const PslCode *code = g_ptr_array_index (all, j);
          char *folded = psl_text_fold (psl_code_get_name (code, psl_languages[i]));

          g_assert_cmpstr (previous, <=, folded);
          g_free (previous);
          previous = folded;
        }
    }
}

/* The same, written out: what a French reader finds under E. */
static void
test_accents (void)
{
  static const char *const expected[] = {
    "Égypte", "El Salvador", "Émirats arabes unis", "Équateur", "Érythrée", "Espagne", "Estonie", "Eswatini",
    "État de Palestine", "États-Unis d’Amérique", "Éthiopie",
  };
  g_autoptr (GPtrArray) all = psl_codelist_search (psl_codelist_get_default ("country"), "", "fr");
  guint n_found = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const char *name = psl_code_get_name (g_ptr_array_index (all, i), "fr");

      if (!g_str_has_prefix (name, "E") && !g_str_has_prefix (name, "É"))
        {
          /* They stand together. */
          g_assert_true (n_found == 0 || n_found == G_N_ELEMENTS (expected));
          continue;
        }
      g_assert_cmpuint (n_found, <, G_N_ELEMENTS (expected));
      g_assert_cmpstr (name, ==, expected[n_found++]);
    }
  g_assert_cmpuint (n_found, ==, G_N_ELEMENTS (expected));
}

static void
test_currencies (void)
{
  g_assert_cmpuint (psl_currency_get_digits ("USD"), ==, 2);
  g_assert_cmpuint (psl_currency_get_digits ("JPY"), ==, 0);
  g_assert_cmpuint (psl_currency_get_digits ("KWD"), ==, 3);
  g_assert_cmpstr (psl_currency_get_symbol ("EUR", "fr"), ==, "€");
  g_assert_cmpstr (psl_currency_get_symbol ("USD", "en_GB"), ==, "US$");
  g_assert_cmpstr (psl_currency_get_symbol ("XXQ", "en"), ==, "XXQ");
}

static gpointer
get_country (gpointer unused)
{
  return (gpointer) psl_codelist_get_default ("country");
}

static void
test_threads (void)
{
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("codelist", get_country, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (g_thread_join (threads[i]) == psl_codelist_get_default ("country"));
}

int
main (int    argc,
      char **argv)
{
  locale_set ("en_GB.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/codelist/threads", test_threads);
  g_test_add_func ("/codelist/match", test_match);
  g_test_add_func ("/codelist/no-match", test_no_match);
  g_test_add_func ("/codelist/unlisted", test_unlisted);
  g_test_add_func ("/codelist/close", test_close);
  g_test_add_func ("/codelist/complete", test_complete);
  g_test_add_func ("/codelist/code-form", test_code_form);
  g_test_add_func ("/codelist/search", test_search);
  g_test_add_func ("/codelist/order", test_order);
  g_test_add_func ("/codelist/accents", test_accents);
  g_test_add_func ("/codelist/currencies", test_currencies);

  return g_test_run ();
}
