/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The window itself: places, search, what is done to records, and what it says
 * where a register can't be opened. */

#include "config.h"

#include "psl-db.h"
#include "psl-detail-sheet.h"
#include "psl-editor.h"
#include "psl-error.h"
#include "psl-focus.h"
#include "psl-kinds.h"
#include "psl-remarks-dialog.h"
#include "psl-row-content.h"
#include "psl-settings.h"
#include "psl-window-private.h"
#include "tests/own-register.h"
#include "tests/register-wait.h"
#include "tests/write-hook.h"
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
  const PslCollection *projects = psl_collection_find ("project");

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
  window_test_open_filled (fixture);
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

#define LONG_TITLE "Strengthening of what border authorities, ministries of labour and municipalities can do together" \
                   " for people who return, in Central America, the Caribbean, Mexico and elsewhere"

static gboolean
shows_whole_title (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *content = psl_test_find (GTK_WIDGET (fixture->window->list_page), PSL_TYPE_ROW_CONTENT);

  return content != NULL && g_str_equal (psl_row_content_get_title (PSL_ROW_CONTENT (content)), LONG_TITLE) &&
         gtk_widget_get_height (content) >= psl_row_content_get_whole_height (PSL_ROW_CONTENT (content));
}

static gboolean
is_low (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *content = psl_test_find (GTK_WIDGET (fixture->window->list_page), PSL_TYPE_ROW_CONTENT);

  return content != NULL && psl_row_content_get_whole_height (PSL_ROW_CONTENT (content)) == 0 &&
         gtk_widget_get_height (content) == fixture->height;
}

/* A search shows whole titles; without one, all rows are as high. */
static void
test_search_whole (WindowTest    *fixture,
                   gconstpointer  data)
{
  GtkWidget *content;
  gint64 rid;

  window_test_open_filled (fixture);
  content = psl_test_find (GTK_WIDGET (fixture->window->list_page), PSL_TYPE_ROW_CONTENT);
  fixture->height = gtk_widget_get_height (content);
  rid = psl_record_model_get_rid (window_test_get_model (fixture), 0);
  register_wait_set (fixture->window->reg, rid, &psl_kind_project, "title", "en", LONG_TITLE);

  psl_list_page_search (fixture->window->list_page, "elsewhere");
  window_test_wait_for_items (fixture, 1);
  psl_test_wait (shows_whole_title, fixture);

  psl_list_page_search (fixture->window->list_page, "");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  psl_test_wait (is_low, fixture);
  window_test_close_window (fixture);
}

/* Makes a record and gives it a title, which stores it. */
static void
enter_new (WindowTest *fixture)
{
  GtkWidget *view;

  window_test_activate (fixture, "new");
  view = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (GTK_IS_TEXT_VIEW (view));
  /* Nothing stands above it to say what is to be typed. */
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, "Title");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "A new record", -1);
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

  enter_new (fixture);
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

  window_test_open_filled (fixture);

  rid = psl_record_model_get_rid (window_test_get_model (fixture), 3);
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);
  window_test_activate (fixture, "delete");
  psl_test_wait (shows_another_record, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS - 1);

  /* The record is shown where it is now. */
  psl_window_go_to (fixture->window, rid);
  wait_for_record (fixture, rid);
  g_assert_true (psl_list_page_get_collection (fixture->window->list_page) == psl_collection_find ("trash"));
  window_test_wait_for_items (fixture, 1);
  psl_test_assert_named (GTK_WIDGET (fixture->window));

  window_test_activate (fixture, "restore");
  psl_test_wait (shows_no_record, fixture);
  window_test_wait_for_items (fixture, 0);
  psl_window_go_to (fixture->window, rid);
  wait_for_record (fixture, rid);
  g_assert_true (psl_list_page_get_collection (fixture->window->list_page) == psl_collection_find ("project"));
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);

  window_test_close_window (fixture);
}

static void
test_steps (WindowTest   *fixture,
            gconstpointer data)
{
  gint64 one;
  gint64 two;

  window_test_open_filled (fixture);
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

  window_test_open_filled (fixture);
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
  g_signal_emit_by_name (window_test_find_titled (GTK_WIDGET (fixture->window->opening_page), "_Create a Register Here"),
                         "clicked");
  window_test_wait_for_page (fixture, "register");
  window_test_wait_for_items (fixture, 0);

  window_test_close_window (fixture);
}

