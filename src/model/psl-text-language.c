/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-text-language.h"

#include "psl-codelist.h"
#include "psl-text.h"

static void
add_language (GPtrArray  *languages,
              const char *language)
{
  if (language != NULL && !g_ptr_array_find (languages, language, NULL))
    g_ptr_array_add (languages, (gpointer) language);
}

/* The languages of the register: those that its list offers, or, where it offers none,
 * those of the program. */
static void
add_languages (GPtrArray *languages)
{
  const PslCodelist *list = psl_codelist_get (PSL_TEXT_LANGUAGES);
  guint n = languages->len;

  for (guint i = 0; i < psl_codelist_get_n (list); i++)
    {
      const PslCode *code = psl_codelist_get_nth (list, i);

      if (!code->withdrawn)
        add_language (languages, psl_language_parse (code->code));
    }
  for (guint i = 0; languages->len == n && psl_languages[i] != NULL; i++)
    add_language (languages, g_intern_string (psl_languages[i]));
}

static const char **
end (GPtrArray *languages)
{
  g_ptr_array_add (languages, NULL);
  return (const char **) g_ptr_array_free (languages, FALSE);
}

/**
 * psl_text_languages_list:
 *
 * Returns: (transfer container): the tags of the languages whose texts stand side by side
 *   in the register that the calling thread uses, in its order, %NULL-terminated: at least
 *   one
 */
const char **
psl_text_languages_list (void)
{
  GPtrArray *languages = g_ptr_array_new ();

  add_languages (languages);
  return end (languages);
}

/**
 * psl_text_languages_list_for:
 * @first: one of the register's languages, see psl_text_languages_choose()
 * @record: (nullable): a record
 *
 * Returns: (transfer container): @first, the other languages of the register, and those
 *   that @record has texts in besides, %NULL-terminated
 */
const char **
psl_text_languages_list_for (const char *first,
                             PslRecord  *record)
{
  GPtrArray *languages = g_ptr_array_new ();

  g_return_val_if_fail (first != NULL, NULL);

  add_language (languages, g_intern_string (first));
  add_languages (languages);
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
 * @language: (nullable): the tag of a language
 *
 * Returns: (transfer none): that of the register's languages in which texts are shown to
 *   whoever wants to read them in @language: itself, else the interface's, else the first.
 *   It lives as long as the program
 */
const char *
psl_text_languages_choose (const char *language)
{
  g_autofree const char **languages = psl_text_languages_list ();
  const char *interface = psl_text_interface_language ();

  if (language != NULL && g_strv_contains (languages, language))
    return g_intern_string (language);
  return g_strv_contains (languages, interface) ? g_intern_string (interface) : languages[0];
}
