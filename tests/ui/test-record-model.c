/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kinds.h"
#include "psl-record-model.h"
#include "tests/folder.h"
#include "tests/register-wait.h"

#define RECORDS 300
#define STEPS 150

/* A model and a list that only follows what it announces. */
typedef struct
{
  char *folder;
  char *path;
  PslRegister *reg;
  PslRecordModel *model;
  GArray *followed;
  guint n_loaded;
  guint n_moved;
  guint n_followed;
  guint n_failed;
  gboolean may_fail;
  gboolean holds;
} Fixture;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Fixture    *fixture)
{
  g_assert_cmpuint (position + removed, <=, fixture->followed->len);
  if (removed > 0)
    g_array_remove_range (fixture->followed, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 rid = psl_record_model_get_rid (PSL_RECORD_MODEL (model), position + i);

      g_array_insert_val (fixture->followed, position + i, rid);
    }
  fixture->n_moved += removed + added;
  g_assert_cmpuint (fixture->followed->len, ==, g_list_model_get_n_items (model));
}

static void
loaded_cb (PslRecordModel *model,
           gboolean        fresh,
           Fixture        *fixture)
{
  fixture->n_loaded += psl_record_model_is_complete (model);
  if (fixture->holds && fresh && !psl_record_model_is_complete (model))
    psl_record_model_hold (model);
}

static void
failed_cb (PslRecordModel *model,
           const GError   *error,
           Fixture        *fixture)
{
  if (!fixture->may_fail)
    g_error ("The model failed: %s", error->message);
  g_assert_true (psl_record_model_get_error (model) != NULL);
  fixture->n_failed++;
}

static void
moved_cb (PslRecordModel *model,
          Fixture        *fixture)
{
  fixture->n_followed++;
}

static void
set_title_to (Fixture    *fixture,
              gint64      rid,
              const char *title)
{
  register_wait_set (fixture->reg, rid, &psl_kind_project, "title", "fr", title);
}

static void
set_title (Fixture *fixture,
           gint64   rid)
{
  g_autofree char *title = g_strdup_printf ("Titre %04d", g_test_rand_int_range (0, 9999));

  set_title_to (fixture, rid, title);
}

static void
set_state (Fixture        *fixture,
           gint64          rid,
           PslRecordState  state)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = NULL;

  psl_register_set_state_async (fixture->reg, &rid, 1, state, answer_cb, &result);
  wait_until (result != NULL);
  action = psl_register_action_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
}

static gpointer
fill (PslStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");

  if (!psl_store_begin (store, PSL_VERB_IMPORT, "test", error))
    return NULL;
  for (guint i = 0; i < GPOINTER_TO_UINT (data); i++)
    {
      g_autofree char *text = g_strdup_printf ("Projet %04u", (i * 7919) % 10000);
      gint64 rid = psl_store_create (store, &psl_kind_project, NULL, error);

      if (rid == 0 || !psl_store_set (store, rid, title, "fr", text, error))
        {
          psl_store_rollback (store);
          return NULL;
        }
    }
  psl_store_commit (store, error);

  return NULL;
}

static void
fill_register (Fixture *fixture,
               guint    n_records)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  psl_register_write_async (fixture->reg, fill, GUINT_TO_POINTER (n_records), NULL, NULL, NULL, answer_cb, &result);
  wait_until (result != NULL);
  psl_register_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = folder_make ();
  fixture->path = g_build_filename (fixture->folder, "register.passerelle", NULL);

  fixture->reg = register_wait_open (fixture->path, PSL_STORE_CREATE);
  fill_register (fixture, RECORDS);

  fixture->followed = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture->model = psl_record_model_new ();
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  g_signal_connect (fixture->model, "loaded", G_CALLBACK (loaded_cb), fixture);
  g_signal_connect (fixture->model, "moved", G_CALLBACK (moved_cb), fixture);
  g_signal_connect (fixture->model, "failed", G_CALLBACK (failed_cb), fixture);
  psl_record_model_set_register (fixture->model, fixture->reg);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  psl_record_model_set_register (fixture->model, NULL);
  g_assert_cmpuint (fixture->followed->len, ==, 0);
  g_assert_true (psl_register_close_now (fixture->reg, &error));
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->model);
  g_assert_finalize_object (fixture->reg);

  g_array_unref (fixture->followed);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* The list is what the register itself answers, and so is what was announced. */