static void
press (WindowTest *fixture,
       const char *label)
{
  GtkWidget *button = window_test_find_titled (GTK_WIDGET (fixture->window->opening_page), label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Sort keys of another ICU are made again, while the window says so and lets the person
 * cancel that. Another program that writes has it wait meanwhile. */
static void
test_renewal (WindowTest   *fixture,
              gconstpointer data)
{
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslDb) db = NULL;
  g_autoptr (GError) error = NULL;

  store = psl_store_open (fixture->path, PSL_STORE_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (psl_store_begin (store, PSL_VERB_IMPORT, "test", &error));
  for (guint i = 0; i < 500; i++)
    g_assert_cmpint (psl_store_create (store, &psl_kind_project, NULL, &error), >, 0);
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
  g_clear_pointer (&store, psl_store_close);
  db = psl_db_open (fixture->path, PSL_DB_NONE, &error);
  g_assert_no_error (error);
  g_assert_true (psl_db_exec (db, "UPDATE meta SET value = '1.0.0.0/1' WHERE name = 'sort-keys fr'", &error));

  own_register_declare (fixture->path);
  g_assert_true (psl_db_begin (db, &error));
  fixture->window = psl_window_new (PSL_APPLICATION (g_application_get_default ()), fixture->path, PSL_STORE_NONE);
  psl_window_appear (fixture->window);
  window_test_wait_for_page (fixture, "renewal");
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (gtk_window_get_focus (GTK_WINDOW (fixture->window)))), ==, "_Cancel");
  press (fixture, "_Cancel");
  psl_db_rollback (db);
  window_test_wait_for_page (fixture, "problem");

  press (fixture, "_Try Again");
  window_test_wait_for_page (fixture, "register");
  window_test_wait_for_items (fixture, 500);
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
names_office (gpointer data)
{
  return psl_test_find_label (GTK_WIDGET (((WindowTest *) data)->window->detail_page), "The office") != NULL;
}

static gboolean
names_office_in_french (gpointer data)
{
  return psl_test_find_label (GTK_WIDGET (((WindowTest *) data)->window->detail_page), "Le bureau") != NULL;
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

/* Linked records are named by their titles in the language of records. */
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

/* The first widget of a type that is to be seen in another. */
static GtkWidget *
find_shown (GtkWidget *widget,
            GType      type)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_shown (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
has_banner (gpointer data)
{
  GtkWidget *banner = find_shown (data, ADW_TYPE_BANNER);

  return banner != NULL && adw_banner_get_revealed (ADW_BANNER (banner));
}

/* A register that can only be read says so, beside the list and on the page. */
static void
test_read_only (WindowTest   *fixture,
                gconstpointer data)
{
  static const char *const writing[] = { "new", "duplicate", "delete", "restore", "empty-trash", "import", "undo", "redo" };
  GtkWidget *list_page;
  GtkWidget *detail_page;
  AdwBanner *banner;
  gint64 rid;

  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  list_page = GTK_WIDGET (fixture->window->list_page);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  g_assert_false (has_banner (list_page));
  window_test_close_window (fixture);

  window_test_open_window (fixture, PSL_STORE_READ_ONLY, "register");
  list_page = GTK_WIDGET (fixture->window->list_page);
  detail_page = GTK_WIDGET (fixture->window->detail_page);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  g_assert_true (has_banner (list_page));
  /* Nothing is said of a record that isn't there, to nobody. */
  g_assert_null (find_shown (detail_page, ADW_TYPE_BANNER));

  rid = psl_record_model_get_rid (window_test_get_model (fixture), 0);
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);
  psl_test_wait (has_banner, detail_page);
  banner = ADW_BANNER (find_shown (detail_page, ADW_TYPE_BANNER));
  g_assert_cmpstr (adw_banner_get_title (banner), ==, "This register can be read, not changed");
  g_assert_cmpstr (adw_banner_get_button_label (banner), ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (writing); i++)
    g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), writing[i]));
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  window_test_close_window (fixture);
}

static gboolean
is_in_title (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  GtkWidget *editor = focus != NULL ? gtk_widget_get_ancestor (focus, PSL_TYPE_EDITOR) : NULL;

  return editor != NULL &&
         psl_editor_get_field (PSL_EDITOR (editor)) == psl_kind_get_title (&psl_kind_project) &&
         psl_editor_get_value (PSL_EDITOR (editor)) == NULL;
}

static gboolean
shows_stored (gpointer data)
{
  WindowTest *fixture = data;
  PslRecord *record = fixture->window->record;

  return record != NULL && g_strcmp0 (psl_record_get_by_name (record, "title_en"), "A new record") == 0;
}

/* Whoever makes a record goes on by typing what it is called. */
static void
test_new (WindowTest    *fixture,
          gconstpointer  data)
{
  window_test_open_filled (fixture);
  window_test_activate (fixture, "new");
  psl_test_wait (is_in_title, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);

  /* Left empty, it leaves nothing. */
  psl_record_model_select (window_test_get_model (fixture), psl_record_model_get_rid (window_test_get_model (fixture), 0));
  wait_for_record (fixture, psl_record_model_get_rid (window_test_get_model (fixture), 0));
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);

  enter_new (fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);
  psl_test_wait (shows_stored, fixture);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)),
                                         GTK_WIDGET (fixture->window->detail_page)));
  window_test_close_window (fixture);
}

