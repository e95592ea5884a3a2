/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Imports and exports of an open register, on its threads. */

#include "config.h"

#include <unistd.h>

#include "psl-error.h"
#include "psl-export-job.h"
#include "psl-import-destination.h"
#include "psl-import-job.h"
#include "psl-kinds.h"
#include "tests/folder.h"
#include "tests/register-wait.h"

#define ROWS 3000

typedef struct
{
  char *folder;
  char *path;
  GFile *table;
  PslRegister *reg;
  PslProgress *progress;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = folder_make ();
  fixture->path = g_build_filename (fixture->folder, "test.passerelle", NULL);
  fixture->table = g_file_new_build_filename (fixture->folder, "table.csv", NULL);
  fixture->progress = psl_progress_new ();

  fixture->reg = register_wait_open (fixture->path, PSL_STORE_CREATE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_register_close_now (fixture->reg, &error));
  g_assert_no_error (error);
  g_object_unref (fixture->reg);
  g_object_unref (fixture->table);
  psl_progress_unref (fixture->progress);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
write_table (Fixture    *fixture,
             const char *contents)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (g_file_peek_path (fixture->table), contents, -1, &error);
  g_assert_no_error (error);
}

static PslImportResult *
import (Fixture                 *fixture,
        const PslImportRequest  *request,
        GCancellable            *cancellable,
        GError                 **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  psl_import_async (fixture->reg, fixture->table, request, fixture->progress, cancellable, answer_cb, &result);
  wait_until (result != NULL);
  return psl_import_finish (fixture->reg, result, error);
}

static gint64
count (Fixture       *fixture,
       const PslKind *kind)
{
  g_autoptr (PslQuery) query = psl_query_new (kind);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n;

  psl_register_count_async (fixture->reg, query, NULL, answer_cb, &result);
  wait_until (result != NULL);
  n = psl_register_count_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  return n;
}

/* Columns of offices are not taken for those of projects, whatever is likely. */
static void
test_kind (Fixture       *fixture,
           gconstpointer  data)
{
  PslImportRequest request = { .likely = &psl_kind_project, .dry_run = TRUE };
  g_autoptr (PslImportResult) offices = NULL;
  g_autoptr (PslImportResult) likely = NULL;
  g_autoptr (GError) error = NULL;

  write_table (fixture, "name_en,city,reports_to\nAccra,Accra,\n");
  offices = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (offices->kind == &psl_kind_office);
  g_assert_cmpuint (offices->plan.n_records[PSL_IMPORT_NEW], ==, 1);
  g_assert_cmpint (count (fixture, &psl_kind_office), ==, 0);

  write_table (fixture, "nothing,known\n1,2\n");
  likely = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (likely->kind == &psl_kind_project);
  g_assert_error (likely->refusal, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
  g_assert_cmpuint (psl_import_mapping_get_n_columns (likely->mapping), ==, 2);
}

static guint
count_fields (const PslKind *kind)
{
  guint n = 0;

  while (kind->fields[n].name != NULL)
    n++;
  return n;
}

/* Whatever a column can be sent to is what a map leads to. */
static void
test_destinations (Fixture       *fixture,
                   gconstpointer  data)
{
  const char *headings[] = { "Column", NULL };

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) destinations = psl_import_destinations_new (psl_kinds[i], psl_codelists_get_default (), NULL);

      g_assert_cmpuint (destinations->len, >, count_fields (psl_kinds[i]));
      for (guint j = 0; j < destinations->len; j++)
        {
          const PslImportDestination *destination = g_ptr_array_index (destinations, j);
          g_autofree char *map = g_strdup_printf ("Column=%s", destination->name);
          const char *maps[] = { map, NULL };
          g_autoptr (GError) error = NULL;
          g_autoptr (PslImportMapping) mapping = psl_import_mapping_new (psl_kinds[i], psl_codelists_get_default (), headings,
                                                                         maps, NULL, &error);
          const PslImportColumn *column;

          g_assert_no_error (error);
          column = psl_import_mapping_get_column (mapping, 0);
          g_assert_cmpint (column->target, ==, destination->target);
          g_assert_true (column->field == destination->field);
          /* Entries of parts are read in some language. */
          if (column->subfield == NULL)
            g_assert_cmpstr (column->language, ==, destination->language);
        }
    }
}

