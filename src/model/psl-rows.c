/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-rows.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "psl-error.h"

static guint
find_column (const PslField *field,
             const char     *name)
{
  guint column = 0;

  while (field->rows[column].name != NULL && strcmp (field->rows[column].name, name) != 0)
    column++;

  return column;
}

/* A value as programs write it in JSON: a string, a number, nothing. */
static gboolean
read_scalar (JsonNode  *node,
             char     **text)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  GType type;

  if (json_node_is_null (node))
    {
      *text = NULL;
      return TRUE;
    }
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    *text = g_strdup (json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    *text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    /* As many digits as a number written in decimals keeps. */
    *text = g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", json_node_get_double (node)));
  else
    return FALSE;

  return TRUE;
}

static void
set_not_rows (GError **error)
{
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("This is not a list of entries. Write a JSON array of objects."));
}

/* Makes a row of @n_columns cells: one block of the pointers and the texts. */
static char **
copy_cells (const char *const *cells,
            guint              n_columns)
{
  gsize size = n_columns * sizeof (char *);
  char **row;
  char *next;

  for (guint i = 0; i < n_columns; i++)
    size += cells[i] != NULL ? strlen (cells[i]) + 1 : 0;

  row = g_malloc0 (size);
  next = (char *) (row + n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      if (cells[i] == NULL || *cells[i] == '\0')
        continue;
      row[i] = next;
      next = g_stpcpy (next, cells[i]) + 1;
    }

  return row;
}

static gboolean
read_object (const PslField  *field,
             JsonObject      *object,
             GPtrArray       *rows,
             GError         **error)
{
  guint n_columns = psl_rows_get_n_columns (field);
  g_auto (GStrv) owned = g_new0 (char *, json_object_get_size (object) + 1);
  g_autofree const char **cells = g_new0 (const char *, n_columns);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  guint n_owned = 0;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      guint column = find_column (field, name);
      char *text;

      if (column == n_columns)
        {
          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("“%s” is not a part of these entries. Check the name."), name);
          return FALSE;
        }
      if (!read_scalar (node, &text))
        {
          set_not_rows (error);
          return FALSE;
        }
      if (text == NULL)
        continue;
      owned[n_owned++] = text;
      cells[column] = text;
    }

  g_ptr_array_add (rows, copy_cells (cells, n_columns));

  return TRUE;
}

static void
add_row (JsonBuilder       *builder,
         const PslField    *field,
         const char *const *cells)
{
  json_builder_begin_object (builder);
  for (guint i = 0; field->rows[i].name != NULL; i++)
    {
      if (cells[i] == NULL || *cells[i] == '\0')
        continue;
      json_builder_set_member_name (builder, field->rows[i].name);
      json_builder_add_string_value (builder, cells[i]);
    }
  json_builder_end_object (builder);
}

/**
 * psl_rows_get_n_columns:
 * @field: a field of rows
 *
 * Returns: how many sub-fields it has
 */
guint
psl_rows_get_n_columns (const PslField *field)
{
  guint n = 0;

  g_return_val_if_fail (field != NULL, 0);
  g_return_val_if_fail (field->rows != NULL, 0);

  while (field->rows[n].name != NULL)
    n++;

  return n;
}

/**
 * psl_rows_new:
 *
 * Returns: (transfer full): no rows, to add rows of psl_rows_row_new() to
 */
GPtrArray *
psl_rows_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

/**
 * psl_rows_row_new:
 * @field: a field of rows
 * @cells: (array): a value a sub-field, %NULL or "" where it is empty
 *
 * Returns: (transfer full): a copy, one block to free with g_free()
 */
char **
psl_rows_row_new (const PslField    *field,
                  const char *const *cells)
{
  g_return_val_if_fail (cells != NULL, NULL);

  return copy_cells (cells, psl_rows_get_n_columns (field));
}

/**
 * psl_rows_row_with:
 * @field: a field of rows
 * @row: (nullable): a row, or %NULL for one whose cells are all empty
 * @nth: one of its cells
 * @value: (nullable): the value of the cell in the copy
 *
 * Returns: (transfer full): a copy of @row with another value in one cell, to
 *   free with g_free()
 */
char **
psl_rows_row_with (const PslField    *field,
                   const char *const *row,
                   guint              nth,
                   const char        *value)
{
  guint n = psl_rows_get_n_columns (field);
  g_autofree const char **cells = NULL;

  g_return_val_if_fail (nth < n, NULL);

  cells = row != NULL ? g_memdup2 (row, n * sizeof *cells) : g_new0 (const char *, n);
  cells[nth] = value;
  return copy_cells (cells, n);
}

/**
 * psl_rows_row_is_empty:
 * @field: a field of rows
 * @row: a row
 *
 * Returns: whether no cell of @row has a value
 */
gboolean
psl_rows_row_is_empty (const PslField    *field,
                       const char *const *row)
{
  for (guint i = 0; field->rows[i].name != NULL; i++)
    {
      if (row[i] != NULL && *row[i] != '\0')
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_rows_row_contains:
 * @field: a field of rows
 * @row: a row
 * @part: another row
 *
 * Returns: whether @row has the value of every filled cell of @part, in the same cell
 */
gboolean
psl_rows_row_contains (const PslField    *field,
                       const char *const *row,
                       const char *const *part)
{
  for (guint i = 0; field->rows[i].name != NULL; i++)
    {
      if (part[i] != NULL && g_strcmp0 (part[i], row[i]) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_rows_parse:
 * @field: a field of rows
 * @value: (nullable): a canonical value, or other JSON: an array of objects, or of plain
 *   values for the first sub-field
 * @error: return location for an error
 *
 * Takes rows apart. The cells are as written, not made canonical: that is
 * psl_field_normalise() on the whole value.
 *
 * Errors: %PSL_REGISTER_ERROR_INVALID where it is not such JSON, or a sub-field
 * is unknown.
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): the rows, none for
 *   %NULL; %NULL on error
 */
GPtrArray *
psl_rows_parse (const PslField  *field,
                const char      *value,
                GError         **error)
{
  g_autoptr (GPtrArray) rows = psl_rows_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (field->rows != NULL, NULL);

  if (value == NULL)
    return g_steal_pointer (&rows);

  root = json_from_string (value, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_ARRAY (root))
    {
      set_not_rows (error);
      return NULL;
    }

  array = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *text = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          if (!read_object (field, json_node_get_object (node), rows, error))
            return NULL;
          continue;
        }

      if (!read_scalar (node, &text))
        {
          set_not_rows (error);
          return NULL;
        }
      g_ptr_array_add (rows, psl_rows_row_with (field, NULL, 0, text));
    }

  return g_steal_pointer (&rows);
}

/**
 * psl_rows_build:
 * @field: a field of rows
 * @rows: (element-type GStrv): rows of canonical cells
 *
 * Puts rows together into a value. Rows without any cell are left out; of parts, which
 * may have texts in other languages only, they keep the place of the part among others.
 *
 * Returns: (transfer full) (nullable): the canonical value, or %NULL where
 *   nothing is left
 */
char *
psl_rows_build (const PslField *field,
                GPtrArray      *rows)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  guint n_filled = 0;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (rows != NULL, NULL);

  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      gboolean is_filled = !psl_rows_row_is_empty (field, g_ptr_array_index (rows, i));

      n_filled += is_filled;
      if (is_filled || field->type == PSL_FIELD_TYPE_PARTS)
        add_row (builder, field, g_ptr_array_index (rows, i));
    }
  json_builder_end_array (builder);
  if (n_filled == 0)
    return NULL;

  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}
