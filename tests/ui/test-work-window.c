/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Long work of the register in the window: it is shown and can be stopped, and the window is
 * used meanwhile. */

#include "config.h"

#include <sqlite3.h>

#include "psl-activity-dialog.h"
#include "psl-entries-page.h"
#include "psl-entry-page.h"
#include "psl-failure.h"
#include "psl-focus.h"
#include "psl-history-dialog.h"
#include "psl-history-row.h"
#include "psl-kinds.h"
#include "psl-text-language.h"
#include "tests/register-wait.h"
#include "tests/write-hook.h"
#include "ui-test.h"
#include "window-test.h"

/* The text that a condition looks for in a window. */
typedef struct
{
  WindowTest *fixture;
  GtkWidget *below;
  const char *text;
} Wanted;

static gboolean
shows_record (gpointer data)
{
  WindowTest *fixture = data;

  return fixture->window->record != NULL && psl_record_get_rid (fixture->window->record) == fixture->rid;
}

static void
choose (WindowTest *fixture,
        guint       position)
{
  fixture->rid = psl_record_model_get_rid (window_test_get_model (fixture), position);
  psl_record_model_select (window_test_get_model (fixture), fixture->rid);
  psl_test_wait (shows_record, fixture);
}

/* Whether the bar below a widget says that. */
static gboolean
tells_work (gpointer data)
{
  Wanted *wanted = data;
  GtkWidget *bar = psl_test_find (wanted->below, GTK_TYPE_PROGRESS_BAR);

  return bar != NULL && gtk_widget_get_mapped (bar) &&
         g_strcmp0 (gtk_progress_bar_get_text (GTK_PROGRESS_BAR (bar)), wanted->text) == 0;
}

static void
wait_for_work (WindowTest *fixture,
               GtkWidget  *below,
               const char *text)
{
  psl_test_wait (tells_work, &(Wanted) { fixture, below, text });
}

static gboolean
is_idle (gpointer data)
{
  WindowTest *fixture = data;

  return psl_register_get_work (fixture->window->reg) == NULL && !gtk_widget_get_visible (GTK_WIDGET (fixture->window->work_bar));
}

static gboolean
has_focus_on_page (gpointer data)
{
  WindowTest *fixture = data;

  return psl_focus_is_in (GTK_WIDGET (fixture->window->outer_view));
}

static gboolean
tells (gpointer data)
{
  Wanted *wanted = data;

  return psl_test_shows_label (wanted->below, wanted->text);
}

/* Clicks the button that stops, and waits until that is told. */
static void
stop (WindowTest *fixture)
{
  GtkWidget *button = window_test_find_titled (GTK_WIDGET (fixture->window->work_bar), "_Stop");

  g_signal_emit_by_name (button, "clicked");
  psl_test_wait (is_idle, fixture);
  psl_test_wait (tells, &(Wanted) { fixture, GTK_WIDGET (fixture->window->toasts), "Stopped. Nothing was changed" });
}

/* The action that filled the register. */
static gint64
get_import (WindowTest *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (fixture->path, PSL_STORE_READ_ONLY, &error);

  g_assert_no_error (error);
  return psl_store_last_action (store);
}

/* Undoes the import as the button of its toast does. */
static void
undo_import (WindowTest *fixture)
{
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), "undo-action", g_variant_new_int64 (get_import (fixture)));
}

/* An undo that takes long is told of, and leaves the keyboard where it is. Records are read
 * and found meanwhile. Stopped, it has changed nothing, and can be done later. */
