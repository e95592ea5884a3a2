/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-page.h"
#include "psl-detail-sheet.h"
#include "psl-editor-list.h"
#include "psl-history-dialog.h"
#include "psl-settings.h"
#include "psl-text.h"
#include "psl-text-view.h"
#include "tests/folder.h"
#include "ui-test.h"

typedef struct
{
  char *folder;
  PslRegister *reg;
  GtkWidget *window;
  PslDetailPage *page;
  GAsyncResult *result;
  gint64 project;
  gint64 office;
} Fixture;

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ((Fixture *) user_data)->result = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return ((Fixture *) data)->result != NULL;
}

static GAsyncResult *
wait_for_result (Fixture *fixture)
{
  psl_test_wait (has_result, fixture);
  return g_steal_pointer (&fixture->result);
}

static gint64
create (Fixture       *fixture,
        const PslKind *kind)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid;

  psl_register_create_async (fixture->reg, kind, result_cb, fixture);
  result = wait_for_result (fixture);
  rid = psl_register_create_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  return rid;
}

static void
store (Fixture       *fixture,
       gint64         rid,
       const PslKind *kind,
       const char    *field,
       const char    *language,
       const char    *value)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  psl_register_set_async (fixture->reg, rid, psl_kind_find_field (kind, field), language, value, 0,
                          result_cb, fixture);
  result = wait_for_result (fixture);
  psl_register_set_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
}

static PslRecord *
load (Fixture *fixture,
      gint64   rid)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PslRecord *record;

  psl_register_load_async (fixture->reg, rid, NULL, result_cb, fixture);
  result = wait_for_result (fixture);
  record = psl_register_load_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  return record;
}

static void
open_page (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = folder_make ();
  path = g_build_filename (fixture->folder, "register.passerelle", NULL);
  psl_register_open_async (path, PSL_STORE_CREATE, NULL, result_cb, fixture);
  result = wait_for_result (fixture);
  fixture->reg = psl_register_open_finish (result, &error);
  g_assert_no_error (error);

  fixture->project = create (fixture, &psl_kind_project);
  fixture->office = create (fixture, &psl_kind_office);
  store (fixture, fixture->project, &psl_kind_project, "title", "en", "A project");
  store (fixture, fixture->office, &psl_kind_office, "name", "en", "An office");

  fixture->page = psl_detail_page_new ();
  fixture->window = psl_test_window (GTK_WIDGET (fixture->page));
  psl_detail_page_set_register (fixture->page, fixture->reg);
}

static void
close_page (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  psl_detail_page_set_register (fixture->page, NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  psl_test_settle ();
  psl_register_close_now (fixture->reg, &error);
  g_assert_no_error (error);
  g_object_unref (fixture->reg);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

/* The editor of a field, on the sheet that is shown. */
static PslEditor *
find_editor (Fixture    *fixture,
             const char *field,
             const char *language)
{
  GtkWidget *stack = psl_test_find (GTK_WIDGET (fixture->page), GTK_TYPE_STACK);
  GtkWidget *sheet = gtk_stack_get_visible_child (GTK_STACK (stack));
  GPtrArray *editors;

  if (!PSL_IS_DETAIL_SHEET (sheet))
    return NULL;

  editors = psl_detail_sheet_get_editors (PSL_DETAIL_SHEET (sheet));
  for (guint i = 0; i < editors->len; i++)
    if (g_str_equal (psl_editor_get_field (editors->pdata[i])->name, field) &&
        g_strcmp0 (psl_editor_get_language (editors->pdata[i]), language) == 0)
      return editors->pdata[i];

  return NULL;
}

typedef struct
{
  Fixture *fixture;
  const char *field;
  const char *language;
  const char *value;
} Expected;

static gboolean
shows_value (gpointer data)
{
  const Expected *expected = data;
  PslEditor *editor = find_editor (expected->fixture, expected->field, expected->language);

  return editor != NULL && g_strcmp0 (psl_editor_get_value (editor), expected->value) == 0;
}

static void
wait_for_value (Fixture    *fixture,
                const char *field,
                const char *language,
                const char *value)
{
  Expected expected = { fixture, field, language, value };

  psl_test_wait (shows_value, &expected);
}

static void
show_project (Fixture *fixture)
{
  psl_detail_page_show (fixture->page, fixture->project);
  wait_for_value (fixture, "title", "en", "A project");
}

static void
type (PslEditor  *editor,
      const char *text)
{
  gtk_widget_grab_focus (GTK_WIDGET (editor));
  gtk_editable_set_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (editor), GTK_TYPE_ENTRY)), text);
}

