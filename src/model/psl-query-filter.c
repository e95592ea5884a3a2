/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-query-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-search.h"
#include "psl-text.h"

/* The field whose values the filter compares with. */
static const PslField *
get_value_field (const PslFilterTarget *target)
{
  if (target->row != NULL)
    return target->row;
  if (target->field->type == PSL_FIELD_TYPE_ROWS)
    return &target->field->rows[0];
  return target->field;
}

/* One step from a record to the records at the other end of a link, or to its parts. */
static gboolean
resolve_rest (const PslField  *field,
              const char      *rest)
{
  const PslFilter inner = { .field = (char *) rest };
  PslFilterTarget target;

  return psl_filter_resolve (&inner, field->target, &target, NULL);
}

static gboolean
resolve_part (const char      *part,
              PslFilterTarget *target)
{
  const PslField *wider = get_value_field (target)->wider;

  if (target->field->target != NULL)
    {
      target->rest = part;
      return resolve_rest (target->field, part);
    }
  if (wider != NULL && strcmp (part, wider->name) == 0)
    {
      target->wider = wider;
      return TRUE;
    }
  if (target->field->type != PSL_FIELD_TYPE_ROWS)
    return FALSE;

  target->row = psl_field_find_row (target->field, part);
  return target->row != NULL;
}

/* Whether the filter compares with a value, not with words, and not with whether there is
 * one. */
static gboolean
has_value (PslFilterOp op)
{
  return op != PSL_FILTER_CONTAINS && op != PSL_FILTER_EMPTY && op != PSL_FILTER_NOT_EMPTY &&
         op != PSL_FILTER_OUTDATED;
}

/**
 * psl_filter_new:
 * @field: see #PslFilter
 * @op: the comparison
 * @values: (nullable): canonical values; for a range two, either may be ""
 *
 * Makes a filter. Nothing is checked yet: see psl_query_validate().
 *
 * Returns: (transfer full): the filter
 */
PslFilter *
psl_filter_new (const char        *field,
                PslFilterOp        op,
                const char *const *values)
{
  PslFilter *filter;

  g_return_val_if_fail (field != NULL, NULL);

  filter = g_new0 (PslFilter, 1);
  filter->field = g_strdup (field);
  filter->op = op;
  filter->values = g_strdupv ((GStrv) values);
  return filter;
}

/**
 * psl_filter_copy:
 *
 * Returns: (transfer full): a filter that is equal
 */
PslFilter *
psl_filter_copy (const PslFilter *filter)
{
  return psl_filter_new (filter->field, filter->op, (const char *const *) filter->values);
}

/**
 * psl_filter_free:
 * @filter: (nullable) (transfer full): a filter
 */
void
psl_filter_free (PslFilter *filter)
{
  if (filter == NULL)
    return;
  g_free (filter->field);
  g_strfreev (filter->values);
  g_free (filter);
}

/* Finds the target that @filter names; %PSL_REGISTER_ERROR_NOT_FOUND where there is none. */
gboolean
psl_filter_resolve (const PslFilter  *filter,
                    const PslKind    *kind,
                    PslFilterTarget  *target,
                    GError          **error)
{
  const char *point = strchr (filter->field, '.');
  g_autofree char *stem = NULL;

  memset (target, 0, sizeof *target);

  if (strcmp (filter->field, PSL_FIELD_YEARS) == 0)
    {
      target->is_years = TRUE;
      return TRUE;
    }

  if (strcmp (filter->field, PSL_FIELD_ACTION) == 0)
    {
      target->is_action = TRUE;
      return TRUE;
    }

  target->field = psl_kind_parse_field (kind, filter->field, &target->language);
  if (target->field != NULL)
    {
      /* A value of parts is one of their first field. */
      if (target->field->rows != NULL && target->field->type == PSL_FIELD_TYPE_PARTS && has_value (filter->op))
        target->rest = target->field->rows[0].name;
      return TRUE;
    }

  if (point != NULL)
    {
      stem = g_strndup (filter->field, point - filter->field);
      target->field = psl_kind_find_field (kind, stem);
      if (target->field != NULL && resolve_part (point + 1, target))
        return TRUE;
    }

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
               /* Translators: the names are those of the command line: project, start. */
               _("“%s” has no field “%s” to filter by."), kind->name, filter->field);
  return FALSE;
}

static gboolean
can_be_range (PslFieldType type)
{
  return type == PSL_FIELD_TYPE_DATE || type == PSL_FIELD_TYPE_YEAR ||
         type == PSL_FIELD_TYPE_INTEGER || type == PSL_FIELD_TYPE_DECIMAL ||
         type == PSL_FIELD_TYPE_LATITUDE || type == PSL_FIELD_TYPE_LONGITUDE ||
         type == PSL_FIELD_TYPE_MONEY;
}

static gboolean
is_text (PslFieldType type)
{
  return type == PSL_FIELD_TYPE_TEXT || type == PSL_FIELD_TYPE_LONG_TEXT ||
         type == PSL_FIELD_TYPE_IDENTIFIER || type == PSL_FIELD_TYPE_EMAIL ||
         type == PSL_FIELD_TYPE_URL || type == PSL_FIELD_TYPE_PHONE;
}

static gboolean
can_contain (const PslFilterTarget *target)
{
  PslFieldType type = target->row != NULL ? target->row->type : target->field->type;

  return is_text (type) || type == PSL_FIELD_TYPE_CODE ||
         (type == PSL_FIELD_TYPE_LINK && target->field->target != NULL) ||
         type == PSL_FIELD_TYPE_ROWS || type == PSL_FIELD_TYPE_PARTS;
}

static gboolean
is_year (const char *value)
{
  return strlen (value) == 4 && strspn (value, "0123456789") == 4;
}