static void
check (Fixture  *fixture,
       PslQuery *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = NULL;

  psl_register_query_async (fixture->reg, query, 0, NULL, answer_cb, &result);
  wait_until (result != NULL);
  rids = psl_register_query_finish (fixture->reg, result, &error);
  g_assert_no_error (error);

  g_assert_cmpmem (fixture->followed->data, fixture->followed->len * sizeof (gint64),
                   rids->data, rids->len * sizeof (gint64));
  for (guint i = 0; i < rids->len; i++)
    g_assert_cmpint (psl_record_model_get_rid (fixture->model, i), ==, g_array_index (rids, gint64, i));
}

static PslQuery *
make_query (const char *sort,
            gboolean    descending,
            const char *search)
{
  PslQuery *query = psl_query_new (&psl_kind_project);

  psl_query_set_language (query, "fr");
  psl_query_set_sort (query, sort, descending);
  psl_query_set_search (query, search);

  return query;
}

static void
set_query (Fixture  *fixture,
           PslQuery *query)
{
  guint before = fixture->n_loaded;

  psl_record_model_set_query (fixture->model, query);
  wait_until (fixture->n_loaded > before);
}

/* A new record is listed until it is left, whatever the filters say; and the next one
 * is found where a record left the list. */
static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (PslQuery) query = make_query ("title", FALSE, NULL);
  const char *values[] = { "2", NULL };
  gint64 rids[3];
  gint64 other;

  other = register_wait_create (fixture->reg, &psl_kind_project);
  for (guint i = 0; i < G_N_ELEMENTS (rids); i++)
    {
      g_autofree char *title = g_strdup_printf ("Kept %u", i);

      rids[i] = register_wait_create (fixture->reg, &psl_kind_project);
      set_title_to (fixture, rids[i], title);
      register_wait_set (fixture->reg, rids[i], &psl_kind_project, "status", NULL, "2");
    }
  psl_query_add_filter (query, psl_filter_new ("status", PSL_FILTER_EQUALS, values));
  set_query (fixture, query);
  wait_until (psl_record_model_is_complete (fixture->model) && fixture->followed->len == 3);

  psl_record_model_keep (fixture->model, other);
  wait_until (fixture->followed->len == 4);
  g_assert_cmpint (psl_record_model_get_selected (fixture->model), ==, other);
  g_assert_cmpint (psl_record_model_get_rid (fixture->model, 0), ==, other);
  set_title_to (fixture, other, "Still here");
  register_wait_set (fixture->reg, other, &psl_kind_project, "status", NULL, "2");
  wait_until (psl_record_model_get_rid (fixture->model, 3) == other);
  register_wait_set (fixture->reg, other, &psl_kind_project, "status", NULL, "3");
  wait_until (psl_record_model_get_rid (fixture->model, 0) == other);

  psl_record_model_select (fixture->model, rids[1]);
  wait_until (fixture->followed->len == 3);
  g_assert_cmpint (psl_record_model_find (fixture->model, other), ==, GTK_INVALID_LIST_POSITION);

  g_assert_cmpint (psl_record_model_get_neighbour (fixture->model, TRUE), ==, rids[2]);
  g_assert_cmpint (psl_record_model_get_neighbour (fixture->model, FALSE), ==, rids[0]);
  register_wait_set (fixture->reg, rids[1], &psl_kind_project, "status", NULL, "3");
  wait_until (fixture->followed->len == 2);
  g_assert_cmpint (psl_record_model_get_neighbour (fixture->model, TRUE), ==, rids[2]);
  g_assert_cmpint (psl_record_model_get_neighbour (fixture->model, FALSE), ==, rids[0]);
  psl_record_model_select (fixture->model, rids[2]);
  g_assert_cmpint (psl_record_model_get_neighbour (fixture->model, TRUE), ==, 0);
}

