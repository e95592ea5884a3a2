/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The properties of a register, and the head of its journal on its way to elsewhere. */

#include "config.h"

#include "outside.h"
#include "psl-head-note.h"
#include "psl-kinds.h"
#include "psl-provenance.h"
#include "tests/folder.h"
#include "tests/register-wait.h"
#include "tests/wait-until.h"
#include "ui-test.h"
#include "window-test.h"

static void
show_properties (WindowTest *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslProvenance) provenance = psl_provenance_read_file (fixture->path, NULL, &error);

  g_assert_no_error (error);
  window_test_activate (fixture, "properties");
  window_test_wait_for_row (fixture, "UUID of the Register", provenance->id);
}

/* The head as the file has it. */
static char *
dup_head (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_READ_ONLY, &error);
  char *head;

  g_assert_no_error (error);
  head = psl_store_dup_head_note (store, &error);
  g_assert_no_error (error);
  return head;
}

static gboolean
is_toast (GtkWidget     *widget,
          gconstpointer  text)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text);
}

static gboolean
has_copied (gpointer data)
{
  return psl_test_find_match (window_test_get_dialog (data), is_toast, "The head is copied") != NULL;
}

static gboolean
has_exported (gpointer data)
{
  return psl_test_find_match (window_test_get_dialog (data), is_toast, "The head is exported") != NULL;
}

static gboolean
is_copy_button (GtkWidget     *widget,
                gconstpointer  data)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), "Copy the head") == 0;
}

static void
copy_head (WindowTest *fixture)
{
  g_signal_emit_by_name (psl_test_find_match (window_test_get_dialog (fixture), is_copy_button, NULL), "clicked");
  psl_test_wait (has_copied, fixture);
}

static char *
dup_clipboard (WindowTest *fixture)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (GTK_WIDGET (fixture->window)));
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (gdk_content_provider_get_value (content, &value, &error));
  g_assert_no_error (error);
  return g_value_dup_string (&value);
}

/* What the dialog says is what the register is. */
static void
test_shown (WindowTest    *fixture,
            gconstpointer  data)
{
  g_autofree char *head = NULL;

  window_test_open_filled (fixture);
  head = dup_head (fixture->path);
  show_properties (fixture);
  window_test_wait_for_row (fixture, "Name", "test");
  window_test_wait_for_row (fixture, "Place", fixture->path);
  window_test_wait_for_row (fixture, "Projects", "30");
  window_test_wait_for_row (fixture, "Trash", "0");
  window_test_wait_for_row (fixture, "Head", head);
  psl_test_assert_named (window_test_get_dialog (fixture));
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  window_test_close_window (fixture);
}

static void
set_start (WindowTest *fixture,
           gint64      rid,
           const char *value,
           guint64     session)
{
  const PslField *start = psl_kind_find_field (&psl_kind_project, "start");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  psl_register_set_async (fixture->window->reg, rid, start, NULL, value, session, answer_cb, &result);
  wait_until (result != NULL);
  psl_register_set_finish (fixture->window->reg, result, &error);
  g_assert_no_error (error);
}

/* A later edit of the same place does not take the noted action out of the chain. */
static void
test_copied (WindowTest    *fixture,
             gconstpointer  data)
{
  guint64 session = psl_register_new_session ();
  g_autofree char *noted = NULL;
  g_autofree char *head = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid;

  window_test_open_filled (fixture);
  rid = psl_record_model_get_rid (window_test_get_model (fixture), 0);
  set_start (fixture, rid, "2020", session);
  show_properties (fixture);
  head = dup_head (fixture->path);
  copy_head (fixture);
  noted = dup_clipboard (fixture);
  g_assert_cmpstr (noted, ==, head);
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));

  set_start (fixture, rid, "2021", session);
  window_test_close_window (fixture);
  {
    g_autoptr (PslHeadNote) note = psl_head_note_parse (noted);
    g_autoptr (PslStore) store = psl_store_open (fixture->path, PSL_STORE_READ_ONLY, &error);
    g_autoptr (PslAction) action = psl_store_get_action (store, note->number, &error);

    g_assert_no_error (error);
    g_assert_nonnull (action);
  }
}

/* The file holds the line. */
static void
test_exported (WindowTest    *fixture,
               gconstpointer  data)
{
  g_autofree char *head = NULL;
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "head of test.txt", NULL);
  g_autoptr (GError) error = NULL;

  window_test_open_filled (fixture);
  head = dup_head (fixture->path);
  line = g_strconcat (head, "\n", NULL);
  outside_set_folder (fixture->folder);
  outside_set_answer (TRUE);
  show_properties (fixture);
  g_signal_emit_by_name (window_test_find_in_dialog (fixture, "_Export the Head…"), "activated");
  psl_test_wait (has_exported, fixture);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, line);
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  window_test_close_window (fixture);
}

/* Nothing is written to a register that is only read. */
static void
test_read_only (WindowTest    *fixture,
                gconstpointer  data)
{
  g_autofree char *head = NULL;
  g_autofree char *noted = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize length_before;
  gsize length_after;

  window_test_fill (fixture->path);
  g_file_get_contents (fixture->path, &before, &length_before, &error);
  g_assert_no_error (error);
  window_test_open_window (fixture, PSL_STORE_READ_ONLY, "register");
  head = dup_head (fixture->path);
  show_properties (fixture);
  copy_head (fixture);
  noted = dup_clipboard (fixture);
  g_assert_cmpstr (noted, ==, head);
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  window_test_close_window (fixture);
  g_file_get_contents (fixture->path, &after, &length_after, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (after, length_after, before, length_before);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  window_test_init ();

  window_test_add ("/ui/properties/shown", test_shown);
  window_test_add ("/ui/properties/copied", test_copied);
  window_test_add ("/ui/properties/exported", test_exported);
  window_test_add ("/ui/properties/read-only", test_read_only);

  return window_test_run ();
}
