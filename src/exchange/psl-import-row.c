/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-import-heading.h"
#include "psl-rows.h"
#include "psl-text.h"

/* Labels and lists come again and again; each is read once. */
#define MAXIMUM_REMEMBERED 4096

struct _PslRowParser
{
  PslRowRules rules;
  GHashTable **remembered;    /* a column: cell → canonical value */
  PslImportReport report;
  gpointer user_data;

  PslCsvReader *reader;
  PslImportRow *row;
  gboolean refused;
};

static void
link_free (gpointer data)
{
  PslImportLink *link = data;

  g_free (link->column);
  g_free (link->text);
  g_free (link->id);
  g_free (link);
}

static PslImportIssue *
issue_new (PslRowParser          *self,
           PslImportIssueType     type,
           const PslImportColumn *column)
{
  PslImportIssue *issue = psl_import_issue_new (type, self->row->line);

  if (column != NULL)
    {
      issue->column = g_strdup (column->heading);
      issue->nth = column->nth;
      issue->field = column->field;
      issue->subfield = column->subfield;
      issue->language = column->language;
    }
  return issue;
}

static void
report_unlisted (PslRowParser          *self,
                 const PslImportColumn *column,
                 const char            *codes)
{
  g_autoptr (PslImportIssue) issue = issue_new (self, PSL_IMPORT_ISSUE_UNLISTED, column);

  issue->given = g_strdup (codes);
  self->report (issue, self->user_data);
}

static void
report (PslRowParser          *self,
        PslImportIssueType     type,
        const PslImportColumn *column,
        const char            *message)
{
  g_autoptr (PslImportIssue) issue = issue_new (self, type, column);

  issue->message = g_strdup (message);
  self->report (issue, self->user_data);
}

static void
refuse (PslRowParser          *self,
        const PslImportColumn *column,
        const char            *message)
{
  report (self, PSL_IMPORT_ISSUE_REFUSED, column, message);
  self->refused = TRUE;
}

