/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-text.h"
#include "psl-words.h"
#include "store-testing.h"

static void
add_title (PslStore   *store,
           const char *title)
{
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, NULL);
  g_autoptr (GError) error = NULL;

  psl_record_set (record, psl_kind_get_title (&psl_kind_project), "en", title);
  psl_store_insert (store, record, &error);
  g_assert_no_error (error);
}

static void
begin (PslStore *store)
{
  g_autoptr (GError) error = NULL;

  psl_store_begin (store, PSL_VERB_IMPORT, NULL, &error);
  g_assert_no_error (error);
}

static void
commit (PslStore *store)
{
  g_autoptr (GError) error = NULL;

  psl_store_commit (store, &error);
  g_assert_no_error (error);
}

static void
assert_match (PslStore   *store,
              const char *words,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *match = NULL;

  g_assert_true (psl_words_dup_match (psl_store_get_db (store), words, &match, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (match, ==, expected);
}

static gint64
count (PslStore   *store,
       const char *words)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GError) error = NULL;
  gint64 n;

  psl_query_set_search (query, words);
  n = psl_store_count (store, query, &error);
  g_assert_no_error (error);
  return n;
}

/* A long beginning becomes the words that begin so; a short one, and one that
 * nothing begins with, stays. */
static void
test_choice (StoreFixture  *fixture,
             gconstpointer  data)
{
  begin (fixture->store);
  add_title (fixture->store, "Migration and migrants");
  add_title (fixture->store, "Mise en œuvre");
  commit (fixture->store);

  assert_match (fixture->store, "migr", "(\"migrants\" OR \"migration\")");
  assert_match (fixture->store, "Migrati", "(\"migration\")");
  assert_match (fixture->store, "mig", "\"mig\" *");
  assert_match (fixture->store, "ŒUVR en", "(\"oeuvre\") AND \"en\" *");
  assert_match (fixture->store, "migrx", "\"migrx\" *");
  assert_match (fixture->store, " ’ ", NULL);
  assert_match (fixture->store, NULL, NULL);

  g_assert_cmpint (count (fixture->store, "migr"), ==, 1);
  g_assert_cmpint (count (fixture->store, "oeuv mise"), ==, 1);
  g_assert_cmpint (count (fixture->store, "migrx"), ==, 0);
}

/* Very many words are left to the index, and are found all the same. */
static void
test_many (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autofree char *match = NULL;
  g_autoptr (GError) error = NULL;

  begin (fixture->store);
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *title = g_strdup_printf ("preword%u", i);

      add_title (fixture->store, title);
    }
  commit (fixture->store);

  assert_match (fixture->store, "prew", "\"prew\" *");
  g_assert_cmpint (count (fixture->store, "prew"), ==, 300);
  g_assert_cmpint (count (fixture->store, "preword12"), ==, 11);
}

/* Words that went with a transaction are stored again when they come again. */
static void
test_rollback (StoreFixture  *fixture,
               gconstpointer  data)
{
  begin (fixture->store);
  add_title (fixture->store, "Footbridge");
  psl_store_rollback (fixture->store);
  assert_match (fixture->store, "footb", "\"footb\" *");

  begin (fixture->store);
  add_title (fixture->store, "Footbridge");
  commit (fixture->store);
  assert_match (fixture->store, "footb", "(\"footbridge\")");
  g_assert_cmpint (count (fixture->store, "footb"), ==, 1);
}

/* An edit's new words are found, its old ones no more. */
static void
test_edit (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GError) error = NULL;

  begin (fixture->store);
  add_title (fixture->store, "Footbridge");
  commit (fixture->store);
  rids = psl_store_query (fixture->store, query, 0, &error);
  g_assert_no_error (error);
  psl_store_edit (fixture->store, g_array_index (rids, gint64, 0), psl_kind_get_title (&psl_kind_project),
                  "en", "Gangway", 0, &error);
  g_assert_no_error (error);

  g_assert_cmpint (count (fixture->store, "gangw"), ==, 1);
  g_assert_cmpint (count (fixture->store, "footb"), ==, 0);
}

/* Of every letter and digit of Unicode, folding makes a word that the search index takes for one
 * word, too: a search for it would be refused otherwise. */
static void
test_letters (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslDb *db = psl_store_get_db (fixture->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStatement) statement = NULL;

  g_assert_true (psl_db_exec (db, "CREATE VIRTUAL TABLE temp.letter USING fts5 (text, content = '', detail = none,"
                                  " tokenize = \"unicode61 remove_diacritics 2\");"
                                  "CREATE VIRTUAL TABLE temp.letter_row USING fts5vocab (temp, letter, instance);"
                                  "CREATE TABLE temp.folded (c INTEGER PRIMARY KEY, words INTEGER); BEGIN", &error));
  g_assert_no_error (error);
  for (gunichar c = 1; c < 0x110000; c++)
    {
      char letter[8] = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *folded = NULL;
      g_autofree char *sql = NULL;
      g_auto (GStrv) words = NULL;
      g_autoptr (GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);

      if (!g_unichar_isalnum (c))
        continue;
      g_unichar_to_utf8 (c, letter);
      text = g_strdup_printf ("a%sb", letter);
      folded = psl_text_fold (text);
      words = g_strsplit (folded, " ", -1);
      for (gsize i = 0; words[i] != NULL; i++)
        g_hash_table_add (distinct, words[i]);
      sql = g_strdup_printf ("INSERT INTO temp.letter (rowid, text) VALUES (%u, '%s');"
                             "INSERT INTO temp.folded VALUES (%u, %u)", c, folded, c, g_hash_table_size (distinct));
      g_assert_true (psl_db_exec (db, sql, &error));
    }
  statement = psl_db_prepare (db, "SELECT c, n FROM temp.folded JOIN (SELECT doc, count(*) AS n FROM temp.letter_row"
                                  " GROUP BY doc) ON doc = c WHERE n <> words", &error);
  g_assert_no_error (error);
  while (psl_statement_step (statement, &error))
    {
      g_test_message ("U+%04X makes several words", (guint) psl_statement_get_int64 (statement, 0));
      g_test_fail ();
    }
  g_assert_no_error (error);
  psl_db_rollback (db);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/words/choice", test_choice);
  store_testing_add ("/words/many", test_many);
  store_testing_add ("/words/rollback", test_rollback);
  store_testing_add ("/words/edit", test_edit);
  store_testing_add ("/words/letters", test_letters);
  return g_test_run ();
}
