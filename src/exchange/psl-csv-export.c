/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-csv-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-csv-writer.h"
#include "psl-error.h"
#include "psl-file-writer.h"
#include "psl-file.h"
#include "psl-import-heading.h"
#include "psl-rows.h"
#include "psl-sheet.h"

#define PROGRESS_ROWS 256

/* One export: where the cells go, and how they are written. */
typedef struct
{
  PslStore *store;
  const PslKind *kind;
  const PslExportOptions *options;
  PslCsvWriter *writer;
  PslSheet *sheet;          /* (nullable): for a spreadsheet */
  GHashTable *languages;    /* (element-type PslField GStrv): the columns of texts */
} Export;

typedef gboolean (*ColumnFunc) (Export          *self,
                                const PslField  *field,
                                const char      *language,
                                gpointer         data,
                                GError         **error);

/* Calls @each for every field that has values, and every language of a text. Parts that no
 * cell can hold are exported by themselves only, as records of their kind. */
static gboolean
each_column (Export      *self,
             ColumnFunc   each,
             gpointer     data,
             GError     **error)
{
  for (const PslField *field = self->kind->fields; field->name != NULL; field++)
    {
      char **languages = g_hash_table_lookup (self->languages, field);

      if (!psl_field_has_value (field))
        continue;
      if (languages == NULL && !each (self, field, NULL, data, error))
        return FALSE;
      for (gsize i = 0; languages != NULL && languages[i] != NULL; i++)
        if (!each (self, field, languages[i], data, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
read_languages (Export  *self,
                GError **error)
{
  for (const PslField *field = self->kind->fields; field->name != NULL; field++)
    {
      GStrv languages;

      if (!(field->flags & PSL_FIELD_MULTILINGUAL))
        continue;
      languages = psl_store_list_languages (self->store, self->kind, field, error);
      if (languages == NULL)
        return FALSE;
      g_hash_table_insert (self->languages, (gpointer) field, languages);
    }
  return TRUE;
}

static gboolean
add_heading (Export          *self,
             const PslField  *field,
             const char      *language,
             gpointer         data,
             GError         **error)
{
  g_autofree char *heading = NULL;

  if (self->sheet != NULL)
    heading = psl_sheet_dup_heading (self->sheet, field, language);
  else if (language != NULL)
    heading = g_strdup_printf ("%s_%s", field->name, language);
  else
    heading = g_strdup (field->name);
  psl_csv_writer_add (self->writer, heading);

  if (self->sheet != NULL && field->type == PSL_FIELD_TYPE_MONEY)
    {
      g_autofree char *currency = psl_sheet_dup_currency_heading (self->sheet, field);

      psl_csv_writer_add (self->writer, currency);
    }
  return TRUE;
}

/* `MD;PL` where the entries have only their first cell, and it holds no
 * separator; else %NULL. */
static char *
join_entries (const PslField *field,
              const char     *value)
{
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, value, NULL);
  g_autoptr (GString) joined = g_string_new (NULL);

  if (rows == NULL || !(field->flags & PSL_FIELD_FLAT))
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);

      for (guint j = 1; j < psl_rows_get_n_columns (field); j++)
        if (cells[j] != NULL)
          return NULL;
      if (cells[0] == NULL || strpbrk (cells[0], ";|\n") != NULL)
        return NULL;
      g_string_append_printf (joined, "%s%s", i > 0 ? ";" : "", cells[0]);
    }
  return g_string_free_and_steal (g_steal_pointer (&joined));
}

/* The form that a register keeps, lists of codes shortened. */
static void
add_plain_cell (Export         *self,
                const PslField *field,
                const char     *value)
{
  g_autofree char *joined = value != NULL && field->type == PSL_FIELD_TYPE_ROWS ? join_entries (field, value) : NULL;

  psl_csv_writer_add (self->writer, joined != NULL ? joined : value);
}

/* Adds the cells of a value: for money two, the amount and the currency. */
static gboolean
add_sheet_cells (Export          *self,
                 const PslField  *field,
                 const char      *value,
                 GError         **error)
{
  gboolean is_money = field->type == PSL_FIELD_TYPE_MONEY;
  const char *space = is_money && value != NULL ? strchr (value, ' ') : NULL;
  g_autofree char *amount = space != NULL ? g_strndup (value, (gsize) (space - value)) : NULL;
  g_autofree char *cell = NULL;

  if (value != NULL)
    {
      cell = psl_sheet_dup_cell (self->sheet, field, amount != NULL ? amount : value, error);
      if (cell == NULL)
        return FALSE;
    }
  psl_csv_writer_add (self->writer, cell);
  if (is_money)
    psl_csv_writer_add (self->writer, space != NULL ? space + 1 : NULL);
  return TRUE;
}

static gboolean
add_cell (Export          *self,
          const PslField  *field,
          const char      *language,
          gpointer         data,
          GError         **error)
{
  const char *value = psl_record_get (data, field, language);

  if (self->sheet != NULL)
    return add_sheet_cells (self, field, value, error);
  add_plain_cell (self, field, value);
  return TRUE;
}

/* The columns of UUIDs: the record's, and those of the parts that each of its fields lists. */
static void
add_id_headings (Export *self)
{
  psl_csv_writer_add (self->writer, "id");
  for (const PslField *field = self->kind->fields; field->name != NULL; field++)
    if (psl_field_lists_parts (field))
      {
        g_autofree char *heading = psl_import_heading_dup_part_ids (field);

        psl_csv_writer_add (self->writer, heading);
      }
}

static gboolean
add_ids (Export     *self,
         PslRecord  *record,
         GError    **error)
{
  psl_csv_writer_add (self->writer, psl_record_get_id (record));
  for (const PslField *field = self->kind->fields; field->name != NULL; field++)
    if (psl_field_lists_parts (field))
      {
        g_auto (GStrv) ids = psl_store_list_part_ids (self->store, psl_record_get_rid (record), field, error);
        g_autofree char *joined = ids != NULL ? g_strjoinv (PSL_IMPORT_ID_SEPARATOR, ids) : NULL;

        if (ids == NULL)
          return FALSE;
        psl_csv_writer_add (self->writer, joined);
      }
  return TRUE;
}

static gboolean
write_headings (Export        *self,
                GCancellable  *cancellable,
                GError       **error)
{
  if (self->sheet == NULL)
    add_id_headings (self);
  return each_column (self, add_heading, NULL, error) && psl_csv_writer_end_row (self->writer, cancellable, error);
}

static gboolean
write_record (Export        *self,
              gint64         rid,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (PslRecord) record = psl_store_read (self->store, rid, error);

  if (record == NULL || !psl_store_read_parts_values (self->store, record, error))
    return FALSE;
  if (self->sheet == NULL && !add_ids (self, record, error))
    return FALSE;
  return each_column (self, add_cell, record, error) && psl_csv_writer_end_row (self->writer, cancellable, error);
}

static gint64
write_records (Export        *self,
               PslQuery      *query,
               gint64         limit,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GArray) rids = psl_store_query (self->store, query, limit, error);

  if (rids == NULL || !write_headings (self, cancellable, error))
    return -1;
  for (guint i = 0; i < rids->len; i++)
    {
      if (!write_record (self, g_array_index (rids, gint64, i), cancellable, error))
        return -1;
      if (self->options->progress != NULL && i % PROGRESS_ROWS == 0)
        self->options->progress ((double) i / rids->len, self->options->user_data);
    }
  return psl_csv_writer_finish (self->writer, cancellable, error) ? (gint64) rids->len : -1;
}

