/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-query.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-languages.h"
#include "psl-query-private.h"
#include "psl-search.h"

struct _PslQuery
{
  GObject parent_instance;

  const PslKind *kind;
  GPtrArray *filters;
  char *search;
  char *sort;
  char *language;
  gboolean descending;
};

G_DEFINE_FINAL_TYPE (PslQuery, psl_query, G_TYPE_OBJECT)

static gboolean
strv_equal_or_empty (GStrv one,
                     GStrv other)
{
  const char *const none[] = { NULL };

  return g_strv_equal (one != NULL ? (const char *const *) one : none,
                       other != NULL ? (const char *const *) other : none);
}

/* Whether both let the same records pass, as far as can be seen from their form. */
static gboolean
filter_equal (const PslFilter *filter,
              const PslFilter *other)
{
  return filter->op == other->op &&
         strcmp (filter->field, other->field) == 0 &&
         strv_equal_or_empty (filter->values, other->values);
}

static void
psl_query_finalize (GObject *object)
{
  PslQuery *self = PSL_QUERY (object);

  g_clear_pointer (&self->filters, g_ptr_array_unref);
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->sort, g_free);
  g_clear_pointer (&self->language, g_free);

  G_OBJECT_CLASS (psl_query_parent_class)->finalize (object);
}

static void
psl_query_class_init (PslQueryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = psl_query_finalize;
}

static void
psl_query_init (PslQuery *self)
{
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_filter_free);
}

/**
 * psl_query_new:
 * @kind: a kind
 *
 * Returns: (transfer full): a query for every live record of @kind, by title
 */
PslQuery *
psl_query_new (const PslKind *kind)
{
  PslQuery *self;

  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (PSL_TYPE_QUERY, NULL);
  self->kind = kind;
  return self;
}

/**
 * psl_query_new_trash:
 *
 * Returns: (transfer full): a query for the records of every kind in the trash,
 *   the most recently changed first. It takes a search, but no filters and no
 *   sort other than %PSL_SORT_CHANGED
 */
PslQuery *
psl_query_new_trash (void)
{
  PslQuery *self = g_object_new (PSL_TYPE_QUERY, NULL);

  psl_query_set_sort (self, PSL_SORT_CHANGED, TRUE);
  return self;
}

/**
 * psl_query_copy:
 *
 * Returns: (transfer full): a query that is equal and shares nothing
 */
PslQuery *
psl_query_copy (PslQuery *self)
{
  PslQuery *copy;

  g_return_val_if_fail (PSL_IS_QUERY (self), NULL);

  copy = g_object_new (PSL_TYPE_QUERY, NULL);
  copy->kind = self->kind;
  for (guint i = 0; i < self->filters->len; i++)
    g_ptr_array_add (copy->filters, psl_filter_copy (g_ptr_array_index (self->filters, i)));
  copy->search = g_strdup (self->search);
  copy->sort = g_strdup (self->sort);
  copy->language = g_strdup (self->language);
  copy->descending = self->descending;
  return copy;
}

/**
 * psl_query_get_kind:
 *
 * Returns: (nullable): the kind of its records, %NULL for the trash
 */
const PslKind *
psl_query_get_kind (PslQuery *self)
{
  g_return_val_if_fail (PSL_IS_QUERY (self), NULL);

  return self->kind;
}

/**
 * psl_query_is_trash:
 *
 * Returns: whether it shows the trash
 */
gboolean
psl_query_is_trash (PslQuery *self)
{
  g_return_val_if_fail (PSL_IS_QUERY (self), FALSE);

  return self->kind == NULL;
}

/**
 * psl_query_add_filter:
 * @filter: (transfer full): a filter
 *
 * Adds a filter: records must pass all of them.
 */
void
psl_query_add_filter (PslQuery  *self,
                      PslFilter *filter)
{
  g_return_if_fail (PSL_IS_QUERY (self));
  g_return_if_fail (filter != NULL);

  g_ptr_array_add (self->filters, filter);
}

/**
 * psl_query_get_filters:
 *
 * Returns: (transfer none) (element-type PslFilter): the filters in the order
 *   they were added
 */
GPtrArray *
psl_query_get_filters (PslQuery *self)
{
  g_return_val_if_fail (PSL_IS_QUERY (self), NULL);

  return self->filters;
}

/**
 * psl_query_set_search:
 * @words: (nullable): the text that a person typed into the search field
 *
 * Sets the words that records must have, in any language; see
 * psl_words_dup_match(), and the signs beside them, see psl_search_split_signed(). Signs
 * alone, such as `%`, are looked for as they are.
 * Blanks alone are no search.
 */
