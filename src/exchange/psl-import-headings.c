/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-headings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-error.h"
#include "psl-import-mapping.h"
#include "psl-kinds.h"
#include "psl-text.h"

/* HXL, the Humanitarian Exchange Language, puts a row of tags (#country, #org+code) below
 * the headings, of which there may be several rows, or in place of them. The standard
 * has the tags within the first 25 rows. */
#define MAXIMUM_TAG_ROW 25

/* The rows down to the row of tags. */
typedef struct
{
  GPtrArray *rows;    /* (element-type GStrv) (nullable elements): NULL for an unreadable row */
  gboolean has_tags;  /* the last is a row of tags */
  guint64 tag_line;
} Head;

static void
free_row (gpointer row)
{
  g_strfreev (row);
}

static GStrv
dup_row (PslCsvReader *reader)
{
  g_autoptr (GStrvBuilder) row = g_strv_builder_new ();

  for (guint i = 0; i < psl_csv_reader_get_n_cells (reader); i++)
    g_strv_builder_add (row, psl_csv_reader_get_cell (reader, i));
  return g_strv_builder_end (row);
}

static const char *
skip_name (const char *at)
{
  if (!g_ascii_isalpha (*at))
    return NULL;
  while (g_ascii_isalnum (*at) || *at == '_')
    at++;
  return at;
}

/* Whether a cell is a tag: `#org`, `#org +funder +code`. */
static gboolean
is_tag (const char *cell,
        gboolean   *has_attributes)
{
  const char *at;

  *has_attributes = FALSE;
  if (*cell != '#')
    return FALSE;
  at = skip_name (cell + 1);
  while (at != NULL)
    {
      at += strspn (at, " ");
      if (*at == '\0')
        return TRUE;
      *has_attributes = TRUE;
      at = *at == '+' ? skip_name (at + 1 + strspn (at + 1, " ")) : NULL;
    }
  return FALSE;
}

/* Whether a row holds tags and nothing else. A single one without attributes is more
 * likely somebody's title. */
static gboolean
is_tag_row (const char *const *row)
{
  guint n_tags = 0;
  gboolean any_attributes = FALSE;

  for (; *row != NULL; row++)
    {
      g_autofree char *cell = psl_text_clean (*row, FALSE);
      gboolean has_attributes;

      if (cell == NULL)
        continue;
      if (!is_tag (cell, &has_attributes))
        return FALSE;
      any_attributes |= has_attributes;
      n_tags++;
    }
  return n_tags > 1 || any_attributes;
}

/* How many columns a row of headings says the meaning of, for the kind that it fits best. */
static guint
count_meanings (const char *const  *row,
                const PslCodelists *codelists)
{
  guint most = 0;

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    {
      g_autoptr (PslImportMapping) mapping = psl_import_mapping_new (psl_kinds[i], codelists, row, NULL, NULL, NULL);

      if (mapping != NULL)
        most = MAX (most, psl_import_mapping_count_matched (mapping));
    }
  return most;
}

/* Reads the first rows, down to the row of tags. Faulty rows are reported when they are read
 * again. */
static void
read_head (PslCsvReader *reader,
           Head         *head,
           GCancellable *cancellable)
{
  gboolean at_end = FALSE;

  while (head->rows->len < MAXIMUM_TAG_ROW && !head->has_tags && !at_end)
    {
      g_autoptr (GError) error = NULL;

      if (psl_csv_reader_next (reader, cancellable, &error))
        {
          g_ptr_array_add (head->rows, dup_row (reader));
          head->has_tags = is_tag_row (g_ptr_array_index (head->rows, head->rows->len - 1));
          head->tag_line = psl_csv_reader_get_line (reader);
        }
      else if (error != NULL && error->domain == PSL_CSV_ERROR && error->code != PSL_CSV_ERROR_ENCODING)
        g_ptr_array_add (head->rows, NULL);
      else
        at_end = TRUE;
    }
}

/* Chooses the row above the tags that names the columns: the one with most known headings,
 * and of several the last, which is the most special. */
static GStrv
dup_best_heading (const Head         *head,
                  const PslCodelists *codelists)
{
  const char *const *best = NULL;
  guint most = 0;

  for (guint i = 0; i + 1 < head->rows->len; i++)
    {
      const char *const *row = g_ptr_array_index (head->rows, i);
      guint n = row != NULL ? count_meanings (row, codelists) : 0;

      if (row == NULL || (best != NULL && n < most))
        continue;
      most = n;
      best = row;
    }
  return best != NULL ? g_strdupv ((char **) best) : NULL;
}

static gboolean
pass_over (PslCsvReader  *reader,
           guint          n_rows,
           GCancellable  *cancellable,
           GError       **error)
{
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (psl_csv_reader_next (reader, cancellable, &local_error) || local_error == NULL ||
          local_error->domain == PSL_CSV_ERROR)
        continue;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static GStrv
read_first_row (PslCsvReader  *reader,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GError) local_error = NULL;

  if (psl_csv_reader_next (reader, cancellable, &local_error))
    return dup_row (reader);
  if (local_error == NULL)
    g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                         _("The file is empty. Its first row must name the columns."));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * psl_import_read_headings:
 * @reader: a table that nothing was read of yet
 * @codelists: the lists of the register that the table goes into
 * @tag_line: (out) (optional): the line of the row of HXL tags, or 0 where there is none
 * @n_above: (out) (optional): how many rows above the tags are passed over, without the row
 *   that names the columns
 *
 * Reads the row that names the columns, and passes over a row of HXL tags and, where
 * there is one, over rows above and between. Where the first row is one of tags, the
 * next names the columns if it names any; else the tags do.
 *
 * Returns: (transfer full): the headings; %NULL with %PSL_REGISTER_ERROR_INVALID
 *   where there is no row, or the reader's own errors
 */
GStrv
psl_import_read_headings (PslCsvReader        *reader,
                          const PslCodelists  *codelists,
                          guint64             *tag_line,
                          guint               *n_above,
                          GCancellable        *cancellable,
                          GError             **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  Head head = { rows };
  g_auto (GStrv) headings = NULL;

  read_head (reader, &head, cancellable);
  if (tag_line != NULL)
    *tag_line = head.has_tags ? head.tag_line : 0;
  if (n_above != NULL)
    *n_above = head.has_tags && rows->len > 2 ? rows->len - 2 : 0;
  if (!psl_csv_reader_rewind (reader, cancellable, error))
    return NULL;
  if (!head.has_tags)
    return read_first_row (reader, cancellable, error);
  if (!pass_over (reader, rows->len, cancellable, error))
    return NULL;

  headings = dup_best_heading (&head, codelists);
  if (headings != NULL)
    return g_steal_pointer (&headings);
  headings = read_first_row (reader, cancellable, NULL);
  if (headings != NULL && count_meanings ((const char *const *) headings, codelists) > 0)
    return g_steal_pointer (&headings);
  if (!psl_csv_reader_rewind (reader, cancellable, error) || !pass_over (reader, rows->len, cancellable, error))
    return NULL;
  return g_strdupv (g_ptr_array_index (rows, rows->len - 1));
}
