/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The program's names of encodings; other encodings have the names that iconv knows. */
#define PSL_ENCODING_UTF8 "UTF-8"
#define PSL_ENCODING_UTF16 "UTF-16"
#define PSL_ENCODING_UTF16_LE "UTF-16LE"
#define PSL_ENCODING_UTF16_BE "UTF-16BE"
#define PSL_ENCODING_WINDOWS_1252 "WINDOWS-1252"

/**
 * PslEncodingTally:
 * @n_high: bytes that are not ASCII
 * @n_sequences: characters of several bytes that are valid UTF-8
 * @n_western: of them, characters that begin as most characters of our languages do
 * @n_invalid: bytes that are no UTF-8
 * @n_odd: bytes that Windows-1252 has no character for, or one that does not stand
 *   where it is
 * @first_invalid: line of the first invalid byte, or 0
 * @first_sequence: line of the first valid sequence, or 0
 * @first_garbled: line of the first text that was decoded wrongly before it was
 *   written as UTF-8, or 0
 *
 * Counts of a file's bytes that tell its encoding.
 */
typedef struct
{
  guint64 n_high;
  guint64 n_sequences;
  guint64 n_western;
  guint64 n_invalid;
  guint64 n_odd;
  guint64 first_invalid;
  guint64 first_sequence;
  guint64 first_garbled;
  /*< private >*/
  guint64 line;
  gunichar last;
  guint8 before[2];
} PslEncodingTally;

void        psl_encoding_tally_init    (PslEncodingTally       *tally);
gsize       psl_encoding_tally_add     (PslEncodingTally       *tally,
                                        const guint8           *bytes,
                                        gsize                   length,
                                        gboolean                at_end);
const char *psl_encoding_guess         (const PslEncodingTally *tally,
                                        gboolean               *guessed,
                                        GError                **error);
const char *psl_encoding_guess_utf16   (const guint8           *bytes,
                                        gsize                   length);
const char *psl_encoding_find          (const char             *name,
                                        GError                **error);

G_END_DECLS