static void
test_undo (WindowTest    *fixture,
           gconstpointer  data)
{
  GtkWidget *button;

  window_test_open_filled (fixture);
  write_hook_slow_down ("state");
  choose (fixture, 1);
  psl_list_page_focus_list (fixture->window->list_page);

  undo_import (fixture);
  wait_for_work (fixture, GTK_WIDGET (fixture->window), "Undoing: Import of test: 30 records");
  g_assert_true (psl_focus_is_in (GTK_WIDGET (fixture->window->list_page)));
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  choose (fixture, 2);
  psl_list_page_search (fixture->window->list_page, "Söderköping");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS / 10);
  psl_list_page_search (fixture->window->list_page, "");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  g_assert_nonnull (psl_register_get_work (fixture->window->reg));

  /* The keyboard goes back to the page from the button, which goes. */
  button = window_test_find_titled (GTK_WIDGET (fixture->window->work_bar), "_Stop");
  g_assert_true (gtk_widget_grab_focus (button));
  stop (fixture);
  psl_test_wait (has_focus_on_page, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);

  write_hook_slow_down (NULL);
  undo_import (fixture);
  window_test_wait_for_items (fixture, 0);
  window_test_close_window (fixture);
}

static gboolean
has_activity (gpointer data)
{
  GtkWidget *dialog = window_test_get_dialog (data);

  return PSL_IS_ACTIVITY_DIALOG (dialog) && psl_test_find (dialog, ADW_TYPE_ACTION_ROW) != NULL;
}

static gboolean
has_dialog (gpointer data)
{
  return window_test_get_dialog (data) != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return !has_dialog (data);
}

static gboolean
is_language (WindowTest *fixture,
             const char *tag)
{
  PslCodelists *codelists = psl_register_get_codelists (fixture->window->reg);

  return psl_codelist_find (psl_codelists_get_list (codelists, PSL_TEXT_LANGUAGES), tag) != NULL;
}

static gboolean
has_spanish (gpointer data)
{
  return is_language (data, "es");
}

static gboolean
has_portuguese (gpointer data)
{
  return is_language (data, "pt");
}

static gboolean
has_alert (gpointer data)
{
  return ADW_IS_ALERT_DIALOG (window_test_get_dialog (data));
}

/* Undoing from the history is told of, and stopped, in front of the history. */
static void
test_history (WindowTest    *fixture,
              gconstpointer  data)
{
  window_test_open_filled (fixture);
  write_hook_slow_down ("state");
  window_test_activate (fixture, "activity");
  psl_test_wait (has_activity, fixture);
  window_test_click (fixture, "Undo");
  psl_test_wait (has_alert, fixture);
  window_test_click (fixture, "_Undo the Import");
  psl_test_wait (has_activity, fixture);

  wait_for_work (fixture, window_test_get_dialog (fixture), "Undoing: Import of test: 30 records");
  psl_test_assert_named (window_test_get_dialog (fixture));
  window_test_click (fixture, "_Stop");
  psl_test_wait (is_idle, fixture);
  g_assert_nonnull (window_test_find_in_dialog (fixture, "Undo"));
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  window_test_close_window (fixture);
  write_hook_slow_down (NULL);
}

static gboolean
has_history (gpointer data)
{
  GtkWidget *dialog = window_test_get_dialog (data);

  return PSL_IS_HISTORY_DIALOG (dialog) && psl_test_find (dialog, PSL_TYPE_HISTORY_ROW) != NULL;
}

/* Work that is stopped in front of the history of a record is told of, too. */
static void
test_record_history (WindowTest    *fixture,
                     gconstpointer  data)
{
  window_test_open_filled (fixture);
  write_hook_slow_down ("state");
  choose (fixture, 1);
  window_test_activate (fixture, "history");
  psl_test_wait (has_history, fixture);
  gtk_widget_activate_action (psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_HISTORY_ROW), "change.undo", NULL);
  psl_test_wait (has_alert, fixture);
  window_test_click (fixture, "_Undo the Import");
  psl_test_wait (has_history, fixture);

  wait_for_work (fixture, window_test_get_dialog (fixture), "Undoing: Import of test: 30 records");
  window_test_click (fixture, "_Stop");
  psl_test_wait (is_idle, fixture);
  psl_test_wait (tells, &(Wanted) { fixture, GTK_WIDGET (fixture->window->toasts), "Stopped. Nothing was changed" });
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  window_test_close_window (fixture);
  write_hook_slow_down (NULL);
}

