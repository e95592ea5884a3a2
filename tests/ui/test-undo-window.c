/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Undo and redo in the window: what was done in it, and what is in the history. */

#include "config.h"

#include <string.h>

#include "psl-activity-dialog.h"
#include "psl-editor.h"
#include "psl-effects.h"
#include "psl-focus.h"
#include "psl-history-dialog.h"
#include "psl-history-row.h"
#include "psl-kinds.h"
#include "psl-undo-buttons.h"
#include "tests/register-wait.h"
#include "ui-test.h"
#include "window-test.h"

/* The text that a condition looks for. */
typedef struct
{
  WindowTest *fixture;
  const char *text;
} Wanted;

static gboolean
is_enabled (WindowTest *fixture,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action);
}

static gboolean
shows_record (gpointer data)
{
  WindowTest *fixture = data;

  return fixture->window->record != NULL && psl_record_get_rid (fixture->window->record) == fixture->rid;
}

static gboolean
has_dialog (gpointer data)
{
  return window_test_get_dialog (data) != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return window_test_get_dialog (data) == NULL;
}

static gboolean
has_activity (gpointer data)
{
  GtkWidget *dialog = window_test_get_dialog (data);

  return PSL_IS_ACTIVITY_DIALOG (dialog) && psl_test_find (dialog, ADW_TYPE_ACTION_ROW) != NULL;
}

static gboolean
shows_activity (gpointer data)
{
  return has_activity (data) &&
         gtk_widget_get_mapped (psl_test_find (window_test_get_dialog (data), ADW_TYPE_ACTION_ROW));
}

static gboolean
has_alert (gpointer data)
{
  return ADW_IS_ALERT_DIALOG (window_test_get_dialog (data));
}

static GtkWidget *
get_buttons (WindowTest *fixture)
{
  return psl_test_find (GTK_WIDGET (fixture->window->detail_page), PSL_TYPE_UNDO_BUTTONS);
}

static const char *
get_undo_text (WindowTest *fixture)
{
  return gtk_widget_get_tooltip_text (gtk_widget_get_first_child (get_buttons (fixture)));
}

static const char *
get_redo_text (WindowTest *fixture)
{
  return gtk_widget_get_tooltip_text (gtk_widget_get_last_child (get_buttons (fixture)));
}

static gboolean
undoes (gpointer data)
{
  Wanted *wanted = data;

  return g_str_equal (get_undo_text (wanted->fixture), wanted->text);
}

static gboolean
redoes (gpointer data)
{
  Wanted *wanted = data;

  return g_str_equal (get_redo_text (wanted->fixture), wanted->text);
}

static void
wait_for_undo (WindowTest *fixture,
               const char *text)
{
  g_test_message ("“%s”, not “%s”", text, get_undo_text (fixture));
  psl_test_wait (undoes, &(Wanted) { fixture, text });
  g_assert_true (is_enabled (fixture, "undo") == !g_str_equal (text, "Nothing to undo"));
  g_assert_true (is_enabled (fixture, "undo-step") == is_enabled (fixture, "undo"));
}

static void
wait_for_redo (WindowTest *fixture,
               const char *text)
{
  g_test_message ("“%s”, not “%s”", text, get_redo_text (fixture));
  psl_test_wait (redoes, &(Wanted) { fixture, text });
  g_assert_true (is_enabled (fixture, "redo") == !g_str_equal (text, "Nothing to redo"));
}

static gboolean
tells (gpointer data)
{
  Wanted *wanted = data;

  return psl_test_shows_label (GTK_WIDGET (wanted->fixture->window->toasts), wanted->text);
}

static gboolean
tells_no_more (gpointer data)
{
  return !tells (data);
}

static void
wait_for_toast (WindowTest *fixture,
                const char *text)
{
  g_test_message ("“%s”", text);
  psl_test_wait (tells, &(Wanted) { fixture, text });
}

static gint64
choose (WindowTest *fixture,
        guint       position)
{
  fixture->rid = psl_record_model_get_rid (window_test_get_model (fixture), position);
  psl_record_model_select (window_test_get_model (fixture), fixture->rid);
  psl_test_wait (shows_record, fixture);
  return fixture->rid;
}

