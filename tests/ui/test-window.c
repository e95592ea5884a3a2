/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The window itself: places, search, what is done to records, and what it says
 * where a register can't be opened. */

#include "config.h"

#include "psl-settings.h"
#include "psl-window-private.h"
#include "ui-test.h"
#include "window-test.h"

static gboolean
shows_record (gpointer data)
{
  WindowTest *fixture = data;

  return fixture->window->record != NULL && psl_record_get_rid (fixture->window->record) == fixture->rid;
}

static gboolean
shows_another_record (gpointer data)
{
  WindowTest *fixture = data;

  return fixture->window->record != NULL && psl_record_get_rid (fixture->window->record) != fixture->rid;
}

static gboolean
shows_no_record (gpointer data)
{
  return ((WindowTest *) data)->window->record == NULL;
}

static gboolean
can_undo (gpointer data)
{
  WindowTest *fixture = data;

  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "undo");
}

static gboolean
has_counts (gpointer data)
{
  WindowTest *fixture = data;
  const PslPlace *projects = psl_place_find ("project");

  return psl_counts_get_found (fixture->window->counts, projects) == WINDOW_TEST_PROJECTS / 10
         && psl_counts_get_total (fixture->window->counts, projects) == WINDOW_TEST_PROJECTS;
}

static void
wait_for_record (WindowTest *fixture,
                 gint64      rid)
{
  fixture->rid = rid;
  psl_test_wait (shows_record, fixture);
}

static void
test_search (WindowTest   *fixture,
             gconstpointer data)
{
  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  psl_test_assert_named (GTK_WIDGET (fixture->window));

  psl_list_page_search (fixture->window->list_page, "soderkoping");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS / 10);
  psl_test_wait (has_counts, fixture);

  psl_list_page_search (fixture->window->list_page, "zanzibar");
  window_test_wait_for_items (fixture, 0);
  psl_list_page_clear_filters (fixture->window->list_page);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);

  window_test_close_window (fixture);
}

static void
test_records (WindowTest   *fixture,
              gconstpointer data)
{
  gint64 first;
  gint64 second;

  window_test_open_window (fixture, PSL_STORE_CREATE, "register");
  window_test_wait_for_items (fixture, 0);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "delete"));

  window_test_activate (fixture, "new");
  window_test_wait_for_items (fixture, 1);
  wait_for_record (fixture, psl_record_model_get_rid (window_test_get_model (fixture), 0));
  first = fixture->rid;

  window_test_activate (fixture, "duplicate");
  psl_test_wait (shows_another_record, fixture);
  window_test_wait_for_items (fixture, 2);
  second = psl_record_get_rid (fixture->window->record);

  /* To the trash, and back by undoing. */
  window_test_activate (fixture, "delete");
  window_test_wait_for_items (fixture, 1);
  wait_for_record (fixture, first);
  psl_test_wait (can_undo, fixture);
  window_test_activate (fixture, "undo");
  window_test_wait_for_items (fixture, 2);
  wait_for_record (fixture, second);

  window_test_close_window (fixture);
}

static void
test_trash (WindowTest   *fixture,
            gconstpointer data)
{
  gint64 rid;

  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);

  rid = psl_record_model_get_rid (window_test_get_model (fixture), 3);
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);
  window_test_activate (fixture, "delete");
  psl_test_wait (shows_another_record, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS - 1);

  /* The record is shown where it is now. */
  psl_window_go_to (fixture->window, rid);
  wait_for_record (fixture, rid);
  g_assert_true (psl_list_page_get_place (fixture->window->list_page) == psl_place_find ("trash"));
  window_test_wait_for_items (fixture, 1);
  psl_test_assert_named (GTK_WIDGET (fixture->window));

  window_test_activate (fixture, "restore");
  psl_test_wait (shows_no_record, fixture);
  window_test_wait_for_items (fixture, 0);
  psl_window_go_to (fixture->window, rid);
  wait_for_record (fixture, rid);
  g_assert_true (psl_list_page_get_place (fixture->window->list_page) == psl_place_find ("project"));
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);

  window_test_close_window (fixture);
}

