/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libintl.h>

#include "psl-languages.h"
#include "psl-text-difference.h"
#include "psl-text.h"

#include "tests/locale.h"

static const struct
{
  const char *text;
  const char *folded;
} folds[] = {
  { "", "" },
  { "  ", "" },
  { "PO.0160", "po 0160" },
  { "Lutte contre la traite", "lutte contre la traite" },
  { "Main-d’œuvre", "main d oeuvre" },
  { "MAIN-D'ŒUVRE", "main d oeuvre" },
  { "Öffnung", "offnung" },
  { "Straße", "strasse" },
  { "Łódź", "lodz" },
  { "Đorđe", "dorde" },
  { "Søren", "soren" },
  { "Þórður", "thordur" },
  { "İstanbul", "istanbul" },
  { "Iran (République islamique d')", "iran republique islamique d" },
  { "  a \t--  b\xc2\xa0" "c  ", "a b c" },
  { "ﬁn", "fin" },
  { "soft\xc2\xadhyphen", "softhyphen" },
  { "e\xcc\x81", "e" },
  { "Москва", "москва" },
  { "२०२०", "२०२०" },
  { "日本語", "日本語" },
  /* Letters for private use: see psl_store_dup_kind_mark(). */
  { "\xee\x80\x80project", "project" },
};

static void
test_fold (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      g_autofree char *folded = psl_text_fold (folds[i].text);
      g_autofree char *upper = g_utf8_strup (folds[i].text, -1);
      g_autofree char *folded_upper = psl_text_fold (upper);

      g_assert_cmpstr (folded, ==, folds[i].folded);
      g_assert_cmpstr (folded_upper, ==, folds[i].folded);
    }
}

