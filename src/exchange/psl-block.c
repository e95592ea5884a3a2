/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-block.h"

#include <string.h>

#include "psl-csv-reader.h"
#include "psl-csv-writer.h"
#include "psl-error.h"
#include "psl-identity.h"
#include "psl-import-survey.h"
#include "psl-sheet.h"
#include "psl-text.h"

/* A block that is being pasted. */
typedef struct
{
  PslStore *store;
  const PslKind *kind;
  const char *owner;
  const PslBlockColumn *columns;
  guint n_columns;
  GArray *rids;
  const char *first_id;
  PslCsvReader *reader;
  PslImportCells cells;
  PslImportSurvey *survey;
  PslBlockResult *result;
} Paste;

static void
fault_free (gpointer data)
{
  PslBlockFault *fault = data;

  g_free (fault->text);
  g_free (fault);
}

/* The headings of the columns, as in a file for another register. */
static GStrv
dup_headings (const PslBlockColumn *columns,
              guint                 n_columns)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < n_columns; i++)
    {
      const PslBlockColumn *column = &columns[i];

      if (column->language != NULL)
        g_strv_builder_take (builder, g_strconcat (column->field->name, "_", column->language, NULL));
      else
        g_strv_builder_add (builder, column->field->name);
    }
  return g_strv_builder_end (builder);
}

static guint
count_cells (Paste *paste)
{
  return MIN (psl_csv_reader_get_n_cells (paste->reader), paste->n_columns);
}

/* Looks through the whole columns, which decide how dates and numbers are read. */
static gboolean
survey (Paste         *paste,
        GCancellable  *cancellable,
        GError       **error)
{
  GError *local_error = NULL;

  while (psl_csv_reader_next (paste->reader, cancellable, &local_error))
    psl_import_survey_add (paste->survey, paste->reader);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  /* Dates and numbers that the columns leave open are read as they are typed. */
  g_ptr_array_unref (psl_import_survey_conclude (paste->survey));
  return psl_csv_reader_rewind (paste->reader, cancellable, error);
}

/* Returns: %FALSE with an error where the register can't be read; @id is %NULL where the
 * name means no record, or several */
static gboolean
find_target (Paste           *paste,
             const PslField  *field,
             const char      *name,
             char           **id,
             GError         **error)
{
  g_autoptr (GArray) rids = psl_identity_find_named (paste->store, field->target, name, error);
  g_autoptr (PslRecord) record = NULL;

  *id = NULL;
  if (rids == NULL)
    return FALSE;
  if (rids->len != 1)
    return TRUE;

  record = psl_store_read (paste->store, g_array_index (rids, gint64, 0), error);
  if (record == NULL)
    return FALSE;
  *id = g_strdup (psl_record_get_id (record));
  return TRUE;
}

/* Reads the cell in a column. Returns: %FALSE with an error where the register can't be
 * read; @value is %NULL for an empty cell, and for one that can't be read, which sets
 * @faulty */
static gboolean
read_cell (Paste     *paste,
           guint      nth,
           char     **value,
           gboolean  *faulty,
           GError   **error)
{
  const PslField *field = paste->columns[nth].field;
  const char *cell = psl_import_cells_get (&paste->cells, paste->reader, nth);
  g_autofree char *text = psl_text_clean (cell, field->type == PSL_FIELD_TYPE_LONG_TEXT);

  *value = NULL;
  *faulty = FALSE;
  if (text == NULL)
    return TRUE;

  if (field->type == PSL_FIELD_TYPE_LINK)
    {
      if (!find_target (paste, field, text, value, error))
        return FALSE;
    }
  else
    {
      *value = psl_field_read (field, psl_store_get_codelists (paste->store), cell,
                               psl_import_survey_get_conventions (paste->survey, nth), NULL);
    }
  *faulty = *value == NULL;
  return TRUE;
}

static void
add_fault (Paste  *paste,
           gint64  rid,
           guint   nth)
{
  PslBlockFault *fault = g_new0 (PslBlockFault, 1);

  fault->rid = rid;
  fault->column = nth;
  fault->text = g_strdup (psl_csv_reader_get_cell (paste->reader, nth));
  g_ptr_array_add (paste->result->faults, fault);
}

