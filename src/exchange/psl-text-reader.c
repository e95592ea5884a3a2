/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-text-reader.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-encoding.h"
#include "psl-foreign.h"

/* Bytes at the beginning of a file by which it is recognised. */
#define HEAD_LENGTH 4096

/* Characters of the text before a bad byte that its message shows. */
#define CONTEXT_LENGTH 16

/*
 * A text file as a stream of UTF-8.
 *
 * Whether a file is UTF-8 can only be told from all of it, so the bytes are
 * looked through once before they are read; a stream that can't be rewound (a
 * pipe) goes to an unnamed temporary file first. Memory stays bounded.
 */
struct _PslTextReader
{
  GInputStream *stream;
  GFileIOStream *spool;   /* (nullable): the temporary file that stream reads */
  const char *encoding;   /* interned */
  gboolean guessed;
  GIConv converter;       /* -1 for UTF-8, which is only checked */
  guint64 garbled_line;
  guint64 overruled_line;
  goffset start;          /* where the text begins, after a mark */
  goffset size;
  goffset position;
  guint64 line;           /* of the next character, from 1 */
  char last;              /* the last character of the text so far */
  gsize carried;          /* bytes at the start of raw, kept from the last read */
  guint8 raw[64 * 1024];
};

G_DEFINE_QUARK (psl-csv-error-quark, psl_csv_error)

static const struct
{
  const char *mark;
  const char *encoding;
} marks[] = {
  { "\xEF\xBB\xBF", PSL_ENCODING_UTF8 },
  { "\xFF\xFE", PSL_ENCODING_UTF16_LE },
  { "\xFE\xFF", PSL_ENCODING_UTF16_BE },
};

/* How many bytes at the end of a valid stretch belong to a character that goes
 * on in the next one. */
static gsize
incomplete_tail (const guint8 *bytes,
                 gsize         length)
{
  for (gsize back = 1; back <= MIN (length, 3); back++)
    {
      guint8 byte = bytes[length - back];

      if ((byte & 0xC0) == 0x80)
        continue;
      if ((byte >= 0xC0 && byte < 0xE0 && back < 2) ||
          (byte >= 0xE0 && byte < 0xF0 && back < 3) ||
          (byte >= 0xF0 && byte < 0xF8 && back < 4))
        return back;
      return 0;
    }
  return 0;
}

/* How many bytes are valid UTF-8. NUL is a character here, which the parser
 * refuses. */
static gsize
count_valid (const guint8 *bytes,
             gsize         length)
{
  gsize valid = 0;

  while (valid < length)
    {
      const char *end;

      if (g_utf8_validate_len ((const char *) bytes + valid, length - valid, &end))
        return length;
      valid = (gsize) (end - (const char *) bytes);
      if (bytes[valid] != '\0')
        return valid;
      valid++;
    }
  return valid;
}

/* Counts the lines in the part of the buffer after @before. */
static void
count_lines (PslTextReader *self,
             const GString *buffer,
             gsize          before)
{
  for (gsize i = before; i < buffer->len; i++)
    {
      char character = buffer->str[i];

      self->line += character == '\r' || (character == '\n' && self->last != '\r');
      self->last = character;
    }
}

/* Says which byte of the file is no text: in its line, after the text before it. */
static gboolean
set_encoding_error (PslTextReader  *self,
                    guint8          byte,
                    const GString  *buffer,
                    GError        **error)
{
  const char *end = buffer->str + buffer->len;
  const char *start = end;
  g_autofree char *context = NULL;

  for (guint i = 0; i < CONTEXT_LENGTH && start > buffer->str; i++)
    {
      const char *previous = g_utf8_prev_char (start);

      if (*previous == '\n' || *previous == '\r' || *previous == '\0')
        break;
      start = previous;
    }
  context = g_strndup (start, (gsize) (end - start));
  g_set_error (error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING,
               /* Translators: a line’s number, the text before a byte, the byte, the name of an encoding */
               _("Line %lu: in “%s�”, the byte 0x%02X is no text in %s. Correct it, or say which encoding the file is in."),
               (gulong) self->line, context, byte, self->encoding);
  return FALSE;
}

