/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Entries of code lists that a register has added or changed: the look-up, what is shown,
 * searched and sorted by follows them, with undo and from register to register. */

#include "config.h"

#include "psl-codelists.h"
#include "psl-db.h"
#include "psl-kinds.h"
#include "psl-store-entry.h"
#include "psl-store-private.h"
#include "store-testing.h"

static const PslField *
get_type_field (void)
{
  return psl_kind_find_field (&psl_kind_project, "type");
}

static void
assert_shown (PslStore   *store,
              const char *code,
              const char *language,
              const char *expected)
{
  g_autofree char *shown = psl_field_display (get_type_field (), psl_store_get_codelists (store), code, language);

  g_assert_cmpstr (shown, ==, expected);
}

static const PslCodelist *
get_list (PslStore   *store,
          const char *name)
{
  return psl_codelists_get_list (psl_store_get_codelists (store), name);
}

static const PslCode *
find_type (PslStore   *store,
           const char *code)
{
  return psl_codelist_find (get_list (store, "type"), code);
}

static gboolean
is_offered (PslStore   *store,
            const char *code)
{
  const PslCodelist *list = get_list (store, "type");
  g_autoptr (GPtrArray) offered = psl_codelist_search (list, "", "en");

  for (guint i = 0; i < offered->len; i++)
    if (g_str_equal (((const PslCode *) g_ptr_array_index (offered, i))->code, code))
      return TRUE;
  return FALSE;
}

