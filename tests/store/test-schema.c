/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <sqlite3.h>

#include "psl-codelist.h"
#include "psl-kinds.h"
#include "psl-schema-check.h"
#include "psl-schema.h"

#include "tests/model/values-testing.h"

/* The kinds and the schema are written by hand in two places: a field that is
 * added without its migration fails here. */

typedef sqlite3 Database;

/* The scripts that call functions of the program meet no records here. */
static void
function_cb (sqlite3_context  *context,
             int               n_arguments,
             sqlite3_value   **arguments)
{
  sqlite3_result_value (context, arguments[0]);
}

static Database *
open_database (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) scripts = psl_schema_load_scripts (&error);
  Database *db;

  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_create_function_v2 (db, "psl_sort_key", 1, SQLITE_UTF8, NULL, function_cb, NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_create_function_v2 (db, "psl_uuid_derive", 2, SQLITE_UTF8, NULL, function_cb, NULL, NULL, NULL),
                   ==, SQLITE_OK);
  for (guint i = 0; scripts[i] != NULL; i++)
    {
      if (sqlite3_exec (db, scripts[i], NULL, NULL, NULL) != SQLITE_OK)
        g_error ("%03u.sql: %s", i + 1, sqlite3_errmsg (db));
    }

  return db;
}

/* The first row's first column, or NULL where there is no row. */
static char *
ask (Database   *db,
     const char *sql,
     const char *one,
     const char *other)
{
  sqlite3_stmt *statement;
  char *answer = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_text (statement, 1, one, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (statement, 2, other, -1, SQLITE_TRANSIENT);
  if (sqlite3_step (statement) == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);

  return answer;
}

static void
check_column (Database   *db,
              const char *table,
              const char *column,
              const char *type,
              const char *reference)
{
  g_autofree char *found = ask (db, "SELECT type FROM pragma_table_info (?1) WHERE name = ?2", table, column);
  g_autofree char *referred = ask (db, "SELECT \"table\" FROM pragma_foreign_key_list (?1) WHERE \"from\" = ?2",
                                   table, column);

  if (g_strcmp0 (found, type) != 0 || g_strcmp0 (referred, reference) != 0)
    g_test_fail_printf ("%s.%s is %s of %s rather than %s of %s", table, column, found, referred, type, reference);
}

/* A list sorted by a column begins at once only where an index does so. */
static void
check_index (Database   *db,
             const char *table,
             const char *column)
{
  g_autofree char *index = ask (db,
                                "SELECT list.name FROM pragma_index_list (?1) AS list"
                                " JOIN pragma_index_info (list.name) AS info ON info.seqno = 0 AND info.name = ?2"
                                " WHERE NOT list.partial",
                                table, column);

  if (index == NULL)
    g_test_fail_printf ("%s lacks an index on %s", table, column);
}

static void
check_rows (Database       *db,
            const char     *table,
            const PslField *field);

static void
check_field (Database       *db,
             const char     *table,
             const PslField *field,
             PslFieldFlags   indexed)
{
  g_autofree char *amount = g_strconcat (field->name, "_amount", NULL);
  g_autofree char *currency = g_strconcat (field->name, "_currency", NULL);
  const char *sorted = field->name;

  if (field->flags & PSL_FIELD_MULTILINGUAL)
    return;

  switch (field->type)
    {
    case PSL_FIELD_TYPE_PARTS:
      return;
    case PSL_FIELD_TYPE_ROWS:
      check_rows (db, table, field);
      break;
    case PSL_FIELD_TYPE_MONEY:
      check_column (db, table, amount, "INTEGER", NULL);
      check_column (db, table, currency, "TEXT", NULL);
      sorted = currency;
      break;
    case PSL_FIELD_TYPE_LINK:
      check_column (db, table, field->name, "INTEGER", "record");
      break;
    case PSL_FIELD_TYPE_YEAR:
    case PSL_FIELD_TYPE_INTEGER:
      check_column (db, table, field->name, "INTEGER", NULL);
      break;
    case PSL_FIELD_TYPE_TEXT:
    case PSL_FIELD_TYPE_LONG_TEXT:
    case PSL_FIELD_TYPE_IDENTIFIER:
    case PSL_FIELD_TYPE_DATE:
    case PSL_FIELD_TYPE_DECIMAL:
    case PSL_FIELD_TYPE_CODE:
    case PSL_FIELD_TYPE_EMAIL:
    case PSL_FIELD_TYPE_URL:
    case PSL_FIELD_TYPE_PHONE:
    case PSL_FIELD_TYPE_LATITUDE:
    case PSL_FIELD_TYPE_LONGITUDE:
    default:
      check_column (db, table, field->name, "TEXT", NULL);
      break;
    }

  if (field->flags & indexed)
    check_index (db, table, sorted);
}

static void
check_rows (Database       *db,
            const char     *table,
            const PslField *field)
{
  g_autofree char *rows_table = g_strconcat (table, "_", field->name, NULL);

  check_column (db, rows_table, "rid", "INTEGER", "record");
  check_column (db, rows_table, "position", "INTEGER", NULL);
  for (const PslField *row = field->rows; row->name != NULL; row++)
    check_field (db, rows_table, row, PSL_FIELD_NONE);
}

static void
test_kinds (void)
{
  Database *db = open_database ();

  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      const char *table = psl_kinds[i]->name;
      /* Parts are listed by their owner. */
      PslFieldFlags indexed = psl_kind_is_part (psl_kinds[i]) ? PSL_FIELD_FILTERED : PSL_FIELD_LISTED;

      check_column (db, table, "rid", "INTEGER", "record");
      for (const PslField *field = psl_kinds[i]->fields; field->name != NULL; field++)
        {
          if (!(field->flags & PSL_FIELD_OWNER))
            check_field (db, table, field, indexed);
        }
    }

  sqlite3_close (db);
}

/* A script that changes the schema gives it another hash. */
static void
test_digest (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) scripts = psl_schema_load_scripts (&error);
  g_autoptr (PslDb) db = psl_db_open_in_memory (&error);
  g_autofree char *digest = NULL;

  g_assert_no_error (error);
  psl_schema_run_scripts (db, (const char *const *) scripts, g_strv_length (scripts), &error);
  g_assert_no_error (error);
  digest = psl_schema_dup_digest (db, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (digest, ==, PSL_SCHEMA_DIGEST);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema/digest", test_digest);
  g_test_add_func ("/schema/kinds", test_kinds);

  return g_test_run ();
}
