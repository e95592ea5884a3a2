/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Undoing what others have built on: what stands in the way is named. */

#include "config.h"

#include <string.h>

#include "psl-check.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "store-testing.h"

static gint64
make_office (PslStore   *store,
             const char *name)
{
  return store_testing_insert (store, &psl_kind_office, "name_en", name, NULL);
}

/* Makes a project lead to an office; returns the action's number. */
static gint64
lead_to (PslStore *store,
         gint64    project,
         gint64    office)
{
  g_autofree char *id = store_testing_dup_id (store, office);

  store_testing_edit (store, project, "office", id, 0);
  return psl_store_last_action (store);
}

/* Asserts that @action can't be undone, that the message names @obstacle, and that
 * the register is whole. */
static void
assert_in_the_way (PslStore   *store,
                   gint64      action,
                   const char *obstacle)
{
  gint64 last = psl_store_last_action (store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) damage = NULL;

  g_assert_cmpint (psl_store_undo (store, action, NULL, &error), ==, 0);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, obstacle));
  g_assert_cmpint (psl_store_last_action (store), ==, last);
  g_clear_error (&error);
  damage = psl_check_integrity (store, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (damage->len, ==, 0);
}

/* The link that undo would bring back leads to what was removed meanwhile. */
static void
test_removed_target (StoreFixture  *fixture,
                     gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 one = make_office (store, "One");
  gint64 other = make_office (store, "Other");
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Project", NULL);
  gint64 action;
  g_autofree char *id = store_testing_dup_id (store, one);

  lead_to (store, project, one);
  action = lead_to (store, project, other);
  store_testing_set_state (store, one, PSL_RECORD_GONE);
  assert_in_the_way (store, action, "“Deletion of ‘One’”");

  store_testing_undo (store, 0);
  store_testing_undo (store, action);
  store_testing_assert_value (store, project, "office", id);
}

/* The same, where an undo took the record away. */
static void
test_undone_target (StoreFixture  *fixture,
                    gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Project", NULL);
  gint64 one = make_office (store, "One");
  gint64 made = psl_store_last_action (store);
  gint64 other = make_office (store, "Other");
  gint64 action;

  lead_to (store, project, one);
  action = lead_to (store, project, other);
  store_testing_undo (store, made);
  g_assert_cmpint (store_testing_get_state (store, one), ==, PSL_RECORD_GONE);
  assert_in_the_way (store, action, "“Undo: Creation of ‘One’”");
}

/* Undo would take a record away that another leads to: what set the link is named,
 * whatever became of that record since. */
static void
test_linking_record (StoreFixture  *fixture,
                     gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Project", NULL);
  gint64 office = make_office (store, "One");
  gint64 made = psl_store_last_action (store);
  gint64 action = lead_to (store, project, office);

  store_testing_set_state (store, project, PSL_RECORD_TRASHED);
  assert_in_the_way (store, made, "“Edit managing office of ‘Project’”");
  assert_in_the_way (store, action, "“Project” is in the trash");
  store_testing_set_state (store, project, PSL_RECORD_LIVE);
  store_testing_undo (store, action);
  store_testing_undo (store, made);
  g_assert_cmpint (store_testing_get_state (store, office), ==, PSL_RECORD_GONE);
}

/* A link came with the record. */
static void
test_linking_new_record (StoreFixture  *fixture,
                         gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 office = make_office (store, "One");
  gint64 made = psl_store_last_action (store);
  g_autofree char *id = store_testing_dup_id (store, office);

  store_testing_insert (store, &psl_kind_project, "title_en", "Project", "office", id, NULL);
  assert_in_the_way (store, made, "“Creation of ‘Project’”");
}

/* Asserts that the record's title can be brought back by undoing @action, and has the
 * value that @action gave it until then. */
static void
assert_undone (PslStore *store,
               gint64    action,
               gint64    rid)
{
  store_testing_assert_value (store, rid, "title_en", "New");
  store_testing_undo (store, action);
  store_testing_assert_value (store, rid, "title_en", "Old");
}

