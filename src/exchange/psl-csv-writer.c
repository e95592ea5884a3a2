/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-csv-writer.h"

#include <string.h>

#define BUFFER_BYTES (64 * 1024)

/* RFC 4180 in UTF-8, lines ended by CRLF. Rows gather in a buffer, so that the
 * stream sees few writes. */
struct _PslCsvWriter
{
  GOutputStream *stream;
  GString *buffer;
  char delimiter;
  guint n_cells;        /* of the row so far */
  gboolean row_is_empty;
};

/* Cells with spaces around them are quoted too: some readers trim the others. */
static gboolean
needs_quotes (PslCsvWriter *self,
              const char   *cell)
{
  char special[] = { '"', '\r', '\n', self->delimiter, '\0' };
  gsize length = strlen (cell);

  return length > 0 &&
         (cell[strcspn (cell, special)] != '\0' || cell[0] == ' ' || cell[length - 1] == ' ' || cell[0] == '\t' ||
          cell[length - 1] == '\t');
}

static gboolean
flush (PslCsvWriter  *self,
       GCancellable  *cancellable,
       GError       **error)
{
  gboolean done = g_output_stream_write_all (self->stream, self->buffer->str, self->buffer->len, NULL, cancellable,
                                             error);

  g_string_truncate (self->buffer, 0);
  return done;
}

/**
 * psl_csv_writer_new:
 * @stream: where to write; stays open
 * @delimiter: `,`, `;` or a tab
 * @byte_order_mark: whether to begin with one, which some spreadsheets need to
 *   take the file for UTF-8
 *
 * Returns: (transfer full): a writer
 */
PslCsvWriter *
psl_csv_writer_new (GOutputStream *stream,
                    char           delimiter,
                    gboolean       byte_order_mark)
{
  PslCsvWriter *self;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);
  g_return_val_if_fail (delimiter != '\0', NULL);

  self = g_new0 (PslCsvWriter, 1);
  self->stream = g_object_ref (stream);
  self->buffer = g_string_new (byte_order_mark ? "\xEF\xBB\xBF" : "");
  self->delimiter = delimiter;
  self->row_is_empty = TRUE;
  return self;
}

/**
 * psl_csv_writer_free:
 *
 * Frees @self. Cells that are not written yet are lost: call psl_csv_writer_finish() first.
 */
void
psl_csv_writer_free (PslCsvWriter *self)
{
  g_clear_object (&self->stream);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

/**
 * psl_csv_writer_add:
 * @cell: (nullable): UTF-8
 *
 * Adds a cell to the row.
 */
void
psl_csv_writer_add (PslCsvWriter *self,
                    const char   *cell)
{
  if (self->n_cells++ > 0)
    g_string_append_c (self->buffer, self->delimiter);
  if (cell == NULL || *cell == '\0')
    return;

  self->row_is_empty = FALSE;
  if (!needs_quotes (self, cell))
    {
      g_string_append (self->buffer, cell);
      return;
    }
  g_string_append_c (self->buffer, '"');
  for (const char *at = cell; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (self->buffer, '"');
      g_string_append_c (self->buffer, *at);
    }
  g_string_append_c (self->buffer, '"');
}

/**
 * psl_csv_writer_end_row:
 *
 * Ends the row.
 *
 * Returns: %FALSE with a %G_IO_ERROR
 */
gboolean
psl_csv_writer_end_row (PslCsvWriter  *self,
                        GCancellable  *cancellable,
                        GError       **error)
{
  /* A row of one empty cell would read as a blank line. */
  if (self->n_cells == 1 && self->row_is_empty)
    g_string_append (self->buffer, "\"\"");
  g_string_append (self->buffer, "\r\n");
  self->n_cells = 0;
  self->row_is_empty = TRUE;
  return self->buffer->len < BUFFER_BYTES || flush (self, cancellable, error);
}

/**
 * psl_csv_writer_finish:
 *
 * Writes the rest and flushes the stream.
 *
 * Returns: %FALSE with a %G_IO_ERROR
 */
gboolean
psl_csv_writer_finish (PslCsvWriter  *self,
                       GCancellable  *cancellable,
                       GError       **error)
{
  return flush (self, cancellable, error) && g_output_stream_flush (self->stream, cancellable, error);
}