static void
test_kinds (void)
{
  Fixture fixture = { 0 };

  open_page (&fixture);
  show_project (&fixture);
  psl_test_assert_named (fixture.window);
  for (const PslField *field = psl_kind_project.fields; field->name != NULL; field++)
    g_assert_nonnull (find_editor (&fixture, field->name, field->flags & PSL_FIELD_MULTILINGUAL ? "fr" : NULL));

  psl_detail_page_show (fixture.page, fixture.office);
  wait_for_value (&fixture, "name", "en", "An office");
  psl_test_assert_named (fixture.window);
  for (const PslField *field = psl_kind_office.fields; field->name != NULL; field++)
    g_assert_nonnull (find_editor (&fixture, field->name, field->flags & PSL_FIELD_MULTILINGUAL ? "fr" : NULL));

  psl_detail_page_show (fixture.page, 0);
  close_page (&fixture);
}

static void
test_stored (void)
{
  Fixture fixture = { 0 };
  g_autoptr (PslRecord) record = NULL;

  open_page (&fixture);
  show_project (&fixture);
  type (find_editor (&fixture, "budget", NULL), "85000 EUR");
  type (find_editor (&fixture, "start", NULL), "2020-05");

  /* Another record first stores what is being typed. */
  psl_detail_page_show (fixture.page, fixture.office);
  wait_for_value (&fixture, "name", "en", "An office");
  record = load (&fixture, fixture.project);
  g_assert_cmpstr (psl_record_get_by_name (record, "budget"), ==, "85000.00 EUR");
  g_assert_cmpstr (psl_record_get_by_name (record, "start"), ==, "2020-05");

  close_page (&fixture);
}

static void
test_draft (void)
{
  Fixture fixture = { 0 };
  g_autoptr (PslRecord) record = NULL;
  PslEditor *editor;

  open_page (&fixture);
  show_project (&fixture);
  type (find_editor (&fixture, "start", NULL), "soon");
  g_assert_false (psl_detail_page_flush (fixture.page));

  psl_detail_page_show (fixture.page, fixture.office);
  wait_for_value (&fixture, "name", "en", "An office");
  record = load (&fixture, fixture.project);
  g_assert_null (psl_record_get_by_name (record, "start"));

  /* What was typed is still there when its record is. */
  show_project (&fixture);
  editor = find_editor (&fixture, "start", NULL);
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (editor), GTK_TYPE_ENTRY))), ==,
                   "soon");

  psl_editor_revert (editor);
  close_page (&fixture);
}

static void
test_external (void)
{
  Fixture fixture = { 0 };
  PslEditor *editor;
  PslTextView *view;
  g_autofree char *text = NULL;

  open_page (&fixture);
  show_project (&fixture);
  editor = find_editor (&fixture, "description", "en");
  view = PSL_TEXT_VIEW (psl_test_find (GTK_WIDGET (editor), PSL_TYPE_TEXT_VIEW));
  gtk_widget_grab_focus (GTK_WIDGET (editor));
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "Half a sen", -1);

  store (&fixture, fixture.project, &psl_kind_project, "title", "en", "Another title");
  wait_for_value (&fixture, "title", "en", "Another title");
  text = psl_text_view_dup_text (view);
  g_assert_cmpstr (text, ==, "Half a sen");
  g_assert_true (psl_editor_is_focused (editor));

  close_page (&fixture);
}

