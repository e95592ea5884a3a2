/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The dialog of the remarks on a field, opened from the mark beside that. */

#include "config.h"

#include <glib/gi18n.h>

#include "detail-test.h"
#include "psl-focus.h"
#include "psl-kinds.h"
#include "psl-remark.h"
#include "psl-remarks-dialog.h"
#include "ui-test.h"
#include "window-test.h"

/* The first button below @widget with a label or an action. */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label,
             const char *action)
{
  if (GTK_IS_BUTTON (widget) &&
      (label == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0) &&
      (action == NULL || g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
get_dialog (DetailTest *fixture)
{
  return psl_test_find (fixture->window, PSL_TYPE_REMARKS_DIALOG);
}

static GtkWidget *
get_editor (DetailTest *fixture)
{
  return GTK_WIDGET (detail_test_find_editor (fixture, "budget", NULL));
}

static gboolean
has_mark (gpointer data)
{
  GtkWidget *mark = find_button (get_editor (data), NULL, "page.remarks");

  return mark != NULL && gtk_widget_get_mapped (mark);
}

static gboolean
has_no_mark (gpointer data)
{
  return !has_mark (data);
}

static gboolean
shows_remark (gpointer data)
{
  GtkWidget *dialog = get_dialog (data);

  return dialog != NULL && find_button (dialog, C_("remark", "_Delete"), NULL) != NULL && psl_focus_is_in (dialog);
}

static gboolean
is_in_field (gpointer data)
{
  return get_dialog (data) == NULL && psl_editor_is_focused (PSL_EDITOR (get_editor (data)));
}

/* Opens the dialog from the mark of a field that has one remark. */
static GtkWidget *
open_from_mark (DetailTest *fixture)
{
  GtkWidget *mark;

  detail_test_remark (fixture, "budget", "Signed?");
  psl_test_wait (has_mark, fixture);
  mark = find_button (get_editor (fixture), NULL, "page.remarks");
  g_assert_true (gtk_widget_grab_focus (mark));
  g_signal_emit_by_name (mark, "clicked");
  psl_test_wait (shows_remark, fixture);
  return get_dialog (fixture);
}

/* The mark goes with the last remark: the keyboard comes back to the field, not to the list
 * that the window gives it to. */
static void
test_last_deleted (WindowTest    *fixture,
                   gconstpointer  data)
{
  DetailTest page = { 0 };
  GtkWidget *dialog;

  window_test_open_filled (fixture);
  page.reg = fixture->window->reg;
  page.page = fixture->window->detail_page;
  page.window = GTK_WIDGET (fixture->window);
  page.project = psl_record_model_get_rid (window_test_get_model (fixture), 0);
  psl_record_model_select (window_test_get_model (fixture), page.project);
  detail_test_wait_for_value (&page, "title", "en", "Project 00 Söderköping");
  dialog = open_from_mark (&page);
  g_signal_emit_by_name (find_button (dialog, C_("remark", "_Delete"), NULL), "clicked");
  psl_test_wait (has_no_mark, &page);
  g_assert_true (adw_dialog_close (ADW_DIALOG (dialog)));
  psl_test_wait (is_in_field, &page);
  window_test_close_window (fixture);
}

static gboolean
is_on_conflict (gpointer data)
{
  GtkWidget *dialog = get_dialog (data);
  GtkWidget *button = dialog != NULL ? find_button (dialog, _("_Take the File’s Value"), NULL) : NULL;

  return button != NULL && psl_focus_is_in (gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW));
}

/* The dialog begins with what is to be decided, however many remarks there are. */
static void
test_begins_with_conflict (DetailTest    *fixture,
                           gconstpointer  data)
{
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (PslRecord) left = NULL;

  detail_test_show_project (fixture);
  detail_test_remark (fixture, "budget", "Signed?");
  record = register_wait_load (fixture->reg, fixture->project);
  left = psl_remark_new (record, psl_kind_find_field (&psl_kind_project, "budget"), NULL);
  psl_remark_set (left, PSL_REMARK_TEXT, "en", "Another value");
  psl_remark_set (left, PSL_REMARK_VALUE, NULL, "5.00 USD");
  psl_remark_set (left, PSL_REMARK_SOURCE, NULL, "projects.csv");
  register_wait_insert (fixture->reg, left);
  for (guint i = 0; i < 5; i++)
    detail_test_remark (fixture, "budget", "Asked again.");

  psl_test_wait (has_mark, fixture);
  g_signal_emit_by_name (find_button (get_editor (fixture), NULL, "page.remarks"), "clicked");
  psl_test_wait (is_on_conflict, fixture);
  psl_test_settle ();
  g_assert_true (is_on_conflict (fixture));
  adw_dialog_force_close (ADW_DIALOG (get_dialog (fixture)));
}

static char *
dup_typed (GtkTextBuffer *buffer)
{
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  return g_steal_pointer (&text);
}

/* Undo in the entry goes back no further than to the text that the entry was given: neither
 * a remark that was added nor another one's text comes back as something typed. */
static void
test_undo (DetailTest    *fixture,
           gconstpointer  data)
{
  GtkWidget *dialog;
  GtkTextBuffer *buffer;
  g_autofree char *edited = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *stored = NULL;

  detail_test_show_project (fixture);
  dialog = open_from_mark (fixture);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (psl_test_find (dialog, GTK_TYPE_TEXT_VIEW)));
  g_signal_emit_by_name (find_button (dialog, C_("remark", "_Edit"), NULL), "clicked");
  g_assert_false (gtk_text_buffer_get_can_undo (buffer));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_at_cursor (buffer, " By whom?", -1);
  gtk_text_buffer_end_user_action (buffer);
  edited = dup_typed (buffer);
  g_assert_nonnull (strstr (edited, " By whom?"));
  g_assert_true (gtk_text_buffer_get_can_undo (buffer));
  gtk_text_buffer_undo (buffer);
  undone = dup_typed (buffer);
  g_assert_cmpstr (undone, ==, "Signed?");
  gtk_text_buffer_redo (buffer);

  g_signal_emit_by_name (find_button (dialog, C_("remark", "_Store"), NULL), "clicked");
  g_assert_false (gtk_text_buffer_get_can_undo (buffer));
  gtk_text_buffer_undo (buffer);
  stored = dup_typed (buffer);
  g_assert_cmpstr (stored, ==, "");
  /* The dialog waits until the register has the text. */
  adw_dialog_close (ADW_DIALOG (dialog));
  psl_test_wait (is_in_field, fixture);
}

static GtkWidget *
get_question (DetailTest *fixture)
{
  return psl_test_find (fixture->window, ADW_TYPE_ALERT_DIALOG);
}

static gboolean
is_asked (gpointer data)
{
  return get_question (data) != NULL;
}

static gboolean
is_back_in_entry (gpointer data)
{
  return !is_asked (data) && psl_focus_is_in (psl_test_find (get_dialog (data), GTK_TYPE_TEXT_VIEW));
}

static void
type_text (GtkWidget  *dialog,
           const char *text)
{
  GtkWidget *entry = psl_test_find (dialog, GTK_TYPE_TEXT_VIEW);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry)), text, -1);
}