static gint64
count_found (PslStore   *store,
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

static gint64
add_project (PslStore   *store,
             const char *title,
             const char *type)
{
  return store_testing_insert (store, &psl_kind_project, "title_en", title, "type", type, NULL);
}

/* A code that no list had has a name everywhere when it is added. */
static void
test_add (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 entry;

  add_project (fixture->store, "Herbs", "XQ");
  assert_shown (fixture->store, "XQ", "en", "XQ");
  g_assert_cmpint (count_found (fixture->store, "quartiers"), ==, 0);

  entry = store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/XQ", "name_en", "Exchange of Quarters",
                                "name_fr", "Échange de quartiers", "aliases", "Swap\nTroc", NULL);
  assert_shown (fixture->store, "XQ", "en", "Exchange of Quarters");
  assert_shown (fixture->store, "XQ", "fr", "Échange de quartiers");
  g_assert_cmpint (count_found (fixture->store, "quartiers"), ==, 1);
  g_assert_cmpint (count_found (fixture->store, "troc"), ==, 1);
  g_assert_true (is_offered (fixture->store, "XQ"));
  g_assert_cmpstr (psl_codelist_match (get_list (fixture->store, "type"), "echange quartiers", NULL)->code, ==, "XQ");

  store_testing_edit (fixture->store, entry, "name_fr", "Permutation", 0);
  g_assert_cmpint (count_found (fixture->store, "quartiers"), ==, 0);
  g_assert_cmpint (count_found (fixture->store, "permutation"), ==, 1);
  store_testing_undo (fixture->store, 0);
  assert_shown (fixture->store, "XQ", "fr", "Échange de quartiers");
  g_assert_cmpint (count_found (fixture->store, "quartiers"), ==, 1);

  store_testing_undo (fixture->store, 0);
  g_assert_null (find_type (fixture->store, "XQ"));
  g_assert_cmpint (count_found (fixture->store, "quartiers"), ==, 0);
  g_assert_cmpint (psl_store_redo (fixture->store, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (count_found (fixture->store, "quartiers"), ==, 1);
  store_fixture_reopen (fixture);
  assert_shown (fixture->store, "XQ", "fr", "Échange de quartiers");
}

/* An entry that records hold can't be moved to the trash. */
static void
test_trash (StoreFixture  *fixture,
            gconstpointer  data)
{
  gint64 project = add_project (fixture->store, "Herbs", "XQ");
  gint64 entry = store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/XQ", "name_en", "Exchange", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_store_begin (fixture->store, PSL_VERB_TRASH, NULL, &error));
  g_assert_true (psl_store_set_state (fixture->store, entry, PSL_RECORD_TRASHED, &error));
  g_assert_cmpint (psl_store_commit (fixture->store, &error), ==, -1);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  assert_shown (fixture->store, "XQ", "en", "Exchange");

  /* A record in the trash may come back. */
  store_testing_set_state (fixture->store, project, PSL_RECORD_TRASHED);
  g_assert_true (psl_store_begin (fixture->store, PSL_VERB_REMOVE, NULL, &error));
  g_assert_true (psl_store_set_state (fixture->store, entry, PSL_RECORD_GONE, &error));
  g_assert_cmpint (psl_store_commit (fixture->store, &error), ==, -1);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);

  /* One that was removed for good is not there to be changed. */
  store_testing_set_state (fixture->store, project, PSL_RECORD_GONE);
  store_testing_set_state (fixture->store, entry, PSL_RECORD_TRASHED);
  g_assert_null (find_type (fixture->store, "XQ"));
}

/* Nor does undoing what made an entry take it away from records that got it since. */
static void
test_undo (StoreFixture  *fixture,
           gconstpointer  data)
{
  gint64 before = add_project (fixture->store, "Herbs", "XQ");
  gint64 made, project;
  g_autoptr (GError) error = NULL;

  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/XQ", "name_en", "Exchange", NULL);
  made = psl_store_last_action (fixture->store);
  project = add_project (fixture->store, "Spices", "XQ");
  g_assert_cmpint (psl_store_undo (fixture->store, made, NULL, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  assert_shown (fixture->store, "XQ", "en", "Exchange");

  store_testing_edit (fixture->store, project, "type", "CT", 0);
  store_testing_edit (fixture->store, before, "title_en", "Herb", 0);
  store_testing_undo (fixture->store, made);
  g_assert_null (find_type (fixture->store, "XQ"));
  store_testing_assert_value (fixture->store, before, "type", "XQ");
}

/* Only what was changed of one of the program's entries is kept, so that a later version
 * of the program changes the rest. */
static void
test_rename (StoreFixture  *fixture,
             gconstpointer  data)
{
  const PslCode *own = psl_codelist_find (psl_codelist_get_default ("type"), "CT");

  add_project (fixture->store, "Herbs", "CT");
  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/CT", "name_en", "Against Trafficking", NULL);
  assert_shown (fixture->store, "CT", "en", "Against Trafficking");
  assert_shown (fixture->store, "CT", "fr", psl_names_get (own->names, "fr"));
  g_assert_cmpstr (psl_names_get (own->names, "en"), ==, "Counter Trafficking");
  g_assert_cmpint (count_found (fixture->store, "against"), ==, 1);
  g_assert_cmpint (count_found (fixture->store, "traite"), ==, 1);
  g_assert_true (find_type (fixture->store, "CT")->aliases == own->aliases);
}

/* An entry has a name in whichever language somebody gave it one. */
static void
test_third_language (StoreFixture  *fixture,
                     gconstpointer  data)
{
  const PslCode *own = psl_codelist_find (psl_codelist_get_default ("type"), "CT");
  const PslCode *code;

  add_project (fixture->store, "Herbs", "CT");
  add_project (fixture->store, "Spices", "XQ");
  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/CT", "name_es", "Contra la trata", NULL);
  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/XQ", "name_es", "Intercambio", NULL);

  assert_shown (fixture->store, "CT", "es", "Contra la trata");
  assert_shown (fixture->store, "CT", "en", "Counter Trafficking");
  assert_shown (fixture->store, "CT", "fr", psl_names_get (own->names, "fr"));
  assert_shown (fixture->store, "CT", "pt", psl_code_get_name (own, NULL));
  g_assert_null (psl_names_get (own->names, "es"));
  g_assert_cmpint (count_found (fixture->store, "trata"), ==, 1);
  g_assert_cmpint (count_found (fixture->store, "trafficking"), ==, 1);

  /* A name in another language says more than a code. */
  assert_shown (fixture->store, "XQ", "fr", "Intercambio");
  code = psl_codelist_match (get_list (fixture->store, "type"), "intercambio", NULL);
  g_assert_nonnull (code);
  g_assert_cmpstr (code->code, ==, "XQ");
}

static void
test_withdraw (StoreFixture  *fixture,
               gconstpointer  data)
{
  gint64 rid = add_project (fixture->store, "Herbs", "CT");

  g_assert_true (is_offered (fixture->store, "CT"));
  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/CT", "status", "withdrawn", NULL);
  g_assert_false (is_offered (fixture->store, "CT"));
  assert_shown (fixture->store, "CT", "en", "Counter Trafficking");
  store_testing_assert_value (fixture->store, rid, "type", "CT");
  g_assert_cmpint (count_found (fixture->store, "trafficking"), ==, 1);
}

static void
test_order (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  gint64 added = add_project (fixture->store, "Added", "XQ");
  gint64 first = add_project (fixture->store, "First", "PO");
  gint64 second = add_project (fixture->store, "Second", "CT");
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GError) error = NULL;

  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/XQ", "name_en", "Exchange", NULL);
  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/PO", "rank", "3", NULL);
  psl_query_set_sort (query, "type", FALSE);
  rids = psl_store_query (fixture->store, query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rids->len, ==, 3);
  g_assert_cmpint (g_array_index (rids, gint64, 0), ==, second);
  g_assert_cmpint (g_array_index (rids, gint64, 1), ==, first);
  g_assert_cmpint (g_array_index (rids, gint64, 2), ==, added);
}

/* A change that is refused or given up changes no list. */
static void
test_rollback (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_entry, 0, NULL);
  g_autoptr (GError) error = NULL;

  psl_record_set (record, psl_kind_find_field (&psl_kind_entry, "code"), NULL, "type/XQ");
  psl_record_set (record, psl_kind_find_field (&psl_kind_entry, "name"), "en", "Exchange");
  psl_store_begin (fixture->store, PSL_VERB_CREATE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_insert (fixture->store, record, &error), >, 0);
  g_assert_true (psl_store_follow_entries (fixture->store, &error));
  g_assert_nonnull (find_type (fixture->store, "XQ"));
  psl_store_rollback (fixture->store);
  g_assert_null (find_type (fixture->store, "XQ"));
}

/* Lists that others keep, and lists that there are none, stay as they are. */
static void
test_fixed (StoreFixture  *fixture,
            gconstpointer  data)
{
  const PslCodelists *codelists;

  store_testing_insert (fixture->store, &psl_kind_entry, "code", "country/FR", "name_en", "Elsewhere", NULL);
  store_testing_insert (fixture->store, &psl_kind_entry, "code", "nothing/FR", "name_en", "Elsewhere", NULL);
  store_testing_insert (fixture->store, &psl_kind_entry, "code", "FR", "name_en", "Elsewhere", NULL);
  codelists = psl_store_get_codelists (fixture->store);
  g_assert_true (psl_codelists_get_list (codelists, "country") == psl_codelist_get_default ("country"));
  g_assert_null (psl_codelists_get_list (codelists, "nothing"));
}

/* An older program shows what a newer one has written of its lists. */
static void
test_newer (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  psl_db_exec (psl_store_get_db (fixture->store),
               "UPDATE meta SET value = '1000' WHERE name = 'codelists-version';"
               "INSERT INTO code (list, code, position, parent, withdrawn) VALUES ('country', 'QQ', 900, '002', 0);"
               "INSERT INTO code_name (list, code, language, name) VALUES ('country', 'QQ', 'en', 'Newland'),"
               " ('country', 'QQ', 'fr', 'Neuveterre');"
               "UPDATE code SET withdrawn = 1 WHERE list = 'status' AND code = '6'", &error);
  g_assert_no_error (error);
  store_fixture_reopen (fixture);
  g_assert_cmpstr (psl_names_get (psl_codelist_find (get_list (fixture->store, "country"), "QQ")->names, "fr"), ==, "Neuveterre");
  g_assert_cmpstr (psl_codelist_find (get_list (fixture->store, "country"), "QQ")->parent, ==, "002");
  g_assert_true (psl_codelist_find (get_list (fixture->store, "status"), "6")->withdrawn);
}

/* Each of two registers on one thread has its own lists, whichever is asked last. */
static void
test_two (StoreFixture  *fixture,
          gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.passerelle", NULL);
  g_autoptr (PslStore) other = store_testing_open (path, PSL_STORE_CREATE);
  gint64 rid = add_project (fixture->store, "Herbs", "CT");

  add_project (other, "Herbs", "CT");
  store_testing_insert (other, &psl_kind_entry, "code", "type/CT", "name_en", "Against", NULL);
  assert_shown (fixture->store, "CT", "en", "Counter Trafficking");
  store_testing_edit (fixture->store, rid, "title_en", "Spices", 0);
  g_assert_cmpint (count_found (fixture->store, "against"), ==, 0);
  g_assert_cmpint (count_found (other, "against"), ==, 1);
  assert_shown (other, "CT", "en", "Against");
}

static gint64
count_codes (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  psl_db_get_int64 (psl_store_get_db (store),
                    "SELECT (SELECT count (*) FROM code WHERE list = 'type' AND code = 'XQ')"
                    " + (SELECT count (*) FROM code_name WHERE list = 'type' AND name = 'Against')", &n, &error);
  g_assert_no_error (error);
  return n;
}

/* Nor does a register get or lose entries where another one is opened beside it, and closed. */
static void
test_second (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.passerelle", NULL);
  PslStore *other;

  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/XQ", "name_en", "Exchange", NULL);
  store_testing_insert (fixture->store, &psl_kind_entry, "code", "type/CT", "name_en", "Against", NULL);
  other = store_testing_open (path, PSL_STORE_CREATE);
  g_assert_cmpint (count_codes (other), ==, 0);
  assert_shown (other, "XQ", "en", "XQ");

  add_project (fixture->store, "Herbs", "XQ");
  psl_store_close (other);
  g_assert_nonnull (find_type (fixture->store, "XQ"));
  store_fixture_reopen (fixture);
  assert_shown (fixture->store, "XQ", "en", "Exchange");
  g_assert_null (psl_codelist_find (psl_codelist_get_default ("type"), "XQ"));
}

/* Two records for one entry, as offices make them apart: the same counts everywhere. */
static void
test_same_entry (StoreFixture  *fixture,
                 gconstpointer  data)
{
  static const char *const ids[] = { "00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002" };

  for (guint turn = 0; turn < 2; turn++)
    {
      g_autofree char *name = g_strdup_printf ("turn-%u.passerelle", turn);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (PslStore) store = store_testing_open (path, PSL_STORE_CREATE);

      for (guint i = 0; i < 2; i++)
        {
          const char *id = ids[(i + turn) % 2];
          g_autoptr (PslRecord) record = psl_record_new (&psl_kind_entry, 0, id);
          g_autoptr (GError) error = NULL;

          psl_record_set (record, psl_kind_find_field (&psl_kind_entry, "code"), NULL, "type/XQ");
          psl_record_set (record, psl_kind_find_field (&psl_kind_entry, "name"), "en", id == ids[0] ? "First" : "Second");
          psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
          psl_store_insert (store, record, &error);
          g_assert_cmpint (psl_store_commit (store, &error), >, 0);
          g_assert_no_error (error);
        }
      assert_shown (store, "XQ", "en", "First");
    }
}

/* Gives an entry of the project types names and a status.
 * @name_en: (nullable)
 * @name_fr: (nullable) */
static void
edit_type (PslStore      *store,
           const char    *code,
           const char    *name_en,
           const char    *name_fr,
           PslCodeStatus  status)
{
  g_autoptr (PslEntryEdit) edit = psl_entry_edit_new ("type", code);
  g_autoptr (GError) error = NULL;

  edit->is_new = find_type (store, code) == NULL;
  psl_names_set (&edit->names, "en", name_en);
  psl_names_set (&edit->names, "fr", name_fr);
  edit->status = status;
  g_assert_cmpint (psl_store_edit_entry (store, edit, &error), >, 0);
  g_assert_no_error (error);
}

static void
assert_taken (PslStore           *store,
              const PslEntryEdit *edit)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (psl_store_edit_entry (store, edit, &error), <, 0);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
}