/* Answers about the columns of a file don't hold for other columns. */
static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  const char *maps[] = { "#2=project_id", NULL };
  const char *headings[] = { "title_en", "", NULL };
  PslImportRequest request = { .kind = &psl_kind_project, .maps = maps, .headings = headings };
  g_autoptr (PslImportResult) changed = NULL;
  g_autoptr (PslImportResult) same = NULL;
  g_autoptr (GError) error = NULL;

  write_table (fixture, "title_en,notes\nOne,CT.0001\n");
  changed = import (fixture, &request, NULL, &error);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
  g_assert_null (changed);
  g_clear_error (&error);
  g_assert_cmpint (count (fixture, &psl_kind_project), ==, 0);

  write_table (fixture, "title_en,\nOne,CT.0001\n");
  same = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (same->plan.n_records[PSL_IMPORT_NEW], ==, 1);
}

/* Of more issues than anybody reads the first are kept, and all are counted. */
static void
test_issues (Fixture       *fixture,
             gconstpointer  data)
{
  PslImportRequest request = { .kind = &psl_kind_project };
  g_autoptr (GString) rows = g_string_new ("title_en,start\n");
  g_autoptr (PslImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ROWS; i++)
    g_string_append_printf (rows, "Row %u,%s\n", i, i % 2 == 0 ? "2020" : "2020-13");
  write_table (fixture, rows->str);
  result = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->plan.n_left_out, ==, ROWS / 2);
  g_assert_cmpuint (result->n_issues, ==, ROWS / 2);
  g_assert_cmpuint (result->issues->len, ==, PSL_IMPORT_MAX_ISSUES);
  g_assert_cmpfloat (psl_progress_get (fixture->progress), >, 0.5);
  g_assert_cmpint (count (fixture, &psl_kind_project), ==, ROWS);
}

/* A dry run asks the open questions about columns, and the next run gets the answers. */
static void
test_questions (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const marks[] = { "TBC", NULL };
  PslImportAnswer answer = { PSL_IMPORT_QUESTION_DATES, 1, PSL_DATE_ORDER_MDY };
  PslImportRequest request = { .kind = &psl_kind_project, .dry_run = TRUE, .empty = { marks, NULL } };
  g_autoptr (PslImportResult) asked = NULL;
  g_autoptr (PslImportResult) answered = NULL;
  g_autoptr (GError) error = NULL;
  const PslImportQuestion *question;

  write_table (fixture, "title_en,start\nOne,02/03/2020\nTwo,tbc\n");
  asked = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_error (asked->refusal, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS);
  g_assert_cmpuint (asked->questions->len, ==, 1);
  question = g_ptr_array_index (asked->questions, 0);
  g_assert_cmpuint (question->column, ==, 1);
  g_assert_cmpstr (question->example, ==, "02/03/2020");

  request.answers = &answer;
  request.n_answers = 1;
  request.dry_run = FALSE;
  answered = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answered->questions->len, ==, 0);
  g_assert_cmpuint (answered->plan.n_left_out, ==, 0);
  g_assert_cmpint (count (fixture, &psl_kind_project), ==, 2);
}

static PslImportOutcome
get_outcome (PslImportResult *result,
             guint            nth)
{
  g_autoptr (PslImportPreviewRow) row = g_list_model_get_item (G_LIST_MODEL (result->rows), nth);

  g_assert_nonnull (row);
  return psl_import_preview_row_get_outcome (row);
}

/* The first rows are kept as they were read, with what became of each, and issues
 * come in the order of lines. */
static void
test_preview (Fixture       *fixture,
              gconstpointer  data)
{
  PslImportRequest request = { .kind = &psl_kind_office };
  g_autoptr (PslImportResult) first = NULL;
  g_autoptr (PslImportResult) again = NULL;
  g_autoptr (PslImportPreviewRow) row = NULL;
  g_autoptr (GError) error = NULL;

  write_table (fixture, "name_en,city,country,valid_from\n"
                        "Accra,Accra,GH,2001-02\n"
                        "Lima,Lima,PE,2001,too many cells\n"
                        "Vienna,Vienna,AT,\n");
  first = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (first->rows)), ==, 3);
  g_assert_cmpint (get_outcome (first, 0), ==, PSL_IMPORT_NEW);
  g_assert_cmpint (get_outcome (first, 1), ==, PSL_IMPORT_REFUSED);
  g_assert_cmpint (get_outcome (first, 2), ==, PSL_IMPORT_NEW);
  row = g_list_model_get_item (G_LIST_MODEL (first->rows), 0);
  g_assert_cmpuint (psl_import_preview_row_get_line (row), ==, 2);
  g_assert_cmpstr (psl_import_preview_row_get_cell (row, 0), ==, "Accra");
  g_assert_cmpstr (psl_import_preview_row_get_cell (row, 2), ==, "Ghana");

  /* Links are resolved once all rows are read. */
  write_table (fixture, "name_en,city,country,reports_to\n"
                        "Santiago,Santiago,CL,Nobody\n"
                        "Lima,Lima,PE,,too many cells\n"
                        "Vienna,Vienna,AT,Accra\n"
                        "Accra,Accra,GH,\n");
  again = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_outcome (again, 2), ==, PSL_IMPORT_CHANGED);
  g_assert_cmpint (get_outcome (again, 3), ==, PSL_IMPORT_IDENTICAL);
  g_assert_cmpuint (again->issues->len, ==, 2);
  g_assert_cmpuint (((PslImportIssue *) g_ptr_array_index (again->issues, 0))->line, ==, 2);
  g_assert_cmpuint (((PslImportIssue *) g_ptr_array_index (again->issues, 1))->line, ==, 3);
}

