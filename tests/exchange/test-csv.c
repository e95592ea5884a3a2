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
  PslCsvReader *reader = psl_csv_reader_new (stream, '\0', NULL, NULL, &error);

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
    const char *encoding;
  } cases[] = {
    { "UTF-8", "", "UTF-8" },
    { "UTF-8", "\xEF\xBB\xBF", "UTF-8" },
    { "UTF-16LE", "\xFF\xFE", "UTF-16LE" },
    { "UTF-16BE", "\xFE\xFF", "UTF-16BE" },
    { "UTF-16LE", "", "UTF-16LE" },
    { "UTF-16BE", "", "UTF-16BE" },
    { "WINDOWS-1252", "", "WINDOWS-1252" },
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
      g_assert_cmpstr (psl_csv_reader_get_encoding (reader), ==, cases[i].encoding);
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
  g_autoptr (PslCsvReader) reader = psl_csv_reader_new (stream, '\0', NULL, NULL, &error);

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
  static const char wrong_mark[] = "\xEF\xBB\xBF" "a,b\n1,\xE9\n";
  g_autoptr (PslCsvReader) reader = open_bytes (text, strlen (text));
  g_autoptr (PslCsvReader) with_nul = open_bytes (nul, sizeof nul - 1);
  g_autoptr (PslCsvReader) marked = open_bytes (wrong_mark, sizeof wrong_mark - 1);

  assert_row (reader, 1, "a|b");
  assert_broken (reader, 2, PSL_CSV_ERROR_QUOTE);
  assert_row (reader, 3, "3|4");
  assert_broken (reader, 4, PSL_CSV_ERROR_UNTERMINATED);
  assert_row (reader, 5, "6|7");
  assert_end (reader);

  assert_row (with_nul, 1, "a|b");
  assert_broken (with_nul, 2, PSL_CSV_ERROR_NUL);
  assert_row (with_nul, 3, "3|4");
  assert_end (with_nul);

  assert_row (marked, 1, "a|b");
  assert_broken (marked, 2, PSL_CSV_ERROR_ENCODING);
  assert_end (marked);
}

/* A quote too many costs its own line, wherever the next quotes stand. */
static void
test_stray_quotes (void)
{
  static const struct
  {
    const char *text;
    guint n_broken;
    guint n_rows;
  } cases[] = {
    { "a,b\n1,\"Lima\n2,Quito\n3,\"Cusco\"\n4,x\n", 1, 4 },
    { "a,b\n1,\"Lima\n\"2\",\"Quito\"\n\"3\",\"\"\n", 1, 3 },
    { "a,b\n1,\"Li\"\"ma\"x,\"two\nlines\"\n2,y\n", 1, 2 },
    { "a,b\n\"one\ntwo\",\"Lima\n2,Quito\n", 1, 2 },
    { "a,b\n1,\"x\"y,\"Lima\n2,Quito\n", 1, 2 },
    { "a,b\r\n1,\"Lima\r\n2,\"Quito\r\n3,x\r\n", 2, 2 },
    { "a,b\n1,\"Lima", 1, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PslCsvReader) reader = open_bytes (cases[i].text, strlen (cases[i].text));
      guint n_broken = 0, n_rows = 0;

      for (gboolean at_end = FALSE; !at_end;)
        {
          g_autoptr (GError) error = NULL;

          if (psl_csv_reader_next (reader, NULL, &error))
            n_rows++;
          else if (error != NULL)
            n_broken++;
          else
            at_end = TRUE;
        }
      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (n_broken, ==, cases[i].n_broken);
      g_assert_cmpuint (n_rows, ==, cases[i].n_rows);
    }
}

/* So does one that no other follows for longer than any row may be. */
static void
test_long_quote (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,\"Lima\n");
  g_autoptr (PslCsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  guint n_rows = 0;

  while (text->len < 17 * 1024 * 1024)
    g_string_append_printf (text, "%u,\"two\"\"\nlines\"\n", n_rows++);
  g_string_insert (text, 12, "\n");
  for (gsize i = 13; i < text->len; i++)
    if (text->str[i] == '"')
      text->str[i] = '\'';

  reader = open_bytes (text->str, text->len);
  assert_row (reader, 1, "a|b");
  g_assert_false (psl_csv_reader_next (reader, NULL, &error));
  g_assert_error (error, PSL_CSV_ERROR, PSL_CSV_ERROR_TOO_LONG);
  g_assert_nonnull (strstr (error->message, "2"));
  g_assert_cmpstr (psl_csv_reader_get_cell (reader, 1), ==, "\"Lima");
  assert_row (reader, 4, "0|'two''");
  assert_row (reader, 5, "lines'");
  assert_row (reader, 6, "1|'two''");
}

/* The text of a row that can't be read is kept for people to mend. */
static void
test_broken_cells (void)
{
  const char *text = "a,b,c\n\"x\"y,2,\"z\"\n";
  g_autoptr (PslCsvReader) reader = open_bytes (text, strlen (text));

  assert_row (reader, 1, "a|b|c");
  assert_broken (reader, 2, PSL_CSV_ERROR_QUOTE);
  g_assert_cmpuint (psl_csv_reader_get_n_cells (reader), ==, 3);
  g_assert_cmpstr (psl_csv_reader_get_cell (reader, 0), ==, "\"x\"y");
  g_assert_cmpstr (psl_csv_reader_get_cell (reader, 2), ==, "\"z\"");
  assert_end (reader);
}