static void
test_session (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PslAction) action = NULL;
  g_autoptr (GError) error = NULL;
  PslEditor *editor;

  open_page (&fixture);
  show_project (&fixture);
  editor = find_editor (&fixture, "year", NULL);
  type (editor, "2019");
  g_assert_true (psl_editor_flush (editor));
  type (editor, "2021");
  g_assert_true (psl_editor_flush (editor));

  /* One visit, one action: one undo takes both away. */
  psl_register_undo_async (fixture.reg, 0, result_cb, &fixture);
  result = wait_for_result (&fixture);
  action = psl_register_action_finish (fixture.reg, result, &error);
  g_assert_no_error (error);
  wait_for_value (&fixture, "year", NULL, NULL);

  close_page (&fixture);
}

/* The editor of the only cell of an entry that is a date. */
static GtkWidget *
get_date (Fixture *fixture)
{
  GPtrArray *items = psl_editor_list_get_items (PSL_EDITOR_LIST (find_editor (fixture, "former_names", NULL)));

  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (psl_editor_item_get_row (items->pdata[i])[0], "Leningrad") == 0)
      return psl_test_find (items->pdata[i], GTK_TYPE_ENTRY);

  g_assert_not_reached ();
}

static void
assert_wrong_date (Fixture *fixture)
{
  GtkWidget *editor = gtk_widget_get_ancestor (get_date (fixture), PSL_TYPE_EDITOR);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_date (fixture))), ==, "soon");
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
}

static void
test_row_draft (void)
{
  static const char one[] = "[{\"name\":\"Leningrad\"}]";
  static const char two[] = "[{\"name\":\"Petrograd\"},{\"name\":\"Leningrad\"}]";
  Fixture fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PslAction) action = NULL;
  g_autoptr (GError) error = NULL;

  open_page (&fixture);
  store (&fixture, fixture.office, &psl_kind_office, "former_names", NULL, one);
  psl_detail_page_show (fixture.page, fixture.office);
  wait_for_value (&fixture, "former_names", NULL, one);
  gtk_editable_set_text (GTK_EDITABLE (get_date (&fixture)), "soon");
  g_assert_false (psl_detail_page_flush (fixture.page));

  /* A change from elsewhere, and its being undone. */
  store (&fixture, fixture.office, &psl_kind_office, "former_names", NULL, two);
  wait_for_value (&fixture, "former_names", NULL, two);
  assert_wrong_date (&fixture);
  psl_register_undo_async (fixture.reg, 0, result_cb, &fixture);
  result = wait_for_result (&fixture);
  action = psl_register_action_finish (fixture.reg, result, &error);
  g_assert_no_error (error);
  wait_for_value (&fixture, "former_names", NULL, one);
  assert_wrong_date (&fixture);

  /* Another record, and back where the entry has another place. */
  show_project (&fixture);
  store (&fixture, fixture.office, &psl_kind_office, "former_names", NULL, two);
  psl_detail_page_show (fixture.page, fixture.office);
  wait_for_value (&fixture, "former_names", NULL, two);
  assert_wrong_date (&fixture);

  psl_editor_revert (find_editor (&fixture, "former_names", NULL));
  close_page (&fixture);
}

/* A wrong value that was put right is not put back. */
static void
test_draft_done (void)
{
  Fixture fixture = { 0 };
  PslEditor *editor;

  open_page (&fixture);
  show_project (&fixture);
  editor = find_editor (&fixture, "start", NULL);
  type (editor, "soon");

  /* It is put right while the other record is still being read. */
  psl_detail_page_show (fixture.page, fixture.office);
  type (editor, "2021");
  wait_for_value (&fixture, "name", "en", "An office");
  show_project (&fixture);
  wait_for_value (&fixture, "start", NULL, "2021");
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));

  close_page (&fixture);
}

