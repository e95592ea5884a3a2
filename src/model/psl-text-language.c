/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-text-language.h"

#include "psl-languages.h"

static void
add_language (GPtrArray  *languages,
              const char *language)
{
  if (!g_ptr_array_find (languages, language, NULL))
    g_ptr_array_add (languages, (gpointer) language);
}

/* The languages of the register: the ones that its list offers, or, where it offers none, the
 * program's. */
static void
add_languages (const PslCodelists *codelists,
               GPtrArray          *languages)
{
  const char *const *listed = psl_codelist_get_languages (psl_codelists_get_list (codelists, PSL_TEXT_LANGUAGES));
  const char *const *used = *listed != NULL ? listed : psl_languages;

  for (guint i = 0; used[i] != NULL; i++)
    add_language (languages, g_intern_string (used[i]));
}

static const char **
end (GPtrArray *languages)
{
  g_ptr_array_add (languages, NULL);
  return (const char **) g_ptr_array_free (languages, FALSE);
}

/**
 * psl_text_languages_list:
 * @codelists: the lists of a register
 *
 * Returns: (transfer container): the tags of the languages whose texts stand side by side
 *   in the register, in its order, %NULL-terminated: at least one
 */
const char **
psl_text_languages_list (const PslCodelists *codelists)
{
  GPtrArray *languages = g_ptr_array_new ();

  add_languages (codelists, languages);
  return end (languages);
}

/**
 * psl_text_languages_list_for:
 * @codelists: the lists of a register
 * @first: one of the register's languages, see psl_text_languages_choose()
 * @record: (nullable): a record
 *
 * Returns: (transfer container): @first, the other languages of the register, and any others
 *   that @record has texts in, %NULL-terminated
 */
const char **
psl_text_languages_list_for (const PslCodelists *codelists,
                             const char         *first,
                             PslRecord          *record)
{
  GPtrArray *languages = g_ptr_array_new ();

  g_return_val_if_fail (first != NULL, NULL);

  add_language (languages, g_intern_string (first));
  add_languages (codelists, languages);
  if (record != NULL)
    {
      const PslField *field;
      const char *language;
      const char *value;
      PslRecordIter iter;

      psl_record_iter_init (&iter, record);
      while (psl_record_iter_next (&iter, &field, &language, &value))
        if (field->type != PSL_FIELD_TYPE_PARTS && language != NULL)
          add_language (languages, g_intern_string (language));
    }
  return end (languages);
}

/**
 * psl_text_languages_choose:
 * @codelists: the lists of a register
 * @language: (nullable): the tag of a language
 *
 * Returns: (transfer none): the language of the register in which texts are shown to whoever
 *   wants to read them in @language: @language itself, else the interface's, else the first.
 *   It lives as long as the program
 */
const char *
psl_text_languages_choose (const PslCodelists *codelists, const char *language)
{
  g_autofree const char **languages = psl_text_languages_list (codelists);
  const char *interface = psl_language_get_interface ();

  if (language != NULL && g_strv_contains (languages, language))
    return g_intern_string (language);
  return g_strv_contains (languages, interface) ? g_intern_string (interface) : languages[0];
}
