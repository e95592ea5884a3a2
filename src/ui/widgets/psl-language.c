/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-language.h"

#include "psl-kind.h"

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
 * @language: one of #psl_languages
 *
 * A language's name in that language itself, which its readers know it by
 * whatever the interface speaks; so it is not translated.
 */
const char *
psl_language_get_name (const char *language)
{
  if (g_strcmp0 (language, "fr") == 0)
    return "Français";
  if (g_strcmp0 (language, "en") == 0)
    return "English";
  return language;
}
