/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A window's register and other programs at the same file: another window and several command
 * lines that write at once, a folder that vanishes, a file that another takes the place of.
 * Acknowledged changes are there; refused ones were not stored.
 */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <locale.h>

#include "psl-error.h"
#include "psl-fault-register.h"
#include "psl-kinds.h"
#include "tests/register-wait.h"

#define CLERKS 3
#define CLERK_EDITS 8
#define WINDOW_EDITS 60

typedef struct
{
  char *folder;
  char *path;
  PslRegister *reg;
  guint n_window;
  guint n_left;
} Fixture;

typedef struct
{
  Fixture *fixture;
  guint number;
  guint n_done;
} Clerk;

static void
close_window (PslRegister *reg)
{
  g_autoptr (GError) error = NULL;

  psl_register_close_now (reg, &error);
  g_assert_no_error (error);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (reg);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *folder = NULL;
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = fault_make_folder ();
  folder = g_build_filename (fixture->folder, "place", NULL);
  fixture->path = g_build_filename (folder, "register.passerelle", NULL);
  store = fault_open (fixture->path);
  fault_add_projects (store, PSL_VERB_IMPORT, "AA", CLERKS + 2, &error);
  g_assert_no_error (error);
  g_clear_pointer (&store, psl_store_close);

  fixture->reg = register_wait_open (fixture->path, PSL_STORE_NONE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_window (fixture->reg);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* Edits the first project in the window's register, and waits for the answer. */
static gboolean
set_title (Fixture     *fixture,
           const char  *title,
           GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  psl_register_set_async (fixture->reg, 1, psl_kind_find_field (&psl_kind_project, "title"), "en", title, 0,
                          answer_cb, &result);
  wait_until (result != NULL);
  return psl_register_set_finish (fixture->reg, result, error);
}

static void clerk_work (Clerk *self);

static void
clerk_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Clerk *self = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, &error);
  g_assert_no_error (error);
  if (++self->n_done < CLERK_EDITS)
    clerk_work (self);
  else
    self->fixture->n_left--;
}

/* Edits a project of its own from the command line, and goes on when that is
 * acknowledged. */
static void
clerk_work (Clerk *self)
{
  g_autofree char *project = g_strdup_printf ("AA.%04u", self->number);
  g_autofree char *title = g_strdup_printf ("Clerk %u", self->n_done);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, g_getenv ("PASSERELLE_CLI"),
                              "--register", self->fixture->path, "set", project, "title_en", title, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, clerk_cb, self);
}

static void
window_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;

  psl_register_set_finish (PSL_REGISTER (object), result, &error);
  g_assert_no_error (error);
  fixture->n_window++;
}

/* How many edits of its English title a project's history has. */
static guint
count_edits (PslStore *store,
             guint     number)
{
  g_autofree char *project = g_strdup_printf ("AA.%04u", number);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = psl_store_history (store, fault_find_project (store, project), &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < history->len; i++)
    {
      const PslChange *change = g_ptr_array_index (history, i);

      n += change->action->verb == PSL_VERB_EDIT;
    }
  return n;
}

static void
test_write (Fixture       *fixture,
            gconstpointer  data)
{
  const PslField *field = psl_kind_find_field (&psl_kind_project, "title");
  PslRegister *other = register_wait_open (fixture->path, PSL_STORE_NONE);
  gint64 other_rid = CLERKS + 2;
  Clerk clerks[CLERKS];
  g_autoptr (PslStore) store = NULL;

  fixture->n_left = CLERKS;
  for (guint i = 0; i < CLERKS; i++)
    {
      clerks[i] = (Clerk) { fixture, i + 1, 0 };
      clerk_work (&clerks[i]);
    }
  for (guint i = 0; i < WINDOW_EDITS; i++)
    {
      g_autofree char *title = g_strdup_printf ("Window %u", i);

      psl_register_set_async (fixture->reg, 1, field, "en", title, psl_register_new_session (), window_cb, fixture);
      psl_register_set_async (other, other_rid, field, "en", title, psl_register_new_session (), window_cb, fixture);
    }
  wait_until (fixture->n_left == 0 && fixture->n_window == 2 * WINDOW_EDITS);
  close_window (other);

  store = fault_open (fixture->path);
  fault_assert_whole (store);
  g_assert_cmpuint (count_edits (store, 0), ==, WINDOW_EDITS);
  g_assert_cmpuint (count_edits (store, CLERKS + 1), ==, WINDOW_EDITS);
  for (guint i = 0; i < CLERKS; i++)
    g_assert_cmpuint (count_edits (store, i + 1), ==, CLERK_EDITS);
}

/* The folder goes, and comes back: nothing is made in its place, what is refused
 * meanwhile is not stored, and the work goes on. */
static void
test_vanish (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *elsewhere = g_build_filename (fixture->folder, "elsewhere", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = fault_open (fixture->path);

  g_assert_true (set_title (fixture, "Before", &error));
  g_assert_no_error (error);
  g_assert_no_errno (g_rename (folder, elsewhere));
  g_assert_false (set_title (fixture, "Lost", &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fault_set (store, 1, "title_en", "Lost", &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));

  g_assert_no_errno (g_rename (elsewhere, folder));
  g_assert_true (set_title (fixture, "After", &error));
  g_assert_no_error (error);
  g_assert_true (fault_set (store, 1, "title_fr", "Après", &error));
  g_assert_no_error (error);
  fault_assert_whole (store);
  g_assert_cmpuint (count_edits (store, 0), ==, 3);
}

/* Another file takes the register's place: the window takes that up. */
static void
test_replaced (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *copy = g_strconcat (fixture->path, ".copy", NULL);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *index = g_strconcat (fixture->path, "-shm", NULL);
  g_autoptr (PslStore) store = fault_open (copy);
  g_autoptr (GError) error = NULL;

  fault_add_projects (store, PSL_VERB_IMPORT, "BB", 1, &error);
  g_assert_no_error (error);
  g_clear_pointer (&store, psl_store_close);
  g_assert_true (set_title (fixture, "In the old file", &error));
  g_assert_no_error (error);

  g_unlink (log);
  g_unlink (index);
  g_assert_no_errno (g_rename (copy, fixture->path));
  g_assert_true (set_title (fixture, "In the new file", &error));
  g_assert_no_error (error);
  store = fault_open (fixture->path);
  fault_assert_whole (store);
  g_assert_cmpint (fault_find_project (store, "BB.0000"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/faults/together/write", Fixture, NULL, set_up, test_write, tear_down);
  g_test_add ("/faults/together/vanish", Fixture, NULL, set_up, test_vanish, tear_down);
  g_test_add ("/faults/together/replaced", Fixture, NULL, set_up, test_replaced, tear_down);
  return g_test_run ();
}
