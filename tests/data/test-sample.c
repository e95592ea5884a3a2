/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads the sample with the program's own reader: every column is a field, every
 * value is one the field takes and, but for lists, in its canonical form. */

#include "config.h"

#include <locale.h>

#include "psl-csv-reader.h"
#include "psl-kind.h"
#include "psl-kinds.h"
#include "psl-record.h"

typedef struct
{
  const PslField *field;      /* NULL for the record's id */
  const char *language;
} Column;

typedef void (*RecordFunc) (PslRecord *record);

static Column *
read_heading (PslCsvReader  *reader,
              const PslKind *kind)
{
  guint n_columns = psl_csv_reader_get_n_cells (reader);
  Column *columns = g_new0 (Column, n_columns);

  for (guint i = 0; i < n_columns; i++)
    {
      const char *heading = psl_csv_reader_get_cell (reader, i);

      if (g_str_equal (heading, "id"))
        continue;
      columns[i].field = psl_kind_parse_field (kind, heading, &columns[i].language);
      if (columns[i].field == NULL)
        g_error ("“%s” is no field", heading);
    }

  return columns;
}

static void
take_value (PslRecord    *record,
            const Column *column,
            const char   *cell,
            guint64       line)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = psl_field_normalise (column->field, psl_codelists_get_default (), cell, &error);

  if (error != NULL)
    g_error ("Line %" G_GUINT64_FORMAT ", %s: %s", line, column->field->name, error->message);
  if ((column->field->flags & PSL_FIELD_FLAT) == 0)
    g_assert_cmpstr (value != NULL ? value : "", ==, cell);
  psl_record_set (record, column->field, column->language, value);
}

static void
read_file (const char    *name,
           const PslKind *kind,
           RecordFunc     check)
{
  g_autofree char *path = g_build_filename (g_getenv ("PASSERELLE_SAMPLE"), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  g_autoptr (PslCsvReader) reader = NULL;
  g_autofree Column *columns = NULL;
  guint n_columns;
  guint n_records = 0;

  g_assert_no_error (error);
  reader = psl_csv_reader_new (G_INPUT_STREAM (stream), 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (psl_csv_reader_next (reader, NULL, &error));
  columns = read_heading (reader, kind);
  n_columns = psl_csv_reader_get_n_cells (reader);

  while (psl_csv_reader_next (reader, NULL, &error))
    {
      g_autoptr (PslRecord) record = psl_record_new (kind, ++n_records, psl_csv_reader_get_cell (reader, 0));

      g_assert_cmpuint (psl_csv_reader_get_n_cells (reader), ==, n_columns);
      for (guint i = 0; i < n_columns; i++)
        {
          if (columns[i].field != NULL)
            take_value (record, &columns[i], psl_csv_reader_get_cell (reader, i), psl_csv_reader_get_line (reader));
        }
      check (record);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_records, ==, 25);
}

/* The sample is right, and real: that a budget is outside the fund's limits of
 * another year is so on the public pages. */
static void
check_project (PslRecord *record)
{
  g_autoptr (GPtrArray) problems = psl_kind_check (&psl_kind_project, record, psl_codelists_get_default (), NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const PslProblem *problem = g_ptr_array_index (problems, i);

      g_test_message ("%s: %s", psl_record_get_by_name (record, "project_id"), problem->message);
      g_assert_cmpstr (problem->field->name, ==, "budget");
    }
}

static void
check_office (PslRecord *record)
{
  g_autoptr (GPtrArray) problems = psl_kind_check (&psl_kind_office, record, psl_codelists_get_default (), NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const PslProblem *problem = g_ptr_array_index (problems, i);

      g_test_message ("%s: %s", psl_record_get_by_name (record, "city"), problem->message);
    }
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_projects (void)
{
  read_file ("projects.csv", &psl_kind_project, check_project);
}

static void
test_offices (void)
{
  read_file ("offices.csv", &psl_kind_office, check_office);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/data/sample/projects", test_projects);
  g_test_add_func ("/data/sample/offices", test_offices);

  return g_test_run ();
}
