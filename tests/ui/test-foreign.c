/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A register that is not one's own: the window asks before it is opened, and each answer does
 * what it says. */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "psl-backup-list.h"
#include "psl-backup.h"
#include "psl-db.h"
#include "psl-error.h"
#include "psl-foreign-page.h"
#include "psl-kinds.h"
#include "psl-own-registers.h"
#include "psl-problem-page.h"
#include "psl-provenance.h"
#include "psl-register-copy.h"
#include "psl-settings.h"
#include "tests/folder.h"
#include "tests/own-register.h"
#include "ui-test.h"
#include "window-test.h"

static char *
dup_id (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslProvenance) provenance = psl_provenance_read_file (path, NULL, &error);

  g_assert_no_error (error);
  return g_strdup (provenance->id);
}

static gboolean
is_known (const char *path)
{
  g_auto (GStrv) known = psl_own_registers_dup_known (path);
  g_autofree char *id = dup_id (path);

  return known != NULL && g_strv_contains ((const char *const *) known, id);
}

static gboolean
becomes_known (gpointer path)
{
  return is_known (path);
}

/* Whether a register has another UUID than one: its file name and that UUID. */
static gboolean
has_other_id (gpointer data)
{
  const char *const *names = data;
  g_autofree char *id = dup_id (names[0]);

  return g_strcmp0 (id, names[1]) != 0;
}

/* Presses a button of the page on show. */
static void
press (WindowTest *fixture,
       const char *label)
{
  GtkWidget *button = window_test_find_titled (GTK_WIDGET (fixture->window->opening_page), label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_enabled (WindowTest *fixture,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action);
}

static char *
dup_bytes (const char *path,
           gsize      *length)
{
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

/* The file has no other bytes than before. */
static void
assert_untouched (const char *path,
                  const char *before,
                  gsize       length)
{
  gsize length_now;
  g_autofree char *now = dup_bytes (path, &length_now);

  g_assert_cmpmem (now, length_now, before, length);
}

/* The question names the place, and has answers for the keyboard; nothing is written. */
static void
test_question (WindowTest    *fixture,
               gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  g_autofree char *id = NULL;
  gsize length;

  window_test_fill (fixture->path);
  bytes = dup_bytes (fixture->path, &length);
  id = dup_id (fixture->path);
  window_test_open_any (fixture, PSL_STORE_NONE, "question");
  g_assert_true (psl_test_shows_label (GTK_WIDGET (fixture->window), fixture->path));
  g_assert_true (psl_test_shows_label (GTK_WIDGET (fixture->window), id));
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (gtk_window_get_focus (GTK_WINDOW (fixture->window)))), ==, "_Look Only");
  g_assert_null (psl_window_get_register (fixture->window));
  g_assert_false (is_enabled (fixture, "restore-backup"));
  g_assert_false (is_enabled (fixture, "back-up"));
  window_test_close_window (fixture);
  assert_untouched (fixture->path, bytes, length);
  g_assert_false (is_known (fixture->path));
}

/* A register that is looked at can't be changed in any way, nor replaced; it is asked about
 * again. */
static void
test_look (WindowTest    *fixture,
           gconstpointer  data)
{
  static const char *const off[] = {
    "new", "duplicate", "delete", "trash", "empty-trash", "import", "undo", "redo", "back-up", "restore-backup", "add-entry",
  };
  g_autofree char *bytes = NULL;
  gsize length;

  window_test_fill (fixture->path);
  bytes = dup_bytes (fixture->path, &length);
  window_test_open_any (fixture, PSL_STORE_NONE, "question");
  press (fixture, "_Look Only");
  window_test_wait_for_page (fixture, "register");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  g_assert_true (psl_register_is_read_only (fixture->window->reg));
  g_assert_true (psl_test_shows_label (GTK_WIDGET (fixture->window),
                                       "You only look at this register: nothing in it can be changed."));
  for (guint i = 0; i < G_N_ELEMENTS (off); i++)
    g_assert_false (is_enabled (fixture, off[i]));
  /* Whoever asks for a restore all the same gets none. */
  psl_window_restore (fixture->window, fixture->path);
  g_assert_nonnull (psl_window_get_register (fixture->window));
  g_assert_false (is_known (fixture->path));

  window_test_activate (fixture, "ask-again");
  window_test_wait_for_page (fixture, "question");
  window_test_close_window (fixture);
  assert_untouched (fixture->path, bytes, length);
}

