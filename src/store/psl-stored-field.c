/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-stored-field.h"

#include "psl-money.h"

static int
bind_money (PslStatement *statement,
            int           parameter,
            const char   *value)
{
  char currency[4];
  gint64 minor;

  if (value != NULL && psl_money_parse_canonical (value, &minor, currency))
    {
      psl_statement_bind_int64 (statement, parameter, minor);
      psl_statement_bind_text (statement, parameter + 1, currency);
    }
  else
    {
      psl_statement_bind_null (statement, parameter);
      psl_statement_bind_null (statement, parameter + 1);
    }
  return parameter + 2;
}

static char *
dup_money (PslStatement *statement,
           int           column)
{
  const char *currency = psl_statement_get_text (statement, column + 1);

  if (currency == NULL)
    return NULL;
  return psl_money_format_canonical (psl_statement_get_int64 (statement, column), currency);
}

/**
 * psl_stored_field_find:
 * @name: the name of a field in the journal
 *
 * Returns: (nullable) (transfer none): the field of the kind, or for parts
 *   #psl_field_position; %NULL where it has none of that name
 */
const PslField *
psl_stored_field_find (const PslKind *kind,
                       const char    *name)
{
  if (psl_kind_is_part (kind) && g_str_equal (name, PSL_FIELD_POSITION))
    return &psl_field_position;
  return psl_kind_find_field (kind, name);
}

/**
 * psl_stored_field_is_column:
 *
 * Returns: whether a field stands in its kind's own table, not in one of texts or of
 *   rows, nor in `record`
 */
gboolean
psl_stored_field_is_column (const PslField *field)
{
  return field->type != PSL_FIELD_TYPE_ROWS && field->type != PSL_FIELD_TYPE_PARTS &&
         !(field->flags & (PSL_FIELD_MULTILINGUAL | PSL_FIELD_OWNER));
}

/**
 * psl_stored_field_is_indexed:
 *
 * Returns: whether records can be read along the values of a column. Lists are sorted by
 *   what they show; parts are listed by their owner, who has few, and found by what is
 *   filtered by
 */
gboolean
psl_stored_field_is_indexed (const PslKind  *kind,
                             const PslField *field)
{
  return (field->flags & (psl_kind_is_part (kind) ? PSL_FIELD_FILTERED : PSL_FIELD_LISTED)) != 0;
}

/**
 * psl_stored_field_bind:
 * @parameter: number of its first parameter
 * @value: (nullable): its canonical value
 * @link: for a link, the rid of the record it leads to
 *
 * Binds a value as its column's type.
 *
 * Returns: number of the parameter after it
 */
int
psl_stored_field_bind (const PslField *field,
                       PslStatement   *statement,
                       int             parameter,
                       const char     *value,
                       gint64          link)
{
  if (field->type == PSL_FIELD_TYPE_MONEY)
    return bind_money (statement, parameter, value);

  if (value == NULL)
    psl_statement_bind_null (statement, parameter);
  else if (field->type == PSL_FIELD_TYPE_LINK)
    psl_statement_bind_int64 (statement, parameter, link);
  else if (field->type == PSL_FIELD_TYPE_YEAR || field->type == PSL_FIELD_TYPE_INTEGER)
    psl_statement_bind_int64 (statement, parameter, g_ascii_strtoll (value, NULL, 10));
  else
    psl_statement_bind_text (statement, parameter, value);
  return parameter + 1;
}

/**
 * psl_stored_field_dup_value:
 * @column: number of its first column in a query of a #PslPlan
 *
 * Returns: (nullable) (transfer full): its canonical value
 */
char *
psl_stored_field_dup_value (const PslField *field,
                            PslStatement   *statement,
                            int             column)
{
  if (field->type == PSL_FIELD_TYPE_MONEY)
    return dup_money (statement, column);
  return g_strdup (psl_statement_get_text (statement, column));
}
