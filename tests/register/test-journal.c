/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-journal-mark.h"
#include "psl-kinds.h"
#include "tests/store/store-testing.h"

#define OFFICE "0191f0b5-0000-7000-8000-000000000001"
#define OTHER "0191f0b5-0000-7000-8000-000000000002"

static gint64 now = 1700000000000000;

static gint64
get_time (void)
{
  return now;
}

static void
redo (PslStore *store)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (psl_store_redo (store, NULL, &error), >, 0);
  g_assert_no_error (error);
}

/* Asserts what the next undo and redo are called; NULL where there is none. */
static void
assert_next (PslStore   *store,
             const char *undo_sentence,
             const char *redo_sentence)
{
  g_autoptr (GError) undo_error = NULL;
  g_autoptr (GError) redo_error = NULL;
  g_autoptr (PslAction) next_undo = psl_store_next_undo (store, &undo_error);
  g_autoptr (PslAction) next_redo = psl_store_next_redo (store, &redo_error);
  g_autofree char *undo_text = next_undo != NULL ? psl_action_describe (next_undo) : NULL;
  g_autofree char *redo_text = next_redo != NULL ? psl_action_describe (next_redo) : NULL;

  g_assert_cmpstr (undo_text, ==, undo_sentence);
  g_assert_cmpstr (redo_text, ==, redo_sentence);
  if (next_undo == NULL)
    store_testing_assert_refused (&undo_error, PSL_REGISTER_ERROR_NOTHING);
  if (next_redo == NULL)
    store_testing_assert_refused (&redo_error, PSL_REGISTER_ERROR_NOTHING);
}

static void
test_undo_redo (StoreFixture  *fixture,
                gconstpointer  data)
{
  gint64 rid;

  assert_next (fixture->store, NULL, NULL);
  rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", NULL);
  assert_next (fixture->store, "Creation of “Title”", NULL);
  store_testing_edit (fixture->store, rid, "budget", "100000.00 USD", 0);
  store_testing_edit (fixture->store, rid, "title_en", "Other", 0);
  assert_next (fixture->store, "Edit title of “Title”", NULL);

  store_testing_undo (fixture->store, 0);
  store_testing_assert_value (fixture->store, rid, "title_en", "Title");
  assert_next (fixture->store, "Edit budget of “Title”", "Edit title of “Title”");
  store_testing_undo (fixture->store, 0);
  store_testing_assert_value (fixture->store, rid, "budget", NULL);
  store_testing_undo (fixture->store, 0);
  g_assert_cmpint (store_testing_get_state (fixture->store, rid), ==, PSL_RECORD_GONE);
  assert_next (fixture->store, NULL, "Creation of “Title”");

  store_fixture_reopen (fixture);
  redo (fixture->store);
  redo (fixture->store);
  store_testing_assert_value (fixture->store, rid, "budget", "100000.00 USD");
  assert_next (fixture->store, "Edit budget of “Title”", "Edit title of “Title”");

  /* Something else was done: what was undone before stays undone. */
  store_testing_edit (fixture->store, rid, "phase", "2", 0);
  assert_next (fixture->store, "Edit phase of “Title”", NULL);
  store_testing_undo (fixture->store, 0);
  assert_next (fixture->store, "Edit budget of “Title”", "Edit phase of “Title”");
}

static gint64
make_link (PslStore *store,
           gint64    rid)
{
  g_autoptr (PslRecord) office = psl_record_new (&psl_kind_office, 0, OFFICE);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = NULL;

  psl_record_set (office, psl_kind_get_title (&psl_kind_office), "en", "Chisinau");
  action = psl_store_link_new (store, rid, psl_kind_find_field (&psl_kind_project, "office"), office, &error);
  g_assert_no_error (error);
  g_assert_cmpint (action->verb, ==, PSL_VERB_EDIT);
  g_assert_cmpint (action->records, ==, 1);
  g_assert_cmpint (action->rid, ==, rid);
  return psl_store_find (store, OFFICE, NULL);
}

/* A link and what is made for it to lead to are one edit, of the record that has the
 * link. */
