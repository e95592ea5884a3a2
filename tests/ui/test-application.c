/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Requests of the desktop over D-Bus, for registers and links; and the end of the program. */

#include "config.h"

#include <glib/gstdio.h>

#include "psl-application.h"
#include "psl-editor.h"
#include "psl-kinds.h"
#include "psl-store.h"
#include "psl-window-private.h"
#include "tests/folder.h"
#include "tests/own-register.h"
#include "tests/wait-until.h"
#include "ui-test.h"

#define RECORD "019b76e9-4628-7455-b0ea-c94634d4ec17"

static PslApplication *application;

static void
open_uri (const char *uri)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  g_application_open (G_APPLICATION (application), &file, 1, "");
}

static void
wait_for_window (const char *path)
{
  PslWindow *window = PSL_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));

  g_assert_nonnull (window);
  g_assert_cmpstr (psl_window_get_path (window), ==, path);
  wait_until (psl_window_get_register (window) != NULL);
}

/* The window's title ends with the register's name, unless it is the person's own. */
static void
assert_named (const char *end)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  wait_until (g_str_has_suffix (gtk_window_get_title (window), end));
  g_assert_false (g_str_has_suffix (gtk_window_get_title (window), "register — Passerelle"));
}

/* Until nothing works on the register any more. */
static void
close_all (void)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));
  PslRegister *reg = psl_window_get_register (PSL_WINDOW (window));

  g_object_add_weak_pointer (G_OBJECT (reg), (gpointer *) &reg);
  gtk_window_destroy (window);
  wait_until (reg == NULL);
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (application)));
}

/* The editor of a field, in @widget. */
static PslEditor *
find_editor (GtkWidget  *widget,
             const char *field)
{
  if (PSL_IS_EDITOR (widget) && g_str_equal (psl_editor_get_field (PSL_EDITOR (widget))->name, field))
    return PSL_EDITOR (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      PslEditor *found = find_editor (child, field);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static char *
make_register (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "test.passerelle", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);

  g_assert_no_error (error);
  g_assert_true (psl_store_begin (store, PSL_VERB_CREATE, NULL, &error));
  g_assert_cmpint (psl_store_create (store, &psl_kind_project, RECORD, &error), >, 0);
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
  own_register_declare (path);

  return g_steal_pointer (&path);
}

static void
test_register (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = folder_make ();
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;

  path = make_register (folder);
  uri = g_filename_to_uri (path, NULL, &error);
  g_assert_no_error (error);

  open_uri (uri);
  wait_for_window (path);
  assert_named ("test — Passerelle");

  /* Once more raises the same window. */
  open_uri (uri);
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (GTK_APPLICATION (application))), ==, 1);

  close_all ();
  folder_remove (folder);
}

/* A register that the file manager opens is asked about, where it is not one's own; it is not
 * opened before there is an answer. */
static void
test_question (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = folder_make ();
  g_autofree char *made = make_register (folder);
  g_autofree char *path = g_build_filename (folder, "sent.passerelle", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, &error);
  PslWindow *window;

  g_assert_cmpint (g_rename (made, path), ==, 0);
  open_uri (uri);
  window = PSL_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  wait_until (psl_opening_page_is_asking (window->opening_page));
  g_assert_null (psl_window_get_register (window));
  gtk_window_destroy (GTK_WINDOW (window));
  folder_remove (folder);
}

/* A link leads into one's own register, which is made where there is none. */
static void
test_link (void)
{
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "passerelle", "register.passerelle", NULL);

  open_uri ("passerelle:" RECORD);
  wait_for_window (own);
  assert_named (" — Passerelle");

  close_all ();
}

/* A file on another computer can't be a register: SQLite needs a local one. */
static void
test_remote (void)
{
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "passerelle", "register.passerelle", NULL);

  open_uri ("sftp://example.org/register.passerelle");
  wait_for_window (own);

  close_all ();
}

static void
open_new_file (const char *folder,
               const char *name,
               const char *bytes,
               gssize      length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
  uri = g_filename_to_uri (path, NULL, &error);
  g_assert_no_error (error);
  open_uri (uri);
}

