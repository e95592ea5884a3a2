/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-where.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-codelist.h"
#include "psl-error.h"
#include "psl-identity.h"
#include "psl-kinds.h"
#include "psl-languages.h"
#include "psl-money.h"
#include "psl-text.h"

/* A condition taken apart: the field, the operator, the value. */
typedef struct
{
  char *name;
  const char *operation;
  const char *value;
} Condition;

/* The field of a condition: the filter's name of it, and the field whose values it takes. */
typedef struct
{
  const PslField *field;
  char *filter;           /* the filter's name for it */
  const PslField *value;  /* the field whose values it takes */
  const PslKind *kind;
} Subject;

static gboolean
split (const char  *text,
       Condition   *condition,
       GError     **error)
{
  static const char *const operations[] = { "!=", ">=", "<=", "~", "=" };
  const char *at = text + strcspn (text, "!><~=");

  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (at > text && g_str_has_prefix (at, operations[i]))
      {
        g_autofree char *name = g_strndup (text, (gsize) (at - text));

        condition->name = psl_text_clean (name, FALSE);
        condition->operation = operations[i];
        condition->value = at + strlen (operations[i]);
        if (condition->name != NULL)
          return TRUE;
      }
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               _("“%s” is not a condition. Write FIELD=VALUE."), text);
  return FALSE;
}

/* A field by its label, in any language that has one. */
static const PslField *
find_by_label (const PslKind *kind,
               const char    *name)
{
  g_autofree char *folded = psl_text_fold (name);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      g_autofree char *shown = psl_text_fold (psl_field_get_label (field));
      g_auto (GStrv) headings = g_strsplit (field->aliases != NULL ? field->aliases : "", "|", -1);
      g_autofree char *label = psl_text_fold (field->label);

      if (strcmp (folded, shown) == 0 || strcmp (folded, label) == 0)
        return field;
      for (char **heading = headings; *heading != NULL; heading++)
        {
          const char *language;
          g_autofree char *alias = psl_text_fold (psl_field_parse_alias (*heading, &language));

          if (strcmp (folded, alias) == 0)
            return field;
        }
    }
  return NULL;
}

static const PslField years = { .name = PSL_FIELD_YEARS, .label = "", .type = PSL_FIELD_TYPE_YEAR };

static gboolean find_subject (const PslKind  *kind,
                              const char     *name,
                              Subject        *subject,
                              GError        **error);

/* Finds the subject that @name means in the records at the other end of a link, or in the
 * parts. */
static gboolean
find_other_end (const PslKind   *kind,
                const PslField  *field,
                const char      *name,
                Subject         *subject,
                GError         **error)
{
  Subject other = { NULL };

  if (!find_subject (field->target, name, &other, error))
    return FALSE;
  *subject = (Subject) { field, g_strdup_printf ("%s.%s", field->name, other.filter), other.value, kind };
  g_free (other.filter);
  return TRUE;
}

static gboolean
find_subject (const PslKind  *kind,
              const char     *name,
              Subject        *subject,
              GError        **error)
{
  const char *dot = strchr (name, '.');
  const char *language = NULL;

  if (strcmp (name, PSL_FIELD_YEARS) == 0)
    {
      *subject = (Subject) { &years, g_strdup (name), &years, kind };
      return TRUE;
    }

  subject->field = psl_where_find_field (kind, name, &language);
  if (subject->field != NULL)
    {
      subject->value = subject->field->rows != NULL ? subject->field->rows : subject->field;
      subject->filter = psl_field_dup_text_name (subject->field, language);
      subject->kind = kind;
      return TRUE;
    }

  if (dot != NULL)
    {
      g_autofree char *stem = g_strndup (name, (gsize) (dot - name));
      const PslField *field = psl_where_find_field (kind, stem, NULL);
      const PslField *value = field != NULL && field->type == PSL_FIELD_TYPE_ROWS ? field->rows : field;
      const PslField *part = NULL;

      if (field != NULL && field->target != NULL)
        return find_other_end (kind, field, dot + 1, subject, error);
      if (value != NULL && value->wider != NULL && strcmp (dot + 1, value->wider->name) == 0)
        part = value->wider;
      else if (field != NULL && field->type == PSL_FIELD_TYPE_ROWS)
        part = psl_field_find_row (field, dot + 1);
      if (part != NULL)
        {
          *subject = (Subject) { field, g_strdup_printf ("%s.%s", field->name, part->name), part, kind };
          return TRUE;
        }
    }

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
               _("There is no field “%s”. “fields %s” lists them."), name, kind->name);
  return FALSE;
}

