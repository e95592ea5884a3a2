/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The window itself: places, search, what is done to records, and what it says
 * where a register can't be opened. */

#include "config.h"

#include <glib/gstdio.h>

#include "psl-settings.h"
#include "psl-window-private.h"
#include "ui-test.h"

#define PROJECTS 30

static PslApplication *application;

typedef struct
{
  char *folder;
  char *path;
  PslWindow *window;
  const char *page;
  guint n_items;
  gint64 rid;
} Fixture;

static gboolean
is_on_page (gpointer data)
{
  Fixture *fixture = data;

  return g_strcmp0 (gtk_stack_get_visible_child_name (fixture->window->stack), fixture->page) == 0;
}

static gboolean
has_items (gpointer data)
{
  Fixture *fixture = data;
  PslRecordModel *model = psl_list_page_get_model (fixture->window->list_page);

  return !psl_record_model_is_loading (model)
         && g_list_model_get_n_items (G_LIST_MODEL (model)) == fixture->n_items;
}

static gboolean
shows_record (gpointer data)
{
  Fixture *fixture = data;

  return fixture->window->record != NULL && psl_record_get_rid (fixture->window->record) == fixture->rid;
}

static gboolean
shows_another_record (gpointer data)
{
  Fixture *fixture = data;

  return fixture->window->record != NULL && psl_record_get_rid (fixture->window->record) != fixture->rid;
}

static gboolean
shows_no_record (gpointer data)
{
  return ((Fixture *) data)->window->record == NULL;
}

static gboolean
can_undo (gpointer data)
{
  Fixture *fixture = data;

  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "undo");
}

static gboolean
has_counts (gpointer data)
{
  Fixture *fixture = data;
  const PslPlace *projects = psl_place_find ("project");

  return psl_counts_get_found (fixture->window->counts, projects) == PROJECTS / 10
         && psl_counts_get_total (fixture->window->counts, projects) == PROJECTS;
}

static void
wait_for_items (Fixture *fixture,
                guint    n_items)
{
  fixture->n_items = n_items;
  psl_test_wait (has_items, fixture);
}

static void
wait_for_record (Fixture *fixture,
                 gint64   rid)
{
  fixture->rid = rid;
  psl_test_wait (shows_record, fixture);
}

static void
activate (Fixture    *fixture,
          const char *action)
{
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, NULL);
}

static PslRecordModel *
get_model (Fixture *fixture)
{
  return psl_list_page_get_model (fixture->window->list_page);
}

static void
fill (const char *path)
{
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);

  g_assert_no_error (error);
  g_assert_true (psl_store_begin (store, PSL_VERB_IMPORT, "test", &error));
  for (guint i = 0; i < PROJECTS; i++)
    {
      g_autofree char *text = g_strdup_printf ("Project %02u %s", i, i % 10 == 0 ? "Söderköping" : "Accra");
      gint64 rid = psl_store_create (store, &psl_kind_project, NULL, &error);

      g_assert_no_error (error);
      psl_store_set (store, rid, title, "en", text, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
}

static void
reset_settings (void)
{
  GSettings *settings = psl_settings_get_gsettings (psl_settings_get_default ());

  g_settings_reset (settings, "place");
  g_settings_reset (settings, "queries");
  g_settings_reset (settings, "records");
}

static void
open_window (Fixture       *fixture,
             PslStoreFlags  flags,
             const char    *page)
{
  fixture->window = psl_window_new (application, fixture->path, flags);
  fixture->page = page;
  gtk_window_present (GTK_WINDOW (fixture->window));
  psl_test_wait (is_on_page, fixture);
}

static void
close_window (Fixture *fixture)
{
  g_assert_true (psl_window_shut (fixture->window));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  psl_test_settle ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("passerelle-window-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "test.passerelle", NULL);
  reset_settings ();
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  fill (fixture->path);
  open_window (fixture, PSL_STORE_NONE, "register");
  wait_for_items (fixture, PROJECTS);
  psl_test_assert_named (GTK_WIDGET (fixture->window));

  psl_list_page_search (fixture->window->list_page, "soderkoping");
  wait_for_items (fixture, PROJECTS / 10);
  psl_test_wait (has_counts, fixture);

  psl_list_page_search (fixture->window->list_page, "zanzibar");
  wait_for_items (fixture, 0);
  psl_list_page_clear_filters (fixture->window->list_page);
  wait_for_items (fixture, PROJECTS);

  close_window (fixture);
}

static void
test_records (Fixture       *fixture,
              gconstpointer  data)
{
  gint64 first;
  gint64 second;

  open_window (fixture, PSL_STORE_CREATE, "register");
  wait_for_items (fixture, 0);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "delete"));

  activate (fixture, "new");
  wait_for_items (fixture, 1);
  wait_for_record (fixture, psl_record_model_get_rid (get_model (fixture), 0));
  first = fixture->rid;

  activate (fixture, "duplicate");
  psl_test_wait (shows_another_record, fixture);
  wait_for_items (fixture, 2);
  second = psl_record_get_rid (fixture->window->record);

  /* To the trash, and back by undoing. */
  activate (fixture, "delete");
  wait_for_items (fixture, 1);
  wait_for_record (fixture, first);
  psl_test_wait (can_undo, fixture);
  activate (fixture, "undo");
  wait_for_items (fixture, 2);
  wait_for_record (fixture, second);

  close_window (fixture);
}