static gboolean
has_identifier (PslRowParser *self)
{
  for (guint i = 0; i < psl_import_mapping_get_n_columns (self->rules.cells.mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (self->rules.cells.mapping, i);
      gboolean identifies = column->target == PSL_IMPORT_TO_ID ||
                            (column->target == PSL_IMPORT_TO_FIELD && column->field->type == PSL_FIELD_TYPE_IDENTIFIER);

      if (identifies && *psl_import_cells_get (&self->rules.cells, self->reader, i) != '\0')
        return TRUE;
    }
  return FALSE;
}

/* Whether a field tells which record a row describes: without the field, the row could go
 * into another record. A row with an identifier needs no other. */
static gboolean
is_identity (PslRowParser   *self,
             const PslField *field)
{
  return field->type == PSL_FIELD_TYPE_IDENTIFIER || field == psl_kind_get_title (self->rules.cells.kind) ||
         (field->flags & PSL_FIELD_UNIQUE) != 0 ||
         (psl_field_is_distinctive (field) && !has_identifier (self));
}

/* A value that can't be read is left out of the row, or refuses it. */
static void
leave_out (PslRowParser          *self,
           const PslImportColumn *column,
           const char            *message)
{
  if (self->rules.strict || is_identity (self, column->field))
    refuse (self, column, message);
  else
    report (self, PSL_IMPORT_ISSUE_LEFT_OUT, column, message);
}

/* Two columns of one field that disagree. */
static void
report_conflict (PslRowParser          *self,
                 const PslImportColumn *column,
                 const char            *kept,
                 const char            *given)
{
  g_autoptr (PslImportIssue) issue = issue_new (self, PSL_IMPORT_ISSUE_CONFLICT, column);

  issue->record = psl_record_dup_name (self->row->record, psl_store_get_codelists (self->rules.cells.store));
  issue->kept = g_strdup (kept);
  issue->given = g_strdup (given);
  issue->in_file = TRUE;
  self->report (issue, self->user_data);
}

/* Reads an amount, with the currency that the heading and the cells beside it name. */
static char *
read_amount (PslRowParser           *self,
             guint                   nth,
             const PslImportColumn  *column,
             const char             *cell,
             GError                **error)
{
  const PslField *field = column->subfield != NULL ? column->subfield : column->field;
  PslConventions conventions = *psl_import_survey_get_conventions (self->rules.survey, nth);
  g_auto (GStrv) named = psl_import_cells_dup_currencies (&self->rules.cells, self->reader, nth);

  conventions.named = (const char *const *) named;

  return psl_field_read (field, psl_store_get_codelists (self->rules.cells.store), cell, &conventions, error);
}

static gboolean
is_remembered_type (PslFieldType type)
{
  return type == PSL_FIELD_TYPE_CODE || type == PSL_FIELD_TYPE_ROWS || type == PSL_FIELD_TYPE_PARTS;
}

static char *
normalise (PslRowParser           *self,
           guint                   nth,
           const PslImportColumn  *column,
           const char             *cell,
           GError                **error)
{
  const PslField *field = column->subfield != NULL ? column->subfield : column->field;
  const PslConventions *conventions = psl_import_survey_get_conventions (self->rules.survey, nth);
  char *value;

  if (field->type == PSL_FIELD_TYPE_MONEY)
    return read_amount (self, nth, column, cell, error);
  if (!is_remembered_type (field->type))
    return psl_field_read (field, psl_store_get_codelists (self->rules.cells.store), cell, conventions, error);

  if (self->remembered[nth] == NULL)
    self->remembered[nth] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  value = g_hash_table_lookup (self->remembered[nth], cell);
  if (value != NULL)
    return g_strdup (value);

  value = psl_field_read (field, psl_store_get_codelists (self->rules.cells.store), cell, conventions, error);
  if (value != NULL)
    {
      if (g_hash_table_size (self->remembered[nth]) >= MAXIMUM_REMEMBERED)
        g_hash_table_remove_all (self->remembered[nth]);
      g_hash_table_insert (self->remembered[nth], g_strdup (cell), g_strdup (value));
    }
  return value;
}

/* Several columns may name the record of one link: whether in the same way. */
static gboolean
has_link (PslRowParser   *self,
          const PslField *field,
          const char     *text)
{
  for (guint i = 0; i < self->row->links->len; i++)
    {
      const PslImportLink *link = g_ptr_array_index (self->row->links, i);

      if (link->field == field && strcmp (link->text, text) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
take_link (PslRowParser          *self,
           const PslImportColumn *column,
           const char            *cell)
{
  g_autofree char *text = psl_text_clean (cell, FALSE);
  PslImportLink *link;

  if (text == NULL || has_link (self, column->field, text))
    return;
  link = g_new0 (PslImportLink, 1);
  link->field = column->field;
  link->column = g_strdup (column->heading);
  link->nth = column->nth;
  link->text = g_steal_pointer (&text);
  g_ptr_array_add (self->row->links, link);
}

/* Reports a value that is taken as it is and needs a look. */
static void
note_doubt (PslRowParser          *self,
            const PslImportColumn *column,
            const char            *value)
{
  const PslField *field = column->subfield != NULL ? column->subfield : column->field;
  g_autofree char *unlisted = psl_field_dup_unlisted (field, psl_store_get_codelists (self->rules.cells.store), value);
  g_autofree char *doubt = NULL;

  if (unlisted != NULL)
    {
      report_unlisted (self, column, unlisted);
      return;
    }
  doubt = psl_field_dup_doubt (field, psl_store_get_codelists (self->rules.cells.store), value);
  if (doubt != NULL)
    report (self, PSL_IMPORT_ISSUE_NOTE, column, doubt);
}

static void
take_field (PslRowParser          *self,
            guint                  nth,
            const PslImportColumn *column,
            const char            *cell)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  const char *present;

  if (column->field->type == PSL_FIELD_TYPE_LINK)
    {
      take_link (self, column, cell);
      return;
    }
  value = normalise (self, nth, column, cell, &error);
  if (error != NULL)
    {
      leave_out (self, column, error->message);
      return;
    }
  if (value == NULL)
    return;
  note_doubt (self, column, value);
  present = psl_record_get (self->row->record, column->field, column->language);
  if (present == NULL)
    psl_record_set (self->row->record, column->field, column->language, value);
  else if (strcmp (present, value) != 0)
    report_conflict (self, column, present, value);
}

/* Puts the value of column @nth into @cells, which has a place for each sub-field. FALSE
 * where it can't be read. */
static gboolean
take_subfield (PslRowParser           *self,
               guint                   nth,
               const PslImportColumn  *column,
               char                  **cells)
{
  char **present = &cells[column->subfield - column->field->rows];
  g_autoptr (GError) error = NULL;
  g_autofree char *cell = normalise (self, nth, column, psl_import_cells_get (&self->rules.cells, self->reader, nth), &error);

  if (error != NULL)
    {
      leave_out (self, column, error->message);
      return FALSE;
    }
  if (cell != NULL)
    note_doubt (self, column, cell);
  if (cell != NULL && *present != NULL && strcmp (cell, *present) != 0)
    report_conflict (self, column, *present, cell);
  else if (cell != NULL && *present == NULL)
    *present = g_steal_pointer (&cell);
  return TRUE;
}

/* Sets the row's entry of a field, of which the row may hold the whole list, too. */
static void
set_entry (PslRowParser           *self,
           const PslImportColumn  *first,
           char                  **cells)
{
  const PslField *field = first->field;
  const char *present = psl_record_get (self->row->record, field, first->language);
  g_autoptr (GPtrArray) rows = psl_rows_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *entry = NULL;
  g_autofree char *value = NULL;

  g_ptr_array_add (rows, psl_rows_row_new (field, (const char *const *) cells));
  entry = psl_rows_build (field, rows);
  value = psl_field_normalise (field, psl_store_get_codelists (self->rules.cells.store), entry, &error);
  if (error != NULL)
    leave_out (self, first, error->message);
  if (value == NULL)
    return;

  if (present == NULL)
    {
      psl_record_set (self->row->record, field, first->language, value);
      g_ptr_array_add (self->row->added, (gpointer) field);
    }
  else if (strcmp (present, value) != 0)
    {
      PslImportColumn whole = *first;

      whole.subfield = NULL;
      report_conflict (self, &whole, present, value);
    }
}

/* The row's one entry of a rows field whose sub-fields are columns, @nth the first
 * of them. */
static void
take_entry (PslRowParser *self,
            guint         nth)
{
  const PslImportColumn *first = psl_import_mapping_get_column (self->rules.cells.mapping, nth);
  const PslField *field = first->field;
  guint n_cells = psl_rows_get_n_columns (field);
  g_autofree char **cells = g_new0 (char *, n_cells);
  gboolean is_empty = TRUE, is_nameless = FALSE;

  for (guint i = 0; i < psl_import_mapping_get_n_columns (self->rules.cells.mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (self->rules.cells.mapping, i);

      if (column->field == field && column->subfield != NULL && !take_subfield (self, i, column, cells))
        is_nameless |= column->subfield == field->rows;
    }
  for (guint i = 0; i < n_cells; i++)
    is_empty &= cells[i] == NULL;
  /* A share without its country says nothing. */
  if (!is_empty && !is_nameless)
    set_entry (self, first, cells);
  for (guint i = 0; i < n_cells; i++)
    g_free (cells[i]);
}

/* Sub-fields of one field may stand in any columns; the first stands for all. */
static gboolean
is_first_of_entry (PslRowParser *self,
                   guint         nth)
{
  const PslField *field = psl_import_mapping_get_column (self->rules.cells.mapping, nth)->field;

  for (guint i = 0; i < nth; i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (self->rules.cells.mapping, i);

      if (column->field == field && column->subfield != NULL)
        return FALSE;
    }
  return TRUE;
}

/* A currency without its amount goes nowhere. Where a whole column is of this sort, the
 * survey tells it once. */
static void
check_currency (PslRowParser          *self,
                guint                  nth,
                const PslImportColumn *column)
{
  g_autofree char *currency = psl_import_cells_dup_lone_currency (&self->rules.cells, self->reader, nth);
  g_autofree char *message = NULL;

  if (currency == NULL || psl_import_survey_get_lone (self->rules.survey, nth).currency != NULL)
    return;
  message = g_strdup_printf (_("“%s” stands beside no amount."), currency);
  leave_out (self, column, message);
}

/* Reads a cell of UUIDs; refuses the row where the cell is none, or another than @present. */
static void
take_id (PslRowParser           *self,
         const PslImportColumn  *column,
         const char             *text,
         char                  **present)
{
  g_autofree char *id = g_uuid_string_is_valid (text) ? g_ascii_strdown (text, -1) : NULL;
  g_autofree char *message = NULL;

  if (id == NULL)
    {
      message = g_strdup_printf (_("“%s” in the column “%s” is not a UUID. Leave the column out, or say which field it is."),
                                 text, column->heading);
      refuse (self, column, message);
    }
  else if (*present != NULL && strcmp (id, *present) != 0)
    {
      message = g_strdup_printf (_("The row has two UUIDs, “%s” and “%s” in the column “%s”. Correct the one that is wrong."),
                                 *present, id, column->heading);
      refuse (self, NULL, message);
    }
  else if (*present == NULL)
    *present = g_steal_pointer (&id);
}

static char *
read_id (PslRowParser *self)
{
  char *id = NULL;

  for (guint i = 0; i < psl_import_mapping_get_n_columns (self->rules.cells.mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (self->rules.cells.mapping, i);
      g_autofree char *text = NULL;

      if (column->target != PSL_IMPORT_TO_ID)
        continue;
      text = psl_text_clean (psl_import_cells_get (&self->rules.cells, self->reader, i), FALSE);
      if (text != NULL)
        take_id (self, column, text, &id);
    }
  return id;
}

static PslImportRow *
row_new (guint64 line)
{
  PslImportRow *row = g_new0 (PslImportRow, 1);

  row->line = line;
  row->links = g_ptr_array_new_with_free_func (link_free);
  row->added = g_ptr_array_new ();
  row->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_import_row_free);
  return row;
}

/* Takes the UUIDs of a cell as those of parts, which are still empty. FALSE where it holds
 * something else. */
static gboolean
take_part_ids (PslRowParser          *self,
               const PslImportColumn *column,
               const char            *cell,
               GPtrArray             *parts)
{
  const PslKind *kind = column->field->target;
  g_auto (GStrv) ids = g_strsplit (cell, PSL_IMPORT_ID_SEPARATOR, -1);

  for (char **id = ids; *id != NULL; id++)
    {
      g_autofree char *own = g_ascii_strdown (g_strstrip (*id), -1);
      PslImportRow *part;

      if (!g_uuid_string_is_valid (own))
        return FALSE;
      part = row_new (self->row->line);
      part->ids = column;
      part->record = psl_record_new (kind, 0, own);
      psl_record_set (part->record, psl_kind_get_owner_field (kind), NULL, psl_record_get_id (self->row->record));
      g_ptr_array_add (parts, part);
    }
  return TRUE;
}

/* Sets what an entry of a list says of its part. The lists of all languages say what is in
 * none. */
static void
fill_part (PslRowParser          *self,
           const PslImportColumn *column,
           const char            *language,
           const char *const     *cells,
           PslRecord             *part)
{
  for (guint i = 0; i < psl_rows_get_n_columns (column->field); i++)
    {
      const PslField *field = &column->field->rows[i];
      const char *of_text = field->flags & PSL_FIELD_MULTILINGUAL ? language : NULL;
      const char *present = psl_record_get (part, field, of_text);
      PslImportColumn cell = { column->nth, column->heading, column->target, column->field, field, language };

      if (present == NULL)
        psl_record_set (part, field, of_text, cells[i]);
      else if (cells[i] != NULL && strcmp (present, cells[i]) != 0)
        report_conflict (self, &cell, present, cells[i]);
    }
}

/* Fills the parts from the lists in all languages, and counts these; FALSE where one has
 * another length. */
static gboolean
fill_parts (PslRowParser          *self,
            const PslImportColumn *column,
            GPtrArray             *parts,
            guint                 *n_lists)
{
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  *n_lists = 0;
  psl_record_iter_init (&iter, self->row->record);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    {
      g_autoptr (GPtrArray) rows = field == column->field ? psl_rows_parse (field, value, NULL) : NULL;

      if (field != column->field)
        continue;
      if (rows == NULL || rows->len != parts->len)
        return FALSE;
      (*n_lists)++;
      for (guint i = 0; i < rows->len; i++)
        fill_part (self, column, language, g_ptr_array_index (rows, i),
                   ((PslImportRow *) g_ptr_array_index (parts, i))->record);
    }
  return TRUE;
}

/* Makes parts of the lists of a field and the UUIDs of a cell, where there are both. Those of
 * a record that has no UUID itself say nothing. */
static void
take_parts (PslRowParser          *self,
            const PslImportColumn *column,
            const char            *cell)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_import_row_free);
  g_autofree char *message = NULL;
  guint n_lists;

  if (*cell == '\0' || psl_record_get_id (self->row->record) == NULL)
    return;
  if (take_part_ids (self, column, cell, parts) && fill_parts (self, column, parts, &n_lists))
    {
      if (n_lists > 0)
        g_ptr_array_extend_and_steal (self->row->parts, g_steal_pointer (&parts));
      return;
    }
  message = g_strdup_printf (_("The column “%s” doesn’t have one UUID for each entry of “%s”. Correct it, or leave it out."),
                             column->heading, psl_field_get_label (column->field));
  refuse (self, column, message);
}

static void
check_width (PslRowParser *self)
{
  guint n_columns = psl_import_mapping_get_n_columns (self->rules.cells.mapping);

  for (guint i = n_columns; i < psl_csv_reader_get_n_cells (self->reader); i++)
    if (*psl_csv_reader_get_cell (self->reader, i) != '\0')
      {
        g_autofree char *message = g_strdup_printf (
            g_dngettext (GETTEXT_PACKAGE, "The row has more cells than the one column of the heading.",
                         "The row has more cells than the %u columns of the heading.", n_columns),
            n_columns);

        refuse (self, NULL, message);
        return;
      }
}

/**
 * psl_import_row_free:
 *
 * Frees @row.
 */
void
psl_import_row_free (PslImportRow *row)
{
  g_clear_object (&row->record);
  g_ptr_array_unref (row->links);
  g_ptr_array_unref (row->added);
  g_ptr_array_unref (row->parts);
  g_clear_object (&row->preview);
  g_free (row);
}

/**
 * psl_row_parser_new:
 * @rules: how rows are read
 * @report_func: told of the faults of rows
 *
 * Returns: (transfer full): a parser of rows; the objects that @rules names must live as long
 */
PslRowParser *
psl_row_parser_new (const PslRowRules *rules,
                    PslImportReport    report_func,
                    gpointer           user_data)
{
  PslRowParser *self = g_new0 (PslRowParser, 1);

  self->rules = *rules;
  self->remembered = g_new0 (GHashTable *, psl_import_mapping_get_n_columns (rules->cells.mapping));
  self->report = report_func;
  self->user_data = user_data;
  return self;
}

/**
 * psl_row_parser_free:
 *
 * Frees @self.
 */
void
psl_row_parser_free (PslRowParser *self)
{
  for (guint i = 0; i < psl_import_mapping_get_n_columns (self->rules.cells.mapping); i++)
    g_clear_pointer (&self->remembered[i], g_hash_table_unref);
  g_free (self->remembered);
  g_free (self);
}

/**
 * psl_row_parser_parse:
 * @reader: stands on the row
 *
 * Reads a row's cells into canonical values. Empty cells say nothing. A value that
 * can't be read is left out, or refuses the row, see #PslRowRules.
 *
 * Returns: (transfer full) (nullable): the row, or %NULL where it is refused;
 *   every cell that is at fault has been reported
 */
PslImportRow *
psl_row_parser_parse (PslRowParser *self,
                      PslCsvReader *reader)
{
  g_autoptr (PslImportRow) row = row_new (psl_csv_reader_get_line (reader));
  g_autofree char *id = NULL;

  self->reader = reader;
  self->row = row;
  self->refused = FALSE;
  id = read_id (self);
  row->record = psl_record_new (self->rules.cells.kind, 0, id);

  check_width (self);
  for (guint i = 0; i < psl_import_mapping_get_n_columns (self->rules.cells.mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (self->rules.cells.mapping, i);
      const char *cell;

      if (column->target == PSL_IMPORT_TO_CURRENCY)
        check_currency (self, i, column);
      if (column->target != PSL_IMPORT_TO_FIELD && column->target != PSL_IMPORT_TO_AMOUNT)
        continue;
      cell = psl_import_cells_get (&self->rules.cells, self->reader, i);
      if (column->subfield != NULL && is_first_of_entry (self, i))
        take_entry (self, i);
      else if (column->subfield == NULL && *cell != '\0')
        take_field (self, i, column, cell);
    }
  for (guint i = 0; i < psl_import_mapping_get_n_columns (self->rules.cells.mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (self->rules.cells.mapping, i);

      if (column->target == PSL_IMPORT_TO_PART_IDS)
        take_parts (self, column, psl_import_cells_get (&self->rules.cells, self->reader, i));
    }
  return self->refused ? NULL : g_steal_pointer (&row);
}
