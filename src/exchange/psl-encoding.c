/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-encoding.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-text-reader.h"

/* Bytes of the longest sequence that GLib waits for. */
#define MAXIMUM_SEQUENCE 6

/* The names that people give encodings, and the program's names of them. */
static const struct
{
  const char *name;
  const char *encoding;
} names[] = {
  { "utf8", PSL_ENCODING_UTF8 },
  { "utf16", PSL_ENCODING_UTF16 },
  { "unicode", PSL_ENCODING_UTF16 },
  { "utf16le", PSL_ENCODING_UTF16_LE },
  { "utf16be", PSL_ENCODING_UTF16_BE },
  { "windows1252", PSL_ENCODING_WINDOWS_1252 },
  { "cp1252", PSL_ENCODING_WINDOWS_1252 },
  { "1252", PSL_ENCODING_WINDOWS_1252 },
  { "ansi", PSL_ENCODING_WINDOWS_1252 },
  { "latin1", PSL_ENCODING_WINDOWS_1252 },
  { "iso88591", PSL_ENCODING_WINDOWS_1252 },
  { "latin9", "ISO-8859-15" },
  { "mac", "MACINTOSH" },
  { "macroman", "MACINTOSH" },
  { "dos", "CP850" },
};

/* The characters of all bytes in Windows-1252; zero where it has none. */
static const gunichar *
get_windows_1252 (void)
{
  static gunichar characters[256];
  static gsize made;

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < G_N_ELEMENTS (characters); i++)
        {
          const char byte = (char) i;
          g_autofree char *text = g_convert (&byte, 1, "UTF-8", PSL_ENCODING_WINDOWS_1252, NULL, NULL, NULL);

          characters[i] = text != NULL ? g_utf8_get_char (text) : 0;
        }
      g_once_init_leave (&made, 1);
    }
  return characters;
}

/* Whether Windows-1252 has a letter for the byte. */
static gboolean
is_letter (guint8 byte)
{
  return g_unichar_isalpha (get_windows_1252 ()[byte]);
}

/* Whether Windows-1252 would be read as nonsense where @byte stands between @before and
 * @after: a sign inside a word, a capital letter after a small one, or a word of
 * accents only. Other encodings have their letters there. */
static gboolean
is_odd (guint8 before,
        guint8 byte,
        guint8 after)
{
  gunichar character = get_windows_1252 ()[byte];

  if (character == 0)
    return TRUE;
  if (before >= 0xC0 && byte >= 0xC0 && after >= 0xC0)
    return TRUE;
  if (!is_letter (before) || !is_letter (after))
    return FALSE;
  if (g_unichar_isalpha (character))
    return g_ascii_islower (before) && g_unichar_isupper (character) && g_ascii_islower (after);
  /* Apostrophes, dashes, no-break spaces and points stand in words. */
  return strchr ("\x85\x91\x92\x96\x97\xA0\xAD\xB4\xB7", byte) == NULL;
}

static void
count_byte (PslEncodingTally *tally,
            guint8            byte)
{
  if (tally->before[1] >= 0x80 && is_odd (tally->before[0], tally->before[1], byte))
    tally->n_odd++;
  tally->before[0] = tally->before[1];
  tally->before[1] = byte;
  tally->n_high += byte >= 0x80;
}

/* Whether @character, after @last, comes from reading UTF-8 as Windows-1252, where the second
 * byte of a character becomes a character of its own: Ã© for é, â€ for the first two of ’. A
 * control character from U+0080 on comes from reading Windows-1252 as ISO 8859-1: œ, ’. */
static gboolean
is_garbled (gunichar last,
            gunichar character)
{
  gboolean is_byte = character >= 0x80 && character < 0xC0 && character != 0xA0;

  if (character == 0xFFFD || (character >= 0x80 && character < 0xA0))
    return TRUE;
  if (last == 0xE2)
    return character == 0x20AC || character == 0x80;
  if (last != 0xC2 && last != 0xC3)
    return FALSE;
  for (guint byte = 0x80; byte < 0xA0; byte++)
    is_byte |= get_windows_1252 ()[byte] == character;
  return is_byte;
}

static void
count_sequence (PslEncodingTally *tally,
                const guint8     *bytes,
                gunichar          character)
{
  if (tally->n_sequences++ == 0)
    tally->first_sequence = tally->line;
  tally->n_western += (bytes[0] >= 0xC2 && bytes[0] <= 0xC5) || bytes[0] == 0xE2;
  if (tally->first_garbled == 0 && is_garbled (tally->last, character))
    tally->first_garbled = tally->line;
  tally->last = character;
}

/**
 * psl_encoding_tally_init:
 *
 * Begins to count the bytes of a file.
 */