void
psl_query_set_search (PslQuery   *self,
                      const char *words)
{
  g_auto (GStrv) signs = NULL;

  g_return_if_fail (PSL_IS_QUERY (self));

  signs = psl_search_split_signs (words);
  g_set_str (&self->search, signs[0] != NULL ? words : NULL);
}

/**
 * psl_query_get_search:
 *
 * Returns: (nullable): the words as they were set
 */
const char *
psl_query_get_search (PslQuery *self)
{
  g_return_val_if_fail (PSL_IS_QUERY (self), NULL);

  return self->search;
}

/**
 * psl_query_set_sort:
 * @field: (nullable): name of a listed field, %PSL_SORT_CHANGED, for a kind of parts
 *   %PSL_SORT_POSITION (the parts of one record after the parts of another), or %NULL for the
 *   usual order: by title; for a search that not very many records match, the records that
 *   have the words in their identifier first, then the records that have them in their title
 * @descending: whether the order is turned round
 */
void
psl_query_set_sort (PslQuery   *self,
                    const char *field,
                    gboolean    descending)
{
  g_return_if_fail (PSL_IS_QUERY (self));

  g_set_str (&self->sort, field);
  self->descending = !!descending;
}

/**
 * psl_query_get_sort:
 * @descending: (out) (optional): whether the order is turned round
 *
 * Returns: (nullable): the field that was set, %NULL for the usual order
 */
const char *
psl_query_get_sort (PslQuery *self,
                    gboolean *descending)
{
  g_return_val_if_fail (PSL_IS_QUERY (self), NULL);

  if (descending != NULL)
    *descending = self->descending;
  return self->sort;
}

/**
 * psl_query_set_language:
 * @language: (nullable): the tag of a language that titles are shown in and sorted by, or
 *   %NULL for the interface's
 *
 * Sets the language by whose titles and names the records are sorted.
 */
void
psl_query_set_language (PslQuery   *self,
                        const char *language)
{
  g_return_if_fail (PSL_IS_QUERY (self));

  g_set_str (&self->language, language);
}

/**
 * psl_query_get_language:
 *
 * Returns: (transfer none): the language the records are sorted by
 */
const char *
psl_query_get_language (PslQuery *self)
{
  g_return_val_if_fail (PSL_IS_QUERY (self), NULL);

  return self->language != NULL ? self->language : psl_language_get_interface ();
}

/* The UUID of the record whose parts it shows; NULL where it is not about the parts of
 * one. */
const char *
psl_query_get_owner (PslQuery *self)
{
  const PslField *owner = self->kind != NULL ? psl_kind_get_owner_field (self->kind) : NULL;

  for (guint i = 0; owner != NULL && i < self->filters->len; i++)
    {
      const PslFilter *filter = g_ptr_array_index (self->filters, i);

      if (strcmp (filter->field, owner->name) == 0 && filter->op == PSL_FILTER_EQUALS && filter->values != NULL)
        return filter->values[0];
    }
  return NULL;
}

/* The field it is sorted by, which may be #psl_field_position; NULL for the time of
 * change. The sort must have been validated. */
const PslField *
psl_query_get_sort_field (PslQuery *self)
{
  if (self->kind == NULL || g_strcmp0 (self->sort, PSL_SORT_CHANGED) == 0)
    return NULL;
  if (self->sort == NULL)
    return psl_kind_get_title (self->kind);
  if (strcmp (self->sort, PSL_SORT_POSITION) == 0)
    return &psl_field_position;
  return psl_kind_find_field (self->kind, self->sort);
}

/**
 * psl_query_equal:
 *
 * Returns: whether both stand for the same list
 */
gboolean
psl_query_equal (PslQuery *self,
                 PslQuery *other)
{
  g_return_val_if_fail (PSL_IS_QUERY (self), FALSE);
  g_return_val_if_fail (PSL_IS_QUERY (other), FALSE);

  if (self->kind != other->kind ||
      self->descending != other->descending ||
      self->filters->len != other->filters->len ||
      g_strcmp0 (self->search, other->search) != 0 ||
      g_strcmp0 (self->sort, other->sort) != 0 ||
      strcmp (psl_query_get_language (self), psl_query_get_language (other)) != 0)
    return FALSE;

  for (guint i = 0; i < self->filters->len; i++)
    {
      if (!filter_equal (g_ptr_array_index (self->filters, i),
                         g_ptr_array_index (other->filters, i)))
        return FALSE;
    }

  return TRUE;
}

