/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The parts of a text that a search has found. */

#include "config.h"

#include <string.h>

#include "psl-search.h"

/* Marks as the text with the pieces in brackets. */
static char *
mark (const char *text,
      GArray     *marks)
{
  g_autoptr (GString) marked = g_string_new (text);

  for (guint i = marks->len; i > 0; i--)
    {
      const PslSearchMark *piece = &g_array_index (marks, PslSearchMark, i - 1);

      g_string_insert (marked, piece->end, "]");
      g_string_insert (marked, piece->start, "[");
    }
  g_assert_true (g_utf8_validate (marked->str, -1, NULL));
  return g_string_free_and_steal (g_steal_pointer (&marked));
}

static void
test_marks (void)
{
  static const struct
  {
    const char *text;
    const char *words;
    const char *marked;
  } cases[] = {
    { "mise en œuvre", "oeuv", "mise en [œuv]re" },
    { "mise en œuvre", "o", "mise en [œ]uvre" },
    { "Élan, ÉTATS", "e", "[É]lan, [É]TATS" },
    { "E\xcc\x81lan", "el", "[E\xcc\x81l]an" },
    { "PO.0160", "po.0160", "[PO].[0160]" },
    { "Straße", "stras", "[Straß]e" },
    { "main-d’œuvre", "d oeuvre", "main-[d]’[œuvre]" },
    { "reborder", "border", "reborder" },
    { "border", "b bor", "[bor]der" },
    { "ex\xc2\xad" "emple", "exem", "[ex\xc2\xad" "em]ple" },
    { "text", "", "text" },
    { "", "x", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) marks = psl_search_marks (cases[i].text, cases[i].words);
      g_autofree char *marked = mark (cases[i].text, marks);

      g_assert_cmpstr (marked, ==, cases[i].marked);
    }
}

/* A sign that tells titles apart is looked for; what only sets words apart is not. */
static void
test_signed (void)
{
  static const struct
  {
    const char *words;
    const char *pieces;
  } cases[] = {
    { "alpha %", "%" },
    { "50 % of C++", "%|C++" },
    { "alpha\u00a0%", "alpha\u00a0%" },
    { "(#2) © €", "(#2)|©|€" },
    { "R&D+", "D+" },
    { "alpha / beta", "/" },
    { "R&D & “mise”, l’œuvre: [a-b]; W34/805 - P.O. et/ou…", "" },
    { "alpha* who? now!", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) pieces = psl_search_split_signed (cases[i].words);
      g_autofree char *composed = g_utf8_normalize (cases[i].pieces, -1, G_NORMALIZE_NFKC);
      g_autofree char *joined = g_strjoinv ("|", pieces);

      g_assert_cmpstr (joined, ==, composed);
    }
}

static void
test_has_signs (void)
{
  static const struct
  {
    const char *text;
    const char *words;
    gboolean has;
  } cases[] = {
    { "Cours de C ++", "c++", TRUE },
    { "Cours de C#", "c++", FALSE },
    { "C, 2 + 2", "c+", FALSE },
    { "Élan %", "elan%", TRUE },
    { "Part: 50 %", "50%", TRUE },
    { "Budget > 5", "budget >5", TRUE },
    { "Budget < 5", "budget >5", FALSE },
    { "alpha", "alpha %", FALSE },
    { "alpha", "alpha -", TRUE },
    { "alpha % €", "% €", TRUE },
    { "alpha %", "% €", FALSE },
    { "", "%", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("“%s” in “%s”", cases[i].words, cases[i].text);
      g_assert_cmpint (psl_search_has_signs (cases[i].text, cases[i].words), ==, cases[i].has);
    }
}

static void
test_snippet (void)
{
  const char *text = "First words of a text that is long.\nThen, far from its beginning, the œuvre is named, "
                     "and after it there is still more to be read.";
  g_autoptr (GArray) marks = NULL;
  g_autofree char *snippet = psl_search_snippet (text, "oeuvre", 40, &marks);
  g_autofree char *marked = mark (snippet, marks);
  g_autofree char *whole = psl_search_snippet ("The œuvre", "oeuvre", 40, NULL);
  g_autofree char *beginning = psl_search_snippet (text, "first", 20, NULL);
  g_autofree char *end = psl_search_snippet (text, "read", 20, NULL);
  g_autofree char *none = psl_search_snippet (text, "absent", 20, NULL);

  g_assert_cmpstr (marked, ==, "…the [œuvre] is named, and after it there…");
  g_assert_cmpstr (whole, ==, "The œuvre");
  g_assert_cmpstr (beginning, ==, "First words of a…");
  g_assert_cmpstr (end, ==, "…more to be read.");
  g_assert_null (none);

  for (guint length = 1; length < 80; length++)
    {
      g_autofree char *cut = psl_search_snippet (text, "oeuvre", length, NULL);

      g_assert_cmpint (g_utf8_strlen (cut, -1), <=, MAX (length, 1) + 2);
      g_assert_nonnull (strstr (cut, "…"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/search/marks", test_marks);
  g_test_add_func ("/search/signed", test_signed);
  g_test_add_func ("/search/has-signs", test_has_signs);
  g_test_add_func ("/search/snippet", test_snippet);

  return g_test_run ();
}