/* The UUID of the record a person means by @text. */
static char *
resolve_link (PslStore        *store,
              const PslField  *field,
              const char      *text,
              GError         **error)
{
  g_autoptr (GArray) rids = psl_identity_find_named (store, field->target, text, error);
  g_autoptr (PslRecord) record = NULL;

  if (rids == NULL)
    return NULL;
  if (rids->len != 1)
    {
      if (rids->len == 0)
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND, _("There is no record “%s”."), text);
      else
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS,
                     _("“%s” fits several records. Write the UUID of one."), text);
      return NULL;
    }
  record = psl_store_read (store, g_array_index (rids, gint64, 0), error);
  return record != NULL ? g_strdup (psl_record_get_id (record)) : NULL;
}

/* Splits @text at @separator and takes the backslashes off: `\|`, `\.` and `\\`
 * are a bar, a point and a backslash, which before other characters is itself. */
static GStrv
split_escaped (const char *text,
               const char *separator)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autoptr (GString) part = g_string_new (NULL);

  for (const char *at = text; *at != '\0';)
    {
      if (*at == '\\' && at[1] != '\0' && strchr ("|.\\", at[1]) != NULL)
        {
          g_string_append_c (part, at[1]);
          at += 2;
        }
      else if (separator != NULL && g_str_has_prefix (at, separator))
        {
          g_strv_builder_add (parts, part->str);
          g_string_truncate (part, 0);
          at += strlen (separator);
        }
      else
        {
          g_string_append_c (part, *at++);
        }
    }
  g_strv_builder_add (parts, part->str);
  return g_strv_builder_end (parts);
}

/* @text as a code that no list has and records of the register do: otherwise it is a
 * name that was mistyped. Returns: %NULL where there are none, and with @error set */
static char *
find_stored_code (PslStore       *store,
                  const Subject  *subject,
                  const char     *text,
                  GError        **error)
{
  g_autofree char *code = psl_text_clean (text, FALSE);
  g_autoptr (PslQuery) query = NULL;

  if (code == NULL || !psl_codelist_is_code (code))
    return NULL;
  query = psl_query_new (subject->kind);
  psl_query_add_filter (query, psl_filter_new (subject->filter, PSL_FILTER_EQUALS, (const char *[]) { code, NULL }));

  return psl_store_count (store, query, error) > 0 ? g_steal_pointer (&code) : NULL;
}

/* An amount in a currency that no list has is mistyped, unless records of the register have
 * amounts in that currency. */
static char *
read_amount (PslStore       *store,
             const Subject  *subject,
             const char     *text,
             GError        **error)
{
  const PslCodelists *codelists = psl_store_get_codelists (store);
  g_autofree char *amount = psl_where_read_value (store, subject->value, text, error);
  g_autofree char *currency = amount != NULL ? psl_field_dup_unlisted (subject->value, codelists, amount) : NULL;
  g_autofree char *nothing = NULL;
  g_autoptr (PslQuery) query = NULL;
  gint64 count;

  if (currency == NULL)
    return g_steal_pointer (&amount);

  nothing = psl_money_format_canonical (0, currency);
  query = psl_query_new (subject->kind);
  psl_query_add_filter (query, psl_filter_new (subject->filter, PSL_FILTER_RANGE, (const char *[]) { nothing, "", NULL }));
  count = psl_store_count (store, query, error);
  if (count == 0)
    psl_codelist_match (psl_codelists_get_list (codelists, "currency"), currency, error);
  return count > 0 ? g_steal_pointer (&amount) : NULL;
}

