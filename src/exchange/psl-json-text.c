/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-json-text.h"

#define INDENT 2

/* As many decimals as tell one double from any other. */
#define MAX_DECIMALS 17

/* JSON-GLib writes 13.6929 as 13.692900000000000: all the digits that a double
 * has. Here a number has as many decimals as it takes to read it back. */
static void
append_double (GString *text,
               double   number)
{
  char buffer[512];

  for (int decimals = 0; decimals <= MAX_DECIMALS; decimals++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%df", decimals);
      g_ascii_formatd (buffer, sizeof buffer, format, number);
      if (g_ascii_strtod (buffer, NULL) == number)
        break;
    }
  g_string_append (text, buffer);
}

static void
append_line (GString *text,
             guint    depth)
{
  g_string_append_printf (text, "\n%*s", (int) (depth * INDENT), "");
}

static void
append_quoted (GString    *text,
               const char *string)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), string);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (text, quoted);
}

static void append_node (GString  *text,
                         JsonNode *node,
                         guint     depth);

static void
append_array (GString   *text,
              JsonArray *array,
              guint      depth)
{
  guint length = json_array_get_length (array);

  g_string_append_c (text, '[');
  for (guint i = 0; i < length; i++)
    {
      append_line (text, depth + 1);
      append_node (text, json_array_get_element (array, i), depth + 1);
      if (i + 1 < length)
        g_string_append_c (text, ',');
    }
  if (length > 0)
    append_line (text, depth);
  g_string_append_c (text, ']');
}

static void
append_object (GString    *text,
               JsonObject *object,
               guint       depth)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean is_first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!is_first)
        g_string_append_c (text, ',');
      append_line (text, depth + 1);
      append_quoted (text, name);
      g_string_append (text, " : ");
      append_node (text, member, depth + 1);
      is_first = FALSE;
    }
  if (!is_first)
    append_line (text, depth);
  g_string_append_c (text, '}');
}

static void
append_node (GString  *text,
             JsonNode *node,
             guint     depth)
{
  g_autofree char *plain = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      append_object (text, json_node_get_object (node), depth);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      append_array (text, json_node_get_array (node), depth);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_DOUBLE)
    {
      append_double (text, json_node_get_double (node));
    }
  else
    {
      plain = json_to_string (node, FALSE);
      g_string_append (text, plain);
    }
}

/**
 * psl_json_to_text:
 * @node: the JSON to write; its numbers are finite
 *
 * Writes JSON for people to read as well: a member a line, indented, and numbers
 * with the decimals that they were written with.
 *
 * Returns: (transfer full): the text, in UTF-8, without a line end
 */
char *
psl_json_to_text (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (node != NULL, NULL);

  append_node (text, node, 0);
  return g_string_free_and_steal (text);
}