static gint64
count_trash (WindowTest *fixture)
{
  g_autoptr (PslQuery) query = psl_query_new_trash ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  psl_register_count_async (fixture->window->reg, query, NULL, answer_cb, &result);
  wait_until (result != NULL);
  count = psl_register_count_finish (fixture->window->reg, result, &error);
  g_assert_no_error (error);
  return count;
}

/* Moves all projects to the trash. */
static void
trash_all (WindowTest *fixture)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < WINDOW_TEST_PROJECTS; i++)
    {
      gint64 rid = psl_record_model_get_rid (window_test_get_model (fixture), i);

      g_array_append_val (rids, rid);
    }
  psl_register_set_state_async (fixture->window->reg, (const gint64 *) (gpointer) rids->data, rids->len,
                                PSL_RECORD_TRASHED, NULL, NULL);
  window_test_wait_for_items (fixture, 0);
}

/* A trash that is emptied half is not emptied. */
static void
test_trash (WindowTest    *fixture,
            gconstpointer  data)
{
  window_test_open_filled (fixture);
  trash_all (fixture);
  write_hook_slow_down ("state");

  window_test_activate (fixture, "empty-trash");
  psl_test_wait (has_alert, fixture);
  window_test_click (fixture, "_Empty Trash");
  wait_for_work (fixture, GTK_WIDGET (fixture->window), "Deleting records");
  stop (fixture);
  g_assert_cmpint (count_trash (fixture), ==, WINDOW_TEST_PROJECTS);
  window_test_close_window (fixture);
  write_hook_slow_down (NULL);
}

static gboolean
has_form (gpointer data)
{
  GtkWidget *form = psl_test_find (window_test_get_dialog (data), PSL_TYPE_ENTRY_PAGE);

  return form != NULL && gtk_widget_get_mapped (form);
}

static gboolean
is_add_button (GtkWidget     *widget,
               gconstpointer  data)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), "Add an Entry") == 0;
}

static GtkWidget *
find_add_button (WindowTest *fixture)
{
  return psl_test_find_match (window_test_get_dialog (fixture), is_add_button, NULL);
}

static gboolean
has_add_button (gpointer data)
{
  return find_add_button (data) != NULL;
}

/* A language that is added puts all records in its order. Stopped, it is not there, and the
 * form keeps what was typed. */
static void
test_language (WindowTest    *fixture,
               gconstpointer  data)
{
  GtkWidget *form, *code;

  window_test_open_filled (fixture);
  write_hook_slow_down ("Spanish key");
  psl_window_show_preferences (fixture->window);
  psl_test_wait (has_dialog, fixture);
  g_signal_emit_by_name (window_test_find_in_dialog (fixture, "Languages of Te_xts"), "activated");
  psl_test_wait (has_add_button, fixture);
  g_signal_emit_by_name (find_add_button (fixture), "clicked");
  psl_test_wait (has_form, fixture);
  form = psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_ENTRY_PAGE);
  code = psl_entry_page_get_first (PSL_ENTRY_PAGE (form));
  gtk_editable_set_text (GTK_EDITABLE (code), "es");

  /* Pressed twice, it is added once. */
  g_signal_emit_by_name (window_test_find_titled (form, "_Add"), "activated");
  g_signal_emit_by_name (window_test_find_titled (form, "_Add"), "activated");
  wait_for_work (fixture, form, "Sorting the records");
  psl_test_assert_named (window_test_get_dialog (fixture));
  g_signal_emit_by_name (window_test_find_titled (form, "_Stop"), "clicked");
  psl_test_wait (is_idle, fixture);
  psl_test_settle ();
  g_assert_true (has_form (fixture));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (code)), ==, "es");
  g_assert_false (has_spanish (fixture));

  write_hook_slow_down (NULL);
  g_signal_emit_by_name (window_test_find_titled (form, "_Add"), "activated");
  psl_test_wait (has_spanish, fixture);
  window_test_close_window (fixture);
}