/* What another entry is called, in whatever way, can't be a name or another name. */
static void
test_taken_names (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (PslEntryEdit) edit = NULL;
  g_autoptr (PslEntryEdit) changed = psl_entry_edit_new ("type", "XQ");
  g_autoptr (GError) error = NULL;

  edit_type (fixture->store, "XQ", "Exchange", "Échange", PSL_CODE_STATUS_UNCHANGED);
  edit = psl_entry_edit_new ("type", "XR");
  edit->is_new = TRUE;
  psl_names_set (&edit->names, "en", "Returns");
  edit->aliases = g_strdup ("Back\nechange");
  assert_taken (fixture->store, edit);
  g_set_str (&edit->aliases, "xq");
  assert_taken (fixture->store, edit);
  g_set_str (&edit->aliases, "Back");
  g_assert_cmpint (psl_store_edit_entry (fixture->store, edit, &error), >, 0);
  g_assert_no_error (error);

  psl_names_set (&changed->names, "en", "BACK");
  assert_taken (fixture->store, changed);
  psl_names_set (&changed->names, "en", "XR");
  assert_taken (fixture->store, changed);
  psl_names_set (&changed->names, "en", "XQ");
  g_assert_cmpint (psl_store_edit_entry (fixture->store, changed, &error), >, 0);
  g_assert_no_error (error);
}