static void
set_status (WindowTest *fixture,
            gint64      rid,
            const char *status)
{
  psl_register_set_async (fixture->window->reg, rid, psl_kind_find_field (&psl_kind_project, "status"), NULL, status,
                          0, NULL, NULL);
}

static char *
dup_status (WindowTest *fixture,
            gint64      rid)
{
  g_autoptr (PslRecord) record = register_wait_load (fixture->window->reg, rid);

  return g_strdup (psl_record_get_by_name (record, "status"));
}

static void
assert_status (WindowTest *fixture,
               gint64      rid,
               const char *expected)
{
  g_autofree char *status = dup_status (fixture, rid);

  g_assert_cmpstr (status, ==, expected);
}

/* Only what was done here since the window was opened is undone step by step. The
 * record is shown, what was done is named, and can be redone. */
static void
test_steps (WindowTest   *fixture,
            gconstpointer data)
{
  gint64 one, two;

  window_test_open_filled (fixture);
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  wait_for_undo (fixture, "Nothing to undo");
  wait_for_redo (fixture, "Nothing to redo");

  one = choose (fixture, 1);
  set_status (fixture, one, "1");
  wait_for_undo (fixture, "Undo: Edit status of “Project 01 Accra”");
  two = choose (fixture, 2);
  set_status (fixture, two, "2");
  wait_for_undo (fixture, "Undo: Edit status of “Project 02 Accra”");
  choose (fixture, 9);

  /* As fast as keys come: each is a step. */
  window_test_activate (fixture, "undo");
  window_test_activate (fixture, "undo");
  wait_for_undo (fixture, "Nothing to undo");
  fixture->rid = one;
  psl_test_wait (shows_record, fixture);
  wait_for_toast (fixture, "Undone: Edit status of “Project 01 Accra”");
  wait_for_redo (fixture, "Redo: Edit status of “Project 01 Accra”");
  assert_status (fixture, one, NULL);
  assert_status (fixture, two, NULL);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);

  window_test_activate (fixture, "redo-step");
  wait_for_redo (fixture, "Redo: Edit status of “Project 02 Accra”");
  wait_for_toast (fixture, "Redone: Edit status of “Project 01 Accra”");
  psl_test_wait (tells_no_more, &(Wanted) { fixture, "Undone: Edit status of “Project 01 Accra”" });
  assert_status (fixture, one, "1");
  window_test_close_window (fixture);
}

/* Asserts that the dialog on show asks about that. */
static void
assert_asks (WindowTest *fixture,
             const char *what,
             const char *consequence)
{
  const char *body = adw_alert_dialog_get_body (ADW_ALERT_DIALOG (window_test_get_dialog (fixture)));

  g_assert_true (g_str_has_prefix (body, what));
  g_assert_nonnull (strstr (body, consequence));
}

static void
move_to_trash (WindowTest *fixture,
               guint       n_records)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n_records; i++)
    {
      gint64 rid = psl_record_model_get_rid (window_test_get_model (fixture), i);

      g_array_append_val (rids, rid);
    }
  psl_register_set_state_async (fixture->window->reg, (const gint64 *) (gpointer) rids->data, rids->len,
                                PSL_RECORD_TRASHED, NULL, NULL);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS - n_records);
}

/* An action on several records is named, and undone when the person says so. */
static void
test_several (WindowTest   *fixture,
              gconstpointer data)
{
  window_test_open_filled (fixture);
  move_to_trash (fixture, 3);
  wait_for_undo (fixture, "Undo: Move of 3 records to the trash");

  window_test_activate (fixture, "undo");
  psl_test_wait (has_dialog, fixture);
  assert_asks (fixture, "“Move of 3 records to the trash” was done on ", "Undoing it takes out of the trash: 3 projects.");
  window_test_click (fixture, "_Keep the Change");
  psl_test_wait (has_no_dialog, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS - 3);
  g_assert_true (is_enabled (fixture, "undo"));

  window_test_activate (fixture, "undo");
  psl_test_wait (has_dialog, fixture);
  window_test_click (fixture, "_Undo the Change");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  wait_for_toast (fixture, "Undone: Move of 3 records to the trash");
  window_test_close_window (fixture);
}

/* Actions from before the window was opened are in the history, named and dated; they are
 * undone from there when the person says so, and redone from the toast. */
