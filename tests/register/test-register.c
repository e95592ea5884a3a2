/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-backup.h"
#include "psl-kinds.h"
#include "psl-text-language.h"
#include "psl-uuid.h"
#include "register-testing.h"

/* The action that a call's answer tells of, which is awaited and let go. */
static PslAction *
take_action (Fixture       *fixture,
             GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  PslAction *action;

  wait_until (*result != NULL);
  action = psl_register_action_finish (fixture->reg, *result, &error);
  g_assert_no_error (error);
  g_clear_object (result);
  return action;
}

/* A read sees the writes that were asked for before it, in their order. */
static void
test_read_your_writes (Fixture       *fixture,
                       gconstpointer  data)
{
  gint64 rid = create_project (fixture);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (PslRecord) record = NULL;
      g_autofree char *first = g_strdup_printf ("First %u", i);
      g_autofree char *second = g_strdup_printf ("Second %u", i);

      set_value (fixture, rid, "title_en", first, 0);
      set_value (fixture, rid, "title_fr", first, 0);
      set_value (fixture, rid, "title_en", second, 0);
      record = register_wait_load (fixture->reg, rid);
      g_assert_cmpstr (psl_record_get_by_name (record, "title_en"), ==, second);
      g_assert_cmpstr (psl_record_get_by_name (record, "title_fr"), ==, first);
    }
  g_assert_cmpuint (fixture->failures->len, ==, 0);
}

static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  gint64 first = create_project (fixture);
  gint64 second;
  guint64 session = psl_register_new_session ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PslAction) undone = NULL;

  /* The signal came before the callback. */
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpint (g_array_index (fixture->changed, gint64, 0), ==, first);
  g_assert_cmpint (fixture->action->verb, ==, PSL_VERB_CREATE);
  second = create_project (fixture);

  g_array_set_size (fixture->changed, 0);
  psl_register_set_author (fixture->reg, "Anna");
  set_value (fixture, first, "title_en", "W", session);
  wait_until (fixture->n_changed == 3);
  set_value (fixture, first, "title_en", "Wa", session);
  wait_until (fixture->n_changed == 4);
  g_assert_cmpuint (fixture->changed->len, ==, 2);
  g_assert_cmpint (g_array_index (fixture->changed, gint64, 1), ==, first);
  g_assert_cmpstr (fixture->action->author, ==, "Anna");
  g_assert_cmpint (fixture->action->verb, ==, PSL_VERB_EDIT);

  g_array_set_size (fixture->changed, 0);
  psl_register_undo_async (fixture->reg, 0, answer_cb, &result);
  undone = take_action (fixture, &result);
  g_assert_cmpint (undone->verb, ==, PSL_VERB_EDIT);
  g_assert_cmpint (fixture->action->verb, ==, PSL_VERB_UNDO);
  g_assert_cmpuint (fixture->changed->len, ==, 1);
  g_assert_cmpint (g_array_index (fixture->changed, gint64, 0), ==, first);

  g_array_set_size (fixture->changed, 0);
  psl_register_set_state_async (fixture->reg, (gint64[]) { first, second }, 2, PSL_RECORD_TRASHED, answer_cb, &result);
  g_clear_pointer (&undone, psl_action_free);
  undone = take_action (fixture, &result);
  g_assert_cmpint (undone->verb, ==, PSL_VERB_TRASH);
  g_assert_cmpint (undone->records, ==, 2);
  g_assert_cmpuint (fixture->changed->len, ==, 2);
  g_assert_cmpuint (fixture->n_external, ==, 0);
  g_assert_false (fixture->all);
}