/* A register may have codes that no list has; they are to be found, too. */
static gboolean
is_valid_value (const PslFilterTarget *target,
                const PslCodelists    *codelists,
                const char            *value)
{
  if (target->is_years)
    return is_year (value);
  if (target->is_action)
    return g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, NULL, NULL);
  if (target->wider != NULL)
    return psl_codelist_find (psl_codelists_get_list (codelists, target->wider->codelist), value) != NULL;
  if (get_value_field (target)->type == PSL_FIELD_TYPE_CODE && psl_codelist_is_code (value))
    return TRUE;
  return psl_field_is_valid (get_value_field (target), codelists, value);
}

static const char *
get_label (const PslFilterTarget *target)
{
  if (target->is_action)
    return PSL_FIELD_ACTION;
  return target->is_years ? C_("field", "Years") : psl_field_get_label (target->field);
}

/* Whether records are compared with something that they hold, rather than with their
 * years, an action or entries of a wider list. */
static gboolean
has_values (const PslFilterTarget *target)
{
  return !target->is_years && !target->is_action && target->wider == NULL;
}

static gboolean
can_have_op (const PslFilterTarget *target,
             PslFilterOp            op)
{
  switch (op)
    {
    case PSL_FILTER_EQUALS:
      return !target->is_years && (target->field == NULL || target->field->type != PSL_FIELD_TYPE_PARTS);

    case PSL_FILTER_ONE_OF:
    case PSL_FILTER_NONE_OF:
      return target->field != NULL && target->field->type != PSL_FIELD_TYPE_PARTS;

    case PSL_FILTER_RANGE:
      return target->is_years || (has_values (target) && can_be_range (get_value_field (target)->type));

    case PSL_FILTER_CONTAINS:
      return has_values (target) && can_contain (target);

    case PSL_FILTER_EMPTY:
    case PSL_FILTER_NOT_EMPTY:
      return has_values (target);

    case PSL_FILTER_OUTDATED:
      return target->field != NULL && target->field->type != PSL_FIELD_TYPE_PARTS &&
             (target->field->flags & PSL_FIELD_MULTILINGUAL) != 0;

    default:
      return FALSE;
    }
}

static gboolean
validate_op (const PslFilter        *filter,
             const PslFilterTarget  *target,
             GError                **error)
{
  if (can_have_op (target, filter->op))
    return TRUE;
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               _("“%s” can’t be filtered in this way. Choose another filter."), get_label (target));
  return FALSE;
}

static gboolean
has_right_number (PslFilterOp op,
                  guint       n_values)
{
  switch (op)
    {
    case PSL_FILTER_EQUALS:
    case PSL_FILTER_CONTAINS:
      return n_values == 1;

    case PSL_FILTER_ONE_OF:
    case PSL_FILTER_NONE_OF:
      return n_values >= 1;

    case PSL_FILTER_RANGE:
      return n_values == 2;

    case PSL_FILTER_EMPTY:
    case PSL_FILTER_NOT_EMPTY:
    case PSL_FILTER_OUTDATED:
    default:
      return n_values == 0;
    }
}

static const char *
get_currency (const char *money)
{
  const char *space = strchr (money, ' ');

  return space != NULL ? space + 1 : "";
}

/* Whether words, or an end of a range, are given: a filter without would let every
 * record through. The number of values must be right. */
static gboolean
has_something_to_find (const PslFilter *filter)
{
  if (filter->op == PSL_FILTER_CONTAINS)
    {
      g_auto (GStrv) signs = psl_search_split_signs (filter->values[0]);

      return signs[0] != NULL;
    }
  return filter->op != PSL_FILTER_RANGE || filter->values[0][0] != '\0' || filter->values[1][0] != '\0';
}

static gboolean
validate_values (const PslFilter        *filter,
                 const PslFilterTarget  *target,
                 const PslCodelists     *codelists,
                 GError                **error)
{
  guint n_values = filter->values != NULL ? g_strv_length (filter->values) : 0;
  gboolean is_range = filter->op == PSL_FILTER_RANGE;

  if (!has_right_number (filter->op, n_values))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("The filter by “%s” has too few or too many values."), get_label (target));
      return FALSE;
    }
  if (!has_something_to_find (filter))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("There is no value to filter “%s” by. Give one."), get_label (target));
      return FALSE;
    }
  if (filter->op == PSL_FILTER_CONTAINS)
    return TRUE;

  for (guint i = 0; i < n_values; i++)
    {
      if (is_range && filter->values[i][0] == '\0')
        continue;
      if (!is_valid_value (target, codelists, filter->values[i]))
        {
          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("“%s” is not a value that “%s” can have."), filter->values[i], get_label (target));
          return FALSE;
        }
    }

  if (is_range && !target->is_years && get_value_field (target)->type == PSL_FIELD_TYPE_MONEY &&
      filter->values[0][0] != '\0' && filter->values[1][0] != '\0' &&
      strcmp (get_currency (filter->values[0]), get_currency (filter->values[1])) != 0)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("The smallest and the largest amount of “%s” must be in the same currency."),
                   get_label (target));
      return FALSE;
    }

  return TRUE;
}

/* Checks one filter; see psl_query_validate(). */
gboolean
psl_filter_validate (const PslFilter     *filter,
                     const PslKind       *kind,
                     const PslCodelists  *codelists,
                     GError             **error)
{
  PslFilterTarget target;

  if (!psl_filter_resolve (filter, kind, &target, error))
    return FALSE;
  if (target.rest != NULL)
    {
      const PslFilter inner = { .field = (char *) target.rest, .op = filter->op, .values = filter->values };

      return psl_filter_validate (&inner, target.field->target, codelists, error);
    }
  return validate_op (filter, &target, error) && validate_values (filter, &target, codelists, error);
}
