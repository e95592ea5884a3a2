/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-foreign.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-schema.h"
#include "psl-text-reader.h"

/*
 * Files that people take for tables and that are none: recognised by their first bytes, so
 * that a message can say what to do instead.
 */

typedef enum
{
  NOT_FOREIGN,
  WORKBOOK,
  ARCHIVE,
  DOCUMENT,
  PAGE,
  XML,
  JSON,
  PICTURE,
  REGISTER,
  DATABASE,
  BINARY,
} Format;

/* The first bytes of files by their format. */
static const struct
{
  const char *bytes;
  gsize length;
  Format format;
} beginnings[] = {
#define BEGINNING(bytes, format) { (bytes), sizeof (bytes) - 1, (format) }
  BEGINNING ("PK\x03\x04", ARCHIVE),
  BEGINNING ("PK\x05\x06", ARCHIVE),
  BEGINNING ("PK\x07\x08", ARCHIVE),
  BEGINNING ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", WORKBOOK),
  BEGINNING ("\x09\x08\x10\x00", WORKBOOK),
  BEGINNING ("\x09\x04\x06\x00", WORKBOOK),
  BEGINNING ("\x1F\x8B", ARCHIVE),
  BEGINNING ("BZh", ARCHIVE),
  BEGINNING ("\xFD" "7zXZ\x00", ARCHIVE),
  BEGINNING ("\x28\xB5\x2F\xFD", ARCHIVE),
  BEGINNING ("7z\xBC\xAF\x27\x1C", ARCHIVE),
  BEGINNING ("Rar!\x1A\x07", ARCHIVE),
  BEGINNING ("%PDF-", DOCUMENT),
  BEGINNING ("%!PS", DOCUMENT),
  BEGINNING ("{\\rtf", DOCUMENT),
  BEGINNING ("\x89PNG\r\n\x1A\n", PICTURE),
  BEGINNING ("\xFF\xD8\xFF", PICTURE),
  BEGINNING ("GIF87a", PICTURE),
  BEGINNING ("GIF89a", PICTURE),
  BEGINNING ("II*\x00", PICTURE),
  BEGINNING ("MM\x00*", PICTURE),
  BEGINNING ("SQLite format 3\x00", DATABASE),
  BEGINNING ("\x00\x01\x00\x00Standard ", DATABASE),
  BEGINNING ("PAR1", BINARY),
  BEGINNING ("\x7F" "ELF", BINARY),
#undef BEGINNING
};

/* Names of files inside an archive that tell the archive's format. */
static const struct
{
  const char *name;
  Format format;
} members[] = {
  { "xl/", WORKBOOK },
  { "application/vnd.oasis.opendocument.spreadsheet", WORKBOOK },
  { "Index/Document.iwa", WORKBOOK },
  { "word/", DOCUMENT },
  { "ppt/", DOCUMENT },
  { "application/vnd.oasis.opendocument.", DOCUMENT },
  { "application/epub", DOCUMENT },
  { "[Content_Types].xml", WORKBOOK },
};

/* Where SQLite keeps the application's mark, big-endian. */
#define APPLICATION_ID_OFFSET 68

static gboolean
holds (const guint8 *bytes,
       gsize         length,
       const char   *text)
{
  gsize text_length = strlen (text);

  for (gsize i = 0; i + text_length <= length; i++)
    if (memcmp (bytes + i, text, text_length) == 0)
      return TRUE;
  return FALSE;
}

static Format
recognise_archive (const guint8 *bytes,
                   gsize         length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (holds (bytes, length, members[i].name))
      return members[i].format;
  return ARCHIVE;
}

static Format
recognise_database (const guint8 *bytes,
                    gsize         length)
{
  guint32 application_id;

  if (length < APPLICATION_ID_OFFSET + sizeof application_id)
    return DATABASE;
  memcpy (&application_id, bytes + APPLICATION_ID_OFFSET, sizeof application_id);
  return GUINT32_FROM_BE (application_id) == PSL_SCHEMA_APPLICATION_ID ? REGISTER : DATABASE;
}

/* Whether more than a tenth of the bytes are control characters that no text has. */
static gboolean
is_binary (const guint8 *bytes,
           gsize         length)
{
  gsize n_controls = 0;

  for (gsize i = 0; i < length; i++)
    n_controls += bytes[i] == 0 || (bytes[i] < 0x20 && strchr ("\t\n\v\f\r\x1A\x1B", bytes[i]) == NULL);
  return n_controls * 10 > length;
}

static Format
recognise_bytes (const guint8 *bytes,
                 gsize         length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      if (length < beginnings[i].length || memcmp (bytes, beginnings[i].bytes, beginnings[i].length) != 0)
        continue;
      if (beginnings[i].format == ARCHIVE)
        return recognise_archive (bytes, length);
      if (beginnings[i].format == DATABASE)
        return recognise_database (bytes, length);
      return beginnings[i].format;
    }
  /* RIFF with a picture in it, and bitmaps, whose reserved bytes are zero. */
  if (length >= 12 && memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0)
    return PICTURE;
  if (length >= 14 && memcmp (bytes, "BM", 2) == 0 && memcmp (bytes + 6, "\0\0\0\0", 4) == 0)
    return PICTURE;
  return NOT_FOREIGN;
}