/* Returns: %FALSE with an error where the register can't be read; @rid is 0 where the part
 * that is to be pasted in first is not there yet */
static gboolean
find_first (Paste   *paste,
            gint64  *rid,
            GError **error)
{
  GError *local_error = NULL;

  *rid = paste->first_id != NULL ? psl_store_find (paste->store, paste->first_id, &local_error) : 0;
  if (local_error == NULL || g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND))
    {
      g_clear_error (&local_error);
      return TRUE;
    }
  g_propagate_error (error, local_error);
  return FALSE;
}

static gint64
insert_part (Paste       *paste,
             const char  *id,
             GError     **error)
{
  g_autoptr (PslRecord) record = psl_record_new (paste->kind, 0, id);

  psl_record_set (record, psl_kind_get_owner_field (paste->kind), NULL, paste->owner);
  return psl_store_insert (paste->store, record, error);
}

/* Returns: the part that a row of the block goes into; or 0 with an error */
static gint64
ensure_part (Paste   *paste,
             guint    row,
             GError **error)
{
  gint64 rid = 0;

  if (row < paste->rids->len)
    return g_array_index (paste->rids, gint64, row);
  if (row > paste->rids->len)
    return insert_part (paste, NULL, error);

  if (!find_first (paste, &rid, error))
    return 0;
  if (rid == 0)
    rid = insert_part (paste, paste->first_id, error);
  paste->result->first_beyond = rid;
  return rid;
}

static gboolean
paste_row (Paste   *paste,
           guint    row,
           GError **error)
{
  gint64 rid = ensure_part (paste, row, error);

  if (rid == 0)
    return FALSE;

  for (guint i = 0; i < count_cells (paste); i++)
    {
      const PslBlockColumn *column = &paste->columns[i];
      g_autofree char *value = NULL;
      gboolean faulty;

      if (!read_cell (paste, i, &value, &faulty, error))
        return FALSE;
      if (faulty)
        add_fault (paste, rid, i);
      else if (!psl_store_set (paste->store, rid, column->field, column->language, value, error))
        return FALSE;
    }

  for (guint i = count_cells (paste); i < psl_csv_reader_get_n_cells (paste->reader); i++)
    {
      const char *cell = psl_csv_reader_get_cell (paste->reader, i);

      if (*cell != '\0')
        g_ptr_array_add (paste->result->surplus, g_strdup (cell));
    }
  return TRUE;
}

