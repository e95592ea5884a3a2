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
#include "psl-file.h"
#include "psl-rows.h"

#define PROGRESS_ROWS 256

/* One export: where the cells go, and how they are written. */
typedef struct
{
  PslStore *store;
  const PslKind *kind;
  const PslExportOptions *options;
  PslCsvWriter *writer;
} Export;

typedef void (*CellFunc) (Export         *self,
                          const PslField *field,
                          const char     *language,
                          gpointer        data);

/* Calls @each for every column: every field, and every language of a text. */
static void
each_column (Export   *self,
             CellFunc  each,
             gpointer  data)
{
  for (const PslField *field = self->kind->fields; field->name != NULL; field++)
    {
      if (!(field->flags & PSL_FIELD_MULTILINGUAL))
        {
          each (self, field, NULL, data);
          continue;
        }
      for (int i = 0; psl_languages[i] != NULL; i++)
        each (self, field, psl_languages[i], data);
    }
}

/* A field's label in @language whatever the locale: the first French heading is
 * the French label. */
static char *
dup_label (const PslField *field,
           const char     *language)
{
  g_auto (GStrv) aliases = g_strsplit (field->aliases != NULL ? field->aliases : "", "|", -1);

  if (strcmp (language, "fr") == 0)
    for (char **alias = aliases; *alias != NULL; alias++)
      if (g_str_has_prefix (*alias, "fr:"))
        return g_strdup (*alias + 3);
  return g_strdup (field->label);
}

static void
add_heading (Export         *self,
             const PslField *field,
             const char     *language,
             gpointer        data)
{
  g_autofree char *label = self->options->labels != NULL ? dup_label (field, self->options->labels) : NULL;
  g_autofree char *heading = NULL;

  if (language == NULL)
    heading = g_strdup (label != NULL ? label : field->name);
  else if (label != NULL)
    heading = g_strdup_printf ("%s (%s)", label, language);
  else
    heading = g_strdup_printf ("%s_%s", field->name, language);
  psl_csv_writer_add (self->writer, heading);
}

/* `MD;PL` where the entries have only their first cell, and it holds no
 * separator; else %NULL. */
static char *
join_entries (Export         *self,
              const PslField *field,
              const char     *value)
{
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, value, NULL);
  g_autoptr (GString) joined = g_string_new (NULL);

  if (rows == NULL || !(field->flags & PSL_FIELD_FLAT))
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);
      g_autofree char *shown = NULL;

      for (guint j = 1; j < psl_rows_get_n_columns (field); j++)
        if (cells[j] != NULL)
          return NULL;
      if (cells[0] == NULL)
        return NULL;
      shown = self->options->labels != NULL ? psl_field_display (field->rows, cells[0], self->options->labels)
                                            : g_strdup (cells[0]);
      if (strpbrk (shown, ";|\n") != NULL)
        return NULL;
      g_string_append_printf (joined, "%s%s", i > 0 ? (self->options->labels != NULL ? "; " : ";") : "", shown);
    }
  return g_string_free_and_steal (g_steal_pointer (&joined));
}

static char *
write_value (Export         *self,
             PslRecord      *record,
             const PslField *field,
             const char     *value)
{
  const char *labels = self->options->labels;
  char *joined = NULL;

  if (field->type == PSL_FIELD_TYPE_ROWS)
    joined = join_entries (self, field, value);
  if (joined != NULL)
    return joined;
  if (labels != NULL && (field->type == PSL_FIELD_TYPE_CODE || field->type == PSL_FIELD_TYPE_ROWS))
    return psl_field_display (field, value, labels);
  if (labels != NULL && field->type == PSL_FIELD_TYPE_LINK && psl_record_get_link_title (record, field) != NULL)
    return g_strdup (psl_record_get_link_title (record, field));
  return g_strdup (value);
}

static void
add_cell (Export         *self,
          const PslField *field,
          const char     *language,
          gpointer        data)
{
  PslRecord *record = data;
  const char *value = psl_record_get (record, field, language);
  g_autofree char *cell = value != NULL ? write_value (self, record, field, value) : NULL;

  psl_csv_writer_add (self->writer, cell);
}

static gboolean
write_record (Export        *self,
              gint64         rid,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (PslRecord) record = psl_store_read (self->store, rid, error);

  if (record == NULL)
    return FALSE;
  psl_csv_writer_add (self->writer, psl_record_get_id (record));
  each_column (self, add_cell, record);
  return psl_csv_writer_end_row (self->writer, cancellable, error);
}

/**
 * psl_csv_export:
 * @query: which records of one kind, in which order
 * @limit: how many at most, or -1
 * @stream: where to write; is flushed, not closed
 *
 * Writes records as CSV: the UUID, then every field under its name, texts in a
 * column a language. Without labels, importing the file gives the same records.
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
  g_autoptr (GArray) rids = NULL;
  Export self = { store, psl_query_get_kind (query), options, NULL };

  g_return_val_if_fail (self.kind != NULL, -1);

  rids = psl_store_query (store, query, limit, error);
  if (rids == NULL)
    return -1;
  self.writer = writer = psl_csv_writer_new (stream, options->delimiter, options->byte_order_mark);

  psl_csv_writer_add (writer, "id");
  each_column (&self, add_heading, NULL);
  if (!psl_csv_writer_end_row (writer, cancellable, error))
    return -1;

  for (guint i = 0; i < rids->len; i++)
    {
      if (!write_record (&self, g_array_index (rids, gint64, i), cancellable, error))
        return -1;
      if (options->progress != NULL && i % PROGRESS_ROWS == 0)
        options->progress ((double) i / rids->len, options->user_data);
    }
  return psl_csv_writer_finish (writer, cancellable, error) ? (gint64) rids->len : -1;
}

/* Whether a file is the register itself, whatever it is called there. */
static gboolean
is_register (PslStore *store,
             GFile    *file)
{
  g_autoptr (GFile) reg = g_file_new_for_path (psl_store_get_path (store));
  g_autoptr (GFileInfo) ours = g_file_query_info (reg, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GFileInfo) theirs = g_file_query_info (file, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return ours != NULL && theirs != NULL &&
         g_strcmp0 (g_file_info_get_attribute_string (ours, G_FILE_ATTRIBUTE_ID_FILE),
                    g_file_info_get_attribute_string (theirs, G_FILE_ATTRIBUTE_ID_FILE)) == 0;
}

/* Where the file is a symbolic link, what it leads to is replaced when all of it is
 * written; GIO would write into that at once. */
static GFileOutputStream *
replace_file (GFile         *file,
              GCancellable  *cancellable,
              GError       **error)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *target = NULL;
  g_autoptr (GFile) target_file = NULL;

  if (path == NULL)
    return g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error);
  target = psl_file_follow_links (path, error);
  if (target == NULL)
    return NULL;
  target_file = g_file_new_for_path (target);
  return g_file_replace (target_file, NULL, FALSE, G_FILE_CREATE_NONE, cancellable, error);
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
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GCancellable) abandoned = g_cancellable_new ();
  gint64 n_records;

  if (is_register (store, file))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("This file is the register itself. Write to another."));
      return -1;
    }

  stream = replace_file (file, cancellable, error);
  if (stream == NULL)
    return -1;

  n_records = psl_csv_export (store, query, limit, G_OUTPUT_STREAM (stream), options, cancellable, error);
  if (n_records >= 0)
    return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error) ? n_records : -1;

  /* Closing it as if nothing had happened would put it in the place of the old. */
  g_cancellable_cancel (abandoned);
  g_output_stream_close (G_OUTPUT_STREAM (stream), abandoned, NULL);
  return -1;
}
