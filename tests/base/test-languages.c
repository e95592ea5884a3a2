/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-language-name.h"
#include "psl-languages.h"
#include "psl-number.h"

static void
test_parse (void)
{
  static const char *const cases[][2] = {
    { "fr", "fr" }, { "FR", "fr" }, { "fra", "fr" }, { "es", "es" }, { "pt-br", "pt-BR" }, { "PT-BR", "pt-BR" },
    { "zh-hant", "zh-Hant" }, { "ZH-HANT-tw", "zh-Hant-TW" }, { "sr-latn", "sr-Latn" }, { "es-419", "es-419" },
    { "swc", "swc" }, { "de-1996", "de-1996" }, { "qaa", "qaa" }, { "X-Office", "x-office" }, { "und", "und" },
  };
  static const char *const malformed[] = {
    "", "f", "français", "fr_FR", "fr-", "-fr", "fr--FR", "fr FR", "en-toolongsubtag", "1e", "languages", "pt-BR-",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (psl_language_parse (cases[i][0]), ==, cases[i][1]);
  for (gsize i = 0; i < G_N_ELEMENTS (malformed); i++)
    g_assert_null (psl_language_parse (malformed[i]));
}

/* Words that are no language are well-formed all the same. */
static void
test_known (void)
{
  static const char *const known[] = { "fr", "es", "pt-BR", "swc", "qaa", "x-office" };
  static const char *const unknown[] = { "notes", "zzz", "old", "amount" };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_cmpstr (psl_language_parse_known (known[i]), ==, known[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_assert_nonnull (psl_language_parse (unknown[i]));
      g_assert_null (psl_language_parse_known (unknown[i]));
    }
}

static void
test_names (void)
{
  static const char *const cases[][4] = {
    { "es", "fr", "espagnol", "Espagnol" },
    { "es", "en", "Spanish", "Spanish" },
    { "es", "es", "español", "Español" },
    { "pt-BR", "fr", "portugais (Brésil)", "Portugais (Brésil)" },
    { "qaa", "fr", "qaa", "qaa" },
    { "not a tag", "en", "not a tag", "not a tag" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = psl_language_dup_name (cases[i][0], cases[i][1]);
      g_autofree char *label = psl_language_dup_label (cases[i][0], cases[i][1]);

      g_assert_cmpstr (name, ==, cases[i][2]);
      g_assert_cmpstr (label, ==, cases[i][3]);
    }
}

static void
test_find (void)
{
  g_assert_cmpstr (psl_language_find ("espagnol"), ==, "es");
  g_assert_cmpstr (psl_language_find ("spanish"), ==, "es");
  g_assert_cmpstr (psl_language_find ("espanol"), ==, "es");
  g_assert_cmpstr (psl_language_find ("arabe"), ==, "ar");
  g_assert_cmpstr (psl_language_find ("francais"), ==, "fr");
  g_assert_null (psl_language_find ("notes"));
  g_assert_null (psl_language_find (""));
}

/* A person's text is read as a tag before a name: “Ga” is the tag of another language. */
static void
test_read (void)
{
  static const char *const cases[][2] = {
    { "Ga", "ga" }, { "gaa", "gaa" }, { "Spanish", "es" }, { "Español", "es" }, { "arabe", "ar" }, { "PT-br", "pt-BR" },
    { "Spannish", NULL }, { "", NULL },
  };
  const char *const *tags = psl_language_list ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (psl_language_read (cases[i][0]), ==, cases[i][1]);
  for (gsize i = 0; tags[i] != NULL; i++)
    g_assert_cmpstr (psl_language_read (tags[i]), ==, tags[i]);
}

/* The languages of the program first, then the alphabet. */
static void
test_order (void)
{
  static const char *const order[] = { "fr", "en", "ar", "es", "pt", "pt-BR" };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (order); j++)
      {
        int compared = psl_language_compare (order[i], order[j]);

        g_assert_cmpint ((compared > 0) - (compared < 0), ==, (i > j) - (i < j));
      }
}

/* Whatever a text is written in, the program speaks one of its own languages, of which
 * the list's own string is returned: other code counts by its place. */
static void
test_program (void)
{
  const char *const tags[] = { "fr", "fr-CA", "en", "en-GB", "es", "frp", "FR", "", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      const char *language = psl_language_get_program (tags[i]);
      gsize nth = 0;

      while (psl_languages[nth] != NULL && psl_languages[nth] != language)
        nth++;
      g_assert_nonnull (psl_languages[nth]);
    }
  g_assert_cmpstr (psl_language_get_program ("fr-CA"), ==, "fr");
  g_assert_cmpstr (psl_language_get_program ("FR"), ==, "fr");
  g_assert_cmpstr (psl_language_get_program ("en-GB"), ==, "en");
  g_assert_cmpstr (psl_language_get_program ("frp"), ==, psl_language_get_program (NULL));
}

/* Where the currency of an amount stands. */
static void
test_currency (void)
{
  static const char *const behind[] = { "fr", "es", "de", "pt-PT" };
  static const char *const before[] = { "en", "ja", "pt-BR", "x-office" };

  for (gsize i = 0; i < G_N_ELEMENTS (behind); i++)
    g_assert_true (psl_number_precedes_currency (behind[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (before); i++)
    g_assert_false (psl_number_precedes_currency (before[i]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/languages/parse", test_parse);
  g_test_add_func ("/languages/known", test_known);
  g_test_add_func ("/languages/names", test_names);
  g_test_add_func ("/languages/find", test_find);
  g_test_add_func ("/languages/read", test_read);
  g_test_add_func ("/languages/order", test_order);
  g_test_add_func ("/languages/program", test_program);

  g_test_add_func ("/languages/currency", test_currency);
  return g_test_run ();
}
