/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "psl-codelist.h"
#include "psl-csv-export.h"
#include "psl-csv-reader.h"
#include "psl-import.h"
#include "psl-kinds.h"
#include "psl-record-json.h"
#include "psl-rows.h"
#include "tests/folder.h"

#define N_RECORDS 60

/* Two registers: what one writes, the other reads. */
typedef struct
{
  char *folder;
  PslStore *stores[2];
  GRand *random;
  GPtrArray *ids[2];      /* UUIDs of the records of each kind */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  guint32 seed = (guint32) g_test_rand_int ();

  g_test_message ("seed %u", seed);
  fixture->random = g_rand_new_with_seed (seed);
  fixture->folder = folder_make ();
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d.passerelle", i);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (GError) error = NULL;

      fixture->stores[i] = psl_store_open (path, PSL_STORE_CREATE, &error);
      g_assert_no_error (error);
      fixture->ids[i] = g_ptr_array_new_with_free_func (g_free);
      for (int j = 0; j < N_RECORDS; j++)
        g_ptr_array_add (fixture->ids[i], g_uuid_string_random ());
    }
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  for (int i = 0; i < 2; i++)
    {
      psl_store_close (fixture->stores[i]);
      g_ptr_array_unref (fixture->ids[i]);
    }
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_rand_free (fixture->random);
}

static int
pick (Fixture *fixture,
      int      below)
{
  return g_rand_int_range (fixture->random, 0, below);
}

static char *
random_text (Fixture *fixture)
{
  static const char *const words[] = { "Été", "\"quoted\"", "a;b", "a,b", "tab\there", "=1+1", "’", "œuvre", "two\nlines",
                                       "[{", "東京", "-", "id", "1 000,50", "a|b", "\\|", "(a", "b)",
                                       "(https://example.org)" };
  static const char *const beginnings[] = { "x", "=x", "+x", "-x", "@x", "'=x", "''-x", "'x", "(", "x)" };
  GString *text = g_string_new (beginnings[pick (fixture, G_N_ELEMENTS (beginnings))]);

  for (int i = pick (fixture, 5); i >= 0; i--)
    g_string_append_printf (text, " %s", words[pick (fixture, G_N_ELEMENTS (words))]);
  return g_string_free_and_steal (text);
}

static char *
random_code (Fixture    *fixture,
             const char *name)
{
  const PslCodelist *list = psl_codelist_get_default (name);

  return g_strdup (psl_codelist_get_nth (list, (guint) pick (fixture, (int) psl_codelist_get_n (list)))->code);
}

static char *random_value (Fixture        *fixture,
                           const PslField *field);

static char *
random_rows (Fixture        *fixture,
             const PslField *field)
{
  g_autoptr (GPtrArray) rows = psl_rows_new ();
  guint n_columns = psl_rows_get_n_columns (field);

  for (int i = pick (fixture, 4); i > 0; i--)
    {
      g_auto (GStrv) cells = g_new0 (char *, n_columns + 1);
      g_autofree const char **row = g_new0 (const char *, n_columns);

      for (guint j = 0; j < n_columns; j++)
        if (j == 0 || pick (fixture, 3) == 0)
          row[j] = cells[j] = random_value (fixture, &field->rows[j]);
        else
          cells[j] = g_strdup ("");
      g_ptr_array_add (rows, psl_rows_row_new (field, row));
    }
  return psl_rows_build (field, rows);
}

