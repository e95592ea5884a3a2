/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-csv-reader.h"
#include "psl-csv-writer.h"

#include <gio/gio.h>
#include <string.h>

/* A stream that can't seek, as a pipe. */
static GInputStream *
pipe_of (GInputStream *stream)
{
  g_autoptr (GInputStream) buffered = g_buffered_input_stream_new (stream);
  g_autoptr (GCharsetConverter) converter = g_charset_converter_new ("UTF-8", "UTF-8", NULL);

  return g_converter_input_stream_new (buffered, G_CONVERTER (converter));
}

static PslCsvReader *
open_bytes (const void *bytes,
            gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (g_memdup2 (bytes, length), length, g_free);
  PslCsvReader *reader = psl_csv_reader_new (stream, '\0', NULL, &error);

  g_assert_no_error (error);
  return reader;
}

static void
assert_row (PslCsvReader *reader,
            guint64       line,
            const char   *joined)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) row = g_string_new (NULL);
  gboolean more = psl_csv_reader_next (reader, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (more);
  for (guint i = 0; i < psl_csv_reader_get_n_cells (reader); i++)
    {
      if (i > 0)
        g_string_append_c (row, '|');
      g_string_append (row, psl_csv_reader_get_cell (reader, i));
    }
  g_assert_cmpstr (row->str, ==, joined);
  g_assert_cmpuint (psl_csv_reader_get_line (reader), ==, line);
}

static void
assert_broken (PslCsvReader *reader,
               guint64       line,
               int           code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (psl_csv_reader_next (reader, NULL, &error));
  g_assert_error (error, PSL_CSV_ERROR, code);
  g_assert_cmpuint (psl_csv_reader_get_line (reader), ==, line);
}

static void
assert_end (PslCsvReader *reader)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (psl_csv_reader_next (reader, NULL, &error));
  g_assert_no_error (error);
}

static void
test_rows (void)
{
  const char *text = "a,b,c\r\n"
                     "1,\"two, \"\"2\"\"\",3\r\n"
                     "\r\n"
                     "\"x\ny\",5\" pipe,\"z\" \n"
                     ",,\n"
                     "last,,";
  g_autoptr (PslCsvReader) reader = open_bytes (text, strlen (text));

  g_assert_cmpint (psl_csv_reader_get_delimiter (reader), ==, ',');
  assert_row (reader, 1, "a|b|c");
  assert_row (reader, 2, "1|two, \"2\"|3");
  assert_row (reader, 4, "x\ny|5\" pipe|z");
  assert_row (reader, 7, "last||");
  g_assert_cmpstr (psl_csv_reader_get_cell (reader, 99), ==, "");
  assert_end (reader);
  assert_end (reader);
}

static void
test_line_ends (void)
{
  static const char *const ends[] = { "\r\n", "\n", "\r" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *text = g_strdup_printf ("a,b%s\"1%s2\",3%s%s4,5%s", ends[i], ends[i], ends[i], ends[i], ends[i]);
      g_autofree char *quoted = g_strdup_printf ("1%s2|3", ends[i]);
      g_autoptr (PslCsvReader) reader = open_bytes (text, strlen (text));

      assert_row (reader, 1, "a|b");
      assert_row (reader, 2, quoted);
      assert_row (reader, 5, "4|5");
      assert_end (reader);
    }
}

static void
test_delimiters (void)
{
  static const struct
  {
    const char *text;
    char delimiter;
    const char *second;
  } cases[] = {
    { "a;b;c\n1,5;2,25;x\n3,5;4,25;y\n", ';', "1,5|2,25|x" },
    { "a\tb\n\"1;2\tx\"\t3,4\n", '\t', "1;2\tx|3,4" },
    { "a,b\n\"x;y;z;w\",2\n", ',', "x;y;z;w|2" },
    { "sep=|\na|b\n1,1|2;2\n", '|', "1,1|2;2" },
    { "alone\nvalue\n", ',', "value" },
    { "title;budget\nUn, deux, trois;1 000,50\nQuatre, cinq, six;2\n", ';', "Un, deux, trois|1 000,50" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PslCsvReader) reader = open_bytes (cases[i].text, strlen (cases[i].text));

      g_assert_cmpint (psl_csv_reader_get_delimiter (reader), ==, cases[i].delimiter);
      g_assert_true (psl_csv_reader_next (reader, NULL, NULL));
      assert_row (reader, psl_csv_reader_get_line (reader) + 1, cases[i].second);
    }
}