static gboolean
rewind_to (PslTextReader  *self,
           goffset         offset,
           GCancellable   *cancellable,
           GError        **error)
{
  self->position = offset;
  return g_seekable_seek (G_SEEKABLE (self->stream), offset, G_SEEK_SET, cancellable, error);
}

/* Reads the stream to its end, for its size and the tally of its bytes. */
static gboolean
scan (PslTextReader     *self,
      PslEncodingTally  *tally,
      GCancellable      *cancellable,
      GError           **error)
{
  gsize kept = 0;
  gboolean at_end = FALSE;

  psl_encoding_tally_init (tally);
  self->size = 0;
  while (!at_end)
    {
      gsize n_read, length, counted;

      if (!g_input_stream_read_all (self->stream, self->raw + kept, sizeof self->raw - kept,
                                    &n_read, cancellable, error))
        return FALSE;
      self->size += n_read;
      at_end = n_read < sizeof self->raw - kept;
      length = kept + n_read;
      counted = psl_encoding_tally_add (tally, self->raw, length, at_end);
      kept = length - counted;
      memmove (self->raw, self->raw + counted, kept);
    }
  return TRUE;
}

/* Copies all of @stream to a temporary file without a name and reads that. */
static gboolean
spool (PslTextReader  *self,
       GInputStream   *stream,
       GCancellable   *cancellable,
       GError        **error)
{
  g_autoptr (GFile) file = g_file_new_tmp ("passerelle-XXXXXX", &self->spool, error);

  if (file == NULL)
    return FALSE;
  self->stream = g_object_ref (g_io_stream_get_input_stream (G_IO_STREAM (self->spool)));
  return g_file_delete (file, cancellable, error) &&
         g_output_stream_splice (g_io_stream_get_output_stream (G_IO_STREAM (self->spool)), stream,
                                 G_OUTPUT_STREAM_SPLICE_NONE, cancellable, error) >= 0 &&
         rewind_to (self, 0, cancellable, error);
}

static gboolean
decode_utf8 (PslTextReader  *self,
             gsize           length,
             gboolean        at_end,
             GString        *buffer,
             GError        **error)
{
  gsize before = buffer->len;
  gsize whole = at_end ? length : length - incomplete_tail (self->raw, length);
  gsize valid = count_valid (self->raw, whole);

  g_string_append_len (buffer, (const char *) self->raw, valid);
  count_lines (self, buffer, before);
  if (valid < whole)
    return set_encoding_error (self, self->raw[valid], buffer, error);
  self->carried = length - whole;
  if (self->carried > 0)
    memmove (self->raw, self->raw + whole, self->carried);
  return TRUE;
}

static gboolean
decode_by_iconv (PslTextReader  *self,
                 gsize           length,
                 gboolean        at_end,
                 GString        *buffer,
                 GError        **error)
{
  gsize before = buffer->len;
  char *input = (char *) self->raw;
  gsize left = length;
  int reason = E2BIG;

  while (left > 0 && reason == E2BIG)
    {
      char output[4096];
      char *end = output;
      gsize room = sizeof output;

      reason = g_iconv (self->converter, &input, &left, &end, &room) == (gsize) -1 ? errno : 0;
      g_string_append_len (buffer, output, end - output);
    }
  count_lines (self, buffer, before);
  if (left > 0 && (reason != EINVAL || at_end))
    return set_encoding_error (self, (guint8) *input, buffer, error);
  memmove (self->raw, input, left);
  self->carried = left;
  return TRUE;
}

/* Opens the decoder of @encoding, which psl_encoding_find() or a guess named. */
static gboolean
set_encoding (PslTextReader  *self,
              const char     *encoding,
              GError        **error)
{
  self->encoding = g_intern_string (encoding);
  if (strcmp (encoding, PSL_ENCODING_UTF8) == 0)
    return TRUE;

  self->converter = g_iconv_open ("UTF-8", encoding);
  if (self->converter == (GIConv) -1)
    {
      g_set_error (error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING,
                   _("“%s” is not an encoding that is known here."), encoding);
      return FALSE;
    }
  return TRUE;
}

