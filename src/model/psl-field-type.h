/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-field.h"

G_BEGIN_DECLS

/**
 * PslFieldClass:
 * @multiline: whether line ends are part of typed text
 * @prose: whether invisible marks (joiners, soft hyphens) are part of typed text
 * @normalise: reads typed text, cleaned and not empty; returns the canonical value, or %NULL
 *   with @error set, or %NULL without where nothing is left. With the usual conventions it
 *   reads its own results back unchanged
 * @display: (nullable): writes a canonical value for people; where %NULL it is
 *   shown as it is
 * @edit_text: (nullable): writes a canonical value for an editor; where %NULL as
 *   it is. Need not be readable: psl_field_edit_text() falls back on the
 *   canonical value
 *
 * The functions of a type of field; codes are looked up in the lists of a register. Used by
 * psl-field.c only.
 */
typedef struct
{
  gboolean multiline;
  gboolean prose;
  char *(*normalise) (const PslField        *field,
                      const PslCodelists    *codelists,
                      const char            *text,
                      const PslConventions  *conventions,
                      GError               **error);
  char *(*display)   (const PslField     *field,
                      const PslCodelists *codelists,
                      const char         *value,
                      const char         *language);
  char *(*edit_text) (const PslField     *field,
                      const PslCodelists *codelists,
                      const char         *value);
} PslFieldClass;

/* psl-field-text.c */
extern const PslFieldClass psl_field_text_class;
extern const PslFieldClass psl_field_long_text_class;
extern const PslFieldClass psl_field_identifier_class;

/* psl-field-number.c */
extern const PslFieldClass psl_field_date_class;
extern const PslFieldClass psl_field_year_class;
extern const PslFieldClass psl_field_integer_class;
extern const PslFieldClass psl_field_decimal_class;
extern const PslFieldClass psl_field_money_class;

/* psl-field-place.c */
extern const PslFieldClass psl_field_latitude_class;
extern const PslFieldClass psl_field_longitude_class;

/* psl-field-contact.c */
extern const PslFieldClass psl_field_email_class;
extern const PslFieldClass psl_field_url_class;
extern const PslFieldClass psl_field_phone_class;

/* psl-field-code.c */
extern const PslFieldClass psl_field_code_class;
extern const PslFieldClass psl_field_link_class;

/* psl-field-rows.c */
extern const PslFieldClass psl_field_rows_class;

/* psl-field-parts.c */
extern const PslFieldClass psl_field_parts_class;

G_END_DECLS