/* Types and tries to close the dialog. */
static void
leave_unstored (DetailTest *fixture,
                const char *text)
{
  type_text (get_dialog (fixture), text);
  g_assert_false (adw_dialog_close (ADW_DIALOG (get_dialog (fixture))));
  psl_test_wait (is_asked, fixture);
  psl_test_assert_named (get_question (fixture));
}

static void
answer (DetailTest *fixture,
        const char *label)
{
  g_signal_emit_by_name (find_button (get_question (fixture), label, NULL), "clicked");
}

static gboolean
has_two (gpointer data)
{
  GtkWidget *mark = has_mark (data) ? find_button (get_editor (data), NULL, "page.remarks") : NULL;
  g_autofree char *two = psl_remark_dup_count (2);

  return mark != NULL && g_str_equal (gtk_widget_get_tooltip_text (mark), two);
}

/* A text that is not stored is neither lost nor stored with the dialog: the person says. */
static void
test_unstored (DetailTest    *fixture,
               gconstpointer  data)
{
  GtkWidget *dialog;
  GtkTextBuffer *buffer;
  g_autofree char *typed = NULL;
  g_autofree char *edited = NULL;

  detail_test_show_project (fixture);
  dialog = open_from_mark (fixture);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (psl_test_find (dialog, GTK_TYPE_TEXT_VIEW)));
  leave_unstored (fixture, "By whom?");
  answer (fixture, _("_Keep Editing"));
  psl_test_wait (is_back_in_entry, fixture);
  typed = dup_typed (buffer);
  g_assert_cmpstr (typed, ==, "By whom?");

  /* Another remark is not edited over the text, either. */
  g_signal_emit_by_name (find_button (dialog, C_("remark", "_Edit"), NULL), "clicked");
  psl_test_wait (is_asked, fixture);
  answer (fixture, C_("remark", "_Discard"));
  psl_test_wait (is_back_in_entry, fixture);
  edited = dup_typed (buffer);
  g_assert_cmpstr (edited, ==, "Signed?");

  leave_unstored (fixture, "Signed at last");
  answer (fixture, C_("remark", "_Discard"));
  psl_test_wait (is_in_field, fixture);
  g_assert_false (has_two (fixture));
}

/* A text that the person wants kept is stored, and the dialog closes. */
static void
test_stored (DetailTest    *fixture,
             gconstpointer  data)
{
  detail_test_show_project (fixture);
  open_from_mark (fixture);
  leave_unstored (fixture, "By whom?");
  answer (fixture, C_("remark", "_Store"));
  psl_test_wait (has_two, fixture);
  psl_test_wait (is_in_field, fixture);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  window_test_init ();

  window_test_add ("/remarks/last-deleted", test_last_deleted);
  detail_test_add ("/remarks/undo", test_undo);
  detail_test_add ("/remarks/begins-with-conflict", test_begins_with_conflict);
  detail_test_add ("/remarks/unstored", test_unstored);
  detail_test_add ("/remarks/stored", test_stored);

  return window_test_run ();
}
