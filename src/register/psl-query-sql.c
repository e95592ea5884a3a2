/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-query-private.h"

#include <string.h>

#include "psl-codelist.h"
#include "psl-search.h"
#include "psl-text.h"

/*
 * The SQL of a query's FROM and WHERE. The table of the kind is `r`, that of the
 * search index `s`. Conditions on texts in several languages and on rows are
 * subqueries that SQLite can begin with, where that is the shorter way.
 */

static void
fold_cb (sqlite3_context  *context,
         int               n_arguments,
         sqlite3_value   **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);

  if (text != NULL && g_utf8_validate (text, -1, NULL))
    sqlite3_result_text (context, psl_text_fold (text), -1, g_free);
}

/* psl_fold (text): psl_text_fold() in SQL; NULL of NULL. Every connection that
 * runs queries needs it. */
void
psl_query_add_functions (PslDb *db)
{
  int result = sqlite3_create_function_v2 (psl_db_get_handle (db), "psl_fold", 1,
                                           SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                                           NULL, fold_cb, NULL, NULL, NULL);

  if (result != SQLITE_OK)
    g_critical ("Adding psl_fold() failed: %s", sqlite3_errstr (result));
}

/* The amount in minor units: canonical amounts have all their decimals. */
static gint64
get_minor_units (const char *money)
{
  gint64 units = 0;

  for (const char *p = money; *p != ' ' && *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        units = units * 10 + g_ascii_digit_value (*p);
    }
  return money[0] == '-' ? -units : units;
}

static const char *
get_currency (const char *money)
{
  const char *space = strchr (money, ' ');

  return space != NULL ? space + 1 : "";
}

static gboolean
is_whole_number (PslFieldType type)
{
  return type == PSL_FIELD_TYPE_YEAR || type == PSL_FIELD_TYPE_INTEGER;
}

static void
append_value (PslSql         *sql,
              const PslField *field,
              const char     *value)
{
  if (is_whole_number (field->type))
    psl_sql_append_int64 (sql, g_ascii_strtoll (value, NULL, 10));
  else
    psl_sql_append_text (sql, value);
}

static void
append_list (PslSql            *sql,
             const PslField    *field,
             const char *const *values)
{
  psl_sql_append (sql, "(");
  for (gsize i = 0; values[i] != NULL; i++)
    {
      if (i > 0)
        psl_sql_append (sql, ", ");
      append_value (sql, field, values[i]);
    }
  psl_sql_append (sql, ")");
}

/* One of the two columns of money: `r."budget_amount"` of `r."budget"`. */
static char *
get_money_column (const char *column,
                  const char *part)
{
  return g_strdup_printf ("%.*s_%s\"", (int) strlen (column) - 1, column, part);
}

static void
append_money_one_of (PslSql            *sql,
                     const char        *column,
                     const char *const *values)
{
  g_autofree char *amount = get_money_column (column, "amount");
  g_autofree char *currency = get_money_column (column, "currency");

  psl_sql_append (sql, "(");
  for (gsize i = 0; values[i] != NULL; i++)
    {
      psl_sql_append_printf (sql, "%s(%s = ", i > 0 ? " OR " : "", amount);
      psl_sql_append_int64 (sql, get_minor_units (values[i]));
      psl_sql_append_printf (sql, " AND %s = ", currency);
      psl_sql_append_text (sql, get_currency (values[i]));
      psl_sql_append (sql, ")");
    }
  psl_sql_append (sql, ")");
}

static void
append_one_of (PslSql            *sql,
               const PslField    *field,
               const char        *column,
               const char *const *values)
{
  if (field->type == PSL_FIELD_TYPE_MONEY)
    {
      append_money_one_of (sql, column, values);
    }
  else if (field->type == PSL_FIELD_TYPE_LINK)
    {
      psl_sql_append_printf (sql, "%s IN (SELECT rid FROM record WHERE id IN ", column);
      append_list (sql, field, values);
      psl_sql_append (sql, ")");
    }
  else
    {
      psl_sql_append_printf (sql, "%s IN ", column);
      append_list (sql, field, values);
    }
}

/* A date stands for a period, and so do the bounds. As text a date compares with
 * a full one, X, like the first day of its period, unless it is X without its day
 * or month: then X lies in the period. */