static gboolean
paste_rows (Paste         *paste,
            GCancellable  *cancellable,
            GError       **error)
{
  GError *local_error = NULL;
  guint row = 0;

  if (!psl_store_begin (paste->store, PSL_VERB_EDIT, NULL, error))
    return FALSE;
  while (psl_csv_reader_next (paste->reader, cancellable, &local_error))
    {
      if (!paste_row (paste, row++, error))
        return FALSE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }

  psl_store_commit (paste->store, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

/**
 * psl_block_has_cells:
 * @text: a text from the clipboard
 *
 * Returns: whether it is several cells, rather than a text to be pasted where the cursor
 *   is
 */
gboolean
psl_block_has_cells (const char *text)
{
  const char *line_end;

  g_return_val_if_fail (text != NULL, FALSE);

  if (strchr (text, '\t') != NULL)
    return TRUE;

  line_end = strpbrk (text, "\r\n");
  return line_end != NULL && line_end[strspn (line_end, "\r\n")] != '\0';
}

/**
 * psl_block_paste:
 * @kind: the kind of the parts
 * @owner: the UUID of the record that they belong to
 * @columns: (array length=n_columns): the columns from the one on that is pasted in
 * @rids: (element-type gint64): the parts from the one on that is pasted in; rows beyond them
 *   become new parts
 * @first_id: (nullable): the UUID of the part that the first row beyond @rids goes into, which
 *   is made where it is not there yet; %NULL for any
 * @text: the block
 *
 * Pastes a block in one action, reading values as an import of a file does: dates and numbers
 * by the whole column, codes and links by their names in any language. An empty cell takes a
 * value away. A cell that can't be read changes nothing.
 *
 * Returns: (transfer full): the cells that could not be read; or %NULL with a %PSL_CSV_ERROR
 *   where the block is no table, or with a %PSL_REGISTER_ERROR, and then nothing was pasted
 */
PslBlockResult *
psl_block_paste (PslStore              *store,
                 const PslKind         *kind,
                 const char            *owner,
                 const PslBlockColumn  *columns,
                 guint                  n_columns,
                 GArray                *rids,
                 const char            *first_id,
                 const char            *text,
                 GCancellable          *cancellable,
                 GError               **error)
{
  const PslConventions conventions = { 0 };
  const PslImportEmptyMarks marks = { 0 };
  g_auto (GStrv) headings = dup_headings (columns, n_columns);
  g_autoptr (PslImportMapping) mapping = psl_import_mapping_new (kind, psl_store_get_codelists (store),
                                                                 (const char *const *) headings, NULL, NULL, error);
  g_autoptr (PslImportEmpty) empty = psl_import_empty_new (&marks);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (PslCsvReader) reader = NULL;
  g_autoptr (PslImportSurvey) columns_survey = NULL;
  g_autoptr (PslBlockResult) result = g_new0 (PslBlockResult, 1);
  Paste paste = { store, kind, owner, columns, n_columns, rids, first_id };

  result->faults = g_ptr_array_new_with_free_func (fault_free);
  result->surplus = g_ptr_array_new_with_free_func (g_free);
  if (mapping == NULL)
    return NULL;
  reader = psl_csv_reader_new (stream, '\t', "UTF-8", cancellable, error);
  if (reader == NULL)
    return NULL;

  paste.reader = reader;
  paste.cells = (PslImportCells) { store, kind, mapping, empty, TRUE };
  columns_survey = psl_import_survey_new (&paste.cells, &conventions, NULL, 0);
  paste.survey = columns_survey;
  paste.result = result;
  if (!survey (&paste, cancellable, error))
    return NULL;
  if (!paste_rows (&paste, cancellable, error))
    {
      psl_store_rollback (store);
      return NULL;
    }
  return g_steal_pointer (&result);
}

/**
 * psl_block_result_free:
 * @result: (transfer full) (nullable): the result of pasting
 */
void
psl_block_result_free (PslBlockResult *result)
{
  if (result == NULL)
    return;

  g_clear_pointer (&result->faults, g_ptr_array_unref);
  g_clear_pointer (&result->surplus, g_ptr_array_unref);
  g_free (result);
}

static gboolean
add_row (PslCsvWriter          *writer,
         PslSheet              *sheet,
         const PslBlockColumn  *columns,
         guint                  n_columns,
         PslRecord             *record,
         GError               **error)
{
  for (guint i = 0; i < n_columns; i++)
    {
      const PslField *field = columns[i].field;
      const char *value = psl_record_get (record, field, columns[i].language);
      g_autofree char *cell = NULL;

      /* A sheet has a column of its own for currencies. */
      if (value != NULL && field->type == PSL_FIELD_TYPE_MONEY)
        cell = g_strdup (value);
      else if (value != NULL && (cell = psl_sheet_dup_cell (sheet, field, value, error)) == NULL)
        return FALSE;
      psl_csv_writer_add (writer, cell != NULL ? cell : "");
    }
  return TRUE;
}

/**
 * psl_block_copy:
 * @columns: (array length=n_columns): the columns
 * @rids: (element-type gint64): the parts
 * @language: the language of names and labels
 *
 * Returns: (transfer full): the block, which psl_block_paste() reads as the same values;
 *   or %NULL with a %PSL_REGISTER_ERROR
 */
char *
psl_block_copy (PslStore              *store,
                const PslBlockColumn  *columns,
                guint                  n_columns,
                GArray                *rids,
                const char            *language,
                GCancellable          *cancellable,
                GError               **error)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (PslCsvWriter) writer = psl_csv_writer_new (stream, '\t', FALSE);
  g_autoptr (PslSheet) sheet = psl_sheet_new (store, language);
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);

  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (PslRecord) record = psl_store_read (store, g_array_index (rids, gint64, i), error);

      if (record == NULL || !add_row (writer, sheet, columns, n_columns, record, error) ||
          !psl_csv_writer_end_row (writer, cancellable, error))
        return NULL;
    }
  if (!psl_csv_writer_finish (writer, cancellable, error))
    return NULL;
  return g_strndup (g_memory_output_stream_get_data (memory), g_memory_output_stream_get_data_size (memory));
}