/* One value of a condition in its canonical form; %NULL as for psl_where_read_value(). */
static char *
read_value (PslStore       *store,
            const Subject  *subject,
            const char     *text,
            GError        **error)
{
  const PslField *field = subject->value;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *value = NULL;
  g_autofree char *stored = NULL;
  GError *failure = NULL;

  if (field->type == PSL_FIELD_TYPE_MONEY)
    return read_amount (store, subject, text, error);
  if (field->type != PSL_FIELD_TYPE_CODE)
    return psl_where_read_value (store, field, text, error);

  value = psl_where_read_value (store, field, text, &local_error);
  if (value == NULL ? !g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND)
                    : psl_codelist_find (psl_codelists_get_list (psl_store_get_codelists (store), field->codelist), value) != NULL)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      return g_steal_pointer (&value);
    }

  stored = find_stored_code (store, subject, text, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  if (stored == NULL && local_error == NULL)
    psl_codelist_match (psl_codelists_get_list (psl_store_get_codelists (store), field->codelist), text, &local_error);
  if (stored == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return g_steal_pointer (&stored);
}

/* `A..B`, either of which may be missing. */
static PslFilter *
build_range (PslStore       *store,
             const Subject  *subject,
             const char     *from,
             const char     *to,
             GError        **error)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  g_autoptr (GError) local_error = NULL;

  low = read_value (store, subject, from, &local_error);
  if (local_error == NULL)
    high = read_value (store, subject, to, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return psl_filter_new (subject->filter, PSL_FILTER_RANGE,
                         (const char *[]) { low != NULL ? low : "", high != NULL ? high : "", NULL });
}

/* The canonical forms of one value, or of several between bars. */
static GStrv
read_values (PslStore       *store,
             const Subject  *subject,
             const char     *value,
             GError        **error)
{
  g_auto (GStrv) parts = split_escaped (value, "|");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **part = parts; *part != NULL; part++)
    {
      char *normalised = read_value (store, subject, *part, error);

      if (normalised == NULL)
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                         _("There is an empty value in “%s”."), value);
          return NULL;
        }
      g_strv_builder_take (builder, normalised);
    }
  return g_strv_builder_end (builder);
}

static PslFilter *
build_equals (PslStore       *store,
              const Subject  *subject,
              const char     *value,
              GError        **error)
{
  g_auto (GStrv) values = NULL;

  if (subject->value == &years)
    return build_range (store, subject, value, value, error);

  values = read_values (store, subject, value, error);
  if (values == NULL)
    return NULL;
  return psl_filter_new (subject->filter, g_strv_length (values) == 1 ? PSL_FILTER_EQUALS : PSL_FILTER_ONE_OF,
                         (const char *const *) values);
}

static PslFilter *
build_differs (PslStore       *store,
               const Subject  *subject,
               const char     *value,
               GError        **error)
{
  g_auto (GStrv) values = read_values (store, subject, value, error);

  if (values == NULL)
    return NULL;
  return psl_filter_new (subject->filter, PSL_FILTER_NONE_OF, (const char *const *) values);
}

static PslFilter *
build_filter (PslStore         *store,
              const Condition  *condition,
              const Subject    *subject,
              GError          **error)
{
  const char *value = condition->value;
  g_auto (GStrv) whole = split_escaped (value, NULL);
  g_auto (GStrv) ends = split_escaped (value, "..");
  gboolean is_text = subject->value->type == PSL_FIELD_TYPE_TEXT || subject->value->type == PSL_FIELD_TYPE_LONG_TEXT;

  if (strcmp (condition->operation, ">=") == 0)
    return build_range (store, subject, whole[0], "", error);
  if (strcmp (condition->operation, "<=") == 0)
    return build_range (store, subject, "", whole[0], error);
  if (strcmp (condition->operation, "~") == 0)
    return psl_filter_new (subject->filter, PSL_FILTER_CONTAINS, (const char *const *) whole);
  if (*value == '\0')
    return psl_filter_new (subject->filter,
                           strcmp (condition->operation, "=") == 0 ? PSL_FILTER_EMPTY : PSL_FILTER_NOT_EMPTY, NULL);
  if (is_text && (subject->value->flags & PSL_FIELD_MULTILINGUAL) && strcmp (condition->operation, "=") == 0 &&
      strcmp (value, "outdated") == 0)
    return psl_filter_new (subject->filter, PSL_FILTER_OUTDATED, NULL);
  if (strcmp (condition->operation, "!=") == 0)
    return build_differs (store, subject, value, error);
  if (g_strv_length (ends) == 2 && !is_text)
    return build_range (store, subject, ends[0], ends[1], error);
  return build_equals (store, subject, value, error);
}

static gboolean
add_condition (PslStore       *store,
               PslQuery       *query,
               const char     *text,
               GError        **error)
{
  Condition condition = { NULL };
  Subject subject = { NULL };
  PslFilter *filter = NULL;

  if (split (text, &condition, error) && find_subject (psl_query_get_kind (query), condition.name, &subject, error))
    {
      filter = build_filter (store, &condition, &subject, error);
      if (filter == NULL)
        g_prefix_error (error, "%s: ", condition.name);
    }
  g_free (condition.name);
  g_free (subject.filter);
  if (filter == NULL)
    return FALSE;
  psl_query_add_filter (query, filter);
  return TRUE;
}