static PslEditor *
find_editor (WindowTest *fixture,
             const char *field,
             const char *language)
{
  GtkWidget *sheet = find_shown (GTK_WIDGET (fixture->window->detail_page), PSL_TYPE_DETAIL_SHEET);

  g_assert_nonnull (sheet);
  return psl_detail_sheet_find_editor (PSL_DETAIL_SHEET (sheet), psl_kind_find_field (&psl_kind_project, field),
                                       language);
}

static PslEditor *
find_start (WindowTest *fixture)
{
  return find_editor (fixture, "start", NULL);
}

/* Makes a record in which nothing can be stored, and goes on to the first one. */
static void
leave_unstored (WindowTest *fixture)
{
  gint64 rid = psl_record_model_get_rid (window_test_get_model (fixture), 0);

  window_test_activate (fixture, "new");
  gtk_editable_set_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (find_start (fixture)), GTK_TYPE_ENTRY)), "soon");
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);
}

static gboolean
shows_draft (gpointer data)
{
  WindowTest *fixture = data;

  return psl_detail_page_is_new (fixture->window->detail_page) &&
         psl_editor_frame_get_error (PSL_EDITOR_FRAME (find_start (fixture))) != NULL &&
         psl_focus_is_in (GTK_WIDGET (find_start (fixture)));
}

static AdwBanner *
get_unstored_banner (WindowTest *fixture)
{
  GtkWidget *banner = psl_test_find (GTK_WIDGET (fixture->window->detail_page), ADW_TYPE_BANNER);

  return ADW_BANNER (gtk_widget_get_next_sibling (banner));
}

static void
show_unstored (WindowTest *fixture)
{
  GtkWidget *button = psl_test_find (GTK_WIDGET (get_unstored_banner (fixture)), GTK_TYPE_BUTTON);

  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
tells_unstored (gpointer data)
{
  return adw_banner_get_revealed (get_unstored_banner (data));
}

static gboolean
tells_of_nothing_unstored (gpointer data)
{
  return !tells_unstored (data);
}

static gboolean
asks (gpointer data)
{
  return ADW_IS_ALERT_DIALOG (window_test_get_dialog (data));
}

/* A record with text that could not be stored is led back to, and asked about before the
 * window closes. */
static void
test_draft (WindowTest    *fixture,
            gconstpointer  data)
{
  window_test_open_filled (fixture);
  leave_unstored (fixture);
  psl_test_wait (tells_unstored, fixture);
  show_unstored (fixture);
  psl_test_wait (shows_draft, fixture);

  /* In another place, there is no new project. */
  psl_window_choose_collection (fixture->window, psl_collection_find ("office"));
  window_test_wait_for_items (fixture, 0);
  g_assert_false (psl_detail_page_is_new (fixture->window->detail_page));
  gtk_window_close (GTK_WINDOW (fixture->window));
  psl_test_wait (asks, fixture);
  window_test_click (fixture, "_Show");
  psl_test_wait (shows_draft, fixture);
  psl_test_settle ();
  g_assert_null (window_test_get_dialog (fixture));
  g_assert_true (shows_draft (fixture));
  g_assert_true (psl_list_page_get_collection (fixture->window->list_page) == psl_collection_find ("project"));

  psl_editor_revert (find_start (fixture));
  window_test_close_window (fixture);
}

static void
type_in (WindowTest *fixture,
         const char *field,
         const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (find_editor (fixture, field, NULL)), GTK_TYPE_ENTRY)),
                         text);
}

static void
assert_asks (WindowTest *fixture,
             const char *body)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  psl_test_wait (asks, fixture);
  g_assert_cmpstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (window_test_get_dialog (fixture))), ==, body);
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
}

/* Who closes the window is told how much they would lose. */
static void
test_close_counts (WindowTest    *fixture,
                   gconstpointer  data)
{
  PslRecordModel *model;

  window_test_open_filled (fixture);
  model = window_test_get_model (fixture);
  psl_record_model_select (model, psl_record_model_get_rid (model, 0));
  wait_for_record (fixture, psl_record_model_get_rid (model, 0));
  type_in (fixture, "start", "soon");
  assert_asks (fixture, "A value typed on the page can’t be stored. It is marked there.");
  type_in (fixture, "end", "late");
  type_in (fixture, "year", "then");
  assert_asks (fixture, "3 values typed on the page can’t be stored. They are marked there.");

  psl_record_model_select (model, psl_record_model_get_rid (model, 1));
  wait_for_record (fixture, psl_record_model_get_rid (model, 1));
  psl_test_wait (tells_unstored, fixture);
  g_assert_cmpstr (adw_banner_get_title (get_unstored_banner (fixture)), ==,
                   "3 fields of “Project 00 Söderköping” were not stored");
  assert_asks (fixture, "A record that you left holds something that can’t be stored.");
  type_in (fixture, "start", "soon");
  assert_asks (fixture, "A value typed on the page can’t be stored. It is marked there. "
               "A record that you left holds something that can’t be stored.");

  psl_detail_page_set_register (fixture->window->detail_page, NULL);
  window_test_close_window (fixture);
}

