/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <unicode/ucol.h>

#include "psl-text.h"

/*
 * Folding is the register's own, for ICU knows no folded text, only keys. Letters that it
 * takes for one are compared with ICU's root collation at primary strength, in which letters
 * are one that differ by case, accents and shape only: the loosest that ICU compares by.
 */

/* Letters that are found by their plain neighbours though ICU tells them apart. */
static gboolean
is_looser (const char *text)
{
  static const char *const letters[] = { "ı", "ᴈ", "ɜ" };

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (strcmp (letters[i], text) == 0)
      return TRUE;
  return FALSE;
}

/* Whether marks or a compatible form are all that sets the letter and its folded text apart:
 * ICU takes й for a letter of its own, and search looks at no breve. */
static gboolean
is_decomposed (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  return strcmp (decomposed, composed) != 0;
}

/* The iota below is a mark, also where it stands alone. */
#define YPOGEGRAMMENI 0x37a

static gboolean
is_letter (gunichar c)
{
  GUnicodeScript script = g_unichar_get_script (c);

  return g_unichar_isalpha (c) && !g_unichar_ismark (c) && c != YPOGEGRAMMENI &&
         (script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_GREEK || script == G_UNICODE_SCRIPT_CYRILLIC);
}

static char *
dup_primary_key (UCollator  *collator,
                 const char *text)
{
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);
  uint8_t key[256];
  int32_t length = ucol_getSortKey (collator, (const UChar *) units, -1, key, sizeof key);

  g_assert_cmpint (length, <=, sizeof key);
  return g_strdup ((const char *) key);
}

/* All letters of Latin, Greek and Cyrillic that ICU takes for one fold to one text, and
 * letters that fold to one text are one to ICU, but for the looser ones. */
static void
test_all_letters (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UCollator *collator = ucol_open ("root", &status);
  g_autoptr (GHashTable) folded_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) key_of = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n_letters = 0;

  g_assert_true (U_SUCCESS (status));
  ucol_setStrength (collator, UCOL_PRIMARY);
  for (gunichar c = 0; c < 0x110000; c++)
    {
      char text[7] = "";
      g_autofree char *folded = NULL;
      g_autofree char *key = NULL;
      const char *other;

      if (!is_letter (c))
        continue;
      n_letters++;
      g_unichar_to_utf8 (c, text);
      folded = psl_text_fold (text);
      key = dup_primary_key (collator, text);
      g_test_message ("U+%04X %s: %s", c, text, folded);

      other = g_hash_table_lookup (folded_of, key);
      if (other != NULL)
        g_assert_cmpstr (folded, ==, other);
      else
        g_hash_table_insert (folded_of, g_strdup (key), g_strdup (folded));

      other = g_hash_table_lookup (key_of, folded);
      if (other == NULL)
        g_hash_table_insert (key_of, g_strdup (folded), g_strdup (key));
      else if (!is_looser (text) && !is_decomposed (text))
        g_assert_cmpstr (key, ==, other);
    }
  ucol_close (collator);
  g_assert_cmpuint (n_letters, >, 2000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fold/all-letters", test_all_letters);

  return g_test_run ();
}