/* Registers that made records of an entry apart once: what is changed later counts. */
static void
test_doubles (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const char *const ids[] = { "00000000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PslRecord) record = psl_record_new (&psl_kind_entry, 0, ids[i]);
      g_autoptr (GError) error = NULL;

      psl_record_set (record, psl_kind_find_field (&psl_kind_entry, "code"), NULL, "type/CT");
      if (i == 0)
        psl_record_set (record, psl_kind_find_field (&psl_kind_entry, "name"), "en", "Against");
      else
        psl_record_set (record, psl_kind_find_field (&psl_kind_entry, "status"), NULL, "withdrawn");
      psl_store_begin (fixture->store, PSL_VERB_CREATE, NULL, &error);
      psl_store_insert (fixture->store, record, &error);
      g_assert_cmpint (psl_store_commit (fixture->store, &error), >, 0);
      g_assert_no_error (error);
    }
  g_assert_true (find_type (fixture->store, "CT")->withdrawn);
  edit_type (fixture->store, "CT", NULL, NULL, PSL_CODE_STATUS_IN_USE);
  g_assert_false (find_type (fixture->store, "CT")->withdrawn);
  assert_shown (fixture->store, "CT", "en", "Against");
  edit_type (fixture->store, "CT", "", NULL, PSL_CODE_STATUS_WITHDRAWN);
  g_assert_true (find_type (fixture->store, "CT")->withdrawn);
  assert_shown (fixture->store, "CT", "en", "Counter Trafficking");
  store_testing_undo (fixture->store, 0);
  g_assert_false (find_type (fixture->store, "CT")->withdrawn);
  assert_shown (fixture->store, "CT", "en", "Against");
}