/* Whether a filter may depend on a field of the kind that is listed. */
static gboolean
filter_depends_on (const PslFilter *filter,
                   const PslKind   *kind,
                   const PslField  *field)
{
  const PslField *filtered = psl_kind_parse_field (kind, filter->field, NULL);

  /* Where the name leads to another field or record, the filter is taken to depend on any
   * field. */
  return filtered == NULL || filtered == field;
}

/* Whether a filter may depend on records of other kinds. */
static gboolean
filter_leads_away (const PslFilter *filter,
                   const PslKind   *kind)
{
  const PslField *filtered = psl_kind_parse_field (kind, filter->field, NULL);

  return filtered == NULL || filtered->type == PSL_FIELD_TYPE_LINK || filtered->type == PSL_FIELD_TYPE_PARTS;
}

/**
 * psl_query_depends_on:
 * @kind: a kind
 * @field: (nullable): a field of it; %NULL for the state of records
 *
 * Returns: whether a change of the field in records of the kind can change which records
 *   the query gives, or their order. Where that is hard to tell, it can
 */
gboolean
psl_query_depends_on (PslQuery       *self,
                      const PslKind  *kind,
                      const PslField *field)
{
  const PslField *sort;

  g_return_val_if_fail (PSL_IS_QUERY (self), TRUE);
  g_return_val_if_fail (kind != NULL, TRUE);

  /* Any text may be searched for; and all changes change the time of change. */
  if (self->kind == NULL || self->search != NULL || g_strcmp0 (self->sort, PSL_SORT_CHANGED) == 0)
    return TRUE;
  sort = psl_query_get_sort_field (self);
  for (guint i = 0; i < self->filters->len; i++)
    {
      const PslFilter *filter = g_ptr_array_index (self->filters, i);

      if (kind == self->kind ? filter_depends_on (filter, kind, field) : filter_leads_away (filter, self->kind))
        return TRUE;
    }
  if (kind == self->kind)
    return field == NULL || field == sort || field == &psl_field_position || (field->flags & PSL_FIELD_OWNER);
  /* Links sort by titles, and parts with their owners. */
  return sort == NULL || sort->type == PSL_FIELD_TYPE_LINK || psl_kind_is_part (self->kind);
}

static gboolean
validate_sort (PslQuery  *self,
               GError   **error)
{
  const PslField *field;

  if (self->sort == NULL || strcmp (self->sort, PSL_SORT_CHANGED) == 0)
    return TRUE;

  if (self->kind == NULL)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("The trash can only be sorted by when records were deleted."));
      return FALSE;
    }

  if (strcmp (self->sort, PSL_SORT_POSITION) == 0 && psl_kind_is_part (self->kind))
    return TRUE;

  field = psl_kind_find_field (self->kind, self->sort);
  if (field == NULL)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                   /* Translators: the names are those of the command line: project, start. */
                   _("“%s” has no field “%s” to sort by."), self->kind->name, self->sort);
      return FALSE;
    }
  /* Among texts in several languages only titles have sort keys. */
  if (!(field->flags & PSL_FIELD_LISTED) ||
      ((field->flags & PSL_FIELD_MULTILINGUAL) && field != psl_kind_get_title (self->kind)))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("Lists can’t be sorted by “%s”. Choose a field that is shown in the list."),
                   psl_field_get_label (field));
      return FALSE;
    }

  return TRUE;
}

/**
 * psl_query_validate:
 * @codelists: the lists of the register that is asked
 *
 * Checks that the fields exist and can be filtered and sorted so, and that the
 * values have the form their field's values have.
 *
 * Returns: %TRUE, or %FALSE with %PSL_REGISTER_ERROR_NOT_FOUND or
 *   %PSL_REGISTER_ERROR_INVALID
 */
gboolean
psl_query_validate (PslQuery            *self,
                    const PslCodelists  *codelists,
                    GError             **error)
{
  g_return_val_if_fail (PSL_IS_QUERY (self), FALSE);

  if (!validate_sort (self, error))
    return FALSE;

  if (self->kind == NULL && self->filters->len > 0)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("The trash can be searched, but not filtered."));
      return FALSE;
    }

  for (guint i = 0; i < self->filters->len; i++)
    {
      if (!psl_filter_validate (g_ptr_array_index (self->filters, i), self->kind, codelists, error))
        return FALSE;
    }

  return TRUE;
}
