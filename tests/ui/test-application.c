/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the desktop hands the program over D-Bus: registers and links. */

#include "config.h"

#include "psl-application.h"
#include "psl-store.h"
#include "psl-window.h"
#include "tests/folder.h"
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

/* What is on another computer can't be a register: SQLite needs a file. */
static void
test_remote (void)
{
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "passerelle", "register.passerelle", NULL);

  open_uri ("sftp://example.org/register.passerelle");
  wait_for_window (own);

  close_all ();
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
  g_test_add_func ("/ui/application/link", test_link);
  g_test_add_func ("/ui/application/remote", test_remote);

  result = g_test_run ();
  g_object_unref (application);

  return result;
}
