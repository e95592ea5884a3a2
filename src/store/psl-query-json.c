/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-query-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "psl-error.h"
#include "psl-kinds.h"

static const char *const op_names[] = {
  [PSL_FILTER_EQUALS] = "equals",
  [PSL_FILTER_ONE_OF] = "one-of",
  [PSL_FILTER_RANGE] = "range",
  [PSL_FILTER_CONTAINS] = "contains",
  [PSL_FILTER_NONE_OF] = "none-of",
  [PSL_FILTER_EMPTY] = "empty",
  [PSL_FILTER_NOT_EMPTY] = "not-empty",
  [PSL_FILTER_OUTDATED] = "outdated",
};

static JsonNode *
filter_to_json (const PslFilter *filter)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "field");
  json_builder_add_string_value (builder, filter->field);
  json_builder_set_member_name (builder, "op");
  json_builder_add_string_value (builder, op_names[filter->op]);
  if (filter->values != NULL && filter->values[0] != NULL)
    {
      json_builder_set_member_name (builder, "values");
      json_builder_begin_array (builder);
      for (gsize i = 0; filter->values[i] != NULL; i++)
        json_builder_add_string_value (builder, filter->values[i]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static void
add_string_member (JsonBuilder *builder,
                   const char  *name,
                   const char  *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/* The member where it is a string. */
static const char *
get_string_member (JsonObject *object,
                   const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
get_boolean_member (JsonObject *object,
                    const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

static JsonArray *
get_array_member (JsonObject *object,
                  const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
set_unreadable (GError **error)
{
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("The saved view can’t be read. Delete it and save it again."));
}

static gboolean
parse_op (const char   *name,
          PslFilterOp  *op,
          GError      **error)
{
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (op_names); i++)
    {
      if (strcmp (op_names[i], name) == 0)
        {
          *op = i;
          return TRUE;
        }
    }

  if (name == NULL)
    set_unreadable (error);
  else
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                 _("This version of the program doesn’t know the filter “%s”."), name);
  return FALSE;
}

static PslFilter *
filter_from_json (JsonNode  *node,
                  GError   **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;
  JsonArray *array;
  const char *field;
  PslFilterOp op;

  if (!JSON_NODE_HOLDS_OBJECT (node) ||
      (field = get_string_member (json_node_get_object (node), "field")) == NULL)
    {
      set_unreadable (error);
      return NULL;
    }
  if (!parse_op (get_string_member (json_node_get_object (node), "op"), &op, error))
    return NULL;

  array = get_array_member (json_node_get_object (node), "values");
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *value = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
        {
          set_unreadable (error);
          return NULL;
        }
      g_strv_builder_add (builder, json_node_get_string (value));
    }
  values = g_strv_builder_end (builder);

  return psl_filter_new (field, op, (const char *const *) values);
}

static PslQuery *
query_for_object (JsonObject  *object,
                  GError     **error)
{
  const char *name = get_string_member (object, "kind");
  const PslKind *kind;

  if (get_boolean_member (object, "trash"))
    return psl_query_new_trash ();
  if (name == NULL)
    {
      set_unreadable (error);
      return NULL;
    }

  kind = psl_kind_find (name);
  if (kind == NULL)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                   _("This version of the program doesn’t know records of the kind “%s”."), name);
      return NULL;
    }
  return psl_query_new (kind);
}

/**
 * psl_query_to_string:
 *
 * Writes the query as text, for saved views and for the window's state.
 *
 * Returns: (transfer full): JSON on one line
 */
char *
psl_query_to_string (PslQuery *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  GPtrArray *filters;
  const char *sort;
  gboolean descending;

  g_return_val_if_fail (PSL_IS_QUERY (self), NULL);

  filters = psl_query_get_filters (self);
  sort = psl_query_get_sort (self, &descending);

  json_builder_begin_object (builder);
  if (psl_query_is_trash (self))
    {
      json_builder_set_member_name (builder, "trash");
      json_builder_add_boolean_value (builder, TRUE);
    }
  else
    {
      add_string_member (builder, "kind", psl_query_get_kind (self)->name);
    }
  if (filters->len > 0)
    {
      json_builder_set_member_name (builder, "filters");
      json_builder_begin_array (builder);
      for (guint i = 0; i < filters->len; i++)
        json_builder_add_value (builder, filter_to_json (g_ptr_array_index (filters, i)));
      json_builder_end_array (builder);
    }
  add_string_member (builder, "search", psl_query_get_search (self));
  add_string_member (builder, "sort", sort);
  if (descending)
    {
      json_builder_set_member_name (builder, "descending");
      json_builder_add_boolean_value (builder, TRUE);
    }
  add_string_member (builder, "language", psl_query_get_language (self));
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/**
 * psl_query_from_string:
 * @text: a text of psl_query_to_string(), perhaps by another version of the program
 * @codelists: the lists of the register that is asked
 *
 * Reads a query. Members it doesn't know are passed over; a kind, field or
 * filter it doesn't know is an error, for the list would show something else.
 *
 * Returns: (transfer full): the query, or %NULL with
 *   %PSL_REGISTER_ERROR_NOT_FOUND or %PSL_REGISTER_ERROR_INVALID
 */
PslQuery *
psl_query_from_string (const char          *text,
                       const PslCodelists  *codelists,
                       GError             **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (PslQuery) self = NULL;
  JsonObject *object;
  JsonArray *filters;
  const char *language;

  g_return_val_if_fail (text != NULL, NULL);

  root = json_from_string (text, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      set_unreadable (error);
      return NULL;
    }

  object = json_node_get_object (root);
  self = query_for_object (object, error);
  if (self == NULL)
    return NULL;

  filters = get_array_member (object, "filters");
  for (guint i = 0; filters != NULL && i < json_array_get_length (filters); i++)
    {
      PslFilter *filter = filter_from_json (json_array_get_element (filters, i), error);

      if (filter == NULL)
        return NULL;
      psl_query_add_filter (self, filter);
    }

  psl_query_set_search (self, get_string_member (object, "search"));
  if (json_object_has_member (object, "sort"))
    psl_query_set_sort (self, get_string_member (object, "sort"),
                        get_boolean_member (object, "descending"));
  else if (!psl_query_is_trash (self))
    psl_query_set_sort (self, NULL, get_boolean_member (object, "descending"));
  language = get_string_member (object, "language");
  if (language != NULL && psl_language_parse (language) != NULL)
    psl_query_set_language (self, psl_language_parse (language));

  if (!psl_query_validate (self, codelists, error))
    return NULL;
  return g_steal_pointer (&self);
}
