/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-cells.h"

#include "psl-sheet.h"
#include "psl-text.h"

/**
 * psl_import_cells_may_be_guarded:
 * @nth: a column
 *
 * Returns: whether its cells may have an apostrophe before them, which keeps spreadsheets
 *   from running them: under the field's own name nothing is put before a text
 */
gboolean
psl_import_cells_may_be_guarded (const PslImportCells *self,
                                 guint                 nth)
{
  return self->guarded || !psl_import_column_has_field_name (psl_import_mapping_get_column (self->mapping, nth));
}

/**
 * psl_import_cells_get:
 * @reader: stands on a row
 * @nth: a column
 *
 * Returns: (transfer none): the text of the cell; "" where it holds a mark for nothing
 */
const char *
psl_import_cells_get (const PslImportCells *self,
                      PslCsvReader         *reader,
                      guint                 nth)
{
  const PslImportColumn *column = psl_import_mapping_get_column (self->mapping, nth);
  const char *cell = psl_csv_reader_get_cell (reader, nth);
  const PslField *field = column->subfield != NULL ? column->subfield : column->field;

  if (*cell == '\'' && psl_import_cells_may_be_guarded (self, nth))
    cell = psl_sheet_unguard (cell);

  return psl_import_empty_has (self->empty, self->kind, field, cell) ? "" : cell;
}

/**
 * psl_import_cells_dup_currencies:
 * @reader: stands on a row
 * @nth: a column of amounts
 *
 * Returns: (transfer full): the currencies that its heading and the cells beside it name, as
 *   they are written: `named` of #PslConventions
 */
GStrv
psl_import_cells_dup_currencies (const PslImportCells *self,
                                 PslCsvReader         *reader,
                                 guint                 nth)
{
  const PslImportColumn *amount = psl_import_mapping_get_column (self->mapping, nth);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (amount->currency != NULL)
    g_strv_builder_add (names, amount->currency);
  for (guint i = 0; i < psl_import_mapping_get_n_columns (self->mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (self->mapping, i);
      g_autofree char *currency = NULL;

      if (column->target != PSL_IMPORT_TO_CURRENCY || column->field != amount->field)
        continue;
      currency = psl_text_clean (psl_import_cells_get (self, reader, i), FALSE);
      if (currency != NULL)
        g_strv_builder_add (names, currency);
    }

  return g_strv_builder_end (names);
}

/**
 * psl_import_cells_dup_lone_currency:
 * @reader: stands on a row
 * @nth: a column of currencies
 *
 * Returns: (transfer full) (nullable): the currency that the cell names, where no cell
 *   of the row holds an amount that would be in it
 */
char *
psl_import_cells_dup_lone_currency (const PslImportCells *self,
                                    PslCsvReader         *reader,
                                    guint                 nth)
{
  const PslField *field = psl_import_mapping_get_column (self->mapping, nth)->field;
  g_autofree char *currency = psl_text_clean (psl_import_cells_get (self, reader, nth), FALSE);

  for (guint i = 0; currency != NULL && i < psl_import_mapping_get_n_columns (self->mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (self->mapping, i);
      gboolean is_amount = column->target == PSL_IMPORT_TO_FIELD || column->target == PSL_IMPORT_TO_AMOUNT;

      if (is_amount && column->field == field && *psl_import_cells_get (self, reader, i) != '\0')
        return NULL;
    }

  return g_steal_pointer (&currency);
}
