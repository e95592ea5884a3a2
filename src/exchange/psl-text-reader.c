/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-text-reader.h"

#include <glib/gi18n-lib.h>

#include <string.h>

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
  PslEncoding encoding;
  goffset size;
  goffset position;
  gsize carried;          /* bytes at the start of raw, kept from the last read */
  guint16 high_surrogate; /* half of a UTF-16 pair that is still to come */
  guint8 raw[64 * 1024];
};

G_DEFINE_QUARK (psl-csv-error-quark, psl_csv_error)

static const guint8 utf8_bom[] = { 0xEF, 0xBB, 0xBF };
static const guint8 utf16_le_bom[] = { 0xFF, 0xFE };
static const guint8 utf16_be_bom[] = { 0xFE, 0xFF };

/* Characters of the bytes 0x80 to 0x9F; zero where Windows-1252 has none. */
static const gunichar windows_1252[32] = {
  0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
  0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
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

/* UTF-16 without a mark: in text of our languages nearly every other byte of it
 * is zero, and no other encoding has zero bytes at all. */
static gboolean
guess_utf16 (const guint8 *bytes,
             gsize         length,
             PslEncoding  *encoding)
{
  gsize zeros[2] = { 0, 0 };

  for (gsize i = 0; i < length; i++)
    zeros[i % 2] += bytes[i] == 0;

  if (length < 4 || (zeros[0] + zeros[1]) < length / 4)
    return FALSE;
  if (zeros[1] > 4 * zeros[0])
    *encoding = PSL_ENCODING_UTF16_LE;
  else if (zeros[0] > 4 * zeros[1])
    *encoding = PSL_ENCODING_UTF16_BE;
  else
    return FALSE;
  return TRUE;
}

static gboolean
starts_with (const guint8 *bytes,
             gsize         length,
             const guint8 *mark,
             gsize         mark_length)
{
  return length >= mark_length && memcmp (bytes, mark, mark_length) == 0;
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

/* Reads the stream to its end, whether it is UTF-8 throughout, and its size. */
static gboolean
scan (PslTextReader  *self,
      gboolean       *is_utf8,
      GCancellable   *cancellable,
      GError        **error)
{
  gsize kept = 0;

  *is_utf8 = TRUE;
  self->size = 0;
  while (TRUE)
    {
      gsize n_read, length, tail;

      if (!g_input_stream_read_all (self->stream, self->raw + kept, sizeof self->raw - kept,
                                    &n_read, cancellable, error))
        return FALSE;
      self->size += n_read;
      if (!*is_utf8)
        {
          if (n_read == 0)
            return TRUE;
          continue;
        }

      length = kept + n_read;
      if (n_read == 0)
        {
          *is_utf8 = length == 0;
          return TRUE;
        }
      tail = incomplete_tail (self->raw, length);
      *is_utf8 = count_valid (self->raw, length - tail) == length - tail;
      memmove (self->raw, self->raw + length - tail, tail);
      kept = *is_utf8 ? tail : 0;
    }
}

static gboolean
detect (PslTextReader  *self,
        GCancellable   *cancellable,
        GError        **error)
{
  g_autofree guint8 *head = g_malloc (4096);
  gsize length;
  gboolean is_utf8;
  goffset start = 0;

  if (!g_input_stream_read_all (self->stream, head, 4096, &length, cancellable, error) ||
      !rewind_to (self, 0, cancellable, error) ||
      !scan (self, &is_utf8, cancellable, error))
    return FALSE;

  if (starts_with (head, length, utf8_bom, sizeof utf8_bom))
    {
      self->encoding = PSL_ENCODING_UTF8;
      start = sizeof utf8_bom;
    }
  else if (starts_with (head, length, utf16_le_bom, sizeof utf16_le_bom))
    {
      self->encoding = PSL_ENCODING_UTF16_LE;
      start = sizeof utf16_le_bom;
    }
  else if (starts_with (head, length, utf16_be_bom, sizeof utf16_be_bom))
    {
      self->encoding = PSL_ENCODING_UTF16_BE;
      start = sizeof utf16_be_bom;
    }
  else if (!guess_utf16 (head, length, &self->encoding))
    self->encoding = is_utf8 ? PSL_ENCODING_UTF8 : PSL_ENCODING_WINDOWS_1252;

  return rewind_to (self, start, cancellable, error);
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
  gsize tail = at_end ? 0 : incomplete_tail (self->raw, length);
  gsize valid = count_valid (self->raw, length - tail);

  g_string_append_len (buffer, (const char *) self->raw, valid);
  if (valid < length - tail)
    {
      g_set_error_literal (error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING,
                           _("The file says that it is UTF-8, and isn’t. Save it again as UTF-8."));
      return FALSE;
    }
  memmove (self->raw, self->raw + length - tail, tail);
  self->carried = tail;
  return TRUE;
}

static gboolean
decode_utf16 (PslTextReader  *self,
              gsize           length,
              gboolean        at_end,
              GString        *buffer,
              GError        **error)
{
  gboolean big = self->encoding == PSL_ENCODING_UTF16_BE;
  gsize whole = length & ~(gsize) 1;

  for (gsize i = 0; i < whole; i += 2)
    {
      guint16 unit = big ? (guint16) (self->raw[i] << 8 | self->raw[i + 1])
                         : (guint16) (self->raw[i + 1] << 8 | self->raw[i]);
      gboolean is_low = (unit & 0xFC00) == 0xDC00;

      if (is_low != (self->high_surrogate != 0))
        goto broken;
      if (is_low)
        {
          g_string_append_unichar (buffer, 0x10000 + ((gunichar) (self->high_surrogate & 0x3FF) << 10)
                                             + (unit & 0x3FF));
          self->high_surrogate = 0;
        }
      else if ((unit & 0xFC00) == 0xD800)
        self->high_surrogate = unit;
      else if (unit == 0)
        g_string_append_c (buffer, '\0');
      else
        g_string_append_unichar (buffer, unit);
    }

  if (at_end && (whole != length || self->high_surrogate != 0))
    goto broken;
  if (whole != length)
    self->raw[0] = self->raw[whole];
  self->carried = length - whole;
  return TRUE;

broken:
  g_set_error_literal (error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING,
                       _("The file looks like UTF-16, and isn’t. Save it again as UTF-8."));
  return FALSE;
}

static gboolean
decode_windows_1252 (PslTextReader  *self,
                     gsize           length,
                     GString        *buffer,
                     GError        **error)
{
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = self->raw[i];
      gunichar character = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;

      if (byte < 0x80)
        g_string_append_c (buffer, (char) byte);
      else if (character != 0)
        g_string_append_unichar (buffer, character);
      else
        {
          g_set_error (error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING,
                       _("The byte 0x%02X is text neither in UTF-8 nor in Windows-1252. Save the file again as UTF-8."),
                       byte);
          return FALSE;
        }
    }
  self->carried = 0;
  return TRUE;
}

/**
 * psl_text_reader_new:
 * @stream: a file's bytes; one that can't seek is copied to a temporary file
 *
 * Recognises the encoding: a byte order mark, else UTF-16 by its zero bytes,
 * else UTF-8 where all of the file is valid, else Windows-1252.
 *
 * Returns: (transfer full): a reader, or %NULL with a %G_IO_ERROR
 */
PslTextReader *
psl_text_reader_new (GInputStream  *stream,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (PslTextReader) self = NULL;

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  self = g_new0 (PslTextReader, 1);
  if (G_IS_SEEKABLE (stream) && g_seekable_can_seek (G_SEEKABLE (stream)))
    self->stream = g_object_ref (stream);
  else if (!spool (self, stream, cancellable, error))
    return NULL;

  if (!detect (self, cancellable, error))
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
  g_free (self);
}

/**
 * psl_text_reader_get_encoding:
 *
 * Returns: what the file was recognised as
 */
PslEncoding
psl_text_reader_get_encoding (PslTextReader *self)
{
  return self->encoding;
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
 * Reads on. At the end of the file @buffer stays as it is. Before an error it
 * gets what comes before the bytes that are no text.
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

  switch (self->encoding)
    {
    case PSL_ENCODING_UTF8:
      return decode_utf8 (self, length, at_end, buffer, error);
    case PSL_ENCODING_UTF16_LE:
    case PSL_ENCODING_UTF16_BE:
      return decode_utf16 (self, length, at_end, buffer, error);
    case PSL_ENCODING_WINDOWS_1252:
      return decode_windows_1252 (self, length, buffer, error);
    default:
      g_assert_not_reached ();
    }
}
