/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-preview.h"

struct _PslImportPreviewRow
{
  GObject parent_instance;

  guint64 line;
  PslImportOutcome outcome;
  GStrv cells;
  guint64 earlier_line;     /* of the row whose record this one joins, else 0 */
  gboolean *is_left_out;    /* one for each cell */
  guint n_left_out;
};

G_DEFINE_FINAL_TYPE (PslImportPreviewRow, psl_import_preview_row, G_TYPE_OBJECT)

/* Shows the value that cell @nth was read as, in the interface's language. */
static void
set_record_in_cell (PslImportPreviewRow   *self,
                    const PslCodelists    *codelists,
                    guint                  nth,
                    const PslImportColumn *column,
                    PslRecord             *record)
{
  const char *value;

  /* A link is a name until all rows are read. */
  if (*self->cells[nth] == '\0' || column->field == NULL || column->target == PSL_IMPORT_TO_PART_IDS ||
      column->field->type == PSL_FIELD_TYPE_LINK)
    return;

  value = psl_record_get (record, column->field, column->language);
  if (value == NULL)
    {
      self->is_left_out[nth] = TRUE;
      return;
    }
  if (self->is_left_out[nth] || column->target != PSL_IMPORT_TO_FIELD || column->subfield != NULL)
    return;

  g_free (self->cells[nth]);
  self->cells[nth] = psl_field_display (column->field, codelists, value, NULL);
}

static void
psl_import_preview_row_finalize (GObject *object)
{
  PslImportPreviewRow *self = PSL_IMPORT_PREVIEW_ROW (object);

  g_strfreev (self->cells);
  g_free (self->is_left_out);

  G_OBJECT_CLASS (psl_import_preview_row_parent_class)->finalize (object);
}

static void
psl_import_preview_row_class_init (PslImportPreviewRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psl_import_preview_row_finalize;
}

static void
psl_import_preview_row_init (PslImportPreviewRow *self)
{
  self->outcome = PSL_IMPORT_REFUSED;
}

/**
 * psl_import_preview_row_new:
 * @cells: the cells of the file
 * @reader: stands on the row
 *
 * Returns: (transfer full): a row that is refused until another outcome is set, with its
 *   cells as they stand in the file; cells that hold a mark for nothing are empty
 */
PslImportPreviewRow *
psl_import_preview_row_new (const PslImportCells *cells,
                            PslCsvReader         *reader)
{
  PslImportPreviewRow *self = g_object_new (PSL_TYPE_IMPORT_PREVIEW_ROW, NULL);
  guint n_columns = psl_import_mapping_get_n_columns (cells->mapping);

  self->line = psl_csv_reader_get_line (reader);
  self->is_left_out = g_new0 (gboolean, n_columns);
  self->cells = g_new0 (char *, n_columns + 1);
  for (guint i = 0; i < n_columns; i++)
    self->cells[i] = g_strdup (psl_import_cells_get (cells, reader, i));

  return self;
}

/**
 * psl_import_preview_row_set_record:
 * @cells: the cells of the file
 * @record: the record that the row was read as
 *
 * Shows the cells as they were read, in the interface's language. Cells of a field that is
 * empty in @record are left out.
 */
void
psl_import_preview_row_set_record (PslImportPreviewRow  *self,
                                   const PslImportCells *cells,
                                   PslRecord            *record)
{
  const PslCodelists *codelists = psl_store_get_codelists (cells->store);

  g_return_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  for (guint i = 0; i < psl_import_mapping_get_n_columns (cells->mapping); i++)
    set_record_in_cell (self, codelists, i, psl_import_mapping_get_column (cells->mapping, i), record);
}

/**
 * psl_import_preview_row_leave_out:
 * @issue: a value of the row that is left out
 *
 * Counts the value, and marks its cell.
 */
void
psl_import_preview_row_leave_out (PslImportPreviewRow  *self,
                                  const PslImportIssue *issue)
{
  g_return_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self));
  g_return_if_fail (issue->type == PSL_IMPORT_ISSUE_LEFT_OUT);
  g_return_if_fail (issue->nth < g_strv_length (self->cells));

  self->is_left_out[issue->nth] = TRUE;
  self->n_left_out++;
}