static void
test_pages (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (PslQuery) query = make_query ("title", FALSE, NULL);
  g_autoptr (PslRecordItem) item = NULL;
  g_autoptr (PslRecordItem) again = NULL;
  g_autoptr (PslRecordItem) first = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, 0);
  psl_record_model_set_query (fixture->model, query);
  g_assert_true (psl_record_model_is_loading (fixture->model));

  wait_until (fixture->followed->len > 0);
  g_assert_false (psl_record_model_is_loading (fixture->model));
  g_assert_cmpuint (fixture->followed->len, ==, 24);
  g_assert_false (psl_record_model_is_complete (fixture->model));

  /* The first records came with the ids. */
  first = g_list_model_get_item (G_LIST_MODEL (fixture->model), 0);
  psl_record_model_request (fixture->model, first);
  g_assert_nonnull (psl_record_item_get_record (first));

  wait_until (psl_record_model_is_complete (fixture->model));
  check (fixture, query);
  g_assert_cmpuint (fixture->n_moved, ==, RECORDS);

  /* The same objects as before, and a record once it is asked for. */
  again = g_list_model_get_item (G_LIST_MODEL (fixture->model), 0);
  g_assert_true (first == again);
  item = g_list_model_get_item (G_LIST_MODEL (fixture->model), 45);
  g_assert_null (psl_record_item_get_record (item));
  psl_record_model_request (fixture->model, item);
  wait_until (psl_record_item_get_record (item) != NULL);
  g_assert_cmpint (psl_record_get_rid (psl_record_item_get_record (item)), ==, psl_record_item_get_rid (item));

  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->model), RECORDS));
}

static void
test_selection (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (PslQuery) query = make_query ("title", FALSE, NULL);
  g_autoptr (PslQuery) backwards = make_query ("title", TRUE, NULL);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (fixture->model);
  guint before;
  gint64 rid;

  set_query (fixture, query);
  g_assert_true (gtk_selection_model_select_item (selection, 10, TRUE));
  rid = psl_record_model_get_selected (fixture->model);
  g_assert_cmpint (rid, ==, psl_record_model_get_rid (fixture->model, 10));
  g_assert_true (gtk_selection_model_is_selected (selection, 10));

  /* It goes with its record: in another order … */
  set_query (fixture, backwards);
  g_assert_true (gtk_selection_model_is_selected (selection, RECORDS - 11));

  /* … and out of the list, and back into it. */
  before = fixture->n_loaded;
  set_state (fixture, rid, PSL_RECORD_TRASHED);
  wait_until (fixture->n_loaded > before);
  g_assert_cmpint (psl_record_model_get_selected (fixture->model), ==, rid);
  g_assert_cmpuint (psl_record_model_find (fixture->model, rid), ==, GTK_INVALID_LIST_POSITION);

  before = fixture->n_loaded;
  register_wait_undo (fixture->reg);
  wait_until (fixture->n_loaded > before);
  g_assert_true (gtk_selection_model_is_selected (selection, RECORDS - 11));
}

static gboolean
has_new_title (PslRecordItem *item)
{
  g_autofree char *title = psl_record_dup_title (psl_record_item_get_record (item), psl_codelists_get_default (), "fr");

  return g_str_has_prefix (title, "Titre");
}

/* Up and down the list, it stays selected, and whoever shows it is told. */
static void
test_moved (Fixture       *fixture,
            gconstpointer  data)
{
  static const char *const titles[] = { "AAA", "ZZZ", "Projet 5000½", "AAA" };
  g_autoptr (PslQuery) query = make_query ("title", FALSE, NULL);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (fixture->model);
  gint64 rid;

  set_query (fixture, query);
  psl_record_model_select (fixture->model, psl_record_model_get_rid (fixture->model, RECORDS / 2));
  rid = psl_record_model_get_selected (fixture->model);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      guint position = psl_record_model_find (fixture->model, rid);
      guint before = fixture->n_loaded;

      set_title_to (fixture, rid, titles[i]);
      wait_until (fixture->n_loaded > before);
      g_assert_cmpuint (fixture->n_followed, ==, i + 1);
      g_assert_cmpuint (psl_record_model_find (fixture->model, rid), !=, position);
      position = psl_record_model_find (fixture->model, rid);
      g_assert_cmpint (psl_record_model_get_rid (fixture->model, position), ==, rid);
      g_assert_true (gtk_selection_model_is_selected (selection, position));
    }

  /* Others that move are none of its concern. */
  {
    guint before = fixture->n_loaded;

    set_title_to (fixture, psl_record_model_get_rid (fixture->model, 9), "ZZZZ");
    wait_until (fixture->n_loaded > before);
    g_assert_cmpuint (fixture->n_followed, ==, G_N_ELEMENTS (titles));
  }
}