static char *
random_value (Fixture        *fixture,
              const PslField *field)
{
  static const char *const currencies[] = { "USD", "EUR", "JPY", "TND" };

  switch (field->type)
    {
    case PSL_FIELD_TYPE_TEXT:
    case PSL_FIELD_TYPE_LONG_TEXT:
      return random_text (fixture);
    case PSL_FIELD_TYPE_IDENTIFIER:
      return g_strdup_printf ("X%02X-%06d", (guint) (field->name[0]), pick (fixture, 1000000));
    case PSL_FIELD_TYPE_DATE:
      return g_strdup_printf (pick (fixture, 2) ? "20%02d" : "20%02d-05-17", pick (fixture, 100));
    case PSL_FIELD_TYPE_YEAR:
      return g_strdup_printf ("20%02d", pick (fixture, 100));
    case PSL_FIELD_TYPE_INTEGER:
      return g_strdup_printf ("%d", pick (fixture, 9) + 1);
    case PSL_FIELD_TYPE_DECIMAL:
      return g_strdup_printf ("%d.%d", pick (fixture, 99), pick (fixture, 9) + 1);
    case PSL_FIELD_TYPE_MONEY:
      return g_strdup_printf ("%d %s", pick (fixture, 1000000), currencies[pick (fixture, G_N_ELEMENTS (currencies))]);
    case PSL_FIELD_TYPE_CODE:
      return random_code (fixture, field->codelist);
    case PSL_FIELD_TYPE_LINK:
      return g_strdup (g_ptr_array_index (fixture->ids[field->target == &psl_kind_office], pick (fixture, N_RECORDS)));
    case PSL_FIELD_TYPE_EMAIL:
      return g_strdup_printf ("office%d@example.org", pick (fixture, 100));
    case PSL_FIELD_TYPE_URL:
      return g_strdup_printf ("https://example.org/%d?a=b&c=d,e", pick (fixture, 100));
    case PSL_FIELD_TYPE_PHONE:
      return g_strdup_printf ("+41 22 717 91 %02d", pick (fixture, 100));
    case PSL_FIELD_TYPE_LATITUDE:
      return g_strdup_printf ("-%d.%d", pick (fixture, 89), pick (fixture, 9) + 1);
    case PSL_FIELD_TYPE_LONGITUDE:
      return g_strdup_printf ("%d.%d", pick (fixture, 179), pick (fixture, 9) + 1);
    case PSL_FIELD_TYPE_ROWS:
    case PSL_FIELD_TYPE_PARTS:
      return random_rows (fixture, field);
    default:
      g_assert_not_reached ();
    }
}

static void
fill (Fixture   *fixture,
      PslRecord *record)
{
  const PslKind *kind = psl_record_get_kind (record);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    for (int i = 0; psl_languages[i] != NULL && (i == 0 || (field->flags & PSL_FIELD_MULTILINGUAL)); i++)
      {
        g_autofree char *written = NULL;
        g_autofree char *value = NULL;
        g_autoptr (GError) error = NULL;

        if (pick (fixture, 3) == 0)
          continue;
        written = random_value (fixture, field);
        value = psl_field_normalise (field, psl_codelists_get_default (), written, &error);
        /* A country that came up twice, with two percentages, is rightly refused. */
        if (field->type == PSL_FIELD_TYPE_ROWS && error != NULL)
          continue;
        g_assert_no_error (error);
        psl_record_set (record, field, field->flags & PSL_FIELD_MULTILINGUAL ? psl_languages[i] : NULL, value);
      }
}

/* Makes all records, then gives them values: links lead anywhere. */
static void
make_records (Fixture *fixture)
{
  PslStore *store = fixture->stores[0];
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_store_begin (store, PSL_VERB_CREATE, "random", NULL));
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < N_RECORDS; i++)
      psl_store_create (store, psl_kinds[k], g_ptr_array_index (fixture->ids[k], i), NULL);
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < N_RECORDS; i++)
      {
        gint64 rid = psl_store_find (store, g_ptr_array_index (fixture->ids[k], i), &error);
        g_autoptr (PslRecord) record = NULL;

        g_assert_no_error (error);
        record = psl_store_read (store, rid, NULL);
        fill (fixture, record);
        for (const PslField *field = psl_kinds[k]->fields; field->name != NULL; field++)
          for (int j = 0; psl_languages[j] != NULL; j++)
            {
              psl_store_set (store, rid, field, psl_languages[j], psl_record_get (record, field, psl_languages[j]), &error);
              g_assert_no_error (error);
            }
      }
  psl_store_commit (store, &error);
  g_assert_no_error (error);
}