static void
test_trash (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 rid;

  fill (fixture->path);
  open_window (fixture, PSL_STORE_NONE, "register");
  wait_for_items (fixture, PROJECTS);

  rid = psl_record_model_get_rid (get_model (fixture), 3);
  psl_record_model_select (get_model (fixture), rid);
  wait_for_record (fixture, rid);
  activate (fixture, "delete");
  psl_test_wait (shows_another_record, fixture);
  wait_for_items (fixture, PROJECTS - 1);

  /* The record is shown where it is now. */
  psl_window_go_to (fixture->window, rid);
  wait_for_record (fixture, rid);
  g_assert_true (psl_list_page_get_place (fixture->window->list_page) == psl_place_find ("trash"));
  wait_for_items (fixture, 1);
  psl_test_assert_named (GTK_WIDGET (fixture->window));

  activate (fixture, "restore");
  psl_test_wait (shows_no_record, fixture);
  wait_for_items (fixture, 0);
  psl_window_go_to (fixture->window, rid);
  wait_for_record (fixture, rid);
  g_assert_true (psl_list_page_get_place (fixture->window->list_page) == psl_place_find ("project"));
  wait_for_items (fixture, PROJECTS);

  close_window (fixture);
}

static void
test_steps (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 one;
  gint64 two;

  fill (fixture->path);
  open_window (fixture, PSL_STORE_NONE, "register");
  wait_for_items (fixture, PROJECTS);
  one = psl_record_model_get_rid (get_model (fixture), 1);
  two = psl_record_model_get_rid (get_model (fixture), 20);

  psl_record_model_select (get_model (fixture), one);
  wait_for_record (fixture, one);
  /* As if it had been looked at for a while. */
  fixture->window->visited_at = 0;
  psl_record_model_select (get_model (fixture), two);
  wait_for_record (fixture, two);

  activate (fixture, "back");
  wait_for_record (fixture, one);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "back"));
  activate (fixture, "forward");
  wait_for_record (fixture, two);

  close_window (fixture);
}

/* The window comes back to the place and the record it was left with. */
static void
test_return (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 rid;

  fill (fixture->path);
  open_window (fixture, PSL_STORE_NONE, "register");
  wait_for_items (fixture, PROJECTS);
  rid = psl_record_model_get_rid (get_model (fixture), 17);
  psl_record_model_select (get_model (fixture), rid);
  wait_for_record (fixture, rid);
  close_window (fixture);

  open_window (fixture, PSL_STORE_NONE, "register");
  wait_for_record (fixture, rid);
  close_window (fixture);
}

static void
test_missing (Fixture       *fixture,
              gconstpointer  data)
{
  open_window (fixture, PSL_STORE_NONE, "problem");
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  /* It is made only when the person asks for it. */
  g_signal_emit_by_name (fixture->window->problem_page, "try", PSL_STORE_CREATE);
  fixture->page = "register";
  psl_test_wait (is_on_page, fixture);
  wait_for_items (fixture, 0);

  close_window (fixture);
}

static void
test_not_a_register (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char text[] = "Dear colleagues,\n";
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  open_window (fixture, PSL_STORE_NONE, "problem");
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  close_window (fixture);

  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *contents = NULL;
  gsize length;

  fill (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, contents, length / 2, NULL));

  open_window (fixture, PSL_STORE_NONE, "problem");
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  close_window (fixture);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  psl_test_init (&argc, &argv);

  application = psl_application_new ();
  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application)) | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

#define ADD(name, func) g_test_add ("/ui/window/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("search", test_search);
  ADD ("records", test_records);
  ADD ("trash", test_trash);
  ADD ("steps", test_steps);
  ADD ("return", test_return);
  ADD ("missing", test_missing);
  ADD ("not-a-register", test_not_a_register);
  ADD ("damaged", test_damaged);
#undef ADD

  result = g_test_run ();
  g_object_unref (application);

  return result;
}