/* An edit of a record that is in the trash, or removed, since. */
static void
test_removed_record (StoreFixture  *fixture,
                     gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "Old", NULL);
  gint64 other = store_testing_insert (store, &psl_kind_project, "title_en", "Old", NULL);
  gint64 trashed = store_testing_insert (store, &psl_kind_project, "title_en", "Old", NULL);
  gint64 edit, other_edit, trashed_edit;

  store_testing_edit (store, rid, "title_en", "New", 0);
  edit = psl_store_last_action (store);
  store_testing_edit (store, other, "title_en", "New", 0);
  other_edit = psl_store_last_action (store);
  store_testing_set_state (store, trashed, PSL_RECORD_TRASHED);
  store_testing_edit (store, trashed, "title_en", "New", 0);
  trashed_edit = psl_store_last_action (store);

  /* Whose state changed before the edit is as it was then. */
  assert_undone (store, trashed_edit, trashed);

  store_testing_set_state (store, rid, PSL_RECORD_TRASHED);
  assert_in_the_way (store, edit, "“New” is in the trash");
  store_testing_set_state (store, rid, PSL_RECORD_LIVE);
  assert_undone (store, edit, rid);

  store_testing_set_state (store, other, PSL_RECORD_TRASHED);
  store_testing_set_state (store, other, PSL_RECORD_GONE);
  assert_in_the_way (store, other_edit, "“Deletion of ‘New’”");
  store_testing_undo (store, 0);
  assert_in_the_way (store, other_edit, "“New” is in the trash");
  store_testing_undo (store, 0);
  assert_undone (store, other_edit, other);
}