static GtkEditable *
get_start (WindowTest *fixture)
{
  return GTK_EDITABLE (psl_test_find (GTK_WIDGET (find_start (fixture)), GTK_TYPE_ENTRY));
}

static gboolean
is_start_refused (gpointer data)
{
  return psl_editor_frame_get_error (PSL_EDITOR_FRAME (find_start (data))) != NULL;
}

/* Text typed in the moment when its record is left by keyboard is asked about before the
 * window closes, and there again with its record. */
static void
test_left (WindowTest    *fixture,
           gconstpointer  data)
{
  PslRecordModel *model;
  gint64 rid;

  window_test_open_filled (fixture);
  model = window_test_get_model (fixture);
  rid = psl_record_model_get_rid (model, 0);
  psl_record_model_select (model, rid);
  wait_for_record (fixture, rid);

  gtk_widget_grab_focus (GTK_WIDGET (find_start (fixture)));
  gtk_editable_set_text (get_start (fixture), "31/02/2021");
  window_test_activate (fixture, "next-record");
  gtk_window_close (GTK_WINDOW (fixture->window));
  psl_test_wait (asks, fixture);
  adw_dialog_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  wait_for_record (fixture, psl_record_model_get_rid (model, 1));
  g_assert_cmpstr (gtk_editable_get_text (get_start (fixture)), ==, "");

  psl_record_model_select (model, rid);
  wait_for_record (fixture, rid);
  psl_test_wait (is_start_refused, fixture);
  g_assert_cmpstr (gtk_editable_get_text (get_start (fixture)), ==, "31/02/2021");

  psl_editor_revert (find_start (fixture));
  window_test_close_window (fixture);
}

static gboolean
shows_remarks (gpointer data)
{
  return PSL_IS_REMARKS_DIALOG (window_test_get_dialog (data));
}

static gboolean
tells_unstored_change (gpointer data)
{
  GtkWidget *dialog = window_test_get_dialog (data);

  return ADW_IS_ALERT_DIALOG (dialog) &&
         g_str_equal (adw_alert_dialog_get_heading (ADW_ALERT_DIALOG (dialog)), "The Change Was Not Stored");
}

static gboolean
shows_no_dialog (gpointer data)
{
  return window_test_get_dialog (data) == NULL;
}

/* Writes a remark on the first record, which is not stored. */
static GtkTextBuffer *
type_remark (WindowTest *fixture)
{
  gint64 rid = psl_record_model_get_rid (window_test_get_model (fixture), 0);
  GtkTextBuffer *buffer;

  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);
  gtk_widget_activate_action (GTK_WIDGET (find_start (fixture)), "page.remark", NULL);
  psl_test_wait (shows_remarks, fixture);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (psl_test_find (window_test_get_dialog (fixture), GTK_TYPE_TEXT_VIEW)));
  gtk_text_buffer_set_text (buffer, "By whom?", -1);
  return buffer;
}

/* A remark that the register refuses is told of and stands in the entry again, also where the
 * dialog was to close. */
static void
test_refused_remark (WindowTest    *fixture,
                     gconstpointer  data)
{
  GtkTextBuffer *buffer;

  window_test_open_filled (fixture);
  buffer = type_remark (fixture);
  write_hook_refuse ("action");

  adw_dialog_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  psl_test_wait (asks, fixture);
  window_test_click (fixture, "_Store");
  psl_test_wait (tells_unstored_change, fixture);
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  psl_test_wait (shows_remarks, fixture);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, strlen ("By whom?"));

  write_hook_refuse (NULL);
  adw_dialog_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  psl_test_wait (asks, fixture);
  window_test_click (fixture, "_Store");
  psl_test_wait (shows_no_dialog, fixture);
  window_test_close_window (fixture);
}

/* A window whose dialog holds a remark that is not stored asks, and stays. */
static void
test_unstored_remark (WindowTest    *fixture,
                      gconstpointer  data)
{
  window_test_open_filled (fixture);
  type_remark (fixture);

  gtk_window_close (GTK_WINDOW (fixture->window));
  psl_test_wait (asks, fixture);
  window_test_click (fixture, "_Discard");
  psl_test_wait (shows_no_dialog, fixture);
  window_test_close_window (fixture);
}