static void
test_link_new (StoreFixture  *fixture,
               gconstpointer  data)
{
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", NULL);
  g_autoptr (PslRecord) refused = psl_record_new (&psl_kind_project, 0, OTHER);
  g_autoptr (GError) error = NULL;
  gint64 office = make_link (fixture->store, rid);

  g_assert_cmpint (office, >, rid);
  store_testing_assert_value (fixture->store, rid, "office", OFFICE);
  assert_next (fixture->store, "Edit managing office of “Title”", NULL);

  store_testing_undo (fixture->store, 0);
  store_testing_assert_value (fixture->store, rid, "office", NULL);
  g_assert_cmpint (store_testing_get_state (fixture->store, office), ==, PSL_RECORD_GONE);
  assert_next (fixture->store, "Creation of “Title”", "Edit managing office of “Title”");

  redo (fixture->store);
  store_testing_assert_value (fixture->store, rid, "office", OFFICE);
  g_assert_cmpint (store_testing_get_state (fixture->store, office), ==, PSL_RECORD_LIVE);

  /* A record that the link can't lead to is not made either. */
  g_assert_null (psl_store_link_new (fixture->store, rid, psl_kind_find_field (&psl_kind_project, "office"),
                                     refused, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
  store_testing_assert_value (fixture->store, rid, "office", OFFICE);
  assert_next (fixture->store, "Edit managing office of “Title”", NULL);
}

/* A record without a title is called by what it holds, wherever it is named. */
static void
test_untitled (StoreFixture  *fixture,
               gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 office = store_testing_insert (store, &psl_kind_office, "city", "Bangkok", "country", "TH", NULL);
  gint64 project;
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (PslRecord) linking = NULL;
  g_autofree char *title = NULL;

  assert_next (store, "Creation of “Bangkok, Thailand”", NULL);
  record = psl_store_read (store, office, NULL);
  title = psl_record_dup_title (record, psl_codelists_get_default (), "fr");
  g_assert_cmpstr (title, ==, "Bangkok, Thailand");

  project = store_testing_insert (store, &psl_kind_project, "prima_id", "CR99P0513", "office",
                                  psl_record_get_id (record), NULL);
  assert_next (store, "Creation of “CR99P0513”", NULL);
  linking = psl_store_read (store, project, NULL);
  g_assert_cmpstr (psl_record_get_link_title (linking, psl_kind_find_field (&psl_kind_project, "office")), ==,
                   "Bangkok, Thailand");
}

static void
test_session (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, NULL);
  gint64 last = psl_store_last_action (store);
  g_autoptr (GArray) changed = NULL;
  g_autoptr (GError) error = NULL;

  assert_next (store, "Creation: Project", NULL);
  store_testing_edit (store, rid, "title_en", "T", 7);
  store_testing_edit (store, rid, "title_en", "Ti", 7);
  store_testing_edit (store, rid, "title_en", "Title", 7);
  assert_next (store, "Edit title of “Title”", NULL);
  g_assert_cmpint (psl_store_last_action (store), >, last);

  /* Another cell, another session, another person: another action. */
  store_testing_edit (store, rid, "title_fr", "Titre", 7);
  store_testing_edit (store, rid, "title_fr", "Titres", 8);
  psl_store_set_author (store, "Anna");
  store_testing_edit (store, rid, "title_fr", "Les titres", 8);
  store_testing_undo (store, 0);
  store_testing_assert_value (store, rid, "title_fr", "Titres");
  store_testing_undo (store, 0);
  store_testing_assert_value (store, rid, "title_fr", "Titre");
  store_testing_undo (store, 0);
  store_testing_assert_value (store, rid, "title_fr", NULL);
  store_testing_undo (store, 0);
  store_testing_assert_value (store, rid, "title_en", NULL);
  assert_next (store, "Creation: Project", "Edit title of “Title”");

  /* An edit that comes back leaves nothing to undo, yet others see it. */
  store_testing_edit (store, rid, "programme_en", "A", 9);
  last = psl_store_last_action (store);
  store_testing_edit (store, rid, "programme_en", NULL, 9);
  assert_next (store, "Creation: Project", "Edit title of “Title”");
  g_assert_cmpint (psl_store_last_action (store), >, last);
  changed = psl_store_changed_since (store, last, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changed->len, ==, 1);
  g_assert_cmpint (g_array_index (changed, gint64, 0), ==, rid);
}

static void
test_import (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (PslAction) action = NULL;
  gint64 rids[25], id;

  psl_store_begin (fixture->store, PSL_VERB_IMPORT, "file.csv", &error);
  for (guint i = 0; i < G_N_ELEMENTS (rids); i++)
    {
      rids[i] = psl_store_create (fixture->store, &psl_kind_office, NULL, &error);
      psl_store_set (fixture->store, rids[i], psl_kind_find_field (&psl_kind_office, "city"), NULL, "Rome", &error);
      g_assert_no_error (error);
    }
  id = psl_store_commit (fixture->store, &error);
  action = psl_store_get_action (fixture->store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (action->records, ==, 25);
  g_assert_true (action->kind == &psl_kind_office);
  assert_next (fixture->store, "Import of file.csv: 25 records", NULL);

  history = psl_store_history (fixture->store, rids[3], &error);
  g_assert_cmpuint (history->len, ==, 1);
  store_testing_undo (fixture->store, 0);
  for (guint i = 0; i < G_N_ELEMENTS (rids); i++)
    g_assert_cmpint (store_testing_get_state (fixture->store, rids[i]), ==, PSL_RECORD_GONE);
  redo (fixture->store);
  store_testing_assert_value (fixture->store, rids[24], "city", "Rome");
  g_assert_cmpint (store_testing_get_state (fixture->store, rids[24]), ==, PSL_RECORD_LIVE);

  /* A later change to one of them stands in the way of undoing the import. */
  psl_store_set_author (fixture->store, "Anna");
  store_testing_edit (fixture->store, rids[5], "phone", "+41 22 717 91 11", 0);
  g_assert_cmpint (psl_store_undo (fixture->store, id, NULL, &error), ==, 0);
  g_assert_nonnull (strstr (error->message, "Anna"));
  g_assert_nonnull (strstr (error->message, "Edit telephone of ‘Rome’"));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_CONFLICT);
}

static void
test_older (StoreFixture  *fixture,
            gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "Title", NULL);
  gint64 first, second;

  store_testing_edit (store, rid, "phase", "1", 0);
  first = psl_store_last_action (store);
  store_testing_edit (store, rid, "status", "2", 0);
  second = psl_store_last_action (store);
  store_testing_edit (store, rid, "phase", "3", 0);

  store_testing_undo (store, second);
  store_testing_assert_value (store, rid, "status", NULL);
  g_assert_cmpint (psl_store_undo (store, second, NULL, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOTHING);
  g_assert_cmpint (psl_store_undo (store, first, NULL, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_CONFLICT);
  store_testing_undo (store, 0);
  store_testing_undo (store, first);
  store_testing_assert_value (store, rid, "phase", NULL);
  g_assert_cmpint (psl_store_undo (store, 4711, NULL, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
}

/* An office that a project has come to depend on can't be made undone. */
static void
test_links (StoreFixture  *fixture,
            gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) office = NULL;
  gint64 made, linked, office_rid, rid;

  office_rid = store_testing_insert (store, &psl_kind_office, "name_en", "Office", NULL);
  made = psl_store_last_action (store);
  office = psl_store_read (store, office_rid, &error);
  rid = store_testing_insert (store, &psl_kind_project, "title_en", "Title", "office", psl_record_get_id (office), NULL);
  g_assert_cmpint (psl_store_undo (store, made, NULL, &error), ==, 0);
  g_assert_nonnull (strstr (error->message, "Creation of ‘Title’"));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_CONFLICT);
  g_assert_cmpint (store_testing_get_state (store, office_rid), ==, PSL_RECORD_LIVE);

  store_testing_edit (store, rid, "office", NULL, 0);
  linked = psl_store_last_action (store);
  store_testing_undo (store, made);

  /* And a link can't be brought back to an office that is gone. */
  g_assert_cmpint (psl_store_undo (store, linked, NULL, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_CONFLICT);
  store_testing_assert_value (store, rid, "office", NULL);
}

static void
test_states (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslStore *store = fixture->store;
  gint64 rid = store_testing_insert (store, &psl_kind_project, "title_en", "Title", NULL);
  g_autoptr (GError) error = NULL;

  store_testing_set_state (store, rid, PSL_RECORD_TRASHED);
  assert_next (store, "Move of “Title” to the trash", NULL);
  store_testing_set_state (store, rid, PSL_RECORD_LIVE);
  assert_next (store, "Return of “Title” from the trash", NULL);
  store_testing_set_state (store, rid, PSL_RECORD_TRASHED);
  store_testing_set_state (store, rid, PSL_RECORD_GONE);
  assert_next (store, "Deletion of “Title”", NULL);
  g_assert_false (psl_store_edit (store, rid, psl_kind_find_field (&psl_kind_project, "phase"), NULL, "1", 0, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
  store_testing_undo (store, 0);
  g_assert_cmpint (store_testing_get_state (store, rid), ==, PSL_RECORD_TRASHED);
  store_testing_undo (store, 0);
  g_assert_cmpint (store_testing_get_state (store, rid), ==, PSL_RECORD_LIVE);
}

static void
test_history (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *sentence = NULL;
  const PslChange *change;
  gint64 rid;

  psl_store_set_clock (store, get_time);
  psl_store_set_author (store, "Anna");
  rid = store_testing_insert (store, &psl_kind_project, "title_en", "Title", NULL);
  now += G_USEC_PER_SEC;
  store_testing_edit (store, rid, "title_fr", "Titre", 0);
  psl_store_begin (store, PSL_VERB_REVERT, NULL, &error);
  psl_store_set (store, rid, psl_kind_find_field (&psl_kind_project, "title"), "fr", NULL, &error);
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
  g_assert_no_error (error);
  store_testing_undo (store, 0);

  history = psl_store_history (store, rid, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 4);
  change = history->pdata[0];
  sentence = psl_action_describe (change->action);
  g_assert_cmpstr (sentence, ==, "Undo: Return to an earlier title of “Title”");
  g_assert_cmpstr (change->language, ==, "fr");
  g_assert_cmpstr (change->old_value, ==, NULL);
  g_assert_cmpstr (change->new_value, ==, "Titre");
  g_assert_cmpint (change->action->target, ==, ((PslChange *) history->pdata[1])->action->id);
  g_assert_true (((PslChange *) history->pdata[1])->action->undone);
  change = history->pdata[2];
  g_assert_cmpstr (change->action->author, ==, "Anna");
  g_assert_cmpint (change->action->at, ==, now);
  change = history->pdata[3];
  g_assert_null (change->field);
  g_assert_cmpstr (change->old_value, ==, "gone");
  g_assert_cmpstr (change->new_value, ==, "live");
}

/* Time goes on in the journal even where the clock goes back. */
static void
test_clock (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GArray) changed = NULL;
  gint64 rid, last;

  psl_store_set_clock (fixture->store, get_time);
  rid = store_testing_insert (fixture->store, &psl_kind_project, NULL);
  last = psl_store_last_action (fixture->store);
  now -= G_TIME_SPAN_DAY;
  store_testing_edit (fixture->store, rid, "phase", "1", 0);
  store_testing_edit (fixture->store, rid, "phase", "2", 0);
  history = psl_store_history (fixture->store, rid, &error);
  for (guint i = 1; i < history->len; i++)
    g_assert_cmpint (((PslChange *) history->pdata[i - 1])->action->at, >, ((PslChange *) history->pdata[i])->action->at);
  changed = psl_store_changed_since (fixture->store, last, &error);
  g_assert_cmpuint (changed->len, ==, 1);
}

/* Actions of another process are undone and redone like one's own. */
static void
test_two_processes (StoreFixture  *fixture,
                    gconstpointer  data)
{
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autoptr (GArray) changed = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", NULL);
  gint64 last = psl_store_last_action (fixture->store);

  store_testing_edit (other, rid, "phase", "1", 0);
  changed = psl_store_changed_since (fixture->store, last, &error);
  g_assert_cmpuint (changed->len, ==, 1);
  store_testing_undo (fixture->store, 0);
  store_testing_assert_value (other, rid, "phase", NULL);
  redo (other);
  store_testing_assert_value (fixture->store, rid, "phase", "1");
}

/* Moves the mark over an edit of the phase and looks at what is told of it. */
static void
edit_and_advance (PslStore       *store,
                  PslJournalMark *mark,
                  gint64          rid,
                  const char     *phase,
                  gint64          other_rid)
{
  PslChangedSet *set = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) stored = NULL;

  g_assert_true (psl_store_edit (store, rid, psl_kind_find_field (&psl_kind_project, "phase"), NULL, phase, 0, &error));
  g_assert_true (psl_journal_mark_advance (mark, store, rid, &set, &error));
  g_assert_no_error (error);
  g_assert_nonnull (set);
  g_assert_false (set->all);
  g_assert_true (psl_changed_set_contains (set, rid));
  g_assert_true (set->external == (other_rid != 0));
  g_assert_cmpuint (set->rids->len, ==, other_rid != 0 ? 2 : 1);
  g_assert_true (other_rid == 0 || psl_changed_set_contains (set, other_rid));
  g_assert_nonnull (set->fields);
  g_assert_cmpuint (set->fields->len, ==, other_rid != 0 ? 2 : 1);

  stored = psl_store_get_action (store, psl_store_last_action (store), &error);
  g_assert_no_error (error);
  if (other_rid == 0)
    {
      g_assert_cmpint (set->action->id, ==, stored->id);
      g_assert_cmpint (set->action->at, ==, stored->at);
      g_assert_cmpstr (set->action->author, ==, stored->author);
      g_assert_cmpint (set->action->verb, ==, stored->verb);
      g_assert_true (set->action->kind == stored->kind);
      g_assert_true (set->action->field == stored->field);
      g_assert_cmpstr (set->action->subject, ==, stored->subject);
      g_assert_cmpint (set->action->records, ==, stored->records);
      g_assert_false (set->action->undone);
      g_assert_cmpint (set->action->target, ==, stored->target);
      g_assert_cmpint (set->action->target_verb, ==, stored->target_verb);
    }
  g_assert_cmpint (mark->action, ==, stored->id);
  g_assert_cmpint (mark->at, ==, stored->at);
  psl_changed_set_free (set);
}

static void
assert_nothing_new (PslStore       *store,
                    PslJournalMark *mark)
{
  PslChangedSet *set = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_journal_mark_advance (mark, store, 0, &set, &error));
  g_assert_no_error (error);
  g_assert_null (set);
}

/* An edit is told of with its action, unless others have written since the mark. */
static void
test_mark (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Mine", NULL);
  gint64 other_rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Other", NULL);
  g_autoptr (GError) error = NULL;
  PslJournalMark mark;

  psl_store_set_author (fixture->store, "Anna");
  g_assert_true (psl_journal_mark_init (&mark, fixture->store, &error));
  edit_and_advance (fixture->store, &mark, rid, "1", 0);
  edit_and_advance (fixture->store, &mark, rid, "2", 0);
  assert_nothing_new (fixture->store, &mark);

  store_testing_edit (other, other_rid, "status", "1", 0);
  edit_and_advance (fixture->store, &mark, rid, "3", other_rid);
  edit_and_advance (fixture->store, &mark, rid, "4", 0);
  assert_nothing_new (fixture->store, &mark);
}

/* Changes of others are known by field, but not where they took back something that they had
 * just done: the journal does not say that. */
static void
test_mark_others (StoreFixture  *fixture,
                  gconstpointer  data)
{
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Mine", "phase", "1", NULL);
  g_autoptr (GError) error = NULL;
  PslChangedSet *set = NULL;
  PslJournalMark mark;

  g_assert_true (psl_journal_mark_init (&mark, fixture->store, &error));
  store_testing_edit (other, rid, "status", "1", 0);
  store_testing_edit (other, rid, "end", "2030", 0);
  g_assert_true (psl_journal_mark_advance (&mark, fixture->store, 0, &set, &error));
  g_assert_no_error (error);
  g_assert_true (set->external);
  g_assert_nonnull (set->fields);
  g_assert_cmpuint (set->fields->len, ==, 2);
  psl_changed_set_free (set);

  store_testing_edit (other, rid, "phase", "2", 5);
  g_assert_true (psl_journal_mark_advance (&mark, fixture->store, 0, &set, &error));
  psl_changed_set_free (set);
  store_testing_edit (other, rid, "phase", "1", 5);
  store_testing_edit (other, rid, "status", "2", 0);
  g_assert_true (psl_journal_mark_advance (&mark, fixture->store, 0, &set, &error));
  g_assert_no_error (error);
  g_assert_true (psl_changed_set_contains (set, rid));
  g_assert_null (set->fields);
  psl_changed_set_free (set);
}

/* An action is told of that changed no record: the undoing of one whose value stays. */
static void
test_mark_without_records (StoreFixture  *fixture,
                           gconstpointer  data)
{
  PslChangedSet *set = NULL;
  g_autoptr (GError) error = NULL;
  PslJournalMark mark;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", NULL);
  g_assert_true (psl_journal_mark_init (&mark, fixture->store, &error));
  g_assert_true (psl_db_exec (psl_store_get_db (fixture->store),
                              "INSERT INTO action (at, author, verb, session, origin, target)"
                              " SELECT at + 1, author, 'undo', session, origin, action FROM action ORDER BY action DESC LIMIT 1",
                              &error));
  g_assert_no_error (error);
  g_assert_true (psl_journal_mark_advance (&mark, fixture->store, 0, &set, &error));
  g_assert_no_error (error);
  g_assert_nonnull (set);
  g_assert_cmpuint (set->rids->len, ==, 0);
  g_assert_cmpint (set->action->verb, ==, PSL_VERB_UNDO);
  psl_changed_set_free (set);
}

/* An action counts the records that it made and the records that it changed. */
static void
test_records (StoreFixture  *fixture,
              gconstpointer  data)
{
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Title", NULL);
  const PslField *phase = psl_kind_find_field (&psl_kind_project, "phase");
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, NULL);
  g_autoptr (PslAction) both = NULL;
  g_autoptr (GError) error = NULL;
  gint64 action;

  psl_store_begin (fixture->store, PSL_VERB_IMPORT, "a.csv", &error);
  g_assert_cmpint (psl_store_insert (fixture->store, record, &error), >, 0);
  g_assert_true (psl_store_set (fixture->store, rid, phase, NULL, "1", &error));
  action = psl_store_commit (fixture->store, &error);
  both = psl_store_get_action (fixture->store, action, &error);
  g_assert_no_error (error);
  g_assert_cmpint (both->records, ==, 2);

  /* A cell that has its former value again in the end is no change. */
  psl_store_begin (fixture->store, PSL_VERB_IMPORT, "b.csv", &error);
  g_assert_true (psl_store_set (fixture->store, rid, phase, NULL, "2", &error));
  g_assert_true (psl_store_set (fixture->store, rid, phase, NULL, "1", &error));
  g_assert_cmpint (psl_store_commit (fixture->store, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_copy (void)
{
  PslAction action = {
    .id = 3, .author = (char *) "Anna", .verb = PSL_VERB_EDIT, .kind = &psl_kind_project,
    .field = psl_kind_find_field (&psl_kind_project, "prima_id"), .subject = (char *) "Title", .records = 1,
  };
  g_autoptr (PslAction) copy = psl_action_copy (&action);
  g_autofree char *sentence = psl_action_describe (copy);

  g_assert_cmpstr (sentence, ==, "Edit PRIMA ID of “Title”");
  g_assert_true (copy->author != action.author);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  store_testing_add ("/journal/undo-redo", test_undo_redo);
  store_testing_add ("/journal/link-new", test_link_new);
  store_testing_add ("/journal/untitled", test_untitled);
  store_testing_add ("/journal/session", test_session);
  store_testing_add ("/journal/import", test_import);
  store_testing_add ("/journal/older", test_older);
  store_testing_add ("/journal/links", test_links);
  store_testing_add ("/journal/states", test_states);
  store_testing_add ("/journal/history", test_history);
  store_testing_add ("/journal/clock", test_clock);
  store_testing_add ("/journal/two-processes", test_two_processes);
  store_testing_add ("/journal/mark", test_mark);
  store_testing_add ("/journal/mark-without-records", test_mark_without_records);
  store_testing_add ("/journal/mark-others", test_mark_others);
  store_testing_add ("/journal/records", test_records);
  g_test_add_func ("/journal/action", test_copy);

  return g_test_run ();
}