/* A part doesn't go into a record that is in the trash, be that by hand or by undo. */
static void
test_moved_part (StoreFixture  *fixture,
                 gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 one = store_testing_insert (store, &psl_kind_project, "title_en", "One", NULL);
  gint64 other = store_testing_insert (store, &psl_kind_project, "title_en", "Other", NULL);
  g_autofree char *one_id = store_testing_dup_id (store, one);
  g_autofree char *other_id = store_testing_dup_id (store, other);
  gint64 part = store_testing_insert (store, &psl_kind_document, "title_en", "Part", "project", one_id, NULL);
  g_autoptr (GError) error = NULL;
  gint64 move;

  store_testing_edit (store, part, "project", other_id, 0);
  move = psl_store_last_action (store);
  store_testing_set_state (store, one, PSL_RECORD_TRASHED);
  assert_in_the_way (store, move, "“One” is in the trash. Restore it first, then undo this.");
  g_assert_false (psl_store_edit (store, part, psl_kind_find_field (&psl_kind_document, "project"), NULL, one_id, 0, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  store_testing_assert_value (store, part, "project", other_id);

  store_testing_set_state (store, one, PSL_RECORD_LIVE);
  store_testing_undo (store, move);
  store_testing_assert_value (store, part, "project", one_id);
}

/* Nor does a part that is made again; with the record that it was made in, it does. */
static void
test_made_part (StoreFixture  *fixture,
                gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Project", "results_en",
                                         "[{\"level\":\"output\",\"indicator\":\"Wells\"}]", NULL);
  g_autofree char *id = store_testing_dup_id (store, project);
  gint64 made = psl_store_last_action (store);
  gint64 part = store_testing_insert (store, &psl_kind_document, "title_en", "Part", "project", id, NULL);
  gint64 added = psl_store_last_action (store);
  g_autoptr (GError) error = NULL;

  store_testing_undo (store, added);
  store_testing_set_state (store, project, PSL_RECORD_TRASHED);
  g_assert_cmpint (psl_store_redo_action (store, added, NULL, &error), ==, 0);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, "“Project” is in the trash. Restore it first, then redo this.");
  g_assert_cmpint (store_testing_get_state (store, part), ==, PSL_RECORD_GONE);
  g_clear_error (&error);

  store_testing_set_state (store, project, PSL_RECORD_GONE);
  store_testing_undo (store, 0);
  g_assert_cmpint (store_testing_get_state (store, project), ==, PSL_RECORD_TRASHED);
  store_testing_undo (store, 0);
  store_testing_undo (store, made);
  g_assert_cmpint (psl_store_redo_action (store, made, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (store_testing_get_state (store, project), ==, PSL_RECORD_LIVE);
}

/* An action of several records, of which one is in the trash: the others show it. */
static void
test_removed_among_others (StoreFixture  *fixture,
                           gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 office = make_office (store, "One");
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Project", NULL);
  gint64 removal;
  g_autofree char *id = store_testing_dup_id (store, office);

  lead_to (store, project, office);
  store_testing_set_state (store, office, PSL_RECORD_GONE);
  removal = psl_store_last_action (store);
  store_testing_set_state (store, project, PSL_RECORD_TRASHED);
  store_testing_undo (store, removal);
  g_assert_cmpint (store_testing_get_state (store, office), ==, PSL_RECORD_LIVE);
  store_testing_assert_value (store, project, "office", id);
}

/* Nothing can be made to lead to a record that is gone. */
static void
test_link_to_gone (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 office = make_office (store, "One");
  gint64 project = store_testing_insert (store, &psl_kind_project, "title_en", "Project", NULL);
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = store_testing_dup_id (store, office);
  const PslField *field = store_testing_field (&psl_kind_project, "office", NULL);

  store_testing_set_state (store, office, PSL_RECORD_GONE);
  g_assert_false (psl_store_edit (store, project, field, NULL, id, 0, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  store_testing_assert_value (store, project, "office", NULL);

  psl_record_set (record, field, NULL, id);
  g_assert_true (psl_store_begin (store, PSL_VERB_CREATE, NULL, &error));
  g_assert_cmpint (psl_store_insert (store, record, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  g_assert_cmpint (psl_store_commit (store, &error), ==, 0);
  g_assert_no_error (error);

  /* In the trash it can still be come back to. */
  store_testing_undo (store, 0);
  store_testing_set_state (store, office, PSL_RECORD_TRASHED);
  lead_to (store, project, office);
  store_testing_assert_value (store, project, "office", id);
}

/* A removal and its undo carry the links along, in whichever order the records are. */
static void
test_removal (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 before = store_testing_insert (store, &psl_kind_project, "title_en", "Before", NULL);
  gint64 office = make_office (store, "One");
  gint64 after = store_testing_insert (store, &psl_kind_project, "title_en", "After", NULL);
  g_autofree char *id = store_testing_dup_id (store, office);
  g_autoptr (GError) error = NULL;

  lead_to (store, before, office);
  lead_to (store, after, office);
  for (int round = 0; round < 2; round++)
    {
      if (round == 0)
        store_testing_set_state (store, office, PSL_RECORD_GONE);
      else
        g_assert_cmpint (psl_store_redo (store, NULL, &error), >, 0);
      g_assert_no_error (error);
      store_testing_assert_value (store, before, "office", NULL);
      store_testing_assert_value (store, after, "office", NULL);
      store_testing_undo (store, 0);
      store_testing_assert_value (store, before, "office", id);
      store_testing_assert_value (store, after, "office", id);
    }
}

/* Of records whose UUIDs begin with the same characters, the ones in the trash don't hide the
 * one that is not. */
static void
test_find_by_beginning (StoreFixture  *fixture,
                        gconstpointer  data)
{
  static const char *const ids[] = {
    "01234567-0000-7000-8000-000000000001", "01234567-0000-7000-8000-000000000002",
    "01234567-0000-7000-8000-000000000003", "01234567-0000-7000-8000-000000000004",
  };
  gint64 rids[G_N_ELEMENTS (ids)];
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_true (psl_store_begin (fixture->store, PSL_VERB_CREATE, NULL, &error));
      rids[i] = psl_store_create (fixture->store, &psl_kind_project, ids[i], &error);
      g_assert_no_error (error);
      g_assert_cmpint (psl_store_commit (fixture->store, &error), >, 0);
    }
  for (gsize i = 0; i + 1 < G_N_ELEMENTS (ids); i++)
    store_testing_set_state (fixture->store, rids[i], PSL_RECORD_TRASHED);

  g_assert_cmpint (psl_store_find (fixture->store, "01234567", &error), ==, rids[G_N_ELEMENTS (ids) - 1]);
  g_assert_no_error (error);
}

static void
assert_own (PslStore *store,
            gint64    undo,
            gint64    redo)
{
  g_autoptr (GError) undo_error = NULL;
  g_autoptr (GError) redo_error = NULL;
  g_autoptr (PslAction) next_undo = psl_store_next_own_undo (store, &undo_error);
  g_autoptr (PslAction) next_redo = psl_store_next_own_redo (store, &redo_error);

  g_assert_cmpint (next_undo != NULL ? next_undo->id : 0, ==, undo);
  g_assert_cmpint (next_redo != NULL ? next_redo->id : 0, ==, redo);
  g_assert_true (undo != 0 || g_error_matches (undo_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING));
  g_assert_true (redo != 0 || g_error_matches (redo_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING));
}

static void
redo (PslStore *store,
      gint64    action)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (psl_store_redo_action (store, action, NULL, &error), >, 0);
  g_assert_no_error (error);
}

/* Undo goes back step by step over the actions of this store since it was opened: nothing
 * older, and nothing of another process. */
static void
test_own (StoreFixture  *fixture,
          gconstpointer  data)
{
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Project", NULL);
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autoptr (GError) error = NULL;
  PslStore *store;
  gint64 made = psl_store_last_action (fixture->store);
  gint64 first, second, others;

  assert_own (fixture->store, made, 0);
  store_fixture_reopen (fixture);
  store = fixture->store;
  assert_own (store, 0, 0);

  store_testing_edit (store, rid, "status", "1", 0);
  first = psl_store_last_action (store);
  store_testing_edit (store, rid, "start", "2020", 0);
  second = psl_store_last_action (store);
  store_testing_edit (other, rid, "end", "2021", 0);
  others = psl_store_last_action (other);
  assert_own (store, second, 0);
  assert_own (other, others, 0);

  store_testing_undo (store, second);
  assert_own (store, first, second);
  store_testing_undo (store, first);
  assert_own (store, 0, first);
  redo (store, first);
  assert_own (store, first, second);
  redo (store, second);
  assert_own (store, second, 0);

  /* Undoing and redoing by another process are its own. */
  store_testing_undo (other, second);
  assert_own (store, first, 0);
  redo (other, second);
  assert_own (store, second, 0);

  /* An older action that is undone here can be redone here. */
  store_testing_undo (store, others);
  assert_own (store, second, others);
  redo (store, others);
  assert_own (store, others, 0);
  g_assert_cmpint (psl_store_redo_action (store, others, NULL, &error), ==, 0);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING);
  g_clear_error (&error);

  /* An action that undid or redid another is not undone itself. */
  g_assert_cmpint (psl_store_undo (store, psl_store_last_action (store), NULL, &error), ==, 0);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING);
  g_assert_nonnull (strstr (error->message, "Undo that one instead"));
}

/* Typing with pauses is one step; coming back to what stood there is none. */
static void
test_own_typing (StoreFixture  *fixture,
                 gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "Project", NULL);
  gint64 made = psl_store_last_action (store);

  store_testing_edit (store, rid, "title_fr", "P", 7);
  store_testing_edit (store, rid, "title_fr", "Pr", 7);
  store_testing_edit (store, rid, "title_fr", "Projet", 7);
  store_testing_undo (store, psl_store_last_action (store));
  store_testing_assert_value (store, rid, "title_fr", NULL);
  {
    g_autoptr (PslAction) next = psl_store_next_own_undo (store, NULL);

    g_assert_cmpint (next->id, ==, made);
  }
  store_testing_edit (store, rid, "title_fr", "P", 8);
  store_testing_edit (store, rid, "title_fr", NULL, 8);
  assert_own (store, made, 0);
}

/* An edit that continues another and can't be stored leaves the other to be undone. */
static void
test_own_failed (StoreFixture  *fixture,
                 gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "Project", NULL);
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");
  g_autoptr (GError) error = NULL;
  gint64 edit;

  store_testing_edit (store, rid, "title_fr", "P", 7);
  edit = psl_store_last_action (store);
  g_assert_true (psl_db_exec (psl_store_get_db (store),
                              "CREATE TEMP TRIGGER refuse BEFORE UPDATE OF records ON main.action"
                              " BEGIN SELECT raise (ABORT, 'refused'); END", &error));
  g_assert_no_error (error);
  g_assert_false (psl_store_edit (store, rid, title, "fr", "Projet", 7, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
  assert_own (store, edit, 0);

  g_assert_true (psl_db_exec (psl_store_get_db (store), "DROP TRIGGER refuse", NULL));
  store_testing_undo (store, edit);
  store_testing_assert_value (store, rid, "title_fr", NULL);
}

/* An edit of a record in the trash, which was undone, and since then the record has
 * come out of the trash and gone back. */
static void
test_redo_in_trash (StoreFixture  *fixture,
                    gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "Project", NULL);
  g_autoptr (GError) error = NULL;
  gint64 trashing;

  store_testing_set_state (store, rid, PSL_RECORD_TRASHED);
  trashing = psl_store_last_action (store);
  store_testing_edit (store, rid, "start", "2020", 0);
  store_testing_undo (store, 0);
  store_testing_undo (store, trashing);
  redo (store, trashing);

  g_assert_cmpint (psl_store_redo (store, NULL, &error), ==, 0);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, "“Project” is in the trash. Restore it first, then redo this.");
  store_testing_assert_value (store, rid, "start", NULL);
}

