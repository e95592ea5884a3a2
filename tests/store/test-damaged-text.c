/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Text in a damaged register that is not UTF-8, and values that no field can have:
 * whatever is made of them can be shown. */

#include "config.h"

#include <locale.h>
#include <sqlite3.h>

#include "psl-check.h"
#include "psl-kinds.h"
#include "store-testing.h"

/* Bytes that a damaged page may hold instead of a text. */
static const char *const damaged[] = {
  "\xc3", "2020\xff", "2020-\xe2\x82", "PO.\xed\xa0\x80", "M\xc3" "D", "\x80\xbf\xf8", "1\xc3 USD", "[{\xff", "[\"\xe2\"]",
  "", " ", "2020-99-99", "USD", " USD", "1.5 USD", "99999999999999999999999 USD", "-", "[]", "[1,2]", "{}", "[[",
  "https://", "@",
};

static void
assert_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
run (sqlite3    *db,
     const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

/* Overwrites all of what lists and sheets show of a project. */
static void
damage (const char *path,
        const char *value)
{
  static const char *const columns[] = {
    "project_id", "prima_id", "type", "status", "start", "\"end\"", "coverage", "region", "budget_currency",
  };
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  run (db, "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF");
  for (gsize i = 0; i <= G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *sql = i < G_N_ELEMENTS (columns) ? g_strdup_printf ("UPDATE project SET %s = ?", columns[i])
                                                        : g_strdup ("UPDATE text SET text = ?");
      sqlite3_stmt *statement = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
      sqlite3_bind_text (statement, 1, value, -1, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
      sqlite3_finalize (statement);
    }
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* Shows a value in every way that a field can be shown. */
static void
show (const PslField *field,
      const char     *value)
{
  for (int i = 0; psl_languages[i] != NULL; i++)
    {
      g_autofree char *shown = psl_field_display (field, psl_codelists_get_default (), value, psl_languages[i]);

      assert_text (shown);
    }
  g_autofree char *typed = psl_field_edit_text (field, psl_codelists_get_default (), value);

  assert_text (typed);
}

static void
test_record (StoreFixture  *fixture,
             gconstpointer  data)
{
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", "title_fr", "Titre",
                                     "project_id", "PO.0160", "status", "4", "start", "2020", "end", "2021",
                                     "budget", "100.00 USD", NULL);

  g_clear_pointer (&fixture->store, psl_store_close);
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autoptr (PslStore) store = NULL;
      g_autoptr (PslRecord) record = NULL;
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (GPtrArray) findings = NULL;
      g_autofree char *years = NULL;
      g_autofree char *title = NULL;
      g_autoptr (GError) error = NULL;

      damage (fixture->path, damaged[i]);
      store = store_testing_open (fixture->path, PSL_STORE_NONE);
      record = psl_store_read (store, rid, &error);
      g_assert_no_error (error);
      for (const PslField *field = psl_kind_project.fields; field->name != NULL; field++)
        {
          const char *value = psl_record_get (record, field, "fr");

          assert_text (value);
          if (value != NULL)
            show (field, value);
        }
      years = psl_record_dup_years (record);
      assert_text (years);
      title = psl_record_dup_title (record, psl_codelists_get_default (), "fr");
      assert_text (title);
      problems = psl_kind_check (&psl_kind_project, record, psl_codelists_get_default (), NULL);
      for (guint j = 0; j < problems->len; j++)
        assert_text (((PslProblem *) problems->pdata[j])->message);

      /* Constraints don't hold either, which says as much as there is to say. */
      findings = psl_check_integrity (store, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (findings->len, >, 0);
      for (guint j = 0; j < findings->len; j++)
        assert_text (((PslFinding *) findings->pdata[j])->message);
    }
}

/* The same of every type of field: editors show values before any check. */
static void
test_fields (void)
{
  for (int i = 0; psl_kinds[i] != NULL; i++)
    for (const PslField *field = psl_kinds[i]->fields; field->name != NULL; field++)
      for (gsize j = 0; j < G_N_ELEMENTS (damaged); j++)
        {
          g_autofree char *value = g_utf8_make_valid (damaged[j], -1);

          show (field, value);
        }
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/damaged-text/record", test_record);
  g_test_add_func ("/damaged-text/fields", test_fields);

  return g_test_run ();
}