static void
test_encodings (void)
{
  const char *text = "nom,pays\r\nÉlodie œuvre’s €,Côte d’Ivoire\r\n";
  static const struct
  {
    const char *charset;
    const char *mark;
    PslEncoding encoding;
  } cases[] = {
    { "UTF-8", "", PSL_ENCODING_UTF8 },
    { "UTF-8", "\xEF\xBB\xBF", PSL_ENCODING_UTF8 },
    { "UTF-16LE", "\xFF\xFE", PSL_ENCODING_UTF16_LE },
    { "UTF-16BE", "\xFE\xFF", PSL_ENCODING_UTF16_BE },
    { "UTF-16LE", "", PSL_ENCODING_UTF16_LE },
    { "UTF-16BE", "", PSL_ENCODING_UTF16_BE },
    { "WINDOWS-1252", "", PSL_ENCODING_WINDOWS_1252 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autofree char *converted = NULL;
      gsize length;
      g_autoptr (PslCsvReader) reader = NULL;

      converted = g_convert (text, -1, cases[i].charset, "UTF-8", NULL, &length, NULL);
      g_byte_array_append (bytes, (const guint8 *) cases[i].mark, strlen (cases[i].mark));
      g_byte_array_append (bytes, (const guint8 *) converted, length);
      reader = open_bytes (bytes->data, bytes->len);
      g_assert_cmpint (psl_csv_reader_get_encoding (reader), ==, cases[i].encoding);
      assert_row (reader, 1, "nom|pays");
      assert_row (reader, 2, "Élodie œuvre’s €|Côte d’Ivoire");
      assert_end (reader);
    }
}

/* Characters and pairs that fall on the edge of a block that is read. */
static void
test_long (void)
{
  static const char *const charsets[] = { "UTF-8", "UTF-16LE", "UTF-16BE" };
  g_autoptr (GString) text = g_string_new ("titre,n\n");

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (text, "\"é€𝄞 %u\",%u\n", i % 7, i);

  for (gsize c = 0; c < G_N_ELEMENTS (charsets); c++)
    {
      gsize length;
      g_autofree char *converted = g_convert (text->str, text->len, charsets[c], "UTF-8", NULL, &length, NULL);
      g_autoptr (PslCsvReader) reader = open_bytes (converted, length);

      assert_row (reader, 1, "titre|n");
      for (guint i = 0; i < 40000; i++)
        {
          char expected[64];

          g_snprintf (expected, sizeof expected, "é€𝄞 %u|%u", i % 7, i);
          assert_row (reader, i + 2, expected);
        }
      assert_end (reader);
      g_assert_cmpfloat (psl_csv_reader_get_fraction (reader), ==, 1);
    }
}

static void
test_pipe (void)
{
  const char *text = "a,b\n1,é\n";
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_data (text, strlen (text), NULL);
  g_autoptr (GInputStream) stream = pipe_of (memory);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslCsvReader) reader = psl_csv_reader_new (stream, '\0', NULL, &error);

  g_assert_no_error (error);
  assert_row (reader, 1, "a|b");
  assert_row (reader, 2, "1|é");
  assert_end (reader);
}

static void
test_broken (void)
{
  const char *text = "a,b\n\"x\"y,2\n3,4\n5,\"open\n6,7\n";
  static const char nul[] = "a,b\n1,\0 2\n3,4\n";
  static const char unreadable[] = "a,b\n1,\x81\xE9\n3,4\n";
  static const char wrong_mark[] = "\xEF\xBB\xBF" "a,b\n1,\xE9\n";
  g_autoptr (PslCsvReader) reader = open_bytes (text, strlen (text));
  g_autoptr (PslCsvReader) with_nul = open_bytes (nul, sizeof nul - 1);
  g_autoptr (PslCsvReader) with_byte = open_bytes (unreadable, sizeof unreadable - 1);
  g_autoptr (PslCsvReader) marked = open_bytes (wrong_mark, sizeof wrong_mark - 1);

  assert_row (reader, 1, "a|b");
  assert_broken (reader, 2, PSL_CSV_ERROR_QUOTE);
  assert_row (reader, 3, "3|4");
  assert_broken (reader, 4, PSL_CSV_ERROR_UNTERMINATED);
  assert_end (reader);

  assert_row (with_nul, 1, "a|b");
  assert_broken (with_nul, 2, PSL_CSV_ERROR_NUL);
  assert_row (with_nul, 3, "3|4");
  assert_end (with_nul);

  assert_row (with_byte, 1, "a|b");
  assert_broken (with_byte, 2, PSL_CSV_ERROR_ENCODING);
  assert_end (with_byte);

  assert_row (marked, 1, "a|b");
  assert_broken (marked, 2, PSL_CSV_ERROR_ENCODING);
  assert_end (marked);
}