static void
test_steps (WindowTest   *fixture,
            gconstpointer data)
{
  gint64 one;
  gint64 two;

  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  one = psl_record_model_get_rid (window_test_get_model (fixture), 1);
  two = psl_record_model_get_rid (window_test_get_model (fixture), 20);

  psl_record_model_select (window_test_get_model (fixture), one);
  wait_for_record (fixture, one);
  /* As if it had been looked at for a while. */
  fixture->window->visited_at = 0;
  psl_record_model_select (window_test_get_model (fixture), two);
  wait_for_record (fixture, two);

  window_test_activate (fixture, "back");
  wait_for_record (fixture, one);
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "back"));
  window_test_activate (fixture, "forward");
  wait_for_record (fixture, two);

  window_test_close_window (fixture);
}

/* The window comes back to the place and the record it was left with. */
static void
test_return (WindowTest   *fixture,
             gconstpointer data)
{
  gint64 rid;

  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  rid = psl_record_model_get_rid (window_test_get_model (fixture), 17);
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);
  window_test_close_window (fixture);

  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  wait_for_record (fixture, rid);
  window_test_close_window (fixture);
}

static void
test_missing (WindowTest   *fixture,
              gconstpointer data)
{
  window_test_open_window (fixture, PSL_STORE_NONE, "problem");
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));

  /* It is made only when the person asks for it. */
  g_signal_emit_by_name (fixture->window->problem_page, "try", PSL_STORE_CREATE);
  window_test_wait_for_page (fixture, "register");
  window_test_wait_for_items (fixture, 0);

  window_test_close_window (fixture);
}

static void
test_not_a_register (WindowTest   *fixture,
                     gconstpointer data)
{
  static const char text[] = "Dear colleagues,\n";
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  window_test_open_window (fixture, PSL_STORE_NONE, "problem");
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  window_test_close_window (fixture);

  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
test_damaged (WindowTest   *fixture,
              gconstpointer data)
{
  g_autofree char *contents = NULL;
  gsize length;

  window_test_fill (fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, contents, length / 2, NULL));

  window_test_open_window (fixture, PSL_STORE_NONE, "problem");
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  window_test_close_window (fixture);
}

static gboolean
has_label (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (has_label (child, text))
        return TRUE;
    }
  return FALSE;
}

static gboolean
names_office (gpointer data)
{
  return has_label (GTK_WIDGET (((WindowTest *) data)->window->detail_page), "The office");
}

static gboolean
names_office_in_french (gpointer data)
{
  return has_label (GTK_WIDGET (((WindowTest *) data)->window->detail_page), "Le bureau");
}

/* A project and the office it leads to. */
static gint64
fill_linked (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);
  g_autoptr (PslRecord) office = psl_record_new (&psl_kind_office, 0, "01234567-0000-7000-8000-000000000001");
  g_autoptr (PslRecord) project = psl_record_new (&psl_kind_project, 0, NULL);
  const PslField *name = psl_kind_find_field (&psl_kind_office, "name");
  gint64 rid;

  g_assert_no_error (error);
  psl_record_set (office, name, "en", "The office");
  psl_record_set (office, name, "fr", "Le bureau");
  psl_record_set (project, psl_kind_find_field (&psl_kind_project, "office"), NULL, psl_record_get_id (office));
  g_assert_true (psl_store_begin (store, PSL_VERB_IMPORT, "test", &error));
  g_assert_cmpint (psl_store_insert (store, office, &error), >, 0);
  rid = psl_store_insert (store, project, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
  return rid;
}

/* What a record leads to is called by its title in the language of records. */
static void
test_language (WindowTest    *fixture,
               gconstpointer  data)
{
  GSettings *settings = psl_settings_get_gsettings (psl_settings_get_default ());
  gint64 rid = fill_linked (fixture->path);

  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, 1);
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);
  psl_test_wait (names_office, fixture);

  g_settings_set_string (settings, "record-language", "fr");
  psl_test_wait (names_office_in_french, fixture);
  window_test_close_window (fixture);

  /* From the start, too. */
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  psl_test_wait (names_office_in_french, fixture);
  window_test_close_window (fixture);
}

int
main (int    argc,
      char **argv)
{
  int result;

  psl_test_init (&argc, &argv);

  window_test_init ();

#define ADD(name, func) g_test_add ("/ui/window/" name, WindowTest, NULL, window_test_set_up, func, window_test_tear_down)
  ADD ("search", test_search);
  ADD ("records", test_records);
  ADD ("trash", test_trash);
  ADD ("steps", test_steps);
  ADD ("return", test_return);
  ADD ("missing", test_missing);
  ADD ("not-a-register", test_not_a_register);
  ADD ("damaged", test_damaged);
  ADD ("language", test_language);
#undef ADD

  result = g_test_run ();
  window_test_finish ();

  return result;
}
