/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-import.h"

#include <string.h>

#include <glib/gstdio.h>

#include "bench-data.h"
#include "bench-make.h"
#include "bench-tools.h"
#include "psl-codelist.h"
#include "psl-collation.h"
#include "psl-csv-export.h"
#include "psl-import.h"
#include "psl-journal-content.h"
#include "psl-journal.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-text.h"
#include "tests/folder.h"

#define IMPORTS 15

/* The values for the bare INSERTs of one record's rows, made before they are timed. */
typedef struct
{
  PslRecord *record;
  char *id;
  char *keys[2];
  char *names[2];
  char *search;
  char *content;
  gint64 amount;
  char *countries;
} BareRow;

static const char *
get (const BareRow *row,
     const char    *name)
{
  return psl_record_get_by_name (row->record, name);
}

static void
append_code_names (GString    *text,
                   const char *list,
                   const char *code)
{
  const PslCode *found = psl_codelist_find (psl_codelist_get_default (list), code);

  g_string_append_printf (text, " %s %s", psl_code_get_name (found, "en"), psl_code_get_name (found, "fr"));
  for (guint i = 0; found->aliases != NULL && found->aliases[i] != NULL; i++)
    g_string_append_printf (text, " %s", found->aliases[i]);
}

static void
bare_row_init (BareRow *row,
               guint    number)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *names[] = { "title_fr", "title_en", "project_id", "description_fr", "description_en" };
  const char *lists[] = { "type", "status", "coverage", "region" };

  row->record = bench_data_make_project (number);
  row->id = g_strdup_printf ("01900000-0000-7000-8000-%012u", number);
  row->keys[0] = psl_collation_dup_key ("fr", get (row, "title_fr"));
  row->keys[1] = psl_collation_dup_key ("en", get (row, "title_en"));
  row->names[0] = psl_text_name_key (get (row, "title_fr"));
  row->names[1] = psl_text_name_key (get (row, "title_en"));
  row->amount = g_ascii_strtoll (get (row, "budget"), NULL, 10) * 100;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (text, " %s", get (row, names[i]));
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    append_code_names (text, lists[i], get (row, lists[i]));
  row->countries = g_strdup (get (row, "beneficiaries"));
  for (const char *p = strstr (row->countries, ":\""); p != NULL; p = strstr (p + 2, ":\""))
    {
      g_autofree char *code = g_strndup (p + 2, 2);

      append_code_names (text, "country", code);
    }
  row->search = psl_text_fold (text->str);
  row->content = psl_journal_content_new (row->record, NULL, 0);
}

static void
bare_row_clear (BareRow *row)
{
  g_object_unref (row->record);
  g_free (row->id);
  for (gsize i = 0; i < G_N_ELEMENTS (row->keys); i++)
    {
      g_free (row->keys[i]);
      g_free (row->names[i]);
    }
  g_free (row->search);
  g_free (row->content);
  g_free (row->countries);
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *statement = NULL;

  bench_check_sqlite (db, sqlite3_prepare_v2 (db, sql, -1, &statement, NULL));
  return statement;
}

static void
run (sqlite3      *db,
     sqlite3_stmt *statement)
{
  bench_check_sqlite (db, sqlite3_step (statement));
  bench_check_sqlite (db, sqlite3_reset (statement));
}

static void
bind_text (sqlite3_stmt *statement,
           int           parameter,
           const char   *text)
{
  sqlite3_bind_text (statement, parameter, text, -1, SQLITE_STATIC);
}

/* The statements that a record's rows are written by. */
typedef struct
{
  sqlite3_stmt *record;
  sqlite3_stmt *project;
  sqlite3_stmt *sort_key;
  sqlite3_stmt *text;
  sqlite3_stmt *country;
  sqlite3_stmt *index;
  sqlite3_stmt *change;
} Inserts;

static void
inserts_prepare (Inserts *inserts,
                 sqlite3 *db)
{
  inserts->record = prepare (db, "INSERT INTO record (rid, id, kind, created, changed) VALUES (?, ?, 'project', 1, 1)");
  inserts->project = prepare (db, "INSERT INTO project (rid, project_id, type, status, start, \"end\","
                                  " year, budget_amount, budget_currency, coverage, region)"
                                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'USD', ?, ?)");
  inserts->sort_key = prepare (db, "INSERT INTO sort_key (rid, language, kind, key, name)"
                                   " VALUES (?, ?, 'project', ?, ?)");
  inserts->text = prepare (db, "INSERT INTO text (rid, field, language, text) VALUES (?, ?, ?, ?)");
  inserts->country = prepare (db, "INSERT INTO project_beneficiaries (rid, position, country) VALUES (?, ?, ?)");
  inserts->index = prepare (db, "INSERT INTO search (rowid, text) VALUES (?, ?)");
  inserts->change = prepare (db, "INSERT INTO change (rid, action, field, language, old, new, content)"
                                 " VALUES (?, 1, '$state', '', 'gone', 'live', ?)");
}

