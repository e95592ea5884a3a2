/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-codelist.h"
#include "psl-error.h"
#include "psl-query-order.h"
#include "psl-query-sql.h"
#include "psl-search.h"
#include "psl-store-private.h"

/*
 * Running queries.
 *
 * A list needs its first page at once, whatever the number of records, so no
 * order may depend on having seen all of them:
 *
 * - Without filters and search, records are read along the index of the sort column, in
 *   several passes: records with a value, then records without one; for codes a pass a code,
 *   in the order of their list.
 * - With filters, up to MAX_SORTED matches are collected by whichever index
 *   SQLite finds best, and sorted here. Where there are more, matches are so
 *   frequent that the first page comes soon along the sort column's index.
 * - With a search, the records that have its words are found first. Up to MAX_SEARCH_SORTED
 *   are sorted here; where there are more, the sort column's index is read, and records among
 *   the found ones are taken as they come. Then the usual order is by title: the fields that
 *   a wide search matches are no help.
 */
#define MAX_SORTED 10000
#define MAX_SEARCH_SORTED 2000

/* Sums are added up in whole billions of minor units, and the rest. */
#define SUM_UNIT 1000000000

/* Appends the rids of a statement's rows, until there are @limit. */
static gboolean
collect_rids (PslStore    *self,
              PslSql      *sql,
              gint64       limit,
              GArray      *rids,
              GError     **error)
{
  g_autoptr (PslStatement) statement = psl_sql_prepare (sql, psl_store_get_db (self), error);

  if (statement == NULL)
    return FALSE;

  while ((limit <= 0 || rids->len < limit) && psl_statement_step (statement, error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);

      g_array_append_val (rids, rid);
    }
  return !psl_statement_has_failed (statement);
}

/* The records that one pass reads. */
typedef enum
{
  PASS_CODE,
  PASS_UNKNOWN_CODE,
  PASS_VALUE,
  PASS_EMPTY,
} Pass;

static void
append_pass_condition (PslSql         *sql,
                       const PslOrder *order,
                       Pass            pass,
                       const char     *code,
                       const char     *column)
{
  psl_sql_append_printf (sql, " AND %s", column);
  switch (pass)
    {
    case PASS_CODE:
      psl_sql_append (sql, " = ");
      psl_sql_append_text (sql, code);
      break;

    case PASS_UNKNOWN_CODE:
      psl_sql_append (sql, " NOT IN (");
      for (guint i = 0; i < order->codes->len; i++)
        {
          psl_sql_append (sql, i > 0 ? ", " : "");
          psl_sql_append_text (sql, g_ptr_array_index (order->codes, i));
        }
      psl_sql_append (sql, ")");
      break;

    case PASS_VALUE:
      psl_sql_append (sql, " IS NOT NULL");
      break;

    case PASS_EMPTY:
    default:
      psl_sql_append (sql, " IS NULL");
      break;
    }
}

/* The statement of one pass, along the order's index or, where @by_index is not set, by the
 * shortest way. @code is for %PASS_CODE only. */
static PslSql *
make_pass (PslQuery            *query,
           const PslCodelists  *codelists,
           const PslOrder      *order,
           const GArray        *found,
           gboolean             by_index,
           Pass                 pass,
           const char          *code,
           GError             **error)
{
  gboolean is_pair = order->type == PSL_ORDER_PAIR;
  g_autoptr (PslSql) sql = psl_sql_new ("SELECT r.rid");
  const char *direction = order->descending ? "DESC" : "ASC";
  g_autofree char *column = psl_order_dup_column (order, by_index, 0);
  g_autofree char *second = is_pair ? psl_order_dup_column (order, by_index, 1) : NULL;

  if (!psl_query_append_from (query, codelists, by_index ? order : NULL, found, sql, error))
    return NULL;

  append_pass_condition (sql, order, pass, code, column);
  /* Only then do the index's entries come in the order of the records. */
  if (pass == PASS_EMPTY && is_pair)
    append_pass_condition (sql, order, pass, NULL, second);
  psl_sql_append (sql, " ORDER BY ");
  if (pass == PASS_VALUE || pass == PASS_UNKNOWN_CODE)
    psl_sql_append_printf (sql, "%s %s, ", column, direction);
  if (pass == PASS_VALUE && is_pair)
    psl_sql_append_printf (sql, "%s %s, ", second, direction);
  if (order->source == PSL_ORDER_BY_POSITION)
    psl_sql_append_printf (sql, PSL_ORDER_SELECT_ID " %s, ", direction);
  psl_sql_append_printf (sql, "r.rid %s", direction);

  return g_steal_pointer (&sql);
}