static gboolean
counts_point (gpointer data)
{
  return psl_test_shows_label (GTK_WIDGET (((WindowTest *) data)->window->detail_page), "1 point to check");
}

/* A disk that is full says so at the field of a new record, too, and takes no letter of
 * what is typed meanwhile. */
static void
test_new_fails (WindowTest    *fixture,
                gconstpointer  data)
{
  window_test_open_filled (fixture);
  write_hook_refuse ("action");

  window_test_activate (fixture, "new");
  psl_test_wait (is_in_title, fixture);
  gtk_widget_grab_focus (GTK_WIDGET (find_start (fixture)));
  gtk_editable_set_text (get_start (fixture), "2021");
  psl_detail_page_flush (fixture->window->detail_page);
  gtk_editable_set_text (get_start (fixture), "2021-05");
  psl_test_wait (is_start_refused, fixture);
  psl_test_settle ();
  g_assert_null (window_test_get_dialog (fixture));
  g_assert_true (psl_focus_is_in (GTK_WIDGET (find_start (fixture))));
  g_assert_cmpstr (gtk_editable_get_text (get_start (fixture)), ==, "2021-05");

  /* It is tried again where the field is left. */
  gtk_widget_grab_focus (GTK_WIDGET (find_editor (fixture, "title", "en")));
  psl_test_wait (counts_point, fixture);
  g_assert_true (is_start_refused (fixture));
  g_assert_false (psl_test_shows_label (GTK_WIDGET (fixture->window->detail_page), "Nothing to check"));

  /* There is room again. */
  write_hook_refuse (NULL);
  gtk_widget_grab_focus (GTK_WIDGET (find_start (fixture)));
  gtk_widget_grab_focus (GTK_WIDGET (find_editor (fixture, "title", "en")));
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);
  g_assert_false (is_start_refused (fixture));
  window_test_close_window (fixture);
}

static gboolean
has_no_record (gpointer data)
{
  return psl_record_model_get_selected (window_test_get_model (data)) == 0;
}

typedef struct
{
  WindowTest *fixture;
  const char *text;
} Told;

static gboolean
is_told (gpointer data)
{
  const Told *told = data;

  return psl_test_shows_label (GTK_WIDGET (told->fixture->window->toasts), told->text);
}

/* Text that is refused after its record was left interrupts nobody: a banner names where it
 * was typed and leads back to it. */
static void
test_refused_later (WindowTest    *fixture,
                    gconstpointer  data)
{
  g_autoptr (PslRecord) record = NULL;
  gint64 rid;

  window_test_open_filled (fixture);
  rid = psl_record_model_get_rid (window_test_get_model (fixture), 0);
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);
  write_hook_refuse ("action");

  gtk_editable_set_text (get_start (fixture), "2021");
  psl_detail_page_flush (fixture->window->detail_page);
  psl_window_choose_collection (fixture->window, psl_collection_find ("office"));
  psl_test_wait (has_no_record, fixture);
  psl_test_wait (tells_unstored, fixture);
  g_assert_null (window_test_get_dialog (fixture));

  g_assert_cmpstr (adw_banner_get_title (get_unstored_banner (fixture)), ==, "“Start” of “Project 00 Söderköping” was not stored");

  write_hook_refuse (NULL);
  show_unstored (fixture);
  wait_for_record (fixture, rid);
  g_assert_cmpstr (gtk_editable_get_text (get_start (fixture)), ==, "2021");
  psl_test_wait (tells_of_nothing_unstored, fixture);
  psl_detail_page_flush (fixture->window->detail_page);
  record = register_wait_load (fixture->window->reg, rid);
  g_assert_cmpstr (psl_record_get_by_name (record, "start"), ==, "2021");
  window_test_close_window (fixture);
}

/* Whoever makes a backup is led to where it is. */
static void
test_backup (WindowTest    *fixture,
             gconstpointer  data)
{
  Told told = { fixture, "The register is backed up" };
  g_autoptr (GFile) backup = NULL;
  g_autoptr (GFile) folder = NULL;
  g_autoptr (GFile) expected = NULL;
  g_autofree char *beside = NULL;
  GtkWidget *button;

  window_test_open_filled (fixture);
  window_test_activate (fixture, "back-up");
  psl_test_wait (is_told, &told);
  button = window_test_find_titled (GTK_WIDGET (fixture->window->toasts), "_Open Folder");
  g_assert_nonnull (button);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.open-folder");
  backup = g_file_new_for_uri (g_variant_get_string (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button)), NULL));
  g_assert_true (g_file_query_exists (backup, NULL));
  folder = g_file_get_parent (backup);
  beside = g_path_get_dirname (fixture->path);
  expected = g_file_new_build_filename (beside, "backups", NULL);
  g_assert_true (g_file_equal (folder, expected));
  window_test_close_window (fixture);
}