static void
append_date_range (PslSql     *sql,
                   const char *column,
                   const char *from,
                   const char *to)
{
  psl_sql_append_printf (sql, "(%s IS NOT NULL", column);
  if (from[0] != '\0')
    {
      g_autofree char *first_day = g_strdup_printf ("%s%s", from, &"-01-01"[strlen (from) - 4]);
      g_autofree char *year = g_strndup (from, 4);
      g_autofree char *month = g_strndup (first_day, 7);

      psl_sql_append_printf (sql, " AND %s >= ", column);
      psl_sql_append_text (sql, year);
      psl_sql_append_printf (sql, " AND (%s >= ", column);
      psl_sql_append_text (sql, first_day);
      psl_sql_append_printf (sql, " OR %s IN (", column);
      psl_sql_append_text (sql, year);
      psl_sql_append (sql, ", ");
      psl_sql_append_text (sql, month);
      psl_sql_append (sql, "))");
    }
  if (to[0] != '\0')
    {
      g_autofree char *last_day = g_strdup_printf ("%s%s", to, &"-12-31"[strlen (to) - 4]);

      psl_sql_append_printf (sql, " AND %s <= ", column);
      psl_sql_append_text (sql, last_day);
    }
  psl_sql_append (sql, ")");
}

static void
append_money_range (PslSql     *sql,
                    const char *column,
                    const char *from,
                    const char *to)
{
  g_autofree char *amount = get_money_column (column, "amount");
  g_autofree char *currency = get_money_column (column, "currency");

  psl_sql_append_printf (sql, "(%s = ", currency);
  psl_sql_append_text (sql, get_currency (from[0] != '\0' ? from : to));
  if (from[0] != '\0')
    {
      psl_sql_append_printf (sql, " AND %s >= ", amount);
      psl_sql_append_int64 (sql, get_minor_units (from));
    }
  if (to[0] != '\0')
    {
      psl_sql_append_printf (sql, " AND %s <= ", amount);
      psl_sql_append_int64 (sql, get_minor_units (to));
    }
  psl_sql_append (sql, ")");
}

static void
append_number_range (PslSql         *sql,
                     const PslField *field,
                     const char     *column,
                     const char     *from,
                     const char     *to)
{
  gboolean is_whole = is_whole_number (field->type);
  g_autofree char *number = is_whole ? g_strdup (column) : g_strdup_printf ("CAST(%s AS REAL)", column);
  const char *bounds[] = { from, to };
  const char *comparisons[] = { ">=", "<=" };

  psl_sql_append_printf (sql, "(%s IS NOT NULL", column);
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      if (bounds[i][0] == '\0')
        continue;
      psl_sql_append_printf (sql, " AND %s %s %s", number, comparisons[i], is_whole ? "" : "CAST(");
      append_value (sql, field, bounds[i]);
      if (!is_whole)
        psl_sql_append (sql, " AS REAL)");
    }
  psl_sql_append (sql, ")");
}

static void
append_range (PslSql            *sql,
              const PslField    *field,
              const char        *column,
              const char *const *values)
{
  if (values[0][0] == '\0' && values[1][0] == '\0')
    psl_sql_append (sql, "TRUE");
  else if (field->type == PSL_FIELD_TYPE_DATE)
    append_date_range (sql, column, values[0], values[1]);
  else if (field->type == PSL_FIELD_TYPE_MONEY)
    append_money_range (sql, column, values[0], values[1]);
  else
    append_number_range (sql, field, column, values[0], values[1]);
}

static void
append_words (PslSql     *sql,
              const char *column,
              const char *text)
{
  g_auto (GStrv) words = psl_search_split (text);

  psl_sql_append_printf (sql, "(%s IS NOT NULL", column);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      psl_sql_append_printf (sql, " AND instr(psl_fold(%s), ", column);
      psl_sql_append_text (sql, words[i]);
      psl_sql_append (sql, ") > 0");
    }
  psl_sql_append (sql, ")");
}