static GBytes *
export_kind (PslStore               *store,
             const PslKind          *kind,
             const PslExportOptions *options)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (PslQuery) query = psl_query_new (kind);
  g_autoptr (GError) error = NULL;
  gint64 n_records = psl_csv_export (store, query, -1, stream, options, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (n_records, ==, N_RECORDS);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
report_cb (const PslImportIssue *issue,
           gpointer              user_data)
{
  g_autofree char *field = psl_import_issue_dup_field (issue);
  g_autofree char *message = psl_import_issue_dup_message (issue, psl_codelists_get_default ());

  g_test_message ("%" G_GUINT64_FORMAT " %s: %s", issue->line, field != NULL ? field : "-", message);
}

static void
assert_import (PslStore         *store,
               const PslKind    *kind,
               GBytes           *bytes,
               PslImportOutcome  outcome)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  PslImportOptions options = { .report = report_cb };
  PslImportPlan plan;

  psl_import_csv (store, kind, stream, "test.csv", &options, &plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan.n_refused, ==, 0);
  g_assert_cmpuint (plan.n_conflicts, ==, 0);
  g_assert_cmpuint (plan.n_unmatched, ==, 0);
  g_assert_cmpuint (plan.n_records[outcome], ==, N_RECORDS);
}

static char *
read_json (PslStore   *store,
           const char *id)
{
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_store_find (store, id, &error);
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  record = psl_store_read (store, rid, NULL);
  node = psl_record_to_json (record, psl_store_get_codelists (store));
  return json_to_string (node, TRUE);
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char delimiters[] = { ',', ';', '\t' };
  PslExportOptions options = { .delimiter = delimiters[pick (fixture, 3)], .byte_order_mark = pick (fixture, 2) };

  make_records (fixture);
  /* Offices first: projects link to them. */
  for (int k = 1; k >= 0; k--)
    {
      g_autoptr (GBytes) bytes = export_kind (fixture->stores[0], psl_kinds[k], &options);
      g_autoptr (GBytes) again = NULL;

      assert_import (fixture->stores[0], psl_kinds[k], bytes, PSL_IMPORT_IDENTICAL);
      assert_import (fixture->stores[1], psl_kinds[k], bytes, PSL_IMPORT_NEW);
      assert_import (fixture->stores[1], psl_kinds[k], bytes, PSL_IMPORT_IDENTICAL);
      again = export_kind (fixture->stores[1], psl_kinds[k], &options);
      g_assert_cmpuint (g_bytes_get_size (again), ==, g_bytes_get_size (bytes));
    }
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < N_RECORDS; i++)
      {
        g_autofree char *one = read_json (fixture->stores[0], g_ptr_array_index (fixture->ids[k], i));
        g_autofree char *other = read_json (fixture->stores[1], g_ptr_array_index (fixture->ids[k], i));

        g_assert_cmpstr (one, ==, other);
      }
}

/* Without UUIDs a record is known by its titles. */
static void
name_records (Fixture *fixture)
{
  PslStore *store = fixture->stores[0];
  g_autoptr (GError) error = NULL;

  psl_store_begin (store, PSL_VERB_EDIT, NULL, &error);
  g_assert_no_error (error);
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < N_RECORDS; i++)
      for (int j = 0; psl_languages[j] != NULL; j++)
        {
          gint64 rid = psl_store_find (store, g_ptr_array_index (fixture->ids[k], i), &error);
          g_autofree char *title = g_strdup_printf ("%s %d %s", i % 2 == 0 ? "=Record" : "Record", i, psl_languages[j]);

          g_assert_no_error (error);
          psl_store_set (store, rid, psl_kind_get_title (psl_kinds[k]), psl_languages[j], title, &error);
          g_assert_no_error (error);
        }
  psl_store_commit (store, &error);
  g_assert_no_error (error);
}

