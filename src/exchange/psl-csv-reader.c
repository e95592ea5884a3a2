/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-csv-reader.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "psl-foreign.h"

/* Longer than any cell of a register: only a quote that isn't closed gets there. */
#define MAXIMUM_ROW (16 * 1024 * 1024)
#define SAMPLE_BYTES (64 * 1024)
#define SAMPLE_ROWS 50

/*
 * RFC 4180, and the liberties of spreadsheets: comma, semicolon or tab; CRLF, LF or CR; a
 * quote inside an unquoted cell is itself; spaces after a closing quote are passed over; a
 * first line `sep=;` names the delimiter.
 *
 * A quote that is not closed, or after which the next quote is followed by text, would take
 * the rows after it along: then the line of the quote is the broken row, and reading goes on
 * with the next line. The input of a row is kept for that.
 *
 * A row is read into one buffer, its cells one after the other and each ended
 * by a NUL, so that reading a row allocates nothing.
 */
struct _PslCsvReader
{
  PslTextReader *text;
  GString *input;       /* decoded, not yet parsed from `position` on */
  gsize row_start;      /* in input */
  gsize position;
  gboolean has_separator_line;
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
  TOO_LONG,             /* a line that can't be kept is passed over to its end */
} State;

/* Where a row is being read, and its first fault. */
typedef struct
{
  State state;
  guint64 quote_line;   /* of the quote that was opened last */
  gsize quote_line_end; /* from the row's start; 0 while no line of the cell has ended */
  gboolean ended;
  GError *error;
} Row;

static void
refill (PslCsvReader *self,
        GCancellable *cancellable)
{
  gsize before;

  g_string_erase (self->input, 0, (gssize) self->row_start);
  self->position -= self->row_start;
  self->row_start = 0;
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
note_error (Row         *row,
            PslCsvError  code,
            const char  *message)
{
  if (row->error == NULL)
    row->error = g_error_new_literal (PSL_CSV_ERROR, code, message);
}

/* Ends the row with the line on which the last quote was opened. */
static void
give_up_quote (PslCsvReader *self,
               Row          *row,
               PslCsvError   code)
{
  g_autofree char *message = g_strdup_printf (_("A quote opened on line %lu is never closed."), (gulong) row->quote_line);

  note_error (row, code, message);
  if (row->quote_line_end > 0)
    {
      self->position = self->row_start + row->quote_line_end;
      self->line = row->quote_line + 1;
    }
  row->ended = TRUE;
}

/* A row beyond all measure: one quote too many, or no lines at all. */
static void
give_up_row (PslCsvReader *self,
             Row          *row)
{
  if (row->quote_line_end > 0)
    {
      give_up_quote (self, row, PSL_CSV_ERROR_TOO_LONG);
      return;
    }
  note_error (row, PSL_CSV_ERROR_TOO_LONG, _("The row is longer than 16 MB. Perhaps a quote is opened and not closed."));
  row->state = TOO_LONG;
  g_string_truncate (self->cells, 0);
  g_array_set_size (self->offsets, 1);
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

  self->position += (gsize) (at - start);
  if (row->state != TOO_LONG)
    g_string_append_len (self->cells, start, at - start);
  else
    self->row_start = self->position;
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
      g_string_append_len (self->cells, self->input->str + self->position, (gssize) length);
      self->position += length;
      if (row->quote_line_end == 0)
        row->quote_line_end = self->position - self->row_start;
    }
  return TRUE;
}

/* Text after a closing quote: the cell is read as if it had none, unless the quote has
 * taken lines along. */
static void
take_text_after_quote (PslCsvReader *self,
                       Row          *row)
{
  if (row->quote_line_end > 0)
    {
      give_up_quote (self, row, PSL_CSV_ERROR_UNTERMINATED);
      return;
    }
  note_error (row, PSL_CSV_ERROR_QUOTE,
              _("There is text after a closing quote. A quote inside a quoted cell is written twice."));
  row->state = UNQUOTED;
}

/* Takes one character between or after cells; FALSE where the next one is needed
 * first. */
static gboolean
step (PslCsvReader *self,
      Row          *row)
{
  char character = self->input->str[self->position];
  gsize length;

  if (character == '\n' || character == '\r')
    {
      if (!take_newline (self, &length))
        return FALSE;
      self->position += length;
      row->ended = TRUE;
      return TRUE;
    }

  if (character == self->delimiter)
    {
      if (row->state != TOO_LONG)
        {
          end_cell (self);
          row->state = CELL_START;
        }
    }
  else if (row->state == CELL_START && character == '"')
    {
      row->state = QUOTED;
      row->quote_line = self->line;
      row->quote_line_end = 0;
    }
  else if (row->state == CELL_START)
    {
      row->state = UNQUOTED;
      return TRUE;
    }
  else if (row->state == AFTER_QUOTE && character != ' ')
    {
      take_text_after_quote (self, row);
      return TRUE;
    }
  self->position++;
  return TRUE;
}