static void
test_rewind (void)
{
  static const char *const texts[] = { "sep=;\na;b\n1;é\n", "\xEF\xBB\xBF" "a;b\n1;é\n", "a;b\n1;\xE9\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PslCsvReader) reader = open_bytes (texts[i], strlen (texts[i]));
      guint64 line = i == 0 ? 2 : 1;

      for (guint round = 0; round < 3; round++)
        {
          assert_row (reader, line, "a|b");
          assert_row (reader, line + 1, "1|é");
          assert_end (reader);
          g_assert_true (psl_csv_reader_rewind (reader, NULL, NULL));
        }
    }
}

static void
assert_refused (const char *bytes,
                gsize       length,
                const char *encoding,
                int         code,
                const char *words)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslCsvReader) reader = psl_csv_reader_new (stream, '\0', encoding, NULL, &error);

  while (reader != NULL && psl_csv_reader_next (reader, NULL, &error))
    ;
  g_assert_error (error, PSL_CSV_ERROR, code);
  if (words != NULL && strstr (error->message, words) == NULL)
    g_error ("“%s” is not in: %s", words, error->message);
}

/* A few bytes that are no UTF-8 don't turn the others into Windows-1252. */
static void
test_bad_bytes (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { "titre\nÉtoile\nRéfugiés\nQu\xE9" "bec\n", "Line 4: in “Qu�”, the byte 0xE9" },
    { "titre\n\"deux\nlignes\"\nQu\xE9" "bec\nÉtoile\n", "Line 4: in “Qu�”" },
    { "titre\r\nМосква\r\nКи\xD1\r\n", "Line 3: in “Ки�”" },
    { "titre\nÉt\xC3", "Line 2: in “Ét�”, the byte 0xC3" },
    { "titre\n\xC3\xA9t\xE9 \xE9t\xE9 \xE9t\xE9\n", "Line 2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, strlen (cases[i].text), NULL, PSL_CSV_ERROR_ENCODING, cases[i].words);
}

/* Windows-1252 is guessed where it makes sense only. */
static void
test_guesses (void)
{
  static const struct
  {
    const char *charset;
    const char *text;
    gboolean is_1252;
  } cases[] = {
    { "WINDOWS-1252", "nom\nL’œuvre des réfugiés à Genève, « été » 10 €… n° 5\n", TRUE },
    { "WINDOWS-1252", "nome\nMigração e coração; São Tomé; Münster; Škoda\n", TRUE },
    { "ISO-8859-15", "nom\nréfugiés et cœur et œuvre\n", FALSE },
    { "MACINTOSH", "nom\nréfugiés à Genève\n", FALSE },
    { "CP850", "nom\nréfugiés et sécurité à Genève\n", FALSE },
    { "WINDOWS-1250", "nazwa\nwspółpraca Łódź\n", FALSE },
    { "WINDOWS-1251", "name\nМосква, Россия\n", FALSE },
    { "KOI8-R", "name\nМосква, Россия\n", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length;
      g_autofree char *bytes = g_convert (cases[i].text, -1, cases[i].charset, "UTF-8", NULL, &length, NULL);
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (PslCsvReader) reader = NULL;
      g_auto (GStrv) lines = g_strsplit (cases[i].text, "\n", -1);

      g_test_message ("%s", cases[i].charset);
      if (!cases[i].is_1252)
        assert_refused (bytes, length, NULL, PSL_CSV_ERROR_ENCODING, "Line 2");

      /* An encoding that a person chooses is taken. */
      reader = psl_csv_reader_new (stream, '\t', cases[i].charset, NULL, &error);
      g_assert_no_error (error);
      g_assert_false (psl_csv_reader_is_encoding_guessed (reader));
      assert_row (reader, 1, lines[0]);
      assert_row (reader, 2, lines[1]);
    }
}

static void
test_said_encodings (void)
{
  static const char utf16[] = "a\0,\0b\0\n\0\x31\x04,\0\x32\x04\n\0";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (utf16, sizeof utf16 - 1, NULL);
  g_autoptr (PslCsvReader) reader = psl_csv_reader_new (stream, '\0', "utf-16", NULL, NULL);

  assert_row (reader, 1, "a|b");
  assert_row (reader, 2, "б|в");
  assert_refused ("a,b\n1,\xE9\n", 8, "utf-8", PSL_CSV_ERROR_ENCODING, "Line 2: in “1,�”, the byte 0xE9 is no text in UTF-8");
  assert_refused ("a,b\n1,\x81\xE9\n", 9, NULL, PSL_CSV_ERROR_ENCODING, "Line 2");
  assert_refused ("a,b\n1,\x81\xE9\n", 9, "windows-1252", PSL_CSV_ERROR_ENCODING, "Line 2: in “1,�”, the byte 0x81");
  /* Half of a pair, without the other half, before it, at the end; half of a unit. */
  assert_refused ("a\0\n\0\x3D\xD8" "b\0\n\0", 10, "utf-16", PSL_CSV_ERROR_ENCODING, "Line 2: in “�”, the byte 0x3D is no text in UTF-16LE");
  assert_refused ("a\0\n\0b\0\x00\xDC\n\0", 10, "utf-16", PSL_CSV_ERROR_ENCODING, "Line 2: in “b�”, the byte 0x00 is no text in UTF-16LE");
  assert_refused ("\0a\0\n\xD8\x3D", 6, "utf-16be", PSL_CSV_ERROR_ENCODING, "Line 2: in “�”, the byte 0xD8 is no text in UTF-16BE");
  assert_refused ("a\0\n\0b", 5, "utf-16", PSL_CSV_ERROR_ENCODING, "Line 2: in “�”, the byte 0x62 is no text in UTF-16LE");
  assert_refused ("\xEF\xBB\xBF" "a,b\n", 7, "windows-1252", PSL_CSV_ERROR_ENCODING, "UTF-8");
  assert_refused ("a,b\n", 4, "nonsense", PSL_CSV_ERROR_ENCODING, "nonsense");
  assert_refused ("a,b\n", 4, "ascii//translit", PSL_CSV_ERROR_ENCODING, "translit");
  assert_refused ("a,b\n1,\x81\xAD\n", 9, "iso-2022-kr", PSL_CSV_ERROR_ENCODING, "Line 2");
}

/* Files that are no tables are told by what they hold. */
static void
test_foreign (void)
{
#define BYTES(bytes) bytes, sizeof bytes - 1
  static const struct
  {
    const char *bytes;
    gsize length;
    const char *words;
  } cases[] = {
    { BYTES ("PK\x03\x04\x14\0\0\0\0\0 xl/workbook.xml"), "workbook" },
    { BYTES ("PK\x03\x04\x14\0\0\0 mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "workbook" },
    { BYTES ("PK\x03\x04\x14\0\0\0 word/document.xml"), "document" },
    { BYTES ("PK\x05\x06\0\0\0\0\0\0\0\0\0\0"), "compressed" },
    { BYTES ("PK\x03\x04\x14\0\0\0 list.csv"), "compressed" },
    { BYTES ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), "workbook" },
    { BYTES ("\x1F\x8B\x08\0"), "compressed" },
    { BYTES ("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"), "document" },
    { BYTES ("{\\rtf1\\ansi text}"), "document" },
    { BYTES ("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "picture" },
    { BYTES ("\xFF\xD8\xFF\xE0\0\x10JFIF"), "picture" },
    { BYTES ("SQLite format 3\0\x10\0"), "database" },
    { BYTES ("<?xml version=\"1.0\"?>\n<iati-activities/>\n"), "XML" },
    { BYTES ("\xEF\xBB\xBF\n <iati-activity>\n"), "XML" },
    { BYTES ("<\0?\0x\0m\0l\0 \0?\0>\0\n\0"), "XML" },
    { BYTES ("<!DOCTYPE html>\n<html></html>\n"), "web page" },
    { BYTES ("<table><tr><td>1</td></tr></table>"), "web page" },
    { BYTES ("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"), "workbook" },
    { BYTES ("{\n  \"title\": 1\n}\n"), "JSON" },
    { BYTES ("[{\"title\": 1}]"), "JSON" },
    { BYTES ("[\"a\", \"b\"]"), "JSON" },
    { BYTES ("\x01\x02\x03\x04\x05\x06\0\0\0\0\0abcdef"), "not a text" },
  };
  static const char *const tables[] = { "[id],name\n1,a\n", "<5,name\n1,a\n", "BM,name\n1,a\n", "{id},name\n1,a\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].bytes, cases[i].length, NULL, PSL_CSV_ERROR_FOREIGN, cases[i].words);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autoptr (PslCsvReader) reader = open_bytes (tables[i], strlen (tables[i]));

      g_assert_true (psl_csv_reader_next (reader, NULL, NULL));
      assert_row (reader, 2, "1|a");
    }
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

/* The reader reads everything that the writer writes: any cells, any delimiter, with and
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
      reader = psl_csv_reader_new (input, delimiter, NULL, NULL, &error);
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
      reader = psl_csv_reader_new (stream, '\0', NULL, NULL, NULL);
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
  g_test_add_func ("/csv/stray-quotes", test_stray_quotes);
  g_test_add_func ("/csv/long-quote", test_long_quote);
  g_test_add_func ("/csv/broken-cells", test_broken_cells);
  g_test_add_func ("/csv/rewind", test_rewind);
  g_test_add_func ("/csv/bad-bytes", test_bad_bytes);
  g_test_add_func ("/csv/guesses", test_guesses);
  g_test_add_func ("/csv/said-encodings", test_said_encodings);
  g_test_add_func ("/csv/foreign", test_foreign);
  g_test_add_func ("/csv/empty", test_empty);
  g_test_add_func ("/csv/round-trip", test_round_trip);
  g_test_add_func ("/csv/noise", test_noise);
  return g_test_run ();
}
