/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-query-comparison.h"

#include <string.h>

#include "psl-codelist.h"
#include "psl-search.h"

/* The SQL that compares one column with the values of a filter. */

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
  if (field->type == PSL_FIELD_TYPE_DATE)
    append_date_range (sql, column, values[0], values[1]);
  else if (field->type == PSL_FIELD_TYPE_MONEY)
    append_money_range (sql, column, values[0], values[1]);
  else
    append_number_range (sql, field, column, values[0], values[1]);
}

/* Folding drops signs: beside words they are looked for in the text itself, and where
 * folding leaves no word of @text, as they are. */
static void
append_words (PslSql     *sql,
              const char *column,
              const char *text)
{
  g_auto (GStrv) words = psl_search_split (text);
  gboolean is_folded = words[0] != NULL;
  g_auto (GStrv) signs = is_folded ? psl_search_split_signed (text) : psl_search_split_signs (text);
  const char *const *wanted = (const char *const *) (is_folded ? words : signs);

  psl_sql_append (sql, wanted[0] != NULL ? "(TRUE" : "(FALSE");
  for (gsize i = 0; wanted[i] != NULL; i++)
    {
      psl_sql_append_printf (sql, is_folded ? " AND instr(psl_fold(%s), " : " AND instr(%s, ", column);
      psl_sql_append_text (sql, wanted[i]);
      psl_sql_append (sql, ") > 0");
    }
  if (is_folded && signs[0] != NULL)
    {
      psl_sql_append_printf (sql, " AND psl_has_signs(%s, ", column);
      psl_sql_append_text (sql, text);
      psl_sql_append (sql, ")");
    }
  psl_sql_append (sql, ")");
}

/* Whether one of the names of a code has the signs of @words. */
static gboolean
is_named_with_signs (const PslCode *code,
                     const char    *words)
{
  g_autofree const char **names = psl_code_list_names (code);
  gboolean has_signs = FALSE;

  for (gsize i = 0; names[i] != NULL && !has_signs; i++)
    has_signs = psl_search_has_signs (names[i], words);

  return has_signs;
}

/* The codes whose names have the words. */
static void
append_named (PslSql             *sql,
              const PslCodelists *codelists,
              const PslField     *field,
              const char         *column,
              const char         *words)
{
  g_autoptr (GPtrArray) codes = psl_codelist_search (psl_codelists_get_list (codelists, field->codelist), words, NULL);
  gboolean is_first = TRUE;

  psl_sql_append_printf (sql, "%s IN (", column);
  for (guint i = 0; i < codes->len; i++)
    {
      const PslCode *code = g_ptr_array_index (codes, i);

      if (!is_named_with_signs (code, words))
        continue;
      psl_sql_append (sql, is_first ? "" : ", ");
      psl_sql_append_text (sql, code->code);
      is_first = FALSE;
    }
  psl_sql_append (sql, ")");
}

static void
append_linked_by (PslSql         *sql,
                  const PslKind  *kind,
                  const PslField *field,
                  const char     *words)
{
  g_autofree char *column = NULL;

  if (field->flags & PSL_FIELD_MULTILINGUAL)
    {
      psl_sql_append (sql, "SELECT rid FROM text WHERE field = ");
      psl_sql_append_text (sql, field->name);
      psl_sql_append (sql, " AND ");
      append_words (sql, "text", words);
      return;
    }
  column = g_strdup_printf ("\"%s\"", field->name);
  psl_sql_append_printf (sql, "SELECT rid FROM \"%s\" WHERE ", kind->name);
  append_words (sql, column, words);
}

/* The records that have the words in a field that people name them by: see
 * psl_identity_find_named(). */
