/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-column.h"

#include <glib/gi18n.h>

#include "psl-editor.h"
#include "psl-language.h"
#include "psl-number.h"
#include "psl-text-language.h"

/* In pixels: “31 décembre 2026”, “Valable jusqu’au” and most names fit in. */
#define NARROW 80
#define MEDIUM 120
#define WIDE 150
/* Some thirty characters of a part's name, which is mostly a sentence. */
#define LONG 280

static void
column_free (gpointer data)
{
  PslPartsColumn *column = data;

  g_free (column->title);
  g_free (column);
}

static int
get_width (const PslKind  *kind,
           const PslField *field)
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
      return field == psl_kind_get_title (kind) ? LONG : WIDE;
    case PSL_FIELD_TYPE_LONG_TEXT:
      return LONG;
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
            const PslKind  *kind,
            const PslField *field,
            const char     *language)
{
  PslPartsColumn *column = g_new0 (PslPartsColumn, 1);

  column->field = field;
  column->language = language;
  column->title = psl_language_dup_text_label (psl_field_get_label (field), language);
  column->width = get_width (kind, field);
  column->stretch = column->width == NARROW ? 0 : column->width;
  g_ptr_array_add (columns, column);
}

/**
 * psl_parts_columns_new:
 * @kind: a kind of parts
 * @codelists: the lists of the register whose records are shown
 * @language: the language of records, which comes first
 *
 * A field that holds more than a value has no column: it is edited on the page of the part.
 *
 * Returns: (transfer full) (element-type PslPartsColumn): the columns of a table of
 *   records of @kind, a text in several languages having one for each
 */
GPtrArray *
psl_parts_columns_new (const PslKind      *kind,
                       const PslCodelists *codelists,
                       const char         *language)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);
  g_autofree const char **languages = psl_text_languages_list_for (codelists, language, NULL);

  g_return_val_if_fail (kind != NULL, columns);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if ((field->flags & PSL_FIELD_OWNER) != 0 || field->type == PSL_FIELD_TYPE_ROWS ||
          field->type == PSL_FIELD_TYPE_PARTS)
        continue;

      if ((field->flags & PSL_FIELD_MULTILINGUAL) == 0)
        {
          add_column (columns, kind, field, NULL);
          continue;
        }
      for (gsize i = 0; languages[i] != NULL; i++)
        add_column (columns, kind, field, languages[i]);
    }

  return columns;
}

/**
 * psl_parts_column_dup_cell_name:
 * @column: a column
 * @position: a row, from 0
 *
 * Returns: (transfer full): the name of the cell there: “Budget, row 3”
 */
char *
psl_parts_column_dup_cell_name (const PslPartsColumn *column,
                                guint                 position)
{
  g_autofree char *number = psl_number_format_count (position + 1);

  g_return_val_if_fail (column != NULL, NULL);

  /* Translators: a cell of a table: the title of its column, the number of its row: “Budget, row 3” */
  return g_strdup_printf (_("%s, row %s"), column->title, number);
}
