/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kinds.h"
#include "psl-query-sql.h"

#include "psl-agreed.h"
#include "psl-query-comparison.h"
#include "psl-query-private.h"
#include "psl-search.h"
#include "psl-store-private.h"
#include "psl-text.h"

/*
 * The SQL of a query's FROM and WHERE. The table of the kind is `r`. Conditions on texts in several languages and on rows are
 * subqueries that SQLite can begin with, where that is the shorter way.
 */

/* Of the records that have the words of a search, so many are a list that SQLite can begin
 * with. */
#define MAX_LISTED 2000

static void
fold_cb (sqlite3_context  *context,
         int               n_arguments,
         sqlite3_value   **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);

  /* As psl_statement_get_text() gives it, where the file is damaged. */
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    sqlite3_result_text (context, psl_text_fold (valid), -1, g_free);
}

static void
is_text_cb (sqlite3_context  *context,
            int               n_arguments,
            sqlite3_value   **arguments)
{
  gboolean is_text = TRUE;

  for (int i = 0; i < n_arguments && is_text; i++)
    {
      const char *text = (const char *) sqlite3_value_text (arguments[i]);

      is_text = text == NULL || g_utf8_validate (text, -1, NULL);
    }
  sqlite3_result_int (context, is_text);
}

static void
has_signs_cb (sqlite3_context  *context,
              int               n_arguments,
              sqlite3_value   **arguments)
{
  const char *text = (const char *) sqlite3_value_text (arguments[0]);
  const char *words = (const char *) sqlite3_value_text (arguments[1]);
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    sqlite3_result_int (context, psl_search_has_signs (valid, words));
}

static void
is_outdated_cb (sqlite3_context  *context,
                int               n_arguments,
                sqlite3_value   **arguments)
{
  sqlite3_result_int (context, psl_agreed_is_outdated ((const char *) sqlite3_value_text (arguments[0]),
                                                       (const char *) sqlite3_value_text (arguments[1]),
                                                       (const char *) sqlite3_value_text (arguments[2])));
}

static void
is_found_cb (sqlite3_context  *context,
             int               n_arguments,
             sqlite3_value   **arguments)
{
  const PslStore *store = sqlite3_user_data (context);
  gint64 rid = sqlite3_value_int64 (arguments[0]);

  sqlite3_result_int (context, store->found != NULL &&
                               g_array_binary_search (store->found, &rid, psl_store_compare_rids, NULL));
}

static void
add_function (PslStore    *store,
              const char  *name,
              int          n_arguments,
              int          flags,
              void       (*function) (sqlite3_context *, int, sqlite3_value **))
{
  int result = sqlite3_create_function_v2 (psl_db_get_handle (store->db), name, n_arguments,
                                           SQLITE_UTF8 | SQLITE_DIRECTONLY | flags,
                                           store, function, NULL, NULL, NULL);

  if (result != SQLITE_OK)
    g_critical ("Adding %s() failed: %s", name, sqlite3_errstr (result));
}

/* A store needs these to run queries:
 *
 * - psl_fold (text): psl_text_fold() in SQL; NULL of NULL
 * - psl_is_text (text, …): whether all are UTF-8, or NULL
 * - psl_has_signs (text, words): psl_search_has_signs() in SQL; NULL of NULL
 * - psl_is_outdated (mark, text, other): psl_agreed_is_outdated() in SQL
 * - psl_is_found (rid): whether the record is among the records that the store has found */
void
psl_query_add_functions (PslStore *store)
{
  add_function (store, "psl_fold", 1, SQLITE_DETERMINISTIC, fold_cb);
  add_function (store, "psl_is_text", -1, SQLITE_DETERMINISTIC, is_text_cb);
  add_function (store, "psl_has_signs", 2, SQLITE_DETERMINISTIC, has_signs_cb);
  add_function (store, "psl_is_outdated", 3, SQLITE_DETERMINISTIC, is_outdated_cb);
  add_function (store, "psl_is_found", 1, 0, is_found_cb);
}

