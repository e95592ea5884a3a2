/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-csv-reader.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* No cell of a register comes near it; what does is a quote that isn't closed. */
#define MAXIMUM_ROW (16 * 1024 * 1024)
#define SAMPLE_BYTES (64 * 1024)
#define SAMPLE_ROWS 50

/*
 * RFC 4180, and what spreadsheets make of it: comma, semicolon or tab; CRLF, LF
 * or CR; a quote inside an unquoted cell is itself; spaces after a closing quote
 * are passed over; a first line `sep=;` names the delimiter.
 *
 * A row is read into one buffer, its cells one after the other and each ended
 * by a NUL, so that reading a row allocates nothing.
 */
struct _PslCsvReader
{
  PslTextReader *text;
  GString *input;       /* decoded, not yet parsed from `position` on */
  gsize position;
  gboolean at_end;
  GError *failure;      /* (nullable): why there is no more input, told when the rest is parsed */
  char delimiter;
  guint64 line;         /* of the next character, from 1 */
  guint64 row_line;     /* where the row starts */
  GString *cells;
  GArray *offsets;      /* gsize: where each cell starts in cells */
};

typedef enum
{
  CELL_START,
  UNQUOTED,
  QUOTED,
  AFTER_QUOTE,
  BROKEN,               /* a row that can't be read is passed over to its end */
} State;

/* Where a row is being read: its state, and what was wrong with it first. */
typedef struct
{
  State state;
  guint64 quote_line;
  gboolean quoted;
  GError *error;
} Row;

static void
refill (PslCsvReader *self,
        GCancellable *cancellable)
{
  gsize before;

  g_string_erase (self->input, 0, self->position);
  self->position = 0;
  before = self->input->len;
  self->at_end = !psl_text_reader_fill (self->text, self->input, cancellable, &self->failure) ||
                 self->input->len == before;
}

static void
end_cell (PslCsvReader *self)
{
  gsize next;

  g_string_append_c (self->cells, '\0');
  next = self->cells->len;
  g_array_append_val (self->offsets, next);
}

static void
break_row (Row         *row,
           PslCsvError  code,
           const char  *message)
{
  if (row->error == NULL)
    row->error = g_error_new_literal (PSL_CSV_ERROR, code, message);
  row->state = BROKEN;
}

/* Takes an end of line at the position; FALSE where the next character decides
 * and is not here yet. */
static gboolean
take_newline (PslCsvReader *self,
              gsize        *length)
{
  const char *at = self->input->str + self->position;

  *length = 1;
  if (*at == '\r')
    {
      if (self->position + 1 == self->input->len && !self->at_end)
        return FALSE;
      if (at[1] == '\n' && self->position + 1 < self->input->len)
        *length = 2;
    }
  self->line++;
  return TRUE;
}

/* Copies the characters that mean nothing in the state; TRUE where there were. */
static gboolean
take_plain (PslCsvReader *self,
            Row          *row)
{
  const char *start = self->input->str + self->position;
  const char *end = self->input->str + self->input->len;
  const char *at = start;

  if (row->state == QUOTED)
    while (at < end && *at != '"' && *at != '\n' && *at != '\r' && *at != '\0')
      at++;
  else
    while (at < end && *at != self->delimiter && *at != '\n' && *at != '\r' && *at != '\0')
      at++;

  if (row->state != BROKEN)
    g_string_append_len (self->cells, start, at - start);
  self->position += (gsize) (at - start);
  return at > start;
}

/* Takes one character inside quotes; FALSE where the next one is needed first. */
static gboolean
step_quoted (PslCsvReader *self,
             Row          *row)
{
  char character = self->input->str[self->position];
  gsize length;

  if (character == '"')
    {
      if (self->position + 1 == self->input->len && !self->at_end)
        return FALSE;
      if (self->position + 1 < self->input->len && self->input->str[self->position + 1] == '"')
        {
          g_string_append_c (self->cells, '"');
          self->position += 2;
        }
      else
        {
          row->state = AFTER_QUOTE;
          self->position++;
        }
    }
  else
    {
      if (!take_newline (self, &length))
        return FALSE;
      g_string_append_len (self->cells, self->input->str + self->position, length);
      self->position += length;
    }
  return TRUE;
}

/* Takes one character between or after cells. Sets @ended at the end of the row;
 * FALSE where the next character is needed first. */