static void
inserts_finalize (Inserts *inserts)
{
  sqlite3_finalize (inserts->record);
  sqlite3_finalize (inserts->project);
  sqlite3_finalize (inserts->sort_key);
  sqlite3_finalize (inserts->text);
  sqlite3_finalize (inserts->country);
  sqlite3_finalize (inserts->index);
  sqlite3_finalize (inserts->change);
}

static void
insert (sqlite3       *db,
        const Inserts *inserts,
        gint64         rid,
        const BareRow *row)
{
  const char *columns[] = { "project_id", "type", "status", "start", "end" };
  const char *texts[] = { "title", "description" };
  const char *languages[] = { "fr", "en" };
  int position = 0;

  sqlite3_bind_int64 (inserts->record, 1, rid);
  bind_text (inserts->record, 2, row->id);
  run (db, inserts->record);
  sqlite3_bind_int64 (inserts->project, 1, rid);
  for (guint j = 0; j < G_N_ELEMENTS (columns); j++)
    bind_text (inserts->project, 2 + (int) j, get (row, columns[j]));
  sqlite3_bind_int64 (inserts->project, 7, g_ascii_strtoll (get (row, "year"), NULL, 10));
  sqlite3_bind_int64 (inserts->project, 8, row->amount);
  bind_text (inserts->project, 9, get (row, "coverage"));
  bind_text (inserts->project, 10, get (row, "region"));
  run (db, inserts->project);
  for (guint j = 0; j < G_N_ELEMENTS (languages); j++)
    {
      sqlite3_bind_int64 (inserts->sort_key, 1, rid);
      bind_text (inserts->sort_key, 2, languages[j]);
      sqlite3_bind_blob (inserts->sort_key, 3, row->keys[j], (int) strlen (row->keys[j]), SQLITE_STATIC);
      bind_text (inserts->sort_key, 4, row->names[j]);
      run (db, inserts->sort_key);
    }
  for (guint j = 0; j < 4; j++)
    {
      g_autofree char *name = g_strconcat (texts[j / 2], "_", languages[j % 2], NULL);

      sqlite3_bind_int64 (inserts->text, 1, rid);
      bind_text (inserts->text, 2, texts[j / 2]);
      bind_text (inserts->text, 3, languages[j % 2]);
      bind_text (inserts->text, 4, get (row, name));
      run (db, inserts->text);
    }
  for (const char *p = strstr (row->countries, ":\""); p != NULL; p = strstr (p + 2, ":\""))
    {
      sqlite3_bind_int64 (inserts->country, 1, rid);
      sqlite3_bind_int (inserts->country, 2, position++);
      sqlite3_bind_text (inserts->country, 3, p + 2, 2, SQLITE_STATIC);
      run (db, inserts->country);
    }
  sqlite3_bind_int64 (inserts->index, 1, rid);
  bind_text (inserts->index, 2, row->search);
  run (db, inserts->index);
  sqlite3_bind_int64 (inserts->change, 1, rid);
  bind_text (inserts->change, 2, row->content);
  run (db, inserts->change);
}

static gint64
get_number (sqlite3    *db,
            const char *sql)
{
  sqlite3_stmt *statement = prepare (db, sql);
  gint64 number;

  bench_check_sqlite (db, sqlite3_step (statement));
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return number;
}

/* Prepared INSERTs of @rows into a register's own tables, in one transaction. */
static double
time_bare_import (const char *path,
                  BareRow    *rows,
                  guint       n)
{
  sqlite3 *db = NULL;
  Inserts inserts;
  gint64 rid;
  double start;

  bench_check_sqlite (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL));
  bench_check_sqlite (db, sqlite3_exec (db, "PRAGMA synchronous = FULL; PRAGMA cache_size = -8192; PRAGMA foreign_keys = ON",
                                        NULL, NULL, NULL));
  rid = get_number (db, "SELECT ifnull (max (rid), 0) FROM record");
  start = bench_get_now ();
  bench_check_sqlite (db, sqlite3_exec (db, "BEGIN IMMEDIATE;"
                                            "INSERT OR IGNORE INTO action (action, at, verb) VALUES (1, 1, 'import')",
                                        NULL, NULL, NULL));
  inserts_prepare (&inserts, db);
  for (guint i = 0; i < n; i++)
    insert (db, &inserts, rid + i + 1, &rows[i]);
  inserts_finalize (&inserts);
  bench_check_sqlite (db, sqlite3_exec (db, "COMMIT", NULL, NULL, NULL));
  sqlite3_close (db);
  return bench_get_now () - start;
}