/* The statements that, one after the other, read the records in order. */
static GPtrArray *
make_passes (PslQuery            *query,
             const PslCodelists  *codelists,
             const PslOrder      *order,
             const GArray        *found,
             gint64               limit,
             GError             **error)
{
  /* All matches of a filter are sooner found by its own index and sorted, but
   * not once a code. */
  gboolean by_index = limit > 0 || psl_query_get_filters (query)->len == 0 || order->type == PSL_ORDER_CODE;
  g_autoptr (GPtrArray) passes = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_sql_free);
  guint n_codes = order->type == PSL_ORDER_CODE ? order->codes->len : 0;
  PslSql *sql;

  for (guint i = 0; i < n_codes; i++)
    {
      guint nth = order->descending ? n_codes - 1 - i : i;

      sql = make_pass (query, codelists, order, found, by_index, PASS_CODE, g_ptr_array_index (order->codes, nth), error);
      if (sql == NULL)
        return NULL;
      g_ptr_array_add (passes, sql);
    }

  sql = make_pass (query, codelists, order, found, by_index, n_codes > 0 ? PASS_UNKNOWN_CODE : PASS_VALUE, NULL, error);
  if (sql == NULL)
    return NULL;
  g_ptr_array_add (passes, sql);

  /* Every record has a time of change, and every part a position. */
  if (order->source == PSL_ORDER_BY_CHANGE || order->source == PSL_ORDER_BY_POSITION)
    return g_steal_pointer (&passes);
  sql = make_pass (query, codelists, order, found, by_index, PASS_EMPTY, NULL, error);
  if (sql == NULL)
    return NULL;
  g_ptr_array_add (passes, sql);
  return g_steal_pointer (&passes);
}