/* The preferences of a register that is looked at, or asked about, offer no backup. */
static void
test_preferences (WindowTest    *fixture,
                  gconstpointer  data)
{
  window_test_fill (fixture->path);
  window_test_open_any (fixture, PSL_STORE_NONE, "question");
  psl_window_show_preferences (fixture->window);
  g_assert_false (gtk_widget_get_visible (psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_BACKUP_LIST)));
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  press (fixture, "_Look Only");
  window_test_wait_for_page (fixture, "register");
  psl_window_show_preferences (fixture->window);
  g_assert_false (gtk_widget_get_sensitive (window_test_find_in_dialog (fixture, "_Back Up Now")));
  g_assert_false (gtk_widget_get_visible (psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_BACKUP_LIST)));
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  window_test_close_window (fixture);
}

/* A register that is used here is not asked about again. */
static void
test_use (WindowTest    *fixture,
          gconstpointer  data)
{
  window_test_fill (fixture->path);
  window_test_open_any (fixture, PSL_STORE_NONE, "question");
  press (fixture, "_Use It Here");
  window_test_wait_for_page (fixture, "register");
  g_assert_false (psl_register_is_read_only (fixture->window->reg));
  g_assert_true (is_enabled (fixture, "new"));
  window_test_close_window (fixture);
  g_assert_true (is_known (fixture->path));

  window_test_open_any (fixture, PSL_STORE_NONE, "register");
  window_test_close_window (fixture);
}

static gboolean
shows_copy (gpointer data)
{
  WindowTest *fixture = data;

  return psl_window_get_register (fixture->window) != NULL;
}