/* An action that was undone is not done again over later changes. */
static void
test_redo_conflict (StoreFixture  *fixture,
                    gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "Project", NULL);
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autoptr (GError) error = NULL;
  gint64 action;

  store_testing_edit (store, rid, "start", "2020", 0);
  action = psl_store_last_action (store);
  store_testing_undo (store, action);
  store_testing_edit (other, rid, "start", "2021", 0);

  g_assert_cmpint (psl_store_redo_action (store, action, NULL, &error), ==, 0);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT);
  store_testing_assert_value (store, rid, "start", "2021");
}

/* The history of the register: whatever was done, the newest first, in parts. */
static void
test_list_actions (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "Project", NULL);
  gint64 made = psl_store_last_action (store);
  g_autoptr (GPtrArray) latest = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GError) error = NULL;
  const PslAction *action;
  gint64 edited;

  store_testing_edit (store, rid, "start", "2020", 0);
  edited = psl_store_last_action (store);
  store_testing_undo (store, edited);
  store_testing_set_state (store, rid, PSL_RECORD_TRASHED);

  latest = psl_store_list_actions (store, 0, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (latest->len, ==, 2);
  action = latest->pdata[0];
  g_assert_cmpint (action->verb, ==, PSL_VERB_TRASH);
  g_assert_cmpint (action->rid, ==, rid);
  action = latest->pdata[1];
  g_assert_cmpint (action->id, ==, edited);
  g_assert_true (action->undone);

  rest = psl_store_list_actions (store, edited, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rest->len, ==, 1);
  action = rest->pdata[0];
  g_assert_cmpint (action->id, ==, made);
  g_assert_false (action->undone);
}