/* A list that can't be read says so, and is there again when it can. */
static void
test_retry (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (PslQuery) query = make_query ("title", FALSE, NULL);
  g_autoptr (PslQuery) backwards = make_query ("title", TRUE, NULL);
  g_autofree char *away = g_strconcat (fixture->path, ".away", NULL);
  guint before;

  set_query (fixture, query);
  g_assert_null (psl_record_model_get_error (fixture->model));

  fixture->may_fail = TRUE;
  g_assert_cmpint (g_rename (fixture->path, away), ==, 0);
  psl_record_model_set_query (fixture->model, backwards);
  wait_until (fixture->n_failed > 0);
  g_assert_nonnull (psl_record_model_get_error (fixture->model));
  g_assert_false (psl_record_model_is_loading (fixture->model));

  g_assert_cmpint (g_rename (away, fixture->path), ==, 0);
  before = fixture->n_loaded;
  psl_record_model_retry (fixture->model);
  g_assert_true (psl_record_model_is_loading (fixture->model));
  wait_until (fixture->n_loaded > before);
  g_assert_null (psl_record_model_get_error (fixture->model));
  check (fixture, backwards);
}

/* An edit moves one row, and announces no other. */
static void
test_small_change (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (PslQuery) query = make_query ("title", FALSE, NULL);
  g_autoptr (PslRecordItem) item = NULL;
  guint before;

  set_query (fixture, query);
  item = g_list_model_get_item (G_LIST_MODEL (fixture->model), 5);
  psl_record_model_request (fixture->model, item);
  wait_until (psl_record_item_get_record (item) != NULL);

  before = fixture->n_loaded;
  fixture->n_moved = 0;
  set_title (fixture, psl_record_item_get_rid (item));
  wait_until (fixture->n_loaded > before);
  check (fixture, query);
  g_assert_cmpuint (fixture->n_moved, ==, 2);

  /* The item that is held has read its record again. */
  wait_until (has_new_title (item));
}

/* The state of a test that waits for the list to be read again. */
typedef struct
{
  PslQuery *query;
  gboolean touched;
} Touching;

static void
note_touched_cb (Touching            *touching,
                 const PslChangedSet *set)
{
  touching->touched |= psl_changed_set_touches_query (set, touching->query);
}

/* A list is not read again for what it neither sorts nor filters by. */
static void
test_untouched (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const values[] = { "2", NULL };
  g_autoptr (PslQuery) query = make_query ("project_id", FALSE, NULL);
  g_autoptr (PslRecordItem) item = NULL;
  guint before;

  psl_query_add_filter (query, psl_filter_new ("status", PSL_FILTER_NONE_OF, values));
  set_query (fixture, query);
  item = g_list_model_get_item (G_LIST_MODEL (fixture->model), 5);
  psl_record_model_request (fixture->model, item);
  wait_until (psl_record_item_get_record (item) != NULL);

  before = fixture->n_loaded;
  set_title (fixture, psl_record_item_get_rid (item));
  /* The row that shows it has. */
  wait_until (has_new_title (item));
  g_assert_false (psl_record_model_is_loading (fixture->model));
  g_assert_cmpuint (fixture->n_loaded, ==, before);

  register_wait_set (fixture->reg, psl_record_item_get_rid (item), &psl_kind_project, "status", NULL, "2");
  wait_until (fixture->n_loaded > before);
  check (fixture, query);
}