static void
test_history (WindowTest   *fixture,
              gconstpointer data)
{
  GtkWidget *button;

  window_test_open_filled (fixture);
  window_test_activate (fixture, "activity");
  psl_test_wait (has_activity, fixture);
  psl_test_assert_named (window_test_get_dialog (fixture));
  g_assert_nonnull (window_test_find_titled (window_test_get_dialog (fixture), "Import of test: 30 records"));

  window_test_click (fixture, "Undo");
  psl_test_wait (has_alert, fixture);
  assert_asks (fixture, "“Import of test: 30 records” was done on ", "Undoing it takes out of the register: 30 projects.");
  window_test_click (fixture, "_Undo the Import");
  psl_test_wait (has_no_dialog, fixture);
  window_test_wait_for_items (fixture, 0);
  wait_for_toast (fixture, "Undone: Import of test: 30 records");

  button = window_test_find_titled (GTK_WIDGET (fixture->window->toasts), "_Redo");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  wait_for_undo (fixture, "Undo: Import of test: 30 records");

  /* In the list it can be undone again, and nothing is said to be undone. */
  window_test_activate (fixture, "activity");
  psl_test_wait (has_activity, fixture);
  g_assert_nonnull (window_test_find_titled (window_test_get_dialog (fixture), "Undo"));
  g_assert_null (window_test_find_titled (window_test_get_dialog (fixture), "Redo"));
  window_test_close_window (fixture);
}

static gboolean
has_record_history (gpointer data)
{
  GtkWidget *dialog = window_test_get_dialog (data);

  return PSL_IS_HISTORY_DIALOG (dialog) && psl_test_find (dialog, PSL_TYPE_HISTORY_ROW) != NULL;
}

/* Chooses to undo the latest action in the history of the record on show. */
static void
undo_in_record_history (WindowTest *fixture)
{
  window_test_activate (fixture, "history");
  psl_test_wait (has_record_history, fixture);
  gtk_widget_activate_action (psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_HISTORY_ROW),
                              "change.undo", NULL);
}

/* In the history of one record, too, an action that changed others is undone when the person
 * says so, one of this record alone at once. It can be redone from the toast. */
