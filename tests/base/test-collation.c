/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-collation.h"

static void
assert_order (const char         *language,
              const char *const  *texts)
{
  for (gsize i = 1; texts[i] != NULL; i++)
    {
      g_autofree char *before = psl_collation_dup_key (language, texts[i - 1]);
      g_autofree char *after = psl_collation_dup_key (language, texts[i]);

      g_test_message ("%s: “%s”, “%s”", language, texts[i - 1], texts[i]);
      g_assert_cmpint (strcmp (before, after), <, 0);
    }
}

/* As readers of French and English sort: by letters first, then by accents, then by case;
 * ligatures as two letters, words before longer ones, numbers by their value. */
static void
test_order (void)
{
  static const char *const texts[] = {
    "", "…", "PO.2", "PO.10", "PO.0160", "Retour 9", "Retour 10", NULL
  };
  static const char *const words[] = {
    "1 office", "2 offices", "10 offices", "camp", "Camp", "camp A", "camp Z", "campagne", "cote", "coté", "côte", "côté",
    "eau", "Éclair", "école", "Ecuador", "oeuf", "œuvre", "Öffnung", "zone", "Żywiec", "Москва", NULL
  };

  assert_order ("fr", texts);
  assert_order ("en", texts);
  assert_order ("fr", words);
  assert_order ("en", words);
}

/* Each language has its own order. */
static void
test_languages (void)
{
  static const char *const spanish[] = { "nada", "nube", "ñandú", "oasis", NULL };
  static const char *const english[] = { "nada", "ñandú", "nube", "oasis", NULL };
  static const char *const swedish[] = { "zebra", "ånga", "ärende", "öde", NULL };

  assert_order ("es", spanish);
  assert_order ("en", english);
  assert_order ("sv", swedish);
  assert_order ("x-none", english);
}

/* Whatever its length, the whole of a text counts. */
static void
test_length (void)
{
  for (gsize length = 1; length < 3000; length += 97)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      for (gsize i = 0; i < length; i++)
        g_string_append (text, "é");
      g_string_append (text, "a");
      before = psl_collation_dup_key ("fr", text->str);
      text->str[text->len - 1] = 'b';
      after = psl_collation_dup_key ("fr", text->str);
      g_assert_cmpint (strcmp (before, after), <, 0);
    }
}

static gpointer
make_key (gpointer data)
{
  return psl_collation_dup_key ("de", data);
}

static void
test_threads (void)
{
  g_autofree char *version = psl_collation_dup_version ("fr");
  g_autofree char *again = psl_collation_dup_version ("fr");
  GThread *threads[4];

  g_assert_cmpstr (version, ==, again);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, make_key, (gpointer) "Straße");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *key = g_thread_join (threads[i]);
      g_autofree char *expected = psl_collation_dup_key ("de", "Straße");

      g_assert_cmpstr (key, ==, expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/collation/order", test_order);
  g_test_add_func ("/collation/languages", test_languages);
  g_test_add_func ("/collation/length", test_length);
  g_test_add_func ("/collation/threads", test_threads);

  return g_test_run ();
}
