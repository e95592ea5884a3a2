/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-field-type.h"

static char *
parts_normalise (const PslField        *field,
                 const PslCodelists    *codelists,
                 const char            *text,
                 const PslConventions  *conventions,
                 GError               **error)
{
  if (field->rows != NULL)
    return psl_field_rows_class.normalise (field, codelists, text, conventions, error);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               _("“%s” are records of their own. Change them one by one."), psl_field_get_label (field));
  return NULL;
}

static char *
parts_display (const PslField     *field,
               const PslCodelists *codelists,
               const char         *value,
               const char         *language)
{
  return field->rows != NULL ? psl_field_rows_class.display (field, codelists, value, language) : g_strdup (value);
}

/* Parts are written in one cell as rows are. */
const PslFieldClass psl_field_parts_class = {
  .multiline = TRUE,
  .prose = TRUE,
  .normalise = parts_normalise,
  .display = parts_display,
};