static void
append_linked (PslSql         *sql,
               const PslField *field,
               const char     *column,
               const char     *words)
{
  const PslKind *kind = field->target;
  g_auto (GStrv) match = g_strsplit (kind->match != NULL ? kind->match : "", "|", -1);
  gboolean is_first = TRUE;

  psl_sql_append_printf (sql, "%s IN (", column);
  for (const PslField *name = kind->fields; name->name != NULL; name++)
    {
      gboolean is_place = name->type == PSL_FIELD_TYPE_TEXT && g_strv_contains ((const char *const *) match, name->name);

      if (strcmp (name->name, kind->title) != 0 && name->type != PSL_FIELD_TYPE_IDENTIFIER && !is_place)
        continue;
      psl_sql_append (sql, is_first ? "" : " UNION ALL ");
      append_linked_by (sql, kind, name, words);
      is_first = FALSE;
    }
  psl_sql_append (sql, ")");
}

/* Appends that @column has the words, or that the names of its codes or records have them. */
void
psl_comparison_append_words (PslSql             *sql,
                             const PslCodelists *codelists,
                             const PslField     *field,
                             const char         *column,
                             const char         *words)
{
  if (field->type == PSL_FIELD_TYPE_CODE)
    {
      append_named (sql, codelists, field, column, words);
    }
  else if (field->type == PSL_FIELD_TYPE_LINK)
    {
      append_linked (sql, field, column, words);
    }
  else
    {
      append_words (sql, column, words);
    }
}

/* Whether an entry belongs to the entry @wider of @wider_list, however far up. */
static gboolean
belongs_to (const PslCode     *code,
            const PslCodelist *wider_list,
            const char        *wider)
{
  const char *parent = code->parent;

  while (parent != NULL)
    {
      const PslCode *above;

      if (strcmp (parent, wider) == 0)
        return TRUE;
      above = psl_codelist_find (wider_list, parent);
      parent = above != NULL ? above->parent : NULL;
    }
  return FALSE;
}

/* Appends that @column has an entry that belongs to one of @values, entries of a wider list
 * than the field's own. */
static void
append_wider (PslSql             *sql,
              const PslCodelists *codelists,
              const PslField     *field,
              const char         *column,
              const char *const  *values)
{
  const PslCodelist *codelist = psl_codelists_get_list (codelists, field->codelist);
  const PslCodelist *wider_list = psl_codelists_get_list (codelists, field->wider->codelist);
  gboolean is_first = TRUE;

  psl_sql_append_printf (sql, "%s IN (", column);
  for (guint i = 0; i < psl_codelist_get_n (codelist); i++)
    {
      const PslCode *code = psl_codelist_get_nth (codelist, i);
      gboolean is_in = FALSE;

      for (gsize j = 0; values[j] != NULL && !is_in; j++)
        is_in = belongs_to (code, wider_list, values[j]);
      if (!is_in)
        continue;
      if (!is_first)
        psl_sql_append (sql, ", ");
      psl_sql_append_text (sql, code->code);
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
void
psl_comparison_append (PslSql                *sql,
                       const PslCodelists    *codelists,
                       const PslFilterTarget *target,
                       const PslFilter       *filter,
                       const PslField        *field,
                       const char            *column)
{
  const char *const *values = (const char *const *) filter->values;

  if (target->wider != NULL)
    {
      append_wider (sql, codelists, field, column, values);
      return;
    }

  switch (filter->op)
    {
    case PSL_FILTER_EQUALS:
    case PSL_FILTER_ONE_OF:
    case PSL_FILTER_NONE_OF:
      append_one_of (sql, field, column, values);
      break;

    case PSL_FILTER_RANGE:
      append_range (sql, field, column, values);
      break;

    case PSL_FILTER_CONTAINS:
      psl_comparison_append_words (sql, codelists, field, column, values[0]);
      break;

    /* For both: whoever appends an EMPTY turns it round, as with NONE_OF. */
    case PSL_FILTER_EMPTY:
    case PSL_FILTER_NOT_EMPTY:
    case PSL_FILTER_OUTDATED:
    default:
      append_presence (sql, field, column);
      break;
    }
}
