/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which work waits for which: long work, work given up or left half done, the end. */

#include "config.h"

#include "psl-kinds.h"
#include "psl-register-private.h"
#include "psl-store-private.h"
#include "register-testing.h"

/* Work for the threads while the test holds them up. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean is_running;
  gboolean may_go_on;
} Gate;

static void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->may_go_on = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_wait_until_running (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  while (!gate->is_running)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static gpointer
wait_at_gate (PslStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->is_running = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->may_go_on)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return NULL;
}

static gpointer
create_ten (PslStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  wait_at_gate (store, data, cancellable, error);
  psl_store_begin (store, PSL_VERB_IMPORT, "ten", error);
  for (guint i = 0; i < 10; i++)
    psl_store_create (store, &psl_kind_project, NULL, error);
  psl_store_commit (store, error);
  return NULL;
}

static void
count_cb (guint *count)
{
  ++*count;
}

/* Reads go on while an import is at work; those asked for after it see it. */
static void
test_long_write (Fixture       *fixture,
                 gconstpointer  data)
{
  Gate gate = { 0 };
  g_autoptr (GAsyncResult) import = NULL;
  g_autoptr (GError) error = NULL;

  psl_register_write_async (fixture->reg, create_ten, &gate, NULL, NULL, NULL, answer_cb, &import);
  gate_wait_until_running (&gate);
  g_assert_cmpint (count_projects (fixture), ==, 0);
  g_assert_null (import);
  gate_open (&gate);
  wait_until (import != NULL);
  g_assert_null (psl_register_finish (fixture->reg, import, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_projects (fixture), ==, 10);
  g_assert_cmpuint (fixture->changed->len, ==, 10);
  g_assert_cmpint (fixture->action->verb, ==, PSL_VERB_IMPORT);
}

static gpointer
work_at_gate (PslStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  gboolean success = TRUE;

  psl_progress_set_what (store->progress, "Make ten");
  psl_store_step (store, 1, 4, error);
  wait_at_gate (store, data, cancellable, error);
  psl_store_begin (store, PSL_VERB_IMPORT, "ten", error);
  for (guint i = 0; i < 10 && success; i++)
    success = psl_store_create (store, &psl_kind_project, NULL, error) > 0;
  if (success)
    psl_store_commit (store, error);
  return NULL;
}

/* SQLite undoes the transaction by itself where it is stopped while it writes. */
static gpointer
stop_writing (PslStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  psl_store_begin (store, PSL_VERB_IMPORT, "many", error);
  g_cancellable_cancel (cancellable);
  psl_db_exec (psl_store_get_db (store),
               "INSERT INTO meta (name, value) WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)"
               " SELECT 'many-' || i, '' FROM n", error);
  return NULL;
}

/* Whatever was left of stopped work, the next write is stored. */
static void
test_stopped_writing (Fixture       *fixture,
                      gconstpointer  data)
{
  Gate open_gate = { .may_go_on = TRUE };
  g_autoptr (GAsyncResult) stopped = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;

  psl_register_work_async (fixture->reg, stop_writing, NULL, NULL, NULL, answer_cb, &stopped);
  psl_register_work_async (fixture->reg, work_at_gate, &open_gate, NULL, NULL, answer_cb, &done);
  wait_until (stopped != NULL && done != NULL);
  g_assert_null (psl_register_finish (fixture->reg, stopped, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  psl_register_finish (fixture->reg, done, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count_projects (fixture), ==, 10);
  g_assert_cmpuint (fixture->failures->len, ==, 0);
}

/* Work that may be long is looked at while it runs. Reads wait a while for it and then show
 * the register as it is; so do those behind a write that waits for it. Stopped, it leaves
 * nothing behind, nor does the work that waited for it; what is asked for afterwards is done. */
static void
test_work (Fixture       *fixture,
           gconstpointer  data)
{
  Gate gate = { 0 };
  Gate open_gate = { .may_go_on = TRUE };
  g_autoptr (GAsyncResult) stopped = NULL;
  g_autoptr (GAsyncResult) stopped_behind = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_assert_null (psl_register_get_work (fixture->reg));
  g_signal_connect_swapped (fixture->reg, "work-changed", G_CALLBACK (count_cb), &n_changes);
  psl_register_work_async (fixture->reg, work_at_gate, &gate, NULL, NULL, answer_cb, &stopped);
  psl_register_work_async (fixture->reg, work_at_gate, &open_gate, NULL, NULL, answer_cb, &stopped_behind);
  g_assert_cmpuint (n_changes, ==, 1);
  gate_wait_until_running (&gate);
  g_assert_cmpstr (psl_progress_get_what (psl_register_get_work (fixture->reg)), ==, "Make ten");
  g_assert_cmpfloat (psl_progress_get (psl_register_get_work (fixture->reg)), ==, 0.25);
  g_assert_cmpint (count_projects (fixture), ==, 0);
  g_assert_null (stopped);

  psl_register_cancel_work (fixture->reg);
  psl_register_work_async (fixture->reg, work_at_gate, &open_gate, NULL, NULL, answer_cb, &done);
  gate_open (&gate);
  wait_until (stopped != NULL && stopped_behind != NULL);
  g_assert_null (psl_register_finish (fixture->reg, stopped, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (psl_register_finish (fixture->reg, stopped_behind, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  wait_until (done != NULL);
  psl_register_finish (fixture->reg, done, &error);
  g_assert_no_error (error);
  g_assert_null (psl_register_get_work (fixture->reg));
  g_assert_cmpuint (n_changes, ==, 4);
  g_assert_cmpint (count_projects (fixture), ==, 10);
  g_assert_cmpuint (fixture->failures->len, ==, 0);
}

static gpointer
write_title (PslStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  wait_at_gate (store, data, cancellable, error);
  psl_store_edit (store, 1, psl_kind_get_title (&psl_kind_project), "en", "Short", 0, error);
  return NULL;
}

/* Reads wait for a short write that was asked for before them, though a long one is
 * next, which they do not wait for. */
static void
test_short_before_long (Fixture       *fixture,
                        gconstpointer  data)
{
  Gate first = { 0 };
  Gate second = { 0 };
  g_autoptr (GAsyncResult) import = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *loads[200] = { NULL };

  create_project (fixture);
  psl_register_write (fixture->reg, test_short_before_long, PSL_JOB_NONE, write_title, 1, &first, NULL, NULL,
                      NULL, NULL, NULL);
  psl_register_write_async (fixture->reg, create_ten, &second, NULL, NULL, NULL, answer_cb, &import);
  gate_wait_until_running (&first);
  /* So many that some would be answered before the gate opens. */
  for (gsize i = 0; i < G_N_ELEMENTS (loads); i++)
    psl_register_load_async (fixture->reg, 1, NULL, answer_cb, &loads[i]);
  gate_open (&first);

  for (gsize i = 0; i < G_N_ELEMENTS (loads); i++)
    {
      g_autoptr (PslRecord) record = NULL;

      wait_until (loads[i] != NULL);
      record = psl_register_load_finish (fixture->reg, loads[i], &error);
      g_assert_no_error (error);
      g_assert_cmpstr (psl_record_get_by_name (record, "title_en"), ==, "Short");
      g_object_unref (loads[i]);
    }
  g_assert_null (import);
  gate_open (&second);
  wait_until (import != NULL);
  g_assert_cmpint (count_projects (fixture), ==, 11);
}

/* Never ends by itself. */
static gpointer
query_for_ever (PslStore      *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  Gate *gate = data;

  gate_open (gate);
  while (TRUE)
    {
      g_autoptr (GArray) rids = NULL;

      psl_query_set_sort (query, "status", FALSE);
      rids = psl_store_query (store, query, 0, error);
      if (rids == NULL)
        return NULL;
    }
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  Gate gate = { 0 };
  Gate started = { 0 };
  g_autoptr (GAsyncResult) held = NULL;
  g_autoptr (GAsyncResult) running = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PslStore) other = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  /* One that has not begun. */
  psl_register_read_async (fixture->reg, PSL_LANE_SHORT, wait_at_gate, &gate, NULL, NULL, NULL, answer_cb, &held);
  psl_register_read_async (fixture->reg, PSL_LANE_SHORT, wait_at_gate, NULL, NULL, NULL, cancellable, answer_cb, &result);
  g_cancellable_cancel (cancellable);
  gate_open (&gate);
  wait_until (result != NULL);
  g_assert_null (psl_register_finish (fixture->reg, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  wait_until (held != NULL);

  /* One that runs. */
  for (guint i = 0; i < 3; i++)
    create_project (fixture);
  g_cancellable_reset (cancellable);
  psl_register_read_async (fixture->reg, PSL_LANE_SHORT, query_for_ever, &started, NULL, NULL, cancellable, answer_cb, &running);
  wait_at_gate (NULL, &started, NULL, NULL);
  g_cancellable_cancel (cancellable);
  wait_until (running != NULL);
  g_assert_null (psl_register_finish (fixture->reg, running, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* One that waits for a write, which waits for another process. */
  psl_store_begin (other, PSL_VERB_IMPORT, "slow", &error);
  g_assert_no_error (error);
  set_value (fixture, 1, "title_en", "Late", 0);
  g_cancellable_reset (cancellable);
  g_clear_object (&result);
  psl_register_load_async (fixture->reg, 1, cancellable, answer_cb, &result);
  g_cancellable_cancel (cancellable);
  wait_until (result != NULL);
  g_assert_null (psl_register_load_finish (fixture->reg, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  psl_store_rollback (other);
  record = register_wait_load (fixture->reg, 1);
  g_assert_cmpstr (psl_record_get_by_name (record, "title_en"), ==, "Late");
  g_assert_cmpuint (fixture->failures->len, ==, 0);
}

static gpointer
answer_and_open_gate (PslStore      *store,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->is_running = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
  return g_strdup ("answer");
}

/* An answer that was given up when it was on its way already is not delivered: it is
 * of a record that was left. */
static void
test_cancel_answer (Fixture       *fixture,
                    gconstpointer  data)
{
  Gate gate = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  psl_register_read_async (fixture->reg, PSL_LANE_SHORT, answer_and_open_gate, &gate, NULL, g_free, cancellable, answer_cb, &result);
  gate_wait_until_running (&gate);
  g_cancellable_cancel (cancellable);
  wait_until (result != NULL);
  g_assert_null (psl_register_finish (fixture->reg, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
leave_open (PslStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  psl_store_begin (store, PSL_VERB_IMPORT, "half", error);
  psl_store_create (store, &psl_kind_project, NULL, error);
  return NULL;
}

/* Work that stops half way leaves nothing. */
static void
test_half_done (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;

  psl_register_write_async (fixture->reg, leave_open, NULL, NULL, NULL, NULL, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_cmpint (count_projects (fixture), ==, 0);
  create_project (fixture);
  g_assert_cmpint (count_projects (fixture), ==, 1);
}

/* The window goes away with edits still to be made: they are made. */
static void
test_close_now (Fixture       *fixture,
                gconstpointer  data)
{
  gint64 rid = create_project (fixture);
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *title = g_strdup_printf ("Title %u", i);

      set_value (fixture, rid, "title_en", title, 0);
    }
  psl_register_load_async (fixture->reg, rid, NULL, answer_cb, &result);
  g_assert_true (psl_register_close_now (fixture->reg, &error));
  g_assert_no_error (error);
  g_assert_true (psl_register_close_now (fixture->reg, &error));

  store = store_testing_open (fixture->path, PSL_STORE_NONE);
  store_testing_assert_value (store, rid, "title_en", "Title 99");

  /* Whoever waits is not left waiting. */
  wait_until (result != NULL);
  psl_register_load_finish (fixture->reg, result, &error);
  g_clear_error (&error);
  set_value (fixture, rid, "title_en", "Too late", 0);
  g_assert_cmpuint (fixture->failures->len, ==, 1);
  g_clear_object (&result);
  psl_register_load_async (fixture->reg, rid, NULL, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_null (psl_register_load_finish (fixture->reg, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* While a backup or an export goes on, whatever a list needs comes: its first page, the
 * rest of it, how many there are. */
static void
test_read_long (Fixture       *fixture,
                gconstpointer  data)
{
  gint64 rid = create_project (fixture);
  Gate gate = { 0 };
  Gate open = { .may_go_on = TRUE };
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GAsyncResult) held = NULL;
  g_autoptr (GAsyncResult) backup = NULL;
  g_autoptr (GAsyncResult) load = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) work = NULL;
  g_autoptr (GAsyncResult) long_work = NULL;
  g_autoptr (GAsyncResult) whole = NULL;
  g_autoptr (GAsyncResult) count = NULL;
  g_autoptr (GAsyncResult) totals = NULL;
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GError) error = NULL;

  psl_register_read_async (fixture->reg, PSL_LANE_COPY, wait_at_gate, &gate, NULL, NULL, NULL, answer_cb, &held);
  psl_register_back_up_async (fixture->reg, NULL, NULL, answer_cb, &backup);
  psl_register_query_async (fixture->reg, query, 0, NULL, answer_cb, &whole);
  psl_register_count_async (fixture->reg, query, NULL, answer_cb, &count);
  psl_register_load_async (fixture->reg, rid, NULL, answer_cb, &load);
  psl_register_query_async (fixture->reg, query, 1, NULL, answer_cb, &first);
  psl_register_read_async (fixture->reg, PSL_LANE_SHORT, wait_at_gate, &open, NULL, NULL, NULL, answer_cb, &work);
  psl_register_read_async (fixture->reg, PSL_LANE_LONG, wait_at_gate, &open, NULL, NULL, NULL, answer_cb, &long_work);
  psl_register_totals_async (fixture->reg, query, "budget", NULL, answer_cb, &totals);
  wait_until (load != NULL && first != NULL && work != NULL);
  wait_until (long_work != NULL && whole != NULL && count != NULL && totals != NULL);
  g_assert_null (held);
  g_assert_null (backup);

  gate_open (&gate);
  wait_until (held != NULL && backup != NULL);
  g_assert_cmpint (psl_register_count_finish (fixture->reg, count, &error), ==, 1);
  g_assert_no_error (error);
  rids = psl_register_query_finish (fixture->reg, whole, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rids->len, ==, 1);
}

/* Reads under way when the register closes are answered, on whichever thread. */
static void
test_close_while_reading (Fixture       *fixture,
                          gconstpointer  data)
{
  create_project (fixture);
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (PslRegister) reg = register_wait_open (fixture->path, PSL_STORE_NONE);
      g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
      g_autoptr (GAsyncResult) load = NULL;
      g_autoptr (GAsyncResult) count = NULL;
      g_autoptr (GAsyncResult) work = NULL;
      g_autoptr (GError) error = NULL;

      psl_register_load_async (reg, 1, NULL, answer_cb, &load);
      psl_register_count_async (reg, query, NULL, answer_cb, &count);
      psl_register_read_async (reg, PSL_LANE_SHORT, wait_at_gate, &(Gate) { .may_go_on = TRUE }, NULL, NULL, NULL, answer_cb, &work);
      g_assert_true (psl_register_close_now (reg, &error));
      g_assert_no_error (error);
      wait_until (load != NULL && count != NULL && work != NULL);
    }
}

static void
test_close_now_fails (Fixture       *fixture,
                      gconstpointer  data)
{
  gint64 rid = create_project (fixture);
  g_autoptr (GError) error = NULL;

  set_value (fixture, rid, "start", "soon", 0);
  g_assert_false (psl_register_close_now (fixture->reg, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("/register/long-write", test_long_write);
  add ("/register/work", test_work);
  add ("/register/work/stopped-writing", test_stopped_writing);
  add ("/register/long-write/after-short", test_short_before_long);
  add ("/register/cancel", test_cancel);
  add ("/register/cancel/answer", test_cancel_answer);
  add ("/register/read-long", test_read_long);
  add ("/register/half-done", test_half_done);
  add ("/register/close-now", test_close_now);
  add ("/register/close-now/reading", test_close_while_reading);
  add ("/register/close-now/fails", test_close_now_fails);

  return g_test_run ();
}