static gboolean
step (PslCsvReader *self,
      Row          *row,
      gboolean     *ended)
{
  char character = self->input->str[self->position];
  gsize length;

  if (character == '\n' || character == '\r')
    {
      if (!take_newline (self, &length))
        return FALSE;
      self->position += length;
      *ended = TRUE;
      return TRUE;
    }

  if (character == self->delimiter)
    {
      if (row->state != BROKEN)
        {
          end_cell (self);
          row->state = CELL_START;
        }
    }
  else if (row->state == CELL_START && character == '"')
    {
      row->state = QUOTED;
      row->quoted = TRUE;
      row->quote_line = self->line;
    }
  else if (row->state == CELL_START)
    {
      row->state = UNQUOTED;
      return TRUE;
    }
  else if (row->state == AFTER_QUOTE && character != ' ')
    break_row (row, PSL_CSV_ERROR_QUOTE,
               _("There is text after a closing quote. A quote inside a quoted cell is written twice."));
  self->position++;
  return TRUE;
}

/* A blank line, or a row of empty cells: nothing to tell about it. */
static gboolean
is_blank (PslCsvReader *self)
{
  for (gsize i = 0; i < self->cells->len; i++)
    if (self->cells->str[i] != '\0' && self->cells->str[i] != ' ' && self->cells->str[i] != '\t')
      return FALSE;
  return TRUE;
}

/* Reads a row. @row's error tells what is wrong with it; FALSE where the file
 * can't be read. */
static gboolean
read_row (PslCsvReader  *self,
          Row           *row,
          GCancellable  *cancellable,
          GError       **error)
{
  gboolean ended = FALSE;
  gsize first = 0;

  g_string_truncate (self->cells, 0);
  g_array_set_size (self->offsets, 0);
  g_array_append_val (self->offsets, first);
  self->row_line = self->line;

  while (!ended)
    {
      gboolean stepped;

      if (self->position == self->input->len)
        {
          if (!self->at_end)
            refill (self, cancellable);
          if (self->position == self->input->len)
            break;
        }
      if ((row->state == UNQUOTED || row->state == QUOTED || row->state == BROKEN) && take_plain (self, row))
        continue;
      if (self->input->str[self->position] == '\0')
        {
          break_row (row, PSL_CSV_ERROR_NUL, _("The row holds a NUL character, which is no text."));
          self->position++;
          continue;
        }
      if (self->cells->len > MAXIMUM_ROW)
        break_row (row, PSL_CSV_ERROR_TOO_LONG,
                   _("The row is longer than 16 MB. Perhaps a quote is opened and not closed."));

      stepped = row->state == QUOTED ? step_quoted (self, row) : step (self, row, &ended);
      if (!stepped)
        refill (self, cancellable);
    }

  if (!ended && self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }

  if (row->state == QUOTED)
    {
      g_autofree char *message = g_strdup_printf (_("A quote opened on line %lu is never closed."),
                                                  (gulong) row->quote_line);
      break_row (row, PSL_CSV_ERROR_UNTERMINATED, message);
    }
  g_string_append_c (self->cells, '\0');
  return TRUE;
}

/* How well the text reads with @delimiter: in thousandths, how many of its rows
 * have as many cells as the first, which names the columns; then how many those
 * are. One cell a row is no table. */
static guint
score (PslCsvReader *self,
       char          delimiter)
{
  guint counts[SAMPLE_ROWS];
  guint n_rows = 0, same = 0;
  gsize position = 0;
  guint cells = 1;
  gboolean quoted = FALSE, at_start = TRUE;

  for (; position < self->input->len && n_rows < SAMPLE_ROWS; position++)
    {
      char character = self->input->str[position];

      if (character == '"' && (quoted || at_start))
        quoted = !quoted;
      else if (!quoted && character == delimiter)
        cells++;
      else if (!quoted && (character == '\n' || character == '\r'))
        {
          if (!at_start || cells > 1)
            counts[n_rows++] = cells;
          cells = 1;
        }
      at_start = character == delimiter || character == '\n' || character == '\r';
    }
  if (position == self->input->len && n_rows < SAMPLE_ROWS && (!at_start || cells > 1))
    counts[n_rows++] = cells;

  for (guint i = 0; i < n_rows; i++)
    same += counts[i] == counts[0];
  return n_rows > 0 && counts[0] > 1 ? same * 1000 / n_rows * 1000 + MIN (counts[0], 999) : 0;
}

