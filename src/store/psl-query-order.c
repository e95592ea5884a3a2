/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-query-order.h"

#include <string.h>

#include "psl-codelist.h"
#include "psl-collation.h"
#include "psl-search.h"
#include "psl-store-private.h"
#include "psl-text.h"

void
psl_order_clear (PslOrder *order)
{
  g_clear_pointer (&order->codes, g_ptr_array_unref);
  g_clear_pointer (&order->ranks, g_hash_table_unref);
  g_strfreev (order->words);
}

void
psl_match_clear (gpointer data)
{
  PslMatch *match = data;

  g_free (match->text);
  g_free (match->id);
}

typedef struct
{
  const char *code;
  char *name;
  guint position;
} CodeEntry;

static void
code_entry_clear (gpointer data)
{
  CodeEntry *entry = data;

  g_free (entry->name);
}

static int
compare_codes (gconstpointer a,
               gconstpointer b)
{
  const CodeEntry *one = a;
  const CodeEntry *other = b;

  if (one->position != other->position)
    return one->position < other->position ? -1 : 1;
  return strcmp (one->name, other->name);
}

/* The codes of a list in the order in which lists are sorted by them: short
 * lists have an order of their own, long ones go by name. */
static void
sort_codes (const PslCodelist *list,
            const char        *language,
            PslOrder          *order)
{
  gboolean by_name = psl_codelist_is_long (list);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (CodeEntry));

  g_array_set_clear_func (entries, code_entry_clear);
  for (guint i = 0; i < psl_codelist_get_n (list); i++)
    {
      const PslCode *code = psl_codelist_get_nth (list, i);
      CodeEntry entry = {
        .code = code->code,
        .name = psl_collation_dup_key (language, psl_code_get_name (code, language)),
        .position = by_name ? 0 : psl_codelist_get_position (list, i),
      };

      g_array_append_val (entries, entry);
    }

  g_array_sort (entries, compare_codes);
  order->codes = g_ptr_array_new_with_free_func (g_free);
  order->ranks = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < entries->len; i++)
    {
      char *code = g_strdup (g_array_index (entries, CodeEntry, i).code);

      g_ptr_array_add (order->codes, code);
      g_hash_table_insert (order->ranks, code, GUINT_TO_POINTER (i));
    }
}

static PslOrderType
get_order_type (const PslField *field)
{
  switch ((int) field->type)
    {
    case PSL_FIELD_TYPE_MONEY:
      return PSL_ORDER_PAIR;

    case PSL_FIELD_TYPE_CODE:
      return PSL_ORDER_CODE;

    case PSL_FIELD_TYPE_YEAR:
    case PSL_FIELD_TYPE_INTEGER:
      return PSL_ORDER_NUMBER;

    default:
      return PSL_ORDER_TEXT;
    }
}

/* Whether the search has signs beside its words or none of these: signs are looked for in
 * the records themselves. */
static gboolean
has_signs (const char *search,
           GStrv       words)
{
  g_auto (GStrv) signed_pieces = NULL;

  if (search == NULL || words[0] == NULL)
    return search != NULL;
  signed_pieces = psl_search_split_signed (search);
  return signed_pieces[0] != NULL;
}

/* The language of the query or, where the register has no sort keys in it, a language of the
 * program. */
static gboolean
choose_language (PslStore    *self,
                 const char  *wanted,
                 const char **language,
                 GError     **error)
{
  gboolean has;

  if (!psl_store_has_sort_language (self, wanted, &has, error))
    return FALSE;
  *language = has ? wanted : psl_language_get_program (wanted);
  return TRUE;
}

gboolean
psl_order_init (PslOrder  *order,
                PslStore  *self,
                PslQuery  *query,
                GError   **error)
{
  const PslField *field = psl_query_get_sort_field (query);
  g_auto (GStrv) words = psl_search_split (psl_query_get_search (query));
  const char *sort = psl_query_get_sort (query, &order->descending);

  order->kind = psl_query_get_kind (query);
  order->field = field;
  if (!choose_language (self, psl_query_get_language (query), &order->language, error))
    return FALSE;
  order->is_filtered = psl_query_get_filters (query)->len > 0 || has_signs (psl_query_get_search (query), words);
  if (field == NULL)
    {
      order->type = PSL_ORDER_NUMBER;
      order->source = PSL_ORDER_BY_CHANGE;
    }
  else if (field == &psl_field_position)
    {
      order->owner = psl_query_get_owner (query);
      order->type = order->owner != NULL ? PSL_ORDER_NUMBER : PSL_ORDER_PAIR;
      order->source = PSL_ORDER_BY_POSITION;
    }
  else if (field == psl_kind_get_title (order->kind))
    {
      order->type = sort == NULL && words[0] != NULL ? PSL_ORDER_RELEVANCE : PSL_ORDER_TEXT;
      order->source = PSL_ORDER_BY_TITLE;
    }
  else
    {
      order->type = get_order_type (field);
      order->source = PSL_ORDER_BY_COLUMN;
    }
  order->words = g_steal_pointer (&words);

  if (order->type == PSL_ORDER_CODE)
    sort_codes (psl_codelists_get_list (self->codelists, field->codelist), psl_query_get_language (query), order);
  return TRUE;
}

