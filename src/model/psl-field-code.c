/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-field-type.h"

static const PslCodelist *
get_list (const PslField     *field,
          const PslCodelists *codelists)
{
  const PslCodelist *list = psl_codelists_get_list (codelists, field->codelist);

  if (list == NULL)
    g_error ("There is no code list “%s” for the field “%s”", field->codelist, field->name);

  return list;
}

static char *
code_normalise (const PslField        *field,
                const PslCodelists    *codelists,
                const char            *text,
                const PslConventions  *conventions,
                GError               **error)
{
  if (conventions->kept != NULL && g_strv_contains (conventions->kept, text))
    return g_strdup (text);
  return psl_codelist_read (get_list (field, codelists), text, conventions->is_stored, error);
}

static char *
code_display (const PslField     *field,
              const PslCodelists *codelists,
              const char         *value,
              const char         *language)
{
  const PslCode *code = psl_codelist_find (get_list (field, codelists), value);

  return g_strdup (code != NULL ? psl_code_get_name (code, language) : value);
}

/* The name in the interface's language. psl_field_edit_text() replaces a name that several
 * entries share. */
static char *
code_edit_text (const PslField     *field,
                const PslCodelists *codelists,
                const char         *value)
{
  return code_display (field, codelists, value, NULL);
}

static char *
link_normalise (const PslField        *field,
                const PslCodelists    *codelists,
                const char            *text,
                const PslConventions  *conventions,
                GError               **error)
{
  if (g_uuid_string_is_valid (text))
    return g_ascii_strdown (text, -1);

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               _("“%s” doesn’t lead to a record. Choose one, or write its UUID."), text);

  return NULL;
}

const PslFieldClass psl_field_code_class = {
  .normalise = code_normalise,
  .display = code_display,
  .edit_text = code_edit_text,
};

const PslFieldClass psl_field_link_class = {
  .normalise = link_normalise,
};