static void
test_failed (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 rid = create_project (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const GError *failure;

  fixture->n_changed = 0;
  set_value (fixture, rid, "start", "soon", 0);
  wait_until (fixture->failures->len == 1);
  failure = g_ptr_array_index (fixture->failures, 0);
  g_assert_true (g_error_matches (failure, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID));

  /* Somebody who waits is told, and nobody else. */
  psl_register_set_async (fixture->reg, 77, psl_kind_find_field (&psl_kind_project, "start"), NULL, "2020", 0,
                          answer_cb, &result);
  wait_until (result != NULL);
  g_assert_false (psl_register_set_finish (fixture->reg, result, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
  g_assert_cmpuint (fixture->failures->len, ==, 1);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

static void
test_lists (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) totals = NULL;
  g_autoptr (GError) error = NULL;
  gint64 first = create_project (fixture);
  gint64 second = create_project (fixture);
  gint64 count;

  set_value (fixture, first, "title_en", "Zebra", 0);
  set_value (fixture, first, "budget", "10.50 USD", 0);
  set_value (fixture, second, "title_en", "Aardvark", 0);
  set_value (fixture, second, "budget", "20 USD", 0);

  psl_query_set_language (query, "en");
  psl_register_query_async (fixture->reg, query, 0, NULL, answer_cb, &result);
  psl_query_set_search (query, "nothing of this");
  wait_until (result != NULL);
  rids = psl_register_query_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rids->len, ==, 2);
  g_assert_cmpint (g_array_index (rids, gint64, 0), ==, second);

  g_clear_object (&result);
  psl_register_load_listed_async (fixture->reg, (const gint64 *) (gpointer) rids->data, 2, NULL, answer_cb, &result);
  wait_until (result != NULL);
  records = psl_register_load_listed_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpint (psl_record_get_rid (records->pdata[0]), ==, second);

  g_clear_object (&result);
  psl_query_set_search (query, NULL);
  psl_register_totals_async (fixture->reg, query, "budget", NULL, answer_cb, &result);
  wait_until (result != NULL);
  totals = psl_register_totals_finish (fixture->reg, result, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (totals->len, ==, 1);
  g_assert_cmpstr (totals->pdata[0], ==, "30.50 USD");
  g_assert_cmpint (count, ==, 2);

  g_clear_object (&result);
  psl_register_count_async (fixture->reg, query, NULL, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_cmpint (psl_register_count_finish (fixture->reg, result, &error), ==, 2);
  g_assert_no_error (error);

  g_clear_object (&result);
  psl_query_set_sort (query, "colour", FALSE);
  psl_register_count_async (fixture->reg, query, NULL, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_cmpint (psl_register_count_finish (fixture->reg, result, &error), ==, -1);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
}

static gpointer
read_history (PslStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return psl_store_history (store, *(gint64 *) data, error);
}

static void
test_history (Fixture       *fixture,
              gconstpointer  data)
{
  gint64 rid = create_project (fixture);
  const PslField *status = psl_kind_find_field (&psl_kind_project, "status");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (PslRecord) copy = NULL;
  g_autoptr (PslAction) undone = NULL;
  g_autoptr (GError) error = NULL;
  gint64 reverted;
  gint64 copied;

  set_value (fixture, rid, "status", "1", 0);
  set_value (fixture, rid, "status", "2", 0);
  set_value (fixture, rid, "title_fr", "Élan", 0);
  set_value (fixture, rid, "project_id", "PO.0160", 0);
  psl_register_revert_async (fixture->reg, rid, status, NULL, "1", answer_cb, &result);
  wait_until (result != NULL);
  g_assert_true (psl_register_set_finish (fixture->reg, result, &error));
  g_assert_no_error (error);

  g_clear_object (&result);
  psl_register_read_async (fixture->reg, PSL_LANE_SHORT, read_history, g_memdup2 (&rid, sizeof rid), g_free,
                           (GDestroyNotify) g_ptr_array_unref, NULL, answer_cb, &result);
  wait_until (result != NULL);
  history = psl_register_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 6);
  g_assert_cmpint (((PslChange *) history->pdata[0])->action->verb, ==, PSL_VERB_REVERT);
  record = register_wait_load (fixture->reg, rid);
  g_assert_cmpstr (psl_record_get_by_name (record, "status"), ==, "1");

  g_clear_object (&result);
  psl_register_undo_async (fixture->reg, 0, answer_cb, &result);
  undone = take_action (fixture, &result);
  reverted = undone->id;
  g_assert_cmpint (fixture->next_undo->verb, ==, PSL_VERB_EDIT);
  g_assert_cmpint (fixture->next_redo->id, ==, reverted);
  g_clear_pointer (&undone, psl_action_free);
  psl_register_redo_async (fixture->reg, 0, answer_cb, &result);
  undone = take_action (fixture, &result);
  g_assert_cmpint (undone->id, ==, reverted);
  g_assert_cmpint (fixture->next_undo->id, ==, reverted);
  g_assert_null (fixture->next_redo);

  psl_register_duplicate_async (fixture->reg, rid, answer_cb, &result);
  wait_until (result != NULL);
  copied = psl_register_insert_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  copy = register_wait_load (fixture->reg, copied);
  g_assert_cmpstr (psl_record_get_by_name (copy, "title_fr"), ==, "Élan (2)");
  g_assert_cmpstr (psl_record_get_by_name (copy, "status"), ==, "1");
  g_assert_null (psl_record_get_by_name (copy, "project_id"));
}

/* A record with its values is one action, and what is written after it finds it. */
static void
test_insert (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *id = psl_uuid_new ();
  g_autoptr (PslRecord) office = psl_record_new (&psl_kind_office, 0, id);
  g_autoptr (PslRecord) project = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const PslField *link = psl_kind_find_field (&psl_kind_project, "office");
  gint64 rid = create_project (fixture);

  psl_record_set (office, psl_kind_get_title (&psl_kind_office), "en", "Chisinau");
  psl_register_insert_async (fixture->reg, office, NULL, NULL);
  psl_register_set_async (fixture->reg, rid, link, NULL, id, 0, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_true (psl_register_set_finish (fixture->reg, result, &error));
  g_assert_no_error (error);
  project = register_wait_load (fixture->reg, rid);
  g_assert_cmpstr (psl_record_get_link_title (project, link), ==, "Chisinau");

  /* Not twice. */
  g_clear_object (&result);
  psl_register_insert_async (fixture->reg, office, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_cmpint (psl_register_insert_finish (fixture->reg, result, &error), ==, 0);
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
}

static void
test_open_fails (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.passerelle", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  psl_register_open_async (path, PSL_STORE_NONE, NULL, NULL, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_null (psl_register_open_finish (result, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
}

/* A change that another connection makes shows up, whether it makes one action,
 * several, or one that grows. */
static void
test_external (Fixture       *fixture,
               gconstpointer  data)
{
  gint64 rid = create_project (fixture);
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autoptr (PslRecord) record = NULL;
  gint64 second;

  g_array_set_size (fixture->changed, 0);
  fixture->n_changed = 0;
  store_testing_edit (other, rid, "title_en", "From afar", 5);
  wait_until (fixture->n_external == 1);
  g_assert_true (fixture->changed->len >= 1);
  g_assert_cmpint (g_array_index (fixture->changed, gint64, 0), ==, rid);
  record = register_wait_load (fixture->reg, rid);
  g_assert_cmpstr (psl_record_get_by_name (record, "title_en"), ==, "From afar");

  g_array_set_size (fixture->changed, 0);
  store_testing_edit (other, rid, "title_en", "From afar, longer", 5);
  wait_until (fixture->n_external == 2);
  g_assert_true (fixture->changed->len >= 1);

  g_array_set_size (fixture->changed, 0);
  second = store_testing_insert (other, &psl_kind_project, "title_en", "New", NULL);
  wait_until (fixture->n_external == 3);
  g_assert_cmpint (g_array_index (fixture->changed, gint64, fixture->changed->len - 1), ==, second);
  g_assert_false (fixture->all);
}

static char *
dup_type_name (const PslCodelists *codelists,
               const char         *code)
{
  return psl_field_display (psl_kind_find_field (&psl_kind_project, "type"), codelists, code, "en");
}

static gpointer
read_type_name (PslStore      *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return dup_type_name (psl_store_get_codelists (store), data);
}

/* The main thread and the reading threads know an entry of a code list that was added here,
 * or by another process. */
static void
test_codelists (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  gint64 rid = register_wait_create (fixture->reg, &psl_kind_entry);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *own = NULL;
  g_autofree char *read = NULL;
  g_autofree char *external = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (fixture->all);
  register_wait_set (fixture->reg, rid, &psl_kind_entry, "code", NULL, "type/XQ");
  register_wait_set (fixture->reg, rid, &psl_kind_entry, "name", "en", "Exchange");
  own = dup_type_name (psl_register_get_codelists (fixture->reg), "XQ");
  g_assert_cmpstr (own, ==, "Exchange");
  g_assert_true (fixture->all);
  psl_register_read_async (fixture->reg, PSL_LANE_SHORT, read_type_name, (gpointer) "XQ", NULL, g_free, NULL, answer_cb, &result);
  wait_until (result != NULL);
  read = psl_register_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read, ==, "Exchange");

  fixture->n_external = 0;
  store_testing_edit (other, rid, "name_en", "Swap", 0);
  wait_until (fixture->n_external > 0);
  external = dup_type_name (psl_register_get_codelists (fixture->reg), "XQ");
  g_assert_cmpstr (external, ==, "Swap");
}

/* Whether the register has the type “Exchange”, and texts in Spanish: what it reads, shows and
 * offers. */
static void
assert_has_own (PslRegister *reg,
                gboolean     expected)
{
  const PslField *field = psl_kind_find_field (&psl_kind_project, "type");
  const PslCodelists *codelists = psl_register_get_codelists (reg);
  g_autofree char *shown = dup_type_name (codelists, "XA");
  g_autofree char *read = psl_field_normalise (field, codelists, "exchange", NULL);
  g_autofree char *unlisted = psl_field_dup_unlisted (field, codelists, "XA");
  g_autoptr (GPtrArray) offered = psl_codelist_search (psl_codelists_get_list (codelists, "type"), "exchange", "en");
  g_autofree const char **languages = psl_text_languages_list (codelists);

  g_assert_cmpstr (shown, ==, expected ? "Exchange" : "XA");
  g_assert_cmpstr (read, ==, expected ? "XA" : NULL);
  g_assert_cmpstr (unlisted, ==, expected ? NULL : "XA");
  g_assert_cmpuint (offered->len, ==, expected ? 1 : 0);
  g_assert_cmpint (g_strv_contains (languages, "es"), ==, expected);
}

static void
assert_reads_own (PslRegister *reg,
                  gboolean     expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *read = NULL;
  g_autoptr (GError) error = NULL;

  psl_register_read_async (reg, PSL_LANE_SHORT, read_type_name, (gpointer) "XA", NULL, g_free, NULL, answer_cb, &result);
  wait_until (result != NULL);
  read = psl_register_finish (reg, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read, ==, expected ? "Exchange" : "XA");
}

static void
count_cb (PslRegister *reg,
          guint       *n)
{
  (*n)++;
}

/* Two registers with lists of their own in one process: neither has what the other has, whichever
 * delivers last, and only the one whose lists change says so. */
static void
test_two_registers_with_lists (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.passerelle", NULL);
  PslRegister *other = register_wait_open (path, PSL_STORE_CREATE);
  guint n_own = 0;
  guint n_other = 0;
  gint64 type;
  gint64 language;

  g_signal_connect (fixture->reg, "codelists-changed", G_CALLBACK (count_cb), &n_own);
  g_signal_connect (other, "codelists-changed", G_CALLBACK (count_cb), &n_other);
  type = register_wait_create (fixture->reg, &psl_kind_entry);
  language = register_wait_create (fixture->reg, &psl_kind_entry);
  register_wait_set (fixture->reg, type, &psl_kind_entry, "code", NULL, "type/XA");
  register_wait_set (fixture->reg, type, &psl_kind_entry, "name", "en", "Exchange");
  register_wait_set (fixture->reg, language, &psl_kind_entry, "code", NULL, "language/es");
  g_assert_cmpuint (n_own, ==, 3);
  assert_has_own (fixture->reg, TRUE);
  assert_has_own (other, FALSE);
  for (guint i = 0; i < 2; i++)
    {
      assert_reads_own (i == 0 ? fixture->reg : other, i == 0);
      assert_reads_own (i == 0 ? other : fixture->reg, i != 0);
      assert_has_own (fixture->reg, TRUE);
      assert_has_own (other, FALSE);
    }
  register_wait_create (other, &psl_kind_project);
  assert_has_own (fixture->reg, TRUE);
  assert_has_own (other, FALSE);
  g_assert_cmpuint (n_own, ==, 3);
  g_assert_cmpuint (n_other, ==, 0);

  g_assert_true (psl_register_close_now (other, NULL));
  g_object_unref (other);
  assert_has_own (fixture->reg, TRUE);
}

/* Two windows on one register. */
static void
test_two_registers (Fixture       *fixture,
                    gconstpointer  data)
{
  Fixture other = { .path = fixture->path };
  g_autoptr (PslRecord) record = NULL;
  gint64 rid;

  other.changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  other.reg = register_wait_open (other.path, PSL_STORE_NONE);
  g_signal_connect (other.reg, "changed", G_CALLBACK (changed_cb), &other);
  for (guint i = 0; i < 20; i++)
    {
      create_project (fixture);
      rid = create_project (&other);
      set_value (fixture, rid, "title_en", "Both", 0);
      set_value (&other, rid, "title_fr", "Les deux", 0);
    }
  g_assert_cmpint (count_projects (fixture), ==, 40);
  record = register_wait_load (other.reg, rid);
  g_assert_cmpstr (psl_record_get_by_name (record, "title_fr"), ==, "Les deux");
  wait_until (other.n_external > 0 && fixture->n_external > 0);

  g_assert_true (psl_register_close_now (other.reg, NULL));
  g_object_unref (other.reg);
  g_array_unref (other.changed);
  g_clear_pointer (&other.action, psl_action_free);
  g_clear_pointer (&other.next_undo, psl_action_free);
  g_clear_pointer (&other.next_redo, psl_action_free);
}

static void
test_read_only (Fixture       *fixture,
                gconstpointer  data)
{
  Fixture other = { .path = fixture->path };
  gint64 rid = create_project (fixture);

  other.failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  other.reg = register_wait_open (other.path, PSL_STORE_READ_ONLY);
  g_signal_connect (other.reg, "failed", G_CALLBACK (failed_cb), &other);
  g_assert_true (psl_register_is_read_only (other.reg));
  g_assert_cmpint (count_projects (&other), ==, 1);
  set_value (&other, rid, "title_en", "No", 0);
  wait_until (other.failures->len == 1);
  g_assert_true (g_error_matches (other.failures->pdata[0], PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY));
  g_assert_true (psl_register_close_now (other.reg, NULL));
  g_object_unref (other.reg);
  g_ptr_array_unref (other.failures);
}

static void
test_restore (Fixture       *fixture,
              gconstpointer  data)
{
  gint64 rid = create_project (fixture);
  g_autofree char *path = psl_backup_dup_path (fixture->path, PSL_BACKUP_MANUAL, g_get_real_time ());
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second_result = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (PslRecord) edited = NULL;
  g_autoptr (GError) error = NULL;

  set_value (fixture, rid, "title_en", "Before", 0);
  psl_register_back_up_async (fixture->reg, path, NULL, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_true (psl_register_back_up_finish (fixture->reg, result, &error));
  g_assert_no_error (error);
  set_value (fixture, rid, "title_en", "After", 0);
  create_project (fixture);

  psl_register_restore_async (fixture->reg, path, answer_cb, &second_result);
  wait_until (second_result != NULL);
  g_assert_true (psl_register_back_up_finish (fixture->reg, second_result, &error));
  g_assert_no_error (error);
  g_assert_true (fixture->all);
  g_assert_cmpint (count_projects (fixture), ==, 1);
  record = register_wait_load (fixture->reg, rid);
  g_assert_cmpstr (psl_record_get_by_name (record, "title_en"), ==, "Before");

  set_value (fixture, rid, "title_en", "And on", 0);
  edited = register_wait_load (fixture->reg, rid);
  g_assert_cmpstr (psl_record_get_by_name (edited, "title_en"), ==, "And on");
  g_assert_cmpuint (fixture->failures->len, ==, 0);

  g_clear_object (&result);
  psl_register_restore_async (fixture->reg, "/nonexistent/backup.passerelle", answer_cb, &result);
  wait_until (result != NULL);
  g_assert_false (psl_register_back_up_finish (fixture->reg, result, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
  g_assert_cmpint (count_projects (fixture), ==, 1);
}

/* An action on several records is named, and not undone with an edit. */
static void
test_undo_edit (Fixture       *fixture,
                gconstpointer  data)
{
  gint64 rids[] = { create_project (fixture), create_project (fixture) };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PslAction) trashed = NULL;
  g_autoptr (PslAction) named = NULL;
  g_autoptr (PslAction) undone = NULL;

  psl_register_set_state_async (fixture->reg, rids, 2, PSL_RECORD_TRASHED, answer_cb, &result);
  trashed = take_action (fixture, &result);
  set_value (fixture, rids[0], "status", "1", 0);

  psl_register_undo_edit_async (fixture->reg, answer_cb, &result);
  undone = take_action (fixture, &result);
  g_assert_cmpint (undone->verb, ==, PSL_VERB_EDIT);
  g_assert_true (undone->undone);
  g_assert_cmpint (undone->rid, ==, rids[0]);

  psl_register_undo_edit_async (fixture->reg, answer_cb, &result);
  named = take_action (fixture, &result);
  g_assert_cmpint (named->id, ==, trashed->id);
  g_assert_false (named->undone);
  g_assert_cmpint (named->rid, ==, 0);
  g_assert_cmpint (fixture->next_undo->id, ==, trashed->id);

  g_clear_pointer (&undone, psl_action_free);
  psl_register_undo_async (fixture->reg, named->id, answer_cb, &result);
  undone = take_action (fixture, &result);
  g_assert_true (undone->undone);
  g_assert_cmpint (fixture->next_undo->verb, ==, PSL_VERB_CREATE);
}

/* A backup without a name of its own stands among the others of the register. */
static void
test_back_up (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autoptr (GError) error = NULL;
  guint n_manual = 0;

  create_project (fixture);
  psl_register_back_up_async (fixture->reg, NULL, NULL, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_true (psl_register_back_up_finish (fixture->reg, result, &error));
  g_assert_no_error (error);

  backups = psl_backup_list (fixture->path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < backups->len; i++)
    {
      const PslBackup *backup = backups->pdata[i];

      if (backup->reason != PSL_BACKUP_MANUAL)
        continue;
      n_manual++;
      g_assert_true (psl_backup_check (backup->path, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n_manual, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/register/back-up", test_back_up);
  add ("/register/undo-edit", test_undo_edit);
  add ("/register/read-your-writes", test_read_your_writes);
  add ("/register/changed", test_changed);
  add ("/register/failed", test_failed);
  add ("/register/lists", test_lists);
  add ("/register/history", test_history);
  add ("/register/insert", test_insert);
  add ("/register/open-fails", test_open_fails);
  add ("/register/external", test_external);
  add ("/register/codelists", test_codelists);
  add ("/register/two-registers", test_two_registers);
  add ("/register/two-registers-with-lists", test_two_registers_with_lists);
  add ("/register/read-only", test_read_only);
  add ("/register/restore", test_restore);

  return g_test_run ();
}