/* That a text of `x` is outdated; its mark begins with the language of the other. */
#define OUTDATED \
  "x.agreed IS NOT NULL AND psl_is_outdated (x.agreed, x.text, (SELECT o.text FROM text AS o" \
  " WHERE o.rid = x.rid AND o.field = x.field AND o.language = substr (x.agreed, 1, instr (x.agreed, ' ') - 1)))"

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
    psl_sql_append_printf (sql, "r.rid %sIN (SELECT x.rid FROM \"%s\" AS x WHERE ",
                           filter->op == PSL_FILTER_NONE_OF ? "NOT " : "", table);
}

static void
append_text_condition (PslSql                *sql,
                       const PslCodelists    *codelists,
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
  if (filter->op == PSL_FILTER_OUTDATED)
    psl_sql_append (sql, OUTDATED);
  else
    psl_comparison_append (sql, codelists, target, filter, target->field, "x.text");
  psl_sql_append (sql, ")");
}

/* The words may be in any column of text or codes. */
static void
append_any_column_contains (PslSql                *sql,
                            const PslCodelists    *codelists,
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
      psl_comparison_append_words (sql, codelists, row, column, filter->values[0]);
      is_first = FALSE;
    }
  psl_sql_append (sql, is_first ? "FALSE)" : ")");
}

static void
append_rows_condition (PslSql                *sql,
                       const PslCodelists    *codelists,
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
    append_any_column_contains (sql, codelists, target, filter);
  else
    psl_comparison_append (sql, codelists, target, filter, row, column);
  psl_sql_append (sql, ")");
}

/* When a record's period begins or ends, as text, so that dates of every precision
 * and years compare. */
static void
append_period_side (PslSql          *sql,
                    const PslPeriod *period,
                    gboolean         is_end)
{
  const char *side = is_end ? period->to : period->from;
  const char *other = is_end ? period->from : period->to;

  if (is_end && period->is_open)
    psl_sql_append_printf (sql, "coalesce(r.\"%s\", iif(r.\"%s\" IS NULL, NULL, '9999')", side, other);
  else
    psl_sql_append_printf (sql, "coalesce(r.\"%s\", r.\"%s\"", side, other);
  if (period->fallback != NULL)
    psl_sql_append_printf (sql, ", CAST(r.\"%s\" AS TEXT)", period->fallback);
  psl_sql_append (sql, ")");
}

/* Between two years: under way in one of them. From a year on: ends in it or later.
 * Up to a year: ends in it or earlier. */
static void
append_years_condition (PslSql          *sql,
                        const PslKind   *kind,
                        const PslFilter *filter)
{
  const char *from = filter->values[0];
  const char *to = filter->values[1];

  if (from[0] != '\0')
    {
      append_period_side (sql, &kind->period, TRUE);
      psl_sql_append (sql, " >= ");
      psl_sql_append_text (sql, from);
    }
  if (to[0] != '\0')
    {
      g_autofree char *last_day = g_strconcat (to, "-12-31", NULL);

      if (from[0] != '\0')
        psl_sql_append (sql, " AND ");
      append_period_side (sql, &kind->period, from[0] == '\0');
      psl_sql_append (sql, " <= ");
      psl_sql_append_text (sql, last_day);
    }
}

static gboolean append_filter (PslSql              *sql,
                               const PslCodelists  *codelists,
                               const PslKind       *kind,
                               const PslFilter     *filter,
                               GError             **error);
static gboolean append_in_searched (PslSql              *sql,
                                    const PslCodelists  *codelists,
                                    const PslKind       *kind,
                                    const char          *typed,
                                    GError             **error);

/* Leaves out records that are not live, which are few, as a rule, and the parts of such
 * records. */