/* Asserts the preview of a row: its cells, separated by "|", with "~" before cells that are
 * left out. */
static void
assert_shown (PslImportResult *result,
              guint            nth,
              guint            n_left_out,
              const char      *cells)
{
  g_autoptr (PslImportPreviewRow) row = g_list_model_get_item (G_LIST_MODEL (result->rows), nth);
  g_autoptr (GString) shown = g_string_new (NULL);

  for (guint i = 0; i < psl_import_mapping_get_n_columns (result->mapping); i++)
    g_string_append_printf (shown, "%s%s%s", i > 0 ? "|" : "", psl_import_preview_row_is_left_out (row, i) ? "~" : "",
                            psl_import_preview_row_get_cell (row, i));
  g_assert_cmpstr (shown->str, ==, cells);
  g_assert_cmpuint (psl_import_preview_row_get_n_left_out (row), ==, n_left_out);
}

/* A row says which of its cells are left out, whether that is known as it is read or when
 * all rows are, and shows a mark for nothing as nothing. */
static void
test_preview_left_out (Fixture       *fixture,
                       gconstpointer  data)
{
  PslImportRequest request = { .kind = &psl_kind_project, .dry_run = TRUE };
  g_autoptr (PslImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  write_table (fixture, "title_en,start,start,budget_amount,budget_currency,office,beneficiaries.country,beneficiaries.percentage\n"
                        "One,2020-02-31,,twelve thousand,EUR,Nowhere,,\n"
                        "Two,2020,2020-13,500,EUR,n/a,-,\n"
                        "Three,,2021,n/a,,,Sweden,many\n"
                        "Four,2020,,500,EUR,Nowhere,,,too many cells\n");
  result = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  assert_shown (result, 0, 3, "One|~2020-02-31||~twelve thousand|~EUR|~Nowhere||");
  assert_shown (result, 1, 1, "Two|2020|~2020-13|500|EUR|||");
  assert_shown (result, 2, 1, "Three||2021||||Sweden|~many");
  g_assert_cmpint (get_outcome (result, 3), ==, PSL_IMPORT_REFUSED);
  g_assert_cmpuint (result->plan.n_left_out, ==, 5);
}

static guint64
get_earlier_line (PslImportResult *result,
                  guint            nth)
{
  g_autoptr (PslImportPreviewRow) row = g_list_model_get_item (G_LIST_MODEL (result->rows), nth);

  return psl_import_preview_row_get_earlier_line (row);
}

/* A row that goes into the record of an earlier one says so, and cells whose values differ
 * from the values that stay are marked, whether these come from the file or from the
 * register. */
static void
test_preview_joined (Fixture       *fixture,
                     gconstpointer  data)
{
  PslImportRequest request = { .kind = &psl_kind_project };
  g_autoptr (PslImportResult) first = NULL;
  g_autoptr (PslImportResult) again = NULL;
  g_autoptr (GError) error = NULL;

  write_table (fixture, "project_id,title_en,title_fr,start,budget_amount,budget_currency\n"
                        "AB.0001,One,Un,2020,,\n"
                        "AB.0002,Two,,2021,,\n"
                        "AB.0001,Other,Un,2020,500,EUR\n");
  first = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_earlier_line (first, 0), ==, 0);
  g_assert_cmpuint (get_earlier_line (first, 1), ==, 0);
  g_assert_cmpuint (get_earlier_line (first, 2), ==, 2);
  assert_shown (first, 0, 0, "AB.0001|One|Un|2020||");
  assert_shown (first, 2, 0, "AB.0001|~Other|Un|2020|500|EUR");
  g_assert_cmpuint (first->plan.n_conflicts, ==, 1);

  write_table (fixture, "project_id,title_en,budget_amount,budget_currency\n"
                        "AB.0001,One,900,EUR\n"
                        "AB.0002,Changed,,\n");
  again = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_earlier_line (again, 0), ==, 0);
  g_assert_cmpint (get_outcome (again, 0), ==, PSL_IMPORT_CONFLICT);
  assert_shown (again, 0, 0, "AB.0001|One|~900|~EUR");
  assert_shown (again, 1, 0, "AB.0002|~Changed||");
}

