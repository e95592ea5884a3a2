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
                 const char            *text,
                 const PslConventions  *conventions,
                 GError               **error)
{
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               _("“%s” are records of their own. Change them one by one."), psl_field_get_label (field));
  return NULL;
}

const PslFieldClass psl_field_parts_class = {
  .normalise = parts_normalise,
};