static void
test_record_history (WindowTest   *fixture,
                     gconstpointer data)
{
  gint64 one;

  window_test_open_filled (fixture);
  one = choose (fixture, 1);
  set_status (fixture, one, "1");
  wait_for_undo (fixture, "Undo: Edit status of “Project 01 Accra”");

  undo_in_record_history (fixture);
  psl_test_wait (has_no_dialog, fixture);
  wait_for_toast (fixture, "Undone: Edit status of “Project 01 Accra”");
  assert_status (fixture, one, NULL);
  g_assert_nonnull (window_test_find_titled (GTK_WIDGET (fixture->window->toasts), "_Redo"));

  choose (fixture, 2);
  undo_in_record_history (fixture);
  psl_test_wait (has_alert, fixture);
  assert_asks (fixture, "“Import of test: 30 records” was done on ", "Undoing it takes out of the register: 30 projects.");
  window_test_click (fixture, "_Keep the Import");
  psl_test_wait (has_record_history, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  window_test_close_window (fixture);
}

static gboolean
has_titled (gpointer data)
{
  Wanted *wanted = data;

  return window_test_find_titled (window_test_get_dialog (wanted->fixture), wanted->text) != NULL;
}

/* The keyboard stays with the action that it is at when the history is read again. */
static void
test_history_focus (WindowTest   *fixture,
                    gconstpointer data)
{
  const char *import = "Import of test: 30 records";
  gint64 one;

  window_test_open_filled (fixture);
  one = choose (fixture, 1);
  window_test_activate (fixture, "activity");
  psl_test_wait (shows_activity, fixture);
  g_assert_true (gtk_widget_grab_focus (psl_test_find (window_test_find_in_dialog (fixture, import), GTK_TYPE_BUTTON)));

  set_status (fixture, one, "1");
  psl_test_wait (has_titled, &(Wanted) { fixture, "Edit status of “Project 01 Accra”" });
  g_assert_true (psl_focus_is_in (window_test_find_in_dialog (fixture, import)));
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_true (psl_focus_is_in (window_test_find_in_dialog (fixture, import)));
  window_test_close_window (fixture);
}

/* Actions of another process are not undone by the keys. */
static void
test_other_process (WindowTest   *fixture,
                    gconstpointer data)
{
  const PslField *status = psl_kind_find_field (&psl_kind_project, "status");
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;
  gint64 one, two;

  window_test_open_filled (fixture);
  one = choose (fixture, 1);
  two = psl_record_model_get_rid (window_test_get_model (fixture), 2);
  set_status (fixture, one, "1");
  wait_for_undo (fixture, "Undo: Edit status of “Project 01 Accra”");

  store = psl_store_open (fixture->path, PSL_STORE_NONE, &error);
  g_assert_no_error (error);
  psl_store_edit (store, two, status, NULL, "2", 0, &error);
  g_assert_no_error (error);

  window_test_activate (fixture, "undo");
  wait_for_undo (fixture, "Nothing to undo");
  assert_status (fixture, one, NULL);
  assert_status (fixture, two, "2");
  window_test_close_window (fixture);
}

/* The text of a field of the record shown; NULL while it is not there. */
static GtkWidget *
find_text (GtkWidget  *widget,
           const char *field)
{
  if (PSL_IS_EDITOR (widget) && g_str_equal (psl_editor_get_field (PSL_EDITOR (widget))->name, field))
    {
      GtkWidget *text = psl_test_find (widget, GTK_TYPE_TEXT);

      return text != NULL ? text : psl_test_find (widget, GTK_TYPE_TEXT_VIEW);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_text (child, field);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_focus_in (gpointer data)
{
  Wanted *wanted = data;
  GtkWidget *text = find_text (GTK_WIDGET (wanted->fixture->window->detail_page), wanted->text);

  return text != NULL && gtk_widget_grab_focus (text) &&
         gtk_window_get_focus (GTK_WINDOW (wanted->fixture->window)) == text;
}

static void
focus_field (WindowTest *fixture,
             const char *name)
{
  psl_test_wait (has_focus_in, &(Wanted) { fixture, name });
}

/* Types at the end of the text that has the focus. */
static void
type (WindowTest *fixture,
      const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  if (GTK_IS_TEXT_VIEW (focus))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus));
      GtkTextIter end;

      gtk_text_buffer_get_end_iter (buffer, &end);
      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_insert (buffer, &end, text, -1);
      gtk_text_buffer_end_user_action (buffer);
    }
  else
    {
      int position = (int) g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (focus)), -1);

      gtk_editable_insert_text (GTK_EDITABLE (focus), text, -1, &position);
    }
}

typedef struct
{
  WindowTest *fixture;
  const char *field;
  const char *value;
} Stored;

static gboolean
is_stored (gpointer data)
{
  Stored *stored = data;
  g_autoptr (PslRecord) record = register_wait_load (stored->fixture->window->reg, stored->fixture->rid);

  return g_strcmp0 (psl_record_get_by_name (record, stored->field), stored->value) == 0;
}

/* The text being typed is undone first, and then earlier actions. */
static void
test_typing (WindowTest   *fixture,
             gconstpointer data)
{
  static const char *const fields[][2] = { { "project_id", "project_id" }, { "description", "description_en" } };

  window_test_open_filled (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      choose (fixture, i + 1);
      set_status (fixture, fixture->rid, "1");
      wait_for_redo (fixture, "Nothing to redo");
      focus_field (fixture, fields[i][0]);
      type (fixture, "CT.0001");
      psl_test_wait (is_stored, &(Stored) { fixture, fields[i][1], "CT.0001" });

      /* The text's own undo, which is stored like typing: nothing else is undone. */
      window_test_activate (fixture, "undo");
      psl_test_wait (is_stored, &(Stored) { fixture, fields[i][1], NULL });
      assert_status (fixture, fixture->rid, "1");

      window_test_activate (fixture, "undo");
      wait_for_undo (fixture, "Nothing to undo");
      assert_status (fixture, fixture->rid, NULL);
    }
  window_test_close_window (fixture);
}

static PslEditor *
find_editor (WindowTest *fixture,
             const char *field)
{
  GtkWidget *text = find_text (GTK_WIDGET (fixture->window->detail_page), field);

  return text != NULL ? PSL_EDITOR (gtk_widget_get_ancestor (text, PSL_TYPE_EDITOR)) : NULL;
}