/* `FIELD`, `-FIELD`, `FIELD:desc`; `changed` is when the record last was. */
static gboolean
set_sort (PslQuery    *query,
          const char  *sort,
          GError     **error)
{
  gboolean descending = sort[0] == '-';
  g_autofree char *name = g_strdup (sort + (descending ? 1 : 0));
  char *colon = strrchr (name, ':');
  const PslField *field;

  if (colon != NULL && (strcmp (colon, ":desc") == 0 || strcmp (colon, ":asc") == 0))
    {
      descending = descending || strcmp (colon, ":desc") == 0;
      *colon = '\0';
    }
  if (strcmp (name, "changed") == 0)
    {
      psl_query_set_sort (query, PSL_SORT_CHANGED, descending);
      return TRUE;
    }
  field = psl_where_find_field (psl_query_get_kind (query), name, NULL);
  if (field == NULL || !(field->flags & PSL_FIELD_LISTED))
    {
      g_autoptr (GString) names = g_string_new ("changed");

      for (const PslField *known = psl_query_get_kind (query)->fields; known->name != NULL; known++)
        if (known->flags & PSL_FIELD_LISTED)
          g_string_append_printf (names, ", %s", known->name);
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("The list can’t be sorted by “%s”, but by: %s."), name, names->str);
      return FALSE;
    }
  psl_query_set_sort (query, field->name, descending);
  return TRUE;
}

/**
 * psl_where_find_field:
 * @name: name of a field, with or without a language (`title_fr`), or its label
 *   in either language
 * @language: (out) (optional) (nullable): the language it names
 *
 * Returns: (nullable): the field
 */
const PslField *
psl_where_find_field (const PslKind  *kind,
                      const char     *name,
                      const char    **language)
{
  const PslField *field = psl_kind_parse_field (kind, name, language);

  return field != NULL ? field : find_by_label (kind, name);
}

/**
 * psl_where_read_value:
 * @text: as people write it; a record that a link leads to, by any of its names
 *
 * Returns: (transfer full) (nullable): the canonical value, %NULL where @text is
 *   empty or, with @error set, where it is none
 */
char *
psl_where_read_value (PslStore        *store,
                      const PslField  *field,
                      const char      *text,
                      GError         **error)
{
  if (field->type == PSL_FIELD_TYPE_LINK && *text != '\0')
    return resolve_link (store, field, text, error);
  return psl_field_normalise (field, psl_store_get_codelists (store), text, error);
}

/**
 * psl_where_build_query:
 * @store: where the records are that links are named by
 * @conditions: (nullable): UTF-8: `FIELD=VALUE`, `FIELD=A|B`, `FIELD!=VALUE`,
 *   `FIELD!=A|B`, `FIELD=FROM..TO`, `FIELD>=FROM`, `FIELD<=TO`, `FIELD~WORDS`,
 *   `FIELD=` (empty), `FIELD!=` (not); in values `\|`, `\.` and `\\` are a bar, a
 *   point and a backslash
 * @words: (nullable): to search for
 * @sort: (nullable): `FIELD`, `-FIELD` or `FIELD:desc`; parts are otherwise in the order that
 *   they have in their records
 *
 * Builds the query that the command line asks for. Values are codes or names in
 * either language.
 *
 * Returns: (transfer full): the query, or %NULL with
 *   %PSL_REGISTER_ERROR_INVALID, %PSL_REGISTER_ERROR_NOT_FOUND or
 *   %PSL_REGISTER_ERROR_AMBIGUOUS
 */
PslQuery *
psl_where_build_query (PslStore           *store,
                       const PslKind      *kind,
                       const char *const  *conditions,
                       const char         *words,
                       const char         *sort,
                       GError            **error)
{
  g_autoptr (PslQuery) query = psl_query_new (kind);

  psl_query_set_language (query, psl_language_get_interface ());
  for (; conditions != NULL && *conditions != NULL; conditions++)
    if (!add_condition (store, query, *conditions, error))
      return NULL;
  if (words != NULL)
    {
      psl_query_set_search (query, words);
      if (psl_query_get_search (query) == NULL)
        {
          g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                               _("There is nothing to search for. Write the words after --search, or leave it out."));
          return NULL;
        }
    }
  if (sort != NULL && !set_sort (query, sort, error))
    return NULL;
  /* In any other order, an import of them would lose theirs. */
  if (sort == NULL && words == NULL && psl_kind_is_part (kind))
    psl_query_set_sort (query, PSL_SORT_POSITION, FALSE);
  if (!psl_query_validate (query, psl_store_get_codelists (store), error))
    return NULL;
  return g_steal_pointer (&query);
}
