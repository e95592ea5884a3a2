/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Whatever an entry is known by leads back to it, in the program's own reading:
 * its code, its names in both languages and its aliases, also in capitals and
 * with the apostrophes of a typewriter. */

#include "config.h"

#include <locale.h>

#include "psl-codelist.h"

static void
check_leads_to (const PslCodelist *list,
                const char        *text,
                const PslCode     *expected)
{
  g_autoptr (GError) error = NULL;
  const PslCode *found = psl_codelist_match (list, text, &error);

  if (found != expected)
    {
      g_test_message ("%s: “%s” leads to %s rather than to %s: %s", psl_codelist_get_name (list), text,
                      found != NULL ? found->code : "nothing", expected->code,
                      error != NULL ? error->message : "no error");
      g_test_fail ();
    }
}

static void
check_text (const PslCodelist *list,
            const char        *text,
            const PslCode     *expected)
{
  g_autofree char *capitals = g_utf8_strup (text, -1);
  g_autoptr (GString) typed = g_string_new (text);

  g_string_replace (typed, "’", "'", 0);
  g_string_replace (typed, "œ", "oe", 0);

  check_leads_to (list, text, expected);
  check_leads_to (list, capitals, expected);
  check_leads_to (list, typed->str, expected);
}

static void
check_list (const void *data)
{
  const PslCodelist *list = psl_codelist_get_default (data);

  for (guint i = 0; i < psl_codelist_get_n (list); i++)
    {
      const PslCode *code = psl_codelist_get_nth (list, i);

      g_assert_true (psl_codelist_find (list, code->code) == code);
      check_text (list, code->code, code);
      for (guint j = 0; j < psl_names_get_n (code->names); j++)
        check_text (list, psl_names_get_nth (code->names, j, NULL), code);
      for (gsize j = 0; code->aliases != NULL && code->aliases[j] != NULL; j++)
        check_text (list, code->aliases[j], code);
    }
}

int
main (int    argc,
      char **argv)
{
  const char *const *names = psl_codelist_names ();

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat ("/data/codelists/", names[i], NULL);

      g_test_add_data_func (path, names[i], check_list);
    }

  return g_test_run ();
}