/* A text that can't be stored goes first, also where the keyboard has been elsewhere meanwhile:
 * what is undone is what is seen. */
static void
test_unstored (WindowTest   *fixture,
               gconstpointer data)
{
  window_test_open_filled (fixture);
  choose (fixture, 1);
  focus_field (fixture, "budget");
  type (fixture, "5000");
  psl_test_wait (is_stored, &(Stored) { fixture, "budget", "5000.00 USD" });
  /* A reader sees what is stored a moment before the window is told. */
  wait_for_undo (fixture, "Undo: Edit budget of “Project 01 Accra”");
  type (fixture, " less");
  focus_field (fixture, "year");
  psl_test_settle ();
  focus_field (fixture, "budget");
  g_assert_true (psl_editor_is_touched (find_editor (fixture, "budget")));

  window_test_activate (fixture, "undo");
  g_assert_false (psl_editor_is_touched (find_editor (fixture, "budget")));
  g_assert_true (psl_focus_is_in (GTK_WIDGET (find_editor (fixture, "budget"))));
  psl_test_settle ();
  g_assert_true (is_stored (&(Stored) { fixture, "budget", "5000.00 USD" }));

  window_test_activate (fixture, "undo");
  psl_test_wait (is_stored, &(Stored) { fixture, "budget", NULL });
  window_test_close_window (fixture);
}

/* Who types is told that another process has changed the same value meanwhile. */
static void
test_overtaken (WindowTest   *fixture,
                gconstpointer data)
{
  const PslField *budget = psl_kind_find_field (&psl_kind_project, "budget");
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;

  window_test_open_filled (fixture);
  choose (fixture, 1);
  focus_field (fixture, "budget");
  type (fixture, "5000 less");
  store = psl_store_open (fixture->path, PSL_STORE_NONE, &error);
  g_assert_no_error (error);
  psl_store_edit (store, fixture->rid, budget, NULL, "7000.00 USD", 0, &error);
  g_assert_no_error (error);

  wait_for_toast (fixture, "“Budget” was changed while you were typing. The history says by whom.");
  g_assert_true (psl_editor_is_touched (find_editor (fixture, "budget")));
  psl_editor_revert (find_editor (fixture, "budget"));
  window_test_close_window (fixture);
}

static gboolean
is_titled_anew (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *title = find_text (GTK_WIDGET (fixture->window->detail_page), "title");

  return psl_detail_page_is_new (fixture->window->detail_page) && title != NULL &&
         gtk_window_get_focus (GTK_WINDOW (fixture->window)) == title;
}

/* The first words of a record are undone with the record: no empty one stays. */
static void
test_new (WindowTest   *fixture,
          gconstpointer data)
{
  window_test_open_filled (fixture);
  window_test_activate (fixture, "new");
  psl_test_wait (is_titled_anew, fixture);
  type (fixture, "Return");
  wait_for_undo (fixture, "Undo: Creation of “Return”");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);

  window_test_activate (fixture, "undo");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  wait_for_undo (fixture, "Nothing to undo");
  wait_for_redo (fixture, "Redo: Creation of “Return”");
  window_test_activate (fixture, "redo");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);
  window_test_close_window (fixture);
}

/* Undone before it is stored, a record comes back, too. */
static void
test_new_at_once (WindowTest   *fixture,
                  gconstpointer data)
{
  window_test_open_filled (fixture);
  choose (fixture, 1);
  focus_field (fixture, "budget");
  type (fixture, "5000");
  wait_for_undo (fixture, "Undo: Edit budget of “Project 01 Accra”");
  window_test_activate (fixture, "new");
  psl_test_wait (is_titled_anew, fixture);
  type (fixture, "Return");
  window_test_activate (fixture, "undo");
  wait_for_redo (fixture, "Redo: Creation of “Return”");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  window_test_activate (fixture, "redo");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);
  window_test_close_window (fixture);
}

/* A toast takes the place of the one before. */
static void
test_toasts (WindowTest   *fixture,
             gconstpointer data)
{
  window_test_open_filled (fixture);
  psl_notifier_tell (fixture->window->notifier, "First");
  wait_for_toast (fixture, "First");
  psl_notifier_tell (fixture->window->notifier, "Second");
  psl_notifier_tell (fixture->window->notifier, "Third");
  wait_for_toast (fixture, "Third");
  psl_test_wait (tells_no_more, &(Wanted) { fixture, "First" });
  psl_test_wait (tells_no_more, &(Wanted) { fixture, "Second" });
  g_assert_true (tells (&(Wanted) { fixture, "Third" }));
  window_test_close_window (fixture);
}