/* Of columns of a row that say different things of one field, the value of one stays: that is
 * not marked. Of entries that a column each spells out, all cells are. */
static void
test_preview_conflict (Fixture       *fixture,
                       gconstpointer  data)
{
  PslImportRequest request = { .kind = &psl_kind_project };
  g_autoptr (PslImportResult) columns = NULL;
  g_autoptr (PslImportResult) entries = NULL;
  g_autoptr (GError) error = NULL;

  write_table (fixture, "project_id,title_en,start,start,documents.title,documents.url\n"
                        "AB.0001,One,2020,2021,Report,https://example.org/1\n"
                        "AB.0002,Two,2020,2020,,\n");
  columns = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (columns->plan.n_conflicts, ==, 1);
  assert_shown (columns, 0, 0, "AB.0001|One|2020|~2021|Report|https://example.org/1");
  assert_shown (columns, 1, 0, "AB.0002|Two|2020|2020||");

  /* Neither of two columns goes into a record that has something else. */
  write_table (fixture, "project_id,start,start,beneficiaries.country,beneficiaries.percentage\n"
                        "AB.0001,2019,2019,MD,40\n"
                        "AB.0001,2019,,MD,60\n");
  entries = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  assert_shown (entries, 0, 0, "AB.0001|~2019|~2019|MD|40");
  assert_shown (entries, 1, 0, "AB.0001|~2019||~MD|~60");
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  PslImportRequest request = { .kind = &psl_kind_project };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (PslImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  write_table (fixture, "title_en\nOne\n");
  g_cancellable_cancel (cancellable);
  result = import (fixture, &request, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (result);
  g_assert_cmpint (count (fixture, &psl_kind_project), ==, 0);
}

/* An exported file can be imported again unchanged; a file whose export fails stays as it
 * was. */
static void
test_export (Fixture       *fixture,
             gconstpointer  data)
{
  PslImportRequest request = { .kind = &psl_kind_project };
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (PslImportResult) first = NULL;
  g_autoptr (PslImportResult) again = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;

  write_table (fixture, "title_en,title_fr\nOne,Une\nTwo,Deux\n");
  first = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);

  g_cancellable_cancel (cancellable);
  psl_export_async (fixture->reg, query, fixture->table, NULL, fixture->progress, cancellable, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_cmpint (psl_export_finish (fixture->reg, result, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_clear_object (&result);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->table), &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "title_en,title_fr\nOne,Une\nTwo,Deux\n");

  psl_export_async (fixture->reg, query, fixture->table, NULL, fixture->progress, NULL, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_cmpint (psl_export_finish (fixture->reg, result, &error), ==, 2);
  g_assert_no_error (error);

  again = import (fixture, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->plan.n_records[PSL_IMPORT_IDENTICAL], ==, 2);
  g_assert_cmpint (again->plan.action, ==, 0);
}

/* The register is not replaced by a table of it, by whatever name it is called. */
static void
test_export_over (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  const char *path = psl_register_get_path (fixture->reg);
  g_autofree char *link = g_strconcat (path, ".csv", NULL);
  const char *names[] = { path, link };

  g_assert_cmpint (symlink (path, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (names[i]);
      g_autofree char *contents = NULL;
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      psl_export_async (fixture->reg, query, file, NULL, fixture->progress, NULL, answer_cb, &result);
      wait_until (result != NULL);
      g_assert_cmpint (psl_export_finish (fixture->reg, result, &error), ==, -1);
      g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
      g_assert_true (g_file_get_contents (names[i], &contents, NULL, NULL));
      g_assert_true (g_str_has_prefix (contents, "SQLite format 3"));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/exchange/jobs/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("kind", test_kind);
  ADD ("destinations", test_destinations);
  ADD ("changed", test_changed);
  ADD ("issues", test_issues);
  ADD ("questions", test_questions);
  ADD ("preview", test_preview);
  ADD ("preview-left-out", test_preview_left_out);
  ADD ("preview-joined", test_preview_joined);
  ADD ("preview-conflict", test_preview_conflict);
  ADD ("cancel", test_cancel);
  ADD ("export", test_export);
  ADD ("export-over", test_export_over);
#undef ADD

  return g_test_run ();
}