/* Divides the text of a broken row at each delimiter, for people to put right. */
static void
split_broken (PslCsvReader *self)
{
  gsize first = 0;

  g_string_truncate (self->cells, 0);
  g_array_set_size (self->offsets, 0);
  g_array_append_val (self->offsets, first);
  for (gsize i = self->row_start; i < self->position; i++)
    {
      char character = self->input->str[i];

      if (character == self->delimiter)
        end_cell (self);
      else if (character != '\0')
        g_string_append_c (self->cells, character);
    }
  while (self->cells->len > 0 && strchr ("\r\n", self->cells->str[self->cells->len - 1]) != NULL &&
         self->cells->str[self->cells->len - 1] != '\0')
    g_string_truncate (self->cells, self->cells->len - 1);
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

/* Takes the next character of the row; fetches more of the file where the text at hand ends
 * in the row. */
static void
advance (PslCsvReader *self,
         Row          *row,
         GCancellable *cancellable)
{
  gboolean stepped;

  if ((row->state == UNQUOTED || row->state == QUOTED || row->state == TOO_LONG) && take_plain (self, row))
    return;
  if (self->input->str[self->position] == '\0')
    {
      note_error (row, PSL_CSV_ERROR_NUL, _("The row holds a NUL character, which is no text."));
      self->position++;
      return;
    }
  if (self->cells->len > MAXIMUM_ROW)
    {
      give_up_row (self, row);
      return;
    }
  stepped = row->state == QUOTED ? step_quoted (self, row) : step (self, row);
  if (!stepped)
    refill (self, cancellable);
}

/* Reads a row. @row's error tells its fault; FALSE where the file can't be read. */
static gboolean
read_row (PslCsvReader  *self,
          Row           *row,
          GCancellable  *cancellable,
          GError       **error)
{
  gsize first = 0;

  g_string_truncate (self->cells, 0);
  g_array_set_size (self->offsets, 0);
  g_array_append_val (self->offsets, first);
  self->row_line = self->line;
  self->row_start = self->position;

  while (!row->ended)
    {
      if (self->position == self->input->len && !self->at_end)
        refill (self, cancellable);
      if (self->position == self->input->len)
        break;
      advance (self, row, cancellable);
    }

  if (!row->ended && self->failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failure));
      return FALSE;
    }
  if (!row->ended && row->state == QUOTED)
    give_up_quote (self, row, PSL_CSV_ERROR_UNTERMINATED);
  if (row->error != NULL)
    split_broken (self);
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

/* Passes over a first line `sep=;`. */
static gboolean
take_separator_line (PslCsvReader *self)
{
  const char *text = self->input->str;

  if (g_ascii_strncasecmp (text, "sep=", 4) != 0 || text[4] == '\0' || (text[5] != '\r' && text[5] != '\n'))
    return FALSE;
  self->delimiter = text[4];
  self->position = text[5] == '\r' && text[6] == '\n' ? 7 : 6;
  self->line++;
  return TRUE;
}

static void
detect_delimiter (PslCsvReader *self)
{
  static const char candidates[] = { ',', ';', '\t' };
  guint best = 0;

  self->has_separator_line = take_separator_line (self);
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
 * @encoding: (nullable): the file's encoding, or %NULL to recognise it; see
 *   psl_encoding_find()
 *
 * Opens a table. Encoding and delimiter are known afterwards.
 *
 * Returns: (transfer full): a reader, or %NULL with an error of psl_text_reader_new(),
 *   or %PSL_CSV_ERROR_FOREIGN where the file is a text of another kind
 */
PslCsvReader *
psl_csv_reader_new (GInputStream  *stream,
                    char           delimiter,
                    const char    *encoding,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (PslCsvReader) self = g_new0 (PslCsvReader, 1);

  self->input = g_string_new (NULL);
  self->cells = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->delimiter = delimiter;
  self->line = 1;
  self->text = psl_text_reader_new (stream, encoding, cancellable, error);
  if (self->text == NULL)
    return NULL;
  while (!self->at_end && self->input->len < SAMPLE_BYTES)
    refill (self, cancellable);
  if (!psl_foreign_check_text (self->input->str, error))
    return NULL;
  detect_delimiter (self);
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
 * Reads the next row that isn't blank. After an error that is a %PSL_CSV_ERROR other than
 * %PSL_CSV_ERROR_ENCODING the reader stands behind the row that can't be read, and reading
 * can go on; psl_csv_reader_get_line() tells where it was, and its cells are the texts
 * between delimiters there.
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
 * Returns: the delimiter of cells
 */
char
psl_csv_reader_get_delimiter (PslCsvReader *self)
{
  return self->delimiter;
}

/**
 * psl_csv_reader_get_encoding:
 *
 * Returns: (transfer none): the encoding that the file is read in, interned
 */
const char *
psl_csv_reader_get_encoding (PslCsvReader *self)
{
  return psl_text_reader_get_encoding (self->text);
}

/**
 * psl_csv_reader_is_encoding_guessed:
 *
 * Returns: whether the file might be in another encoding
 */
gboolean
psl_csv_reader_is_encoding_guessed (PslCsvReader *self)
{
  return psl_text_reader_is_guessed (self->text);
}

/**
 * psl_csv_reader_get_garbled_line:
 *
 * Returns: see psl_text_reader_get_garbled_line()
 */
guint64
psl_csv_reader_get_garbled_line (PslCsvReader *self)
{
  return psl_text_reader_get_garbled_line (self->text);
}

/**
 * psl_csv_reader_get_overruled_line:
 *
 * Returns: see psl_text_reader_get_overruled_line()
 */
guint64
psl_csv_reader_get_overruled_line (PslCsvReader *self)
{
  return psl_text_reader_get_overruled_line (self->text);
}

/**
 * psl_csv_reader_rewind:
 *
 * Goes back to the first row.
 *
 * Returns: %FALSE with a %G_IO_ERROR
 */
gboolean
psl_csv_reader_rewind (PslCsvReader  *self,
                       GCancellable  *cancellable,
                       GError       **error)
{
  if (!psl_text_reader_rewind (self->text, cancellable, error))
    return FALSE;
  g_string_truncate (self->input, 0);
  self->row_start = self->position = 0;
  self->line = 1;
  self->at_end = FALSE;
  g_clear_error (&self->failure);
  if (self->has_separator_line)
    {
      refill (self, cancellable);
      take_separator_line (self);
    }
  return TRUE;
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
