/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-column.h"

#include "psl-editor.h"
#include "psl-text-language.h"

/* In pixels: “31 décembre 2026”, “Valable jusqu’au” and most names fit in. */
#define NARROW 80
#define MEDIUM 120
#define WIDE 150

static void
column_free (gpointer data)
{
  PslPartsColumn *column = data;

  g_free (column->title);
  g_free (column);
}

static int
get_width (const PslField *field)
{
  switch (field->type)
    {
    case PSL_FIELD_TYPE_YEAR:
    case PSL_FIELD_TYPE_INTEGER:
    case PSL_FIELD_TYPE_DECIMAL:
    case PSL_FIELD_TYPE_LATITUDE:
    case PSL_FIELD_TYPE_LONGITUDE:
      return NARROW;
    case PSL_FIELD_TYPE_TEXT:
    case PSL_FIELD_TYPE_LONG_TEXT:
    case PSL_FIELD_TYPE_URL:
      return WIDE;
    case PSL_FIELD_TYPE_IDENTIFIER:
    case PSL_FIELD_TYPE_DATE:
    case PSL_FIELD_TYPE_MONEY:
    case PSL_FIELD_TYPE_CODE:
    case PSL_FIELD_TYPE_LINK:
    case PSL_FIELD_TYPE_EMAIL:
    case PSL_FIELD_TYPE_PHONE:
    case PSL_FIELD_TYPE_ROWS:
    case PSL_FIELD_TYPE_PARTS:
    default:
      return MEDIUM;
    }
}

static void
add_column (GPtrArray      *columns,
            const PslField *field,
            const char     *language)
{
  PslPartsColumn *column = g_new0 (PslPartsColumn, 1);

  column->field = field;
  column->language = language;
  column->title = psl_editor_dup_name (field, language);
  column->width = get_width (field);
  column->stretch = column->width == NARROW ? 0 : column->width;
  g_ptr_array_add (columns, column);
}

/**
 * psl_parts_columns_new:
 * @kind: a kind of parts
 * @language: the language of records, which comes first
 *
 * What holds more than a value has no column: it is edited on the page of the part.
 *
 * Returns: (transfer full) (element-type PslPartsColumn): the columns of a table of
 *   records of @kind, a text in several languages having one for each
 */
GPtrArray *
psl_parts_columns_new (const PslKind *kind,
                       const char    *language)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);
  g_autofree const char **languages = psl_text_languages_list_for (language, NULL);

  g_return_val_if_fail (kind != NULL, columns);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if ((field->flags & PSL_FIELD_OWNER) != 0 || field->type == PSL_FIELD_TYPE_ROWS ||
          field->type == PSL_FIELD_TYPE_PARTS)
        continue;

      if ((field->flags & PSL_FIELD_MULTILINGUAL) == 0)
        {
          add_column (columns, field, NULL);
          continue;
        }
      for (gsize i = 0; languages[i] != NULL; i++)
        add_column (columns, field, languages[i]);
    }

  return columns;
}