/* An entry that was taken away is added again as a new one: nothing of it is left. */
static void
test_again (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const PslRecordState states[] = { PSL_RECORD_TRASHED, PSL_RECORD_GONE };
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      gint64 rid, found;

      edit_type (store, "XQ", "Exchange", "Échange", PSL_CODE_STATUS_WITHDRAWN);
      rid = psl_store_find (store, "type/XQ", &error);
      g_assert_no_error (error);
      store_testing_set_state (store, rid, states[i]);
      g_assert_null (find_type (store, "XQ"));

      edit_type (store, "XQ", "Quarters", NULL, PSL_CODE_STATUS_UNCHANGED);
      found = psl_store_find (store, "type/XQ", &error);
      g_assert_no_error (error);
      g_assert_cmpint (found, ==, rid);
      assert_shown (store, "XQ", "en", "Quarters");
      g_assert_null (psl_names_get (find_type (store, "XQ")->names, "fr"));
      g_assert_false (find_type (store, "XQ")->withdrawn);

      store_testing_undo (store, 0);
      g_assert_null (find_type (store, "XQ"));
      store_testing_assert_value (store, rid, "name_fr", "Échange");
      g_assert_cmpint (psl_store_redo (store, NULL, &error), >, 0);
      g_assert_no_error (error);
      assert_shown (store, "XQ", "en", "Quarters");
      store_testing_undo (store, 0);
      store_testing_undo (store, 0);
      assert_shown (store, "XQ", "fr", "Échange");
      store_testing_undo (store, 0);
      g_assert_null (find_type (store, "XQ"));
    }
}

/* The record of an entry that was given to another one stays with that. */
static void
test_given_away (StoreFixture  *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  gint64 rid;

  edit_type (fixture->store, "XQ", "Exchange", NULL, PSL_CODE_STATUS_UNCHANGED);
  rid = psl_store_find (fixture->store, "type/XQ", &error);
  g_assert_no_error (error);
  store_testing_edit (fixture->store, rid, "code", "type/XZ", 0);
  g_assert_null (find_type (fixture->store, "XQ"));
  edit_type (fixture->store, "XQ", "Quarters", NULL, PSL_CODE_STATUS_UNCHANGED);
  assert_shown (fixture->store, "XQ", "en", "Quarters");
  assert_shown (fixture->store, "XZ", "en", "Exchange");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/lists/add", test_add);
  store_testing_add ("/lists/trash", test_trash);
  store_testing_add ("/lists/undo", test_undo);
  store_testing_add ("/lists/rename", test_rename);
  store_testing_add ("/lists/third-language", test_third_language);
  store_testing_add ("/lists/withdraw", test_withdraw);
  store_testing_add ("/lists/order", test_order);
  store_testing_add ("/lists/rollback", test_rollback);
  store_testing_add ("/lists/fixed", test_fixed);
  store_testing_add ("/lists/newer", test_newer);
  store_testing_add ("/lists/two-registers", test_two);
  store_testing_add ("/lists/second-register", test_second);
  store_testing_add ("/lists/same-entry", test_same_entry);
  store_testing_add ("/lists/taken-names", test_taken_names);
  store_testing_add ("/lists/doubles", test_doubles);
  store_testing_add ("/lists/again", test_again);
  store_testing_add ("/lists/given-away", test_given_away);

  return g_test_run ();
}