static gboolean
begins_with (const char *text,
             const char *beginning)
{
  return g_ascii_strncasecmp (text, beginning, strlen (beginning)) == 0;
}

static Format
recognise_markup (const char *text)
{
  static const char *const page_tags[] = { "<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<div" };

  for (gsize i = 0; i < G_N_ELEMENTS (page_tags); i++)
    if (begins_with (text, page_tags[i]))
      return PAGE;
  /* Excel's old format of workbooks in XML. */
  if (begins_with (text, "<?xml") && strstr (text, "urn:schemas-microsoft-com:office:spreadsheet") != NULL)
    return WORKBOOK;
  if (begins_with (text, "<?xml") && strstr (text, "<html") != NULL)
    return PAGE;
  return g_ascii_isalpha (text[1]) || text[1] == '?' || text[1] == '!' ? XML : NOT_FOREIGN;
}

/* A heading may begin with a bracket; in JSON the begin of a value follows the bracket. */
static Format
recognise_json (const char *text)
{
  const char *next = text + 1 + strspn (text + 1, " \t\r\n");

  if (text[0] == '{')
    return *next == '"' || *next == '}' ? JSON : NOT_FOREIGN;
  return *next == '{' || *next == '[' || *next == '"' || *next == ']' ? JSON : NOT_FOREIGN;
}

static Format
recognise_text (const char *text)
{
  text += strspn (text, " \t\r\n");
  if (begins_with (text, "{\\rtf") || begins_with (text, "%PDF-"))
    return DOCUMENT;
  if (*text == '<')
    return recognise_markup (text);
  return *text == '{' || *text == '[' ? recognise_json (text) : NOT_FOREIGN;
}

static const char *
get_message (Format format)
{
  switch (format)
    {
    case WORKBOOK:
      return _("This is a workbook, not CSV. Open it in a spreadsheet, choose the sheet, and save it as CSV.");
    case ARCHIVE:
      return _("This is a compressed file, not CSV. Take the table out of it, and import that.");
    case DOCUMENT:
      return _("This is a document, not CSV. Copy its table into a spreadsheet, and save it as CSV.");
    case PAGE:
      return _("This is a web page, not CSV. Look for a download as CSV, or copy its table into a spreadsheet and save it as CSV.");
    case XML:
      return _("This is XML, not CSV. Save the table as CSV in the program that it comes from.");
    case JSON:
      return _("This is JSON, not CSV. Save the table as CSV in the program that it comes from.");
    case PICTURE:
      return _("This is a picture, not CSV. Save the table as CSV in the program that it comes from.");
    case REGISTER:
      return _("This is a register, not CSV. Open it as the register, export its records, and import that file.");
    case DATABASE:
      return _("This is a database, not CSV. Export the table as CSV from the program that it belongs to.");
    case BINARY:
      return _("This is not a text file. Save the table as CSV in the program that it comes from.");
    case NOT_FOREIGN:
    default:
      return NULL;
    }
}

static gboolean
check (Format   format,
       GError **error)
{
  if (format == NOT_FOREIGN)
    return TRUE;
  g_set_error_literal (error, PSL_CSV_ERROR, PSL_CSV_ERROR_FOREIGN, get_message (format));
  return FALSE;
}

/**
 * psl_foreign_check_bytes:
 * @bytes: the first bytes of a file, in any encoding, without a byte order mark
 *
 * Recognises files that are no text.
 *
 * Returns: %FALSE with %PSL_CSV_ERROR_FOREIGN, whose message names the format and the way out
 */
gboolean
psl_foreign_check_bytes (const guint8  *bytes,
                         gsize          length,
                         GError       **error)
{
  return check (recognise_bytes (bytes, length), error);
}

/**
 * psl_foreign_check_binary:
 * @bytes: the first bytes of a file that is not UTF-16
 *
 * Recognises, by its control characters, a file of an unknown format.
 *
 * Returns: %FALSE with %PSL_CSV_ERROR_FOREIGN
 */
gboolean
psl_foreign_check_binary (const guint8  *bytes,
                          gsize          length,
                          GError       **error)
{
  return check (is_binary (bytes, length) ? BINARY : NOT_FOREIGN, error);
}

/**
 * psl_foreign_check_text:
 * @text: the first text of a file, decoded
 *
 * Recognises texts that are no tables.
 *
 * Returns: %FALSE with %PSL_CSV_ERROR_FOREIGN, whose message names the format and the way out
 */
gboolean
psl_foreign_check_text (const char  *text,
                        GError     **error)
{
  return check (recognise_text (text), error);
}