static gboolean
is_in_record (gpointer data)
{
  return psl_focus_is_in (GTK_WIDGET (((WindowTest *) data)->window->detail_page));
}

static gboolean
is_in_list (gpointer data)
{
  return psl_focus_is_in (GTK_WIDGET (((WindowTest *) data)->window->list_page));
}

/* F6 leads into a record that is not stored yet, too. */
static void
test_panes (WindowTest    *fixture,
            gconstpointer  data)
{
  window_test_open_filled (fixture);
  window_test_activate (fixture, "new");
  psl_test_wait (is_in_title, fixture);
  window_test_activate (fixture, "previous-pane");
  psl_test_wait (is_in_list, fixture);
  window_test_activate (fixture, "next-pane");
  psl_test_wait (is_in_record, fixture);
  g_assert_true (psl_detail_page_is_new (fixture->window->detail_page));
  window_test_close_window (fixture);
}

static gboolean
is_inactive (gpointer window)
{
  return !gtk_window_is_active (window);
}

/* Tab leads on from the focus in a window that is not the active one, as for a moment
 * when a popover closes. */
static void
test_tab_inactive (WindowTest    *fixture,
                   gconstpointer  data)
{
  GtkWidget *year;
  GtkWidget *other;

  window_test_open_filled (fixture);
  window_test_activate (fixture, "new");
  psl_test_wait (is_in_title, fixture);
  year = GTK_WIDGET (find_editor (fixture, "year", NULL));
  gtk_widget_grab_focus (year);
  other = psl_test_window (gtk_button_new_with_label ("Another window"));
  psl_test_wait (is_inactive, fixture->window);

  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD);
  g_assert_true (psl_focus_is_in (GTK_WIDGET (find_editor (fixture, "budget", NULL))));
  gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_BACKWARD);
  g_assert_true (psl_focus_is_in (year));

  gtk_window_destroy (GTK_WINDOW (other));
  window_test_close_window (fixture);
}

static gboolean
has_toggles (gpointer data)
{
  WindowTest *fixture = data;

  return find_shown (GTK_WIDGET (fixture->window->detail_page), ADW_TYPE_TOGGLE_GROUP) != NULL;
}

static gboolean
is_narrow (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *toggles = find_shown (GTK_WIDGET (fixture->window->detail_page), ADW_TYPE_TOGGLE_GROUP);

  return adw_toggle_group_get_n_toggles (ADW_TOGGLE_GROUP (toggles)) == 2;
}

/* Shows a record on a page with room for one language; returns what it is chosen by. */
static AdwToggleGroup *
show_narrow (WindowTest *fixture)
{
  gint64 rid;

  g_settings_set (psl_settings_get_gsettings (psl_settings_get_default ()), "window-size", "(ii)", 360, 600);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  rid = psl_record_model_get_rid (window_test_get_model (fixture), 0);
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);
  adw_navigation_split_view_set_show_content (fixture->window->outer_view, TRUE);
  psl_test_wait (has_toggles, fixture);
  psl_test_wait (is_narrow, fixture);
  return ADW_TOGGLE_GROUP (find_shown (GTK_WIDGET (fixture->window->detail_page), ADW_TYPE_TOGGLE_GROUP));
}

static gboolean
is_in_row (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((WindowTest *) data)->window));

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW) != NULL;
}

/* However wide a window begins, the keyboard is in the list. */
static void
test_narrow_start (WindowTest    *fixture,
                   gconstpointer  data)
{
  static const int widths[] = { 360, 760, 1280 };

  window_test_fill (fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_settings_set (psl_settings_get_gsettings (psl_settings_get_default ()), "window-size", "(ii)", widths[i], 600);
      window_test_open_window (fixture, PSL_STORE_NONE, "register");
      window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
      psl_test_wait (is_in_row, fixture);
      psl_test_settle ();
      g_assert_true (is_in_row (fixture));
      window_test_close_window (fixture);
    }
}

static gboolean
is_on_place (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((WindowTest *) data)->window));

  return GTK_IS_LIST_BOX_ROW (focus) && gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (focus)) &&
         gtk_widget_is_ancestor (focus, GTK_WIDGET (((WindowTest *) data)->window->sidebar));
}

/* Back from the list of a narrow window, the keyboard is on the place it came from. */
static void
test_narrow_back (WindowTest    *fixture,
                  gconstpointer  data)
{
  g_settings_set (psl_settings_get_gsettings (psl_settings_get_default ()), "window-size", "(ii)", 360, 600);
  window_test_open_filled (fixture);
  psl_test_wait (is_in_row, fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window->list_page), "navigation.pop", NULL);
  psl_test_wait (is_on_place, fixture);
  window_test_close_window (fixture);
}