static void
append_is_live (PslSql        *sql,
                const PslKind *kind)
{
  if (!psl_kind_is_part (kind))
    psl_sql_append (sql, "r.rid NOT IN (SELECT rid FROM record WHERE state <> 0)");
  else
    psl_sql_append (sql, "r.rid NOT IN (WITH RECURSIVE gone (rid) AS (SELECT rid FROM record WHERE state <> 0"
                         " UNION SELECT p.rid FROM gone CROSS JOIN record AS p ON p.owner = gone.rid)"
                         " SELECT rid FROM gone)");
}

/* Whether a filter lets records pass that lack something. */
static gboolean
is_negative (PslFilterOp op)
{
  return op == PSL_FILTER_NONE_OF || op == PSL_FILTER_EMPTY;
}

/* Begins the condition that any of the records at the other end of a link, or any of the
 * parts, is live; further conditions can follow with AND. A record passes a negative filter
 * where none meets its opposite. */
static void
begin_other_end (PslSql         *sql,
                 const PslField *field)
{
  const PslKind *other = field->target;

  if (field->flags & PSL_FIELD_OWNER)
    psl_sql_append_printf (sql, "(r.rid IN (SELECT rid FROM record WHERE owner IN (SELECT r.rid FROM \"%s\" AS r WHERE ",
                           other->name);
  else if (field->type == PSL_FIELD_TYPE_LINK)
    psl_sql_append_printf (sql, "(r.\"%s\" IN (SELECT r.rid FROM \"%s\" AS r WHERE ", field->name, other->name);
  else
    psl_sql_append_printf (sql, "(r.rid IN (SELECT p.owner FROM \"%s\" AS r JOIN record AS p USING (rid)"
                           " WHERE p.owner IS NOT NULL AND ", other->name);
  append_is_live (sql, other);
}

static void
end_other_end (PslSql         *sql,
               const PslField *field,
               PslFilterOp     op)
{
  psl_sql_append (sql, field->flags & PSL_FIELD_OWNER ? ")))" : "))");
  if (is_negative (op))
    psl_sql_append (sql, " IS NOT TRUE");
}

static gboolean
append_through (PslSql                 *sql,
                const PslCodelists     *codelists,
                const PslFilterTarget  *target,
                const PslFilter        *filter,
                GError                **error)
{
  PslFilterOp positive = filter->op == PSL_FILTER_NONE_OF ? PSL_FILTER_ONE_OF
                       : filter->op == PSL_FILTER_EMPTY ? PSL_FILTER_NOT_EMPTY : filter->op;
  const PslFilter inner = { .field = (char *) target->rest, .op = positive, .values = filter->values };

  begin_other_end (sql, target->field);
  psl_sql_append (sql, " AND ");
  if (!append_filter (sql, codelists, target->field->target, &inner, error))
    return FALSE;
  end_other_end (sql, target->field, filter->op);
  return TRUE;
}

static gboolean
append_parts_condition (PslSql                 *sql,
                        const PslCodelists     *codelists,
                        const PslFilterTarget  *target,
                        const PslFilter        *filter,
                        GError                **error)
{
  begin_other_end (sql, target->field);
  if (filter->op == PSL_FILTER_CONTAINS)
    {
      psl_sql_append (sql, " AND ");
      if (!append_in_searched (sql, codelists, target->field->target, filter->values[0], error))
        return FALSE;
    }
  end_other_end (sql, target->field, filter->op);
  return TRUE;
}