static void
detect_delimiter (PslCsvReader *self,
                  GCancellable *cancellable)
{
  static const char candidates[] = { ',', ';', '\t' };
  const char *text;
  guint best = 0;

  while (!self->at_end && self->input->len < SAMPLE_BYTES)
    refill (self, cancellable);

  text = self->input->str;
  if (g_ascii_strncasecmp (text, "sep=", 4) == 0 && text[4] != '\0' && (text[5] == '\r' || text[5] == '\n'))
    {
      self->delimiter = text[4];
      self->position = text[5] == '\r' && text[6] == '\n' ? 7 : 6;
      self->line++;
      return;
    }
  if (self->delimiter != '\0')
    return;

  self->delimiter = ',';
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      guint found = score (self, candidates[i]);

      if (found > best)
        {
          best = found;
          self->delimiter = candidates[i];
        }
    }
}

/**
 * psl_csv_reader_new:
 * @stream: a CSV file's bytes
 * @delimiter: `,`, `;` or a tab, or 0 to recognise it
 *
 * Opens a table. Encoding and delimiter are known afterwards.
 *
 * Returns: (transfer full): a reader, or %NULL with a %G_IO_ERROR
 */
PslCsvReader *
psl_csv_reader_new (GInputStream  *stream,
                    char           delimiter,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (PslCsvReader) self = g_new0 (PslCsvReader, 1);

  self->input = g_string_new (NULL);
  self->cells = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->delimiter = delimiter;
  self->line = 1;
  self->text = psl_text_reader_new (stream, cancellable, error);
  if (self->text == NULL)
    return NULL;
  detect_delimiter (self, cancellable);
  return g_steal_pointer (&self);
}

/**
 * psl_csv_reader_free:
 *
 * Frees @self and its row.
 */
void
psl_csv_reader_free (PslCsvReader *self)
{
  g_clear_pointer (&self->text, psl_text_reader_free);
  g_clear_error (&self->failure);
  g_string_free (self->input, TRUE);
  g_string_free (self->cells, TRUE);
  g_array_unref (self->offsets);
  g_free (self);
}

/**
 * psl_csv_reader_next:
 *
 * Reads the next row that isn't blank. After an error that is a
 * %PSL_CSV_ERROR other than %PSL_CSV_ERROR_ENCODING the reader stands behind
 * the row that can't be read, and reading can go on; psl_csv_reader_get_line()
 * tells where it was.
 *
 * Returns: %FALSE at the end of the file, or with @error set
 */
gboolean
psl_csv_reader_next (PslCsvReader  *self,
                     GCancellable  *cancellable,
                     GError       **error)
{
  while (self->position < self->input->len || !self->at_end || self->failure != NULL)
    {
      Row row = { CELL_START };

      if (!read_row (self, &row, cancellable, error))
        {
          g_clear_error (&row.error);
          self->position = self->input->len;
          return FALSE;
        }
      if (row.error != NULL)
        {
          g_propagate_error (error, row.error);
          return FALSE;
        }
      if (!is_blank (self))
        return TRUE;
    }
  return FALSE;
}

/**
 * psl_csv_reader_get_n_cells:
 *
 * Returns: how many cells the row has
 */
guint
psl_csv_reader_get_n_cells (PslCsvReader *self)
{
  return self->offsets->len;
}

/**
 * psl_csv_reader_get_cell:
 *
 * Returns: the row's @nth cell, as it stands in the file without its quotes;
 *   `""` beyond the last. Valid until the next row.
 */
const char *
psl_csv_reader_get_cell (PslCsvReader *self,
                         guint         nth)
{
  return nth < self->offsets->len ? self->cells->str + g_array_index (self->offsets, gsize, nth) : "";
}

/**
 * psl_csv_reader_get_line:
 *
 * Returns: the line of the file, from 1, that the row starts on
 */
guint64
psl_csv_reader_get_line (PslCsvReader *self)
{
  return self->row_line;
}

/**
 * psl_csv_reader_get_delimiter:
 *
 * Returns: what stands between the cells
 */
char
psl_csv_reader_get_delimiter (PslCsvReader *self)
{
  return self->delimiter;
}

/**
 * psl_csv_reader_get_encoding:
 *
 * Returns: what the file was recognised as
 */
PslEncoding
psl_csv_reader_get_encoding (PslCsvReader *self)
{
  return psl_text_reader_get_encoding (self->text);
}

/**
 * psl_csv_reader_get_fraction:
 *
 * Returns: how much of the file has been read, from 0 to 1
 */
double
psl_csv_reader_get_fraction (PslCsvReader *self)
{
  goffset size = psl_text_reader_get_size (self->text);

  return size > 0 ? CLAMP ((double) psl_text_reader_get_position (self->text) / (double) size, 0, 1) : 1;
}