/* A record of another register may have the same number. */
static void
test_other_register (void)
{
  Fixture first = { 0 };
  Fixture second = { 0 };
  PslEditor *editor;

  open_page (&second);
  open_page (&first);
  g_assert_cmpint (first.project, ==, second.project);
  show_project (&first);
  type (find_editor (&first, "start", NULL), "soon");
  g_assert_false (psl_detail_page_flush (first.page));

  psl_detail_page_set_register (first.page, second.reg);
  show_project (&first);
  editor = find_editor (&first, "start", NULL);
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (editor), GTK_TYPE_ENTRY))), ==, "");

  psl_detail_page_set_register (first.page, NULL);
  close_page (&first);
  close_page (&second);
}

/* The other language comes first at once, and what was typed stays. */
static void
test_language (void)
{
  Fixture fixture = { 0 };
  PslSettings *settings = psl_settings_get_default ();
  const char *languages[] = { "en", "fr" };

  open_page (&fixture);
  show_project (&fixture);
  type (find_editor (&fixture, "start", NULL), "soon");

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      GtkWidget *sheet;
      GPtrArray *editors;
      PslEditor *start;

      g_settings_set_string (psl_settings_get_gsettings (settings), "record-language", languages[i]);
      sheet = psl_test_find (GTK_WIDGET (fixture.page), PSL_TYPE_DETAIL_SHEET);
      g_assert_nonnull (sheet);
      g_assert_true (gtk_widget_get_visible (sheet));
      editors = psl_detail_sheet_get_editors (PSL_DETAIL_SHEET (sheet));
      g_assert_cmpstr (psl_editor_get_language (editors->pdata[0]), ==, languages[i]);
      start = find_editor (&fixture, "start", NULL);
      g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (start)));
      g_assert_cmpstr (psl_editor_get_value (find_editor (&fixture, "title", "en")), ==, "A project");
    }

  psl_editor_revert (find_editor (&fixture, "start", NULL));
  close_page (&fixture);
}

static gboolean
has_warning (gpointer data)
{
  PslEditor *editor = find_editor (data, "end", NULL);

  return editor != NULL && psl_editor_frame_get_warning (PSL_EDITOR_FRAME (editor)) != NULL;
}

static void
test_warning (void)
{
  Fixture fixture = { 0 };

  open_page (&fixture);
  show_project (&fixture);
  type (find_editor (&fixture, "start", NULL), "2021");
  type (find_editor (&fixture, "end", NULL), "2019");
  g_assert_true (psl_detail_page_flush (fixture.page));
  psl_test_wait (has_warning, &fixture);
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (find_editor (&fixture, "end", NULL))));

  type (find_editor (&fixture, "end", NULL), "2023");
  g_assert_true (psl_detail_page_flush (fixture.page));
  g_assert_null (psl_editor_frame_get_warning (PSL_EDITOR_FRAME (find_editor (&fixture, "end", NULL))));

  close_page (&fixture);
}

static gboolean
is_insensitive (gpointer data)
{
  PslEditor *editor = find_editor (data, "year", NULL);

  return editor != NULL && !gtk_widget_is_sensitive (GTK_WIDGET (editor));
}

static void
test_trash (void)
{
  Fixture fixture = { 0 };
  GtkWidget *banner;

  open_page (&fixture);
  show_project (&fixture);
  psl_register_set_state_async (fixture.reg, &fixture.project, 1, PSL_RECORD_TRASHED, NULL, NULL);
  psl_test_wait (is_insensitive, &fixture);
  banner = psl_test_find (GTK_WIDGET (fixture.page), ADW_TYPE_BANNER);
  g_assert_true (adw_banner_get_revealed (ADW_BANNER (banner)));

  /* It can be read in both languages all the same. */
  g_assert_true (gtk_widget_is_sensitive (psl_test_find (GTK_WIDGET (fixture.page), ADW_TYPE_TOGGLE_GROUP)));

  close_page (&fixture);
}