/**
 * psl_import_preview_row_set_conflict:
 * @mapping: where the columns go
 * @issue: a value of the row that differs from one that stays
 *
 * Marks the cells that the value was read from: the cell that the issue names, where another
 * column of the row says otherwise, and else all cells that go to the field. It is not
 * counted among those left out.
 */
void
psl_import_preview_row_set_conflict (PslImportPreviewRow  *self,
                                     PslImportMapping     *mapping,
                                     const PslImportIssue *issue)
{
  g_return_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self));
  g_return_if_fail (issue->type == PSL_IMPORT_ISSUE_CONFLICT);

  for (guint i = 0; i < psl_import_mapping_get_n_columns (mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (mapping, i);
      gboolean is_of_value = issue->column != NULL ? i == issue->nth
                                                   : column->field == issue->field &&
                                                     g_strcmp0 (column->language, issue->language) == 0;

      if (is_of_value && *self->cells[i] != '\0')
        self->is_left_out[i] = TRUE;
    }
}

/**
 * psl_import_preview_row_set_joined:
 * @issue: says which earlier row made or met the record that this one goes into
 */
void
psl_import_preview_row_set_joined (PslImportPreviewRow  *self,
                                   const PslImportIssue *issue)
{
  g_return_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self));
  g_return_if_fail (issue->type == PSL_IMPORT_ISSUE_MERGED);

  self->earlier_line = issue->earlier_line;
}

/**
 * psl_import_preview_row_get_earlier_line:
 *
 * Returns: the line of the row whose record this one goes into, too; 0 where it is the
 *   first of its record
 */
guint64
psl_import_preview_row_get_earlier_line (PslImportPreviewRow *self)
{
  g_return_val_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self), 0);

  return self->earlier_line;
}

/**
 * psl_import_preview_row_get_line:
 *
 * Returns: the line of the file where the row starts
 */
guint64
psl_import_preview_row_get_line (PslImportPreviewRow *self)
{
  g_return_val_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self), 0);

  return self->line;
}

/**
 * psl_import_preview_row_get_cell:
 * @nth: a column of the mapping
 *
 * Returns: (transfer none): the value of the cell as a person reads it; "" where it says
 *   nothing
 */
const char *
psl_import_preview_row_get_cell (PslImportPreviewRow *self,
                                 guint                nth)
{
  g_return_val_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self), NULL);
  g_return_val_if_fail (nth < g_strv_length (self->cells), NULL);

  return self->cells[nth];
}

/**
 * psl_import_preview_row_is_left_out:
 * @nth: a column of the mapping
 *
 * Returns: whether the cell says something that doesn't go into the record
 */
gboolean
psl_import_preview_row_is_left_out (PslImportPreviewRow *self,
                                    guint                nth)
{
  g_return_val_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self), FALSE);
  g_return_val_if_fail (nth < g_strv_length (self->cells), FALSE);

  return self->is_left_out[nth];
}

/**
 * psl_import_preview_row_get_n_left_out:
 *
 * Returns: how many values of the row are left out
 */
guint
psl_import_preview_row_get_n_left_out (PslImportPreviewRow *self)
{
  g_return_val_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self), 0);

  return self->n_left_out;
}

/**
 * psl_import_preview_row_get_outcome:
 *
 * Returns: the outcome of the row
 */
PslImportOutcome
psl_import_preview_row_get_outcome (PslImportPreviewRow *self)
{
  g_return_val_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self), PSL_IMPORT_REFUSED);

  return self->outcome;
}

/**
 * psl_import_preview_row_set_outcome:
 *
 * Sets the outcome of the row.
 */
void
psl_import_preview_row_set_outcome (PslImportPreviewRow *self,
                                    PslImportOutcome     outcome)
{
  g_return_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self));

  self->outcome = outcome;
}
