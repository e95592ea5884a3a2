/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-codelist.h"
#include "psl-rows.h"
#include "psl-store-private.h"
#include "psl-text.h"
#include "psl-words.h"

static const char *
get_code_text (PslStore      *self,
               const PslCode *code)
{
  char *text = g_hash_table_lookup (self->code_texts, code);

  if (text == NULL)
    {
      text = psl_code_dup_search_text (code);
      g_hash_table_insert (self->code_texts, (gpointer) code, text);
    }
  return text;
}

static void
append_text (GString    *text,
             const char *folded)
{
  if (*folded == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, folded);
}

/* `PO.0160` is found by its parts and as `po0160`. */
static void
append_without_punctuation (GString    *text,
                            const char *folded)
{
  if (strchr (folded, ' ') == NULL)
    return;
  g_string_append_c (text, ' ');
  for (const char *p = folded; *p != '\0'; p++)
    {
      if (*p != ' ')
        g_string_append_c (text, *p);
    }
}

static void append_value (PslStore       *self,
                          GString        *text,
                          const PslField *field,
                          const char     *value);

static void
append_rows (PslStore       *self,
             GString        *text,
             const PslField *field,
             const char     *value)
{
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, value, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);

      for (guint j = 0; field->rows[j].name != NULL; j++)
        {
          if (cells[j] != NULL)
            append_value (self, text, &field->rows[j], cells[j]);
        }
    }
}

/* Dates, numbers and links are filtered by, not searched for. */
static void
append_value (PslStore       *self,
              GString        *text,
              const PslField *field,
              const char     *value)
{
  g_autofree char *folded = NULL;
  const PslCode *code;

  switch (field->type)
    {
    case PSL_FIELD_TYPE_CODE:
      code = psl_codelist_find (psl_codelists_get_list (self->codelists, field->codelist), value);
      if (code != NULL)
        append_text (text, get_code_text (self, code));
      break;

    case PSL_FIELD_TYPE_ROWS:
      append_rows (self, text, field, value);
      break;

    case PSL_FIELD_TYPE_IDENTIFIER:
      folded = psl_text_fold (value);
      append_text (text, folded);
      append_without_punctuation (text, folded);
      break;

    case PSL_FIELD_TYPE_TEXT:
    case PSL_FIELD_TYPE_LONG_TEXT:
    case PSL_FIELD_TYPE_EMAIL:
    case PSL_FIELD_TYPE_URL:
    case PSL_FIELD_TYPE_PHONE:
      folded = psl_text_fold (value);
      append_text (text, folded);
      break;

    case PSL_FIELD_TYPE_DATE:
    case PSL_FIELD_TYPE_YEAR:
    case PSL_FIELD_TYPE_INTEGER:
    case PSL_FIELD_TYPE_DECIMAL:
    case PSL_FIELD_TYPE_MONEY:
    case PSL_FIELD_TYPE_LINK:
    case PSL_FIELD_TYPE_LATITUDE:
    case PSL_FIELD_TYPE_LONGITUDE:
    case PSL_FIELD_TYPE_PARTS:
    default:
      break;
    }
}

/**
 * psl_store_dup_kind_mark:
 *
 * Returns: (transfer full): the word of a kind in the search text of its records: its name
 *   behind a letter for private use, which folding leaves in no text, and without
 *   underscores, which would make several words of it
 */
char *
psl_store_dup_kind_mark (const PslKind *kind)
{
  GString *mark = g_string_new ("\xee\x80\x80");

  g_string_append (mark, kind->name);
  g_string_replace (mark, "_", "", 0);
  return g_string_free_and_steal (mark);
}

/* The words that a whole record is found by, folded; "" where it has none. */
static char *
dup_search_text (PslStore  *self,
                 PslRecord *record)
{
  GString *text = g_string_new (NULL);
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    if (field->flags & PSL_FIELD_SEARCHED)
      append_value (self, text, field, value);
  return g_string_free_and_steal (text);
}

/**
 * psl_store_dup_indexed_text:
 * @record: a whole record
 *
 * Returns: (transfer full): the words that the search index has of a record: the mark of its
 *   kind, and what it is found by
 */
char *
psl_store_dup_indexed_text (PslStore  *self,
                            PslRecord *record)
{
  g_autofree char *mark = psl_store_dup_kind_mark (psl_record_get_kind (record));
  g_autofree char *text = dup_search_text (self, record);

  return g_strconcat (mark, " ", text, NULL);
}

/* Writes the search text of a record with @sql, which takes `rid` and the text. */
static gboolean
write_search_text (PslStore    *self,
                   const char  *sql,
                   gint64       rid,
                   PslRecord   *record,
                   GError     **error)
{
  g_autofree char *indexed = psl_store_dup_indexed_text (self, record);
  const char *behind_mark = strchr (indexed, ' ') + 1;
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, indexed);
  return psl_statement_run (statement, error) && psl_words_add (self->db, self->known_words, behind_mark, error);
}

/**
 * psl_store_add_search_text:
 * @rid: a record that is being made from @record
 */
gboolean
psl_store_add_search_text (PslStore   *self,
                           gint64      rid,
                           PslRecord  *record,
                           GError    **error)
{
  return write_search_text (self, "INSERT INTO search (rowid, text) VALUES (?, ?)", rid, record, error);
}

/**
 * psl_store_write_search_text:
 * @rid: the number of @record
 *
 * Makes the search text of a record again from its values.
 */
gboolean
psl_store_write_search_text (PslStore   *self,
                             gint64      rid,
                             PslRecord  *record,
                             GError    **error)
{
  return write_search_text (self, "INSERT OR REPLACE INTO search (rowid, text) VALUES (?, ?)", rid, record, error);
}
