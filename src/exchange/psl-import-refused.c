/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-refused.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-csv-writer.h"
#include "psl-import-heading.h"
#include "psl-sheet.h"
#include "psl-text.h"

/*
 * The rows of a file that an import refused or did not take whole, to be written as a table
 * like the file, with a column of reasons: a person corrects the rows there and imports the
 * table. Memory grows with these rows, and with rows that wait for others.
 */
struct _PslRefusedRows
{
  GStrv headings;
  gboolean *may_be_guarded;   /* by heading: see psl_sheet_guard() */
  char delimiter;
  GHashTable *cells;          /* line → GStrv: rows at hand */
  GHashTable *reasons;        /* line → GString: of rows that have reasons */
};

static void
free_string (gpointer string)
{
  g_string_free (string, TRUE);
}

static int
compare_lines (gconstpointer one,
               gconstpointer other)
{
  guint64 one_line = *(const guint64 *) one;
  guint64 other_line = *(const guint64 *) other;

  return one_line < other_line ? -1 : one_line > other_line;
}

/* The lines of rows that have reasons, in order. */
static GPtrArray *
list_lines (PslRefusedRows *self)
{
  GPtrArray *lines = g_hash_table_get_keys_as_ptr_array (self->reasons);

  g_ptr_array_sort_values (lines, compare_lines);
  return lines;
}

/* The file is corrected in a spreadsheet, which must not run any of its cells. In a column
 * with guarded cells, a cell that begins with an apostrophe needs no other guard. */
static void
add_guarded (PslCsvWriter *writer,
             const char   *cell,
             gboolean      may_be_guarded)
{
  g_autofree char *guarded = psl_sheet_guard (cell);

  psl_csv_writer_add (writer, may_be_guarded && *cell == '\'' ? cell : guarded);
}

/* Adds the cells of a row, without the reasons of an earlier import, with @reasons behind the
 * last heading, and then any cells beyond the headings. */
static void
add_cells (PslRefusedRows    *self,
           PslCsvWriter      *writer,
           const char *const *cells,
           const char        *reasons)
{
  guint n_headings = g_strv_length (self->headings);
  guint n_cells = g_strv_length ((GStrv) cells);

  for (guint i = 0; i < n_headings; i++)
    if (!psl_import_heading_is_reasons (self->headings[i]))
      add_guarded (writer, i < n_cells ? cells[i] : "", self->may_be_guarded[i]);
  psl_csv_writer_add (writer, reasons);
  for (guint i = n_headings; i < n_cells; i++)
    add_guarded (writer, cells[i], FALSE);
}

static gboolean
write_rows (PslRefusedRows  *self,
            PslCsvWriter    *writer,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr (GPtrArray) lines = list_lines (self);

  add_cells (self, writer, (const char *const *) self->headings, C_("heading", "Import problems"));
  if (!psl_csv_writer_end_row (writer, cancellable, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const char *const *cells = g_hash_table_lookup (self->cells, g_ptr_array_index (lines, i));
      const GString *reasons = g_hash_table_lookup (self->reasons, g_ptr_array_index (lines, i));

      add_cells (self, writer, cells, reasons->str);
      if (!psl_csv_writer_end_row (writer, cancellable, error))
        return FALSE;
    }
  return psl_csv_writer_finish (writer, cancellable, error);
}

static void
clear (gpointer data)
{
  PslRefusedRows *self = data;

  g_strfreev (self->headings);
  g_free (self->may_be_guarded);
  g_hash_table_unref (self->cells);
  g_hash_table_unref (self->reasons);
}

/**
 * psl_refused_rows_new:
 *
 * Returns: (transfer full): a collection for psl_import_csv() to fill
 */
PslRefusedRows *
psl_refused_rows_new (void)
{
  PslRefusedRows *self = g_atomic_rc_box_new0 (PslRefusedRows);

  self->headings = g_new0 (char *, 1);
  self->delimiter = ',';
  self->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_strfreev);
  self->reasons = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_string);
  return self;
}

/**
 * psl_refused_rows_ref:
 *
 * Returns: (transfer full): another reference, on any thread
 */
PslRefusedRows *
psl_refused_rows_ref (PslRefusedRows *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * psl_refused_rows_unref:
 *
 * Gives a reference back, on any thread.
 */
void
psl_refused_rows_unref (PslRefusedRows *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * psl_refused_rows_begin:
 * @headings: the file's headings
 * @cells: how its cells are read
 * @delimiter: the file's
 *
 * Forgets the rows collected before, and begins with a file.
 */
void
psl_refused_rows_begin (PslRefusedRows       *self,
                        const char *const    *headings,
                        const PslImportCells *cells,
                        char                  delimiter)
{
  guint n_headings = g_strv_length ((GStrv) headings);

  g_strfreev (self->headings);
  self->headings = g_strdupv ((GStrv) headings);
  g_free (self->may_be_guarded);
  self->may_be_guarded = g_new0 (gboolean, n_headings);
  for (guint i = 0; i < n_headings; i++)
    self->may_be_guarded[i] = psl_import_cells_may_be_guarded (cells, i);
  self->delimiter = delimiter;
  g_hash_table_remove_all (self->cells);
  g_hash_table_remove_all (self->reasons);
}

/**
 * psl_refused_rows_keep:
 * @reader: stands on a row
 *
 * Keeps the row's cells, in case that it is refused.
 */
void
psl_refused_rows_keep (PslRefusedRows *self,
                       PslCsvReader   *reader)
{
  guint64 line = psl_csv_reader_get_line (reader);
  g_autoptr (GStrvBuilder) cells = NULL;

  if (g_hash_table_contains (self->cells, &line))
    return;
  cells = g_strv_builder_new ();
  for (guint i = 0; i < psl_csv_reader_get_n_cells (reader); i++)
    g_strv_builder_add (cells, psl_csv_reader_get_cell (reader, i));
  g_hash_table_insert (self->cells, g_memdup2 (&line, sizeof line), g_strv_builder_end (cells));
}

/**
 * psl_refused_rows_add_reason:
 * @line: of a row whose cells are kept
 * @reason: why it, or a value of it, was not taken
 *
 * Takes the row into the collection.
 */
void
psl_refused_rows_add_reason (PslRefusedRows *self,
                             guint64         line,
                             const char     *reason)
{
  GString *reasons = g_hash_table_lookup (self->reasons, &line);

  if (reasons == NULL)
    {
      reasons = g_string_new (NULL);
      g_hash_table_insert (self->reasons, g_memdup2 (&line, sizeof line), reasons);
    }
  g_string_append_printf (reasons, "%s%s", reasons->len > 0 ? " " : "", reason);
}

/**
 * psl_refused_rows_get_n:
 *
 * Returns: how many rows there are to correct
 */
guint
psl_refused_rows_get_n (PslRefusedRows *self)
{
  return g_hash_table_size (self->reasons);
}

/**
 * psl_refused_rows_write:
 * @file: the file to write, which is finished then
 *
 * Writes the rows as UTF-8 with a byte order mark, in the order of the file, with its
 * headings and its delimiter and a last column of reasons, and with an apostrophe before
 * cells that a spreadsheet would run. Importing that file takes no notice of either.
 *
 * Returns: %FALSE with an error of psl_file_writer_finish()
 */
gboolean
psl_refused_rows_write (PslRefusedRows  *self,
                        PslFileWriter   *file,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_autoptr (PslCsvWriter) writer = psl_csv_writer_new (G_OUTPUT_STREAM (file), self->delimiter, TRUE);

  return write_rows (self, writer, cancellable, error) && psl_file_writer_finish (file, cancellable, error);
}