static gboolean
append_filter (PslSql              *sql,
               const PslCodelists  *codelists,
               const PslKind       *kind,
               const PslFilter     *filter,
               GError             **error)
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
  if (target.is_action)
    {
      psl_sql_append (sql, "r.rid IN (SELECT rid FROM change WHERE action = CAST (");
      psl_sql_append_text (sql, filter->values[0]);
      psl_sql_append (sql, " AS INTEGER))");
      return TRUE;
    }
  if (target.rest != NULL)
    return append_through (sql, codelists, &target, filter, error);
  if (target.field->type == PSL_FIELD_TYPE_PARTS)
    return append_parts_condition (sql, codelists, &target, filter, error);
  if (target.field->flags & PSL_FIELD_MULTILINGUAL)
    {
      append_text_condition (sql, codelists, &target, filter);
      return TRUE;
    }
  if (target.field->type == PSL_FIELD_TYPE_ROWS)
    {
      append_rows_condition (sql, codelists, kind, &target, filter);
      return TRUE;
    }

  /* Parts of a record are found by the index of owners. */
  if (target.field->flags & PSL_FIELD_OWNER)
    psl_sql_append (sql, "r.rid IN (SELECT r.rid FROM record AS r WHERE ");
  column = g_strdup_printf ("r.\"%s\"", target.field->flags & PSL_FIELD_OWNER ? "owner" : target.field->name);
  if (filter->op == PSL_FILTER_EMPTY)
    psl_sql_append (sql, "NOT ");
  psl_comparison_append (sql, codelists, &target, filter, target.field, column);
  if (filter->op == PSL_FILTER_NONE_OF)
    psl_sql_append (sql, " IS NOT TRUE");
  if (target.field->flags & PSL_FIELD_OWNER)
    psl_sql_append (sql, ")");
  return TRUE;
}

/* Whether an index of the kind's table helps. Otherwise SQLite must not be lured into reading
 * along an index that merely has the columns: records, their texts and parts are read fastest
 * in their own order, and nearly all are live. */
static gboolean
can_use_index (PslQuery *self)
{
  GPtrArray *filters = psl_query_get_filters (self);

  for (guint i = 0; i < filters->len; i++)
    {
      const PslFilter *filter = g_ptr_array_index (filters, i);
      PslFilterTarget target;

      if (filter->op != PSL_FILTER_CONTAINS && filter->op != PSL_FILTER_NOT_EMPTY &&
          filter->op != PSL_FILTER_NONE_OF &&
          psl_filter_resolve (filter, psl_query_get_kind (self), &target, NULL) &&
          !target.is_years && !target.is_action &&
          (psl_stored_field_is_indexed (psl_query_get_kind (self), target.field) ||
           target.field->type == PSL_FIELD_TYPE_LINK) &&
          psl_stored_field_is_column (target.field))
        return TRUE;
    }
  return filters->len == 0;
}

/* The condition that one of the searched fields has the typed text, as it is. */
static gboolean
append_in_searched (PslSql              *sql,
                    const PslCodelists  *codelists,
                    const PslKind       *kind,
                    const char          *typed,
                    GError             **error)
{
  const char *const values[] = { typed, NULL };

  psl_sql_append (sql, "(FALSE");
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      g_autoptr (PslFilter) filter = NULL;

      if (!(field->flags & PSL_FIELD_SEARCHED))
        continue;
      filter = psl_filter_new (field->name, PSL_FILTER_CONTAINS, values);
      psl_sql_append (sql, " OR ");
      if (!append_filter (sql, codelists, kind, filter, error))
        return FALSE;
    }
  psl_sql_append (sql, ")");
  return TRUE;
}

/* The search index keeps no signs such as `%` or `😀`. Where there are only such, they
 * are one condition; beside words, whose records are found by the index, each piece
 * that has one may be in another field. */
static gboolean
append_signs (PslSql              *sql,
              const PslCodelists  *codelists,
              const PslKind       *kind,
              const char          *search,
              gboolean             has_words,
              GError             **error)
{
  g_auto (GStrv) pieces = has_words ? psl_search_split_signed (search) : NULL;

  if (!has_words)
    {
      psl_sql_append (sql, " AND ");
      return append_in_searched (sql, codelists, kind, search, error);
    }
  for (gsize i = 0; pieces[i] != NULL; i++)
    {
      psl_sql_append (sql, " AND ");
      if (!append_in_searched (sql, codelists, kind, pieces[i], error))
        return FALSE;
    }
  return TRUE;
}

