/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Registers among the files of the document portal, which a folder stands for. What a real
 * portal does is tried by flatpak/check. */

#include "config.h"

#include <string.h>

#include "psl-backup.h"
#include "psl-file-document.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "tests/store/store-testing.h"

typedef struct
{
  StoreFixture inside;    /* a register with a record */
  gint64 rid;
  char *documents;
  char *paths[2];         /* documents: one alone, one in a folder */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  store_fixture_set_up (&fixture->inside, NULL);
  fixture->rid = store_testing_insert (fixture->inside.store, &psl_kind_project, "title_en", "Before", NULL);
  fixture->documents = g_build_filename (fixture->inside.folder, "documents", NULL);
  fixture->paths[0] = g_build_filename (fixture->documents, "1a2b", "copy.passerelle", NULL);
  fixture->paths[1] = g_build_filename (fixture->documents, "3c4d", "chosen", "copy.passerelle", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (fixture->paths); i++)
    {
      g_autofree char *folder = g_path_get_dirname (fixture->paths[i]);

      g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
    }
  psl_file_mock_documents (fixture->documents);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  psl_file_mock_documents (NULL);
  store_fixture_tear_down (&fixture->inside, NULL);
  g_free (fixture->documents);
  for (gsize i = 0; i < G_N_ELEMENTS (fixture->paths); i++)
    g_free (fixture->paths[i]);
}

static GBytes *
read_bytes (const char *path)
{
  char *contents;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}

/* Nothing is beside a document, also not for a moment that a test can look at. */
static void
assert_alone (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_cmpstr (g_dir_read_name (dir), ==, name);
  g_assert_null (g_dir_read_name (dir));
}

static void
back_up (Fixture    *fixture,
         const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_backup_create (fixture->inside.store, path, NULL, &error));
  g_assert_no_error (error);
  assert_alone (path);
}

static void
assert_refused (const GError *error)
{
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "sandbox"));
}

/* A register is looked at where it is; without a log it is not changed by that. */
static void
test_look (Fixture       *fixture,
           gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixture->paths); i++)
    {
      const char *path = fixture->paths[i];
      g_autoptr (GBytes) before = NULL;
      g_autoptr (GBytes) after = NULL;
      g_autoptr (PslStore) store = NULL;
      g_autoptr (GError) error = NULL;

      back_up (fixture, path);
      before = read_bytes (path);
      store = store_testing_open (path, PSL_STORE_READ_ONLY);
      assert_alone (path);
      store_testing_assert_value (store, fixture->rid, "title_en", "Before");
      g_assert_true (psl_backup_check (path, NULL, &error));
      g_assert_no_error (error);
      after = read_bytes (path);
      g_assert_true (g_bytes_equal (before, after));
      assert_alone (path);
    }
}

/* A register whose log is beside it, in a folder that was chosen, is read with it. */
static void
test_log (Fixture       *fixture,
          gconstpointer  data)
{
  const char *const suffixes[] = { "", "-wal" };
  g_autoptr (PslStore) store = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (fixture->inside.path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (fixture->paths[1], suffixes[i], NULL);
      g_autoptr (GBytes) contents = read_bytes (from);

      g_assert_cmpuint (g_bytes_get_size (contents), >, 0);
      g_assert_true (g_file_set_contents (to, g_bytes_get_data (contents, NULL), (gssize) g_bytes_get_size (contents), NULL));
    }
  store = store_testing_open (fixture->paths[1], PSL_STORE_READ_ONLY);
  store_testing_assert_value (store, fixture->rid, "title_en", "Before");
}

static void
test_not_worked_in (Fixture       *fixture,
                    gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixture->paths); i++)
    {
      const char *path = fixture->paths[i];
      g_autoptr (GBytes) before = NULL;
      g_autoptr (GBytes) after = NULL;
      g_autoptr (GError) error = NULL;

      back_up (fixture, path);
      before = read_bytes (path);
      g_assert_null (psl_store_open (path, PSL_STORE_NONE, &error));
      assert_refused (error);
      g_clear_error (&error);
      g_assert_false (psl_backup_restore (path, fixture->paths[1 - i], NULL, NULL, &error));
      assert_refused (error);
      after = read_bytes (path);
      g_assert_true (g_bytes_equal (before, after));
      assert_alone (path);
    }
}

static void
test_not_made (Fixture       *fixture,
               gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixture->paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (psl_store_open (fixture->paths[i], PSL_STORE_CREATE, &error));
      assert_refused (error);
      g_assert_false (g_file_test (fixture->paths[i], G_FILE_TEST_EXISTS));
    }
}

static void
test_restore (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (fixture->paths); i++)
    {
      back_up (fixture, fixture->paths[i]);
      store_testing_edit (fixture->inside.store, fixture->rid, "title_en", "After", 0);
      g_clear_pointer (&fixture->inside.store, psl_store_close);
      g_assert_true (psl_backup_restore (fixture->inside.path, fixture->paths[i], NULL, NULL, &error));
      g_assert_no_error (error);
      store_fixture_reopen (&fixture->inside);
      store_testing_assert_value (fixture->inside.store, fixture->rid, "title_en", "Before");
      assert_alone (fixture->paths[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *cache = folder_make ();
  int result;

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/document/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("look", test_look);
  ADD ("log", test_log);
  ADD ("not-worked-in", test_not_worked_in);
  ADD ("not-made", test_not_made);
  ADD ("restore", test_restore);
#undef ADD
  result = g_test_run ();
  folder_remove (cache);
  return result;
}