static gboolean
has_menu (gpointer data)
{
  return find_shown (GTK_WIDGET (((WindowTest *) data)->window->sidebar), GTK_TYPE_POPOVER_MENU) != NULL;
}

static gboolean
has_no_menu (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((WindowTest *) data)->window));

  return !has_menu (data) && focus != NULL && gtk_widget_get_mapped (focus);
}

/* The key of the main menu opens it, also where it is a page away. */
static void
test_narrow_menu (WindowTest    *fixture,
                  gconstpointer  data)
{
  static const int widths[] = { 360, 1280 };

  window_test_fill (fixture->path);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_settings_set (psl_settings_get_gsettings (psl_settings_get_default ()), "window-size", "(ii)", widths[i], 600);
      window_test_open_window (fixture, PSL_STORE_NONE, "register");
      window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
      psl_test_wait (is_in_row, fixture);
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.main-menu", NULL);
      psl_test_wait (has_menu, fixture);
      gtk_popover_popdown (GTK_POPOVER (find_shown (GTK_WIDGET (fixture->window->sidebar), GTK_TYPE_POPOVER_MENU)));
      psl_test_wait (has_no_menu, fixture);
      window_test_close_window (fixture);
    }
}

static gboolean
is_in_shown_title (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((WindowTest *) data)->window));
  GtkWidget *editor = focus != NULL ? gtk_widget_get_ancestor (focus, PSL_TYPE_EDITOR) : NULL;

  return editor != NULL && gtk_widget_get_mapped (editor) &&
         g_str_equal (psl_editor_get_field (PSL_EDITOR (editor))->name, "title");
}

static gboolean
is_collapsed (gpointer data)
{
  return adw_navigation_split_view_get_collapsed (((WindowTest *) data)->window->outer_view);
}

static gboolean
is_spread (gpointer data)
{
  return !is_collapsed (data);
}

/* A window that is made narrow goes on showing the field that the keyboard is in. */
static void
test_narrowed (WindowTest    *fixture,
               gconstpointer  data)
{
  gint64 rid;

  g_settings_set (psl_settings_get_gsettings (psl_settings_get_default ()), "window-size", "(ii)", 1200, 600);
  window_test_open_filled (fixture);
  psl_test_wait (is_spread, fixture);
  psl_test_wait (is_in_row, fixture);
  rid = psl_record_model_get_rid (window_test_get_model (fixture), 0);
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);
  psl_detail_page_enter (fixture->window->detail_page, rid);
  psl_test_wait (is_in_shown_title, fixture);

  window_test_resize (fixture, 360, 600);
  psl_test_wait (is_collapsed, fixture);
  psl_test_wait (is_in_shown_title, fixture);
  psl_test_settle ();
  g_assert_true (is_in_shown_title (fixture));
  g_assert_true (adw_navigation_split_view_get_show_content (fixture->window->outer_view));
  window_test_close_window (fixture);
}

/* Presses the button of the mouse in a pane. */
static void
press_button (GtkWidget *pane)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (pane);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller))
        g_signal_emit_by_name (controller, "pressed", 1, 10.0, 10.0);
    }
}

/* It goes on showing the record that was clicked in last, with the keyboard elsewhere, and the
 * list where that was. */
static void
test_narrowed_reading (WindowTest    *fixture,
                       gconstpointer  data)
{
  PslWindow *window;
  GtkWidget *record, *lists;
  gint64 rid;

  g_settings_set (psl_settings_get_gsettings (psl_settings_get_default ()), "window-size", "(ii)", 1200, 600);
  window_test_open_filled (fixture);
  window = fixture->window;
  record = GTK_WIDGET (adw_navigation_split_view_get_content (window->outer_view));
  lists = GTK_WIDGET (adw_navigation_split_view_get_sidebar (window->outer_view));
  psl_test_wait (is_spread, fixture);
  psl_test_wait (is_in_row, fixture);
  press_button (record);
  g_assert_false (adw_navigation_split_view_get_show_content (window->outer_view));
  rid = psl_record_model_get_rid (window_test_get_model (fixture), 0);
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_record (fixture, rid);

  for (guint i = 0; i < 4; i++)
    {
      gboolean in_record = i % 2 == 0;

      psl_list_page_focus_list (window->list_page);
      psl_test_wait (is_in_row, fixture);
      press_button (in_record ? record : lists);
      window_test_resize (fixture, 360, 600);
      psl_test_wait (is_collapsed, fixture);
      g_assert_true (adw_navigation_split_view_get_show_content (window->outer_view) == in_record);
      /* What is pressed in a narrow window leads nowhere by itself. */
      press_button (in_record ? record : lists);
      g_assert_true (adw_navigation_split_view_get_show_content (window->outer_view) == in_record);
      window_test_resize (fixture, 1200, 600);
      psl_test_wait (is_spread, fixture);
    }
  window_test_close_window (fixture);
}