/* The condition that a record has the words of the search. SQLite can begin with a few. */
static void
append_is_found (PslSql       *sql,
                 const GArray *found)
{
  g_autoptr (GString) list = NULL;

  if (found->len > MAX_LISTED)
    {
      psl_sql_append (sql, "psl_is_found (r.rid)");
      return;
    }
  list = g_string_new ("[");
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (found, gint64, i));
  g_string_append_c (list, ']');
  psl_sql_append (sql, "r.rid IN (SELECT value FROM json_each (");
  psl_sql_append_text (sql, list->str);
  psl_sql_append (sql, "))");
}

/* Each kind has fields of its own to look for signs in. */
static gboolean
append_signs_of_any_kind (PslSql              *sql,
                          const PslCodelists  *codelists,
                          const char          *search,
                          gboolean             has_words,
                          GError             **error)
{
  psl_sql_append (sql, " AND r.rid IN (");
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      psl_sql_append_printf (sql, "%sSELECT r.rid FROM \"%s\" AS r WHERE TRUE", i > 0 ? " UNION ALL " : "",
                             psl_kinds[i]->name);
      if (!append_signs (sql, codelists, psl_kinds[i], search, has_words, error))
        return FALSE;
    }
  psl_sql_append (sql, ")");
  return TRUE;
}

/* The condition that a record shows in the trash. A remark that went there by the decision
 * about a conflict does not: undoing the decision, not restoring the remark, leaves the
 * conflict open again. */
static void
append_is_in_trash (PslSql *sql)
{
  psl_sql_append (sql, "r.state = 1");
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    if (psl_kind_is_of_any (psl_kinds[i]))
      psl_sql_append_printf (sql, " AND NOT (EXISTS (SELECT 1 FROM \"%s\" AS k WHERE k.rid = r.rid)"
                             " AND " PSL_STORE_WENT_BY_DECISION " IS TRUE)", psl_kinds[i]->name);
}

/* Appends the query's FROM and WHERE; further conditions can follow with AND.
 * Where @order is not NULL, records are read along its index. @found are the records that
 * have the words of the search, NULL where there are none. The query must have been
 * validated. */
gboolean
psl_query_append_from (PslQuery            *self,
                       const PslCodelists  *codelists,
                       const PslOrder      *order,
                       const GArray        *found,
                       PslSql              *sql,
                       GError             **error)
{
  const char *search = psl_query_get_search (self);
  const PslKind *kind = psl_query_get_kind (self);
  GPtrArray *filters = psl_query_get_filters (self);

  if (order != NULL)
    psl_order_append_from (order, sql);
  else if (kind == NULL)
    {
      psl_sql_append (sql, " FROM record AS r WHERE ");
      append_is_in_trash (sql);
    }
  else
    psl_sql_append_printf (sql, " FROM \"%s\" AS r%s WHERE TRUE", kind->name,
                           found != NULL || can_use_index (self) ? "" : " NOT INDEXED");
  if (found != NULL && order != NULL)
    psl_sql_append_printf (sql, " AND psl_is_found (%s.rid)", psl_order_get_walked (order));
  else if (found != NULL)
    {
      psl_sql_append (sql, " AND ");
      append_is_found (sql, found);
    }
  if (kind == NULL)
    return search == NULL || append_signs_of_any_kind (sql, codelists, search, found != NULL, error);

  psl_sql_append (sql, " AND ");
  append_is_live (sql, kind);
  if (search != NULL && !append_signs (sql, codelists, kind, search, found != NULL, error))
    return FALSE;
  for (guint i = 0; i < filters->len; i++)
    {
      psl_sql_append (sql, " AND ");
      if (!append_filter (sql, codelists, kind, g_ptr_array_index (filters, i), error))
        return FALSE;
    }

  return TRUE;
}