/* The codes whose names have the words. */
static void
append_named (PslSql         *sql,
              const PslField *field,
              const char     *column,
              const char     *words)
{
  g_autoptr (GPtrArray) codes = psl_codelist_search (psl_codelist_get (field->codelist), words, NULL);

  psl_sql_append_printf (sql, "%s IN (", column);
  for (guint i = 0; i < codes->len; i++)
    {
      const PslCode *code = g_ptr_array_index (codes, i);

      if (i > 0)
        psl_sql_append (sql, ", ");
      psl_sql_append_text (sql, code->code);
    }
  psl_sql_append (sql, ")");
}

static void
append_contains (PslSql         *sql,
                 const PslField *field,
                 const char     *column,
                 const char     *words)
{
  if (field->type == PSL_FIELD_TYPE_CODE)
    {
      append_named (sql, field, column, words);
    }
  else if (field->type == PSL_FIELD_TYPE_LINK)
    {
      psl_sql_append_printf (sql, "%s IN (SELECT rid FROM text WHERE field = ", column);
      psl_sql_append_text (sql, psl_kind_find (field->target)->title);
      psl_sql_append (sql, " AND ");
      append_words (sql, "text", words);
      psl_sql_append (sql, ")");
    }
  else
    {
      append_words (sql, column, words);
    }
}

/* Whether a country lies in an area, however far up. */
static gboolean
is_in_area (const PslCode *country,
            const char    *area)
{
  const PslCodelist *areas = psl_codelist_get ("area");
  const char *parent = country->parent;

  while (parent != NULL)
    {
      const PslCode *code;

      if (strcmp (parent, area) == 0)
        return TRUE;
      code = psl_codelist_find (areas, parent);
      parent = code != NULL ? code->parent : NULL;
    }
  return FALSE;
}

static void
append_areas (PslSql            *sql,
              const char        *column,
              const char *const *areas)
{
  const PslCodelist *countries = psl_codelist_get ("country");
  gboolean is_first = TRUE;

  psl_sql_append_printf (sql, "%s IN (", column);
  for (guint i = 0; i < psl_codelist_get_n (countries); i++)
    {
      const PslCode *country = psl_codelist_get_nth (countries, i);
      gboolean is_in = FALSE;

      for (gsize j = 0; areas[j] != NULL && !is_in; j++)
        is_in = is_in_area (country, areas[j]);
      if (!is_in)
        continue;
      if (!is_first)
        psl_sql_append (sql, ", ");
      psl_sql_append_text (sql, country->code);
      is_first = FALSE;
    }
  psl_sql_append (sql, ")");
}

static void
append_presence (PslSql         *sql,
                 const PslField *field,
                 const char     *column)
{
  g_autofree char *amount = NULL;

  if (field->type == PSL_FIELD_TYPE_MONEY)
    amount = get_money_column (column, "amount");
  psl_sql_append_printf (sql, "%s IS NOT NULL", amount != NULL ? amount : column);
}

/* The condition on one column that holds values of @field. */
static void
append_comparison (PslSql                *sql,
                   const PslFilterTarget *target,
                   const PslFilter       *filter,
                   const PslField        *field,
                   const char            *column)
{
  const char *const *values = (const char *const *) filter->values;

  if (target->is_area)
    {
      append_areas (sql, column, values);
      return;
    }

  switch (filter->op)
    {
    case PSL_FILTER_EQUALS:
    case PSL_FILTER_ONE_OF:
      append_one_of (sql, field, column, values);
      break;

    case PSL_FILTER_RANGE:
      append_range (sql, field, column, values);
      break;

    case PSL_FILTER_CONTAINS:
      append_contains (sql, field, column, values[0]);
      break;

    /* For both: whoever appends an EMPTY turns it round. */
    case PSL_FILTER_EMPTY:
    case PSL_FILTER_NOT_EMPTY:
    default:
      append_presence (sql, field, column);
      break;
    }
}

/* Begins the subquery of rids; empty ones are looked up record by record. */
static void
append_subquery (PslSql          *sql,
                 const PslFilter *filter,
                 const char      *table)
{
  if (filter->op == PSL_FILTER_EMPTY || filter->op == PSL_FILTER_NOT_EMPTY)
    psl_sql_append_printf (sql, "%sEXISTS (SELECT 1 FROM \"%s\" AS x WHERE x.rid = r.rid AND ",
                           filter->op == PSL_FILTER_EMPTY ? "NOT " : "", table);
  else
    psl_sql_append_printf (sql, "r.rid IN (SELECT x.rid FROM \"%s\" AS x WHERE ", table);
}