/* Whether a page in @widget that is on show says @text. */
static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (adw_status_page_get_description (ADW_STATUS_PAGE (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

typedef struct
{
  const char *name;
  const char *bytes;
  gssize length;
  const char *message;
} Foreign;

static const Foreign foreign[] = {
  { "table.xlsx", "PK\x03\x04 xl/workbook.xml", -1,
    "This is a workbook, not CSV. Open it in a spreadsheet, choose the sheet, and save it as CSV." },
  { "table.zip", "PK\x03\x04 table.csv", -1,
    "This is a compressed file, not CSV. Take the table out of it, and import that." },
  { "table.xml", "<?xml version=\"1.0\"?><table/>", -1,
    "This is XML, not CSV. Save the table as CSV in the program that it comes from." },
  { "table.json", "{ \"table\": [] }", -1,
    "This is JSON, not CSV. Save the table as CSV in the program that it comes from." },
  { "TABLE.PDF", "%PDF-1.7", -1,
    "This is a document, not CSV. Copy its table into a spreadsheet, and save it as CSV." },
  { "other.db", "SQLite format 3", 100,
    "This is a database, not CSV. Export the table as CSV from the program that it belongs to." },
};

/* Whether the focus is on a button of the dialog in front. */
static gboolean
has_button_in_focus (AdwApplicationWindow *window)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (window);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  return dialog != NULL && GTK_IS_BUTTON (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (dialog));
}

/* A file that is neither a register nor a table is told in the present window, as if it had
 * been chosen for import; Enter closes the message. */
static void
test_foreign (void)
{
  g_autofree char *folder = folder_make ();
  g_autofree char *path = make_register (folder);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  char bytes[100] = "";
  AdwApplicationWindow *window;

  open_uri (uri);
  wait_for_window (path);
  window = ADW_APPLICATION_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_strlcpy (bytes, foreign[i].bytes, sizeof bytes);
      open_new_file (folder, foreign[i].name, bytes, foreign[i].length);
      wait_until (adw_application_window_get_visible_dialog (window) != NULL &&
                  says (GTK_WIDGET (adw_application_window_get_visible_dialog (window)), foreign[i].message));
      wait_for_window (path);
      g_assert_cmpuint (g_list_length (gtk_application_get_windows (GTK_APPLICATION (application))), ==, 1);
      wait_until (has_button_in_focus (window));
      g_assert_true (gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (window))));
      wait_until (adw_application_window_get_visible_dialog (window) == NULL);
    }

  close_all ();
  folder_remove (folder);
}

/* A file with a register's name that holds something else is a register in need: what
 * can be done about it has the focus. */
static void
test_problem (void)
{
  g_autofree char *folder = folder_make ();
  GtkWindow *window;

  open_new_file (folder, "test.passerelle", "PK\x03\x04 table.csv", -1);
  window = gtk_application_get_active_window (GTK_APPLICATION (application));
  wait_until (says (GTK_WIDGET (window), "“test.passerelle” is not a Passerelle register. It has been left as it is; choose another file."));
  g_assert_true (GTK_IS_BUTTON (gtk_window_get_focus (window)));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (gtk_window_get_focus (window))), ==, "_Open Another Register…");

  gtk_window_destroy (window);
  folder_remove (folder);
}

static gboolean
asks (PslWindow *window)
{
  return ADW_IS_ALERT_DIALOG (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
}

/* Quitting closes every window but the one in which something can't be stored, which
 * asks, in front of the others. */
static void
test_quit (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = folder_make ();
  g_autofree char *path = make_register (folder);
  g_autofree char *uri = g_filename_to_uri (path, NULL, &error);
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "passerelle", "register.passerelle", NULL);
  PslWindow *asking;
  PslEditor *start;

  g_assert_no_error (error);
  open_uri (uri);
  wait_for_window (path);
  asking = PSL_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  psl_detail_page_show_new (asking->detail_page, &psl_kind_project);
  start = find_editor (GTK_WIDGET (asking->detail_page), "start");
  gtk_editable_set_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (start), GTK_TYPE_ENTRY)), "soon");
  psl_detail_page_show (asking->detail_page, 0);

  open_uri ("passerelle:" RECORD);
  wait_for_window (own);
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  wait_until (gtk_application_get_windows (GTK_APPLICATION (application))->next == NULL);
  g_assert_true (gtk_application_get_windows (GTK_APPLICATION (application))->data == asking);
  wait_until (asks (asking));
  wait_until (gtk_window_is_active (GTK_WINDOW (asking)));

  adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (asking)));
  close_all ();
  folder_remove (folder);
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

  g_test_add_func ("/ui/application/register", test_register);
  g_test_add_func ("/ui/application/question", test_question);
  g_test_add_func ("/ui/application/link", test_link);
  g_test_add_func ("/ui/application/remote", test_remote);
  g_test_add_func ("/ui/application/foreign", test_foreign);
  g_test_add_func ("/ui/application/problem", test_problem);
  g_test_add_func ("/ui/application/quit", test_quit);

  result = g_test_run ();
  g_object_unref (application);

  return result;
}