static GtkWidget *
get_page (WindowTest *fixture)
{
  GtkWidget *in_list = psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_ENTRIES_PAGE);
  GtkWidget *view = gtk_widget_get_ancestor (in_list, ADW_TYPE_NAVIGATION_VIEW);

  return GTK_WIDGET (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)));
}

static gboolean
is_in_list (gpointer data)
{
  return PSL_IS_ENTRIES_PAGE (get_page (data));
}

/* Opens the form of a new language and types its tag. */
static GtkWidget *
begin_language (WindowTest *fixture,
                const char *tag)
{
  GtkWidget *form;

  g_signal_emit_by_name (find_add_button (fixture), "clicked");
  form = get_page (fixture);
  gtk_editable_set_text (GTK_EDITABLE (psl_entry_page_get_first (PSL_ENTRY_PAGE (form))), tag);
  return form;
}

/* Stopped by somebody who has left the form, that is told in front. */
static void
test_language_left (WindowTest    *fixture,
                    gconstpointer  data)
{
  GtkWidget *form;

  window_test_open_filled (fixture);
  write_hook_slow_down ("Spanish key");
  psl_window_show_preferences (fixture->window);
  psl_test_wait (has_dialog, fixture);
  g_signal_emit_by_name (window_test_find_in_dialog (fixture, "Languages of Te_xts"), "activated");
  psl_test_wait (has_add_button, fixture);
  form = begin_language (fixture, "es");
  g_signal_emit_by_name (window_test_find_titled (form, "_Add"), "activated");
  g_assert_true (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (window_test_get_dialog (fixture))));
  wait_for_work (fixture, get_page (fixture), "Sorting the records");
  g_signal_emit_by_name (window_test_find_titled (get_page (fixture), "_Stop"), "clicked");
  psl_test_wait (tells, &(Wanted) { fixture, GTK_WIDGET (window_test_get_dialog (fixture)), "Stopped. Nothing was changed" });
  g_assert_false (has_spanish (fixture));

  /* A later message takes the place of one that went with its dialog. */
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  psl_test_wait (has_no_dialog, fixture);
  psl_failure_tell_unstored (GTK_WIDGET (fixture->window),
                             &(GError) { G_IO_ERROR, G_IO_ERROR_CANCELLED, (char *) "" });
  psl_test_wait (tells, &(Wanted) { fixture, GTK_WIDGET (fixture->window->toasts), "Stopped. Nothing was changed" });
  window_test_close_window (fixture);
  write_hook_slow_down (NULL);
}

/* Whoever leaves the form of a language that is on its way, and begins with another, stays
 * there. */
static void
test_two_languages (WindowTest    *fixture,
                    gconstpointer  data)
{
  GtkWidget *form;

  window_test_open_filled (fixture);
  psl_window_show_preferences (fixture->window);
  psl_test_wait (has_dialog, fixture);
  g_signal_emit_by_name (window_test_find_in_dialog (fixture, "Languages of Te_xts"), "activated");
  psl_test_wait (has_add_button, fixture);
  form = begin_language (fixture, "es");
  g_signal_emit_by_name (window_test_find_titled (form, "_Add"), "activated");
  g_assert_true (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (window_test_get_dialog (fixture))));
  form = begin_language (fixture, "pt");
  psl_test_wait (has_spanish, fixture);
  psl_test_settle ();
  g_assert_true (get_page (fixture) == form);

  g_signal_emit_by_name (window_test_find_titled (form, "_Add"), "activated");
  psl_test_wait (has_portuguese, fixture);
  psl_test_wait (is_in_list, fixture);
  window_test_close_window (fixture);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  write_hook_install ();
  window_test_init ();

  window_test_add ("/ui/work/undo", test_undo);
  window_test_add ("/ui/work/history", test_history);
  window_test_add ("/ui/work/record-history", test_record_history);
  window_test_add ("/ui/work/trash", test_trash);
  window_test_add ("/ui/work/language", test_language);
  window_test_add ("/ui/work/language-left", test_language_left);
  window_test_add ("/ui/work/two-languages", test_two_languages);

  return window_test_run ();
}