static void
test_random (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *const sorts[] = { "title", "project_id", PSL_SORT_CHANGED };
  static const char *const searches[] = { NULL, NULL, "titre", "projet 0" };
  g_autoptr (PslQuery) query = make_query ("title", FALSE, NULL);
  Touching touching = { query, FALSE };
  gulong handler = g_signal_connect_swapped (fixture->reg, "changed", G_CALLBACK (note_touched_cb), &touching);

  set_query (fixture, query);
  for (guint step = 0; step < STEPS; step++)
    {
      guint n_items = g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
      gint64 rid = n_items > 0 ? psl_record_model_get_rid (fixture->model, g_test_rand_int_range (0, n_items)) : 0;
      guint before = fixture->n_loaded;

      touching.query = query;
      touching.touched = FALSE;
      switch (g_test_rand_int_range (0, 6))
        {
        case 0:
          register_wait_create (fixture->reg, &psl_kind_project);
          break;
        case 1:
          if (rid == 0)
            continue;
          set_state (fixture, rid, PSL_RECORD_TRASHED);
          break;
        case 2:
          if (!register_wait_undo (fixture->reg))
            continue;
          break;
        case 3:
          {
            g_autoptr (PslQuery) next = make_query (sorts[g_test_rand_int_range (0, G_N_ELEMENTS (sorts))],
                                                    g_test_rand_bit (),
                                                    searches[g_test_rand_int_range (0, G_N_ELEMENTS (searches))]);

            if (psl_query_equal (next, query))
              continue;
            g_set_object (&query, next);
            touching.query = query;
            touching.touched = TRUE;
            psl_record_model_set_query (fixture->model, query);
          }
          break;
        default:
          if (rid == 0)
            continue;
          set_title (fixture, rid);
        }

      wait_until (!touching.touched || fixture->n_loaded > before);
      check (fixture, query);
    }
  g_signal_handler_disconnect (fixture->reg, handler);
}

/* Queries that nobody waits for any more leave no trace. */
static void
test_hurry (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (PslQuery) last = make_query ("title", FALSE, "projet 000");

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *search = g_strdup_printf ("projet %u", i);
      g_autoptr (PslQuery) query = make_query ("title", i % 2, search);

      psl_record_model_set_query (fixture->model, query);
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  fixture->n_loaded = 0;
  set_query (fixture, last);
  check (fixture, last);
}

/* The row of a record that is found by the words of a part says so; one that shows the word
 * itself says nothing more. */
static void
test_snippets (Fixture       *fixture,
               gconstpointer  data)
{
  static const char *const snippets[] = { NULL, "Result: Nurses who went through training" };
  const PslField *results = psl_kind_find_parts (&psl_kind_project, &psl_kind_result);
  g_autoptr (PslQuery) query = make_query ("title", TRUE, "zeal train");

  for (guint i = 0; i < G_N_ELEMENTS (snippets); i++)
    {
      g_autoptr (PslRecord) project = psl_record_new (&psl_kind_project, 0, NULL);
      g_autoptr (PslRecord) result = psl_record_new (&psl_kind_result, 0, NULL);

      psl_record_set (project, psl_kind_get_title (&psl_kind_project), "fr", i == 0 ? "Zeal training" : "Zeal");
      psl_record_set (result, psl_kind_get_title (&psl_kind_result), "en", "Nurses who went through training");
      psl_record_add_part (project, results, result);
      register_wait_insert (fixture->reg, project);
    }

  set_query (fixture, query);
  for (guint i = 0; i < G_N_ELEMENTS (snippets); i++)
    {
      g_autoptr (PslRecordItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->model), i);

      psl_record_model_request (fixture->model, item);
      wait_until (psl_record_item_get_record (item) != NULL);
      g_assert_cmpstr (psl_record_item_get_snippet (item), ==, snippets[i]);
    }
}