void
psl_encoding_tally_init (PslEncodingTally *tally)
{
  *tally = (PslEncodingTally) { .line = 1 };
}

/**
 * psl_encoding_tally_add:
 * @at_end: whether these are the last bytes of the file
 *
 * Counts bytes.
 *
 * Returns: how many were counted: the others begin a character that goes on in the
 *   bytes to come, and are to be given again with those
 */
gsize
psl_encoding_tally_add (PslEncodingTally *tally,
                        const guint8     *bytes,
                        gsize             length,
                        gboolean          at_end)
{
  gsize i = 0;

  while (i < length)
    {
      gsize step = 1;

      if (bytes[i] < 0x80)
        {
          tally->line += bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == length || bytes[i + 1] != '\n'));
          tally->last = bytes[i];
        }
      else
        {
          gunichar character = g_utf8_get_char_validated ((const char *) bytes + i, (gssize) (length - i));

          /* GLib says so of a NUL as well, which is no beginning of anything. */
          if (character == (gunichar) -2 && !at_end && length - i < MAXIMUM_SEQUENCE)
            break;
          if ((gint) character < 0)
            {
              tally->n_invalid++;
              if (tally->first_invalid == 0)
                tally->first_invalid = tally->line;
            }
          else
            {
              count_sequence (tally, bytes + i, character);
              step = (gsize) g_unichar_to_utf8 (character, NULL);
            }
        }
      for (gsize j = 0; j < step; j++)
        count_byte (tally, bytes[i + j]);
      i += step;
    }
  return i;
}

/**
 * psl_encoding_guess:
 * @tally: of a whole file that has no byte order mark
 * @guessed: (out): whether it might be another encoding than the one that is returned
 *
 * UTF-8 is certain where all of the file is valid UTF-8, and where most of it is: a few other
 * bytes are errors then, which reading meets. Windows-1252 is a guess, made only where the
 * text would make sense.
 *
 * Returns: (nullable): UTF-8 or Windows-1252, or %NULL with %PSL_CSV_ERROR_ENCODING
 */
const char *
psl_encoding_guess (const PslEncodingTally  *tally,
                    gboolean                *guessed,
                    GError                 **error)
{
  *guessed = FALSE;
  if (tally->n_invalid == 0 || tally->n_western > 0 || tally->n_sequences > tally->n_invalid)
    return PSL_ENCODING_UTF8;
  if (tally->n_odd > 0 && tally->n_odd * 8 >= tally->n_high)
    {
      g_set_error (error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING,
                   _("Line %lu: the file is neither in UTF-8 nor in Windows-1252. Say which encoding it is in, or save it again as UTF-8."),
                   (gulong) tally->first_invalid);
      return NULL;
    }
  *guessed = TRUE;
  return PSL_ENCODING_WINDOWS_1252;
}

/**
 * psl_encoding_guess_utf16:
 * @bytes: the beginning of a file
 *
 * Recognises UTF-16 without a mark: the delimiters and line ends of any table have a
 * zero byte there, always on the same side, and other encodings have none.
 *
 * Returns: (nullable): which UTF-16, or %NULL where it is none
 */
const char *
psl_encoding_guess_utf16 (const guint8 *bytes,
                          gsize         length)
{
  gsize zeros[2] = { 0, 0 };

  for (gsize i = 0; i < length; i++)
    zeros[i % 2] += bytes[i] == 0;

  if (length < 4 || zeros[0] + zeros[1] < MAX (length / 16, 2))
    return NULL;
  if (zeros[1] > 4 * zeros[0])
    return PSL_ENCODING_UTF16_LE;
  if (zeros[0] > 4 * zeros[1])
    return PSL_ENCODING_UTF16_BE;
  return NULL;
}

/**
 * psl_encoding_find:
 * @name: a person's name of an encoding
 *
 * Returns: (transfer none): the encoding’s name, interned, or %NULL with
 *   %PSL_CSV_ERROR_ENCODING where there is none
 */
const char *
psl_encoding_find (const char  *name,
                   GError     **error)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autofree char *upper = g_ascii_strup (name, -1);
  GIConv converter = (GIConv) -1;

  for (const char *at = name; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (plain, g_ascii_tolower (*at));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].name, plain->str) == 0)
      return names[i].encoding;

  /* Options of iconv, as in `ASCII//TRANSLIT`, are no part of a name. */
  if (plain->len > 0 && strpbrk (name, "/ ") == NULL)
    converter = g_iconv_open ("UTF-8", upper);
  if (converter != (GIConv) -1)
    {
      g_iconv_close (converter);
      return g_intern_string (upper);
    }
  g_set_error (error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING,
               _("“%s” is not an encoding that is known here."), name);
  return NULL;
}