/* Appends a column of the record's row in `sort_key`. */
static void
append_sort_key (GString    *values,
                 const char *column,
                 const char *language)
{
  g_string_append_printf (values, "(SELECT %s FROM sort_key WHERE rid = r.rid AND language = '%s')", column, language);
}

/* The values that a match is sorted by: columns of a SELECT from the kind's table, `r`. */
char *
psl_order_dup_values (const PslOrder *order)
{
  g_autoptr (GString) values = NULL;

  if (order->source == PSL_ORDER_BY_COLUMN && order->type == PSL_ORDER_PAIR)
    return g_strdup_printf ("r.\"%s_currency\", r.\"%s_amount\"", order->field->name, order->field->name);
  if (order->source == PSL_ORDER_BY_COLUMN)
    return g_strdup_printf ("r.\"%s\"", order->field->name);
  if (order->source == PSL_ORDER_BY_CHANGE)
    return g_strdup ("(SELECT changed FROM record WHERE rid = r.rid)");
  if (order->source == PSL_ORDER_BY_POSITION)
    return g_strconcat (order->type == PSL_ORDER_PAIR ? "(SELECT printf ('%019d', owner) FROM record WHERE rid = r.rid), " : "",
                        "(SELECT position FROM record WHERE rid = r.rid), " PSL_ORDER_SELECT_ID, NULL);

  values = g_string_new (NULL);
  append_sort_key (values, "key", order->language);
  if (order->type != PSL_ORDER_RELEVANCE)
    return g_string_free_and_steal (g_steal_pointer (&values));

  if (order->kind->identifier != NULL)
    g_string_append_printf (values, ", r.\"%s\"", order->kind->identifier);
  else
    g_string_append (values, ", NULL");
  g_string_append (values, ", (SELECT group_concat (name, char (10)) FROM sort_key WHERE rid = r.rid)");
  return g_string_free_and_steal (g_steal_pointer (&values));
}

/* Where an index of a table beside the kind's own is read along, that table is `r` itself
 * unless conditions need the kind's. */
const char *
psl_order_get_walked (const PslOrder *order)
{
  return order->is_filtered && order->source != PSL_ORDER_BY_COLUMN ? "o" : "r";
}

/* The tables, indexes and columns that are read along where a record is not sorted by a
 * column of its kind's table. */
static const struct
{
  const char *table;
  const char *index;
  const char *column;
} walked_sources[] = {
  [PSL_ORDER_BY_TITLE] = { "sort_key", "sort_key_by_key", "key" },
  [PSL_ORDER_BY_CHANGE] = { "record", "record_by_changed", "changed" },
  [PSL_ORDER_BY_POSITION] = { "record", "record_by_owner", "position" },
};

/* The value to sort by, of a %PSL_ORDER_PAIR the @nth; where @is_walked, as
 * psl_order_append_from() reads along it, otherwise so that SQLite reads along no index. */
char *
psl_order_dup_column (const PslOrder *order,
                      gboolean        is_walked,
                      guint           nth)
{
  static const char *const amount[] = { "_currency", "_amount" };
  static const char *const place[] = { "owner", "position" };
  gboolean is_pair = order->type == PSL_ORDER_PAIR;

  if (order->source == PSL_ORDER_BY_COLUMN)
    return g_strdup_printf ("%sr.\"%s%s\"", is_walked ? "" : "+", order->field->name, is_pair ? amount[nth] : "");
  if (is_pair || order->source == PSL_ORDER_BY_POSITION)
    return is_walked ? g_strdup_printf ("%s.%s", psl_order_get_walked (order), place[is_pair ? nth : 1])
                     : g_strdup_printf ("(SELECT %s FROM record WHERE rid = r.rid)", place[is_pair ? nth : 1]);
  if (!is_walked)
    return psl_order_dup_values (order);
  return g_strdup_printf ("%s.%s", psl_order_get_walked (order), walked_sources[order->source].column);
}