static void
remove_register (const char *path)
{
  const char *endings[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat (path, endings[i], NULL);

      g_unlink (name);
    }
}

static void
export_csv (const char *source,
            const char *csv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (source, PSL_STORE_NONE, &error);
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  g_autoptr (GFileOutputStream) stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  PslExportOptions options = { .delimiter = ',' };

  bench_check (error);
  psl_csv_export (store, query, 0, G_OUTPUT_STREAM (stream), &options, NULL, &error);
  bench_check (error);
}

static double
time_import (const char *path,
             const char *csv,
             guint       n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  PslImportOptions options = { 0 };
  PslImportPlan plan = { 0 };
  double start;

  bench_check (error);
  start = bench_get_now ();
  psl_import_csv (store, &psl_kind_project, G_INPUT_STREAM (stream), "bench.csv", &options, &plan, NULL, &error);
  bench_check (error);
  g_assert_cmpuint (plan.n_records[PSL_IMPORT_NEW], ==, n);
  return bench_get_now () - start;
}

/* One import of @csv, and one of the bare rows, into registers of their own: a row. */
static void
time_both (const char *folder,
           const char *csv,
           BareRow    *rows,
           guint       n,
           double     *ours,
           double     *bare)
{
  g_autofree char *bare_path = g_build_filename (folder, "bare.passerelle", NULL);
  g_autofree char *ours_path = g_build_filename (folder, "ours.passerelle", NULL);

  bench_make_register (bare_path, 0, 0, FALSE);
  *bare = time_bare_import (bare_path, rows, n) / n;
  *ours = time_import (ours_path, csv, n) / n;
  remove_register (bare_path);
  remove_register (ours_path);
}

/**
 * bench_import:
 * @n: how many rows
 *
 * Times the import of a CSV file of projects, a row, against prepared INSERTs of
 * the same into the same tables.
 */
void
bench_import (guint n)
{
  g_autofree char *folder = g_dir_make_tmp ("passerelle-bench-XXXXXX", NULL);
  g_autofree char *source = g_build_filename (folder, "source.passerelle", NULL);
  g_autofree char *csv = g_build_filename (folder, "rows.csv", NULL);
  g_autofree BareRow *rows = g_new0 (BareRow, n);
  double ours[IMPORTS], bare[IMPORTS];

  bench_make_register (source, 0, n, FALSE);
  export_csv (source, csv);
  for (guint i = 0; i < n; i++)
    bare_row_init (&rows[i], i);
  for (guint i = 0; i < IMPORTS; i++)
    time_both (folder, csv, rows, n, &ours[i], &bare[i]);
  bench_print ("import", "", ours, IMPORTS, bare, IMPORTS);
  for (guint i = 0; i < n; i++)
    bare_row_clear (&rows[i]);
  folder_remove (folder);
}

/* One import into the register of @n projects from the number @first on, a row. */
static double
time_import_into (const char *path,
                  guint       first,
                  guint       n)
{
  g_autofree char *folder = g_dir_make_tmp ("passerelle-bench-XXXXXX", NULL);
  g_autofree char *source = g_build_filename (folder, "source.passerelle", NULL);
  g_autofree char *csv = g_build_filename (folder, "rows.csv", NULL);
  double time;

  bench_make_register (source, first, n, FALSE);
  export_csv (source, csv);
  time = time_import (path, csv, n) / n;
  folder_remove (folder);
  return time;
}

/* The same of bare rows. */
static double
time_bare_import_into (const char *path,
                       guint       first,
                       guint       n)
{
  g_autofree BareRow *rows = g_new0 (BareRow, n);
  double time;

  for (guint i = 0; i < n; i++)
    bare_row_init (&rows[i], first + i);
  time = time_bare_import (path, rows, n) / n;
  for (guint i = 0; i < n; i++)
    bare_row_clear (&rows[i]);
  return time;
}

/**
 * bench_import_into:
 * @path: a register of bench_make_register()
 * @n: how many rows at a time
 *
 * Times the import of further projects into a register that has many, a row, against prepared
 * INSERTs of the same number. They stay there.
 */
void
bench_import_into (const char *path,
                   guint       n)
{
  sqlite3 *db = NULL;
  double ours[IMPORTS], bare[IMPORTS];
  guint next;

  bench_check_sqlite (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL));
  next = (guint) get_number (db, "SELECT count(*) FROM project");
  sqlite3_close (db);
  for (guint i = 0; i < IMPORTS; i++, next += 2 * n)
    {
      ours[i] = time_import_into (path, next, n);
      bare[i] = time_bare_import_into (path, next + n, n);
    }
  bench_print ("import-into", "", ours, IMPORTS, bare, IMPORTS);
}