/* A creation that was undone can be done again: only what was deleted is deleted for good. */
static void
test_gone_described (void)
{
  PslAction action = { .verb = PSL_VERB_UNDO, .target_verb = PSL_VERB_IMPORT };
  char live[] = "live", trashed[] = "trashed", gone[] = "gone";
  PslChange change = { .action = &action, .old_value = live, .new_value = gone };

  g_assert_cmpstr (psl_change_describe_state (&change), ==, "Creation undone");

  change.old_value = trashed;
  action.verb = PSL_VERB_REMOVE;
  g_assert_cmpstr (psl_change_describe_state (&change), ==, "Deleted for good");
  action.verb = PSL_VERB_REDO;
  g_assert_cmpstr (psl_change_describe_state (&change), ==, "Deleted for good");
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/undo/removed-target", test_removed_target);
  store_testing_add ("/undo/undone-target", test_undone_target);
  store_testing_add ("/undo/linking-record", test_linking_record);
  store_testing_add ("/undo/linking-new-record", test_linking_new_record);
  store_testing_add ("/undo/removed-record", test_removed_record);
  store_testing_add ("/undo/moved-part", test_moved_part);
  store_testing_add ("/undo/made-part", test_made_part);
  store_testing_add ("/undo/removed-record/among-others", test_removed_among_others);
  store_testing_add ("/undo/link-to-gone", test_link_to_gone);
  store_testing_add ("/undo/removal", test_removal);
  store_testing_add ("/undo/find-by-beginning", test_find_by_beginning);
  store_testing_add ("/undo/own", test_own);
  store_testing_add ("/undo/own-typing", test_own_typing);
  store_testing_add ("/undo/redo-conflict", test_redo_conflict);
  store_testing_add ("/undo/redo-in-trash", test_redo_in_trash);
  store_testing_add ("/undo/own-failed", test_own_failed);
  store_testing_add ("/undo/list-actions", test_list_actions);
  g_test_add_func ("/undo/gone-described", test_gone_described);

  return g_test_run ();
}