/* FROM and WHERE of the kind's records along the order's index. */
void
psl_order_append_from (const PslOrder *order,
                       PslSql         *sql)
{
  const char *kind = order->kind->name;
  const char *walked = psl_order_get_walked (order);

  if (order->source == PSL_ORDER_BY_COLUMN)
    {
      psl_sql_append_printf (sql, " FROM \"%s\" AS r", kind);
      if (psl_stored_field_is_indexed (order->kind, order->field))
        psl_sql_append_printf (sql, " INDEXED BY \"%s_by_%s\"", kind, order->field->name);
      psl_sql_append (sql, " WHERE TRUE");
      return;
    }

  psl_sql_append_printf (sql, " FROM %s AS %s INDEXED BY %s", walked_sources[order->source].table, walked,
                         walked_sources[order->source].index);
  if (order->is_filtered)
    psl_sql_append_printf (sql, " CROSS JOIN \"%s\" AS r ON r.rid = o.rid", kind);
  psl_sql_append_printf (sql, " WHERE %s.kind = ", walked);
  psl_sql_append_text (sql, kind);
  if (order->source == PSL_ORDER_BY_TITLE)
    {
      psl_sql_append_printf (sql, " AND %s.language = ", walked);
      psl_sql_append_text (sql, order->language);
    }
  if (order->owner != NULL)
    {
      psl_sql_append_printf (sql, " AND %s.owner = (SELECT rid FROM record WHERE id = ", walked);
      psl_sql_append_text (sql, order->owner);
      psl_sql_append (sql, ")");
    }
}

/* Whether each of the words begins a word of the folded text. */
static gboolean
has_words (const char *folded,
           GStrv       words)
{
  g_autofree char *padded = g_strconcat (" ", folded, NULL);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *beginning = g_strconcat (" ", words[i], NULL);

      if (strstr (padded, beginning) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* 0 for the identifier, 1 for a title in one language, 2 for any other text. */
static gint64
get_relevance (const PslOrder *order,
               PslStatement   *statement)
{
  const char *identifier = psl_statement_get_text (statement, 2);
  const char *names = psl_statement_get_text (statement, 3);
  g_auto (GStrv) titles = g_strsplit (names != NULL ? names : "", "\n", -1);

  if (identifier != NULL)
    {
      g_autofree char *folded = psl_text_fold (identifier);

      if (has_words (folded, order->words))
        return 0;
    }
  for (gsize i = 0; titles[i] != NULL; i++)
    {
      if (has_words (titles[i], order->words))
        return 1;
    }
  return 2;
}

/* Codes that no list knows come last. */
static gint64
get_rank (const PslOrder *order,
          const char     *code)
{
  gpointer rank;

  if (!g_hash_table_lookup_extended (order->ranks, code, NULL, &rank))
    return order->codes->len;
  return GPOINTER_TO_UINT (rank);
}

/* The string that strcmp() sorts the match by: text, or the bytes of a title's key, which
 * have no 0. */
static char *
dup_sort_value (const PslOrder *order,
                PslStatement   *statement)
{
  const char *key;
  gsize length;

  if (order->source != PSL_ORDER_BY_TITLE)
    return g_strdup (psl_statement_get_text (statement, 1));
  key = psl_statement_get_blob (statement, 1, &length);
  return key != NULL ? g_strndup (key, length) : NULL;
}

void
psl_match_init (PslMatch       *match,
                const PslOrder *order,
                PslStatement   *statement)
{
  match->rid = psl_statement_get_int64 (statement, 0);
  match->is_empty = order->type != PSL_ORDER_RELEVANCE && psl_statement_is_null (statement, 1);

  switch (order->type)
    {
    case PSL_ORDER_NUMBER:
      match->number = psl_statement_get_int64 (statement, 1);
      break;

    case PSL_ORDER_PAIR:
      match->text = g_strdup (psl_statement_get_text (statement, 1));
      match->number = psl_statement_get_int64 (statement, 2);
      break;

    case PSL_ORDER_CODE:
      if (!match->is_empty)
        match->number = get_rank (order, psl_statement_get_text (statement, 1));
      break;

    case PSL_ORDER_RELEVANCE:
      match->number = get_relevance (order, statement);
      match->text = dup_sort_value (order, statement);
      break;

    case PSL_ORDER_TEXT:
    default:
      match->text = dup_sort_value (order, statement);
      break;
    }
  if (order->source == PSL_ORDER_BY_POSITION)
    match->id = g_strdup (psl_statement_get_text (statement, order->type == PSL_ORDER_PAIR ? 3 : 2));
}

static int
compare_int64 (gint64 one,
               gint64 other)
{
  return one < other ? -1 : one > other;
}

int
psl_match_compare (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const PslMatch *one = a;
  const PslMatch *other = b;
  const PslOrder *order = user_data;
  int result;

  if (one->is_empty != other->is_empty)
    return one->is_empty ? 1 : -1;

  if (order->type == PSL_ORDER_RELEVANCE)
    {
      result = compare_int64 (one->number, other->number);
      if (result != 0)
        return result;
      result = g_strcmp0 (one->text, other->text);
    }
  else
    {
      result = g_strcmp0 (one->text, other->text);
      if (result == 0)
        result = compare_int64 (one->number, other->number);
    }
  if (result == 0)
    result = g_strcmp0 (one->id, other->id);
  if (result == 0)
    result = compare_int64 (one->rid, other->rid);
  return order->descending ? -result : result;
}