/* A spreadsheet runs nothing of @bytes, whose cells are between commas. */
static void
assert_runs_nothing (GBytes *bytes)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslCsvReader) reader = psl_csv_reader_new (stream, ',', NULL, NULL, &error);
  guint n_rows = 0;

  g_assert_no_error (error);
  while (psl_csv_reader_next (reader, NULL, &error))
    {
      n_rows++;
      for (guint i = 0; i < psl_csv_reader_get_n_cells (reader); i++)
        {
          const char *cell = psl_csv_reader_get_cell (reader, i);
          gboolean is_number = g_regex_match_simple ("^-?[0-9]+([.][0-9]+)?$", cell, G_REGEX_DEFAULT, 0);

          g_test_message ("%s", cell);
          g_assert_true (is_number || *cell == '\0' || strchr ("=+-@\t\r", *cell) == NULL);
        }
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, N_RECORDS + 1);
}

/* Values in a spreadsheet for people read back unchanged. */
static void
test_sheet_round_trip (Fixture       *fixture,
                       gconstpointer  data)
{
  PslExportOptions options = { .labels = data, .delimiter = ',', .byte_order_mark = TRUE };

  make_records (fixture);
  name_records (fixture);
  for (int k = 1; k >= 0; k--)
    {
      g_autoptr (GBytes) bytes = export_kind (fixture->stores[0], psl_kinds[k], &options);
      g_autoptr (GBytes) again = NULL;

      assert_runs_nothing (bytes);
      assert_import (fixture->stores[0], psl_kinds[k], bytes, PSL_IMPORT_IDENTICAL);
      assert_import (fixture->stores[1], psl_kinds[k], bytes, PSL_IMPORT_NEW);
      again = export_kind (fixture->stores[1], psl_kinds[k], &options);
      g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again),
                       g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }
}

/* Changes a record in another connection once a part of the export is written. */
typedef struct
{
  PslStore *other;
  char *id;
  gboolean is_done;
} Intruder;

static void
intrude_cb (double   fraction,
            gpointer user_data)
{
  Intruder *intruder = user_data;
  g_autoptr (GError) error = NULL;
  gint64 rid;

  if (intruder->is_done)
    return;
  intruder->is_done = TRUE;
  rid = psl_store_find (intruder->other, intruder->id, &error);
  g_assert_no_error (error);
  psl_store_begin (intruder->other, PSL_VERB_EDIT, NULL, &error);
  psl_store_set (intruder->other, rid, psl_kind_find_field (&psl_kind_project, "title"), "en", "Intruder", &error);
  psl_store_commit (intruder->other, &error);
  g_assert_no_error (error);
}

/* Whatever is written to the register meanwhile, the file is of one moment. */
static void
test_snapshot (Fixture       *fixture,
               gconstpointer  data)
{
  PslExportOptions options = { .delimiter = ',' };
  Intruder intruder = { NULL, NULL, FALSE };
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (PslRecord) last = NULL;
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) during = NULL;
  g_autoptr (GError) error = NULL;

  make_records (fixture);
  before = export_kind (fixture->stores[0], &psl_kind_project, &options);
  rids = psl_store_query (fixture->stores[0], query, -1, &error);
  g_assert_no_error (error);
  last = psl_store_read (fixture->stores[0], g_array_index (rids, gint64, rids->len - 1), &error);
  g_assert_no_error (error);
  intruder.id = g_strdup (psl_record_get_id (last));
  intruder.other = psl_store_open (psl_store_get_path (fixture->stores[0]), PSL_STORE_NONE, &error);
  g_assert_no_error (error);

  options.progress = intrude_cb;
  options.user_data = &intruder;
  during = export_kind (fixture->stores[0], &psl_kind_project, &options);
  g_assert_true (intruder.is_done);
  g_assert_cmpmem (g_bytes_get_data (before, NULL), g_bytes_get_size (before),
                   g_bytes_get_data (during, NULL), g_bytes_get_size (during));

  psl_store_close (intruder.other);
  g_free (intruder.id);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/export/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/export/sheet-round-trip/fr", Fixture, "fr", set_up, test_sheet_round_trip, tear_down);
  g_test_add ("/export/sheet-round-trip/en", Fixture, "en", set_up, test_sheet_round_trip, tear_down);
  g_test_add ("/export/snapshot", Fixture, NULL, set_up, test_snapshot, tear_down);
  return g_test_run ();
}