/* The encoding that a byte order mark names, which takes the first @length bytes. */
static const char *
find_mark (const guint8 *head,
           gsize         head_length,
           gsize        *length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      *length = strlen (marks[i].mark);
      if (head_length >= *length && memcmp (head, marks[i].mark, *length) == 0)
        return marks[i].encoding;
    }
  *length = 0;
  return NULL;
}

/* Whether the mark is UTF-32's, which begins like UTF-16's. */
static gboolean
is_utf32 (const guint8 *head,
          gsize         length)
{
  return length >= 4 && memcmp (head, "\xff\xfe\0\0", 4) == 0;
}

/* Chooses the encoding that a person says; a mark that says otherwise is an error. */
static gboolean
take_encoding (PslTextReader  *self,
               const char     *name,
               const char     *marked,
               const char     *likely_utf16,
               GError        **error)
{
  const char *encoding = psl_encoding_find (name, error);

  if (encoding == NULL)
    return FALSE;
  if (strcmp (encoding, PSL_ENCODING_UTF16) == 0)
    encoding = marked != NULL && g_str_has_prefix (marked, PSL_ENCODING_UTF16) ? marked
               : likely_utf16 != NULL ? likely_utf16 : PSL_ENCODING_UTF16_LE;
  if (marked != NULL && strcmp (marked, encoding) != 0)
    {
      g_set_error (error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING,
                   _("The file is marked as %s, and can’t be read as %s."), marked, encoding);
      return FALSE;
    }
  return set_encoding (self, encoding, error);
}

static gboolean
detect (PslTextReader  *self,
        const char     *name,
        GCancellable   *cancellable,
        GError        **error)
{
  g_autofree guint8 *head = g_malloc (HEAD_LENGTH);
  gsize length, mark_length;
  PslEncodingTally tally;
  const char *encoding, *marked, *likely_utf16;

  if (!g_input_stream_read_all (self->stream, head, HEAD_LENGTH, &length, cancellable, error))
    return FALSE;
  marked = find_mark (head, length, &mark_length);
  likely_utf16 = psl_encoding_guess_utf16 (head, length);
  if (marked == NULL && !psl_foreign_check_bytes (head, length, error))
    return FALSE;
  if (((marked == NULL && likely_utf16 == NULL && name == NULL) || is_utf32 (head, length)) &&
      !psl_foreign_check_binary (head, length, error))
    return FALSE;
  if (!rewind_to (self, 0, cancellable, error) || !scan (self, &tally, cancellable, error))
    return FALSE;
  self->start = (goffset) mark_length;

  if (name != NULL)
    {
      if (!take_encoding (self, name, marked, likely_utf16, error))
        return FALSE;
    }
  else
    {
      encoding = marked;
      if (encoding == NULL && likely_utf16 != NULL)
        {
          encoding = likely_utf16;
          self->guessed = TRUE;
        }
      if (encoding == NULL)
        encoding = psl_encoding_guess (&tally, &self->guessed, error);
      if (encoding == NULL || !set_encoding (self, encoding, error))
        return FALSE;
    }
  if (self->converter == (GIConv) -1)
    self->garbled_line = tally.first_garbled;
  else if (name != NULL && tally.n_sequences > 0 && tally.n_sequences >= tally.n_invalid)
    self->overruled_line = tally.first_sequence;
  return psl_text_reader_rewind (self, cancellable, error);
}

/**
 * psl_text_reader_new:
 * @stream: a file's bytes; one that can't seek is copied to a temporary file
 * @encoding: (nullable): the file's encoding, see psl_encoding_find()
 *
 * Recognises the encoding where it isn't said: a byte order mark, else UTF-16 by its
 * zero bytes, else UTF-8 or Windows-1252 by all of the file: see psl_encoding_guess().
 *
 * Returns: (transfer full): a reader, or %NULL with a %G_IO_ERROR, with
 *   %PSL_CSV_ERROR_ENCODING where the encoding can't be told or is not known, or with
 *   %PSL_CSV_ERROR_FOREIGN where the file is no text
 */