static void
test_empty (void)
{
  static const char *const texts[] = { "", "\n\n", "\xEF\xBB\xBF", " , \n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PslCsvReader) reader = open_bytes (texts[i], strlen (texts[i]));

      assert_end (reader);
    }
}

static char *
random_cell (GRand *random)
{
  static const char *const pieces[] = { "a", "B", "é", "œ", "𝄞", ",", ";", "\t", "\"", "\n", "\r\n", " ", "1", "’", "\r" };
  GString *cell = g_string_new (NULL);
  int n = g_rand_int_range (random, 0, 6);

  for (int i = 0; i < n; i++)
    g_string_append (cell, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free_and_steal (cell);
}

/* What the writer writes, the reader reads: any cells, any delimiter, with and
 * without a mark, in blocks of any size. */
static void
test_round_trip (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 200; round++)
    {
      static const char delimiters[] = { ',', ';', '\t' };
      char delimiter = delimiters[round % 3];
      g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
      g_autoptr (PslCsvWriter) writer = psl_csv_writer_new (output, delimiter, round % 2);
      g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
      g_autoptr (PslCsvReader) reader = NULL;
      g_autoptr (GInputStream) input = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      int n_columns = g_rand_int_range (random, 1, 6);

      for (int i = 0; i < 30; i++)
        {
          g_autoptr (GStrvBuilder) row = g_strv_builder_new ();

          /* A row of blanks is no row. */
          g_strv_builder_add (row, "key");
          for (int j = 0; j < n_columns; j++)
            g_strv_builder_take (row, random_cell (random));
          g_ptr_array_add (rows, g_strv_builder_end (row));
        }
      for (guint i = 0; i < rows->len; i++)
        {
          for (char **cell = g_ptr_array_index (rows, i); *cell != NULL; cell++)
            psl_csv_writer_add (writer, *cell);
          g_assert_true (psl_csv_writer_end_row (writer, NULL, NULL));
        }
      g_assert_true (psl_csv_writer_finish (writer, NULL, NULL));
      g_output_stream_close (output, NULL, NULL);
      bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));

      input = g_memory_input_stream_new_from_bytes (bytes);
      reader = psl_csv_reader_new (input, delimiter, NULL, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < rows->len; i++)
        {
          char **row = g_ptr_array_index (rows, i);

          g_assert_true (psl_csv_reader_next (reader, NULL, &error));
          g_assert_cmpuint (psl_csv_reader_get_n_cells (reader), ==, g_strv_length (row));
          for (guint j = 0; row[j] != NULL; j++)
            g_assert_cmpstr (psl_csv_reader_get_cell (reader, j), ==, row[j]);
        }
      assert_end (reader);
    }
}

/* Any bytes at all: no crash, no endless loop, an answer. */
static void
test_noise (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  static const char bytes[] = ",;\t\"\"\n\r\0a\xC3\xA9\xFF\xFE\x81";

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 3000; round++)
    {
      char text[64];
      gsize length = (gsize) g_rand_int_range (random, 0, sizeof text);
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (PslCsvReader) reader = NULL;
      guint n_rows = 0;

      for (gsize i = 0; i < length; i++)
        text[i] = bytes[g_rand_int_range (random, 0, sizeof bytes - 1)];
      stream = g_memory_input_stream_new_from_data (text, length, NULL);
      reader = psl_csv_reader_new (stream, '\0', NULL, NULL);
      while (reader != NULL)
        {
          g_autoptr (GError) error = NULL;

          if (!psl_csv_reader_next (reader, NULL, &error) && error == NULL)
            break;
          g_assert_cmpuint (++n_rows, <=, sizeof text);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/rows", test_rows);
  g_test_add_func ("/csv/line-ends", test_line_ends);
  g_test_add_func ("/csv/delimiters", test_delimiters);
  g_test_add_func ("/csv/encodings", test_encodings);
  g_test_add_func ("/csv/long", test_long);
  g_test_add_func ("/csv/pipe", test_pipe);
  g_test_add_func ("/csv/broken", test_broken);
  g_test_add_func ("/csv/empty", test_empty);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  g_test_add_func ("/csv/noise", test_noise);
  return g_test_run ();
}