static gboolean
is_focus_below_toasts (gpointer data)
{
  WindowTest *fixture = data;

  return psl_focus_is_in (adw_toast_overlay_get_child (fixture->window->toasts));
}

/* The focus that a toast's button has goes back to the page when the toast goes. */
static void
test_toast_focus (WindowTest   *fixture,
                  gconstpointer data)
{
  GtkWidget *button;

  GtkWidget *search;

  window_test_open_filled (fixture);
  psl_list_page_focus_search (fixture->window->list_page);
  search = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (search);
  psl_notifier_tell_with_action (fixture->window->notifier, "Said", "Do It", "win.activity", NULL);
  wait_for_toast (fixture, "Said");
  button = window_test_find_titled (GTK_WIDGET (fixture->window->toasts), "Do It");
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_false (is_focus_below_toasts (fixture));

  adw_toast_overlay_dismiss_all (fixture->window->toasts);
  psl_test_wait (tells_no_more, &(Wanted) { fixture, "Said" });
  psl_test_wait (is_focus_below_toasts, fixture);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == search);
  window_test_close_window (fixture);
}

/* Effects are told of kinds that have no place of their own, too. */
static void
test_effects (WindowTest    *fixture,
              gconstpointer  data)
{
  const PslEffect made[] = {
    { &psl_kind_office, PSL_RECORD_GONE, PSL_RECORD_LIVE, 2 },
    { &psl_kind_function, PSL_RECORD_GONE, PSL_RECORD_LIVE, 3 },
    { &psl_kind_entry, PSL_RECORD_GONE, PSL_RECORD_LIVE, 1 },
  };
  g_autoptr (GArray) effects = g_array_new (FALSE, FALSE, sizeof (PslEffect));
  g_autofree char *text = NULL;

  g_array_append_vals (effects, made, G_N_ELEMENTS (made));
  text = psl_effects_describe_undo (effects);
  g_assert_cmpstr (text, ==, "Undoing it takes out of the register: 2 offices, 3 functions, 1 list entry.");
}

/* Of what an import did not take, it says what there is to decide, and that once. */
static void
test_import_effects (WindowTest    *fixture,
                     gconstpointer  data)
{
  const PslEffect made[] = {
    { &psl_kind_project, PSL_RECORD_GONE, PSL_RECORD_LIVE, 1 },
    { &psl_kind_remark, PSL_RECORD_GONE, PSL_RECORD_LIVE, 2 },
  };
  const PslImportPlan plan = { .n_conflicts = 3, .n_remarks = 2 };
  g_autoptr (GArray) effects = g_array_new (FALSE, FALSE, sizeof (PslEffect));
  g_autofree char *text = NULL;

  g_array_append_vals (effects, made, G_N_ELEMENTS (made));
  text = psl_effects_describe_import (effects, &plan);
  g_assert_cmpstr (text, ==, "1 new project, 2 conflicts left to decide, 1 differing value not taken");
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  window_test_init ();

  window_test_add ("/ui/undo/effects", test_effects);
  window_test_add ("/ui/undo/import-effects", test_import_effects);
  window_test_add ("/ui/undo/steps", test_steps);
  window_test_add ("/ui/undo/several", test_several);
  window_test_add ("/ui/undo/history", test_history);
  window_test_add ("/ui/undo/record-history", test_record_history);
  window_test_add ("/ui/undo/history-focus", test_history_focus);
  window_test_add ("/ui/undo/other-process", test_other_process);
  window_test_add ("/ui/undo/typing", test_typing);
  window_test_add ("/ui/undo/unstored", test_unstored);
  window_test_add ("/ui/undo/overtaken", test_overtaken);
  window_test_add ("/ui/undo/new", test_new);
  window_test_add ("/ui/undo/new-at-once", test_new_at_once);
  window_test_add ("/ui/undo/toasts", test_toasts);
  window_test_add ("/ui/undo/toast-focus", test_toast_focus);

  return window_test_run ();
}