static gboolean
has_rows (gpointer data)
{
  GtkWidget *list = psl_test_find (data, GTK_TYPE_LIST_BOX);

  return list != NULL && gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) != NULL;
}

static void
test_history (void)
{
  Fixture fixture = { 0 };
  AdwDialog *dialog;

  open_page (&fixture);
  show_project (&fixture);
  store (&fixture, fixture.project, &psl_kind_project, "budget", NULL, "85000.00 USD");
  store (&fixture, fixture.project, &psl_kind_project, "budget", NULL, "100000.00 USD");
  dialog = psl_history_dialog_new (fixture.reg, fixture.project, "en");
  adw_dialog_present (dialog, fixture.window);
  psl_test_wait (has_rows, dialog);
  psl_test_assert_named (GTK_WIDGET (dialog));

  /* The value before the newest change comes back. */
  gtk_widget_activate_action (GTK_WIDGET (gtk_list_box_get_row_at_index (
                                GTK_LIST_BOX (psl_test_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX)), 0)),
                              "change.restore", NULL);
  wait_for_value (&fixture, "budget", NULL, "85000.00 USD");

  adw_dialog_force_close (dialog);
  close_page (&fixture);
}

static gboolean
has_alert (gpointer data)
{
  return psl_test_find (data, ADW_TYPE_ALERT_DIALOG) != NULL;
}

/* An older action that a later one stands on is not undone, and the later one is
 * named, in the language of the interface. */
static void
test_history_refused (void)
{
  Fixture fixture = { 0 };
  gboolean french = g_str_equal (psl_text_interface_language (), "fr");
  AdwDialog *dialog;
  AdwAlertDialog *alert;

  open_page (&fixture);
  show_project (&fixture);
  store (&fixture, fixture.project, &psl_kind_project, "budget", NULL, "85000.00 USD");
  store (&fixture, fixture.project, &psl_kind_project, "budget", NULL, "100000.00 USD");
  dialog = psl_history_dialog_new (fixture.reg, fixture.project, "en");
  adw_dialog_present (dialog, fixture.window);
  psl_test_wait (has_rows, dialog);

  gtk_widget_activate_action (GTK_WIDGET (gtk_list_box_get_row_at_index (
                                GTK_LIST_BOX (psl_test_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX)), 1)),
                              "change.undo", NULL);
  psl_test_wait (has_alert, fixture.window);
  alert = ADW_ALERT_DIALOG (psl_test_find (fixture.window, ADW_TYPE_ALERT_DIALOG));
  g_assert_cmpstr (adw_alert_dialog_get_heading (alert), ==,
                   french ? "Impossible de l’annuler" : "That Can’t Be Undone");
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (alert), "A project"));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (alert), french ? "Annulez d’abord" : "Undo that one first."));
  psl_test_assert_named (GTK_WIDGET (alert));
  wait_for_value (&fixture, "budget", NULL, "100000.00 USD");

  adw_dialog_force_close (ADW_DIALOG (alert));
  adw_dialog_force_close (dialog);
  close_page (&fixture);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  g_test_add_func ("/detail/kinds", test_kinds);
  g_test_add_func ("/detail/stored", test_stored);
  g_test_add_func ("/detail/draft", test_draft);
  g_test_add_func ("/detail/external", test_external);
  g_test_add_func ("/detail/session", test_session);
  g_test_add_func ("/detail/warning", test_warning);
  g_test_add_func ("/detail/trash", test_trash);
  g_test_add_func ("/detail/draft/row", test_row_draft);
  g_test_add_func ("/detail/draft/done", test_draft_done);
  g_test_add_func ("/detail/other-register", test_other_register);
  g_test_add_func ("/detail/language", test_language);
  g_test_add_func ("/detail/history", test_history);
  g_test_add_func ("/detail/history/refused", test_history_refused);

  return g_test_run ();
}
