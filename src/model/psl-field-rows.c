/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-field-type.h"
#include "psl-rows.h"

static gboolean
normalise_cells (const PslField        *field,
                 const PslCodelists    *codelists,
                 GPtrArray             *rows,
                 guint                  nth,
                 const PslConventions  *conventions,
                 GError               **error)
{
  char **row = g_ptr_array_index (rows, nth);
  guint n_columns = psl_rows_get_n_columns (field);
  g_auto (GStrv) owned = g_new0 (char *, n_columns + 1);
  g_autofree const char **cells = g_new0 (const char *, n_columns);
  guint n_owned = 0;

  for (guint i = 0; i < n_columns; i++)
    {
      g_autoptr (GError) local_error = NULL;
      char *cell = psl_field_read (&field->rows[i], codelists, row[i], conventions, &local_error);

      if (local_error != NULL)
        {
          g_set_error (error, local_error->domain, local_error->code,
                       /* Translators: number of an entry in a list, name of its part, what is wrong */
                       _("Entry %u, %s: %s"), nth + 1, psl_field_get_label (&field->rows[i]),
                       local_error->message);
          return FALSE;
        }
      if (cell == NULL)
        continue;
      owned[n_owned++] = cell;
      cells[i] = cell;
    }

  g_free (row);
  g_ptr_array_index (rows, nth) = psl_rows_row_new (field, cells);

  return TRUE;
}

/* Puts a later row of the same first cell into the earlier one, and leaves %NULL in
 * its place. */
static gboolean
merge_rows (const PslField      *field,
            const PslCodelists  *codelists,
            GPtrArray           *rows,
            guint                into,
            guint                from,
            GError             **error)
{
  char **one = g_ptr_array_index (rows, into);
  char **other = g_ptr_array_index (rows, from);
  guint n_columns = psl_rows_get_n_columns (field);
  g_autofree const char **cells = g_new0 (const char *, n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      if (one[i] != NULL && other[i] != NULL && strcmp (one[i], other[i]) != 0)
        {
          g_autofree char *name = psl_field_display (&field->rows[0], codelists, one[0], NULL);

          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("“%s” is given twice, with %s and with %s. Keep one."), name, one[i], other[i]);
          return FALSE;
        }
      cells[i] = one[i] != NULL ? one[i] : other[i];
    }

  g_ptr_array_index (rows, into) = psl_rows_row_new (field, cells);
  g_free (one);
  g_free (other);
  g_ptr_array_index (rows, from) = NULL;

  return TRUE;
}

/* Puts rows of the same first cell into one, where the first of them stands. */
static gboolean
merge_duplicates (const PslField      *field,
                  const PslCodelists  *codelists,
                  GPtrArray           *rows,
                  GError             **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_kept = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = g_ptr_array_index (rows, i);
      gpointer place;

      if (row[0] != NULL && g_hash_table_lookup_extended (places, row[0], NULL, &place))
        {
          if (!merge_rows (field, codelists, rows, GPOINTER_TO_UINT (place), i, error))
            return FALSE;
          continue;
        }
      if (row[0] != NULL)
        g_hash_table_insert (places, g_strdup (row[0]), GUINT_TO_POINTER (n_kept));
      g_ptr_array_index (rows, i) = NULL;
      g_ptr_array_index (rows, n_kept++) = (gpointer) row;
    }
  g_ptr_array_set_size (rows, (int) n_kept);

  return TRUE;
}

static char *
rows_normalise (const PslField        *field,
                const PslCodelists    *codelists,
                const char            *text,
                const PslConventions  *conventions,
                GError               **error)
{
  const PslConventions of_json = { .dates = conventions->dates, .century = conventions->century,
                                   .is_stored = TRUE, .kept = conventions->kept };
  g_autoptr (GPtrArray) rows = NULL;

  /* Numbers and codes in JSON are as they are stored; dates follow the conventions of the
   * text around. */
  if (*text == '[')
    conventions = &of_json;
  rows = *text == '[' ? psl_rows_parse (field, text, error) : psl_rows_read_list (field, codelists, text, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      if (!normalise_cells (field, codelists, rows, i, conventions, error))
        return NULL;
    }

  if ((field->flags & PSL_FIELD_FLAT) && !merge_duplicates (field, codelists, rows, error))
    return NULL;

  return psl_rows_build (field, rows);
}

/* Whether a cell is understood without its name. */
static gboolean
speaks_for_itself (const PslField *column,
                   guint           nth)
{
  return column->type == PSL_FIELD_TYPE_CODE || column->unit != NULL ||
         (nth < 2 && column->type != PSL_FIELD_TYPE_DATE);
}

/* "Poland (40%)", "Coordination (South Asia, Valid from: 2020)": the first cell,
 * and the others in parentheses. */
static void
append_row (const PslField     *field,
            const PslCodelists *codelists,
            const char *const  *cells,
            const char         *language,
            GString            *text)
{
  guint n_shown = 0;

  for (guint i = 0; field->rows[i].name != NULL; i++)
    {
      g_autofree char *shown = NULL;

      if (cells[i] == NULL)
        continue;
      shown = psl_field_display (&field->rows[i], codelists, cells[i], language);
      g_string_append (text, n_shown == 0 ? "" : n_shown == 1 ? " (" : ", ");
      if (speaks_for_itself (&field->rows[i], i))
        g_string_append (text, shown);
      else
        /* Translators: name and value of a part of an entry; in French with a no-break space */
        g_string_append_printf (text, C_("part of an entry", "%s: %s"),
                                psl_field_get_label (&field->rows[i]), shown);
      n_shown++;
    }
  if (n_shown > 1)
    g_string_append_c (text, ')');
}

static char *
rows_display (const PslField     *field,
              const PslCodelists *codelists,
              const char         *value,
              const char         *language)
{
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, value, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean flat = field->flags & PSL_FIELD_FLAT;

  if (rows == NULL)
    return g_strdup (value);

  for (guint i = 0; i < rows->len; i++)
    {
      if (i > 0)
        g_string_append (text, flat ? ", " : "; ");
      append_row (field, codelists, g_ptr_array_index (rows, i), language, text);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Semicolons rather than commas: names may have commas in them. */
static char *
rows_edit_text (const PslField     *field,
                const PslCodelists *codelists,
                const char         *value)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) text = NULL;

  if (!(field->flags & PSL_FIELD_FLAT))
    return g_strdup (value);

  rows = psl_rows_parse (field, value, NULL);
  if (rows == NULL)
    return g_strdup (value);

  text = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      if (i > 0)
        g_string_append (text, "; ");
      append_row (field, codelists, g_ptr_array_index (rows, i), NULL, text);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

const PslFieldClass psl_field_rows_class = {
  .multiline = TRUE,
  .prose = TRUE,
  .normalise = rows_normalise,
  .display = rows_display,
  .edit_text = rows_edit_text,
};
