/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-field-type.h"

static char *
text_normalise (const PslField        *field,
                const PslCodelists    *codelists,
                const char            *text,
                const PslConventions  *conventions,
                GError               **error)
{
  return g_strdup (text);
}

/* An identifier typed in small letters is brought into its field's shape. */
static char *
identifier_normalise (const PslField        *field,
                      const PslCodelists    *codelists,
                      const char            *text,
                      const PslConventions  *conventions,
                      GError               **error)
{
  g_autofree char *capitals = NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (!g_unichar_isspace (g_utf8_get_char (p)))
        continue;
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” has a blank in it, which an identifier can’t have. Write it without."), text);
      return NULL;
    }

  if (psl_field_is_usual (field, text))
    return g_strdup (text);

  capitals = g_ascii_strup (text, -1);

  return g_strdup (psl_field_is_usual (field, capitals) ? capitals : text);
}

const PslFieldClass psl_field_text_class = {
  .prose = TRUE,
  .normalise = text_normalise,
};

const PslFieldClass psl_field_long_text_class = {
  .multiline = TRUE,
  .prose = TRUE,
  .normalise = text_normalise,
};

const PslFieldClass psl_field_identifier_class = {
  .normalise = identifier_normalise,
};