/* A text of what breaks text handling: marks, ligatures, spaces, controls. */
static char *
random_text (void)
{
  static const gunichar letters[] = {
    'a', 'b', 'Z', '0', '9', ' ', ' ', '\t', '\n', '\r', '-', '\'', '"', '\\', '[', '.', ',', ';', '|', 0x01, 0x7f,
    0x85, 0xa0, 0xad, 0xb0, 0xdf, 0xe9, 0x130, 0x131, 0x142, 0x152, 0x153, 0x300, 0x301, 0x327, 0x345, 0x2019, 0x200b,
    0x2028, 0x202f, 0x2212, 0x3000, 0x3099, 0xac00, 0x1100, 0x1161, 0xfb01, 0xfeff, 0xff11, 0x1d15e, 0x1f600,
  };
  g_autoptr (GString) text = g_string_new (NULL);
  int length = g_test_rand_int_range (0, 12);

  for (int i = 0; i < length; i++)
    g_string_append_unichar (text, letters[g_test_rand_int_range (0, G_N_ELEMENTS (letters))]);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
check_folded (const char *text)
{
  g_autofree char *folded = psl_text_fold (text);
  g_autofree char *again = psl_text_fold (folded);

  g_assert_cmpstr (folded, ==, again);
  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_false (g_str_has_prefix (folded, " "));
  g_assert_false (g_str_has_suffix (folded, " "));
  g_assert_null (strstr (folded, "  "));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (*p == ' ' || g_unichar_isalnum (g_utf8_get_char (p)));
}

static void
check_cleaned (const char *text,
               gboolean    multiline)
{
  g_autofree char *clean = psl_text_clean (text, multiline);
  g_autofree char *composed = NULL;
  g_autofree char *again = NULL;

  if (clean == NULL)
    return;

  again = psl_text_clean (clean, multiline);
  composed = g_utf8_normalize (clean, -1, G_NORMALIZE_NFC);
  g_assert_cmpstr (clean, ==, again);
  g_assert_cmpstr (clean, ==, composed);
  g_assert_cmpstr (clean, !=, "");
  for (const char *p = clean; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true ((multiline && *p == '\n') || !g_unichar_iscntrl (g_utf8_get_char (p)));
}

/* Folding or cleaning twice changes nothing, whatever the text. */
static void
test_random (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = random_text ();

      check_folded (text);
      check_cleaned (text, FALSE);
      check_cleaned (text, TRUE);
    }
}

static void
test_invalid (void)
{
  g_autofree char *folded = psl_text_fold ("caf\xe9");

  g_assert_null (psl_text_clean ("caf\xe9", TRUE));
  g_assert_cmpstr (folded, ==, "");
}

static void
test_language (void)
{
  locale_set ("fr_FR.UTF-8");
  g_assert_cmpstr (psl_language_get_interface (), ==, "fr");
  locale_set ("en_GB.UTF-8");
  g_assert_cmpstr (psl_language_get_interface (), ==, "en");
  locale_set ("C.UTF-8");
  g_assert_cmpstr (psl_language_get_interface (), ==, "en");
}

/* Comparing with a key is comparing keys. */
static void
test_has_name_key (void)
{
  static const char *const texts[] = {
    "Lima", "lima", "LIMA ", " Lima", "Lima.", "Lima 2", "Lima-2", "Li ma", "Lim", "Limas", "Genève", "Geneve", "GENÈVE",
    "Gene\314\200ve", "Saint-Denis", "Saint Denis", "Saint  Denis", "San José", "São Tomé", "Œuvre", "oeuvre", "…", "?!", "-",
    "a", "A", "1", "Łódź", "Ｌima", "",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *key = psl_text_name_key (texts[i]);

      for (gsize j = 0; key != NULL && j < G_N_ELEMENTS (texts); j++)
        {
          g_autofree char *other = psl_text_name_key (texts[j]);

          g_test_message ("“%s”, “%s”", texts[i], texts[j]);
          g_assert_cmpint (psl_text_has_name_key (texts[j], key), ==, g_strcmp0 (key, other) == 0);
        }
    }
}

/* Names that are one, and names that are two although they are sorted alike. */
static void
test_identity_key (void)
{
  static const char *const one[][2] = {
    { "Côte d’Ivoire", "cote d'ivoire" }, { "Saint-Denis", "SAINT DENIS" }, { "Projet : A", "Projet: A" },
    { "« Retour »", "\"retour\"" }, { "Lima.", "Lima" }, { "A – B", "A - B" }, { "A+B", "a + b" }, { "C＋＋", "c++" },
    { "\360\237\230\200", "\360\237\230\200" }, { "…", "…" }, { "☕", "☕\357\270\217" }, { "A −5", "a -5" },
  };
  static const char *const two[][2] = {
    { "C++", "C#" }, { "C++", "C" }, { "Budget > 5", "Budget < 5" }, { "100 %", "100" }, { "A ≠ B", "A = B" },
    { "C++ and C", "C and C++" }, { "A & B", "A / B" }, { "Ready?", "Ready!" }, { "T 5", "T -5" }, { "T 1.5", "T 1 5" },
    { "T 1.5", "T 1,5" }, { "5 €", "5 $" }, { "A → B", "A ← B" }, { "\360\237\230\200", "\360\237\230\201" }, { "?!", "!?" },
    { "T*", "T" }, { "T @ A", "T A" }, { "Genève", "Genf" },
  };
  g_autofree char *blank = psl_text_identity_key (" \302\240");

  g_assert_null (blank);
  for (gsize i = 0; i < G_N_ELEMENTS (one); i++)
    {
      g_autofree char *key = psl_text_identity_key (one[i][0]);
      g_autofree char *other = psl_text_identity_key (one[i][1]);

      g_assert_cmpstr (key, ==, other);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (two); i++)
    {
      g_autofree char *key = psl_text_identity_key (two[i][0]);
      g_autofree char *other = psl_text_identity_key (two[i][1]);

      g_assert_cmpstr (key, !=, other);
    }
}

/* Marks within others are inner ones; apostrophes and the words stay as they are. */
static void
test_quotable (void)
{
  static const char *const texts[][2] = {
    { "", "" },
    { "Counter trafficking", "Counter trafficking" },
    { "Edit of “Title”", "Edit of ‘Title’" },
    { "“a” in f.csv differs from “b”", "‘a’ in f.csv differs from ‘b’" },
    { "« Titre » de l’Office", "« Titre » de l’Office" },
  };
  const char *folder = g_getenv ("PASSERELLE_LOCALES");
  g_autofree char *french = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *quotable = psl_text_dup_quotable (texts[i][0]);

      g_assert_cmpstr (quotable, ==, texts[i][1]);
    }

  if (folder == NULL)
    {
      g_test_skip ("PASSERELLE_LOCALES is not set");
      return;
    }
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  locale_set ("fr_FR.UTF-8");
  french = psl_text_dup_quotable ("Édition de «\u00a0Titre\u00a0» et de « Titre »");
  g_assert_cmpstr (french, ==, "Édition de “Titre” et de “Titre”");
  locale_set ("C.UTF-8");
}

/* Only the words that differ are left, and those around them. */
static void
test_difference (void)
{
  static const char *const texts[][4] = {
    { "one two three four five", "one two 3 four five", "…two three four…", "…two 3 four…" },
    { "one two", "zero one two", "one…", "zero one…" },
    { "a b c d e f g", "a b c d e f g h", "…f g", "…f g h" },
    { "cent à deux", "cent é deux", "cent à deux", "cent é deux" },
    { "aa aa aa aa", "aa aa aa", "…aa aa", "…aa" },
    { "same words here", "same words here", "…here", "…here" },
    { "", "word", "", "word" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *one = g_strdup (texts[i][0]);
      g_autofree char *other = g_strdup (texts[i][1]);

      psl_text_cut_to_difference (&one, &other, 2);
      g_test_message ("%s | %s", one, other);
      g_assert_cmpstr (one, ==, texts[i][2]);
      g_assert_cmpstr (other, ==, texts[i][3]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/difference", test_difference);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/random", test_random);
  g_test_add_func ("/text/invalid", test_invalid);
  g_test_add_func ("/text/language", test_language);
  g_test_add_func ("/text/has-name-key", test_has_name_key);
  g_test_add_func ("/text/identity-key", test_identity_key);
  g_test_add_func ("/text/quotable", test_quotable);

  return g_test_run ();
}
