/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-language.h"

#include "psl-kind.h"
#include "psl-language-name.h"
#include "psl-text.h"

/**
 * psl_language_get_other:
 * @language: one of #psl_languages
 *
 * Returns: the first of the register's languages that is not @language
 */
const char *
psl_language_get_other (const char *language)
{
  for (guint i = 0; psl_languages[i] != NULL; i++)
    if (g_strcmp0 (language, psl_languages[i]) != 0)
      return psl_languages[i];

  return language;
}

/**
 * psl_language_get_name:
 * @language: the tag of a language
 *
 * Returns: (transfer none): the name of one of #psl_languages in that language itself,
 *   which its readers know it by whatever the interface speaks; of another, its name in
 *   the language of the interface. It lives as long as the program
 */
const char *
psl_language_get_name (const char *language)
{
  g_autofree char *label = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  label = psl_language_dup_label (language, g_strv_contains (psl_languages, language) ? language
                                                                                   : psl_text_interface_language ());
  return g_intern_string (label);
}