/* The language that a narrow page was left in is the one it comes back with. */
static void
test_narrow_language (WindowTest   *fixture,
                      gconstpointer data)
{
  GSettings *settings = psl_settings_get_gsettings (psl_settings_get_default ());
  g_autofree char *wide = g_settings_get_string (settings, "text-view");
  g_autofree char *still_wide = NULL;
  AdwToggleGroup *toggles;

  window_test_fill (fixture->path);
  toggles = show_narrow (fixture);
  g_assert_cmpstr (adw_toggle_group_get_active_name (toggles), ==, "en");
  adw_toggle_group_set_active_name (toggles, "fr");
  window_test_close_window (fixture);

  toggles = show_narrow (fixture);
  g_assert_cmpstr (adw_toggle_group_get_active_name (toggles), ==, "fr");
  window_test_close_window (fixture);

  /* How a wide page shows them is another choice. */
  still_wide = g_settings_get_string (settings, "text-view");
  g_assert_cmpstr (still_wide, ==, wide);
}

static gpointer
fail_func (PslStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NO_SPACE, "The disk is full.");
  return NULL;
}

static gboolean
tells_failure (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *dialog = window_test_get_dialog (fixture);

  return ADW_IS_ALERT_DIALOG (dialog) &&
         g_strcmp0 (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "The disk is full.") == 0;
}

/* A window whose last change is not stored stays, tells, and goes on. */
static void
test_close_fails (WindowTest   *fixture,
                  gconstpointer data)
{
  window_test_open_filled (fixture);
  psl_register_write_async (psl_window_get_register (fixture->window), fail_func, NULL, NULL, NULL, NULL, NULL, NULL);
  gtk_window_close (GTK_WINDOW (fixture->window));

  psl_test_wait (tells_failure, fixture);
  window_test_wait_for_page (fixture, "register");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  enter_new (fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);
  window_test_close_window (fixture);
}

/* So does one that is closed in spite of what a field can't hold. */
static void
test_close_anyway_fails (WindowTest    *fixture,
                         gconstpointer  data)
{
  window_test_open_filled (fixture);
  leave_unstored (fixture);
  psl_test_wait (tells_unstored, fixture);
  gtk_window_close (GTK_WINDOW (fixture->window));
  psl_test_wait (asks, fixture);
  psl_register_write_async (psl_window_get_register (fixture->window), fail_func, NULL, NULL, NULL, NULL, NULL, NULL);
  window_test_click (fixture, "_Close");

  psl_test_wait (tells_failure, fixture);
  window_test_wait_for_page (fixture, "register");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->window)));
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  window_test_close_window (fixture);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  write_hook_install ();

  window_test_init ();

  window_test_add ("/ui/window/search", test_search);
  window_test_add ("/ui/window/search-whole", test_search_whole);
  window_test_add ("/ui/window/records", test_records);
  window_test_add ("/ui/window/trash", test_trash);
  window_test_add ("/ui/window/steps", test_steps);
  window_test_add ("/ui/window/return", test_return);
  window_test_add ("/ui/window/missing", test_missing);
  window_test_add ("/ui/window/renewal", test_renewal);
  window_test_add ("/ui/window/not-a-register", test_not_a_register);
  window_test_add ("/ui/window/damaged", test_damaged);
  window_test_add ("/ui/window/read-only", test_read_only);
  window_test_add ("/ui/window/new", test_new);
  window_test_add ("/ui/window/draft", test_draft);
  window_test_add ("/ui/window/close-counts", test_close_counts);
  window_test_add ("/ui/window/left", test_left);
  window_test_add ("/ui/window/unstored-remark", test_unstored_remark);
  window_test_add ("/ui/window/refused-remark", test_refused_remark);
  window_test_add ("/ui/window/new-fails", test_new_fails);
  window_test_add ("/ui/window/refused-later", test_refused_later);
  window_test_add ("/ui/window/backup", test_backup);
  window_test_add ("/ui/window/panes", test_panes);
  window_test_add ("/ui/window/tab-inactive", test_tab_inactive);
  window_test_add ("/ui/window/narrow-start", test_narrow_start);
  window_test_add ("/ui/window/narrow-back", test_narrow_back);
  window_test_add ("/ui/window/narrow-menu", test_narrow_menu);
  window_test_add ("/ui/window/narrow-language", test_narrow_language);
  window_test_add ("/ui/window/narrowed", test_narrowed);
  window_test_add ("/ui/window/narrowed-reading", test_narrowed_reading);
  window_test_add ("/ui/window/close-fails", test_close_fails);
  window_test_add ("/ui/window/close-anyway-fails", test_close_anyway_fails);
  window_test_add ("/ui/window/language", test_language);

  return window_test_run ();
}