/* A copy has a UUID of its own, is one's own, and is shown; the register stays as it was. */
static void
test_copy (WindowTest    *fixture,
           gconstpointer  data)
{
  g_autofree char *copy = g_build_filename (fixture->folder, "copy.passerelle", NULL);
  g_autofree char *chosen = g_build_filename (fixture->folder, "copy", NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *id = NULL;
  g_autofree char *copy_id = NULL;
  gsize length;

  window_test_fill (fixture->path);
  bytes = dup_bytes (fixture->path, &length);
  id = dup_id (fixture->path);
  window_test_open_any (fixture, PSL_STORE_NONE, "question");
  g_signal_emit_by_name (psl_test_find (GTK_WIDGET (fixture->window), PSL_TYPE_FOREIGN_PAGE), "copy", chosen);
  psl_test_wait (shows_copy, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  g_assert_cmpstr (psl_window_get_path (fixture->window), ==, copy);
  g_assert_true (g_str_has_suffix (gtk_window_get_title (GTK_WINDOW (fixture->window)), "copy — Passerelle"));
  g_assert_false (psl_register_is_read_only (fixture->window->reg));
  window_test_close_window (fixture);

  copy_id = dup_id (copy);
  g_assert_cmpstr (copy_id, !=, id);
  g_assert_true (is_known (copy));
  g_assert_false (is_known (fixture->path));
  assert_untouched (fixture->path, bytes, length);
}

static gboolean
tells (gpointer data)
{
  return window_test_get_dialog (data) != NULL;
}

/* A copy never takes the place of a file, whatever the file dialog has asked. */
static void
test_copy_over (WindowTest    *fixture,
                gconstpointer  data)
{
  g_autofree char *taken = g_build_filename (fixture->folder, "taken.passerelle", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (taken, "letter", -1, &error);
  g_assert_no_error (error);
  window_test_fill (fixture->path);
  window_test_open_any (fixture, PSL_STORE_NONE, "question");
  g_signal_emit_by_name (psl_test_find (GTK_WIDGET (fixture->window), PSL_TYPE_FOREIGN_PAGE), "copy", taken);
  psl_test_wait (tells, fixture);
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  g_assert_cmpstr (window_test_get_page (fixture->window), ==, "question");
  assert_untouched (taken, "letter", strlen ("letter"));
  window_test_close_window (fixture);
}

/* What is made here is one's own. */
static void
test_made (WindowTest    *fixture,
           gconstpointer  data)
{
  window_test_open_any (fixture, PSL_STORE_CREATE, "register");
  psl_test_wait (becomes_known, fixture->path);
  window_test_close_window (fixture);
  window_test_open_any (fixture, PSL_STORE_NONE, "register");
  window_test_close_window (fixture);
}

/* Another file at a known place is asked about, and so is a known register at another place,
 * though the file says the UUID of one's own. */
static void
test_place_and_id (WindowTest    *fixture,
                   gconstpointer  data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other.passerelle", NULL);
  g_autofree char *path = g_strdup (fixture->path);
  g_autofree char *bytes = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  window_test_fill (path);
  own_register_declare (path);
  bytes = dup_bytes (path, &length);

  /* Copied elsewhere. */
  g_file_set_contents (other, bytes, (gssize) length, &error);
  g_assert_no_error (error);
  g_set_str (&fixture->path, other);
  window_test_open_any (fixture, PSL_STORE_NONE, "question");
  window_test_close_window (fixture);

  /* Another one in its place. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  id = psl_register_copy (other, path, NULL, &error);
  g_assert_no_error (error);
  g_set_str (&fixture->path, path);
  window_test_open_any (fixture, PSL_STORE_NONE, "question");
  window_test_close_window (fixture);

  /* And the one that was there before, back in its place. */
  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
  window_test_open_any (fixture, PSL_STORE_NONE, "register");
  window_test_close_window (fixture);
}

/* A link to a register of one's own leads to it; a place is known by whichever name. */
static void
test_link (WindowTest    *fixture,
           gconstpointer  data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link.passerelle", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (link);
  g_autoptr (GError) error = NULL;

  window_test_fill (fixture->path);
  own_register_declare (fixture->path);
  g_file_make_symbolic_link (file, "test.passerelle", NULL, &error);
  g_assert_no_error (error);
  g_set_str (&fixture->path, link);
  window_test_open_any (fixture, PSL_STORE_NONE, "register");
  window_test_close_window (fixture);
}

/* Trying again does not lead round the question. */
static void
test_try_again (WindowTest    *fixture,
                gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *problem;
  gsize length;

  window_test_fill (fixture->path);
  bytes = dup_bytes (fixture->path, &length);
  g_file_set_contents (fixture->path, "letter", -1, &error);
  g_assert_no_error (error);
  window_test_open_any (fixture, PSL_STORE_NONE, "problem");
  g_file_set_contents (fixture->path, bytes, (gssize) length, &error);
  g_assert_no_error (error);

  problem = psl_test_find (GTK_WIDGET (fixture->window), PSL_TYPE_PROBLEM_PAGE);
  g_signal_emit_by_name (problem, "try", (guint) PSL_STORE_NONE);
  window_test_wait_for_page (fixture, "question");
  g_signal_emit_by_name (problem, "try", (guint) PSL_STORE_READ_ONLY);
  window_test_wait_for_page (fixture, "question");
  g_signal_emit_by_name (problem, "try", (guint) PSL_STORE_CREATE);
  window_test_wait_for_page (fixture, "question");
  g_assert_false (is_known (fixture->path));
  window_test_close_window (fixture);
}

/* At the default place, the register of an earlier version is one's own at the first start;
 * another one that comes there later is asked about. */
static void
test_default_place (WindowTest    *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = psl_own_registers_dup_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *other = g_build_filename (fixture->folder, "other.passerelle", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  window_test_fill (other);
  bytes = dup_bytes (other, &length);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  window_test_fill (path);
  g_set_str (&fixture->path, path);
  window_test_open_any (fixture, PSL_STORE_CREATE, "register");
  psl_test_wait (becomes_known, path);
  window_test_close_window (fixture);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
  window_test_open_any (fixture, PSL_STORE_CREATE, "question");
  window_test_close_window (fixture);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Makes a backup beside the register, in the folder of backups. */
static char *
make_backup (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_NONE, &error);
  g_autofree char *backup = psl_backup_dup_path (path, PSL_BACKUP_MANUAL, g_get_real_time ());

  g_assert_no_error (error);
  g_assert_true (psl_backup_create (store, backup, NULL, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&backup);
}

/* A backup that is restored in the place of one's own register has a new UUID, and is one's own
 * all the same; whether the register was open or damaged. */
static void
test_restored (WindowTest    *fixture,
               gconstpointer  data)
{
  g_autofree char *backup = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  window_test_fill (fixture->path);
  backup = make_backup (fixture->path);
  before = dup_id (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  psl_window_restore (fixture->window, backup);
  psl_test_wait (has_other_id, (gpointer[]) { fixture->path, before });
  psl_test_wait (becomes_known, fixture->path);
  window_test_close_window (fixture);
  window_test_open_any (fixture, PSL_STORE_NONE, "register");
  window_test_close_window (fixture);

  after = dup_id (fixture->path);
  g_file_set_contents (fixture->path, "letter", -1, &error);
  g_assert_no_error (error);
  window_test_open_any (fixture, PSL_STORE_NONE, "problem");
  psl_window_restore (fixture->window, backup);
  window_test_wait_for_page (fixture, "register");
  psl_test_wait (becomes_known, fixture->path);
  window_test_close_window (fixture);
  g_assert_true (has_other_id ((gpointer[]) { fixture->path, after }));
}

/* Nothing is one's own that is restored in the place of another's register. */
static void
test_restored_elsewhere (WindowTest    *fixture,
                         gconstpointer  data)
{
  g_autofree char *backup = NULL;
  g_autoptr (GError) error = NULL;

  window_test_fill (fixture->path);
  backup = make_backup (fixture->path);
  g_file_set_contents (fixture->path, "letter", -1, &error);
  g_assert_no_error (error);
  window_test_open_any (fixture, PSL_STORE_NONE, "problem");
  psl_window_restore (fixture->window, backup);
  window_test_wait_for_page (fixture, "question");
  g_assert_false (is_known (fixture->path));
  window_test_close_window (fixture);
}

/* Nothing that a register from elsewhere says is asked for or shown where its schema is not the
 * program's: it is refused first. */
static void
test_altered (WindowTest    *fixture,
              gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslDb) db = NULL;
  g_autoptr (PslProvenance) provenance = NULL;
  gsize length;

  window_test_fill (fixture->path);
  db = psl_db_open (fixture->path, PSL_DB_NONE, &error);
  g_assert_no_error (error);
  g_assert_true (psl_db_exec (db, "CREATE TRIGGER t BEFORE INSERT ON text BEGIN SELECT raise (IGNORE); END", &error));
  g_clear_pointer (&db, psl_db_close);
  bytes = dup_bytes (fixture->path, &length);

  window_test_open_any (fixture, PSL_STORE_NONE, "problem");
  g_assert_null (psl_test_find (GTK_WIDGET (fixture->window), PSL_TYPE_FOREIGN_PAGE));
  window_test_close_window (fixture);
  provenance = psl_provenance_read_file (fixture->path, NULL, &error);
  g_assert_null (provenance);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_ALTERED);
  assert_untouched (fixture->path, bytes, length);
}

/* What the file says is shown as text: no name is read as markup, or breaks a line. */
static void
test_hostile_name (WindowTest    *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (fixture->path, PSL_STORE_CREATE, &error);
  g_autoptr (PslProvenance) provenance = NULL;
  g_autofree char *name = g_strnfill (3000, 'a');
  g_autofree char *author = g_strconcat ("<b>\n\x1b[2J", name, NULL);

  psl_store_set_author (store, author);
  g_assert_true (psl_store_begin (store, PSL_VERB_CREATE, NULL, &error));
  g_assert_cmpint (psl_store_create (store, &psl_kind_project, NULL, &error), >, 0);
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
  g_clear_pointer (&store, psl_store_close);

  provenance = psl_provenance_read_file (fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (provenance->first_author, "<b>"));
  g_assert_null (strpbrk (provenance->first_author, "\n\x1b"));
  g_assert_cmpint (g_utf8_strlen (provenance->first_author, -1), <, 100);
  window_test_open_any (fixture, PSL_STORE_NONE, "question");
  window_test_close_window (fixture);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  window_test_init ();

  window_test_add ("/ui/foreign/question", test_question);
  window_test_add ("/ui/foreign/look", test_look);
  window_test_add ("/ui/foreign/preferences", test_preferences);
  window_test_add ("/ui/foreign/use", test_use);
  window_test_add ("/ui/foreign/copy", test_copy);
  window_test_add ("/ui/foreign/copy-over", test_copy_over);
  window_test_add ("/ui/foreign/made", test_made);
  window_test_add ("/ui/foreign/place-and-id", test_place_and_id);
  window_test_add ("/ui/foreign/link", test_link);
  window_test_add ("/ui/foreign/try-again", test_try_again);
  window_test_add ("/ui/foreign/default-place", test_default_place);
  window_test_add ("/ui/foreign/restored", test_restored);
  window_test_add ("/ui/foreign/restored-elsewhere", test_restored_elsewhere);
  window_test_add ("/ui/foreign/altered", test_altered);
  window_test_add ("/ui/foreign/hostile-name", test_hostile_name);

  return window_test_run ();
}
