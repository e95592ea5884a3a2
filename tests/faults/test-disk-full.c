/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A disk that is full, or that fails, at any write: each operation is tried with
 * the first write failing, then the second, and so on until it passes. Whatever
 * fails, the error says so, and the register afterwards is whole and holds
 * either all of the operation or nothing of it.
 */

#include "config.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>

#include "psl-backup.h"
#include "psl-error.h"
#include "psl-fault-register.h"
#include "psl-fault-vfs.h"

typedef gboolean (*Operation) (PslStore  *store,
                               GError   **error);

typedef struct
{
  const char *name;
  Operation run;
} Case;

static gboolean
run_edit (PslStore  *store,
          GError   **error)
{
  return fault_set (store, fault_find_project (store, "BB.0002"), "title_fr", "Titre changé", error);
}

static gboolean
run_rows (PslStore  *store,
          GError   **error)
{
  return fault_set (store, fault_find_project (store, "BB.0003"), "beneficiaries",
                    "[{\"country\":\"UA\"},{\"country\":\"RO\"},{\"country\":\"SK\"}]", error);
}

static gboolean
run_import (PslStore  *store,
            GError   **error)
{
  return fault_add_projects (store, PSL_VERB_IMPORT, "CC", 120, error) > 0;
}

static gboolean
run_trash (PslStore  *store,
           GError   **error)
{
  gint64 rid = fault_find_project (store, "BB.0001");

  if (!psl_store_begin (store, PSL_VERB_TRASH, "BB.0001", error))
    return FALSE;
  if (!psl_store_set_state (store, rid, PSL_RECORD_TRASHED, error))
    {
      psl_store_rollback (store);
      return FALSE;
    }
  return psl_store_commit (store, error) > 0;
}

static gboolean
run_undo (PslStore  *store,
          GError   **error)
{
  return psl_store_undo (store, 0, NULL, error) != 0;
}

static gboolean
run_backup (PslStore  *store,
            GError   **error)
{
  g_autofree char *path = g_strconcat (psl_store_get_path (store), ".copy", NULL);

  g_remove (path);
  return psl_backup_create (store, path, NULL, error);
}

static const Case cases[] = {
  { "edit", run_edit },
  { "rows", run_rows },
  { "import", run_import },
  { "trash", run_trash },
  { "undo", run_undo },
  { "backup", run_backup },
};

static void
make_base (const char *path)
{
  g_autoptr (PslStore) store = fault_open (path);
  g_autoptr (GError) error = NULL;

  fault_add_projects (store, PSL_VERB_IMPORT, "AA", 5, &error);
  g_assert_no_error (error);
  fault_add_projects (store, PSL_VERB_IMPORT, "BB", 20, &error);
  g_assert_no_error (error);
}

/* The contents of @base before @operation, and after it where nothing fails. */
static void
dump_both (const Case *operation,
           const char *base,
           const char *path,
           char      **before,
           char      **after)
{
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;

  fault_copy_register (base, path);
  store = fault_open (path);
  *before = fault_dump (store);
  operation->run (store, &error);
  g_assert_no_error (error);
  *after = fault_dump (store);
}

/* Runs @operation on a copy of @base with the @nth write failing.
 * Returns: whether a write failed. */
static gboolean
run_with_fault (const Case *operation,
                const char *base,
                const char *path,
                guint       nth,
                int         result,
                const char *before,
                const char *after)
{
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  gboolean struck, done;

  fault_copy_register (base, path);
  store = fault_open (path);
  psl_fault_vfs_arm (nth, result);
  done = operation->run (store, &error);
  g_clear_pointer (&store, psl_store_close);
  struck = psl_fault_vfs_disarm ();

  g_assert_true (done == (error == NULL));
  if (!done)
    {
      g_assert_true (struck);
      g_assert_cmpuint (error->domain, ==, PSL_REGISTER_ERROR);
      if (result == SQLITE_FULL)
        g_assert_cmpint (error->code, ==, PSL_REGISTER_ERROR_NO_SPACE);
    }

  store = fault_open (path);
  fault_assert_whole (store);
  found = fault_dump (store);
  if (done)
    g_assert_true (g_str_equal (found, after));
  else if (result == SQLITE_FULL)
    g_assert_true (g_str_equal (found, before));
  else
    /* Where syncing a commit fails nobody knows whether the disk has it. */
    g_assert_true (g_str_equal (found, before) || g_str_equal (found, after));
  return struck;
}

static void
test_operation (gconstpointer data)
{
  const Case *operation = data;
  g_autofree char *folder = fault_make_folder ();
  g_autofree char *base = g_build_filename (folder, "base.passerelle", NULL);
  g_autofree char *path = g_build_filename (folder, "register.passerelle", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const int results[] = { SQLITE_FULL, SQLITE_IOERR_WRITE };

  make_base (base);
  dump_both (operation, base, path, &before, &after);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      guint nth = 1;

      while (run_with_fault (operation, base, path, nth, results[i], before, after))
        nth++;
      g_test_message ("%s: %u writes could fail", operation->name, nth - 1);
      g_assert_cmpuint (nth, >, 1);
    }
  folder_remove (folder);
}

/* Making a new register on a full disk leaves nothing that would later be taken
 * for one. */
static void
test_create (void)
{
  guint nth = 0;
  gboolean struck;

  do
    {
      g_autofree char *folder = fault_make_folder ();
      g_autofree char *path = g_build_filename (folder, "register.passerelle", NULL);
      g_autoptr (PslStore) store = NULL;
      g_autoptr (GError) error = NULL;

      psl_fault_vfs_arm (++nth, SQLITE_FULL);
      store = psl_store_open (path, PSL_STORE_CREATE, &error);
      struck = psl_fault_vfs_disarm ();
      if (error != NULL)
        {
          g_assert_cmpint (error->code, ==, PSL_REGISTER_ERROR_NO_SPACE);
          if (g_file_test (path, G_FILE_TEST_EXISTS))
            store = fault_open (path);
        }
      if (store != NULL)
        fault_assert_whole (store);
      g_clear_pointer (&store, psl_store_close);
      folder_remove (folder);
    }
  while (struck);
  g_test_message ("create: %u writes could fail", nth - 1);
  g_assert_cmpuint (nth, >, 2);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  psl_fault_vfs_install ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/faults/disk-full/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_operation);
    }
  g_test_add_func ("/faults/disk-full/create", test_create);
  return g_test_run ();
}