static gboolean
query_passes (PslStore        *self,
              PslQuery        *query,
              const PslOrder  *order,
              gint64           limit,
              GArray          *rids,
              GError         **error)
{
  g_autoptr (GPtrArray) passes = make_passes (query, self->codelists, order, self->found, limit, error);

  if (passes == NULL)
    return FALSE;
  for (guint i = 0; i < passes->len && (limit <= 0 || rids->len < limit); i++)
    {
      if (!collect_rids (self, g_ptr_array_index (passes, i), limit, rids, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
query_trash (PslStore        *self,
             PslQuery        *query,
             const PslOrder  *order,
             gint64           limit,
             GArray          *rids,
             GError         **error)
{
  g_autoptr (PslSql) sql = psl_sql_new ("SELECT r.rid");
  const char *direction = order->descending ? "DESC" : "ASC";

  if (!psl_query_append_from (query, self->codelists, NULL, self->found, sql, error))
    return FALSE;
  psl_sql_append_printf (sql, " ORDER BY r.changed %s, r.rid %s", direction, direction);
  return collect_rids (self, sql, limit, rids, error);
}

/* Reads matches until there are more than @max, then stops with @overflow set. */
static GArray *
collect_matches (const PslOrder  *order,
                 PslStatement    *statement,
                 guint            max,
                 gboolean        *overflow,
                 GError         **error)
{
  g_autoptr (GArray) matches = g_array_new (FALSE, TRUE, sizeof (PslMatch));

  g_array_set_clear_func (matches, psl_match_clear);
  while (matches->len <= max && psl_statement_step (statement, error))
    {
      g_array_set_size (matches, matches->len + 1);
      psl_match_init (&g_array_index (matches, PslMatch, matches->len - 1), order, statement);
    }
  if (psl_statement_has_failed (statement))
    return NULL;

  *overflow = matches->len > max;
  return g_steal_pointer (&matches);
}

static void
take_rids (GArray *matches,
           gint64  limit,
           GArray *rids)
{
  for (guint i = 0; i < matches->len && (limit <= 0 || rids->len < limit); i++)
    g_array_append_val (rids, g_array_index (matches, PslMatch, i).rid);
}

/* Finds the records that have the words of the query's search, for as long as it runs. */
static gboolean
begin_search (PslStore  *self,
              PslQuery  *query,
              GError   **error)
{
  const PslKind *kind = psl_query_get_kind (query);
  const char *search = psl_query_get_search (query);
  g_auto (GStrv) words = psl_search_split (search);

  g_assert (self->found == NULL);
  if (words[0] == NULL)
    return TRUE;
  self->found = kind != NULL ? psl_store_find_words (self, kind, search, error)
                             : psl_store_find_words_of_any_kind (self, search, error);
  return self->found != NULL;
}

static void
end_search (PslStore *self)
{
  g_clear_pointer (&self->found, g_array_unref);
}

static gboolean
query_matches (PslStore        *self,
               PslQuery        *query,
               const PslOrder  *order,
               gint64           limit,
               GArray          *rids,
               GError         **error)
{
  guint max = self->found != NULL ? MAX_SEARCH_SORTED : MAX_SORTED;
  g_autofree char *columns = psl_order_dup_values (order);
  g_autoptr (PslSql) sql = psl_sql_new ("SELECT r.rid, ");
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GArray) matches = NULL;
  gboolean overflow;

  psl_sql_append (sql, columns);
  if (!psl_query_append_from (query, self->codelists, NULL, self->found, sql, error))
    return FALSE;
  statement = psl_sql_prepare (sql, psl_store_get_db (self), error);
  if (statement == NULL)
    return FALSE;

  matches = collect_matches (order, statement, max, &overflow, error);
  if (matches == NULL)
    return FALSE;
  if (overflow)
    return query_passes (self, query, order, limit, rids, error);
  g_array_sort_with_data (matches, psl_match_compare, (gpointer) order);
  take_rids (matches, limit, rids);
  return TRUE;
}

/* Finds the records of a query that begin_search() has begun. */
static gboolean
query_rids (PslStore  *self,
            PslQuery  *query,
            gint64     limit,
            GArray    *rids,
            GError   **error)
{
  g_auto (PslOrder) order = { 0 };

  if (!psl_order_init (&order, self, query, error))
    return FALSE;
  if (psl_query_is_trash (query))
    return query_trash (self, query, &order, limit, rids, error);
  if (order.is_filtered || (self->found != NULL && self->found->len <= MAX_SEARCH_SORTED))
    return query_matches (self, query, &order, limit, rids, error);
  return query_passes (self, query, &order, limit, rids, error);
}

/**
 * psl_store_query:
 * @query: the records to find
 * @limit: how many of the first records are wanted, 0 for all
 *
 * Finds the records of a query in its order, those without a value to sort by
 * last, ties by age, ties of parts with one position by UUID. Where more than 2,000 records have
 * the words of a search, the usual order is by title. The first page costs about the same however
 * many records there are.
 *
 * Returns: (transfer full) (element-type gint64): the rids, or %NULL with
 *   %PSL_REGISTER_ERROR_NOT_FOUND, %PSL_REGISTER_ERROR_INVALID where the query
 *   is not valid, and %G_IO_ERROR_CANCELLED where it was interrupted
 */
GArray *
psl_store_query (PslStore  *self,
                 PslQuery  *query,
                 gint64     limit,
                 GError   **error)
{
  g_autoptr (GArray) rids = NULL;
  gboolean success;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (PSL_IS_QUERY (query), NULL);

  if (!psl_query_validate (query, self->codelists, error))
    return NULL;
  rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  success = begin_search (self, query, error) && query_rids (self, query, limit, rids, error);
  end_search (self);
  return success ? g_steal_pointer (&rids) : NULL;
}

/* Counts the records of a query that begin_search() has begun. */
static gint64
count_rids (PslStore  *self,
            PslQuery  *query,
            GError   **error)
{
  g_autoptr (PslSql) sql = psl_sql_new ("SELECT count(*)");
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 count = 0;

  if (!psl_query_append_from (query, self->codelists, NULL, self->found, sql, error))
    return -1;
  statement = psl_sql_prepare (sql, psl_store_get_db (self), error);
  if (statement == NULL)
    return -1;

  if (psl_statement_step (statement, &local_error))
    count = psl_statement_get_int64 (statement, 0);
  if (local_error == NULL)
    return count;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/**
 * psl_store_count:
 * @query: the records to count; its sort doesn't matter
 *
 * Counts the records of a query.
 *
 * Returns: how many, or -1 with an error like those of psl_store_query()
 */
gint64
psl_store_count (PslStore  *self,
                 PslQuery  *query,
                 GError   **error)
{
  gint64 count;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (PSL_IS_QUERY (query), -1);

  if (!psl_query_validate (query, self->codelists, error))
    return -1;

  count = begin_search (self, query, error) ? count_rids (self, query, error) : -1;
  end_search (self);
  return count;
}

static gboolean
is_met (PslStore        *self,
        const PslKind   *kind,
        const PslField  *field,
        const char      *code,
        gboolean        *met,
        GError         **error)
{
  g_autoptr (PslQuery) query = psl_query_new (kind);
  gint64 count;

  psl_query_add_filter (query, psl_filter_new (field->name, PSL_FILTER_EQUALS, (const char *[]) { code, NULL }));
  count = psl_store_count (self, query, error);
  *met = count > 0;
  return count >= 0;
}

/**
 * psl_store_find_unoffered:
 * @kind: a kind
 * @field: one of its fields, of codes or of rows that begin with one
 *
 * Finds the codes that live records of @kind have in @field and the list doesn't offer: it
 * doesn't have them, or they are withdrawn.
 *
 * Returns: (transfer full) (nullable): the codes, in the order of their characters, or
 *   %NULL on error
 */
GStrv
psl_store_find_unoffered (PslStore        *self,
                         const PslKind   *kind,
                         const PslField  *field,
                         GError         **error)
{
  const PslField *coded = field->rows != NULL ? &field->rows[0] : field;
  g_autoptr (GStrvBuilder) codes = g_strv_builder_new ();
  g_autoptr (PslSql) sql = NULL;
  g_autoptr (PslStatement) statement = NULL;
  const PslCodelist *list;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (coded->type == PSL_FIELD_TYPE_CODE, NULL);

  list = psl_codelists_get_list (self->codelists, coded->codelist);
  sql = psl_sql_new ("SELECT DISTINCT ");
  if (coded == field || field->type == PSL_FIELD_TYPE_PARTS)
    psl_sql_append_printf (sql, "\"%s\" FROM \"%s\" WHERE", coded->name,
                           coded == field ? kind->name : field->target->name);
  else
    psl_sql_append_printf (sql, "\"%s\" FROM \"%s_%s\" WHERE", coded->name, kind->name, field->name);
  psl_sql_append_printf (sql, " \"%s\" IS NOT NULL ORDER BY 1", coded->name);
  statement = psl_sql_prepare (sql, psl_store_get_db (self), error);
  if (statement == NULL)
    return NULL;

  while (psl_statement_step (statement, error))
    {
      const char *code = psl_statement_get_text (statement, 0);
      const PslCode *entry = psl_codelist_find (list, code);
      gboolean met;

      if ((entry != NULL && !entry->withdrawn) || !psl_codelist_is_code (code))
        continue;
      if (!is_met (self, kind, field, code, &met, error))
        return NULL;
      if (met)
        g_strv_builder_add (codes, code);
    }
  if (psl_statement_has_failed (statement))
    return NULL;
  return g_strv_builder_end (codes);
}

/* The canonical form of an amount in minor units. */
static char *
format_money (gint64      units,
              const char *currency)
{
  guint digits = psl_currency_get_digits (currency);
  guint64 magnitude = units < 0 ? -(guint64) units : (guint64) units;
  guint64 scale = 1;

  for (guint i = 0; i < digits; i++)
    scale *= 10;
  if (digits == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " %s", units, currency);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT " %s", units < 0 ? "-" : "",
                          magnitude / scale, (int) digits, magnitude % scale, currency);
}

/* Adds up the amounts of a query that begin_search() has begun. */
static GPtrArray *
add_up (PslStore        *self,
        PslQuery        *query,
        const PslField  *field,
        GError         **error)
{
  g_autoptr (PslSql) sql = psl_sql_new (NULL);
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GPtrArray) totals = NULL;

  /* In two parts, for the sum of the whole amounts could overflow. */
  psl_sql_append_printf (sql, "SELECT r.\"%s_currency\", sum(r.\"%s_amount\" / %d), sum(r.\"%s_amount\" %% %d)",
                         field->name, field->name, SUM_UNIT, field->name, SUM_UNIT);
  if (!psl_query_append_from (query, self->codelists, NULL, self->found, sql, error))
    return NULL;
  psl_sql_append_printf (sql, " AND r.\"%s_amount\" IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1", field->name);
  statement = psl_sql_prepare (sql, psl_store_get_db (self), error);
  if (statement == NULL)
    return NULL;

  totals = g_ptr_array_new_with_free_func (g_free);
  while (psl_statement_step (statement, error))
    {
      const char *currency = psl_statement_get_text (statement, 0);

      gint64 sum;

      if (__builtin_mul_overflow (psl_statement_get_int64 (statement, 1), SUM_UNIT, &sum) ||
          __builtin_add_overflow (sum, psl_statement_get_int64 (statement, 2), &sum))
        {
          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("The amounts in %s add up to more than can be counted. Check the largest ones."),
                       currency);
          return NULL;
        }
      g_ptr_array_add (totals, format_money (sum, currency));
    }
  if (psl_statement_has_failed (statement))
    return NULL;

  return g_steal_pointer (&totals);
}

/**
 * psl_store_totals:
 * @query: the records to add up; not the trash
 * @money_field: name of a field of money
 *
 * Adds up the amounts of a query's records, each currency for itself.
 *
 * Returns: (transfer full) (element-type utf8): canonical amounts, the currency
 *   of most records first; none where no record has an amount. %NULL with an
 *   error like those of psl_store_query(), %PSL_REGISTER_ERROR_INVALID also where
 *   the sum is too large to be counted
 */
GPtrArray *
psl_store_totals (PslStore    *self,
                  PslQuery    *query,
                  const char  *money_field,
                  GError     **error)
{
  GPtrArray *totals;
  const PslField *field;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (PSL_IS_QUERY (query), NULL);
  g_return_val_if_fail (!psl_query_is_trash (query), NULL);

  field = psl_kind_find_field (psl_query_get_kind (query), money_field);
  g_return_val_if_fail (field != NULL && field->type == PSL_FIELD_TYPE_MONEY, NULL);

  if (!psl_query_validate (query, self->codelists, error))
    return NULL;

  totals = begin_search (self, query, error) ? add_up (self, query, field, error) : NULL;
  end_search (self);
  return totals;
}