static void
append_text_condition (PslSql                *sql,
                       const PslFilterTarget *target,
                       const PslFilter       *filter)
{
  append_subquery (sql, filter, "text");
  psl_sql_append (sql, "x.field = ");
  psl_sql_append_text (sql, target->field->name);
  if (target->language != NULL)
    {
      psl_sql_append (sql, " AND x.language = ");
      psl_sql_append_text (sql, target->language);
    }
  psl_sql_append (sql, " AND ");
  append_comparison (sql, target, filter, target->field, "x.text");
  psl_sql_append (sql, ")");
}

/* The words may be in any column of text or codes. */
static void
append_any_column_contains (PslSql                *sql,
                            const PslFilterTarget *target,
                            const PslFilter       *filter)
{
  gboolean is_first = TRUE;

  psl_sql_append (sql, "(");
  for (const PslField *row = target->field->rows; row->name != NULL; row++)
    {
      g_autofree char *column = g_strdup_printf ("x.\"%s\"", row->name);

      if (row->type != PSL_FIELD_TYPE_TEXT && row->type != PSL_FIELD_TYPE_LONG_TEXT &&
          row->type != PSL_FIELD_TYPE_CODE && row->type != PSL_FIELD_TYPE_URL)
        continue;
      if (!is_first)
        psl_sql_append (sql, " OR ");
      append_contains (sql, row, column, filter->values[0]);
      is_first = FALSE;
    }
  psl_sql_append (sql, is_first ? "FALSE)" : ")");
}

static void
append_rows_condition (PslSql                *sql,
                       const PslKind         *kind,
                       const PslFilterTarget *target,
                       const PslFilter       *filter)
{
  const PslField *row = target->row != NULL ? target->row : &target->field->rows[0];
  gboolean is_presence = filter->op == PSL_FILTER_EMPTY || filter->op == PSL_FILTER_NOT_EMPTY;
  g_autofree char *table = g_strdup_printf ("%s_%s", kind->name, target->field->name);
  g_autofree char *column = g_strdup_printf ("x.\"%s\"", row->name);

  append_subquery (sql, filter, table);
  if (target->row == NULL && is_presence)
    psl_sql_append (sql, "TRUE");
  else if (target->row == NULL && filter->op == PSL_FILTER_CONTAINS)
    append_any_column_contains (sql, target, filter);
  else
    append_comparison (sql, target, filter, row, column);
  psl_sql_append (sql, ")");
}

/* A record's years: each side of the period as text, so that dates of every
 * precision and years compare. */
static void
append_years_condition (PslSql          *sql,
                        const PslKind   *kind,
                        const PslFilter *filter)
{
  const PslPeriod *period = &kind->period;
  const char *sides[][2] = { { period->to, period->from }, { period->from, period->to } };
  const char *ends[] = { "", "-12-31" };
  const char *comparisons[] = { ">=", "<=" };
  gboolean is_first = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      g_autofree char *bound = NULL;

      if (filter->values[i][0] == '\0')
        continue;
      bound = g_strconcat (filter->values[i], ends[i], NULL);
      psl_sql_append_printf (sql, "%scoalesce(r.\"%s\", r.\"%s\"", is_first ? "" : " AND ", sides[i][0], sides[i][1]);
      if (period->fallback != NULL)
        psl_sql_append_printf (sql, ", CAST(r.\"%s\" AS TEXT)", period->fallback);
      psl_sql_append_printf (sql, ") %s ", comparisons[i]);
      psl_sql_append_text (sql, bound);
      is_first = FALSE;
    }
  if (is_first)
    psl_sql_append (sql, "TRUE");
}

