/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-language.h"

#include <glib/gi18n.h>

#include "psl-language-name.h"

/**
 * psl_language_get_name:
 * @language: the tag of a language
 *
 * Returns: (transfer none): the name of the language in that language itself, which its
 *   readers know it by whatever the interface speaks; the tag where that has no name. It
 *   lives as long as the program
 */
const char *
psl_language_get_name (const char *language)
{
  g_autofree char *label = NULL;

  g_return_val_if_fail (language != NULL, NULL);

  label = psl_language_dup_label (language, language);
  return g_intern_string (label);
}

/**
 * psl_language_dup_text_label:
 * @label: the label of a field
 * @language: (nullable): the tag of the language of its text; %NULL or "" where it has none
 *
 * Returns: (transfer full): the name of the field's text in that language: “Title (English)”
 */
char *
psl_language_dup_text_label (const char *label,
                             const char *language)
{
  g_return_val_if_fail (label != NULL, NULL);

  if (language == NULL || *language == '\0')
    return g_strdup (label);
  /* Translators: the name of a field and the language of its text: “Title (English)” */
  return g_strdup_printf (_("%s (%s)"), label, psl_language_get_name (language));
}