/* A text of a part is quoted before a name of a code that the page doesn't show. */
static void
test_snippet_of_code (Fixture       *fixture,
                      gconstpointer  data)
{
  const PslField *results = psl_kind_find_parts (&psl_kind_project, &psl_kind_result);
  const PslField *region = psl_kind_find_field (&psl_kind_project, "region");
  g_autoptr (PslQuery) query = make_query ("title", TRUE, "afrique");
  g_autoptr (PslRecord) project = psl_record_new (&psl_kind_project, 0, NULL);
  g_autoptr (PslRecord) result = psl_record_new (&psl_kind_result, 0, NULL);
  g_autoptr (PslRecordItem) item = NULL;

  psl_record_set (project, psl_kind_get_title (&psl_kind_project), "fr", "Zeal");
  psl_record_set (project, region, NULL, "africa");
  psl_record_set (result, psl_kind_get_title (&psl_kind_result), "fr", "Infirmières formées en Afrique");
  psl_record_add_part (project, results, result);
  register_wait_insert (fixture->reg, project);

  set_query (fixture, query);
  item = g_list_model_get_item (G_LIST_MODEL (fixture->model), 0);
  psl_record_model_request (fixture->model, item);
  wait_until (psl_record_item_get_record (item) != NULL);
  g_assert_cmpstr (psl_record_item_get_snippet (item), ==, "Result: Infirmières formées en Afrique");
}

/* Another list's first page takes the place of the list before, and the rest comes when the
 * page was drawn. */
static void
check_page (Fixture    *fixture,
            const char *search,
            guint       n_found)
{
  g_autoptr (PslQuery) query = make_query ("title", TRUE, search);
  gint64 other = psl_record_model_get_rid (fixture->model, RECORDS / 2);
  guint n_page = MIN (n_found, 10);

  fixture->holds = TRUE;
  psl_record_model_set_query (fixture->model, query);
  wait_until (!psl_record_model_is_loading (fixture->model));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->model)), ==, n_page);
  g_assert_cmpint (psl_record_model_is_complete (fixture->model), ==, n_found == n_page);
  g_assert_cmpuint (psl_record_model_find (fixture->model, other), ==, GTK_INVALID_LIST_POSITION);

  for (guint i = 0; i < n_page; i++)
    {
      g_autoptr (PslRecordItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->model), i);

      psl_record_model_request (fixture->model, item);
      g_assert_cmpint (psl_record_item_get_rid (item), !=, 0);
      g_assert_nonnull (psl_record_item_get_record (item));
    }

  fixture->holds = FALSE;
  psl_record_model_release (fixture->model);
  wait_until (psl_record_model_is_complete (fixture->model));
  check (fixture, query);
}

static void
test_over (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (PslQuery) all = make_query ("title", FALSE, NULL);

  psl_record_model_set_page (fixture->model, 10);
  set_query (fixture, all);
  psl_record_model_select (fixture->model, psl_record_model_get_rid (fixture->model, RECORDS - 1));
  check_page (fixture, "projet", RECORDS);
  g_assert_cmpuint (psl_record_model_find (fixture->model, psl_record_model_get_selected (fixture->model)), ==, 0);

  set_query (fixture, all);
  check_page (fixture, "0000", 1);
  g_assert_cmpuint (psl_record_model_find (fixture->model, psl_record_model_get_selected (fixture->model)), ==,
                    GTK_INVALID_LIST_POSITION);
}

/* An edit that comes in between reads the list once more. */
static void
test_over_changed (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (PslQuery) all = make_query ("title", FALSE, NULL);
  g_autoptr (PslQuery) query = make_query ("title", TRUE, "projet");

  psl_record_model_set_page (fixture->model, 10);
  set_query (fixture, all);
  fixture->holds = TRUE;
  psl_record_model_set_query (fixture->model, query);
  wait_until (!psl_record_model_is_loading (fixture->model));

  fixture->n_loaded = 0;
  set_title (fixture, psl_record_model_get_rid (fixture->model, 0));
  wait_until (fixture->n_loaded > 0);
  psl_record_model_release (fixture->model);
  check (fixture, query);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/record-model/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("kept", test_kept);
  ADD ("pages", test_pages);
  ADD ("selection", test_selection);
  ADD ("moved", test_moved);
  ADD ("retry", test_retry);
  ADD ("small-change", test_small_change);
  ADD ("untouched", test_untouched);
  ADD ("random", test_random);
  ADD ("hurry", test_hurry);
  ADD ("snippets", test_snippets);
  ADD ("snippet-of-code", test_snippet_of_code);
  ADD ("over", test_over);
  ADD ("over-changed", test_over_changed);
#undef ADD

  return g_test_run ();
}
