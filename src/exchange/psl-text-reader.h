/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PSL_CSV_ERROR:
 *
 * The faults of a text file or a CSV file. Messages are translated. Messages about single
 * rows don't name the line, which psl_csv_reader_get_line() tells.
 */
#define PSL_CSV_ERROR (psl_csv_error_quark ())
GQuark psl_csv_error_quark (void);

/**
 * PslCsvError:
 * @PSL_CSV_ERROR_ENCODING: bytes that are no text in the file's encoding, or an
 *   encoding that can't be told; the rest of the file can't be read. The message
 *   names the line
 * @PSL_CSV_ERROR_FOREIGN: the file is no table of text at all
 * @PSL_CSV_ERROR_NUL: a NUL character in a row
 * @PSL_CSV_ERROR_QUOTE: text after a closing quote
 * @PSL_CSV_ERROR_UNTERMINATED: a quote that is opened and not closed
 * @PSL_CSV_ERROR_TOO_LONG: a row longer than any table's
 */
typedef enum
{
  PSL_CSV_ERROR_ENCODING,
  PSL_CSV_ERROR_FOREIGN,
  PSL_CSV_ERROR_NUL,
  PSL_CSV_ERROR_QUOTE,
  PSL_CSV_ERROR_UNTERMINATED,
  PSL_CSV_ERROR_TOO_LONG,
} PslCsvError;

typedef struct _PslTextReader PslTextReader;

PslTextReader *psl_text_reader_new                (GInputStream   *stream,
                                                   const char     *encoding,
                                                   GCancellable   *cancellable,
                                                   GError        **error);
void           psl_text_reader_free               (PslTextReader  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslTextReader, psl_text_reader_free)
const char    *psl_text_reader_get_encoding       (PslTextReader  *self);
gboolean       psl_text_reader_is_guessed         (PslTextReader  *self);
guint64        psl_text_reader_get_garbled_line   (PslTextReader  *self);
guint64        psl_text_reader_get_overruled_line (PslTextReader  *self);
goffset        psl_text_reader_get_size           (PslTextReader  *self);
goffset        psl_text_reader_get_position       (PslTextReader  *self);
gboolean       psl_text_reader_fill               (PslTextReader  *self,
                                                   GString        *buffer,
                                                   GCancellable   *cancellable,
                                                   GError        **error);
gboolean       psl_text_reader_rewind             (PslTextReader  *self,
                                                   GCancellable   *cancellable,
                                                   GError        **error);

G_END_DECLS