PslTextReader *
psl_text_reader_new (GInputStream  *stream,
                     const char    *encoding,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (PslTextReader) self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_new0 (PslTextReader, 1);
  self->converter = (GIConv) -1;
  if (G_IS_SEEKABLE (stream) && g_seekable_can_seek (G_SEEKABLE (stream)))
    self->stream = g_object_ref (stream);
  else if (!spool (self, stream, cancellable, error))
    return NULL;

  if (!detect (self, encoding, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * psl_text_reader_free:
 *
 * Frees @self. The stream is closed with its last reference.
 */
void
psl_text_reader_free (PslTextReader *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->spool);
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_free (self);
}

/**
 * psl_text_reader_get_encoding:
 *
 * Returns: (transfer none): the encoding that the file is read in, interned
 */
const char *
psl_text_reader_get_encoding (PslTextReader *self)
{
  return self->encoding;
}

/**
 * psl_text_reader_is_guessed:
 *
 * Returns: whether the file might be in another encoding
 */
gboolean
psl_text_reader_is_guessed (PslTextReader *self)
{
  return self->guessed;
}

/**
 * psl_text_reader_get_garbled_line:
 *
 * Returns: the first line of text that somebody decoded wrongly before the file was
 *   written as UTF-8 (“Ã©” for “é”), or 0 where there is none
 */
guint64
psl_text_reader_get_garbled_line (PslTextReader *self)
{
  return self->garbled_line;
}

/**
 * psl_text_reader_get_overruled_line:
 *
 * Returns: where text that is UTF-8, but for a few bytes, is read in another encoding
 *   that somebody said: the first line with a character that is garbled by this; else 0
 */
guint64
psl_text_reader_get_overruled_line (PslTextReader *self)
{
  return self->overruled_line;
}

/**
 * psl_text_reader_get_size:
 *
 * Returns: the file's size in bytes
 */
goffset
psl_text_reader_get_size (PslTextReader *self)
{
  return self->size;
}

/**
 * psl_text_reader_get_position:
 *
 * Returns: how many bytes have been read, for progress
 */
goffset
psl_text_reader_get_position (PslTextReader *self)
{
  return self->position;
}

/**
 * psl_text_reader_fill:
 * @buffer: where the next piece of text is appended, as UTF-8
 *
 * Reads on. At the end of the file @buffer stays as it is. Before an error it gets the text
 * before the bytes that are no text.
 *
 * Returns: %FALSE with %PSL_CSV_ERROR_ENCODING or a %G_IO_ERROR
 */
gboolean
psl_text_reader_fill (PslTextReader  *self,
                      GString        *buffer,
                      GCancellable   *cancellable,
                      GError        **error)
{
  gsize n_read, length;
  gboolean at_end;

  if (!g_input_stream_read_all (self->stream, self->raw + self->carried,
                                sizeof self->raw - self->carried, &n_read, cancellable, error))
    return FALSE;
  self->position += n_read;
  at_end = n_read < sizeof self->raw - self->carried;
  length = self->carried + n_read;

  if (self->converter == (GIConv) -1)
    return decode_utf8 (self, length, at_end, buffer, error);
  return decode_by_iconv (self, length, at_end, buffer, error);
}

/**
 * psl_text_reader_rewind:
 *
 * Goes back to the beginning of the text.
 *
 * Returns: %FALSE with a %G_IO_ERROR
 */
gboolean
psl_text_reader_rewind (PslTextReader  *self,
                        GCancellable   *cancellable,
                        GError        **error)
{
  self->line = 1;
  self->last = '\0';
  self->carried = 0;
  if (self->converter != (GIConv) -1)
    g_iconv (self->converter, NULL, NULL, NULL, NULL);
  return rewind_to (self, self->start, cancellable, error);
}