/**
 * psl_csv_export:
 * @query: which records of one kind, in which order
 * @limit: how many at most, or -1
 * @stream: where to write; is flushed, not closed
 *
 * Writes records as CSV, as they are at one moment whatever is written to the
 * register meanwhile. For another register: the UUID and those of the parts that cells
 * list, then every field under its name, texts in a column a language. For a
 * spreadsheet: see #PslSheet. Importing the file gives the same values.
 *
 * Returns: how many records were written, or -1 with a %PSL_REGISTER_ERROR or
 *   a %G_IO_ERROR
 */
gint64
psl_csv_export (PslStore                *store,
                PslQuery                *query,
                gint64                   limit,
                GOutputStream           *stream,
                const PslExportOptions  *options,
                GCancellable            *cancellable,
                GError                 **error)
{
  g_autoptr (PslCsvWriter) writer = NULL;
  g_autoptr (PslSheet) sheet = NULL;
  g_autoptr (GHashTable) languages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_strfreev);
  Export self = { store, psl_query_get_kind (query), options, NULL, NULL, languages };
  gboolean began;
  gint64 n_records;

  g_return_val_if_fail (self.kind != NULL, -1);

  writer = psl_csv_writer_new (stream, options->delimiter, options->byte_order_mark);
  if (options->labels != NULL)
    sheet = psl_sheet_new (store, options->labels);
  self.writer = writer;
  self.sheet = sheet;

  if (!psl_store_begin_snapshot (store, &began, error))
    return -1;
  n_records = read_languages (&self, error) ? write_records (&self, query, limit, cancellable, error) : -1;
  psl_store_end_snapshot (store, began);
  return n_records;
}

/**
 * psl_csv_export_file:
 * @file: where to write
 *
 * Writes records as psl_csv_export() does, to a file that is replaced when all of
 * it is written, or not at all.
 *
 * Returns: how many records were written, or -1 with a %PSL_REGISTER_ERROR
 *   (%PSL_REGISTER_ERROR_INVALID where @file is the register itself) or a
 *   %G_IO_ERROR
 */
gint64
psl_csv_export_file (PslStore                *store,
                     PslQuery                *query,
                     gint64                   limit,
                     GFile                   *file,
                     const PslExportOptions  *options,
                     GCancellable            *cancellable,
                     GError                 **error)
{
  const char *path = g_file_peek_path (file);
  g_autoptr (PslFileWriter) writer = NULL;
  gint64 n_records;

  if (path != NULL && psl_file_is_same (path, psl_store_get_path (store)))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("This file is the register itself. Write to another."));
      return -1;
    }

  writer = psl_file_writer_new (file, cancellable, error);
  if (writer == NULL)
    return -1;
  n_records = psl_csv_export (store, query, limit, G_OUTPUT_STREAM (writer), options, cancellable, error);
  return n_records >= 0 && psl_file_writer_finish (writer, cancellable, error) ? n_records : -1;
}
