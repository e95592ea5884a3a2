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
};

G_DEFINE_FINAL_TYPE (PslImportPreviewRow, psl_import_preview_row, G_TYPE_OBJECT)

/* The value that a cell was read as, in the interface's language; the cell as it
 * stands in the file where it goes nowhere or could not be read. */
static char *
describe_cell (const PslImportColumn *column,
               PslRecord             *record,
               const char            *cell)
{
  const char *value = NULL;

  if (record != NULL && column->target == PSL_IMPORT_TO_FIELD && column->subfield == NULL)
    value = psl_record_get (record, column->field, column->language);
  if (value == NULL || column->field->type == PSL_FIELD_TYPE_LINK)
    return g_strdup (cell);
  return psl_field_display (column->field, value, NULL);
}

static void
psl_import_preview_row_finalize (GObject *object)
{
  g_strfreev (PSL_IMPORT_PREVIEW_ROW (object)->cells);

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
 * @mapping: where the columns go
 * @reader: stands on the row
 * @record: (nullable): what the row was read as; %NULL where it was refused
 *
 * Returns: (transfer full): a row that is refused until another outcome is set
 */
PslImportPreviewRow *
psl_import_preview_row_new (PslImportMapping *mapping,
                            PslCsvReader     *reader,
                            PslRecord        *record)
{
  PslImportPreviewRow *self = g_object_new (PSL_TYPE_IMPORT_PREVIEW_ROW, NULL);
  guint n_columns = psl_import_mapping_get_n_columns (mapping);

  self->line = psl_csv_reader_get_line (reader);
  self->cells = g_new0 (char *, n_columns + 1);
  for (guint i = 0; i < n_columns; i++)
    self->cells[i] = describe_cell (psl_import_mapping_get_column (mapping, i), record,
                                    psl_csv_reader_get_cell (reader, i));
  return self;
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
 * Returns: (transfer none): the value of the cell as a person reads it
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
 * psl_import_preview_row_get_outcome:
 *
 * Returns: what becomes of the row
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
 * Says what becomes of the row.
 */
void
psl_import_preview_row_set_outcome (PslImportPreviewRow *self,
                                    PslImportOutcome     outcome)
{
  g_return_if_fail (PSL_IS_IMPORT_PREVIEW_ROW (self));

  self->outcome = outcome;
}