static gboolean
append_filter (PslSql           *sql,
               const PslKind    *kind,
               const PslFilter  *filter,
               GError          **error)
{
  g_autofree char *column = NULL;
  PslFilterTarget target;

  if (!psl_filter_resolve (filter, kind, &target, error))
    return FALSE;

  if (target.is_years)
    {
      append_years_condition (sql, kind, filter);
      return TRUE;
    }
  if (target.field->flags & PSL_FIELD_MULTILINGUAL)
    {
      append_text_condition (sql, &target, filter);
      return TRUE;
    }
  if (target.field->type == PSL_FIELD_TYPE_ROWS)
    {
      append_rows_condition (sql, kind, &target, filter);
      return TRUE;
    }

  column = g_strdup_printf ("r.\"%s\"", target.field->name);
  if (filter->op == PSL_FILTER_EMPTY)
    psl_sql_append (sql, "NOT ");
  append_comparison (sql, &target, filter, target.field, column);
  return TRUE;
}

/* Whether an index of the kind's table helps. Otherwise SQLite must not be lured
 * into reading along one that merely has the columns: records and what hangs on
 * them are read fastest in their own order, and nearly all are live. */
static gboolean
can_use_index (PslQuery *self)
{
  GPtrArray *filters = psl_query_get_filters (self);

  for (guint i = 0; i < filters->len; i++)
    {
      const PslFilter *filter = g_ptr_array_index (filters, i);
      PslFilterTarget target;

      if (filter->op != PSL_FILTER_CONTAINS && filter->op != PSL_FILTER_NOT_EMPTY &&
          psl_filter_resolve (filter, psl_query_get_kind (self), &target, NULL) &&
          !target.is_years &&
          ((target.field->flags & PSL_FIELD_LISTED) || target.field->type == PSL_FIELD_TYPE_LINK) &&
          !(target.field->flags & PSL_FIELD_MULTILINGUAL) && target.field->type != PSL_FIELD_TYPE_ROWS)
        return TRUE;
    }
  return filters->len == 0;
}

static void
append_match (PslSql     *sql,
              const char *words)
{
  psl_sql_append (sql, "MATCH psl_match (");
  psl_sql_append_text (sql, words);
  psl_sql_append (sql, ")");
}

static void
append_trash (PslSql     *sql,
              const char *words)
{
  psl_sql_append (sql, " FROM record AS r WHERE r.state = 1");
  if (words == NULL)
    return;

  psl_sql_append (sql, " AND r.rid IN (");
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      psl_sql_append_printf (sql, "%sSELECT rowid FROM \"%s_search\" WHERE \"%s_search\" ",
                             i > 0 ? " UNION ALL " : "", psl_kinds[i]->name, psl_kinds[i]->name);
      append_match (sql, words);
    }
  psl_sql_append (sql, ")");
}

/* Appends the query's FROM and WHERE; further conditions can follow with AND.
 * Where @index is not NULL, records are read in the order of that index and the
 * search is left out. The query must have been validated. */
gboolean
psl_query_append_from (PslQuery    *self,
                       const char  *index,
                       PslSql      *sql,
                       GError     **error)
{
  g_auto (GStrv) split = psl_search_split (psl_query_get_search (self));
  const char *words = split[0] != NULL ? psl_query_get_search (self) : NULL;
  const PslKind *kind = psl_query_get_kind (self);
  GPtrArray *filters = psl_query_get_filters (self);

  if (kind == NULL)
    {
      append_trash (sql, words);
      return TRUE;
    }

  if (words != NULL && index == NULL)
    {
      psl_sql_append_printf (sql, " FROM \"%s_search\" AS s CROSS JOIN \"%s\" AS r ON r.rid = s.rowid"
                             " WHERE s.\"%s_search\" ", kind->name, kind->name, kind->name);
      append_match (sql, words);
      psl_sql_append (sql, " AND r.state = 0");
    }
  else if (index != NULL)
    {
      psl_sql_append_printf (sql, " FROM \"%s\" AS r INDEXED BY \"%s\" WHERE r.state = 0", kind->name, index);
    }
  else
    {
      psl_sql_append_printf (sql, " FROM \"%s\" AS r%s WHERE r.state = 0", kind->name,
                             can_use_index (self) ? "" : " NOT INDEXED");
    }

  for (guint i = 0; i < filters->len; i++)
    {
      psl_sql_append (sql, " AND ");
      if (!append_filter (sql, kind, g_ptr_array_index (filters, i), error))
        return FALSE;
    }

  return TRUE;
}
